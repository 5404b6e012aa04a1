"""A letter: who wrote what to the shop, what it answers, and whether a person wrote it at all."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from app.core.ports.mail import MailMessage
from app.sources.feeds.dates import unix_time
from app.sources.feeds.html_text import html_text, one_line, plain_text
from app.sources.mail.mime import Headers, Message, read_message

LONGEST_TITLE = 300
LONGEST_NAME = 120

_ANGLED = re.compile(r"<\s*([^<>\s@]{1,200}@[^<>\s@]{1,200})\s*>")
_BARE = re.compile(r"[^\s<>\"'(),;:@\[\]]{1,200}@[^\s<>\"'(),;:@\[\]]{1,200}")
_COMMENT = re.compile(r"\(([^()]{1,200})\)")
_QUOTED = re.compile(r'\s*"((?:[^"\\]|\\.)*)"\s*')
_PAIR = re.compile(r"\\([\"\\()'])")
_ID = re.compile(r"<([^<>\s]{3,250})>")
_BOUNCER = re.compile(r"mailer-daemon|postmaster|mail-daemon|mailerdaemon")
_HTML_WANTED = re.compile(r"\bhtml\b", re.IGNORECASE)

NO_REPLY = re.compile(
    r"(?:.*[._+-])?(?:no|do-?not|nie-?)[._-]?(?:reply|odpowiadaj)(?:[._+-].*)?|wordpress|formularz|form|kontakt-www"
)
"""What stands before «@» where nobody reads."""


@dataclass(frozen=True, slots=True)
class Person:
    """A name as shown («» for none) and an address in lower case («» for none)."""

    name: str = ""
    address: str = ""

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Letter:
    """A message read. `sender` is whom it says it is from, `author` who wrote it: a contact form writes for others.

    `answer_to` is the address an answer goes to: the author's, or the other one that he asks for.
    `html` is kept for what only it holds (links, pictures' names); `text` is all plain. Times are Unix seconds.
    """

    key: str
    headers: Headers
    kind: str
    sender: Person
    author: Person
    answer_to: str
    subject: str
    text: str
    html: str
    parent: str
    thread: str
    published: float | None


def read_letter(message: MailMessage, own: frozenset[str], now: float) -> Letter:
    """Return a message as a letter. `own` are the shop's own addresses, in lower case."""
    read = read_message(message.raw)
    headers = read.headers
    sender = _person(headers, "from")
    subject = one_line(plain_text(headers.get("subject")), LONGEST_TITLE)
    text = _text(read)
    above = _ID.findall(headers.raw("in-reply-to")[:2_000])[:1]
    line = _ID.findall(headers.raw("references"))
    own_id = _ID.search(headers.raw("message-id"))
    author = _author(headers, sender, own)
    return Letter(
        key=own_id[1] if own_id else _fallback_key(sender, headers.raw("date"), subject, text),
        headers=headers,
        kind=read.kind,
        sender=sender,
        author=author,
        answer_to=_answer_to(headers, author, own),
        subject=subject,
        text=text,
        html=read.html,
        parent=(above or line[-1:] or [""])[0],
        thread=(line[:1] or above or [""])[0],
        published=unix_time(headers.raw("date"), now) or message.arrived,
    )


def why_not(letter: Letter, own: frozenset[str]) -> str:
    """Return why a letter is left out: «own», «bounce», «automatic», «newsletter»; «» where a person may have written it."""
    headers = letter.headers
    if letter.author.address in own:
        return "own"
    local = letter.sender.address.partition("@")[0]
    if letter.kind == "multipart/report" or _BOUNCER.fullmatch(local) or headers.raw("return-path").strip() == "<>":
        return "bounce"
    if letter.author != letter.sender:  # a form on our own site: a machine sends it, a person wrote it
        return ""
    automatic = headers.raw("auto-submitted").partition(";")[0].strip().lower() not in {"", "no"}
    if automatic or any(headers.raw(name) for name in ("x-autoreply", "x-autorespond", "x-autoresponder")):
        return "automatic"
    return "newsletter" if _is_newsletter(headers) else ""


def mentions_shared_list(headers: Headers) -> bool:
    """Say whether a letter came over a list anybody may write to, as the shared addresses of Google Groups are."""
    return "mailto:" in headers.raw("list-post").lower()


def _is_newsletter(headers: Headers) -> bool:
    precedence = headers.raw("precedence").strip().lower()
    if precedence in {"junk", "auto_reply"}:
        return True
    if mentions_shared_list(headers):
        return False
    listed = headers.raw("list-unsubscribe") or headers.raw("list-id")
    return bool(listed) or precedence in {"bulk", "list"}


def _person(headers: Headers, name: str) -> Person:
    """Return the one person a header names; several, or the header twice, are nobody that could be believed."""
    values = [value for field, value in headers.fields if field == name]
    if len(values) != 1:
        return Person()
    written = headers.raw(name)[:1_000]
    angled = _ANGLED.findall(written)
    if angled:
        address = angled[-1] if len(angled) == 1 else ""
        shown = headers.get(name).rpartition("<")[0]
    else:
        bare = _BARE.findall(written)
        address = bare[0] if len(bare) == 1 else ""
        comment = _COMMENT.search(headers.get(name))
        shown = comment[1] if comment else ""
    shown = one_line(plain_text(_unquoted(shown)), LONGEST_NAME)
    address = address.strip(".").lower()
    return Person("" if shown.lower() == address else shown, address)


def _unquoted(shown: str) -> str:
    """Return a name as meant: without the quotation marks it is written in, and without what lets it have some of its own."""
    whole = _QUOTED.fullmatch(shown)
    name = _PAIR.sub(r"\1", whole[1] if whole else shown).strip()
    while len(name) > 1 and name[0] == name[-1] and name[0] in "\"'" and name.count(name[0]) == 2:
        name = name[1:-1].strip()
    return name.strip(' "') if name.count('"') % 2 else name


def _author(headers: Headers, sender: Person, own: frozenset[str]) -> Person:
    """Return who wrote a letter: where the shop's own site or a machine sent it for somebody, that somebody."""
    answer_to = _person(headers, "reply-to")
    if not answer_to.address or answer_to.address == sender.address:
        return sender
    ours = sender.address in own or sender.domain in {
        address.rpartition("@")[2] for address in own if _is_ours(address)
    }
    if not ours or answer_to.address in own or NO_REPLY.fullmatch(answer_to.address.partition("@")[0]):
        return sender
    return answer_to


def _answer_to(headers: Headers, author: Person, own: frozenset[str]) -> str:
    """Return where an answer goes. One that would go to everybody on a list, to us or to nobody goes to the author."""
    asked = _person(headers, "reply-to").address
    useless = asked in own or NO_REPLY.fullmatch(asked.partition("@")[0]) or mentions_shared_list(headers)
    return author.address if useless else asked or author.address


_SHARED = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "wp.pl",
        "o2.pl",
        "onet.pl",
        "interia.pl",
        "gazeta.pl",
        "op.pl",
        "poczta.onet.pl",
        "tlen.pl",
        "yandex.ru",
        "ya.ru",
        "yandex.com",
        "mail.ru",
        "bk.ru",
        "list.ru",
        "inbox.ru",
        "rambler.ru",
        "icloud.com",
        "me.com",
        "yahoo.com",
        "gmx.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "aol.com",
        "proton.me",
        "protonmail.com",
    ]
)
"""Domains where a neighbour is a stranger: mail from another address there is no mail of the shop's own site."""


def _is_ours(address: str) -> bool:
    return address.rpartition("@")[2] not in _SHARED


def _text(read: Message) -> str:
    plain = plain_text(read.plain)
    if read.html and (not plain or (len(plain) < 300 and _HTML_WANTED.search(plain))):
        return html_text(read.html)
    return plain


def _fallback_key(*parts: object) -> str:
    return "mail:" + hashlib.blake2b("\n".join(map(str, parts)).encode("utf-8", "replace"), digest_size=12).hexdigest()
