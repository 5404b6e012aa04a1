"""Entries to mentions: everything plain, absolute and bounded, with keys that stay the same between polls."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import blake2b

from app.core.identity import is_somebody_else
from app.core.mention import Mention
from app.sources.feeds.addresses import host_of, unwrapped, web_address
from app.sources.feeds.charset import mended_letters
from app.sources.feeds.dates import month_first, seems_month_first, unix_time
from app.sources.feeds.entry import Document, Entry, Markup, Person
from app.sources.feeds.html_text import cut, html_text, one_line, plain_text

LONGEST_TITLE = 500
LONGEST_NAME = 200
LONGEST_KEY = 1_000
"""Characters; a longer key is replaced by its hash."""

_WORLDWIDE = re.compile(r"(?:https?|tag|urn|yt|at|acct|info|doi|oai):\S", re.IGNORECASE)
"""Ids that no two places on earth give to different things; any other is an id only within its own feed."""

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?", re.DOTALL)
_PAGES = frozenset({"", "text/html", "application/xhtml+xml"})
_WHOSE = re.compile(r"(?:by|autor|автор|от|comment|komentarz|комментарий)\b", re.IGNORECASE)
"""How titles begin that a place makes of the name of whoever commented."""


@dataclass(frozen=True, slots=True)
class _Feed:
    """What all entries of a document share: `base` is what links are resolved against, `home` its host.

    `month_leads` says whether dates with slashes begin with the month (see `month_first`).
    """

    source: str
    place: str
    base: str
    home: str
    language: str
    now: float
    month_leads: bool | None


def mentions_of(document: Document, *, source: str, place: str, address: str, now: float) -> tuple[Mention, ...]:
    """Return the mentions of a document in its order, each once; entries with neither text nor address are left out.

    Two of one key are of two people who wrote the same where there is no id: whoever stores them tells them apart.

    `place` tells this feed from all others (see Source.place): ids that are plain numbers are told apart by it.
    `address` is the final address of the document, against which links are resolved; `now` is Unix seconds.
    """
    base = web_address(address) or web_address(document.link)
    month_leads = _month_leads(document, now)
    feed = _Feed(source, place, base, host_of(base), _language(document.language), now, month_leads)
    drafts = [_draft(entry, feed) for entry in document.entries]
    known: dict[str, Mention] = {}
    mentions: list[Mention] = []
    for mention in _with_keys([draft for draft in drafts if draft.title or draft.text or draft.url]):
        first = known.setdefault(mention.key, mention)
        if first is mention or is_somebody_else(mention, first.author, first.handle):
            mentions.append(mention)
    return tuple(_with_thread(mention, known) if mention.parent else mention for mention in mentions)


def _month_leads(document: Document, now: float) -> bool | None:
    """Return whether the month comes first in dates: as they prove, or seem in English or a language that is not named."""
    dates = [date for entry in document.entries for date in entry.dates]
    proved = month_first(dates)
    if proved is None and _language(document.language) in {"", "en"} and seems_month_first(dates, now):
        return True
    return proved


def _draft(entry: Entry, feed: _Feed) -> Mention:
    """Return the mention of an entry; its key is its id, and may still turn out to be none."""
    url = _address(entry, feed.base)
    title, text, author = (
        one_line(_plain(entry.title), LONGEST_TITLE),
        _text(entry.bodies),
        shown_name(entry.person.name),
    )
    return Mention(
        source=feed.source,
        key=_id_key(entry.id, feed.place),
        url=url,
        title="" if text and _names_alone(title, author) else title,
        text=text,
        author=author,
        handle=_handle(entry.person, feed.base) if entry.person.page or entry.person.mail else "",
        site=host_of(web_address(entry.publisher)) or host_of(url) or feed.home,
        published=_moment(entry.dates, feed),
        language=(_language(entry.language) if entry.language else "") or feed.language,
        stars=_stars(entry.rating) if entry.rating else None,
        parent=_id_key(entry.parent, feed.place) if entry.parent else "",
    )


def _names_alone(title: str, author: str) -> bool:
    """Say whether a title is the place's and tells only whose comment this is: «Comment on Opening hours by Ann», «By: Ann»."""
    return bool(author) and title.casefold().endswith(author.casefold()) and _WHOSE.match(title) is not None


def _plain(markup: Markup) -> str:
    value = mended_letters(markup.value)
    return html_text(value) if markup.html else plain_text(value)


def _text(bodies: tuple[Markup, ...]) -> str:
    """Return the first body with anything in it."""
    for body in bodies:
        if text := _plain(body):
            return text
    return ""


def shown_name(written: str) -> str:
    """Return the name of an author as written, made plain."""
    if written.isascii() and written.isprintable() and "&" not in written and "<" not in written:
        return cut(written, LONGEST_NAME)
    return one_line(html_text(mended_letters(written)), LONGEST_NAME)


def _moment(dates: tuple[str, ...], feed: _Feed) -> float | None:
    """Return the first of the dates that can be true."""
    for date in dates:
        if (moment := unix_time(date, feed.now, month_leads=feed.month_leads)) is not None:
            return moment
    return None


def _address(entry: Entry, base: str) -> str:
    """Return the best address of an entry: that of its page, else any alternate, else its id where that is one."""
    alternates = [link for link in entry.links if link.rel == "alternate"]
    if len(alternates) > 1:
        alternates.sort(key=lambda link: link.type not in _PAGES)
    for link in alternates:
        if address := web_address(link.href, base):
            return unwrapped(address)
    return web_address(entry.id.replace("&amp;", "&")) if entry.id_is_link else ""


def _handle(person: Person, base: str) -> str:
    page = web_address(person.page, base) if person.page else ""
    return page or one_line(plain_text(person.mail), LONGEST_NAME)


def _language(written: str) -> str:
    match = _LANGUAGE.fullmatch(written[:40])
    return match[1].lower() if match else ""


def _stars(written: str) -> float | None:
    """Return a rating from 1 to 5, or None for another scale, words or nothing."""
    try:
        stars = float(written[:10].replace(",", "."))
    except ValueError:  # «good», «4 of 5»
        return None
    return stars if 1.0 <= stars <= 5.0 else None


def _id_key(written: str, place: str) -> str:
    """Return an id as a key that no other feed gives to something else, or «» for no id."""
    key = plain_text(written[: 2 * LONGEST_KEY])
    if not key:
        return ""
    if not _WORLDWIDE.match(key):
        key = f"{place} {key}"
    return key if len(key) <= LONGEST_KEY else _hash(written)


def _with_keys(drafts: list[Mention]) -> list[Mention]:
    """Give every draft its key: its id, or its address, or a hash of what it says, whichever is not shared."""
    shared_ids = _shared((draft.key, (draft.url, draft.title, draft.text)) for draft in drafts)
    shared_urls = _shared((draft.url, (draft.title, draft.text)) for draft in drafts)
    return [
        draft if draft.key and draft.key not in shared_ids else replace(draft, key=_key_without_id(draft, shared_urls))
        for draft in drafts
    ]


def _key_without_id(draft: Mention, shared_urls: set[str]) -> str:
    if draft.url and draft.url not in shared_urls and len(draft.url) <= LONGEST_KEY:
        return draft.url
    return _hash(f"{draft.site}\n{draft.title}\n{draft.text}")


def _shared(pairs: Iterable[tuple[str, tuple[str, ...]]]) -> set[str]:
    """Return the ids that stand for more than one thing."""
    meant: dict[str, tuple[str, ...]] = {}
    return {name for name, thing in pairs if name and meant.setdefault(name, thing) != thing}


def _with_thread(mention: Mention, known: dict[str, Mention]) -> Mention:
    """Fill in the thread of a reply (`parent` is set): the key of the oldest mention above it that this document tells of."""
    above, passed = mention.parent, {mention.key}
    while above in known and known[above].parent and above not in passed:
        passed.add(above)
        above = known[above].parent
    return replace(mention, thread=above)


def _hash(text: str) -> str:
    return "hash:" + blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()
