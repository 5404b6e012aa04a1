"""The shop's reply as a letter, and finding it again in the shop's own mailbox.

A copy goes to the shop itself: few servers keep what is sent through them, and without a copy nobody could tell later
whether a letter went out when the connection broke.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Generator
from dataclasses import dataclass, replace
from email.header import Header
from email.utils import formatdate
from hashlib import blake2b

from app.core.mention import Mention
from app.core.our_reply import EARLY
from app.core.ports.answer import Answer, LookSteps, Standing
from app.core.ports.mail import MailAnswer, MailMessage, MailRequest
from app.core.ports.net import Response
from app.core.problems import Problem
from app.sources.feeds.dates import unix_time
from app.sources.feeds.html_text import one_line, plain_text
from app.sources.mail.bounces import REPORT, why_back
from app.sources.mail.letter import NO_REPLY
from app.sources.mail.mime import read_message
from app.sources.mail.places import place_of

DELIVERY = 600.0
"""Seconds within which a copy reaches the mailbox; before that its absence says nothing."""

MOST_FOUND = 10
HEAD_BYTES = 16_384
MOST_REPORTS = 30
REPORT_BYTES = 65_536
CLOCKS = 120.0
"""Seconds by which this laptop's clock and the server's may differ."""

LONGEST_SUBJECT = 200
RELAYS = ("@allegromail.pl",)
"""Addresses at sites that pass letters on to the customer."""

_LOCAL = re.compile(r"[!#-'*+\-./0-9=?A-Z^_`a-z{|}~]{1,64}")
_DOMAIN = re.compile(r"(?=.{4,250}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
_ID = re.compile(r"[!-;=?-~]{1,240}@[!-;=?-~]{1,240}")
_RE = re.compile(r"\s*(?:(?:re|odp|aw|sv|antw|отв|ответ)(?:\s*\[\d{1,3}\])?\s*:\s*)+", re.IGNORECASE)
_ANY_ID = re.compile(r"<([^<>\s]{3,500})>")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the name shown («» for none) and the shop's bare address."""

    name: str
    address: str


def sendable(address: str) -> str:
    """Return a mail address as servers take it, its domain in ASCII; «» for what is none, or has other letters before «@»."""
    local, _, domain = address.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    return f"{local}@{domain}" if _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain) else ""


def why_nobody(mention: Mention) -> Problem | None:
    """Return why a letter cannot be answered by one: a site sent it for somebody, or nobody reads the address; else None."""
    place = None if mention.handle.endswith(RELAYS) else place_of(mention.handle)
    if mention.site or mention.url or mention.stars is not None or place is not None:
        return Problem("sources.answer_at_site", {"site": mention.site or (place.site if place else "")})
    if not sendable(mention.handle) or NO_REPLY.fullmatch(mention.handle.partition("@")[0].lower()):
        return Problem("sources.no_answer_address")
    return None


def id_of(answer: Answer, sender: Sender) -> str:
    """Return the Message-ID of a reply, without its brackets: the same at every try, so that twins are known as one."""
    mark = blake2b(answer.id.encode("utf-8", "replace"), digest_size=16).hexdigest()
    return f"counterbell.{mark}@{sender.address.rpartition('@')[2]}"


def letter_of(answer: Answer, sender: Sender) -> bytes:
    """Return the reply as a message: plain text in UTF-8, all of it ASCII on the wire, tied to what it answers."""
    above = [one for one in (answer.mention.thread, answer.mention.parent, answer.mention.key) if _ID.fullmatch(one)]
    ties = dict.fromkeys(f"<{one}>" for one in above)
    answered = f"<{answer.mention.key}>"
    head = {
        "From": _shown(sender.name, sender.address),
        "To": sendable(answer.mention.handle),
        "Subject": _words(_subject(answer.mention), len("Subject: ")),
        "Date": formatdate(answer.now),
        "Message-ID": f"<{id_of(answer, sender)}>",
        "In-Reply-To": answered if answered in ties else "",
        "References": "\r\n ".join(ties),
        "MIME-Version": "1.0",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
    }
    text = "\r\n".join(answer.text.strip().splitlines()) + "\r\n"
    body = binascii.b2a_qp(text.encode("utf-8", "replace"), istext=True)
    return "".join(f"{name}: {value}\r\n" for name, value in head.items() if value).encode("ascii") + b"\r\n" + body


def find_answer(answer: Answer, sender: Sender, own: frozenset[str], box: MailRequest) -> LookSteps:
    """Look for the reply: among what was sent, then where the copy arrives. `box` is asked for its folder at the last.

    One that a server took is looked for among what came back first.
    """
    mine, theirs = id_of(answer, sender), answer.mention.key
    if answer.where == mine and (back := (yield from _came_back(answer, sender, box))):
        return Standing(refused=back)
    finding = tuple(
        (name, f"<{one}>") for name, one in (("Message-ID", mine), ("In-Reply-To", theirs)) if _ID.fullmatch(one)
    )
    folders = dict.fromkeys([("", True), ("INBOX", False), (box.folder, False)])
    for folder, sent in folders:
        found = yield replace(
            box,
            folder=folder,
            since=answer.begun,
            most=MOST_FOUND,
            message_bytes=HEAD_BYTES,
            finding=finding,
            sent=sent,
        )
        for message in found.messages if isinstance(found, MailAnswer) else ():
            standing = _standing(message, answer, mine, frozenset() if sent else own)
            if standing.stands:
                return standing
    if answer.now < answer.begun + DELIVERY:
        return Standing(problem=Problem("mail.not_seen_yet", retry_at=answer.begun + DELIVERY))
    return Standing()


def _came_back(
    answer: Answer, sender: Sender, box: MailRequest
) -> Generator[MailRequest, Response | MailAnswer, Problem | None]:
    """Look for a report that the letter was not delivered; one of an earlier try is none."""
    since = max(answer.begun, answer.taken - CLOCKS)
    for folder in dict.fromkeys(["INBOX", box.folder]):
        found = yield replace(
            box,
            folder=folder,
            since=since,
            most=MOST_REPORTS,
            message_bytes=REPORT_BYTES,
            finding=(("Content-Type", REPORT),),
        )
        for message in found.messages if isinstance(found, MailAnswer) else ():
            late = message.arrived is None or message.arrived >= since
            if late and (back := why_back(message, id_of(answer, sender), sender.address)):
                return back
    return None


def _standing(message: MailMessage, answer: Answer, mine: str, from_us: frozenset[str]) -> Standing:
    """Return whether a letter is the reply, or one that somebody here wrote by hand since; `from_us` empty: all are ours."""
    headers = read_message(message.raw).headers
    ids = _ANY_ID.findall(headers.raw("message-id")[:2_000])
    at = unix_time(headers.raw("date"), answer.now) or message.arrived
    if mine in ids:
        return Standing(stands=True, where=mine, at=at)
    answers = answer.mention.key in _ANY_ID.findall(headers.raw("in-reply-to")[:2_000])
    written = headers.raw("from").lower()
    known = not from_us or any(f"<{one}>" in written or written.strip() == one for one in from_us)
    late = at is not None and at >= answer.begun - EARLY
    return Standing(stands=True, where=ids[0] if ids else "", at=at) if answers and known and late else Standing()


def _subject(mention: Mention) -> str:
    title = _RE.sub("", one_line(plain_text(mention.title), LONGEST_SUBJECT), count=1).strip()
    return f"Re: {title}" if title else "Re:"


def _shown(name: str, address: str) -> str:
    name = one_line(plain_text(name), 60)
    if not name:
        return address
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address}>' if name.isascii() else f"{_words(name, len('From: '))}\r\n <{address}>"


def _words(text: str, taken: int) -> str:
    """Return a text as a header carries it; `taken` letters of its first line are used up."""
    charset = "us-ascii" if text.isascii() and "=?" not in text else "utf-8"
    return Header(text, charset, maxlinelen=75, header_name="x" * max(taken - 2, 1)).encode(linesep="\r\n")
