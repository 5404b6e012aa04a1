"""A place that has moved for good: asked at its new address as long as anything is there, at the typed one where not."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

import pytest

from app.core.mention import Mention
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading
from app.core.problems import Problem
from app.core.watch import Move, Validators, Watch, WatchKind, WatchState
from app.listen.moves import PATIENCE, led_to
from app.listen.poll import Reached, poll_watch, signature
from app.words.problems import sentence

NOW = 1_800_000_000.0
TYPED, TARGET = "https://old.example/feed", "https://new.example/feed"
MOVES = {TYPED: Move(TARGET, 5, NOW - 3.5 * 86_400)}
WATCH = Watch("w", "Blog", "scripted", settings={"url": TYPED})
KNOWN = {TYPED: Validators('"of the target"', "", "h0", NOW)}
STATE = WatchState("w", moves=MOVES, validators=KNOWN, signature=signature(WATCH), heard_at=NOW - 60)


class Web:
    """Answers by address, and remembers what was asked with which validators."""

    def __init__(self, **by_host: Response | Problem) -> None:
        self.by_host = by_host
        self.asked: list[tuple[str, str, Validators | None]] = []

    def send(
        self, request: Request, known: Validators | None = None, *, allow_private: bool = False, patient: bool = True
    ) -> Response | Problem:
        assert patient or allow_private is False
        self.asked.append((request.method, request.url, known))
        answer = self.by_host[request.url.partition("://")[2].partition(".")[0]]
        if isinstance(answer, Problem):
            return answer
        return replace(answer, url=answer.url or request.url)

    @property
    def places(self) -> list[str]:
        return [url for _method, url, _known in self.asked]


class OneRequest:
    id = "scripted"
    title = "Scripted"
    kinds = (WatchKind.CHANNEL,)
    settings = ()
    shortest_interval = 1
    help_page = ""

    def __init__(self, *requests: Request) -> None:
        self.requests = requests or (Request(TYPED),)

    def poll(self, poll: Poll) -> Generator[Request, Response, Reading]:
        mentions: list[Mention] = []
        for request in self.requests:
            response = yield request
            if response.body == b"a page":
                return Reading(bookmark=poll.bookmark, problem=Problem("sources.page_not_feed", {"host": "x"}))
            if not response.unchanged:
                mentions.append(Mention("scripted", response.body.decode()))
        return Reading(tuple(mentions), {"at": "7"})


def _ok(body: bytes = b"heard", **more: object) -> Response:
    return replace(Response("", 200, {}, body, validators=Validators("e1", "", "h1", NOW)), **more)  # type: ignore[arg-type]


def _poll(web: Web, state: WatchState = STATE, watch: Watch = WATCH, source: OneRequest | None = None) -> Reached:
    return poll_watch(watch, state, source or OneRequest(), web, now=NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "dead",
    [
        Response("", 404),
        Response("", 410),
        Problem("net.refused", {"host": "new.example"}),
        Problem("net.name_unknown", {"host": "new.example"}),
        Problem("net.tls", {"host": "new.example", "why": "expired"}),
        _ok(b"a page"),
    ],
)
def test_where_a_move_leads_nowhere_the_typed_address_is_asked_in_the_same_poll(dead: Response | Problem) -> None:
    web = Web(new=dead, old=_ok())
    reached = _poll(web)
    assert web.places == [TARGET, TYPED]
    assert [mention.key for mention in reached.mentions] == ["heard"]
    assert (reached.problem, reached.state.moves) == (None, {})
    assert web.asked[1][2] is None, "what is known of the target says nothing of the typed address"


@pytest.mark.parametrize(
    "passing",
    [
        Response("", 503, fresh_for=60.0),
        Response("", 429),
        Response("", 500),
        Response("", 403),
        Problem("net.timeout", {"host": "new.example"}),
        Problem("net.offline"),
        Problem("net.waiting", {"host": "new.example"}, retry_at=NOW + 60),
        Problem("net.closed"),
    ],
)
def test_what_passes_is_waited_for_at_the_new_address(passing: Response | Problem) -> None:
    web = Web(new=passing)
    reached = _poll(web)
    assert web.places == [TARGET]
    assert reached.problem is not None
    assert reached.state.moves == MOVES


def test_what_does_not_pass_is_given_up_in_the_end() -> None:
    for passing, times in ((Response("", 500), 2), (Problem("net.timeout"), 2), (Problem("net.offline"), 1)):
        web = Web(new=passing, old=_ok())
        _poll(web, replace(STATE, failures=PATIENCE))
        assert len(web.places) == times


def test_a_place_that_answers_is_not_asked_twice() -> None:
    web = Web(new=_ok(b"", unchanged=True))
    reached = _poll(web)
    assert web.asked == [("GET", TARGET, KNOWN[TYPED])]
    assert reached.state.moves == MOVES


def test_where_both_are_dead_the_move_is_kept_and_the_new_address_named() -> None:
    web = Web(new=Problem("net.tls", {"host": "new.example", "why": "expired"}), old=Problem("net.name_unknown"))
    reached = _poll(web)
    assert reached.state.moves == MOVES, "tomorrow its certificate is renewed, and the old host is gone for good"
    assert reached.problem
    assert (reached.problem.code, reached.problem.args["led_to"]) == ("net.tls", "new.example/feed")
    assert "new.example/feed" in sentence(reached.problem)


def test_a_target_gone_for_good_does_not_end_a_watch_whose_own_place_may_come_back() -> None:
    late = Problem("net.name_unknown", {"host": "old.example"})
    assert _poll(Web(new=Response("", 410), old=late)).problem == late


def test_a_page_in_place_of_the_feed_at_both_is_told_of_the_new_address() -> None:
    web = Web(new=_ok(b"a page"), old=_ok(b"a page"))
    reached = _poll(web)
    assert web.places == [TARGET, TYPED]
    assert reached.problem
    assert reached.problem.args == {"host": "x", "led_to": "new.example/feed"}
    assert reached.state.moves == MOVES


def test_a_status_the_source_understands_counts_as_nothing_there() -> None:
    web = Web(new=Response("", 404), old=_ok())
    reached = _poll(web, source=OneRequest(Request(TYPED, errors=(404,))))
    assert (web.places, reached.problem, reached.state.moves) == ([TARGET, TYPED], None, {})


def test_what_is_no_reading_is_never_sent_twice() -> None:
    web = Web(new=Response("", 404))
    reached = _poll(web, source=OneRequest(Request(TYPED, "POST", body=b"x")))
    assert web.places == [TARGET]
    assert reached.problem
    web = Web(new=_ok(b"a page"))
    _poll(web, source=OneRequest(Request(TYPED, "POST", body=b"x")))
    assert web.places == [TARGET]


def test_an_address_that_never_moved_is_asked_once() -> None:
    web = Web(old=Response("", 404))
    reached = _poll(web, replace(STATE, moves={}))
    assert web.places == [TYPED]
    assert reached.problem == Problem("watch.not_found", {"status": 404, "host": "old.example"})


def test_a_move_still_told_after_all_counts_on() -> None:
    web = Web(new=Response("", 404), old=_ok(moved=TARGET))
    assert _poll(web).state.moves == {TYPED: replace(MOVES[TYPED], times=6)}


def test_other_words_leave_a_move_and_another_address_forgets_it() -> None:
    worded = replace(WATCH, required=("kawa",))
    web = Web(new=_ok())
    assert _poll(web, watch=worded).state.moves == MOVES, "the old host may be gone by now"
    elsewhere = replace(WATCH, settings={"url": "https://third.example/"})
    web = Web(third=_ok(), old=_ok())
    state = _poll(web, watch=elsewhere, source=OneRequest(Request("https://third.example/"))).state
    assert state.moves == {}
    _poll(web, state)
    assert web.places[-1] == TYPED


def test_addresses_that_differ_at_each_poll_do_not_pile_up() -> None:
    state = STATE
    for page in range(5):
        page_url = f"https://old.example/feed?since={page}"
        web = Web(old=_ok(moved="https://new.example/x"))
        state = _poll(web, state, source=OneRequest(Request(page_url))).state
    assert list(state.moves) == ["https://old.example/feed?since=4"]


@pytest.mark.parametrize("asked", ["http://www.old.example/feed/", TYPED, "", "https://old.example/feed?utm_source=x"])
def test_the_same_place_is_not_told_twice(asked: str) -> None:
    problem = Problem("watch.not_found", {"host": "old.example"})
    assert led_to(problem, TYPED, asked) == problem


def test_where_a_redirect_led_is_told_without_its_query() -> None:
    web = Web(old=Response("https://www.cdn.example/a/b?token=x#y", 404))
    problem = _poll(web, replace(STATE, moves={})).problem
    assert problem
    assert problem.args == {"status": 404, "host": "www.cdn.example", "led_to": "www.cdn.example/a/b"}
