"""When a watch is polled next."""

from dataclasses import replace

import pytest

from app.core.problems import Problem
from app.core.signature import signature
from app.core.watch import Watch, WatchState
from app.listen.due import ASKED_UNTIL, MORE_AFTER, NEVER, failure_of, planned, settled

WATCH = Watch("w", "Blog", "feed", interval=600)
STATE = WatchState("w")
NOW = 1_800_000_000.0


def test_good_poll_is_due_after_the_interval_and_clears_failures() -> None:
    state = settled(WATCH, WatchState("w", failures=4, problem=Problem("net.timeout")), None, 0.0, NOW)
    assert (state.failures, state.problem, state.next_due) == (0, None, NOW + 600)


def test_what_the_server_asks_for_is_honoured_up_to_a_day() -> None:
    assert settled(WATCH, STATE, None, 1800.0, NOW).next_due == NOW + 1800
    assert settled(WATCH, STATE, None, 10.0, NOW).next_due == NOW + 600
    assert settled(WATCH, STATE, None, 9e9, NOW).next_due == NOW + 86_400


def test_where_there_is_more_the_next_poll_comes_soon_but_not_sooner_than_asked_for() -> None:
    assert settled(WATCH, STATE, None, 0.0, NOW, more=True).next_due == NOW + MORE_AFTER
    assert settled(WATCH, STATE, None, 30.0, NOW, more=True).next_due == NOW + 30
    assert settled(WATCH, STATE, Problem("net.timeout"), 0.0, NOW, more=True).next_due == NOW + 600


def test_failures_back_off_and_are_counted() -> None:
    state, waits, now = STATE, [], NOW
    for _ in range(8):
        state = settled(WATCH, state, Problem("net.timeout"), 0.0, now)
        waits.append(state.next_due - now)
        now = state.next_due
    assert state.failures == 8
    assert waits[:3] == [600, 1200, 2400]
    assert waits[-1] == 6 * 3600
    assert waits == sorted(waits)


@pytest.mark.parametrize(
    ("code", "longest"), [("watch.not_found", 24), ("watch.denied", 24), ("watch.server_error", 6), ("net.timeout", 6)]
)
def test_a_place_that_is_not_there_or_lets_nobody_in_is_asked_once_a_day_in_the_end(code: str, longest: int) -> None:
    state = settled(WATCH, WatchState("w", failures=20), Problem(code), 0.0, NOW)
    assert state.next_due - NOW == longest * 3600


def test_a_check_before_its_time_is_no_further_failure() -> None:
    once = settled(WATCH, STATE, Problem("net.timeout"), 0.0, NOW)
    again = settled(WATCH, once, Problem("net.timeout"), 0.0, NOW + 20)
    assert (once.failures, again.failures) == (1, 1)
    assert again.next_due == NOW + 620


def test_offline_is_nobodys_failure_and_soon_tried_again() -> None:
    before = WatchState("w", failures=2, problem=Problem("watch.not_found"))
    state = settled(WATCH, before, Problem("net.offline"), 0.0, NOW)
    assert state.failures == 2
    assert state.problem == Problem("watch.not_found")
    assert state.next_due == NOW + 60


def test_what_a_place_failed_with_is_remembered_while_it_is_left_alone() -> None:
    failed = Problem("watch.denied", {"host": "a.example", "status": 403, "code": 5})
    waits = Problem("net.waiting", {"host": "a.example", "seconds": 9}, NOW + 9)
    state = settled(WATCH, STATE, failed, 0.0, NOW)
    for _ in range(2):
        state = settled(WATCH, state, waits, 0.0, NOW)
        assert state.problem
        assert (state.problem.code, state.failures, state.next_due) == ("net.waiting", 1, NOW + 60)
        assert failure_of(state.problem) == replace(failed, retry_at=NOW + 9)
    assert settled(WATCH, state, Problem("net.offline"), 0.0, NOW).problem == state.problem
    assert settled(WATCH, state, None, 0.0, NOW).problem is None


@pytest.mark.parametrize("code", ["", "net.offline", "net.waiting", "net.login_wanted", "core.no_memory"])
def test_a_wait_for_nothing_that_failed_is_no_failure(code: str) -> None:
    before = replace(STATE, problem=Problem(code, {"host": "a.example"}) if code else None)
    waits = Problem("net.waiting", {"host": "a.example"}, NOW + 9)
    assert settled(WATCH, before, waits, 0.0, NOW).problem == waits
    assert failure_of(waits) is None


def test_another_failure_takes_the_place_of_the_one_before() -> None:
    before = WatchState("w", failures=2, problem=Problem("watch.not_found"))
    state = settled(WATCH, before, Problem("net.timeout"), 0.0, NOW)
    assert (state.failures, state.problem) == (3, Problem("net.timeout"))


def test_a_wait_is_kept_to_and_is_no_failure() -> None:
    state = settled(WATCH, STATE, Problem("net.rate_limited", {}, NOW + 5000), 0.0, NOW)
    assert state.failures == 0
    assert state.next_due == NOW + 5000


def test_an_absurd_wait_is_cut_to_a_week() -> None:
    state = settled(WATCH, STATE, Problem("net.waiting", {}, NOW + 1e9), 0.0, NOW)
    assert state.next_due == NOW + 7 * 86_400


def test_gone_is_not_asked_again() -> None:
    state = settled(WATCH, STATE, Problem("watch.gone"), 0.0, NOW)
    assert state.next_due == NEVER
    assert state.problem == Problem("watch.gone")


def test_the_interval_counts_from_the_start_of_a_good_poll() -> None:
    assert settled(WATCH, STATE, None, 0.0, NOW, started=NOW - 5).next_due == NOW + 595
    assert settled(WATCH, STATE, None, 600.0, NOW, started=NOW - 5).next_due == NOW + 600
    assert settled(WATCH, STATE, None, 0.0, NOW, started=NOW + 9999).next_due == NOW + 600
    assert settled(WATCH, STATE, Problem("net.timeout"), 0.0, NOW, started=NOW - 25).next_due == NOW + 600


def test_a_start_keeps_to_what_was_planned() -> None:
    known = WatchState("w", next_due=NOW + 50, polled_at=NOW - 550, signature=signature(WATCH))
    assert planned(WATCH, known, NOW) == NOW + 50
    assert planned(WATCH, known, NOW + 100) == NOW + 100


def test_a_new_or_changed_watch_and_one_polled_in_the_future_are_due_at_once() -> None:
    known = WatchState("w", next_due=NOW + 50, polled_at=NOW, signature=signature(WATCH))
    assert planned(WATCH, STATE, NOW) == NOW
    assert planned(replace(WATCH, required=("x",)), known, NOW) == NOW
    assert planned(WATCH, replace(known, polled_at=NOW + 90_000, next_due=NOW + 90_600), NOW) == NOW


def test_an_interval_made_shorter_counts_from_the_last_poll() -> None:
    known = WatchState("w", next_due=NOW + 7 * 86_400, polled_at=NOW, signature=signature(WATCH))
    hurried = replace(WATCH, hurried_at=NOW + 100)
    assert planned(hurried, known, NOW + 100) == NOW + 600
    assert planned(hurried, known, NOW + 900) == NOW + 900
    assert planned(hurried, replace(known, polled_at=NOW + 200), NOW + 200) == NOW + 7 * 86_400
    assert planned(hurried, replace(known, next_due=NOW + 300), NOW + 100) == NOW + 300


def test_an_interval_made_shorter_shortens_the_wait_after_failures_but_not_what_a_place_asked_for() -> None:
    known = WatchState("w", next_due=NOW + 7 * 86_400, polled_at=NOW, signature=signature(WATCH), failures=2)
    hurried = replace(WATCH, hurried_at=NOW + 100)

    def due(problem: Problem) -> float:
        return planned(hurried, replace(known, problem=problem), NOW + 100) - NOW

    assert due(Problem("net.timeout")) == 1_200
    assert due(Problem("net.rate_limited", {}, NOW + 7 * 86_400)) == 7 * 86_400
    assert due(Problem("watch.gone")) == 7 * 86_400


def shortened_after(asks: float, problem: Problem | None = None, *, longest: int = 3_600) -> float:
    """Return the seconds from a poll that asked for a wait to the next one, the interval made shorter in between."""
    polled = WatchState("w", polled_at=NOW, heard_at=NOW, signature=signature(WATCH))
    state = settled(replace(WATCH, interval=longest), polled, problem, asks, NOW, started=NOW)
    return planned(replace(WATCH, hurried_at=NOW + 60), state, NOW + 120) - NOW


def test_an_interval_made_shorter_keeps_to_what_the_place_asked_for() -> None:
    assert shortened_after(0.0) == 600
    assert shortened_after(300.0) == 600
    assert shortened_after(1_800.0) == 1_800
    assert shortened_after(6 * 3_600.0) == 6 * 3_600
    assert shortened_after(9e9) == 86_400
    assert shortened_after(9e9, longest=7 * 86_400) == 86_400
    assert shortened_after(1_800.0, Problem("watch.server_error")) == 1_800
    assert shortened_after(0.0, Problem("watch.server_error")) == 600
    assert shortened_after(9_000.0, Problem("net.not_found_now", {"since": NOW})) == 120  # at once


def test_what_a_place_asked_for_is_forgotten_with_the_next_answer_and_the_sources_own_marks_are_not() -> None:
    asked = settled(WATCH, replace(STATE, bookmark={"at": "7"}), None, 1_800.0, NOW)
    assert asked.bookmark == {"at": "7", ASKED_UNTIL: str(NOW + 1_800)}
    for problem in (None, Problem("net.timeout"), Problem("net.offline")):
        assert settled(WATCH, asked, problem, 0.0, NOW + 1_800).bookmark == {"at": "7"}


@pytest.mark.parametrize("mark", ["", "nan", "inf", "soon"])
def test_a_spoilt_mark_of_what_was_asked_for_holds_nobody_up(mark: str) -> None:
    known = WatchState(
        "w", {ASKED_UNTIL: mark}, next_due=NOW + 86_400, polled_at=NOW, heard_at=NOW, signature=signature(WATCH)
    )
    assert planned(replace(WATCH, hurried_at=NOW + 60), known, NOW + 120) == NOW + 600


def test_an_interval_made_shorter_while_the_clock_ran_ahead_hurries_no_poll_until_then() -> None:
    ahead = replace(WATCH, hurried_at=NOW + 30 * 86_400)
    known = WatchState("w", next_due=NOW + 6 * 3_600, polled_at=NOW, signature=signature(WATCH))
    assert planned(ahead, known, NOW + 120) == NOW + 6 * 3_600
    assert planned(replace(ahead, hurried_at=NOW + 120), known, NOW + 120) == NOW + 600


def test_a_network_that_stands_between_is_nobodys_failure_and_soon_tried_again() -> None:
    long = replace(WATCH, interval=3_600)
    for code, wait in (("net.not_found_now", 60), ("net.login_wanted", 180)):
        problem = Problem(code, {"since": NOW - 600})
        state = settled(long, WatchState("w", failures=2), problem, 9_000.0, NOW)
        assert (state.failures, state.problem, state.next_due) == (2, problem, NOW + wait)
        lasting = settled(long, STATE, replace(problem, args={"since": NOW - 7 * 3_600}), 0.0, NOW)
        assert (lasting.failures, lasting.next_due) == (0, NOW + 3_600)
