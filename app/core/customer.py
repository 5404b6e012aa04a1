"""A customer: a person with identities on several channels, and the log of contacts with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.core import by_hand
from app.core.mention import Mention
from app.core.problems import Problem
from app.core.text import composed, fold

_SHARED_NAMES = """
anonim, anonymous, anonymus, gosc, guest, user, admin, administrator, unknown, ktos, klient, klientka, nieznajomy,
nieznajoma, uzytkownik, usuniety, deleted, n/a, customer, a google user, аноним, анонимно, анонимный, гость,
пользователь, клиент, покупатель, кто-то, неизвестно
"""
NOBODY = frozenset(_SHARED_NAMES.replace("\n", " ").strip().split(", "))
"""Names, folded, that many different people share: they identify nobody."""

_NOBODYS_MAIL = re.compile(
    r"(?:no[._-]?reply|do[._-]?not[._-]?reply|mailer-daemon|postmaster|www-data)[^@]*@", re.IGNORECASE
)
"""Mailboxes through which contact forms and shops write for many people."""

_NOBODYS_ACCOUNT = frozenset({"[deleted]", "deleted", "[removed]", "anonymous", "anonim", "guest", "аноним", "гость"})


class Channel(StrEnum):
    """How a contact went."""

    POST = "post"
    EMAIL = "email"
    PHONE = "phone"
    VISIT = "visit"
    MESSAGE = "message"
    LETTER = "letter"
    NOTE = "note"


class Direction(StrEnum):
    """From the customer to us, or from us to the customer."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Identity:
    """One account of a person: `place` is the site or source, `handle` the account there, or «name:…» by name only."""

    place: str
    handle: str
    name: str = ""

    @property
    def key(self) -> str:
        """Return the text that is equal for equal accounts."""
        return f"{self.place.lower()} {self.handle.lower()}"

    @property
    def by_name_only(self) -> bool:
        """True where only a name is known: good for showing history, not for joining cases."""
        return self.handle.startswith("name:")

    @property
    def is_nameless(self) -> bool:
        """True where not even a name is known: «name:#» and the number of the one case stands for somebody."""
        return self.handle.startswith("name:#")


@dataclass(frozen=True, slots=True)
class Contact:
    """One entry of the contact log. `at` is Unix seconds; `who` of the shop took or made it; `case_id` may be None.

    `seen_at` is when an answer of ours was first seen in its place, None where it was not.
    """

    id: str
    at: float
    direction: Direction
    channel: Channel
    text: str
    who: str = ""
    case_id: int | None = None
    mention_id: int | None = None
    url: str = ""
    seen_at: float | None = None


OF_CONTACTS = 1 << 40
"""Added to the number of a case: under it the draft of a contact is kept, beside that of the case's reply.

By itself it is the number of a contact begun on a card, for no case.
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply being written for a case, or a contact about to be logged: nothing of it is ever lost, so it is saved while typed.

    `copied_at` is when this very text was copied to be pasted where it is given (Unix seconds), None where it was not.
    """

    case_id: int
    text: str
    saved_at: float
    audience: str = "public"
    copied_at: float | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """One card. Files of customers are the truth; see app/stores/customers."""

    id: str
    name: str
    identities: tuple[Identity, ...] = ()
    contacts: tuple[Contact, ...] = ()
    drafts: tuple[Draft, ...] = ()
    note: str = ""
    created: float = 0.0
    unread: Problem | None = None
    """Why the card cannot be read now: of what stands on it only id and name are known then. Never kept."""

    def is_called(self, text: str) -> bool:
        """Say whether this is the id, the whole name, an account or a phone number of the customer, however written."""
        wanted, words, number = _plain(text), sorted(_words(text)), _number(text)
        handles = [one.handle for one in self.identities]
        known = {_plain(self.name), *map(_plain, handles), *(_plain(one).removeprefix("@") for one in handles)}
        is_name = bool(words) and words == sorted(_words(self.name)) and not number
        phones = (one.handle for one in self.identities if one.place == "phone")
        is_number = bool(number) and any(_is_same_number(number, _number(one)) for one in (self.name, *phones))
        return text == self.id or (bool(wanted) and wanted in known) or is_name or is_number

    def may_be_called(self, text: str) -> bool:
        """Say whether each word of a text begins a word of a name or an account of the customer; nothing else on the card counts."""
        accounts = [_plain(one.handle).removeprefix("@") for one in self.identities if not one.by_name_only]
        wanted = _words(text)
        words = _words(" ".join((self.name, *(one.name for one in self.identities))))
        words += [word for each in accounts for word in _words(each.partition("@")[0])]
        is_begun = any(each.startswith(_plain(text).removeprefix("@")) for each in accounts)
        return bool(wanted) and (is_begun or all(any(one.startswith(word) for one in words) for word in wanted))

    @property
    def begun(self) -> Draft | None:
        """The contact begun on the card itself."""
        return next((draft for draft in self.drafts if draft.case_id == OF_CONTACTS), None)


_LEAST_OF_ITS_OWN = 9
"""Digits from which on a phone number without its country is told from all others of that country."""

_COUNTRY = re.compile(
    r"\+?(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|(?:2[1-689]|3[578]|42|5[09]|6[7-9]|8[058]|9[679])\d)"
)
"""The calling code of a country: nothing else may stand before the digits of one and the same number."""

_WORD = re.compile(r"[^\W_]+")


def _plain(text: str) -> str:
    return fold(composed(text)).strip()


def _words(text: str) -> list[str]:
    return _WORD.findall(_plain(text))


def _number(text: str) -> str:
    """Return a phone number as its digits, with «+» where its country is given, «» for what is none."""
    number = by_hand.tidy_handle(text)
    if by_hand.place_of_handle(number) != "phone":
        return ""
    is_russian = len(number) == len("89012345678") and number.startswith("8")
    return "+7" + number[1:] if is_russian else number.removeprefix("0")


def _is_same_number(one: str, other: str) -> bool:
    """Say whether two numbers are the same; where both give the country, it counts."""
    short, long = sorted((one, other), key=len)
    if one == other or short.startswith("+") or not long.endswith(short):
        return one == other
    before = long.removesuffix(short)
    return before == "+" or (len(short) >= _LEAST_OF_ITS_OWN and _COUNTRY.fullmatch(before) is not None)


_CHANNELS = {"phone": Channel.PHONE, "visit": Channel.VISIT, "letter": Channel.LETTER, "mailbox": Channel.EMAIL}
"""By which channel a mention of a source came; all others are posts."""


def channel_of(mention: Mention) -> Channel:
    """Return by which channel a mention reached the shop."""
    return _CHANNELS.get(mention.source, Channel.POST)


def identity_of(mention: Mention) -> Identity | None:
    """Return who wrote a mention, or None where nobody in particular did («Guest»).

    Somebody entered by hand is known by phone number or mail address wherever they spoke, and else by the place.
    """
    if mention.source in by_hand.SOURCES:
        place = by_hand.place_of_handle(mention.handle) or mention.site or by_hand.BY_HAND
        return _identity(place, mention.handle, mention.author)
    return _identity(mention.site or mention.source, mention.handle, mention.author)


@lru_cache(maxsize=4_096)
def _identity(place: str, handle: str, author: str) -> Identity | None:
    """Remembered, since a mention on its way is asked several times who wrote it."""
    handle = handle.strip()
    if handle and not _is_nobodys(handle):
        return Identity(place, handle, author)
    name = " ".join(fold(composed(author)).split())
    if not name or name.strip("[]()@.*") in NOBODY:
        return None
    return Identity(place, f"name:{name}", author)


def _is_nobodys(handle: str) -> bool:
    account = fold(handle).removeprefix("/u/").removeprefix("@")
    return account in _NOBODYS_ACCOUNT or _NOBODYS_MAIL.match(account) is not None
