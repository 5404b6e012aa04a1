"""A web page as a tree of its elements, in time that grows with its length only, however broken the page is.

Elements know where they begin and end in the markup, so texts are cut out of it and no text is kept twice. The parser
of the standard library is not used: until late in 2025 some pages kept it busy for hours (CVE-2025-6069).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from app.sources.feeds.html_text import without_hidden

LONGEST_PAGE = 2_000_000
"""Characters of a page that are looked at, scripts and styles aside: some pages have megabytes of those."""

MOST_ELEMENTS = 40_000
DEEPEST = 120
"""Elements deeper than this count as part of what they stand in."""

_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40}+)((?:[^<>"']*+(?:"[^"<]*"|'[^'<]*')?)*+)(/?)>""")
_LOOSE_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40}+)([^<>]*+)(/?)>")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]{1,60}+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>`]++)))?""")
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,500})", re.IGNORECASE)
_BASE = re.compile(r"""<base\s[^<>]{0,500}?href\s*=\s*["']?([^"'\s<>]{1,2000})""", re.IGNORECASE)

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_ENDS = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table", "tbody", "thead", "tfoot"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}
"""What the beginning of an element ends that was left open, and beyond which elements nothing is ended."""

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "div",
        "dl",
        "fieldset",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
    ]
)


@dataclass(slots=True)
class Element:
    """One element. `start` and `end` are positions in the page's markup, tags included, `inside` where its content begins.

    `parent` and `last` are numbers of elements: -1 for none, and the last one inside this one. `letters` counts the
    characters of text in it, spaces aside, `linked` those of them that stand in links.
    """

    name: str
    attributes: dict[str, str]
    parent: int
    start: int
    inside: int
    end: int = 0
    last: int = 0
    letters: int = 0
    linked: int = 0

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()


@dataclass(slots=True)
class Page:
    """A page: what it calls itself, the address its links start from («» for its own), its markup and its elements."""

    title: str
    base: str
    markup: str
    elements: list[Element] = field(default_factory=list)


def read_tree(text: str) -> Page:
    """Return a page's elements in the order in which they begin."""
    title, base = _TITLE.search(text, 0, 200_000), _BASE.search(text, 0, 200_000)
    page = Page(
        unescape(title[1]).strip() if title else "",
        unescape(base[1]) if base else "",
        without_hidden(text)[:LONGEST_PAGE],
    )
    _Builder(page).build()
    return page


class _Builder:
    """Reads the tags of one page; `open` are the numbers of the elements that are open."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._open: list[int] = []
        self._names: Counter[str] = Counter()
        self._letters = 0
        self._linked = 0

    def build(self) -> None:
        markup, elements = self._page.markup, self._page.elements
        position = 0
        while len(elements) < MOST_ELEMENTS:
            start = markup.find("<", position)
            if start < 0:
                break
            tag = _TAG.match(markup, start) or _LOOSE_TAG.match(markup, start)
            self._count(markup, position, start)
            position = tag.end() if tag else start + 1
            if tag and tag[1]:
                self._close(tag[2].lower(), tag.start(), tag.end())
            elif tag:
                self._begin(tag)
        while self._open:
            self._pop(len(markup), len(markup))

    def _count(self, markup: str, start: int, end: int) -> None:
        if end > start:
            letters = sum(map(len, markup[start:end].split()))
            self._letters += letters
            if self._names["a"]:
                self._linked += letters

    def _begin(self, tag: re.Match[str]) -> None:
        name = tag[2].lower()
        self._end_open(name, tag.start())
        if len(self._open) >= DEEPEST:
            return
        elements = self._page.elements
        element = Element(name, _attributes(tag[3]), self._open[-1] if self._open else -1, tag.start(), tag.end())
        elements.append(element)
        if name in _VOID or tag[4]:
            element.end, element.last = tag.end(), len(elements) - 1
            return
        element.letters, element.linked = -self._letters, -self._linked
        self._open.append(len(elements) - 1)
        self._names[name] += 1

    def _end_open(self, name: str, position: int) -> None:
        """End what the beginning of an element ends: a list's entry at the next one, a paragraph at a block."""
        elements = self._page.elements
        if name in _BLOCKS and self._open and elements[self._open[-1]].name == "p":
            self._pop(position, position)
        ended, limits = _ENDS.get(name, (frozenset(), frozenset()))
        if not any(self._names[one] for one in ended):
            return
        for depth in range(len(self._open) - 1, max(len(self._open) - 12, 0) - 1, -1):
            open_name = elements[self._open[depth]].name
            if open_name in limits:
                return
            if open_name in ended:
                while len(self._open) > depth:
                    self._pop(position, position)
                if name != "tr":
                    return

    def _close(self, name: str, start: int, end: int) -> None:
        if not self._names[name]:
            return
        while self._open:
            matches = self._page.elements[self._open[-1]].name == name
            self._pop(start, end if matches else start)
            if matches:
                return

    def _pop(self, position: int, end: int) -> None:
        element = self._page.elements[self._open.pop()]
        self._names[element.name] -= 1
        element.end = max(position, end)
        element.last = len(self._page.elements) - 1
        element.letters += self._letters
        element.linked += self._linked


def _attributes(written: str) -> dict[str, str]:
    """Return the attributes of a tag, the first of each name."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written[:4_000]):
        if len(found) < 30:
            value = match[2] or match[3] or match[4] or ""
            found.setdefault(match[1].lower(), unescape(value) if "&" in value else value)
    return found
