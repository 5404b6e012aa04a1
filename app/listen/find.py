"""Finding watches: every source that can is asked what it makes of what the owner has in hand, all of them at once."""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Protocol, cast

from app.core.address import comparable_place
from app.core.ports.find import Finding, InHand
from app.core.ports.net import Net, Request, Response
from app.core.ports.source import Source, Suggestion
from app.core.problems import Problem
from app.core.statuses import status_problem
from app.core.text import fold
from app.core.views import Doubt, Found, Missed
from app.core.watch import Watch, WatchKind
from app.listen.asked_to_wait import heeding_hosts
from app.listen.hindsight import NAME_UNKNOWN
from app.listen.listening import crashed
from app.listen.parts import Parts
from app.listen.poll import OFFLINE_NOW, host_told, offline_in_doubt
from app.listen.record import CRASHED

MOST_REQUESTS = 3
"""Requests one source may make for one thing in hand."""

SECONDS = 25.0
"""After so many seconds whoever has not answered is not waited for any more."""

WORKERS = 8
LOOK = 0.1
"""Seconds between two looks whether the owner has had enough."""

LONGEST_NAME = 120
TOO_SLOW, UNREACHABLE = "listen.find_too_slow", "listen.find_unreachable"
WATCHED = "listen.find_watched"
IN_DOUBT = (TOO_SLOW, UNREACHABLE, NAME_UNKNOWN)
"""What is told only where the laptop has a network: without one it means nothing else."""

NO_TLS = frozenset({"net.no_tls", "net.tls", "net.broken", "net.refused"})
"""What a place that speaks no TLS at all comes to, at the port of https or at another."""

NOT_ASKED = frozenset(
    {NAME_UNKNOWN, "net.private_address", "net.never_asked", "net.bad_address", "net.waiting", "net.offline"}
)
"""Problems that tell nothing of whether there is a network."""

Outcome = tuple[Suggestion, ...] | Problem


class _Finder(Source, Finding, Protocol):
    """A source that can find."""


@dataclass(frozen=True, slots=True)
class _Errand:
    """One source and one thing in hand; the likelier of two sources has the lower `number`."""

    number: int
    source: _Finder
    hand: InHand


class _Pages:
    """Gives every source the same answer to the same request: the page in hand is fetched once for all."""

    def __init__(self, net: Net, at_home: Mapping[str, bool]) -> None:
        """`at_home` are the hosts that may lie in the owner's own network, each with whether it may be read without TLS."""
        self._net, self._at_home = net, at_home
        self.private: set[str] = set()
        self.answered = False
        self._lock = threading.Lock()
        self._answers: dict[tuple[str, tuple[tuple[str, str], ...]], Future[Response | Problem]] = {}

    def get(self, request: Request) -> Response | Problem:
        key = (request.url, tuple(sorted(request.headers.items())))
        with self._lock:
            answer = self._answers.get(key)
            mine = answer is None
            if answer is None:
                answer = self._answers[key] = Future()
        if mine:
            try:
                sent = self._sent(Request(request.url, headers=request.headers))
                self.answered = self.answered or not (isinstance(sent, Problem) and sent.code in NOT_ASKED)
                answer.set_result(sent)
            except BaseException as error:  # who waits for this answer must not wait for ever
                answer.set_exception(error)
                raise
        return answer.result()

    def _sent(self, request: Request) -> Response | Problem:
        """Return the answer of a host; one that the owner typed and that lies at home is asked where they allow it."""
        answer, host = self._net.send(request, patient=False), _spelling(host_told(request.url))
        if not (isinstance(answer, Problem) and answer.code == "net.private_address" and host in self._at_home):
            return answer
        self.private.add(host)
        answer = self._net.send(request, allow_private=True, patient=False)
        if isinstance(answer, Problem) and answer.code in NO_TLS and self._at_home[host]:
            plain = re.sub(r"\Ahttps:", "http:", request.url, flags=re.IGNORECASE)
            there = self._net.send(replace(request, url=plain), allow_private=True, patient=False)
            return answer if isinstance(there, Problem) else there
        return answer


def find_watches(
    parts: Parts,
    hands: Sequence[InHand],
    tell: Callable[[Found | Missed], None],
    *,
    own: bool = True,
    allow_private: bool = False,
    stopped: Callable[[], bool] = lambda: False,
    seconds: float = SECONDS,
) -> None:
    """Tell each watch found as it comes, in the calling thread; see core.ports.desk.Watches.find.

    Sources are asked on threads of their own; one that hangs is told of as «listen.find_too_slow» and left behind.
    """
    with heeding_hosts(parts) as learnt:

        def told(one: Found | Missed) -> None:
            if isinstance(one, Missed):
                learnt.note(parts.net.host_states())
                one = replace(one, problem=learnt.told(one.problem))
            tell(one)

        pages = _Pages(parts.net, _at_home(hands) if allow_private else {})
        _find(parts, hands, told, pages, own=own, stopped=stopped, seconds=seconds)


def _at_home(hands: Sequence[InHand]) -> Mapping[str, bool]:
    """Return the hosts typed, each with whether it was typed without «https»."""
    typed = [(hand, host) for hand in hands for host in map(_spelling, _typed_hosts(hand)) if host]
    return {host: f"https://{host_told(hand.url)}".lower() not in hand.text.lower() for hand, host in typed}


def _find(
    parts: Parts,
    hands: Sequence[InHand],
    tell: Callable[[Found | Missed], None],
    pages: _Pages,
    *,
    own: bool,
    stopped: Callable[[], bool],
    seconds: float,
) -> None:
    sources = [source for source in parts.sources.all() if isinstance(source, Finding)]
    errands = [
        _Errand(number, cast("_Finder", source), hand) for hand in hands for number, source in enumerate(sources)
    ]
    todo: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in range(len(errands)):
        todo.put(number)
    done: queue.SimpleQueue[tuple[int, Outcome]] = queue.SimpleQueue()
    ended = threading.Event()

    def work() -> None:
        while not ended.is_set():
            try:
                number = todo.get_nowait()
            except queue.Empty:
                return
            done.put((number, _asked(errands[number], pages)))

    for number in range(min(WORKERS, len(errands))):
        threading.Thread(target=work, name=f"find-{number + 1}", daemon=True).start()
    sieve = _Sieve(parts, pages.private, own=own)
    left = dict(enumerate(errands))
    try:
        for number, outcome in _as_they_come(done, len(errands), time.monotonic() + seconds, stopped):
            for one in sieve.kept(left.pop(number), outcome):
                tell(one)
        for errand in () if stopped() else left.values():
            for one in sieve.kept(errand, Problem(TOO_SLOW)):
                tell(one)
        for one in sieve.in_doubt(any_answer=pages.answered):
            tell(one)
    finally:
        ended.set()


def _as_they_come(
    done: queue.SimpleQueue[tuple[int, Outcome]], number: int, deadline: float, stopped: Callable[[], bool]
) -> Iterator[tuple[int, Outcome]]:
    """Yield so many outcomes at most, until the deadline (monotonic seconds) or until somebody says stop."""
    while number and not stopped() and (left := deadline - time.monotonic()) > 0:
        try:
            outcome = done.get(timeout=min(LOOK, left))
        except queue.Empty:
            continue
        number -= 1
        yield outcome


def _asked(errand: _Errand, pages: _Pages) -> Outcome:
    """Return what a source makes of what is in hand; it only ever reads, and never inside the owner's own network."""
    source, refused = errand.source, None
    try:
        steps = source.find(errand.hand)
        request = next(steps)
        for _ in range(MOST_REQUESTS):
            answer = pages.get(request) if request.is_plain else Problem(CRASHED, {"name": source.title})
            if isinstance(answer, Problem):
                steps.close()
                return _of_a_search(answer, errand.hand)
            if request.url == errand.hand.url:
                refused = status_problem(answer.status, host_told(request.url))
            request = steps.send(answer)
        steps.close()  # it wants more than it may
    except StopIteration as ended:
        return tuple(ended.value or ()) or refused or ()
    except Exception as error:  # noqa: BLE001  a source may come from anybody: it finds nothing, the others go on
        return crashed(Watch("", source.title, source.id), error)
    return ()


def _of_a_search(problem: Problem, hand: InHand) -> Problem:
    """Return what a failed request means here: nothing is caught up later, and only what was typed can be misspelt."""
    problem = offline_in_doubt(problem)
    host = str(problem.args.get("host", ""))
    if problem.code == NAME_UNKNOWN and _spelling(host) not in map(_spelling, _typed_hosts(hand)):
        return Problem(UNREACHABLE, {"host": host})
    return problem


def _typed_hosts(hand: InHand) -> tuple[str, ...]:
    """Return the hosts that stand in what was typed: that of an address, the server of a handle, a handle that is one."""
    return host_told(hand.url), hand.handle.rpartition("@")[2]


def _spelling(host: str) -> str:
    """Return a host in the one spelling that the net uses too: without port, in the letters of DNS."""
    name = re.sub(r":\d+\Z", "", host).rstrip(".").lower()
    try:
        return name.encode("idna").decode()
    except UnicodeError:  # a label too long or empty: there is no such host, and no other spelling of it
        return name


class _Sieve:
    """Lets through what is neither watched nor found already, each problem once, and which watch is there already."""

    def __init__(self, parts: Parts, private: Collection[str], *, own: bool) -> None:
        """`private` are the hosts that turned out to lie in the owner's own network, which they allow to be asked."""
        self._parts, self._private, self._own = parts, private, own
        self._places: set[tuple[str, str]] = set()
        self._watched: dict[tuple[str, str], str] = {}
        self._names: set[tuple[str, str]] = set()
        self._problems: set[tuple[str, ...]] = set()
        self._in_doubt: list[Missed] = []
        self._offline = False
        for watch in parts.shop.watches():
            found_as = fold(watch.name).rpartition(" – ")[0]  # what follows when it is kept is the kind of place
            self._names.add((watch.source, found_as))
            source = parts.sources.get(watch.source)
            if source and (found := _tidied(source, watch.settings)):
                self._watched.setdefault((watch.source, comparable_place(found[1])), watch.name)

    def kept(self, errand: _Errand, outcome: Outcome) -> Iterator[Found | Missed]:
        """Yield what is to be told of one errand."""
        title = errand.source.title
        if isinstance(outcome, Problem):
            offline = outcome.code == OFFLINE_NOW
            self._offline = self._offline or offline
            title = "" if offline else title  # that is said once, of all places together
            about = sorted(map(str, outcome.args.values())) or [title]
            if (mark := (outcome.code, *about)) not in self._problems:
                self._problems.add(mark)
                if outcome.code in IN_DOUBT:
                    self._in_doubt.append(Missed(title, outcome))
                else:
                    yield Missed(title, outcome)
            return
        for number, suggestion in enumerate(outcome):
            source = self._parts.sources.get(suggestion.source)
            if source and (name := self._watched_as(source, suggestion)):
                yield from self._told_once(source.title, Problem(WATCHED, {"name": name}))
                continue
            watch = self._watch(source, suggestion, errand.hand) if source else None
            if source and watch:
                rank = (int(watch.kind is WatchKind.SEARCH), errand.number, number)
                yield Found(watch, source.title, rank, _doubt(watch.kind, suggestion, errand.hand))

    def in_doubt(self, *, any_answer: bool) -> tuple[Missed, ...]:
        """Return what is to be told at the end besides. Where nothing but names that nobody knows was met, that is no network."""
        if self._offline:
            return ()
        ours, typed = self._unknown(UNREACHABLE), self._unknown(NAME_UNKNOWN)
        if not any_answer and ours - typed and len(ours | typed) > 1:
            return (Missed("", Problem(OFFLINE_NOW)),)
        return tuple(self._in_doubt)

    def _unknown(self, code: str) -> set[str]:
        """Return the hosts of which that was met."""
        return {str(one.problem.args.get("host")) for one in self._in_doubt if one.problem.code == code}

    def _told_once(self, title: str, problem: Problem) -> Iterator[Missed]:
        mark = (problem.code, *map(str, problem.args.values()))
        if mark not in self._problems:
            self._problems.add(mark)
            yield Missed(title, problem)

    def _watched_as(self, source: Source, suggestion: Suggestion) -> str:
        """Return the name of the watch that a place has already, «» for none."""
        found = _tidied(source, suggestion.settings)
        return self._watched.get((source.id, comparable_place(found[1])), "") if found else ""

    def _watch(self, source: Source, suggestion: Suggestion, hand: InHand) -> Watch | None:
        """Return the watch to offer, None for one that was found already."""
        found = _tidied(source, suggestion.settings)
        if found is None or (source.id, comparable_place(found[1])) in self._places:
            return None
        settings, place = found
        self._places.add((source.id, comparable_place(place)))
        name = " ".join(suggestion.name.split()) or place
        if (source.id, fold(name)) in self._names:
            name = f"{name} ({place})"
        self._names.add((source.id, fold(name)))
        kind = suggestion.kind or source.kinds[0]
        return Watch(
            "",
            name[:LONGEST_NAME],
            source.id,
            kind,
            settings,
            own=self._own and kind is WatchKind.CHANNEL,
            required=suggestion.required,
            language=hand.language if kind is WatchKind.SEARCH else "",
            allow_private=_spelling(host_told(place)) in self._private,
        )


def _doubt(kind: WatchKind, suggestion: Suggestion, hand: InHand) -> Doubt:
    """Return why what was found may not be what the owner means."""
    if kind is WatchKind.SEARCH:
        return Doubt.BROAD if hand.name and not hand.town and len(hand.name.split()) == 1 else Doubt.NONE
    if not (hand.url or hand.handle):
        return Doubt.NAME
    return Doubt.LIST if suggestion.count else Doubt.NONE


def _tidied(source: Source, settings: Mapping[str, str]) -> tuple[Mapping[str, str], str] | None:
    """Return settings as they would be kept, and their place; None where the source fails at them."""
    try:
        tidy = source.tidy(settings)
        return tidy, source.place(tidy)
    except Exception:  # noqa: BLE001  a source may come from anybody; whoever keeps such settings meets the fault again
        return None
