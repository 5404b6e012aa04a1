"""What every reader of feeds gives: a document and its entries, as written, before anything is made plain.

Named tuples and not dataclasses, since hundreds of them are made per feed: frozen dataclasses take four times as long,
a tenth of the time a feed is read in.
"""

from __future__ import annotations

from typing import NamedTuple

DAY = 86_400.0
"""Seconds: the longest wait a feed can ask for; figures beyond it are absurd (miniflux, pull request 3293)."""


MOST_ENTRIES = 5_000
"""Entries of one document that are read, from its beginning; real feeds stay below a thousand."""


class Markup(NamedTuple):
    """A text as the feed has it; `html` says whether tags and entities in it are markup or meant literally."""

    value: str
    html: bool = True


class Link(NamedTuple):
    """An address of an entry; `rel` and `type` are in lower case, with the defaults of Atom filled in."""

    href: str
    rel: str = "alternate"
    type: str = "text/html"


class Person(NamedTuple):
    """Who wrote an entry; each part may be missing («»)."""

    name: str = ""
    mail: str = ""
    page: str = ""


NOBODY = Person()


class Entry(NamedTuple):
    """One item of a feed, as written.

    `bodies` are its texts, the best first: the first one that is not empty when made plain counts. `dates` likewise.
    `id_is_link` says that the id may serve as an address. `publisher` is the address of where it appeared first. One that
    is `signed` says who wrote it, be it with an empty name, or that it comes from elsewhere.
    """

    id: str = ""
    id_is_link: bool = True
    links: tuple[Link, ...] = ()
    title: Markup = Markup("")
    bodies: tuple[Markup, ...] = ()
    person: Person = NOBODY
    signed: bool = False
    publisher: str = ""
    dates: tuple[str, ...] = ()
    language: str = ""
    parent: str = ""
    rating: str = ""


class Document(NamedTuple):
    """A feed. `wait` is how many seconds it asks for between polls (0.0 for nothing asked); `link` its home page.

    One that is not `sound` was not well-formed: it may have said more than could be read; one that is `cut` ended before
    its root element did. `author` is whom the feed names as the author of what is not signed, nobody where that is several.
    """

    title: Markup = Markup("")
    link: str = ""
    language: str = ""
    wait: float = 0.0
    entries: tuple[Entry, ...] = ()
    sound: bool = True
    cut: bool = False
    author: Person = NOBODY
