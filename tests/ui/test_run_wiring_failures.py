"""Watches that fail, from the reading of the watches to tray and notification."""

import dataclasses

import pytest
from ui.run_pieces import house_in
from ui.run_samples import NOW, ROW, failing

from app.core.views import Alert
from app.ui.notices import Over

ALERT = Alert("key", (ROW,), 1)


@pytest.fixture
def house(qapp, monkeypatch, tmp_path):
    with house_in(tmp_path, monkeypatch) as made:
        yield made


def test_watches_that_fail_for_good_are_told_once_and_shown_in_the_tray(qtbot, house):
    views = (failing("a"), failing("b", "Forum"), failing("c", "Blog", lasts=False))
    house.window.watches_listed.emit(views)
    qtbot.waitUntil(lambda: bool(house.notifier.shown))
    house.window.watches_listed.emit(views)
    house.wiring.each_minute()
    assert house.background.drain(60)
    qtbot.wait(0)
    assert house.notifier.shown == [(("a", "b"), True)]
    assert house.tray._failing == ("Opinie", "Forum", "Blog")
    house.window.watches_listed.emit((failing("b", "Forum", code="", heard_at=NOW), *views[2:]))
    assert house.notifier.withdrawn[-1] == Over(mended=frozenset({"a", "b"}))
    assert house.tray._failing == ("Blog",)


def test_quiet_hours_hold_a_failure_back_until_they_are_over(qtbot, house):
    house.desk.quiet_until = NOW + 60
    house.window.watches_listed.emit((failing("a"),))
    assert house.background.drain(60)
    qtbot.wait(0)
    assert house.notifier.shown == []
    house.desk.quiet_until = 0.0
    house.wiring.each_minute()
    qtbot.waitUntil(lambda: house.notifier.shown == [(("a",), True)])


def test_the_summary_of_a_silent_time_names_the_failures_too(qtbot, house):
    summary = dataclasses.replace(ALERT, summary=True)
    house.desk.quiet_until = NOW + 60
    view = failing("a")
    house.window.watches_listed.emit((view,))
    assert house.background.drain(60)
    house.desk.quiet_until, house.desk.summary = 0.0, summary
    house.wiring.each_minute()
    qtbot.waitUntil(lambda: bool(house.notifier.shown))
    assert house.background.drain(60)
    qtbot.wait(0)
    assert house.notifier.shown == [(summary, True, view)]


def test_a_click_on_a_failure_opens_watches_at_that_watch(house):
    house.notifier.watch_activated.emit("a")
    assert house.window.isVisible()
    assert house.told[-2:] == [("do", "page:watches"), ("choose", "a")]


def test_failures_that_follow_one_another_come_as_one_a_while_later(qtbot, house):
    house.window.watches_listed.emit((failing("a"),))
    qtbot.waitUntil(lambda: house.notifier.shown == [(("a",), True)])
    for more in ("b", "c"):
        house.window.watches_listed.emit((failing("a"), failing("b"), *([failing("c")] if more == "c" else [])))
        house.wiring.each_minute()
    house.clock.now += 60
    house.wiring.each_minute()
    assert house.background.drain(60)
    qtbot.wait(0)
    assert len(house.notifier.shown) == 1
    house.clock.now += 900
    house.wiring.each_minute()
    qtbot.waitUntil(lambda: house.notifier.shown[1:] == [(("b", "c"), True)])
