"""Noticing sleep."""

from app.listen.wake import BEAT, SleepWatch


def test_regular_beats_are_no_sleep() -> None:
    watch = SleepWatch(100.0)
    assert not any(watch.slept(100.0 + BEAT * n) for n in range(1, 20))


def test_a_long_gap_is_a_sleep_once() -> None:
    watch = SleepWatch(100.0)
    assert watch.slept(5000.0)
    assert not watch.slept(5000.0 + BEAT)


def test_a_clock_set_back_is_no_sleep() -> None:
    watch = SleepWatch(5000.0)
    assert not watch.slept(100.0)
    assert not watch.slept(100.0 + BEAT)


def test_a_clock_put_back_is_noticed() -> None:
    watch = SleepWatch(5000.0)
    assert not watch.set_back(5000.0 - BEAT)
    assert watch.set_back(1000.0)
    watch.slept(1000.0)
    assert not watch.set_back(1000.0)
