"""A broken document made harmless before feedparser sees it: small, closed, and with nothing in it that is not needed.

feedparser reads almost anything, but some inputs cost it time that grows with the square of their length (unclosed
comments and quotes, thousands of attributes, namespaces or categories, kilobytes of «author») and some make it fall.
So the document is taken apart here once, in linear time, and written again: every construct closed or made plain text,
only the attributes that are read, no categories and the like, names and dates no longer than names and dates are.
"""

from __future__ import annotations

import re
from html import escape

from app.sources.feeds.charset import WINDOWS, mended_letters

LONGEST = 1_000_000
"""Characters of a broken document that are read; what is longer is cut after its last whole entry."""

MOST_TAGS = 20_000
MOST_STRAYS = 20_000
MOST_NAMESPACES = 50
MOST_BASES = 500

_TAG = re.compile(
    r"""<(/?)([A-Za-z_][\w.:-]{0,60}+)(?![\w.:-])((?:[^<>"']|"[^"<]*"|'[^'<]*')*+)>"""
    r"""|<(/?)([A-Za-z_][\w.:-]{0,60}+)(?![\w.:-])([^<>]*+)>"""
)
_ATTRIBUTE = re.compile(r"""(?<![\w.:-])([\w.:-]{1,60}+)\s*+=\s*+(?:"([^"<]*)"|'([^'<]*)'|([^\s"'<>]+))""")
_LONGEST_ATTRIBUTES = 4_000
_LONGEST_DECLARATION = 10_000
_LONGEST_VALUE = 2_000
_LONGEST_BASE = 200
_KEPT = frozenset(
    {"href", "url", "uri", "rel", "type", "mode", "version", "ref", "lang", "about", "ispermalink", "src"}
)
_UNNEEDED = frozenset(
    name
    for names in (
        "category keywords tags subject credit thumbnail chapter chapters",  # slow by the thousand
        "width height player where point line polygon box pos poslist linestring exterior",  # fatal out of place
    )
    for name in names.split()
)
_SHORT = {
    **dict.fromkeys(("author", "creator", "name", "email", "managingeditor", "webmaster", "publisher", "owner"), 200),
    **dict.fromkeys(("pubdate", "published", "issued", "updated", "modified", "date", "lastbuilddate", "created"), 100),
    **dict.fromkeys(("language", "ttl", "guid", "id", "expirationdate", "valid", "width", "height"), 2_000),
}
"""Characters of text that elements may hold, beyond which it cannot be what it claims."""

_DEEPEST_SHORT = 20

_REFERENCE = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]{1,40})|([0-9]{1,40}));?|([A-Za-z]\w{0,39});|)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]+")
_WINDOWS_ONLY = re.compile("[\x80-\x9f]")
_RUNS = re.compile("<{2,}|&{2,}")
_ENTRY_END = re.compile(r"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
_ROOT_END = re.compile(r"</(?:\w{1,20}:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)


def mended(text: str) -> str:
    """Return a document that feedparser reads in time; one that was cut off ends after its last whole entry."""
    text = _RUNS.sub(lambda run: run.group()[0], _CONTROL.sub("", text[:LONGEST]))
    return "".join(_Mending(_whole(text)).pieces())


def is_whole(text: str) -> bool:
    """Say whether a document goes to the end of its root."""
    return _ROOT_END.search(text, max(0, len(text) - 2_000)) is not None


def _whole(text: str) -> str:
    """Cut a document that ends before its root does after its last whole entry: the rest comes with the next poll."""
    if is_whole(text):
        return text
    ends = [match.end() for match in _ENTRY_END.finditer(text)]
    return text[: ends[-1]] if ends else text


class _Mending:
    """One pass over one document; what it counts are the limits above."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tags = self._strays = self._spaces = self._bases = 0
        self._open: list[tuple[str, int]] = []
        self._searched_in_vain: set[str] = set()

    def pieces(self) -> list[str]:
        text, position, pieces = self._text, 0, list[str]()
        while (start := text.find("<", position)) >= 0 and self._tags < MOST_TAGS:
            pieces.append(self._words(text[position:start]))
            piece, position = self._markup(start)
            pieces.append(piece)
        if start < 0:
            pieces.append(self._words(text[position:]))
        return pieces

    def _markup(self, start: int) -> tuple[str, int]:
        """Return what replaces the construct that begins here, and where the text goes on."""
        text = self._text
        if text.startswith("<!--", start):
            return self._block(start, "-->", 4) or ("", start + 4)
        if text.startswith("<![CDATA[", start):
            if (block := self._block(start, "]]>", 9)) is None:
                return "", start + 9
            inside = self._cut(_letters(text[start + 9 : block[1] - 3]))
            return f"<![CDATA[{inside}]]>", block[1]
        if text.startswith(("<?", "<!"), start):
            end = text.find(">", start, start + _LONGEST_DECLARATION)
            return ("", end + 1) if end >= 0 and text.find("<", start + 1, end) < 0 else self._stray(start)
        if match := _TAG.match(text, start):
            return self._tag(match), match.end()
        return self._stray(start)

    def _block(self, start: int, end_mark: str, skip: int) -> tuple[str, int] | None:
        """Return the end of a block; None where it never ends, which is searched for only once."""
        if end_mark in self._searched_in_vain:
            return None
        end = self._text.find(end_mark, start + skip)
        if end < 0:
            self._searched_in_vain.add(end_mark)
            return None
        return "", end + len(end_mark)

    def _stray(self, start: int) -> tuple[str, int]:
        self._strays += 1
        return ("&lt;" if self._strays < MOST_STRAYS else ""), start + 1

    def _tag(self, match: re.Match[str]) -> str:
        self._tags += 1
        slash, name, attributes = match.group(1, 2, 3) if match[2] else match.group(4, 5, 6)
        local = name.rpartition(":")[2].lower()
        if local in _UNNEEDED:
            return ""
        if local == "textinput":
            name = "image"  # kept apart from the feed's own title just as well, and never fatal
        closed = "/" if attributes.endswith("/") and not slash else ""
        if local in _SHORT and not closed:
            self._track(local, ends=bool(slash))
        if slash:
            return f"</{name}>"
        return f"<{name}{self._attributes(attributes)}{closed}>"

    def _track(self, local: str, *, ends: bool) -> None:
        """Remember how much text the short elements that are open may still hold, innermost last."""
        names = [name for name, _ in self._open]
        if not ends and len(names) < _DEEPEST_SHORT:
            self._open.append((local, _SHORT[local]))
        elif ends and local in names:
            del self._open[len(names) - 1 - names[::-1].index(local) :]

    def _attributes(self, written: str) -> str:
        kept: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(written[:_LONGEST_ATTRIBUTES]):
            name = match[1]
            value = next((part for part in match.group(2, 3, 4) if part is not None), "").removesuffix(
                "/" if match[4] else ""
            )
            if name not in kept and self._keeps(name, value):
                kept[name] = escape(_REFERENCE.sub(_reference, value).replace("&amp;", "&"), quote=True)
        return "".join(f' {name}="{value}"' for name, value in kept.items())

    def _keeps(self, name: str, value: str) -> bool:
        if len(value) > _LONGEST_VALUE:
            return False
        if name == "xmlns" or name.startswith("xmlns:"):
            self._spaces += 1
            return self._spaces <= MOST_NAMESPACES
        if name == "xml:base":
            self._bases += 1
            absolute = value.startswith(
                ("http://", "https://")
            )  # others pile up when nested, and are joined at every tag
            return absolute and self._bases <= MOST_BASES and len(value) <= _LONGEST_BASE
        return name.rpartition(":")[2].lower() in _KEPT

    def _words(self, text: str) -> str:
        text = self._cut(_letters(text))
        return _REFERENCE.sub(self._counted_reference, text) if "&" in text else text

    def _cut(self, text: str) -> str:
        if not self._open:
            return text
        name, room = self._open[-1]
        text = text[:room]
        self._open[-1] = (name, room - len(text))
        return text

    def _counted_reference(self, match: re.Match[str]) -> str:
        if match.group() == "&":
            self._strays += 1
            return "&amp;" if self._strays < MOST_STRAYS else ""
        return _reference(match)


def _letters(text: str) -> str:
    """Return a text with its letters mended here already: feedparser takes character 133 for a space and drops it."""
    text = mended_letters(text)
    return text.translate(WINDOWS) if _WINDOWS_ONLY.search(text) else text


def _reference(match: re.Match[str]) -> str:
    """Return a reference as feedparser survives it: a number only where it is that of a character."""
    hexadecimal, decimal, name = match.groups()
    if name:
        return match.group()
    if not (hexadecimal or decimal):
        return "&amp;"
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    possible = 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF or code in {9, 10, 13}
    return f"&#{code};" if possible else ""
