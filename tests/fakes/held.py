"""Files that may not be read, as where rights are missing or another program holds them: tests run as root, whom no rights stop."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest


class Held:
    """Who holds files: `hold` and `let_go` some. `pauses` are the waits of who tries again, in seconds; none is slept.

    With `lets_go_after` the tries that fail before all are let go.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.paths: set[str] = set()
        self.pauses: list[float] = []
        self.lets_go_after: int | None = None
        real_open, real_access, real_read = Path.open, os.access, Path.read_bytes

        def open_it(path: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
            if "r" in mode and "+" not in mode:
                self._refuse(path)
            return real_open(path, mode, *rest, **more)

        def read_it(path: Path) -> bytes:
            self._refuse(path)
            return real_read(path)

        def access(path: Any, mode: int, **more: Any) -> bool:
            return str(path) not in self.paths and real_access(path, mode, **more)

        monkeypatch.setattr(Path, "open", open_it)
        monkeypatch.setattr(Path, "read_bytes", read_it)
        monkeypatch.setattr(os, "access", access)
        monkeypatch.setattr(time, "sleep", self.pauses.append)

    def hold(self, *paths: Path) -> None:
        self.paths |= {str(path) for path in paths}

    def let_go(self) -> None:
        self.paths.clear()

    def _refuse(self, path: Path) -> None:
        if self.lets_go_after is not None and len(self.pauses) >= self.lets_go_after:
            self.let_go()
        if str(path) in self.paths:
            raise PermissionError(13, "Permission denied", str(path))
