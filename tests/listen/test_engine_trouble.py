"""The listener in trouble: crashes, full disks, sleep, clocks that jump."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from fakes.pages import PageSource
from fakes.profile import Profile

from app.core.messages import Arrived, CorrectionsChanged, Failed, Polled, PollNow, ShopChanged, Status, Woke
from app.core.ports.archive import Heard, Stored
from app.core.ports.source import Poll, Steps
from app.core.preferences import Preferences
from app.core.problems import Problem, ProblemError
from app.listen import engine, plan
from app.listen.listening import Listening

AWFUL = "1; Anna @anna; The bread was awful and nobody answers the phone."
HOUR = 3600.0


def test_a_source_that_crashes_is_told_once_and_polled_again(profile: Profile, allowed_logs: list[str]) -> None:
    allowed_logs.append("crashed")
    profile.watch("a", "crash", interval=1)
    with profile.listening() as (listener, ears):
        ears.expect(Polled)
        listener.obey(PollNow())
        ears.expect(Polled, 2)
        profile.web.pages["https://a.example/feed"] = AWFUL
        listener.obey(PollNow())
        ears.expect(Arrived)
        ears.expect(Polled, problem=None)
    (failed,) = ears.of(Failed)
    assert failed.problem == Problem("listen.crashed", {"name": "A", "error": "ZeroDivisionError"})
    assert [p.problem for p in ears.of(Polled)[:2]] == [failed.problem] * 2
    assert profile.listener_archive.states()["a"].failures == 0


def test_what_cannot_be_stored_is_polled_seldomer_and_soon_once_it_can(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "UNSTORED_RETRY", 0.2)
    profile.listener_archive.problem = full = Problem("stores.disk_full", {"path": "archive"})
    profile.watch("a", AWFUL)
    profile.watch("b", AWFUL.replace("1;", "2;").replace("bread", "cake"))
    with profile.listening() as (listener, ears):
        ears.expect(Polled, 4, watch_id="a", problem=full)
        told = [message for message in ears.of(Polled) if message.watch_id == "a"]
        waits = [message.next_due - message.at for message in told[:4]]
        assert waits == pytest.approx([0.2, 0.4, 0.8, 1.6])
        ears.expect(Polled, 4, watch_id="b", problem=full)
        profile.listener_archive.problem = None
        listener.obey(PollNow(("b",)))
        ears.expect(Arrived, watch_id="a")  # long before its turn
    assert [message.problem for message in ears.of(Polled)].count(full) <= 10


def test_one_that_waits_long_for_the_disk_is_polled_soon_after_another_could_be_stored(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "UNSTORED_RETRY", 0.4)
    profile.listener_archive.problem = Problem("stores.disk_full", {"path": "archive"})
    profile.watch("a", AWFUL)
    profile.watch("b", "")
    with profile.listening() as (listener, ears):
        ears.expect(Polled, watch_id="a")
        for times in range(2, 10):
            listener.obey(PollNow(("a",)))
            ears.expect(Polled, times, watch_id="a")
        last = ears.of(Polled)[-1]
        assert last.next_due - last.at > 100
        profile.listener_archive.problem = None
        listener.obey(PollNow(("b",)))
        ears.expect(Arrived, watch_id="a")


def test_one_that_never_can_be_stored_is_not_polled_with_every_other(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = profile.listener_archive.transaction
    full = Problem("stores.disk_full", {"path": "archive"})

    def transaction(work: Callable[[], Sequence[Heard]]) -> list[Stored] | Problem:
        heard = work()
        return full if any(one.watch_id == "a" for one in heard) else put(lambda: heard)

    monkeypatch.setattr(profile.listener_archive, "transaction", transaction)
    profile.watch("a", AWFUL)
    with profile.listening() as (listener, ears):
        ears.expect(Polled, watch_id="a", problem=full)
        profile.watch("b", "")
        listener.obey(ShopChanged())
        for times in range(1, 4):
            ears.expect(Polled, times, watch_id="b", problem=None)
            listener.obey(PollNow(("b",)))
        ears.expect(Polled, 4, watch_id="b", problem=None)
    assert profile.web.asked.count("https://a.example/feed") == 1


def test_money_that_a_poll_spent_is_spent_though_nothing_of_it_was_stored(profile: Profile) -> None:
    class Paid(PageSource):
        def poll(self, poll: Poll) -> Steps:
            reading = yield from super().poll(poll)
            spent = int(poll.bookmark.get("~spent", "0")) + 1
            return replace(reading, bookmark={**reading.bookmark, "~spent": str(spent)})

    profile.source = Paid()
    watch, listening = profile.watch("a", AWFUL), Listening(profile.parts)
    profile.listener_archive.problem = Problem("stores.disk_full", {"path": "archive"})
    for _ in range(3):
        listening.take_turn(watch, Preferences())
    profile.listener_archive.problem = None
    turn = listening.take_turn(watch, Preferences())
    listening.close()
    assert turn.recorded.new, "what could not be stored is heard again"
    assert [poll.bookmark.get("lines") for poll in profile.source.polls] == [None] * 4
    assert profile.listener_archive.states()["a"].bookmark["~spent"] == "4"


def test_the_trace_of_a_crash_is_in_the_log(
    profile: Profile, caplog: pytest.LogCaptureFixture, allowed_logs: list[str]
) -> None:
    allowed_logs.append("crashed")
    profile.watch("a", "crash")
    with profile.listening() as (_listener, ears):
        ears.expect(Polled)
    assert "a fault of the source" in caplog.text


def test_a_crash_in_the_detector_hurts_its_own_watch_only(profile: Profile, allowed_logs: list[str]) -> None:
    allowed_logs.append("crashed")
    profile.watch("a", "1; Anna @anna; choke on this text, detector, as long as it is.")
    profile.watch("b", AWFUL)
    with profile.listening() as (_listener, ears):
        ears.expect(Polled, 2)
    assert [a.watch_id for a in ears.of(Arrived)] == ["b"]
    assert ears.of(Failed)[0].problem.args["name"] == "A"
    assert "a" not in profile.listener_archive.states()


def test_a_taker_that_fails_stops_nothing(profile: Profile, allowed_logs: list[str]) -> None:
    allowed_logs.append("nobody took a message")
    profile.watch("a", AWFUL, interval=1)
    refused = threading.Event()

    def refuse(message: object) -> None:
        if isinstance(message, Polled):
            refused.set()
        raise ZeroDivisionError

    with profile.listening() as (listener, ears):
        ears.expect(Polled)
        listener._teller._emit = refuse
        assert refused.wait(60)
        listener._teller._emit = ears
        ears.expect(Polled, 2)


def test_a_full_disk_is_told_once_and_nothing_is_taken_for_read(profile: Profile) -> None:
    for name in "ab":
        profile.watch(name, AWFUL.replace("1;", f"{name};"))
    profile.listener_archive.problem = full = Problem("stores.disk_full", {"path": "archive"})
    with profile.listening() as (listener, ears):
        ears.expect(Polled, 2, problem=full)
        assert [f.problem for f in ears.of(Failed)] == [full]
        profile.listener_archive.problem = None
        listener.obey(PollNow())
        ears.expect(Arrived)
        ears.expect(Polled, 2, problem=None)
        assert profile.web.known == [None] * 4
    assert {s.failures for s in profile.listener_archive.states().values()} == {0}


def test_what_was_taught_and_cannot_be_read_is_told_and_stops_nothing(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile.watch("a", AWFUL)
    full = Problem("stores.disk_full", {"path": "archive"})

    def mark() -> object:
        raise ProblemError(full)

    monkeypatch.setattr(profile.listener_archive, "corrections_mark", mark)
    with profile.listening() as (listener, ears):
        ears.expect(Arrived)
        listener.obey(CorrectionsChanged())
        ears.expect(Status)
    told = ears.of(Failed)
    assert told == [Failed(full)] * len(told) != []


def test_after_a_sleep_own_channels_come_first_and_the_window_is_told(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "POLLS_AT_ONCE", 1)
    for name in "abc":
        profile.watch(name, "", own=name == "c")
    with profile.listening(beat=0.03) as (_listener, ears):
        ears.expect(Polled, 3)
        ears.expect(Status, polling=0)
        profile.web.asked.clear()
        profile.clock.shift = 8 * HOUR
        ears.expect(Woke)
        ears.expect(Polled, 6)
    assert len(ears.of(Woke)) == 1
    assert profile.web.asked[0] == "https://c.example/feed"
    assert len(profile.web.asked) == 3


def test_a_poll_that_slept_with_the_laptop_counts_for_nothing(profile: Profile) -> None:
    watch = profile.watch("a")
    profile.web.pages[watch.settings["url"]] = Problem("net.timeout")
    profile.web.gate.clear()
    with profile.listening() as (_listener, ears):
        profile.web.expect(1)
        profile.clock.shift = 8 * HOUR
        profile.web.pages[watch.settings["url"]] = AWFUL
        profile.web.pages[watch.settings["url"]] = _once(Problem("net.timeout"), AWFUL)
        profile.web.gate.set()
        ears.expect(Arrived)
    assert [p.problem for p in ears.of(Polled)] == [None]


def _once(first: Problem, then: str):
    answers = [first]
    return lambda: answers.pop() if answers else then


def test_a_clock_put_back_keeps_no_watch_waiting(profile: Profile) -> None:
    profile.watch("a", "")
    profile.clock.shift = 30 * 24 * HOUR
    with profile.listening(beat=0.03) as (_listener, ears):
        ears.expect(Polled)
        profile.clock.shift = 0.0
        ears.expect(Polled, 2)
    assert not ears.of(Woke)


def test_a_start_with_a_clock_put_right_polls_at_once(profile: Profile) -> None:
    profile.watch("a", "")
    profile.clock.shift = 30 * 24 * HOUR
    with profile.listening() as (_listener, first):
        first.expect(Polled)
    profile.clock.shift = 0.0
    with profile.listening() as (_listener, ears):
        ears.expect(Polled)
    assert len(profile.web.asked) == 2
    before, after = (polled.at for polled in (*first.of(Polled), *ears.of(Polled)))
    assert before - after > 29 * 24 * HOUR


def test_a_start_after_a_long_time_off_says_so(profile: Profile) -> None:
    profile.watch("a", "")
    with profile.listening() as (_listener, ears):
        ears.expect(Polled)
    assert not ears.of(Woke)
    profile.clock.shift = 5 * HOUR
    with profile.listening() as (_listener, ears):
        ears.expect(Woke)
    assert len(ears.of(Woke)) == 1


@pytest.mark.parametrize(("hours", "told"), [(0.9, 0), (1.2, 0), (1.3, 1)])
def test_a_restart_that_missed_no_poll_by_a_quarter_of_an_hour_is_no_absence(
    profile: Profile, hours: float, told: int
) -> None:
    profile.watch("a", "")
    with profile.listening() as (_listener, ears):
        ears.expect(Polled)
    profile.clock.shift = hours * HOUR
    with profile.listening() as (_listener, ears):
        ears.expect(Status)
    assert len(ears.of(Woke)) == told


def test_new_opening_hours_move_the_targets_of_open_cases(profile: Profile) -> None:
    profile.watch("a", AWFUL)
    with profile.listening() as (listener, ears):
        ears.expect(Arrived)
        (before,) = profile.listener_archive.open_cases()
        profile.shop.put_preferences(Preferences(targets={"": 10}))
        listener.obey(ShopChanged())
    (after,) = profile.listener_archive.open_cases()
    assert after.due_at == after.opened_at + 600
    assert before.due_at == before.opened_at + 4 * HOUR


@pytest.mark.parametrize("restarts", [False, True])
def test_a_case_heard_while_the_clock_was_far_ahead_is_due_from_now_on_once_it_is_put_right(
    profile: Profile, restarts: bool
) -> None:
    profile.watch("a", AWFUL)
    profile.clock.shift = 400 * 24 * HOUR
    with profile.listening(beat=0.03) as (_listener, ears):
        ears.expect(Arrived)
        if not restarts:
            profile.clock.shift = 0.0
            assert profile.listener_archive.due_kept.wait(60)
    if restarts:
        profile.clock.shift = 0.0
        with profile.listening():
            assert profile.listener_archive.due_kept.wait(60)
    (case,) = profile.listener_archive.open_cases()
    assert case.due_at == pytest.approx(profile.clock() + 4 * HOUR, abs=60)


def test_targets_that_could_not_be_kept_are_tried_again(profile: Profile) -> None:
    profile.watch("a", AWFUL)
    with profile.listening() as (_listener, ears):
        ears.expect(Arrived)
    profile.shop.put_preferences(replace(profile.shop.preferences(), targets={"": 10}))
    full = Problem("stores.disk_full", {"path": "archive"})
    profile.listener_archive.due_problem = full
    with profile.listening(beat=0.03) as (_listener, ears):
        ears.expect(Failed, problem=full)
        profile.listener_archive.due_problem = None
        assert profile.listener_archive.due_kept.wait(60)
    (after,) = profile.listener_archive.open_cases()
    assert after.due_at == after.opened_at + 600
    assert len(ears.of(Failed)) == 1
