"""The elements of all dialects of feeds, by what they mean."""

from __future__ import annotations

_PLAIN = frozenset(
    {
        "http://backend.userland.com/rss",
        "http://backend.userland.com/rss2",
        "http://blogs.law.harvard.edu/tech/rss",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://purl.org/atom/ns#",
        "http://www.w3.org/2005/atom",
        "http://purl.org/rss/1.0/modules/rss091#",
    }
)
"""Namespaces (in lower case) whose elements are the feed's own; their names stand without a prefix."""

_PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://search.yahoo.com/mrss": "media:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://purl.org/rss/1.0/modules/syndication/": "sy:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
}

_MEANINGS = {
    name: meaning
    for meaning, names in {
        "entry": "item entry",
        "content": "content content:encoded fullitem body xhtml:body",
        "summary": "description summary abstract dc:description itunes:summary media:description",
        "author": "author dc:creator dc:author itunes:author",
        "id": "guid id",
        "title": "title dc:title",
        "link": "link",
        "original": "feedburner:origlink",
        "published": "published pubdate issued dcterms:issued",
        "updated": "updated modified dc:date dcterms:modified lastbuilddate",
        "created": "created dcterms:created",
        "language": "language dc:language",
        "source": "source",
        "rating": "rating",
        "group": "media:group",
        "media title": "media:title",
        "channel": "channel",
        "ttl": "ttl",
        "period": "sy:updateperiod",
        "frequency": "sy:updatefrequency",
    }.items()
    for name in names.split()
}

_EVERYWHERE = {"in-reply-to": "reply", "rating": "rating"}
"""Elements understood in any namespace: those of shops and app stores are many."""

HTML_TYPES = frozenset({"html", "xhtml", "text/html", "application/xhtml+xml"})


def meaning_of(tag: str, root_space: str) -> str:
    """Return what an element «{namespace}local» means, «» for one that is not needed.

    The root's own namespace counts as the feed's even when nobody knows it.
    """
    space, _, local = tag[1:].rpartition("}") if tag[0] == "{" else ("", "", tag)
    local = local.lower()
    lower_space = space.lower()
    if space == root_space or lower_space in _PLAIN:
        return _MEANINGS.get(local) or _EVERYWHERE.get(local, "")
    prefix = _PREFIXES.get(lower_space)
    return _MEANINGS.get(f"{prefix}{local}", "") if prefix else _EVERYWHERE.get(local, "")


def is_html(written_type: str, *, atom: bool) -> bool | None:
    """Return whether a text of this type is markup; None where it is no text at all (pictures and so on).

    Only Atom is believed: in RSS a type says nothing, and every text there may hold markup.
    """
    if not atom:
        return True
    kind = written_type.strip().lower()
    if kind in HTML_TYPES or kind.endswith(("/xml", "+xml")):
        return True
    return False if kind in {"", "text", "plain"} or kind.startswith("text/") else None
