"""What the owner enters by hand: heard on the phone or in the shop, pasted, or read from a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

from app.core.address import host_of, normal_address, without_user
from app.core.mention import LONGEST_TEXT, Mention

BY_HAND = "by_hand"
"""The watch id of every mention that no watch brought, and the source of those that were written somewhere."""

OLD = 30 * 86_400.0
"""Seconds after which a row of a table is history: nobody waits for its answer any more."""


class Where(StrEnum):
    """Where it was said. The first three were said to the shop itself."""

    PHONE = "phone"
    SHOP = "shop"
    LETTER = "letter"
    WEB = "web"
    OTHER = "other"


TO_US = frozenset({Where.PHONE, Where.SHOP, Where.LETTER})
"""Said to the shop: nobody repeats it word for word elsewhere, and an answer is due as in an own channel."""

_SOURCES = {Where.PHONE: "phone", Where.SHOP: "visit", Where.LETTER: "letter", Where.WEB: BY_HAND, Where.OTHER: BY_HAND}

_SAID_TO_US = frozenset(_SOURCES[where] for where in TO_US)
SOURCES = frozenset(_SOURCES.values())
"""The sources of mentions entered by hand; no file of the catalogue has one of these ids."""

_PHONE = re.compile(r"(?:\+|00)?\(?\d(?:[ ().\-/]{0,2}\d){6,14}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LONGEST_SHOWN = 200

_LINK = re.compile(r"https?://[^\s<>\"«»]+", flags=re.IGNORECASE)
_ENDS = ".,;:!?…'”’"
"""What belongs to the sentence around a link, not to the link."""

_AROUND = frozenset({"()", "[]", "<>", "«»", '""', "„”", "“”"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing entered by hand. `id` is a text of its own; the same row of a table has the same one at every import.

    `at` is Unix seconds, None where nobody knows. `place` is the site or publisher where it stands, «» for the host of
    `url`. `again` takes a link though it was heard. `imported` marks a row of a table, `history` one for which no case
    is opened. `source`, `key`, `parent` and `thread` are known of a row that Counterbell wrote itself, else «».
    """

    id: str
    where: Where = Where.OTHER
    text: str = ""
    title: str = ""
    url: str = ""
    author: str = ""
    handle: str = ""
    place: str = ""
    at: float | None = None
    stars: float | None = None
    language: str = ""
    again: bool = False
    imported: bool = False
    history: bool = False
    source: str = ""
    key: str = ""
    parent: str = ""
    thread: str = ""

    @property
    def is_link(self) -> bool:
        """True where the link itself is the thing: the same link is one mention, whatever was typed beside it."""
        return bool(self.url) and not (self.imported or self.again or self.key)

    @property
    def is_ours(self) -> bool:
        """True where it was said to the shop itself."""
        return (self.source or _SOURCES[self.where]) in _SAID_TO_US


def mention_of(entry: Entry) -> Mention:
    """Return an entry as the mention it becomes, one that Counterbell wrote itself as it was.

    A link without words is called by its address.
    """
    text = entry.text.strip()
    text = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
    return Mention(
        source=entry.source or _SOURCES[entry.where],
        key=entry.key or (normal_address(entry.url) if entry.is_link else entry.id),
        url=without_user(entry.url),
        title=entry.title.strip() or ("" if text else shown_address(entry.url)),
        text=text,
        author=entry.author.strip(),
        handle=entry.handle if entry.key else tidy_handle(entry.handle),
        site=entry.place.strip() or ("" if entry.key else host_of(entry.url)),
        published=entry.at,
        language=entry.language,
        stars=entry.stars,
        parent=entry.parent,
        thread=entry.thread,
    )


def is_said_in_private(mention: Mention) -> bool:
    """Say whether nobody but the shop heard it: by phone, in the shop, in a letter, by e-mail that no site sent."""
    by_mail = mention.source == "mailbox" and not (mention.site or mention.url or mention.stars is not None)
    return by_mail or mention.source in _SAID_TO_US


def shown_address(url: str) -> str:
    """Return an address as people read it: without scheme and tracking, not endless; «» for none."""
    return re.sub(r"^https?://", "", normal_address(url) if url else "", flags=re.IGNORECASE)[:_LONGEST_SHOWN]


def link_of(text: str) -> str:
    """Return the web address that a text consists of, «» where it is anything else."""
    found = text.strip()
    return found if _LINK.fullmatch(found) and "." in host_of(found) else ""


def link_beside(text: str) -> tuple[str, str]:
    """Return the one web address in a text and the words beside it; «» and the text where there is none, or more."""
    found = tuple(_LINK.finditer(text))
    link = _trimmed(found[0].group()) if len(found) == 1 else ""
    if "." not in host_of(link):
        return "", text
    start = found[0].start()
    before, after = text[:start], text[start + len(link) :]
    if before[-1:] + after[:1] in _AROUND:
        before, after = before[:-1], after[1:]
    words = _joined(before, after)
    return link, words if words.strip(_ENDS) else ""


def _trimmed(link: str) -> str:
    """Return a link without the end of the sentence that it stands in."""
    link = link.rstrip(_ENDS)
    return link if "(" in link else link.rstrip(_ENDS + ")")


def _joined(before: str, after: str) -> str:
    """Return what stood on both sides of a link as one text, its lines and paragraphs as they were."""
    left, right = before.rstrip(), after.lstrip()
    if not left or not right:
        return (left + right).strip()
    space = after[: len(after) - len(right)]
    lines = max(before[len(left) :].count("\n"), space.count("\n"))
    return left + ("\n" * min(lines, 2) or " " * bool(space)) + right.rstrip()


def tidy_handle(handle: str) -> str:
    """Return an account as typed, trimmed; a phone number as digits, with «+» where the country was given."""
    typed = " ".join(handle.split())
    if not _PHONE.fullmatch(typed):
        return typed
    digits = re.sub(r"\D", "", typed)
    return "+" + digits.removeprefix("00") if typed.startswith(("+", "00")) else digits


def place_of_handle(handle: str) -> str:
    """Return at which place an account typed by hand is one: phone numbers and mail addresses are the same everywhere."""
    if _PHONE.fullmatch(handle):
        return "phone"
    return "mailbox" if _MAIL.fullmatch(handle) and not handle.startswith("@") else ""


def picture_name(mention: Mention) -> str:
    """Return the name, without its ending, under which the picture of a mention is kept."""
    raw = f"{mention.source} {mention.key}".encode("utf-8", "replace")
    return blake2b(raw, digest_size=12).hexdigest()
