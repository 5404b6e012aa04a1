"""Connections that go only where a check allowed it: resolved, checked and connected in one step."""

from __future__ import annotations

import errno
import functools
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import urllib3
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.wait import wait_for_write

from app.net.ended import EndedError
from app.net.guard import Guard, GuardedContext, GuardedSocket
from app.net.lookup import Lookup, Place
from app.net.offline import connect_problem

urllib3.disable_warnings(urllib3.exceptions.SystemTimeWarning)  # English, with a path; what fails is told anyway

MOST_IDLE_HOSTS = 32
IDLE_SECONDS = 30.0
"""A connection unused for longer is not trusted: a router may have forgotten it and would swallow the request."""


@dataclass(frozen=True, slots=True)
class Door:
    """What connections of one kind need: guard, look-up, clock, longest connect in seconds, what is allowed."""

    guard: Guard
    lookup: Lookup
    clock: Callable[[], float]
    connect_seconds: float
    allow_private: bool


def connect(door: Door, host: str, port: int) -> GuardedSocket:
    """Return a socket connected to a checked address of `host`, each address getting its share of the time."""
    places = door.lookup.places(host, port, allow_private=door.allow_private)
    until = time.monotonic() + door.connect_seconds
    failures: list[int] = []
    for number, place in enumerate(places):
        share = (until - time.monotonic()) / (len(places) - number)
        connected = _try_place(door.guard, place, share)
        if isinstance(connected, GuardedSocket):
            door.guard.opened += 1
            return connected
        failures.append(connected)
    raise EndedError(connect_problem(tuple(failures), host, door.connect_seconds))


def _try_place(guard: Guard, place: Place, seconds: float) -> GuardedSocket | int:
    """Return the connected socket, or the error number of the failure."""
    try:
        plug = GuardedSocket(place.family, socket.SOCK_STREAM)
    except OSError as error:
        return error.errno or errno.EAFNOSUPPORT
    try:
        plug.guard = guard
        plug.settimeout(0.0)
        failure = _wait_connected(plug, place, seconds)
        if not failure:
            plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return plug
    except BaseException:  # even where the program is being ended: no socket stays open
        plug.close()
        raise
    plug.close()
    return failure


def _wait_connected(plug: GuardedSocket, place: Place, seconds: float) -> int:
    """Return 0 once connected, else an error number."""
    until = time.monotonic() + seconds
    code = plug.connect_ex(place.socket_address)
    if code not in {errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EALREADY}:
        return code
    while (left := until - time.monotonic()) > 0:
        if wait_for_write(plug, min(left, plug.guard.next_wait())):
            return plug.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    return errno.ETIMEDOUT


class CheckedConnection(HTTPConnection):
    """An http connection through a door."""

    def __init__(self, *args: Any, door: Door, **named: Any) -> None:
        super().__init__(*args, **named)
        self._door = door
        self._used_at = self._door.clock()

    def _new_conn(self) -> socket.socket:
        self._used_at = self._door.clock()
        return connect(self._door, self._dns_host, self.port)

    def request(self, *args: Any, **named: Any) -> None:
        self._used_at = self._door.clock()
        super().request(*args, **named)

    @property
    def is_connected(self) -> bool:
        """Tell whether the connection can be used again: alive, and used a moment ago (by the clock on the wall)."""
        return 0 <= self._door.clock() - self._used_at < IDLE_SECONDS and super().is_connected


class CheckedTlsConnection(CheckedConnection, HTTPSConnection):
    """An https connection through a door; certificate and server name stay those of the host name."""


class DoorPools(urllib3.PoolManager):
    """Connection pools all of whose connections go through one door."""

    def __init__(self, door: Door, **named: Any) -> None:
        super().__init__(**named)
        self._door = door

    def _new_pool(
        self, scheme: str, host: str, port: int, request_context: dict[str, Any] | None = None
    ) -> urllib3.HTTPConnectionPool:
        pool = super()._new_pool(scheme, host, port, request_context)
        kind = CheckedTlsConnection if scheme == "https" else CheckedConnection
        pool.ConnectionCls = cast("Any", functools.partial(kind, door=self._door))
        return pool

    def clear(self) -> None:
        """Close the connections now; left to itself the pool would wait for the garbage collector."""
        for key in self.pools.keys():  # noqa: SIM118  the container refuses plain iteration
            if pool := self.pools.get(key):
                pool.close()
        super().clear()


class DoorAdapter(HTTPAdapter):
    """The adapter of `requests` over such pools: no cookies, no retries, one TLS context for all hosts."""

    def __init__(self, door: Door, trust: Trust) -> None:
        self._door = door
        self._trust = trust
        super().__init__(pool_connections=MOST_IDLE_HOSTS, pool_maxsize=1)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **named: Any) -> None:  # noqa: ARG002, FBT001, FBT002  the signature is the library's
        self.poolmanager = DoorPools(self._door, num_pools=connections, maxsize=maxsize, block=block)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Leave the pool as it is: the one TLS context verifies and has its certificates already."""

    def build_connection_pool_key_attributes(
        self, request: PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[Any, Any]:
        place, keys = super().build_connection_pool_key_attributes(request, verify, cert)
        if place["scheme"] == "https":
            keys["ssl_context"] = self._trust.context
        return place, keys

    def build_response(self, req: PreparedRequest, resp: urllib3.BaseHTTPResponse) -> Response:
        """Return the bare answer; cookies are not even read."""
        response = Response()
        response.status_code, response.raw, response.request = resp.status, resp, req
        return response


class Trust:
    """Whose certificates are believed: the system's, Mozilla's and those of `ca_file`; nets may share one.

    Built when first needed, because loading them takes a while.
    """

    def __init__(self, ca_file: str = "") -> None:
        self._ca_file = ca_file
        self._lock = threading.Lock()
        self._context: GuardedContext | None = None

    @property
    def context(self) -> ssl.SSLContext:
        """Return the one TLS context: the system's certificates (a virus scanner's among them) and those of Mozilla."""
        with self._lock:
            if self._context is None:
                self._context = self._load()
            return self._context

    def _load(self) -> GuardedContext:
        context = GuardedContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_default_certs()
        for file in filter(None, (DEFAULT_CA_BUNDLE_PATH, self._ca_file)):
            context.load_verify_locations(file)
        return context
