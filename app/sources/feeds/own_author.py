"""Whether all of a feed is by the author that the feed names for itself, so that entries without one are theirs.

Atom and JSON Feed say so, and a shop's own posts are known by it. But guests' comments and reviews often stand in a feed
that names the shop, and whoever writes them goes unnamed in it: taken for the shop's own they would never ring. So the
author is believed only of what looks like articles, and never again of a feed that once looked otherwise. The editor
and the creator of an RSS channel answer for it and have not written it: they are not believed at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from app.core.mention import Mention
from app.sources.feeds.addresses import host_of
from app.sources.feeds.entry import Document, Entry
from app.sources.feeds.html_text import html_text
from app.sources.feeds.mention_of import shown_name

NAME = "hands"
"""Where the bookmark notes that others than the feed's own author may write in it."""

_FEWEST = 2
"""Entries by which a feed can be told."""

_LONGEST = 500
"""Characters of a title that are looked at."""

_TALK = re.compile(
    r"comment|koment|коммент|review|recenz|реценз|opini|отзыв|forum|форум|board|thread|topic|w[ąa]t(?:ek|ki)|тем[аы]\b"
    r"|repl[yi]|odpowied|ответ|answer|question|pytani|вопрос|guest|go[śs]ci|гост|discuss|dyskus|обсужд|feedback|rating"
    r"|testimon|ocen|оцен|complain|reklamac|skarg|жалоб|messages|wiadomo[śs]ci|сообщени|community|spo[łl]eczno|activity"
    r"|client|customer|klien[tc]|клиент|people say|m[óo]wi[ąa]\b|pisz[ąa]\b|говорят|пишут|mention|support|help-?desk|ticket"
    r"|\bissues?\b|\bclaims?\b|request|zg[łl]osze|zapyta|\buwagi\b|suggest|sugesti|pochwa|претенз|обращени|заявк|предложени"
    r"|впечатлени|re[ck]om+end|рекоменд|\bwall\b|[śs]cian[ay]\b|tablic[ay]\b|og[łl]osze|объявлени|shout|\bletters\b|\blisty\b|письма",
    re.IGNORECASE,
)
"""What the title or address of a feed in which customers write says in one of the three languages, or a folder of its pages."""

_SAID = re.compile(
    r"(?:re|odp|ответ|comment|komentarz|комментарий|review|recenzja|opinia|отзыв|question|pytanie|вопрос)\b",
    re.IGNORECASE,
)
"""How the title of something begins that is no article."""

_GRADED = re.compile(
    r"[★☆⭐✩✪]|(?<![\d/])(?:[1-5]\s?/\s?5|10\s?/\s?10|[1-9]\s?/\s?10)(?![\d/])"
    r"|(?:wrote|writes|says|napisa[łl]a?(?:\(a\))?|pisze|написала?|пишет)\s*:?\s*\Z"
    r"|\A\s*(?:anonymous|anonim\w{0,8}|аноним\w{0,8}|guest|go[śs][ćc]|гость)\b",
    re.IGNORECASE,
)
"""What titles of reviews and of entries in guest books have, and those of articles hardly: stars, and who wrote them."""

_NUMBERED = re.compile(r"\d\Z")

_MACHINE = re.compile(r"rss|feed|bridge|generator|\bbots?\b", re.IGNORECASE)
"""Authors that are programs which make feeds of what others wrote, such as RSS-Bridge."""


def with_hands(bookmark: dict[str, str], document: Document, address: str) -> dict[str, str]:
    """Return the bookmark of a feed that names an author, with a note where others may write there as well."""
    if not (document.author.name and document.entries) or NAME in bookmark or not _is_of_many(document, address):
        return bookmark
    return {**bookmark, NAME: "many"}


def signed_by_feed(
    mentions: tuple[Mention, ...], bookmark: Mapping[str, str], document: Document
) -> tuple[Mention, ...]:
    """Return the mentions of a whole document with the feed's own author, where all of them are by that one."""
    if not document.author.name or NAME in bookmark or len(document.entries) < _FEWEST:
        return mentions
    name = shown_name(document.author.name)
    return tuple(mention if mention.author or mention.handle else replace(mention, author=name) for mention in mentions)


def _is_of_many(document: Document, address: str) -> bool:
    """Say whether anybody but the feed's author may have written in it: by its names, or by an entry that shows it."""
    title = html_text(document.title.value[:_LONGEST])
    if _TALK.search(address) or _TALK.search(title) or _MACHINE.search(document.author.name[:_LONGEST]):
        return True
    if any(map(_is_anothers, document.entries)):
        return True
    if any(map(_stands_among_talk, document.entries)):
        return True
    pages = [_page(entry) for entry in document.entries]
    return not all(pages) or len(set(pages)) < len(pages) or len(set(map(host_of, pages))) > 1


def _is_anothers(entry: Entry) -> bool:
    """Say whether an entry is signed, answers, rates, has no title, or one that articles do not have."""
    title = entry.title.value[:_LONGEST].strip()
    if entry.signed or entry.parent or entry.rating:
        return True
    return not title or bool(_SAID.match(title) or _GRADED.search(title))


def _stands_among_talk(entry: Entry) -> bool:
    """Say whether an entry is a place on a page, «#comment-7», or its page lies where customers write.

    What the page itself is called says nothing: articles tell of questions and reviews as well.
    """
    page, _sign, place = _address(entry)[: 4 * _LONGEST].partition("#")
    folders = page.rstrip("/").rpartition("/")[0]
    return bool(_TALK.search(folders) or _TALK.search(place) or _NUMBERED.search(place))


def _address(entry: Entry) -> str:
    return next((link.href for link in entry.links if link.rel == "alternate"), "")


def _page(entry: Entry) -> str:
    """Return the address of an entry's page without the place on it, «» for none."""
    return _address(entry).partition("#")[0]
