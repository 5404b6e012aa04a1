"""Whether a text found under a mention is the shop's own reply, however it came there and whatever the place made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.core.ports.answer import Answer, Standing
from app.core.text import composed, fold, letters

EARLY = 600.0
"""Seconds by which a place's clock may be behind ours."""

FEWEST_LETTERS = 20
"""Shorter replies («Thank you!») have to be the same; longer ones may differ a little."""

NEARLY = 0.85
"""Share of words, in their order, that two texts have in common where one is the other with something mended."""

ADDED = 200
"""Letters a place or the owner may have added: a greeting, a signature, who is answered."""

_COMPARED_WORDS = 600
_LINK = re.compile(r"https?://\S+|(?<!\S)www\.\S+", re.IGNORECASE)
_BARE_LINK = re.compile(r"(?<![\w@])[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.[a-z]{2,10}/\S*", re.IGNORECASE)
_NAMED = re.compile(r"(?<!\w)@[\w.-]+(?:@[\w.-]+)?")
_WORD = re.compile(r"\w+")


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


def is_our_text(reply: str, there: str) -> bool:
    """Tell whether a text is the reply: blind to spaces, letter case, markup, links and who is named; cut or signed as well."""
    mine, theirs = _bare(reply), _bare(there)
    short, long = letters(mine), letters(theirs)
    if not short or not long:
        return not short and not long and "".join(reply.split()) == "".join(there.split()) != ""
    if short == long:
        return True
    if len(short) < FEWEST_LETTERS:
        return False
    if short in long:
        return len(long) <= len(short) + max(ADDED, len(short) // 2)
    if theirs.rstrip().endswith(("…", "...")) and short.startswith(long):
        return len(long) >= FEWEST_LETTERS
    return _alike(mine, theirs)


def _bare(text: str) -> str:
    return _NAMED.sub(" ", _BARE_LINK.sub(" ", _LINK.sub(" ", fold(composed(text)))))


def _alike(mine: str, theirs: str) -> bool:
    one, other = _WORD.findall(mine)[:_COMPARED_WORDS], _WORD.findall(theirs)[:_COMPARED_WORDS]
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= NEARLY and matcher.quick_ratio() >= NEARLY and matcher.ratio() >= NEARLY
