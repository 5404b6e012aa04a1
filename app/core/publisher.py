"""Whether a post is signed by the place where it stands, a paper or its news desk, and not by a person."""

from __future__ import annotations

from collections.abc import Container

from app.core.by_hand import SOURCES as BY_HAND
from app.core.mention import Mention
from app.core.text import composed, fold

_DESKS = tuple(
    desk.split()
    for desk in (
        *(
            "redakcja",
            "redakcji",
            "od redakcji",
            "zespol redakcyjny",
            "редакция",
            "от редакции",
            "newsroom",
            "newsdesk",
        ),
        *("news desk", "web desk", "editorial team", "editorial staff", "editorial board"),
    )
)
"""What news desks sign with, folded. «Redaktor Nowak» and «Anna Editor» are people."""

_PAPERS = frozenset(
    (
        *("the", "news", "newspaper", "times", "gazeta", "dziennik", "tygodnik", "portal", "radio"),
        *("газета", "новости", "портал", "радио", "журнал"),
    )
)
"""What stands before or behind the name of a paper and not in its address: «Gazeta Wyborcza» is at wyborcza.pl."""

_SECOND = frozenset({"com", "co", "net", "org", "gov", "edu", "info", "biz", "waw", "msk", "spb"})
"""What may stand between the name of a site and its country: «onet.com.pl»."""

_OF_MANY = frozenset({"wordpress", "blogspot", "livejournal", "substack", "tumblr", "medium", "github", "wixsite"})
"""Whose pages below are other people's."""

_LATIN = str.maketrans({
    **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True)),
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya",
})  # fmt: skip
_SHORTEST, _TELLING = 2, 4
"""Letters of the shortest name of a site that counts, and of a first name that begins a nickname."""


def is_publisher(mention: Mention, first_names: Container[str] = ()) -> bool:
    """Say whether the author of a post is the site itself, by its name, or a news desk; where that is unsure, it is not.

    `first_names` are folded: who bears one may have a site called so. Reviews, letters, what an account wrote and what was
    entered by hand are a customer's, whatever the name, as is what stands on a page below a site that has many people's.
    """
    if mention.stars is not None or mention.source in BY_HAND or mention.handle or not mention.site:
        return False
    words = _words(mention.author)
    if any(words[: len(desk)] == desk for desk in _DESKS):
        return True
    for desk in _DESKS:
        if words[-len(desk) :] == desk:
            words = words[: -len(desk)]
    return not _is_person(words, first_names) and _is_site(words, mention.site)


def _is_person(words: list[str], first_names: Container[str]) -> bool:
    if len(words) == 1:
        name = words[0]
        return name in first_names or any(name[:end] in first_names for end in range(_TELLING, len(name)))
    return any(word in first_names for word in words)


def _is_site(words: list[str], site: str) -> bool:
    host = fold(composed(site)).strip().removeprefix("www.")
    labels = host.split(".")
    if len(labels) > 2 and labels[-2] in _SECOND:
        labels = [*labels[:-2], labels[-1]]
    places = {"".join(_words(host))}
    if len(labels) > 1 and " " not in host and not (len(labels) > 2 and labels[-2] in _OF_MANY):
        places.add("".join(_words(labels[-2])))
    return not _spellings(words).isdisjoint(places | {place.removeprefix("the") for place in places})


def _spellings(words: list[str]) -> set[str]:
    """Return how a name may stand in an address: in one word, with and without what papers are called, in Latin letters."""
    begun = words[1:] if words[:1] and words[0] in _PAPERS else words
    ended = words[:-1] if words[-1:] and words[-1] in _PAPERS else words
    names = {"".join(each) for each in (words, begun, ended)}
    return {name for each in names for name in (each, each.translate(_LATIN)) if len(name) >= _SHORTEST}


def _words(text: str) -> list[str]:
    kept = "".join(char if char.isalnum() else " " for char in fold(composed(text)))
    return kept.split()
