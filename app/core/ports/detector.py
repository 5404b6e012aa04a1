"""The detector: text in, verdict out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.core.correction import Correction
from app.core.mention import Mention
from app.core.verdict import Verdict


class Detector(Protocol):
    """Judges texts. Needs no network; thread-safe; weights load at the first call."""

    def judge(
        self, text: str, *, title: str = "", stars: float | None = None, language: str = "", own: bool = False
    ) -> Verdict:
        """Return the verdict on `judged_text(title, text)`, or on a short text apart from its title; never raises, whatever the text.

        `own` is whether it was said in one of the shop's own channels: nobody shares news there.
        """
        ...

    def learn(self, corrections: Sequence[Correction]) -> None:
        """Take these corrections, oldest first, for all that the owner ever said; () unlearns everything.

        What is learnt depends on the shipped weights and on these alone, so taking one away undoes it exactly.
        """
        ...

    def name(self, shop: Sequence[str], competitors: Sequence[str], wanted: Sequence[str] = ()) -> None:
        """Say by which names the shop and its competitors go in texts.

        What is `wanted` is written as a name and may be other words as well, «Obsługa Klienta»: it is left out only where
        that makes a complaint plainer, and takes nothing from what a text is with it.
        """
        ...


def verdict_on(detector: Detector, mention: Mention, *, own: bool) -> Verdict:
    """Return the detector's verdict on a mention, `own` as in `Detector.judge`."""
    return detector.judge(mention.text, title=mention.title, stars=mention.stars, language=mention.language, own=own)


class Stemmer(Protocol):
    """Cuts inflected words to a stem. Not thread-safe unless it says so."""

    def stems(self, word: str) -> frozenset[str]:
        """Return the stems a folded word may have in the languages we speak, itself among them."""
        ...
