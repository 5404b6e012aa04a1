"""The lists on a page that could be what somebody wants to watch, found by what repeats."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from app.sources.feeds.html_text import html_text, one_line
from app.sources.pages.roles import AROUND, HEADINGS, is_author, is_date, words_of
from app.sources.pages.selector import read_selector, select
from app.sources.pages.tree import Element, Page

MOST = 8
"""Lists offered."""

_FEWEST = 2
_LOOKED_AT = 40
"""Groups that are looked at closely, the likeliest ones."""

_ENTRIES = frozenset("article li div section tr dl dd blockquote figure details a td p".split())  # noqa: SIM905  reads better
_STABLE = re.compile(r"(?!css-|sc-|jss|svelte-|_)[A-Za-z][A-Za-z0-9_-]{1,39}")
_MADE_UP = re.compile(r"\d{3}|[a-z]\d[a-z]\d|__[A-Za-z0-9]{5,6}\Z|(?=.*\d)(?=.*[A-Z])(?=.*[a-z])[A-Za-z0-9]{6,}\Z")
_STATES = frozenset(
    {"active", "odd", "even", "byuser", "bypostauthor", "alt", "first", "last", "row", "col", "item", "clearfix"}
)
_TALK = frozenset({"review", "reviews", "comment", "comments", "opinion", "opinia", "post", "message", "feedback", "testimonial", "thread", "topic"})  # fmt: skip
_MARKS = frozenset({"review", "comment", "reviewBody", "ratingValue", "author", "articleBody"})
_MOST_CLASSES = 6
EXAMPLES = 3
_SAMPLE = 90


@dataclass(frozen=True, slots=True)
class PageList:
    """A list: the selector of its entries, how many there are, and how the first of them begin."""

    selector: str
    count: int
    examples: tuple[str, ...]


def lists_on(page: Page) -> tuple[PageList, ...]:
    """Return the lists on a page, the likeliest first. Of two with the same entries one is enough."""
    scale = _Scale(page)
    rough = {name: scale.score(numbers) for name, numbers in _groups(page).items() if len(numbers) >= _FEWEST}
    likely = sorted((name for name, score in rough.items() if score > 0), key=lambda name: (-rough[name], name))
    found: list[tuple[float, str, list[int]]] = []
    for name in likely[:_LOOKED_AT]:
        selector = read_selector(name)
        numbers = select(page, selector) if selector else []
        if len(numbers) >= _FEWEST and (score := scale.score(numbers)) > 0:
            found.append((score, name, numbers))
    found.sort(key=lambda one: (-one[0], _unlikely(one[1]), len(one[1]), one[1]))
    kept: list[tuple[str, list[int]]] = []
    for _, name, numbers in found:
        if not any(set(numbers) <= set(other) for _, other in kept):
            kept.append((name, numbers))
    return tuple(PageList(name, len(numbers), _examples(page, numbers)) for name, numbers in kept[:MOST])


def _unlikely(selector: str) -> tuple[int, bool]:
    """Return what sorts last, of selectors with the same entries, those that say least of what the entries are."""
    return selector.count(">"), not any(word in selector.lower() for word in _TALK)


def _examples(page: Page, numbers: list[int]) -> tuple[str, ...]:
    """Return how the first entries of a list begin; pictures without a word begin with nothing."""
    begun = (_beginning(page, number) for number in numbers[: 4 * EXAMPLES])
    return tuple(text for text in begun if text)[:EXAMPLES]


def _beginning(page: Page, number: int) -> str:
    element = page.elements[number]
    return one_line(html_text(page.markup[element.inside : element.end][:4_000]), _SAMPLE)


def _groups(page: Page) -> dict[str, list[int]]:
    """Return the elements that look alike, by the selector that would pick them."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for number, element in enumerate(page.elements):
        if element.name in _ENTRIES:
            for selector in _selectors(page, element):
                groups[selector].append(number)
    return groups


def _selectors(page: Page, element: Element) -> Iterator[str]:
    for name in _stable(element)[:_MOST_CLASSES]:
        yield f"{element.name}.{name}"
    if element.attributes.get("itemprop") in _MARKS:
        yield f'[itemprop="{element.attributes["itemprop"]}"]'
    if element.name == "article":
        yield "article"
    path, up = element.name, element.parent
    for _ in range(3):
        if up < 0:
            return
        above = page.elements[up]
        if anchor := _anchor(above):
            yield f"{anchor} > {path}"
            return
        path, up = f"{above.name} > {path}", above.parent


def _anchor(element: Element) -> str:
    """Return how an element is called for good, «» where it is not."""
    written = element.attributes.get("id", "")
    if _STABLE.fullmatch(written) and not _MADE_UP.search(written):
        return f"#{written}"
    stable = _stable(element)
    return f"{element.name}.{stable[0]}" if stable else ""


def _stable(element: Element) -> list[str]:
    """Return the classes of an element that a person gave it and that say more than «the third one»."""
    return [
        name
        for name in element.classes
        if _STABLE.fullmatch(name) and not _MADE_UP.search(name) and name.lower() not in _STATES
    ]


class _Scale:
    """Weighs groups of elements: how likely each is to be a list of what people write."""

    def __init__(self, page: Page) -> None:
        self._elements = page.elements
        words = [words_of(element) for element in page.elements]
        self._dates = _sums(is_date(one, w) for one, w in zip(page.elements, words, strict=True))
        self._people = _sums(is_author(one, w) for one, w in zip(page.elements, words, strict=True))
        self._headings = _sums(element.name in HEADINGS for element in page.elements)
        self._talk = [
            bool(w & _TALK) or one.attributes.get("itemprop") in _MARKS
            for one, w in zip(page.elements, words, strict=True)
        ]
        self._aside: list[bool] = []
        for element in page.elements:
            beside = element.name in AROUND | {"aside", "header"} and element.name != "form"
            self._aside.append(beside or (element.parent >= 0 and self._aside[element.parent]))

    def score(self, numbers: list[int]) -> float:
        """Return a weight from 0 (no list) upwards: many entries of some length, with dates, names and headlines."""
        taken = numbers[:200]
        count = len(taken)
        letters = sum(self._elements[one].letters for one in taken) / count
        if letters < 8:
            return 0.0
        linked = sum(self._elements[one].linked for one in taken) / count / letters
        weight = math.log2(1 + count) * math.sqrt(min(letters, 700.0))
        weight *= 1.0 + 0.8 * self._share(self._dates, taken) + 0.5 * self._share(self._people, taken)
        weight *= 1.0 + 0.3 * self._share(self._headings, taken)
        weight *= 1.0 + 0.8 * sum(self._talk[one] for one in taken) / count
        if linked > 0.85 and letters < 60:
            weight *= 0.3
        if sum(self._aside[one] for one in taken) > count / 2:
            weight *= 0.2
        return weight / (4.0 if self._many(taken) else 1.0)

    def _share(self, sums: list[int], numbers: list[int]) -> float:
        """Return which share of elements holds something of a kind."""
        return sum(sums[self._elements[one].last + 1] > sums[one] for one in numbers) / len(numbers)

    def _many(self, numbers: list[int]) -> bool:
        """Say whether the elements hold several entries each: then they are columns or pages, not entries."""
        dates = sum(self._dates[self._elements[one].last + 1] - self._dates[one] for one in numbers)
        return dates > 2.5 * len(numbers)


def _sums(flags: Iterator[bool]) -> list[int]:
    return list(accumulate(flags, initial=0))
