"""The fast way: well-formed RSS and Atom through the standard library's XML parser."""

from __future__ import annotations

from html import escape
from xml.etree import ElementTree as ET

from app.sources.feeds.addresses import is_web, joined
from app.sources.feeds.entry import MOST_ENTRIES, NOBODY, Document, Entry, Link, Markup, Person
from app.sources.feeds.fields import is_html, meaning_of
from app.sources.feeds.pace import wait_of
from app.sources.feeds.people import person_of

MOST_TAGS = 400_000
"""«<» in a document that is read this way: 5 MB of tiny elements would cost hundreds of MB of memory."""

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"

_Fields = dict[str, list[ET.Element]]


class _Meanings(dict[str, str]):
    """What each tag of one document means; filled as tags are met."""

    def __init__(self, root: ET.Element) -> None:
        super().__init__()
        self.space = root.tag[1:].rpartition("}")[0] if root.tag[0] == "{" else ""

    def __missing__(self, tag: str) -> str:
        self[tag] = meaning = meaning_of(tag, self.space)
        return meaning


def read_xml(text: str) -> Document | None:
    """Return the feed whose root element begins the text, or None where it is not well-formed or too crowded.

    A DOCTYPE after the beginning of the root is no well-formed XML, so entities can neither be declared nor fetched.
    """
    if text.count("<") > MOST_TAGS:
        return None
    parser = ET.XMLParser()  # noqa: S314  no DOCTYPE can come by here (see above), so nothing can be blown up or fetched
    try:
        parser.feed(text)
        root = parser.close()
    except (ET.ParseError, UnicodeError):  # not well-formed; half a surrogate pair
        return None
    return _document(root)


def _document(root: ET.Element) -> Document:
    meanings = _Meanings(root)
    atom = root.tag.rpartition("}")[2].lower() == "feed"
    top = _fields(root, meanings)
    channel = next(iter(top.get("channel", ())), root)
    head = _fields(channel, meanings) if channel is not root else top
    base = joined(root.get(_BASE, ""), channel.get(_BASE, "")) if channel is not root else root.get(_BASE, "")
    language = channel.get(_LANG) or root.get(_LANG) or _text(head, "language")
    items = head.get("entry", []) + (top.get("entry", []) if head is not top else [])
    links = _links(head, base)
    return Document(
        title=_first_markup(head.get("title", []), atom=atom),
        link=next((link.href for link in links if link.rel == "alternate"), ""),
        language=language,
        wait=wait_of(_text(head, "ttl"), _text(head, "period"), _text(head, "frequency")),
        entries=tuple(_entry(item, meanings, base, atom=atom) for item in items[:MOST_ENTRIES]),
        author=_person(authors) if atom and len(authors := head.get("author", [])) == 1 else NOBODY,
    )


def _fields(element: ET.Element, meanings: _Meanings) -> _Fields:
    """Return the children of an element by meaning, in the order of the document."""
    found: _Fields = {}
    for child in element:
        if meaning := meanings[child.tag]:
            if meaning in found:
                found[meaning].append(child)
            else:
                found[meaning] = [child]
    return found


def _entry(item: ET.Element, meanings: _Meanings, base: str, *, atom: bool) -> Entry:
    found = _fields(item, meanings)
    for group in found.get("group", ()):
        for meaning, elements in _fields(group, meanings).items():
            found.setdefault(meaning, []).extend(elements)
    if own_base := item.get(_BASE):
        base = joined(base, own_base)
    written_id, is_link = _id(item, found)
    bodies = _bodies(found)
    return Entry(
        id=joined(base, written_id) if base and is_link and written_id else written_id,
        id_is_link=is_link and (not atom or is_web(written_id)),
        links=_links(found, base),
        title=_first_markup(found.get("title") or found.get("media title", []), atom=atom),
        bodies=tuple(_markups(bodies, atom=atom)),
        person=_person(found["author"]) if "author" in found else NOBODY,
        signed="author" in found or "source" in found,
        publisher=found["source"][0].get("url", "") if "source" in found else "",
        dates=tuple(
            [(found[kind][-1].text or "").strip() for kind in ("published", "updated", "created") if kind in found]
        ),
        language=_text(found, "language") or (bodies[0].get(_LANG, "") if bodies else "") or item.get(_LANG, ""),
        parent=found["reply"][0].get("ref", "").strip() if "reply" in found else "",
        rating=next((_words(element) for element in found["rating"] if not element.attrib), "")
        if "rating" in found
        else "",
    )


def _id(item: ET.Element, found: _Fields) -> tuple[str, bool]:
    """Return the id of an item, and whether it may serve as its address."""
    for element in reversed(found.get("id", ())):
        if element.text:
            return element.text.strip(), element.get("isPermaLink", "true") == "true"
    return item.get(_ABOUT, "").strip(), True


def _bodies(found: _Fields) -> list[ET.Element]:
    """Return the elements with the entry's text, the best first: contents, and of two summaries the second."""
    summaries = found.get("summary", [])
    return [*reversed(found.get("content", ())), *summaries[1:2], *summaries[:1]]


def _markups(elements: list[ET.Element], *, atom: bool) -> list[Markup]:
    markups: list[Markup] = []
    for element in elements:
        if len(element):
            markups.append(Markup(_inside(element)))
        elif (text := element.text) and (html := is_html(element.get("type", ""), atom=atom)) is not None:
            markups.append(Markup(text, html))
    return markups


def _first_markup(elements: list[ET.Element], *, atom: bool) -> Markup:
    markups = _markups(elements, atom=atom)
    return markups[0] if markups else Markup("")


def _links(found: _Fields, base: str) -> tuple[Link, ...]:
    links = [Link(_words(element)) for element in found.get("original", ())]
    for element in found.get("link", ()):
        href = (element.get("href") or element.get("url") or element.text or "").strip()
        if _BASE in element.attrib:
            href = joined(joined(base, element.attrib[_BASE]), href) if href else ""
        elif base and href:
            href = joined(base, href)
        if href:
            links.append(Link(href, element.get("rel", "alternate").lower(), element.get("type", "text/html").lower()))
    return tuple(links)


def _person(elements: list[ET.Element]) -> Person:
    """Return the first whom author elements name, or nobody."""
    for element in elements:
        if not len(element):
            if written := _words(element):
                return person_of(written)
            continue
        parts = {child.tag.rpartition("}")[2].lower(): _words(child) for child in element}
        name, mail = parts.get("name", ""), parts.get("email", "")
        if name or mail:
            return Person(name, mail, parts.get("uri") or parts.get("url", ""))
    return NOBODY


def _words(element: ET.Element) -> str:
    return (element.text or "").strip()


def _text(found: _Fields, meaning: str) -> str:
    return _words(found[meaning][0]) if meaning in found else ""


def _inside(element: ET.Element) -> str:
    """Return what stands inside an element as markup, without attributes; however deep it is nested."""
    parts = [escape(element.text or "", quote=False)]
    open_elements = [(iter(element), "")]
    while open_elements:
        children, end = open_elements[-1]
        child = next(children, None)
        if child is None:
            open_elements.pop()
            parts.append(end)
            continue
        name = child.tag.rpartition("}")[2]
        parts.append(f"<{name}>{escape(child.text or '', quote=False)}")
        open_elements.append((iter(child), f"</{name}>{escape(child.tail or '', quote=False)}"))
    return "".join(parts)
