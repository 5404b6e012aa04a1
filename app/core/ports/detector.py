"""The detector: text in, verdict out."""

from __future__ import annotations

from typing import Protocol

from app.core.verdict import Verdict


class Detector(Protocol):
    """Judges texts. Needs no network; thread-safe; weights load at the first call."""

    def judge(self, text: str, *, title: str = "", stars: float | None = None, language: str = "") -> Verdict:
        """Return the verdict on `judged_text(title, text)`; never raises, whatever the text."""
        ...


class Stemmer(Protocol):
    """Cuts inflected words to a stem. Not thread-safe unless it says so."""

    def stems(self, word: str) -> frozenset[str]:
        """Return the stems a folded word may have in the languages we speak, itself among them."""
        ...
