"""One letter handed to a mail server: over a checked connection, encrypted, within limits of time and bytes.

smtplib speaks the protocol; what it knows of sockets is replaced by the guarded ones, what servers say is read here and
goes no further than its numbers, because servers repeat passwords.
"""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass

from app.core.ports.mail import Posted, PostRequest
from app.core.problems import Problem
from app.net.connection import Door, connect
from app.net.ended import EndedError
from app.net.exchange import tls_reason

SAID_BYTES = 256 * 1024
"""Bytes a server may say in one call."""

LATER_SECONDS = 900.0
"""Seconds until a server that says «not now» is asked again; greylisting wants five minutes to an hour."""

GOODBYE_SECONDS = 3.0
OURSELVES = "[127.0.0.1]"
"""How we introduce ourselves: the laptop's own name is nobody's business."""

BROKEN = (smtplib.SMTPException, OSError, ValueError, TypeError, LookupError, AttributeError)
"""What smtplib raises when a connection breaks, or a server says what no server should."""

_DETAIL = re.compile(rb"([45]\.\d{1,3}\.\d{1,3})\b")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_LINE_DOT = re.compile(rb"(?m)^\.")

Reply = tuple[int, bytes]
"""The number and the words of a server's reply."""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What a letter needs on its way: `seconds` until it is handed over, and as many again until it is confirmed."""

    door: Door
    context: Callable[[], ssl.SSLContext]
    seconds: float
    clock: Callable[[], float]

    @property
    def host(self) -> str:
        return self.door.guard.host


class _Session(smtplib.SMTP):
    """smtplib over a guarded socket."""

    def __init__(self, dispatch: Dispatch, request: PostRequest) -> None:
        super().__init__(local_hostname=OURSELVES)
        self._dispatch, self._request = dispatch, request
        self._host = request.host  # what STARTTLS compares the certificate with

    def _get_socket(self, host: str, port: int, _timeout: object) -> socket.socket:
        plug = connect(self._dispatch.door, host, port)
        if self._request.starttls:
            return plug
        try:
            return self._dispatch.context().wrap_socket(plug, server_hostname=host)
        except BaseException:  # even where the program is being ended: no socket stays open
            plug.close()
            raise


def post(dispatch: Dispatch, request: PostRequest) -> Posted:
    """Hand a letter over; raises EndedError where it surely was not sent, with «mail.unknown» where nobody knows."""
    session = _Session(dispatch, request)
    try:
        _open(session, dispatch, request)
        _log_in(session, dispatch, request)
        refused = _name_people(session, dispatch, request)
        _hand_over(session, dispatch, request.raw)
        return Posted(refused)
    except BROKEN as error:
        raise EndedError(_broken(error, dispatch)) from None  # smtplib's words may repeat what the server said
    finally:
        _end(session, dispatch)


def _open(session: _Session, dispatch: Dispatch, request: PostRequest) -> None:
    code, said = session.connect(request.host, request.port)
    if code != 220:
        raise EndedError(_refusal(code, said, dispatch) if code >= 400 else _no_mail_server(dispatch))
    _greet(session, dispatch)
    if request.starttls:
        if not session.has_extn("starttls") or session.docmd("STARTTLS")[0] != 220:
            raise EndedError(Problem("mail.no_tls", {"host": dispatch.host}))
        _encrypt(session, dispatch)
        _greet(session, dispatch)


def _encrypt(session: _Session, dispatch: Dispatch) -> None:
    """Switch to TLS; whatever the server, or somebody on the line, has said before is forgotten."""
    plug = session.sock
    if plug is None:
        raise smtplib.SMTPServerDisconnected
    if session.file is not None:
        session.file.close()
        session.file = None
    session.sock = dispatch.context().wrap_socket(plug, server_hostname=session._host)  # noqa: SLF001  our own
    session.esmtp_features, session.does_esmtp, session.ehlo_resp = {}, False, None


def _greet(session: _Session, dispatch: Dispatch) -> None:
    code, said = session.ehlo()
    if code != 250:
        raise EndedError(_refusal(code, said, dispatch) if code >= 400 else _no_mail_server(dispatch))


def _log_in(session: _Session, dispatch: Dispatch, request: PostRequest) -> None:
    """Log in with the password, by PLAIN or LOGIN: the connection is encrypted, and both carry any letters."""
    ways = session.esmtp_features.get("auth", "").upper().split()
    user, password = request.user.encode(), request.password.encode()
    if "PLAIN" in ways:
        token = _packed(b"\0" + user + b"\0" + password)
        code, said = session.docmd("AUTH", f"PLAIN {token}")
        if code == 334:  # it wants the token on a line of its own
            code, said = session.docmd(token)
    elif "LOGIN" in ways:
        code, said = session.docmd("AUTH", "LOGIN")
        for part in (user, password):
            if code == 334:
                code, said = session.docmd(_packed(part))
    else:
        raise EndedError(Problem("mail.no_sending_login", {"host": dispatch.host}))
    if code == 235:
        return
    if code // 100 == 4:
        raise EndedError(_refusal(code, said, dispatch))
    raise EndedError(Problem("mail.denied" if code // 100 == 5 else "net.broken", {"host": dispatch.host}))


def _name_people(session: _Session, dispatch: Dispatch, request: PostRequest) -> tuple[str, ...]:
    """Say whom the letter is from and for; return who is refused. Without the first of them there is no letter."""
    _expect(session.docmd("MAIL", f"FROM:<{request.sender}>"), dispatch)
    refused = []
    for number, one in enumerate(request.recipients):
        code, said = session.docmd("RCPT", f"TO:<{one}>")
        if code in {250, 251}:
            continue
        if number == 0:
            if code in {550, 551, 553}:
                raise EndedError(Problem("mail.no_recipient", {"host": dispatch.host, "status": _status(code, said)}))
            raise EndedError(_refusal(code, said, dispatch))
        refused.append(one)
    return tuple(refused)


def _hand_over(session: _Session, dispatch: Dispatch, raw: bytes) -> None:
    """Send the letter itself. Once the server has said «go on» nobody knows what becomes of it until it confirms."""
    code, said = session.docmd("DATA")
    if code != 354:
        raise EndedError(_refusal(code, said, dispatch) if code >= 400 else _no_mail_server(dispatch))
    dispatch.door.guard.begin(dispatch.host, dispatch.seconds, SAID_BYTES)
    lines = _LINE_DOT.sub(b"..", _LINE_END.sub(b"\r\n", raw)).removesuffix(b"\r\n")
    try:
        session.send(lines + b"\r\n.\r\n")
        code, said = session.getreply()
    except (EndedError, *BROKEN):
        raise EndedError(Problem("mail.unknown", {"host": dispatch.host})) from None
    if code // 100 not in {2, 4, 5}:
        raise EndedError(Problem("mail.unknown", {"host": dispatch.host}))
    _expect((code, said), dispatch)


def _expect(reply: Reply, dispatch: Dispatch) -> None:
    code, said = reply
    if code // 100 != 2:
        raise EndedError(_refusal(code, said, dispatch) if code >= 400 else _no_mail_server(dispatch))


def _refusal(code: int, said: bytes, dispatch: Dispatch) -> Problem:
    """Return what a refusal means: 4xx is «not now», 5xx is «no»."""
    if code // 100 == 4:
        return Problem("mail.later", {"host": dispatch.host}, retry_at=dispatch.clock() + LATER_SECONDS)
    return Problem("mail.refused", {"host": dispatch.host, "status": _status(code, said)})


def _status(code: int, said: bytes) -> str:
    detail = _DETAIL.match(said)
    return f"{code} {detail[1].decode()}" if detail else str(code)


def _no_mail_server(dispatch: Dispatch) -> Problem:
    return Problem("mail.not_smtp", {"host": dispatch.host})


def _broken(error: BaseException, dispatch: Dispatch) -> Problem:
    if isinstance(error, ssl.SSLError):
        return Problem("net.tls", {"host": dispatch.host, "why": tls_reason(error)})
    return Problem("net.broken", {"host": dispatch.host})


def _packed(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _end(session: _Session, dispatch: Dispatch) -> None:
    """Say goodbye where somebody still listens; the connection is closed in any case."""
    try:
        if session.sock is not None and dispatch.door.guard.remaining > 0:
            dispatch.door.guard.begin(dispatch.host, GOODBYE_SECONDS, SAID_BYTES)
            session.docmd("QUIT")
    except (EndedError, *BROKEN):
        pass
    finally:
        session.close()
