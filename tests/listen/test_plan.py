"""The schedule: what runs when, and what a run that fell into another's end comes to."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.core.watch import Watch
from app.listen.plan import MOST_JITTER, Plan, jitter_of

WATCH = Watch("w", "W", "page", interval=3600)


class Runs:
    """Counts runs; `held` holds them up."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.refused: list[str] = []
        self.held = threading.Event()
        self.held.set()
        self.news = threading.Condition()

    def run(self, watch_id: str) -> None:
        with self.news:
            self.seen.append(watch_id)
            self.news.notify_all()
        self.held.wait(60)

    def refuse(self, watch_id: str) -> None:
        with self.news:
            self.refused.append(watch_id)
            self.news.notify_all()

    def expect(self, seen: int, refused: int = 0) -> None:
        with self.news:
            assert self.news.wait_for(lambda: len(self.seen) >= seen and len(self.refused) >= refused, 60)


@pytest.fixture
def runs() -> Runs:
    return Runs()


@pytest.fixture
def plan(runs: Runs) -> Iterator[Plan]:
    made = Plan(runs.run, runs.refuse, time.time)
    made.start()
    yield made
    runs.held.set()
    made.stop(60)


def test_a_watch_runs_when_it_was_told_to(plan: Plan, runs: Runs) -> None:
    plan.add(WATCH)
    assert not plan.is_due("w", time.time() + 1e9)
    plan.at("w", time.time())
    runs.expect(1)
    assert plan.is_due("w", time.time())


def test_a_watch_never_runs_twice_at_a_time_and_a_refusal_is_told(plan: Plan, runs: Runs) -> None:
    runs.held.clear()
    plan.add(WATCH)
    plan.at("w", time.time())
    runs.expect(1)
    plan.at("w", time.time())
    runs.expect(1, 1)
    assert (runs.seen, runs.refused) == (["w"], ["w"])


def test_a_watch_removed_or_put_off_runs_no_more(plan: Plan, runs: Runs) -> None:
    for name in ("gone", "off", "kept"):
        plan.add(replace(WATCH, id=name))
    plan.remove("gone")
    plan.remove("gone")
    plan.at("off", time.time() + 1000)
    plan.at("off", None)
    plan.at("gone", time.time())
    plan.at("kept", time.time())
    runs.expect(1)
    assert runs.seen == ["kept"]
    assert not plan.is_due("off", 9e9)


def test_a_changed_watch_keeps_its_moment(plan: Plan) -> None:
    plan.add(WATCH)
    plan.at("w", 5.0)
    plan.add(replace(WATCH, interval=60))
    assert plan.is_due("w", 5.0)
    assert not plan.is_due("w", 4.0)


@pytest.mark.parametrize("interval", [0, -5, 10**12])
def test_no_interval_of_a_hand_made_file_breaks_it(plan: Plan, runs: Runs, interval: int) -> None:
    plan.add(replace(WATCH, interval=interval))
    plan.at("w", time.time())
    runs.expect(1)
    assert (runs.seen, runs.refused) == (["w"], [])


def test_a_run_that_is_late_is_late_and_not_left_out(plan: Plan, runs: Runs) -> None:
    plan.add(WATCH)
    plan._scheduler.modify_job("w", next_run_time=datetime.now(UTC) - timedelta(minutes=5))
    runs.expect(1)


def test_moments_are_taken_by_the_clock_given() -> None:
    runs = Runs()
    plan = Plan(runs.run, runs.refuse, lambda: 1000.0)
    plan.add(WATCH)
    plan.at("w", 1000.0)
    plan.start()
    runs.expect(1)
    plan.stop(60)
    assert (runs.seen, runs.refused) == (["w"], [])


def test_a_clock_put_forward_by_decades_leaves_one_run_and_not_every_one_it_left_out(plan: Plan) -> None:
    plan.add(replace(WATCH, interval=60))
    now = datetime.now(UTC)
    job = plan._scheduler.get_job("w")
    following = job.trigger.get_next_fire_time(now - timedelta(days=20_000), now)
    assert 60 <= (following - now).total_seconds() <= 60 + MOST_JITTER


def test_jitter_is_small_and_varies() -> None:
    seen = {jitter_of(WATCH) for _ in range(50)}
    assert 0 <= min(seen) < max(seen) <= MOST_JITTER
    assert max(jitter_of(replace(WATCH, interval=1)) for _ in range(50)) <= 0.02


def test_the_library_is_quiet(plan: Plan) -> None:
    assert logging.getLogger("apscheduler.scheduler").getEffectiveLevel() == logging.ERROR
