"""One look into a mail folder: over a checked connection, encrypted, read-only, within limits of time and bytes.

imaplib speaks the protocol; what it knows of sockets is replaced by the guarded ones, what servers say is read here.
"""

from __future__ import annotations

import imaplib
import re
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from app.core.ports.mail import STARTTLS_PORT, MailAnswer, MailMessage, MailRequest
from app.core.problems import Problem
from app.net.connection import Door, connect
from app.net.ended import EndedError
from app.net.exchange import tls_reason
from app.net.folder_names import listed_folder, quoted_folder, sent_folder
from app.net.guard import Guard

SESSION_BYTES = 12 * 1024 * 1024
"""Bytes of mail that one look brings at most; the rest comes with the next."""

BATCH_BYTES = 512 * 1024
"""Bytes asked for at once: on a slow line something is complete before the time is up."""

SAID_BYTES = 4 * 1024 * 1024
"""Bytes allowed beside the messages: lists of numbers, capabilities, greetings."""

BUSY_SECONDS = 900.0
"""Seconds a server is left alone that says it is too busy, or that too many connections are open."""

BROKEN = (imaplib.IMAP4.error, OSError, ValueError, TypeError, LookupError, AttributeError)
"""What imaplib raises when a connection breaks, or a server says what no server should."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAY = 86_400.0
SHOWN_FOLDERS = 8

_BUSY = re.compile(
    r"\[(?:UNAVAILABLE|INUSE|LIMIT|OVERQUOTA|SERVERBUG)\b|too many|temporar|try again later|bandwidth", re.IGNORECASE
)
_UID = re.compile(rb"\bUID (\d{1,10})\b")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,10})\b")
_NUMBER = re.compile(rb"\d{1,10}")
_NAME, _PLAIN = re.compile(r"[A-Za-z-]{1,40}"), re.compile(r"[\x21-\x7e]{1,400}")
_BODY = re.compile(rb"\bBODY\[\](?:<\d+>)? \{\d+\}\s*\Z")


@dataclass(frozen=True, slots=True)
class Look:
    """What a look needs. `enough` is when no further batch is begun, by the monotonic clock; `clock` is Unix seconds."""

    door: Door
    context: Callable[[], ssl.SSLContext]
    enough: float
    clock: Callable[[], float]


class _Session(imaplib.IMAP4):
    """imaplib over a guarded socket; no literal is taken that is longer than what may still be received."""

    def __init__(self, look: Look, request: MailRequest) -> None:
        self._look, self._request = look, request
        super().__init__(request.host, request.port)

    def open(self, host: str = "", port: int = STARTTLS_PORT, timeout: float | None = None) -> None:  # noqa: ARG002  the signature is the library's
        self.host, self.port = host, port
        plug: Any = connect(self._look.door, host, port)
        try:
            if not self._request.starttls:
                plug = self._look.context().wrap_socket(plug, server_hostname=host)
            self.file = plug.makefile("rb")
        except BaseException:  # even where the program is being ended: no socket stays open
            plug.close()
            raise
        self.sock = plug

    def read(self, size: int) -> bytes:
        self._look.door.guard.announce(size)
        return bytes(super().read(size))


def look_into(look: Look, request: MailRequest) -> MailAnswer:
    """Return what lies in a folder; raises EndedError where that cannot be said."""
    session = _opened(look, request)
    try:
        if request.starttls:
            _encrypt(session, look)
        if session.state == "NONAUTH":
            _log_in(session, request, look)
        return _find(session, request, look) if request.finding else _read(session, request, look)
    except BROKEN as error:
        raise EndedError(
            _broken(error, look.door.guard)
        ) from None  # imaplib's words may repeat the command, password and all
    finally:
        _end(session)


def _opened(look: Look, request: MailRequest) -> _Session:
    guard = look.door.guard
    try:
        return _Session(look, request)
    except imaplib.IMAP4.error as error:
        said = str(error)
        if "BYE" in said or _BUSY.search(said):
            raise EndedError(_busy(look)) from None
        lost = isinstance(error, imaplib.IMAP4.abort) and "unexpected" not in said
        raise EndedError(Problem("net.broken" if lost else "mail.not_imap", {"host": guard.host})) from None
    except BROKEN as error:
        raise EndedError(_broken(error, guard)) from None


def _encrypt(session: _Session, look: Look) -> None:
    """Switch to TLS. A server that logs us in before, as an attacker on the line would, is refused."""
    if session.state != "NONAUTH" or "STARTTLS" not in session.capabilities:
        raise EndedError(Problem("mail.no_tls", {"host": look.door.guard.host}))
    try:
        session.starttls(look.context())
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        raise EndedError(Problem("mail.no_tls", {"host": look.door.guard.host})) from None


def _log_in(session: _Session, request: MailRequest, look: Look) -> None:
    host = look.door.guard.host
    plain = "AUTH=PLAIN" in session.capabilities
    if not plain and "LOGINDISABLED" in session.capabilities:
        raise EndedError(Problem("mail.no_password_login", {"host": host}))
    try:
        if plain:
            token = f"\0{request.user}\0{request.password}".encode()
            session.authenticate("PLAIN", lambda _: token)
        else:
            session.login(_quoted(request.user), request.password)
    except imaplib.IMAP4.abort as error:
        if _BUSY.search(str(error)):
            raise EndedError(_busy(look)) from None
        if re.search(r"auth|log.?in|password|credential", str(error), re.IGNORECASE):
            raise EndedError(Problem("mail.denied", {"host": host})) from None
        raise
    except (imaplib.IMAP4.error, UnicodeError) as error:  # the latter: letters that LOGIN cannot send
        raise EndedError(_busy(look) if _BUSY.search(str(error)) else Problem("mail.denied", {"host": host})) from None


def _read(session: _Session, request: MailRequest, look: Look) -> MailAnswer:
    validity, coming = _selected(session, request, look)
    known = validity == request.validity != 0
    if known:
        found = [uid for uid in _search(session, "UID", f"{request.after + 1}:*") if uid > request.after]
        floor = request.after  # «n:*» always names the last message, even where that is below n
    else:
        found = _search(session, "SINCE", _imap_day(request.since - DAY))
        floor = coming - 1 if coming else max(_search(session, "ALL"), default=0)
    left_out = len(found) > request.most
    wanted = found[-request.most :] if request.newest and not known else found[: request.most]
    heads = _heads(session, wanted)
    if not known:  # some servers do not keep to SINCE
        heads = [head for head in heads if head.arrived is None or head.arrived >= request.since]
    messages, unread = _fetched(session, heads, request, look)
    if unread:
        last = messages[-1].uid if messages else unread - 1
        return MailAnswer(validity, last, tuple(messages), more=True)
    more = left_out and wanted == found[: request.most]
    last = wanted[-1] if more else max(floor, *wanted, 0)
    return MailAnswer(validity, last, tuple(messages), more=more)


def _find(session: _Session, request: MailRequest, look: Look) -> MailAnswer:
    """Return the letters with given texts in their headers, of the named folder or that of sent letters."""
    wanted = [one for one in request.finding if _NAME.fullmatch(one[0]) and _PLAIN.fullmatch(one[1])]
    folder = sent_folder(session.list()[1]) if request.sent else request.folder
    if not (wanted and folder):
        return MailAnswer(0, 0)
    validity, _ = _selected(session, replace(request, folder=folder), look)
    either = ["OR"] * (len(wanted) - 1) + [f"HEADER {name} {_quoted(text)}" for name, text in wanted]
    found = _search(session, *either, "SINCE", _imap_day(request.since - DAY))
    messages, _ = _fetched(session, _heads(session, found[-request.most :]), request, look)
    return MailAnswer(validity, 0, tuple(messages))


def _selected(session: _Session, request: MailRequest, look: Look) -> tuple[int, int]:
    """Open the folder for reading; return its UIDVALIDITY, and the UID of the next message to come (0: not said)."""
    typ, said = session.select(quoted_folder(request.folder), readonly=True)
    if typ != "OK":
        if _BUSY.search(_text(said)):
            raise EndedError(_busy(look))
        names = [name for line in session.list()[1][:200] if (name := listed_folder(line))]
        shown = "".join(char for char in ", ".join(names[:SHOWN_FOLDERS]) if char.isprintable())[:300]
        raise EndedError(Problem("mail.no_folder", {"folder": request.folder, "folders": shown}))
    return _said_number(session, "UIDVALIDITY"), _said_number(session, "UIDNEXT")


def _said_number(session: _Session, name: str) -> int:
    _, said = session.response(name)
    match = _NUMBER.match(said[-1] or b"") if said and isinstance(said[-1], bytes) else None
    return int(match[0]) if match else 0


def _search(session: _Session, *criteria: str) -> list[int]:
    """Return the UIDs found, the lowest first; deleted messages and drafts are not looked for."""
    typ, said = session.uid("SEARCH", *criteria, "UNDELETED", "UNDRAFT")
    if typ != "OK":
        raise imaplib.IMAP4.error("search refused")
    return sorted({int(number) for line in said if isinstance(line, bytes) for number in _NUMBER.findall(line)})


def _heads(session: _Session, uids: list[int]) -> list[MailMessage]:
    """Return the messages without their text, so that their sizes are known before anything large is asked for."""
    if not uids:
        return []
    typ, said = session.uid("FETCH", _uid_set(uids), "(UID RFC822.SIZE INTERNALDATE)")
    if typ != "OK":
        raise imaplib.IMAP4.error("fetch refused")
    found: dict[int, MailMessage] = {}
    for line in said:
        head = line if isinstance(line, bytes) else b""
        uid, size = _UID.search(head), _SIZE.search(head)
        if uid:
            number = int(uid[1])
            found.setdefault(number, MailMessage(number, int(size[1]) if size else 0, b"", _arrived(head)))
    return [found[uid] for uid in uids if uid in found]


def _fetched(
    session: _Session, heads: list[MailMessage], request: MailRequest, look: Look
) -> tuple[list[MailMessage], int]:
    """Return the messages with their text, and the UID of the first that there was no time or room for (0: none).

    A connection that breaks after something came ends this look, and the next one goes on there.
    """
    messages: list[MailMessage] = []
    room = SESSION_BYTES
    for batch in _batches(heads, request.message_bytes):
        expected = sum(min(head.size, request.message_bytes) for head in batch)
        if messages and (expected > room or time.monotonic() > look.enough):
            return messages, batch[0].uid
        room -= expected
        try:
            messages += _texts(session, batch, request.message_bytes)
        except (EndedError, *BROKEN):
            if not messages:
                raise
            return messages, batch[0].uid
    return messages, 0


def _batches(heads: list[MailMessage], longest: int) -> Iterable[list[MailMessage]]:
    batch: list[MailMessage] = []
    size = 0
    for head in heads:
        length = min(head.size, longest)
        if batch and size + length > BATCH_BYTES:
            yield batch
            batch, size = [], 0
        batch.append(head)
        size += length
    if batch:
        yield batch


def _texts(session: _Session, batch: list[MailMessage], longest: int) -> list[MailMessage]:
    """Fetch without marking as read. Where the server puts the UID, before the text or after it, is its own choice."""
    typ, said = session.uid("FETCH", _uid_set([head.uid for head in batch]), f"(UID BODY.PEEK[]<0.{longest}>)")
    if typ != "OK":
        raise imaplib.IMAP4.error("fetch refused")
    texts: dict[int, bytes] = {}
    for number, part in enumerate(said):
        if isinstance(part, tuple) and _BODY.search(part[0]):
            after = said[number + 1] if number + 1 < len(said) else b""
            uid = _UID.search(part[0]) or (_UID.search(after) if isinstance(after, bytes) else None)
            if uid:
                texts.setdefault(int(uid[1]), part[1][:longest])
    return [
        MailMessage(head.uid, max(head.size, len(texts[head.uid])), texts[head.uid], head.arrived)
        for head in batch
        if head.uid in texts
    ]


def _arrived(head: bytes) -> float | None:
    try:
        local = imaplib.Internaldate2tuple(head)
        return time.mktime(local) if local else None
    except (ValueError, OverflowError, OSError, KeyError):  # a date that no calendar has
        return None


def _imap_day(moment: float) -> str:
    day = time.gmtime(max(moment, 0.0))
    return f"{day.tm_mday}-{MONTHS[day.tm_mon - 1]}-{day.tm_year}"


def _uid_set(uids: list[int]) -> str:
    return ",".join(map(str, uids))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _text(said: list[Any]) -> str:
    return b" ".join(part for part in said if isinstance(part, bytes)).decode("ascii", "replace")


def _busy(look: Look) -> Problem:
    return Problem("mail.busy", {"host": look.door.guard.host}, retry_at=look.clock() + BUSY_SECONDS)


def _broken(error: BaseException, guard: Guard) -> Problem:
    if isinstance(error, ssl.SSLError):
        return Problem("net.tls", {"host": guard.host, "why": tls_reason(error)})
    return Problem("net.broken", {"host": guard.host})


def _end(session: _Session) -> None:
    """Say goodbye where somebody still listens; the connection is closed in any case."""
    try:
        session.logout()
    except (EndedError, *BROKEN):
        try:
            session.shutdown()
        except OSError:  # closed already
            return
