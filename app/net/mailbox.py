"""Looks into mailboxes, and letters out: which server, over which door, within which time.

What is said there stands in `imap` and `smtp`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace

from app.core.ports.mail import MailAnswer, MailRequest, Posted, PostRequest
from app.core.problems import Problem
from app.net.addresses import Address, bad_address, read_address
from app.net.connection import Door, Trust
from app.net.exchange import Limits
from app.net.lookup import Lookup

LONGER = 2.0
"""A look or a letter may last so many times as long as a web request, since it is many requests in one."""

_ADDRESS = re.compile(r"[!#-'*+\-./0-9=?A-Z^_`a-z{|}~]{1,64}@[A-Za-z0-9.-]{1,250}")
_HOST = re.compile(r"[^\s/?#@\\\[\]]+")


def mail_address(request: MailRequest | PostRequest) -> Address | Problem:
    """Return where a mail server lies; the scheme of the address means nothing."""
    host = f"[{request.host}]" if ":" in request.host else request.host
    if not _HOST.fullmatch(request.host):
        return bad_address("", "unreadable")
    return read_address(f"https://{host}:{request.port}/")


def bad_addresses(request: PostRequest) -> Problem | None:
    """Return that a letter has addresses no server could be told, or None."""
    wrong = next((one for one in (request.sender, *request.recipients) if not _ADDRESS.fullmatch(one)), None)
    if wrong is None and request.recipients:
        return None
    return Problem("mail.bad_address", {"address": (wrong or "")[:200]})


class Mailbox:
    """Looks into mailboxes, and hands letters over, through checked connections; thread-safe."""

    def __init__(self, lookup: Lookup, trust: Trust, clock: Callable[[], float], limits: Limits) -> None:
        self._lookup, self._trust, self._clock, self._limits = lookup, trust, clock, limits

    def look(self, address: Address, request: MailRequest, *, allow_private: bool) -> MailAnswer:
        """Return what lies there; raises EndedError where that cannot be said."""
        from app.net.imap import SAID_BYTES, SESSION_BYTES, Look, look_into  # noqa: PLC0415  start-up: few have a mailbox

        seconds = self._limits.total_seconds
        guard = self._lookup.guard
        guard.begin(address.host, LONGER * seconds, SESSION_BYTES + SAID_BYTES)
        door = Door(guard, self._lookup, self._clock, self._limits.connect_seconds, allow_private)
        look = Look(door, lambda: self._trust.context, time.monotonic() + seconds, self._clock)
        return look_into(look, replace(request, host=address.host, port=address.port))

    def post(self, address: Address, request: PostRequest, *, allow_private: bool) -> Posted:
        """Hand a letter over; raises EndedError where it was not sent, or where nobody knows («mail.unknown»)."""
        from app.net.smtp import SAID_BYTES, Dispatch, post  # noqa: PLC0415  start-up: few answer by mail

        seconds = LONGER * self._limits.total_seconds
        guard = self._lookup.guard
        guard.begin(address.host, seconds, SAID_BYTES)
        door = Door(guard, self._lookup, self._clock, self._limits.connect_seconds, allow_private)
        dispatch = Dispatch(door, lambda: self._trust.context, seconds, self._clock)
        return post(dispatch, replace(request, host=address.host, port=address.port))
