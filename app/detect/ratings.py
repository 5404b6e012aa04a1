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
    r"(?<![\w/⁄.,+*=–—-])(?<!\d:)(?P<value>\d{1,2}(?:[.,]\d{1,2})?)"
    r"(?:\s?(?P<plain>[/⁄])\s?|(?:\s(?:(?P<counted>stars?|gwiazd\w+|зв[её]зд\w*)|points?|punkt\w*|балл\w*))?"
    r"\s(?:(?P<of>out of)|of|z|na|из|на)\s)(?P<scale>5|10)"
    r"(?![\w/⁄–*=+-]|[.,:]\d)(?P<stars>\s?(?:stars?\b|gwiazd\w+|зв[её]зд\w*|[★⭐]\ufe0f?))?",
    re.IGNORECASE,
)
_SIGNS = (*_FILLED, "/5", "/10", "⁄")
_SCALES = ("5", "10")
_BEFORE_SCALE = frozenset("/fFzZaAзЗаА")
"""Which letters the words before a scale end with: «out of 5», «z 5», «na 10», «из 5», «на 10»."""

_NAMES = r"ratings?|rated|stars|ocena(?: (?:ogólna|końcowa|łączna|całkowita))?|gwiazdki|оценка(?: (?:общая|итоговая))?|рейтинг"
_SUMS = r"overall|score|verdict|werdykt|ode mnie|od nas|вердикт|итого?|от (?:меня|нас)"
"""What may name the result of something else as well, «Score: 1/5 at half time»: it names a rating that ends the clause."""

_NUMBERED = r"review|opinia|recenzja|отзыв"
"""What a part of a series is called as well, «Review 1/5»: it names a rating where a colon follows."""

_WHOSE = r"my|our|overall|total|moja|nasza|ogólna|końcowa|łączna|моя|наша|общая|итоговая"
_LABEL = re.compile(
    rf"(?:^|[.!?…;,(\"«„])[^\w\n]*(?:(?:{_WHOSE})\s+)?(?:{_NAMES}|(?P<sum>{_SUMS})|(?:{_NUMBERED})(?=\s*:))"
    r"(?P<colon>\s*:)?[^\w\n]*\Z",
    re.IGNORECASE | re.MULTILINE,
)
_GIVEN = re.compile(
    r"(?<!nie )(?<!не )\b(?:i(?:['’]d| would)? (?:give|gave|rate|rated)(?: (?:it|them|this|that))?"
    r"|daję|daje|dałam|dałem|oceniam(?: na)?|ставлю|поставила?|оцениваю(?: на)?|(?P<would>dał[ae]?bym|поставила? бы))"
    r"\s+(?:a |only |just |tylko |только )?\Z",
    re.IGNORECASE,
)
_IF = re.compile(r"\s+(?:if|gdyby\w*|jeśli|если)\b", re.IGNORECASE)
"""What may follow «I'd give 0/10»: of a full rating it says that it was not given."""

_BY_OTHERS = re.compile(
    r"\b(?:someone|somebody|people|others|another|s?he|they|friends?|neighbou?rs?|husband|wife|mum|mother|colleagues?"
    r"|ktoś|niektórzy|inni|ludzie|ona?|oni|sąsiad(?:ka|ki|zi)?|koleg[ai]|koledzy|koleżank[ai]|przyjaci(?:el|ele|ółka|ółki)|znajom[yai]|mąż|żona|mama"
    r"|кто-то|некоторые|другие|люди|он[аи]?|сосед(?:ка|и)?|друг|друзья|подруг[аи]|знаком(?:ый|ая|ые)|коллег[аи]|муж|жена|мама)"
    r"\b[^.!?…;,\n]*\b(?:gave|gives?|rated?|rates|left|dał[ai]?|dali|dają|daje|ocenił[ai]?|wystawił[ai]?"
    r"|поставил[аи]?|став[ия]т|дал[аи]?|оценил[аи]?)"
    r"(?:\s(?:you|it|this|them|place|a|only|just|wam|im|tu|to|na|tylko|вам|им|тут|здесь|только|на))*\s*\Z",
    re.IGNORECASE,
)
_ME = re.compile(r"\b(?:(?-i:I)|we|ja|я|мы)\b[^.!?…;,\n]*\Z", re.IGNORECASE)
_ME_TOO = re.compile(r"[^.!?…;,\n]*\b(?:(?-i:I)|we|ja|я|мы)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:(?:an)?other (?:shop|store|place|bakery|restaurant|cafe|hotel|company|one)|competitors?"
    r"|innemu|innej (?:firm|piekarn|restaurac|kawiarn|cukiern)\w*|konkurencji"
    r"|другому|другой (?:фирм|компани|пекарн|кофейн|кондитерск)\w*|конкурент\w*)\b[^.!?…;,\n]*\Z",
    re.IGNORECASE,
)
_GIVING = re.compile(
    r"\b(?:gave|give|rated?|dał\w*|daj[eę]|oceni\w+|поставил\w*|ставлю|дал[аи]?|оцени\w+)\b[^.!?…;,\n]*\Z",
    re.IGNORECASE,
)
"""What tells in the same clause that somebody else gave it, or that it was given to another shop."""

_NOT_AGAIN = re.compile(
    r",\s+(?:не (?:верн|прид|рекоменд|совет|пойд)|больше не|никогда|nie (?:wróc|polec|przyjd|pójd)|nigdy|więcej nie|never"
    r"|(?:won['’]t|will not|not) (?:be |go(?:ing)? |com(?:e|ing) )?(?:back|return|recommend))",
    re.IGNORECASE,
)
"""What makes a rating of «2/10» at the beginning of a text: it might be a date."""

_COUNTED = re.compile(
    r"\A[^\w\n]*(?P<value>1|2|one|two|jedna|dwie|одна|две)\s(?:stars?|gwiazdk[ai]|зв[её]зд[аы])[^\w\n]*(?P<more>\n|\Z)",
    re.IGNORECASE,
)
_TWO = frozenset({"2", "two", "dwie", "две"})
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
    if (counted := _COUNTED.match(text)) and (titled or not text[counted.end() :].strip(_FRAME)):
        return Rating(2.0 if counted["value"].lower() in _TWO else 1.0, counted.start("value"), counted.start("more"))
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
            if text[at - 1 : at].isspace() and text[at - 2 : at - 1] in _BEFORE_SCALE:
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
            or mark["counted"] is not None
            or (label is not None and (ends or (label["colon"] is not None and label["sum"] is None)))
            or _is_given(before, text, mark, ends=ends)
            or _stands_alone(text, mark, titled=titled)
            or (len(found) == 1 and _is_said(before, text, mark))
        )
        if clear and not _AVERAGE.search(line) and not _is_theirs(before, text, mark.end()):
            yield Rating(max(_LEAST, _value(mark) or 0.0), *mark.span())


def _is_given(before: str, text: str, mark: re.Match[str], *, ends: bool) -> bool:
    """Say whether its author says that they give it; what they would give if something else were is low or not given."""
    given = _GIVEN.search(before)
    if given is None:
        return False
    condition = _IF.match(text, mark.end())
    return (ends or condition is not None) and (not (condition or given["would"]) or (_value(mark) or 0.0) <= _LOW)


def _is_said(before: str, text: str, mark: re.Match[str]) -> bool:
    """Say whether a sentence is nothing but «0/10», or a text begins with a low rating and says that its author will not return."""
    if not _value(mark):
        return _BEGINS.search(before) is not None and _CLOSES.match(text, mark.end()) is not None
    return not before.strip(_FRAME) and _NOT_AGAIN.match(text, mark.end()) is not None


def _is_theirs(before: str, text: str, end: int) -> bool:
    """Say whether a clause tells of what others gave, or what was given to others."""
    if _GIVING.search(before) and _ELSEWHERE.search(before):
        return True
    if _ME.search(before) or _ME_TOO.match(text, end, end + _NEARBY):
        return False
    return _BY_OTHERS.search(before) is not None


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
