"""One request, one answer: the place where `requests` sends, and where its errors become Problems."""

from __future__ import annotations

import http.cookiejar
import logging
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from typing import cast

import requests
import urllib3
from requests.structures import CaseInsensitiveDict

from app.core.problems import Problem, shortage_of
from app.net.body import read_body
from app.net.connection import Door, DoorAdapter, Trust
from app.net.ended import EndedError
from app.net.headers import read_headers
from app.net.lookup import Lookup
from app.net.redirects import REDIRECTS, Hop

BROKEN = (requests.RequestException, urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError, zlib.error)
SMALL = 65536
"""A redirect's body is read up to this size, to keep the connection; above it the connection is dropped."""

PLAIN, OTHER = "plain", "other"
_NOT_TLS = {
    "WRONG_VERSION_NUMBER",
    "HTTP_REQUEST",
    "UNKNOWN_PROTOCOL",
    "PACKET_LENGTH_TOO_LONG",
    "RECORD_LAYER_FAILURE",
}
"""What OpenSSL, in one version or another, says of an answer that is not TLS at all."""

OVERHEAD = 4
"""Bytes allowed on the wire for each byte allowed in a body: chunk headers and the like."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Longest call and longest connect in seconds, largest unpacked body in bytes; chosen by us, no rule of any place."""

    total_seconds: float = 25.0
    connect_seconds: float = 5.0
    body_bytes: int = 5 * 1024 * 1024


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a hop brought: status, headers with lower-case names, unpacked body."""

    status: int
    headers: dict[str, str]
    body: bytes


class Exchange:
    """Sends hops over two sets of connections that never mix: with and without access to private addresses."""

    def __init__(
        self, closing: threading.Event, lookup: Lookup, clock: Callable[[], float], limits: Limits, trust: Trust
    ) -> None:
        silence_addresses()
        self._closing = closing
        self._guard = lookup.guard
        self._limits = limits
        self._sessions = {
            allowed: _session(DoorAdapter(Door(lookup.guard, lookup, clock, limits.connect_seconds, allowed), trust))
            for allowed in (False, True)
        }

    def send(self, hop: Hop, headers: CaseInsensitiveDict[str], seconds: float, *, allow_private: bool) -> Answer:
        """Send one hop within `seconds` and return its answer; raises EndedError where none came."""
        self._guard.begin(hop.address.host, seconds, OVERHEAD * self._limits.body_bytes)
        adapter = self._sessions[allow_private].get_adapter(hop.address.url)
        prepared = _prepared(hop, headers)
        try:
            return self._attempt(adapter, prepared, hop)
        except BROKEN as error:
            if not self._is_stale(hop):
                raise EndedError(self._problem(error, hop)) from None  # what they say holds the address as it was sent
        try:
            return self._attempt(adapter, prepared, hop)
        except BROKEN as error:
            raise EndedError(self._problem(error, hop)) from None

    @property
    def wrote(self) -> bool:
        """Say whether a byte of the last hop sent in this thread may have reached its host."""
        return self._guard.wrote

    def close(self) -> None:
        """Close all connections that are not in use; those in use close as their calls end."""
        for session in self._sessions.values():
            session.close()

    def _attempt(self, adapter: requests.adapters.BaseAdapter, prepared: requests.PreparedRequest, hop: Hop) -> Answer:
        raw = cast("urllib3.BaseHTTPResponse", adapter.send(prepared, stream=True).raw)
        try:
            return self._read(raw, hop)
        except BaseException:  # even where the program is being ended: no connection stays open
            raw.close()
            raise

    def _read(self, raw: urllib3.BaseHTTPResponse, hop: Hop) -> Answer:
        """Read the answer; the body of anything but a success is a courtesy and may be missing."""
        host, cap = hop.address.host, self._limits.body_bytes
        headers = read_headers(raw)
        if hop.secret:
            headers = hop.secret.out_of_headers(headers)
        headers = hop.told.out_of_headers(headers, leads_on=raw.status in REDIRECTS)
        if 200 <= raw.status < 300:
            return Answer(raw.status, headers, read_body(raw, host, cap))
        try:
            body = read_body(raw, host, SMALL if raw.status in REDIRECTS else cap)
        except (EndedError, *BROKEN):
            if self._closing.is_set():
                raise
            raw.close()
            body = b""
        return Answer(raw.status, headers, body)

    def _is_stale(self, hop: Hop) -> bool:
        """Tell whether a kept connection failed without a word, as one does that the server has closed: worth one try on a fresh one."""
        kept = self._guard.opened == 0 and self._guard.silent
        return kept and not hop.changes and not self._closing.is_set()

    def _problem(self, error: BaseException, hop: Hop) -> Problem:
        """Return what went wrong: «net.closed», a shortage, «net.tls» (host, why), «net.no_tls», «net.timeout» or «net.broken»."""
        host = hop.address.host
        if self._closing.is_set():
            return Problem("net.closed")
        if short := next(filter(None, map(shortage_of, links(error))), None):
            return short
        if isinstance(error, requests.exceptions.SSLError | urllib3.exceptions.SSLError | ssl.SSLError):
            why = tls_reason(error)
            return (
                Problem("net.no_tls", {"host": host})
                if why == PLAIN
                else Problem("net.tls", {"host": host, "why": "web" if why == OTHER else why})
            )
        return Problem("net.broken", {"host": host})


def silence_addresses() -> None:
    """Let no line of urllib3 out, at whatever level somebody sets: they hold addresses, and those hold tokens."""
    logging.getLogger("urllib3").setLevel(logging.CRITICAL + 1)
    for name in tuple(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "urllib3":
            logging.getLogger(name).addFilter(_nothing)


def _nothing(_: logging.LogRecord) -> bool:
    return False


def tls_reason(error: BaseException) -> str:
    """Return why a certificate was refused: «expired», «name», «untrusted»; «plain» where the answer was none in TLS.

    «other» is any other TLS trouble.
    """
    refusal = next((link for link in links(error) if isinstance(link, ssl.SSLCertVerificationError)), None)
    if refusal is None:
        said = {link.reason for link in links(error) if isinstance(link, ssl.SSLError)}
        return OTHER if said.isdisjoint(_NOT_TLS) else PLAIN
    return {9: "expired", 10: "expired", 62: "name", 64: "name"}.get(refusal.verify_code, "untrusted")


def links(error: BaseException) -> Iterator[BaseException]:
    """Give an error and those it was made of, the newest first."""
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__ or link.__context__


def _session(adapter: DoorAdapter) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("http://", "https://"):
        session.mount(scheme, adapter)
    return session


def _prepared(hop: Hop, headers: CaseInsensitiveDict[str]) -> requests.PreparedRequest:
    """Return the request as `requests` sends it; address and headers are canonical already."""
    prepared = requests.PreparedRequest()
    prepared.method, prepared.url, prepared.headers, prepared.body = hop.method, hop.sent_url, headers, hop.body
    return prepared
