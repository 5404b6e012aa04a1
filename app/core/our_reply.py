"""Whether a text that stands somewhere is the shop's own reply, however it came there and whatever the place made of it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

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


def is_our_text(reply: str, there: str, *, mended: bool = True) -> bool:
    """Tell whether a text is the reply: blind to spaces, letter case, markup, links and who is named; cut or signed as well.

    `mended` says whether a few other words will do. Among the answers to many people they will not: those are often
    made from one saved reply and differ by a name.
    """
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
    return mended and _alike(mine, theirs)


def _bare(text: str) -> str:
    return _NAMED.sub(" ", _BARE_LINK.sub(" ", _LINK.sub(" ", fold(composed(text)))))


def _alike(mine: str, theirs: str) -> bool:
    one, other = _WORD.findall(mine)[:_COMPARED_WORDS], _WORD.findall(theirs)[:_COMPARED_WORDS]
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= NEARLY and matcher.quick_ratio() >= NEARLY and matcher.ratio() >= NEARLY
