"""Reads a rating that somebody wrote with their words: «★☆☆☆☆», «Rating: 1/5», «Ocena: 2/10», «1 из 5 звёзд».

Only what can be nothing else is one: «1/5» inside a text is as often a date, a fraction, a page or the first of five posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FULL = 5.0
"""Stars out of five of a full rating."""

_LOW = 2.0
"""Stars out of five up to which a rating that was read is a low one."""

_LEAST = 0.5
"""What «0/10» comes to: no stars at all would mean that none were given."""

_FILLED, _EMPTY = "★⭐🌟", "☆✩✭"
_GLYPHS = re.compile(rf"[{_FILLED}{_EMPTY}](?:[ \ufe0f]{{0,2}}[{_FILLED}{_EMPTY}])+\ufe0f?")
_MARK = re.compile(
    r"(?<![\w/.,+*=–—-])(?<!\d:)(?P<value>\d{1,2}(?:[.,]\d{1,2})?)"
    r"(?:\s?(?P<plain>/)\s?|\s(?:(?P<of>out of)|of|z|na|из|на)\s)(?P<scale>5|10)"
    r"(?![\w/–*=+-]|[.,:]\d)(?P<stars>\s?(?:stars?\b|gwiazd\w+|зв[её]зд\w*|[★⭐]\ufe0f?))?",
    re.IGNORECASE,
)
_SIGNS = (*_FILLED, "/5", "/10")
_SCALES = tuple(f"{gap}{scale}" for gap in " \u00a0\u202f" for scale in ("5", "10"))
_BEFORE_SCALE = frozenset("/fFzZaAзЗаА")
"""Which letters the words before a scale end with: «out of 5», «z 5», «na 10», «из 5», «на 10»."""

_NAMES = r"ratings?|rated|stars|ocena|gwiazdki|оценка|рейтинг"
_NUMBERED = r"review|opinia|recenzja|отзыв"
"""What a part of a series is called as well, «Review 1/5»: it names a rating where a colon follows."""

_WHOSE = r"my|our|overall|total|moja|nasza|ogólna|końcowa|łączna|моя|наша|общая|итоговая"
_LABEL = re.compile(
    rf"(?:^|[.!?…;,(\"«„])[^\w\n]*(?:(?:{_WHOSE})\s+)?(?:{_NAMES}|(?:{_NUMBERED})(?=\s*:))(?P<colon>\s*:)?[^\w\n]*\Z",
    re.IGNORECASE | re.MULTILINE,
)
_GIVEN = re.compile(
    r"(?<!nie )(?<!не )\b(?:i(?:['’]d| would)? (?:give|gave|rate|rated)(?: (?:it|them|this|that))?"
    r"|daję|daje|dałam|dałem|oceniam(?: na)?|ставлю|поставила?|оцениваю(?: на)?)\s+(?:a |only |just |tylko |только )?\Z",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[^\S\n]*(?:\Z|[^\w\s/]|\n)")
"""What follows where a clause ends: a sign, a line's end, the end."""

_LINE_ENDS = re.compile(r"[^\S\n]*(?:\Z|\n)")
_CLOSES = re.compile(r"[^\S\n]*(?:\Z|[.!\n])")
_BEGINS = re.compile(r"(?:\A|[^\w\s/:])[^\S\n]*\Z|\n\s*\Z")
"""What stands before and behind a sentence or a part of it; a colon names what is measured, «Difficulty: ★★☆☆☆»."""

_AVERAGE = re.compile(
    r"averag|średni|средн|based on|na podstawie|на основ|\d\s*(?:reviews|ratings|votes|customers|opini|recenzj|ocen|głos|отзыв|оцен|голос)",
    re.IGNORECASE,
)
"""What a line has that tells what all customers together think."""

_NEARBY = 200
"""Characters before and behind a rating that are looked at."""

_FRAME = " \t\r\n.!()[]*«»„”\"'"


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating that stands in a text at the characters `start` to `end`: `stars` out of five, a low one or `FULL`."""

    stars: float
    start: int
    end: int

    @property
    def is_low(self) -> bool:
        """Whether it is a complaint."""
        return self.stars <= _LOW


def rating_in(text: str, *, titled: bool, own: bool) -> Rating | None:
    """Return the rating that stands in a text, None where there is none, or several that disagree.

    `titled` is whether the first line is a title: that and the whole text may be nothing but «1/5»; so posts are numbered as
    well. In an `own` channel, where reviews are written, a row of stars may end the first line: «Anna Nowak ★☆☆☆☆».
    """
    if not _may_hold_one(text):
        return None
    found = [*_of_glyphs(text, own=own), *_of_marks(text, titled=titled)]
    stars = {rating.stars for rating in found} | {value for mark in _MARK.finditer(text) if (value := _value(mark))}
    if not found or not (max(stars) <= _LOW or stars == {FULL}):
        return None
    if stars == {FULL} and text[found[0].start] in _FILLED and len(_GLYPHS.findall(text)) > 1:
        return None  # «★★★★★ Sale! ★★★★★»
    return found[0]


def _may_hold_one(text: str) -> bool:
    """Say whether a text has a sign that all ratings have one of: most texts have none, and need no closer look."""
    for sign in _SIGNS:
        if sign in text:
            return True
    for scale in _SCALES:
        at = text.find(scale)
        while at >= 0:
            if text[at - 1 : at] in _BEFORE_SCALE:
                return True
            at = text.find(scale, at + 1)
    return False


def _of_glyphs(text: str, *, own: bool) -> Iterator[Rating]:
    """Return the rows of five or ten stars, the first filled, that nothing before them makes a scale of something else."""
    for found in _GLYPHS.finditer(text):
        signs = re.sub(r"[ \ufe0f]", "", found[0])
        filled = len(signs) - len(signs.lstrip(_FILLED))
        if not filled or signs[filled:].strip(_EMPTY) or not (len(signs) == 5 or (len(signs) == 10 != filled)):
            continue
        line, before = _line(text, *found.span()), _before(text, found.start())
        closes = own and "\n" not in before.strip() and ":" not in line and _LINE_ENDS.match(text, found.end())
        if not _AVERAGE.search(line) and (_BEGINS.search(before) or _LABEL.search(before) or closes):
            yield Rating(FULL * filled / len(signs), *found.span())


def _of_marks(text: str, *, titled: bool) -> Iterator[Rating]:
    """Return the ratings in figures."""
    found = [mark for mark in _MARK.finditer(text) if _value(mark) is not None]
    for mark in found:
        line, before = _line(text, *mark.span()), _before(text, mark.start())
        ends = _ENDS.match(text, mark.end()) is not None
        label = _LABEL.search(before)
        clear = (
            mark["stars"] is not None
            or (label is not None and (ends or label["colon"] is not None))
            or (ends and _GIVEN.search(before) is not None)
            or _stands_alone(text, mark, titled=titled)
            or (len(found) == 1 and not _value(mark) and _is_sentence(before, text, mark.end()))
        )
        if clear and not _AVERAGE.search(line):
            yield Rating(max(_LEAST, _value(mark) or 0.0), *mark.span())


def _is_sentence(before: str, text: str, end: int) -> bool:
    return _BEGINS.search(before) is not None and _CLOSES.match(text, end) is not None


def _value(mark: re.Match[str]) -> float | None:
    """Return the stars out of five that figures come to, None where they are more than full."""
    value = float(mark["value"].replace(",", ".")) * 5.0 / float(mark["scale"])
    return value if value <= FULL else None


def _stands_alone(text: str, mark: re.Match[str], *, titled: bool) -> bool:
    """Say whether a line holds nothing but the rating, and is one that a rating may stand in."""
    if not (mark["plain"] or mark["of"]) or _line(text, *mark.span()).strip(_FRAME):
        return False
    first, last = not text[: mark.start()].strip(_FRAME), not text[mark.end() :].strip(_FRAME)
    return first and (last or titled)


def _line(text: str, start: int, end: int) -> str:
    """Return what stands in a line beside these characters, as much as is looked at."""
    return f"{_before(text, start).rpartition(chr(10))[2]} {text[end : end + _NEARBY].partition(chr(10))[0]}"


def _before(text: str, at: int) -> str:
    """Return what stands before a character, as much as is looked at."""
    return text[max(0, at - _NEARBY) : at]
