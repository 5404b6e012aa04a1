"""One poll of one watch, of any source: the source asks, the net answers, and the new state of the watch comes out."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, cast

from app.core.address import without_user
from app.core.blocked import author_print
from app.core.identity import Prints
from app.core.mention import Mention
from app.core.moves import answered_last, believed
from app.core.ports.mail import MailAnswer, MailRequest
from app.core.ports.net import Asking, Request, Response
from app.core.ports.source import LASTING, Poll, Reading, Source, Suggestion
from app.core.preferences import Preferences
from app.core.problems import SILENT, Problem, ProblemError
from app.core.signature import covers, heard_as, is_first, signature, todays
from app.core.statuses import status_problem
from app.core.verdict import Verdict
from app.core.watch import HostState, Move, Validators, Watch, WatchState
from app.listen.moves import is_dead, is_dead_now, led_to, moves_after, still_asked

OFFLINE_NOW = "listen.offline_now"
"""The code of «no network» where somebody waits for the answer and nothing is caught up later."""

BLOCKED = "blocked"
"""Where a bookmark keeps the prints of who was blocked when it was made."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a second process has done already for a poll: the mentions about us, their prints, verdicts by key, hosts."""

    mentions: tuple[Mention, ...]
    prints: tuple[Prints, ...]
    verdicts: Mapping[str, Verdict]
    hosts: tuple[HostState, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """What a poll brought: mentions read, the state the watch would have next, and why it failed if it did.

    `asks` is how many seconds server and source ask us to wait until the next poll. With `looked` set `mentions` are
    there and not here. `gone`, `secrets` and `more` are those of the source's reading.
    """

    mentions: tuple[Mention, ...]
    state: WatchState
    asks: float = 0.0
    title: str = ""
    problem: Problem | None = None
    suggestions: tuple[Suggestion, ...] = ()
    looked: Looked | None = None
    gone: tuple[str, ...] = ()
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    more: bool = False


def unblocked(state: WatchState, preferences: Preferences) -> WatchState:
    """Return the state to poll with: where somebody is blocked no longer, what was read is read once more, changed or not."""
    marks, before = blocked_marks(preferences), state.bookmark.get(BLOCKED, "").split()
    if before == marks:
        return state
    mark = {BLOCKED: " ".join(marks)} if marks else {}
    if set(before) <= set(marks):  # only more are blocked than last time: nothing was left out that is wanted now
        return replace(state, bookmark={**state.bookmark, **mark})
    return replace(state, validators={}, bookmark={**_lasting(state), **mark})


def blocked_marks(preferences: Preferences) -> list[str]:
    """Return a short print of each blocked author and site, in order: of an author the same once they are forgotten."""
    authors = {f"author {author_print(name)}" for name in preferences.blocked_authors}
    sites = {f"site {name}" for name in preferences.blocked_sites}
    return sorted(hashlib.blake2b(name.encode(), digest_size=4).hexdigest() for name in authors | sites)


def begun(watch: Watch, state: WatchState) -> WatchState:
    """Return the state a poll begins with: one of a watch that would hear more or other things forgets what it has read."""
    after = replace(state, signature=signature(watch), heard_as=todays(heard_as(state), watch))
    if covers(state.signature, watch):
        return after
    return replace(after, validators={}, bookmark={**_lasting(state), **_blocked(state)})


def _blocked(state: WatchState) -> dict[str, str]:
    """Return what a bookmark keeps of who was blocked when it was made."""
    return {BLOCKED: state.bookmark[BLOCKED]} if BLOCKED in state.bookmark else {}


def _lasting(state: WatchState) -> dict[str, str]:
    """Return what a bookmark keeps though everything is read anew: what was spent, for one."""
    return {name: value for name, value in state.bookmark.items() if name.startswith(LASTING)}


def with_what_lasts(before: WatchState, after: WatchState) -> WatchState:
    """Return the state before a poll that could not be stored, with what lasts of the one after: money spent is spent."""
    return replace(before, bookmark={**before.bookmark, **_lasting(after)})


def offline_in_doubt(problem: Problem) -> Problem:
    """Return «no network» as it is told where one place is asked for the first time: silent name servers alone prove nothing."""
    if problem.is_offline and problem.args.get("why") == SILENT:
        return replace(problem, code="net.name_unknown")
    return Problem(OFFLINE_NOW) if problem.is_offline else problem


def host_told(url: str) -> str:
    """Return the host of an address for a sentence: never its path or query, where secrets may stand."""
    return url.split("://", 1)[-1].split("/", 1)[0].split("?", 1)[0].rsplit("@", 1)[-1]


class _Exchange:
    """The requests and answers of one poll. With `typed` no move is believed: every address is asked as the watch has it."""

    def __init__(
        self, watch: Watch, state: WatchState, net: Asking, now: float, *, patient: bool, typed: bool = False
    ) -> None:
        self._watch, self._state, self._net, self._now, self._patient = watch, state, net, now, patient
        self._typed = typed
        self._reads_only = True
        self._goes_back = True
        self.led = ""
        """The moved address that gave the last answer of such, «» where the typed one gave it."""
        self.dead: Problem | None = None
        """What is wrong with the moved address in whose place the typed one gave that answer."""
        self.validators: dict[str, Validators] = {}
        self.moves: Mapping[str, Move] = state.moves
        self.asked: set[str] = set()
        self.asks = 0.0

    @property
    def may_ask_typed(self) -> bool:
        """Say whether all may be asked once more as the watch has it: nothing but reading was, and it was not asked yet."""
        return self._reads_only and self._goes_back

    def answer(self, request: Request | MailRequest) -> Response | MailAnswer | Problem:
        if isinstance(request, MailRequest):
            self._reads_only = False
            return self._net.fetch_mail(request, allow_private=self._watch.allow_private, patient=self._patient)
        reads = request.method.upper() in {"GET", "HEAD"}
        self._reads_only = self._reads_only and reads
        target = request.url if self._typed else believed(self.moves, request.url, self._now)
        there = self._ask(request, target)
        if target == request.url:
            return there
        self.led, self.dead = target, None
        if not (reads and is_dead(there, self._state.failures, self.moves[request.url])):
            return there
        self._goes_back = False
        back = self._ask(request, request.url)
        problem = _problem_of(there, request.url)
        is_gone = problem is not None and problem.code == "watch.gone"
        if is_dead_now(back) and not (is_gone and isinstance(there, Problem)):
            return there
        self.led, self.dead = "", None if is_gone else problem
        return back

    def _ask(self, request: Request, target: str) -> Response | Problem:
        """Ask an address in place of the request's own, or that one; what was kept of the one asked before is of no use there."""
        url = request.url
        answered = target == answered_last(self._state.moves, url, self._now)
        known = self._state.validators.get(url) if answered else None
        asked = replace(request, url=target) if target != url else request
        response = self._net.send(asked, known, allow_private=self._watch.allow_private, patient=self._patient)
        self.asked.add(url)
        if isinstance(response, Problem):
            return led_to(response, url, target)
        self.asks = max(self.asks, response.fresh_for)
        if problem := status_problem(response.status, host_told(response.url or target)):
            if response.status in request.errors:
                return response
            return led_to(replace(problem, retry_at=response.asked_until(self._now)), url, response.url)
        self.validators[url] = response.validators
        self.moves = moves_after(self.moves, url, target, response.moved, self._now)
        return response


def _problem_of(answer: Response | Problem, url: str) -> Problem | None:
    """Return what is wrong with a place in which an answer was given in the place of an address."""
    if isinstance(answer, Problem):
        return answer
    problem = status_problem(answer.status, host_told(answer.url))
    return led_to(problem, url, answer.url) if problem else None


def poll_watch(
    watch: Watch,
    state: WatchState,
    source: Source,
    net: Asking,
    *,
    now: float,
    secrets: Mapping[str, str] | None = None,
    patient: bool = True,
) -> Reached:
    """Poll a watch and return what that brought; never raises for anything the other side does."""
    first = is_first(watch, state)
    state = begun(watch, state)
    exchange = _Exchange(watch, state, net, now, patient=patient)
    poll = Poll(watch, now, state.bookmark, secrets or {}, first)
    outcome = _converse(source, poll, exchange)
    if isinstance(outcome, Reading) and _is_nothing(outcome, poll):
        typed = _Exchange(watch, state, net, now, patient=patient, typed=True)
        anew = _converse(source, poll, typed) if exchange.led and exchange.may_ask_typed else None
        if isinstance(anew, Reading) and anew.problem is None:
            exchange, outcome = typed, anew
        elif exchange.dead:  # the nothing is of the address that the place has moved away from
            outcome = exchange.dead
        elif outcome.problem:
            outcome = replace(outcome, problem=led_to(outcome.problem, "", exchange.led))
    if isinstance(outcome, Problem):
        return Reached((), replace(state, polled_at=now), exchange.asks, problem=outcome)
    asks = max(exchange.asks, outcome.wait)
    mentions = tuple(map(_without_user, outcome.mentions))
    told = partial(Reached, mentions, gone=outcome.gone, secrets=outcome.secrets, more=outcome.more)
    bookmark = {**outcome.bookmark, **_blocked(state)}
    if outcome.problem:
        kept = replace(state, polled_at=now, bookmark=bookmark if outcome.bookmark else state.bookmark)
        return told(kept, asks, outcome.title, outcome.problem, outcome.suggestions)
    heard = replace(
        state,
        bookmark=bookmark,
        validators={} if outcome.cut else exchange.validators or state.validators,
        moves=still_asked(exchange.moves, exchange.asked) if exchange.asked else state.moves,
        polled_at=now,
        heard_at=now,
        heard_as=state.signature,
    )
    return told(heard, asks, outcome.title)


def _without_user(mention: Mention) -> Mention:
    """Return a mention whose address opens at the host it seems to name; its key stays, by which it is known."""
    address = without_user(mention.url)
    return mention if address == mention.url else replace(mention, url=address)


def _is_nothing(reading: Reading, poll: Poll) -> bool:
    """Say whether what a source was sent is not what it reads, such as a page in place of a feed."""
    foreign = reading.problem is not None and reading.problem.code.startswith("sources.")
    brought = reading.mentions or reading.secrets or reading.bookmark not in ({}, poll.bookmark)
    return foreign and not brought


def _converse(source: Source, poll: Poll, exchange: _Exchange) -> Reading | Problem:
    """Hold the conversation of a poll to its end. Where a source goes on after a problem, its reading has the first one."""
    steps = cast("Generator[Request | MailRequest, Response | MailAnswer, Reading]", source.poll(poll))
    met: ProblemError | None = None
    try:
        request = next(steps)
        while True:
            answer = exchange.answer(request)
            if not isinstance(answer, Problem):
                request = steps.send(answer)
                continue
            error = ProblemError(answer)
            met = met or error
            try:
                request = steps.throw(error)
            except ProblemError as raised:
                if raised is not error:
                    raise
                return met.problem
    except StopIteration as done:
        reading: Reading = done.value
        return replace(reading, problem=reading.problem or met.problem) if met else reading


def broken_off(steps: Generator[Any, Any, Any], problem: Problem) -> Any:
    """Tell a source that its last request came to nothing; return what it makes of it, None where it makes nothing.

    It is raised in the source, as `ProblemError`: one that has renewed a secret by then catches it and returns that.
    """
    error = ProblemError(problem)
    try:
        steps.throw(error)
    except StopIteration as done:
        return done.value
    except ProblemError as raised:
        if raised is not error:
            raise
    finally:
        steps.close()
    return None
