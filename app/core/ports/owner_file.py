"""A file that the owner asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from app.core.problems import Problem

WriteFile = Callable[[Path, Iterable[bytes]], Problem | None]
"""Replaces or makes a file anywhere, whole, with these pieces one after the other; or says why it cannot, then nothing changed."""
