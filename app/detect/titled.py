"""Tells which texts are judged without their title as well: above few words it drowns what they say."""

from __future__ import annotations

from dataclasses import replace

from app.core.verdict import Verdict, judged_text

MOST_WORDS = 25
"""Words up to which a text is judged alone: in longer ones a title counts little."""

_GOES_ON = (",", ":", ";", "-", "–", "—")
_WENT_ON = ("…", "...", ",")


def is_apart(title: str, text: str) -> bool:
    """Say whether a text under a title is short and no continuation of it."""
    if not text or not title or len(text.split(maxsplit=MOST_WORDS)) > MOST_WORDS:
        return False
    runs_on = title.rstrip().endswith(_GOES_ON) or text.lstrip().startswith(_WENT_ON)
    return not runs_on and judged_text(title, text) != text


def below(title: str, text: str, verdict: Verdict) -> Verdict:
    """Return the verdict on a text as that on the text under its title: its reasons stand as far behind."""
    behind = len(judged_text(title, text)) - len(text)
    moved = (replace(why, start=why.start + behind, end=why.end + behind) for why in verdict.reasons)
    return replace(verdict, reasons=tuple(moved))
