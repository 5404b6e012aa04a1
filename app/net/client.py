"""The net: sends a request politely and safely, hop by hop, and says what came or why nothing did."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from app.core.ports.mail import MailAnswer, MailRequest, Posted, PostRequest
from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.core.watch import HostState, Validators
from app.net.addresses import Address
from app.net.connection import Trust
from app.net.ended import EndedError
from app.net.exchange import USUAL, Answer, Exchange, Limits
from app.net.freshness import conditional_headers, fresh_for, is_full_due, kept_of, known_to, renewed
from app.net.guard import Guard
from app.net.headers import headers_of, user_agent
from app.net.hosts import Hosts
from app.net.lookup import Lookup, Resolver
from app.net.mailbox import Mailbox, bad_addresses, mail_address
from app.net.offline import GIVES_WAY, has_route, shortage, with_the_network_in_mind
from app.net.pacing import Pacing
from app.net.redirects import REDIRECTS, Hop, first_hop, leads_on, next_hop

NOT_OURS = 300.0
"""Seconds between two polls of a host in the public network that is named like one at home: as feeds have it."""

Mailed = TypeVar("Mailed", MailAnswer, Posted)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the net asks of the system: names, the way out, and whose certificates are believed."""

    resolve: Resolver = socket.getaddrinfo
    has_route: Callable[[], bool] = has_route
    trust: Trust = field(default_factory=Trust)


@dataclass(slots=True)
class _Errand:
    """One call of send. `conditional` says whether it asks «only if it changed»; `seconds` is the time left to it.

    `wrote` says whether the hop under way may have reached its host.
    """

    request: Request
    known: Validators
    conditional: bool
    allow_private: bool
    patient: bool
    seconds: float
    lanes: set[str] = field(default_factory=set)
    wrote: bool = False


class PoliteNet:
    """The Net port over `requests`. `clock` gives Unix seconds, `spacing` is the pause between requests to a host.

    One connection per host is kept and shared by all threads: no more are needed where one request at a time is allowed.
    """

    def __init__(
        self,
        version: str,
        *,
        clock: Callable[[], float] = time.time,
        spacing: float = 1.0,
        rng: random.Random | None = None,
        limits: Limits = USUAL,
        surroundings: Surroundings = Surroundings(),
    ) -> None:
        self._agent = user_agent(version)
        self._clock = clock
        self._limits = limits
        self._has_route = surroundings.has_route
        self._closing = threading.Event()
        self._hosts = Hosts(clock)
        self._pacing = Pacing(spacing, rng or random.Random(), self._closing)  # noqa: S311  no secret is made of it
        lookup = Lookup(Guard(self._closing), surroundings.resolve, self._hosts.others_answered)
        self._public_at_home = lookup.public_at_home
        self._exchange = Exchange(self._closing, lookup, clock, limits, surroundings.trust)
        self._mailbox = Mailbox(lookup, surroundings.trust, clock, limits)

    def send(
        self, request: Request, known: Validators | None = None, *, allow_private: bool = False, patient: bool = True
    ) -> Response | Problem:
        """Send one request under all rules; see the port."""
        hop = first_hop(request)
        if isinstance(hop, Problem):
            return hop
        conditional = self._is_conditional(request, known, hop)
        seconds = self._limits.total_seconds
        errand = _Errand(request, known or Validators(), conditional, allow_private, patient, seconds)
        try:
            return self._travel(errand, hop)
        except EndedError as ended:
            return ended.problem if errand.wrote or not hop.changes else unsent(ended.problem)

    def fetch_mail(
        self, request: MailRequest, *, allow_private: bool = False, patient: bool = True
    ) -> MailAnswer | Problem:
        """Look into a mailbox under the same rules; see the port."""
        return self._by_mail(
            request, lambda address: self._mailbox.look(address, request, allow_private=allow_private), patient=patient
        )

    def send_mail(self, request: PostRequest, *, allow_private: bool = False) -> Posted | Problem:
        """Hand a letter over under the same rules; see the port."""
        if problem := bad_addresses(request):
            return problem
        return self._by_mail(request, lambda address: self._mailbox.post(address, request, allow_private=allow_private))

    def _by_mail(
        self, request: MailRequest | PostRequest, call: Callable[[Address], Mailed], *, patient: bool = True
    ) -> Mailed | Problem:
        address = mail_address(request)
        if isinstance(address, Problem):
            return address
        try:
            with self._pacing.turn(address.lane, patient=patient) as turn:
                turn.start(spaced=patient and not address.private_name)
                return call(address)
        except EndedError as ended:
            return self._explained(ended.problem, address)

    def host_states(self) -> tuple[HostState, ...]:
        """Return the hosts whose state changed since the last call."""
        return self._hosts.changed()

    def remember_hosts(self, states: tuple[HostState, ...]) -> None:
        """Take over what was kept of hosts."""
        self._hosts.remember(states)

    def close(self) -> None:
        """Close all connections; calls under way end within about a second with «net.closed»."""
        self._closing.set()
        self._pacing.close()
        self._exchange.close()

    def _is_conditional(self, request: Request, known: Validators | None, hop: Hop) -> bool:
        if known is None or not request.unchanged_ok or hop.method not in {"GET", "HEAD"}:
            return False
        return not is_full_due(known, hop.address.url, self._clock())

    def _travel(self, errand: _Errand, hop: Hop) -> Response | Problem:
        """Follow an errand to its end, one hop and one turn at a time; no turn is held while waiting for another."""
        while True:
            lane = hop.address.lane
            patient = errand.patient and lane not in errand.lanes
            errand.lanes.add(lane)
            self._check_host(hop)
            with self._pacing.turn(lane, patient=patient) as turn:
                self._check_host(hop)
                turn.start(spaced=patient and not hop.address.private_name)
                answer, until = self._ask(errand, hop)
            if not leads_on(hop, answer.status, answer.headers, answer.body):
                return self._response(errand, hop, answer, until)
            onward = next_hop(hop, answer.status, answer.headers.get("location"))
            if isinstance(onward, Problem):
                return onward
            hop = onward

    def _check_host(self, hop: Hop) -> None:
        """End the errand where the host is to be left alone; looked at again after the queue, which may be long."""
        if problem := self._hosts.waiting(hop.address):
            raise EndedError(problem)

    def _ask(self, errand: _Errand, hop: Hop) -> tuple[Answer, float | None]:
        """Send one hop; return its answer and until when its host is left alone because of that, or None."""
        headers = headers_of(errand.request, hop, self._agent, _conditions(errand, hop))
        pause = errand.request.pause
        started, errand.wrote = time.monotonic(), False
        try:
            answer = self._exchange.send(hop, headers, errand.seconds, allow_private=errand.allow_private)
        except EndedError as ended:
            self._hosts.rest(hop.address, pause)
            errand.wrote = hop.changes and self._exchange.wrote
            raise EndedError(ended.problem if errand.wrote else self._explained(ended.problem, hop.address)) from ended
        errand.seconds -= time.monotonic() - started
        until = self._hosts.note(hop.address, 429 if pause and answer.status == 403 else answer.status, answer.headers)
        if answer.status not in REDIRECTS:
            self._hosts.rest(hop.address, pause)
        return answer, until

    def _explained(self, problem: Problem, address: Address) -> Problem:
        """Return a problem, or what this laptop lacks where that is why there was no answer."""
        if not (problem.code in GIVES_WAY or problem.is_offline):
            return problem
        if short := shortage():
            return short
        if address.private_name and not problem.is_offline:
            return problem
        return with_the_network_in_mind(problem, route=self._has_route())

    def _response(self, errand: _Errand, hop: Hop, answer: Answer, until: float | None) -> Response:
        now = self._clock()
        asked = 0.0 if until is None else until - now
        kept = self._kept(errand, hop, answer, now)
        stored = kept.max_age if answer.status == 304 else 0.0
        unchanged = errand.request.unchanged_ok and is_unchanged(errand.known, kept, answer.status)
        return Response(
            url=hop.url,
            status=answer.status,
            headers=answer.headers,
            body=b"" if unchanged else answer.body,
            unchanged=unchanged,
            moved=hop.moved if answer.status < 400 and may_move(errand.request, hop) else "",
            validators=kept,
            fresh_for=max(fresh_for(answer.headers, now, stored), asked, self._least_pause(hop)),
            retry_at=until,
        )

    def _least_pause(self, hop: Hop) -> float:
        """Return how many seconds a host is left alone though its name promised that it is the owner's own."""
        return NOT_OURS if hop.address.host in self._public_at_home else 0.0

    def _kept(self, errand: _Errand, hop: Hop, answer: Answer, now: float) -> Validators:
        """Return the validators to keep; an answer that is neither 200 nor 304 to a GET changes nothing."""
        if hop.method != "GET" or answer.status not in {200, 304}:
            return errand.known
        body = answer.body if answer.status == 200 else None
        known = known_to(hop, errand.known)
        kept = renewed(known, answer.headers, body, now, conditional=bool(_conditions(errand, hop)))
        return kept_of(hop, kept, plain=errand.request.is_plain)


def _conditions(errand: _Errand, hop: Hop) -> Mapping[str, str]:
    """Return the headers asking an address «only if it changed»: with the validators that it gave itself."""
    return conditional_headers(known_to(hop, errand.known)) if errand.conditional else {}


def may_move(request: Request, hop: Hop) -> bool:
    """Tell whether an address may be kept in place of the asked one: not where secrets would then go to another host."""
    return hop.trusted or not (request.secret_headers or request.url_secret)


def unsent(problem: Problem) -> Problem:
    """Return a problem of a request that would have changed something, marked: not a byte of it reached the host."""
    return replace(problem, args={**problem.args, "unsent": 1})


def is_unchanged(known: Validators, kept: Validators, status: int) -> bool:
    """Tell whether an answer brings nothing new: a 304 to somebody who knows the body, or the same bytes."""
    if status == 304:
        return known != Validators()
    return status == 200 and known.body_hash != "" and known.body_hash == kept.body_hash
