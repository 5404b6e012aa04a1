"""The entries of a list on a page: who wrote what when, where it stands, and by what it is known again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from app.core.mention import Mention
from app.sources.feeds.addresses import host_of, web_address
from app.sources.feeds.dates import unix_time
from app.sources.feeds.html_text import html_text, one_line
from app.sources.pages.roles import HEADINGS, is_around, is_author, is_date, stars_of, words_of
from app.sources.pages.tree import Element, Page

MOST = 400
"""Entries of one page that are read, from its beginning."""

_LONGEST_TITLE, _LONGEST_NAME, _LONGEST_KEY = 500, 200, 1_000
_IDS = ("id", "data-id", "data-comment-id", "data-review-id", "data-post-id", "data-message-id", "data-key")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:-.*)?")
_NUMBER = re.compile(r"(\d{1,18})\D*\Z")
_BEFORE_NAME = re.compile(r"(?:by|author|autor|автор)\s*[:\s]\s*", re.IGNORECASE)
_AGO = re.compile(
    r".{0,25}\b(?:ago|temu|назад)\.?|(?:yesterday|wczoraj|вчера|today|dzisiaj|dziś|сегодня)\b.{0,20}", re.IGNORECASE
)


@dataclass(slots=True)
class _Entry:
    """What was found in one entry. `cuts` are the parts of the markup that are not its text; `link` may not be its own."""

    number: int
    title: str = ""
    author: str = ""
    handle: str = ""
    dates: list[str] = field(default_factory=list)
    rating: str = ""
    best: str = ""
    permalink: str = ""
    link: str = ""
    mark: str = ""
    above: int = -1
    cuts: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Where:
    """The page that entries stand on: its source, its place (see Source.place), its final address, now in Unix seconds."""

    source: str
    place: str
    address: str
    now: float


def mentions_on(page: Page, numbers: list[int], where: Where) -> tuple[Mention, ...]:
    """Return the entries that these elements are, in the order of the page, each once; empty ones are left out."""
    numbers = numbers[:MOST]
    picked = frozenset(numbers)
    base = web_address(page.base, where.address) or where.address
    entries = [_read(page, number, picked, base) for number in numbers]
    _drop_positions(entries)
    marks, links = Counter(one.mark for one in entries), Counter(one.permalink for one in entries)
    found: dict[str, Mention] = {}
    keys: dict[int, str] = {}
    for one in entries:
        mention = _mention(page, one, where)
        if not (mention.text or mention.title):
            continue
        key = _key(one, mention, where, mark=marks[one.mark] == 1, own_link=links[one.permalink] == 1)
        keys[one.number] = key
        parent = keys.get(one.above, "")
        top = found[parent].thread or parent if parent in found else ""
        found.setdefault(
            key, replace(mention, key=key, parent=parent if parent != key else "", thread=top if top != key else "")
        )
    return tuple(found.values())


def _read(page: Page, number: int, picked: frozenset[int], base: str) -> _Entry:
    element = page.elements[number]
    entry = _Entry(number, mark=next((value for name in _IDS if (value := element.attributes.get(name, ""))), ""))
    if element.name == "a":
        entry.link = web_address(element.attributes.get("href", ""), base)
    up = element.parent
    while up >= 0 and entry.above < 0:
        entry.above = up if up in picked else -1
        up = page.elements[up].parent
    for inner in _own(page, number, picked, entry):
        _take(page, page.elements[inner], entry, base)
    return entry


def _own(page: Page, number: int, picked: frozenset[int], entry: _Entry) -> Iterator[int]:
    """Yield the elements of an entry but those of entries inside it, which are cut out of its text."""
    inner, last = number + 1, page.elements[number].last
    while inner <= last:
        element = page.elements[inner]
        if inner in picked:
            entry.cuts.append((element.start, element.end))
            inner = element.last + 1
        else:
            yield inner
            inner += 1


def _take(page: Page, element: Element, entry: _Entry, base: str) -> None:
    """Take from an element what it tells of its entry."""
    words = words_of(element)
    what = element.attributes.get("itemprop", "")
    if element.name == "a":
        _take_link(page, element, entry, base)
    if not entry.rating:
        entry.rating, entry.best = stars_of(element, words)
        if entry.rating:
            entry.cuts.append((element.start, element.end))
    if is_date(element, words):
        entry.dates.append(_value(page, element, "datetime", "content", "title"))
        entry.cuts.append((element.start, element.end))
    elif is_author(element, words):
        if not entry.author:
            entry.author = _BEFORE_NAME.sub("", one_line(_value(page, element, "content"), _LONGEST_NAME), count=1)
            entry.handle = _page_of(page, element, base)
        entry.cuts.append((element.start, element.end))
    elif what in {"ratingValue", "bestRating", "worstRating"}:
        value = _value(page, element, "content")
        entry.rating = entry.rating or (value if what == "ratingValue" else "")
        entry.best = entry.best or (value if what == "bestRating" else "")
        entry.cuts.append((element.start, element.end))
    elif (element.name in HEADINGS or what == "headline") and not entry.title and element.letters:
        entry.title = one_line(_text(page, element), _LONGEST_TITLE)
        entry.link = _page_of(page, element, base) or entry.link
        entry.cuts.append((element.start, element.end))
    elif is_around(element, words):
        entry.cuts.append((element.start, element.end))
    elif "data-rating" in element.attributes:
        entry.rating = entry.rating or element.attributes["data-rating"]


def _take_link(page: Page, element: Element, entry: _Entry, base: str) -> None:
    href = element.attributes.get("href", "")
    address = web_address(href, base) if href and href != "#" else ""
    relations = element.attributes.get("rel", "").split()
    if not address or "author" in relations or is_author(element, words_of(element)):
        return
    names_moment = any(one.name == "time" for one in _beginning(page, element)) or (
        element.parent >= 0 and page.elements[element.parent].name == "time"
    )
    if not entry.permalink and ("bookmark" in relations or element.attributes.get("itemprop") == "url" or names_moment):
        entry.permalink = address
    entry.link = entry.link or (address if element.letters > 1 else "")


def _value(page: Page, element: Element, *names: str) -> str:
    """Return what an element says in one of these attributes, else in its text."""
    written = next((value for name in names if (value := element.attributes.get(name, "").strip())), "")
    return one_line(html_text(written), _LONGEST_TITLE) if written else one_line(_text(page, element), _LONGEST_TITLE)


def _page_of(page: Page, element: Element, base: str) -> str:
    """Return the address of an author's page: of the element itself or of the first link in it."""
    for one in _beginning(page, element):
        if one.name == "a" and (address := web_address(one.attributes.get("href", ""), base)):
            return address
    return ""


def _beginning(page: Page, element: Element) -> list[Element]:
    """Return an element and the first ones inside it."""
    number = _number(page, element)
    return page.elements[number : min(element.last, number + 20) + 1]


def _number(page: Page, element: Element) -> int:
    """Return the number of an element, found by where it begins."""
    low, high = 0, len(page.elements) - 1
    while low < high:
        middle = (low + high) // 2
        if page.elements[middle].start < element.start:
            low = middle + 1
        else:
            high = middle
    return low


def _text(page: Page, element: Element) -> str:
    return html_text(page.markup[element.inside : element.end], quotes=False)


def _mention(page: Page, entry: _Entry, where: Where) -> Mention:
    element = page.elements[entry.number]
    text = html_text(" ".join(_pieces(page.markup, element.inside, element.end, entry.cuts)), quotes=False)
    kept = [
        line
        for line in text.split("\n")
        if not (len(line) <= 40 and _AGO.fullmatch(line)) and any(map(str.isalnum, line))
    ]
    language = _LANGUAGE.fullmatch(element.attributes.get("lang", "")[:40])
    anchor = f"{where.address.partition('#')[0]}#{element.attributes['id']}" if element.attributes.get("id") else ""
    return Mention(
        source=where.source,
        key="",
        url=entry.permalink or web_address(anchor) or entry.link or where.address,
        title=entry.title,
        text="\n".join(kept),
        author=entry.author,
        handle=entry.handle,
        site=host_of(where.address),
        published=next((at for date in entry.dates[:9] if (at := unix_time(date, where.now)) is not None), None),
        stars=_stars(entry.rating, entry.best),
        language=language[1].lower() if language else "",
    )


def _pieces(markup: str, start: int, end: int, cuts: list[tuple[int, int]]) -> Iterator[str]:
    """Yield what is left between the parts cut out."""
    for cut_start, cut_end in sorted(cuts):
        if cut_start > start:
            yield markup[start:cut_start]
        start = max(start, cut_end)
    if end > start:
        yield markup[start:end]


def _stars(rating: str, best: str) -> float | None:
    """Return a rating on the scale from 1 to 5; without a best one 5 is the best."""
    try:
        value, most = float(rating[:10].replace(",", ".")), float(best[:10].replace(",", ".") or 5)
    except ValueError:
        return None
    stars = value * 5 / most if 1 < most <= 100 else 0.0
    return round(stars, 2) if 1.0 <= stars <= 5.0 else None


def _drop_positions(entries: list[_Entry]) -> None:
    """Forget ids that only count the entries: the next new one would move them all."""
    numbers = [int(match[1]) if (match := _NUMBER.search(one.mark)) else -1 for one in entries]
    if not numbers or (numbers[0] in {0, 1} and numbers == list(range(numbers[0], numbers[0] + len(numbers)))):
        for one in entries:
            one.mark = ""
    for one in entries:
        if not any(map(str.isdigit, one.mark)) and len(one.mark) < 12:
            one.mark = ""


def _key(entry: _Entry, mention: Mention, where: Where, *, mark: bool, own_link: bool) -> str:
    """Return the key of an entry: its own id or link, or a hash of what it says where it has neither of its own.

    A link that is not marked as the entry's own may be that of what is written about: then the date belongs to the key.
    """
    if entry.mark and mark and len(entry.mark) <= _LONGEST_KEY:
        return f"{where.place} {entry.mark}"
    if entry.permalink and own_link and len(entry.permalink) <= _LONGEST_KEY:
        return entry.permalink
    moment = f"{mention.published:.0f}" if mention.published is not None else mention.text
    said = f"{where.place}\n{entry.link}\n{mention.author}\n{mention.title}\n{moment}"
    return "hash:" + blake2b(said.encode("utf-8", "replace"), digest_size=16).hexdigest()
