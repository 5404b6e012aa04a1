"""A place that has moved for good: asked at its new address as long as anything is there, at the typed one where not."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

import pytest

from app.core.mention import Mention
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading
from app.core.problems import Problem
from app.core.signature import signature
from app.core.watch import Move, Validators, Watch, WatchKind, WatchState
from app.listen.moves import PATIENCE, led_to
from app.listen.poll import Reached, poll_watch
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


REFUSED = Problem("net.refused", {"host": "new.example"})
NAMELESS = Problem("net.name_unknown", {"host": "new.example"})
EXPIRED = Problem("net.tls", {"host": "new.example", "why": "expired"})
GIVEN_UP = {TYPED: replace(MOVES[TYPED], dead_since=NOW)}


@pytest.mark.parametrize("dead", [Response("", 404), Response("", 410), NAMELESS, _ok(b"a page")])
def test_where_a_move_leads_nowhere_the_typed_address_is_asked_in_the_same_poll(dead: Response | Problem) -> None:
    web = Web(new=dead, old=_ok())
    reached = _poll(web)
    assert web.places == [TARGET, TYPED]
    assert [mention.key for mention in reached.mentions] == ["heard"]
    assert (reached.problem, reached.state.moves) == (None, GIVEN_UP)
    assert web.asked[1][2] is None, "what is known of the target says nothing of the typed address"


@pytest.mark.parametrize(
    "passing",
    [
        Response("", 503, fresh_for=60.0),
        Response("", 429),
        Response("", 500),
        Response("", 403),
        Problem("net.timeout", {"host": "new.example"}),
        REFUSED,
        EXPIRED,
        Problem("net.no_tls", {"host": "new.example"}),
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
    lasting = (Response("", 500), Problem("net.timeout"), REFUSED, EXPIRED, Problem("net.no_tls"))
    for passing, times in ((Problem("net.offline"), 1), *((one, 2) for one in lasting)):
        web = Web(new=passing, old=_ok())
        _poll(web, replace(STATE, failures=PATIENCE))
        assert len(web.places) == times


def test_a_place_that_answers_is_not_asked_twice() -> None:
    web = Web(new=_ok(b"", unchanged=True))
    reached = _poll(web)
    assert web.asked == [("GET", TARGET, KNOWN[TYPED])]
    assert reached.state.moves == MOVES


def test_where_both_are_dead_the_move_is_kept_and_the_new_address_named() -> None:
    web = Web(new=EXPIRED, old=Problem("net.name_unknown"))
    reached = _poll(web, replace(STATE, failures=PATIENCE))
    assert web.places == [TARGET, TYPED]
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
    assert (web.places, reached.problem, reached.state.moves) == ([TARGET, TYPED], None, GIVEN_UP)


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


def test_a_place_refused_once_is_heard_where_it_moved_to_and_its_old_address_is_left_alone() -> None:
    reached = _poll(Web(new=REFUSED, old=_ok(b"domain for sale")))
    assert reached.problem
    assert (reached.problem.code, reached.problem.args["led_to"]) == ("net.refused", "new.example/feed")
    web = Web(new=_ok(b"awful"))
    assert [mention.key for mention in _poll(web, reached.state).mentions] == ["awful"]
    assert web.asked == [("GET", TARGET, KNOWN[TYPED])]


@pytest.mark.parametrize("lasting", [REFUSED, EXPIRED, Response("", 404), Response("", 500), _ok(b"a page")])
def test_a_move_outlasts_what_the_old_address_answers_and_both_are_asked(lasting: Response | Problem) -> None:
    state = replace(STATE, failures=PATIENCE)
    for poll in range(5):
        web = Web(new=lasting, old=_ok(b"", unchanged=poll > 0))
        reached = _poll(web, state)
        assert web.places == [TARGET, TYPED], "the patience is not begun anew at each poll"
        assert (reached.problem, reached.state.moves) == (None, GIVEN_UP)
        assert [known for *_, known in web.asked] == [
            None if poll else KNOWN[TYPED],
            state.validators[TYPED] if poll else None,
        ]
        state = replace(reached.state, failures=0)
    web = Web(new=_ok(b"awful"))
    reached = _poll(web, state)
    assert [mention.key for mention in reached.mentions] == ["awful"]
    assert (web.asked, reached.state.moves) == ([("GET", TARGET, None)], MOVES), "what is known is of the old address"
    web = Web(new=REFUSED)
    assert _poll(web, reached.state).problem
    assert web.places == [TARGET], "and its patience is whole again"


@pytest.mark.parametrize("passing", [Problem("net.offline"), Problem("net.closed"), Response("", 429)])
def test_a_place_long_dead_is_not_taken_for_so_where_nobody_was_asked(passing: Response | Problem) -> None:
    web = Web(new=passing)
    assert _poll(web, replace(STATE, moves=GIVEN_UP)).problem
    assert web.places == [TARGET]


@pytest.mark.parametrize(("days", "kept"), [(1.9, True), (2.0, False)])
def test_where_the_old_address_leads_elsewhere_counts_once_the_first_place_is_long_dead(
    days: float, kept: bool
) -> None:
    since = {TYPED: replace(MOVES[TYPED], dead_since=NOW - days * 86_400)}
    third = "https://third.example/feed"
    moves = _poll(Web(new=NAMELESS, old=_ok(moved=third)), replace(STATE, moves=since)).state.moves
    assert moves == (since if kept else {TYPED: Move(third, 1, NOW)})


@pytest.mark.parametrize("dead", [REFUSED, EXPIRED, NAMELESS, Response("", 404)])
def test_what_the_old_address_sends_is_not_laid_at_the_new_ones_door(dead: Response | Problem) -> None:
    web = Web(new=dead, old=_ok(b"a page"))
    reached = _poll(web, replace(STATE, failures=PATIENCE))
    assert web.places == [TARGET, TYPED], "each once"
    code = dead.code if isinstance(dead, Problem) else "watch.not_found"
    assert reached.problem
    assert (reached.problem.code, reached.problem.args["led_to"]) == (code, "new.example/feed")
    assert reached.state.moves == MOVES


@pytest.mark.parametrize("errors", [(), (404, 410)])
def test_a_source_that_understands_the_status_asks_no_address_more_often(errors: tuple[int, ...]) -> None:
    web = Web(new=Response("", 404), old=_ok(b"a page"))
    problem = _poll(web, source=OneRequest(Request(TYPED, errors=errors))).problem
    assert problem
    assert (problem.code, problem.args) == (
        "watch.not_found",
        {"status": 404, "host": "new.example", "led_to": "new.example/feed"},
    )
    assert web.places == [TARGET, TYPED]


@pytest.mark.parametrize("errors", [(), (410,)])
def test_of_a_target_gone_for_good_it_is_not_said_so_while_the_old_address_answers_something(
    errors: tuple[int, ...],
) -> None:
    web = Web(new=Response("", 410), old=_ok(b"a page"))
    problem = _poll(web, source=OneRequest(Request(TYPED, errors=errors))).problem
    assert problem == Problem("sources.page_not_feed", {"host": "x"}), "else the watch would never be polled again"
    assert web.places == [TARGET, TYPED]


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
