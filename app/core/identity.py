"""Is this mention known already? Same address after normalising, same text elsewhere; and who is somebody else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Protocol

from app.core.address import host_of, normal_address
from app.core.by_hand import SOURCES as BY_HAND_SOURCES
from app.core.customer import identity_of
from app.core.edits import only_notes_differ
from app.core.mention import Mention
from app.core.text import WORD, fold, letters

FEWEST_LETTERS = 20
"""Shorter texts have no print: «Super!» of two people are two mentions."""

SHORTEST_NAME = 2

LONG_LETTERS = 80
"""From so many on a text has a print of its own beside that with its title: the same words under another title are a repost."""

FAITHFUL_LETTERS = 60
"""So many letters are not written twice alike: under one address such a text needs no author to be the same one."""

SAME_MOMENT = 600.0
"""Seconds between the dates of two copies of one posting at the most: whoever passes it on may date it anew."""

SENT_TWICE = 60.0
"""Seconds between two postings of the same words at the most that may be one, hastily sent twice or under a new id since."""

_GOOGLE_NEWS = "https://news.google."
_GIVEN_TWICE = re.compile(r"https?:|tag:|urn:|hash:|.* ", re.IGNORECASE)
"""Keys that a careless feed may give to a second thing: addresses, tags, ids within one feed. A service's own ids are sure."""

_NO_SERVICES = re.compile(r"(?:article|yt|at|acct|info|doi|oai):", re.IGNORECASE)
"""Other keys that prove nothing: those that stand for a headline, and what feeds may have for a worldwide id."""

_SEVERAL = re.compile(r"[,;&/]| (?:and|i|oraz|и) ")
_PATH_END = re.compile(r"[?#]")
_SCRIPT = re.compile(r"\.(?:php\d?|aspx?|cgi|jsp|pl|do|html?)$")
_NUMBERED_ACCOUNT = re.compile(r"[?&;](?:u|id|uid|user|userid|user_id)=(\d+)(?![^&;#])|\?(\d+)(?=-\w)", re.IGNORECASE)
"""Forums tell accounts by a number: «member.php?u=12», «index.php?action=profile;u=12», «member.php?12-anna»."""

_CUT_END = re.compile(r"\s*(?:\[\s*(?:…|\.{3})\s*\]|…|\.{3})\s*$")


@dataclass(frozen=True, slots=True)
class Prints:
    """Fingerprints of a mention, 64-bit signed integers, 0 for none.

    `key` is of source and source key, `address` of the normalised address, `text` of the words of title and text, `body`
    of those of a long text without its title. `thread` is only known of what the archive was asked of: see `Known.thread`.
    """

    key: int
    address: int
    text: int
    body: int = 0
    thread: int = 0


@dataclass(frozen=True, slots=True)
class Archived:
    """A mention as it stands in the archive, as far as another is compared with it; `text_print` is that of `Prints`.

    `was_complaint` says that an earlier wording of it was one; `earlier` are all of these wordings, `replies` what the shop
    answered to it and to others of its case, both «» while it is open.
    """

    id: int
    author: str
    handle: str
    url: str
    title: str
    text: str
    text_print: int
    published: float | None = None
    source: str = ""
    key: str = ""
    site: str = ""
    stars: float | None = None
    was_complaint: bool = False
    earlier: str = ""
    replies: str = ""


class Posted(Protocol):
    """By what two postings of the same words are told apart: a mention, or one as it stands in the archive."""

    @property
    def source(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def site(self) -> str: ...
    @property
    def handle(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def published(self) -> float | None: ...


def fingerprint(text: str) -> int:
    """Return a 64-bit signed fingerprint of a text; 0 only for an empty one."""
    if not text:
        return 0
    raw = text.encode() if text.isascii() else text.encode("utf-16-le", "surrogatepass")
    digest = blake2b(raw, digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1


def prints_of(mention: Mention) -> Prints:
    """Return the fingerprints of a mention.

    A key that is an address counts as the address it names. Google News gives an article a new id and link at each
    reading (commafeed, issue 1755), so there headline and publisher stand for both.
    """
    address = normal_address(mention.url) if mention.url else ""
    if address.startswith(_GOOGLE_NEWS) and mention.title:
        return _news_prints(mention)
    return Prints(
        fingerprint(f"{mention.source} {_key_text(mention, address)}"),
        fingerprint(address),
        *_text_prints(mention),
    )


def name_of(author: str) -> str:
    """Return the name of an author as it is compared: the same however it is written."""
    return fold(author).strip()


def is_somebody_else(one: Mention, author: str, handle: str) -> bool:
    """Say whether another person than this one wrote a mention. Who is missing on one side is nobody else.

    Somebody renamed is known by the account, and of several authors one may come or go.
    """
    if one.author == author or (one.handle and handle and _account(one.handle) == _account(handle)):
        return False
    if one.author and author:
        return name_of(one.author) != name_of(author) and not _names(one.author) & _names(author)
    return bool(one.handle and handle)


def is_another(mention: Mention, prints: Prints, there: Archived) -> bool:
    """Say whether a mention is not the one that stands under its key: the key was given to something else since.

    Other words of another author, or at another address, are no edit. The same words are another's only where there are
    few of them and the key is no id, but an address or a hash of the words.
    """
    if prints.key == prints.address or not _GIVEN_TWICE.match(mention.key):
        return False  # of Google News headline and publisher stand for both
    another = is_somebody_else(mention, there.author, there.handle)
    if reads_the_same(mention, prints, there):
        no_id = mention.key == mention.url or mention.key.startswith("hash:")
        return another and no_id and not prints.text
    return another or (bool(mention.url and there.url) and _place(mention.url) != _place(there.url))


def other_key(mention: Mention) -> int:
    """Return the key's print of a mention whose key stands for another one already (see `is_another`)."""
    return fingerprint(f"{_own_key(mention)}\n{_writer(mention)}\n{_place(mention.url) if mention.url else ''}")


def is_one_posting(mention: Mention, other: Posted) -> bool:
    """Say whether words under the same name at the same site are one posting.

    Ids, dates and what follows the path of a link may change at every reading, so but for a namesake only somebody named makes
    a second posting, under another path at another time.
    """
    if is_namesake(mention, other):
        return False
    if _are_within(SAME_MOMENT, mention, other) is not False:
        return True
    if identity_of(mention) is None or not mention.url or not other.url:
        return True
    return _path(mention.url) == _path(other.url)


def is_namesake(mention: Mention, other: Posted) -> bool:
    """Say whether it is proven that the same words under the same name, or under none, at one site are of two people.

    The ids that a service gave them prove it, or two accounts of one form.
    """
    return are_two_by_id(mention, other) or _are_two_accounts(mention, other)


def are_two_by_id(mention: Mention, other: Posted) -> bool:
    """Say whether ids that their service gave them prove that a mention and one that reads the same are of two people.

    One account may say a thing twice; and where no accounts are known, two of one moment may be one.
    """
    if mention.source != other.source or mention.key == other.key:
        return False
    if not (_has_sure_id(mention) and _has_sure_id(other)):
        return False
    if _is_account(mention) and other.handle:
        return _account(mention.handle) != _account(other.handle)
    return not _are_within(SENT_TWICE, mention, other)


def _are_two_accounts(mention: Mention, other: Posted) -> bool:
    """Say whether two accounts of one form wrote this at different times: of two feeds each may name another page of one author."""
    if mention.source != other.source or _are_within(SENT_TWICE, mention, other) is not False:
        return False
    return is_other_account(mention, other.handle)


def is_other_account(mention: Mention, handle: str) -> bool:
    """Say whether a mention was written from another account than this one, of the same form: «@anna», «@anna_k»."""
    ours, theirs = _account_parts(mention.handle), _account_parts(handle)
    return _is_account(mention) and bool(ours[1] and theirs[1]) and ours[0] == theirs[0] and ours[1] != theirs[1]


def _are_within(seconds: float, mention: Mention, other: Posted) -> bool | None:
    """Say whether two were published within so many seconds, None where nobody knows."""
    if mention.published is None or other.published is None:
        return None
    return abs(mention.published - other.published) < seconds


def _has_sure_id(one: Posted) -> bool:
    """Say whether a key is an id that a service gave to this and never gives to anything else.

    That of a letter is sure of the letter, not of the review that a site tells of by letters, reminders included.
    """
    if one.source in BY_HAND_SOURCES or (one.source == "mailbox" and (one.site or one.url)):
        return False
    return not (_GIVEN_TWICE.match(one.key) or _NO_SERVICES.match(one.key))


def _is_account(mention: Mention) -> bool:
    """Say whether an account is known that is one person's."""
    identity = identity_of(mention)
    return bool(mention.handle) and identity is not None and not identity.by_name_only


def _account_parts(handle: str) -> tuple[str, str]:
    """Return the form of an account and what tells it from others of that form: of a page its folder and its name, or its number."""
    if handle[:4].lower() == "http":
        folder, _, page = fold(_path(handle)).rstrip("/").rpartition("/")
        number = _NUMBERED_ACCOUNT.search(normal_address(handle)) if _SCRIPT.search(page) else None
        return (f"{folder}/{page}?", number[1] or number[2]) if number else (f"{folder}/", page)
    account = _account(handle)
    return ("mail" if "@" in account else ""), account


def said_prints(mention: Mention, prints: Prints) -> tuple[int, ...]:
    """Return prints of who said what where, whatever the key: of the words at the site, where they are many, and at the address.

    None where it was nobody in particular. Kept of whom the owner forgot.
    """
    if identity_of(mention) is None:
        return ()
    writer, site = _writer(mention), mention.site or mention.source
    words = f"{_letters(mention.title)}\n{_letters(mention.text)}"
    said = [fingerprint(f"said\n{writer}\n{site}\n{prints.text}")] if prints.text else []
    there = [fingerprint(f"said there\n{writer}\n{prints.address}\n{words}")] if prints.address else []
    return (*said, *there)


def writer_key(mention: Mention) -> int:
    """Return a print of key and author together, 0 without an author: all that is known of whom the owner forgot."""
    writer = _writer(mention)
    return fingerprint(f"{_own_key(mention)}\n{writer}") if writer else 0


def _own_key(mention: Mention) -> str:
    return f"{mention.source} {_key_text(mention, normal_address(mention.url) if mention.url else '')}"


def _writer(mention: Mention) -> str:
    return name_of(mention.author) or _account(mention.handle)


@lru_cache(maxsize=1_000)  # of 300 at one address each is compared with every new one there
def _letters(text: str) -> str:
    return letters(text)


def reads_the_same(mention: Mention, prints: Prints, there: Archived) -> bool:
    """Say whether title and text of both are the same words, however few."""
    if prints.text and prints.text == there.text_print:
        return True
    return _letters(mention.title) == _letters(there.title) and _letters(mention.text) == _letters(there.text)


def has_other_stars(mention: Mention, stars: float | None) -> bool:
    """Say whether a review has been given another number of stars than it had: by one at least, as people do."""
    return mention.stars is not None and stars is not None and abs(mention.stars - stars) >= 1.0


def is_the_same_there(mention: Mention, prints: Prints, there: Archived) -> bool:
    """Say whether a mention is one that stands at the same address under another key.

    Few words need the same author; where no author is named on either side also the same moment. Many words may stand
    under another title, or be cut at their end. Two that have ids of their service are two.
    """
    if are_two_by_id(mention, there):
        return False
    if is_somebody_else(mention, there.author, there.handle):
        return bool(prints.text) and prints.text == there.text_print
    if not prints.text and not _GIVEN_TWICE.match(mention.key):
        return False  # a service's own ids are sure: as few words under another one are another mention
    if reads_the_same(mention, prints, there):
        return bool(prints.text) or _same_writer(mention, there)
    ours, theirs = _letters(mention.text), _letters(there.text)
    if len(ours) >= FEWEST_LETTERS and ours == theirs:
        return len(ours) >= FAITHFUL_LETTERS or _same_writer(mention, there)
    return is_cut(mention.text, there.text) or is_cut(there.text, mention.text)


def is_continued(mention: Mention, there: Archived) -> bool:
    """Say whether a mention is one that stands at the same address under another key, with words added to its end since.

    Its many words, its title, author and moment have to be those of that one; a second posting has a time of its own.
    """
    if _are_within(SENT_TWICE, mention, there) is not True or not (mention.author or mention.handle):
        return False
    if is_somebody_else(mention, there.author, there.handle) or are_two_by_id(mention, there):
        return False
    if len(_letters(there.text)) < FAITHFUL_LETTERS or _letters(mention.title) != _letters(there.title):
        return False
    before, now = (WORD.findall(fold(text)) for text in (there.text, mention.text))
    return len(now) > len(before) and now[: len(before)] == before


def is_noted_anew(mention: Mention, there: Archived | None) -> bool:
    """Say whether a mention has the words and stars that stand there, in their places, and only other notes and counters."""
    if there is None or has_other_stars(mention, there.stars):
        return False
    return only_notes_differ(f"{there.title} {there.text}", f"{mention.title} {mention.text}")


def is_cut(text: str, whole: str) -> bool:
    """Say whether a text is the beginning of a whole one and says by its end that it goes on («…», «[…]»)."""
    end = _CUT_END.search(text[-20:])
    if end is None:
        return False
    begun = _letters(text)
    return len(begun) >= FEWEST_LETTERS and len(text) < len(whole) + 8 and _letters(whole).startswith(begun)


def _same_writer(mention: Mention, there: Archived) -> bool:
    """Say whether both name the same author, or neither names one and both are from the same moment."""
    if bool(mention.author or mention.handle) != bool(there.author or there.handle):
        return False
    if mention.author or mention.handle:
        return True
    return mention.published is None or there.published is None or mention.published == there.published


def _account(handle: str) -> str:
    return fold(normal_address(handle)).strip().removeprefix("@")


def _names(author: str) -> set[str]:
    """Return the names of several authors, folded; none for a single one."""
    folded = fold(author)
    names = {name for part in _SEVERAL.split(folded) if (name := part.strip())}
    return names if len(names) > 1 else {folded.strip()}


def _place(url: str) -> str:
    """Return what tells an address from others of its host: a host may be renamed."""
    address = normal_address(url)
    host = host_of(address)
    return address.partition(host)[2] if host else address


def _path(url: str) -> str:
    return _PATH_END.split(_place(url), maxsplit=1)[0]


def _key_text(mention: Mention, address: str) -> str:
    """Return a key so that equal keys are equal texts; the fragment of an id stays, whatever it holds."""
    key = mention.key
    if key[:4].lower() != "http":
        return key
    page, mark, fragment = key.partition("#")
    return address if key == mention.url and not mark else f"{normal_address(page)}{mark}{fragment}"


def _news_prints(mention: Mention) -> Prints:
    """Return the prints of an article: Google writes its title as «headline - publisher»."""
    headline = letters(mention.title.rpartition(" - ")[0] or mention.title)
    place = fingerprint(f"google news {headline} {letters(mention.site)}")
    return Prints(place, place, _text_print(headline))


def _text_prints(mention: Mention) -> tuple[int, int]:
    """Return the prints of title and text and of a long text alone.

    A title that names the author is a label («Comment by Ola») and tells nothing.
    """
    title, text = mention.title, mention.text
    words = letters(text)
    body = fingerprint(words) if len(words) >= LONG_LETTERS else 0
    if title and not text.startswith(title):
        is_label = len(words) >= FEWEST_LETTERS and mention.author and _names_author(title, mention.author)
        if not is_label and not words.startswith(head := letters(title)):
            return _text_print(head + words), body
    return body or _text_print(words), body


def _names_author(title: str, author: str) -> bool:
    start = title.find(author)
    if start < 0 or len(author) < SHORTEST_NAME:
        return False
    end = start + len(author)
    return not title[start - 1 : start].isalnum() and not title[end : end + 1].isalnum()


def _text_print(words: str) -> int:
    return fingerprint(words) if len(words) >= FEWEST_LETTERS else 0
