"""Whether something found under a mention is the shop's own reply."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.our_reply import EARLY, is_our_text
from app.core.ports.answer import Answer, Standing


@dataclass(frozen=True, slots=True)
class Found:
    """Something that stands under a mention: its key or address, its text, when it was written, by which account."""

    where: str
    text: str
    at: float | None = None
    by: str = ""


def ours(answer: Answer, found: Iterable[Found]) -> Standing:
    """Return the first of what was found that is our reply, or that none is."""
    for one in found:
        if (one.where and one.where == answer.where) or is_ours(answer, one):
            return Standing(stands=True, where=one.where, at=one.at)
    return Standing()


def is_ours(answer: Answer, found: Found) -> bool:
    """Tell whether something is our reply: the same text or nearly so, written since the reply was begun, not by the customer."""
    if found.at is not None and found.at < answer.begun - EARLY:
        return False
    if found.by and found.by.casefold() in {answer.mention.handle.casefold(), answer.mention.author.casefold()}:
        return False
    return is_our_text(answer.text, found.text)
