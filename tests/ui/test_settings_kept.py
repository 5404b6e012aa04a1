"""What is set in Settings is kept by itself, and only that."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.fake_desk import FakeDesk
from ui.window_samples import Open

from app.core.problems import Problem
from app.ui.pages.settings_page import SettingsPage
from app.ui.widgets.hours_fields import dates_of
from app.ui.window import MainWindow


@pytest.fixture
def window(open_window: Open) -> MainWindow:
    return open_window()


@pytest.fixture
def settings(window: MainWindow) -> SettingsPage:
    window.do("page:settings")
    page: Any = window.pages.page("settings")
    return page


def test_settings_are_kept_by_themselves(settings: SettingsPage, desk: FakeDesk, qtbot: QtBot) -> None:
    settings.shop.clear()
    qtbot.keyClicks(settings.shop, "Cukiernia")
    settings.hours.days[0].clear()
    qtbot.keyClicks(settings.hours.days[0], "9-13, 14-18")
    settings.bell.ring.setValue(80)
    with qtbot.waitSignal(settings.kept):
        pass
    assert desk.preferences.shop_name == "Cukiernia"
    assert desk.preferences.hours == {0: ((540, 780), (840, 1080))}
    assert desk.preferences.ring_at == pytest.approx(0.8)


def test_looking_at_settings_changes_nothing(settings: SettingsPage, desk: FakeDesk) -> None:
    settings.flush()
    assert not [call for call in desk.calls if call[0] in {"settings.change", "replies.put_saved"}]


def test_only_what_was_changed_here_is_written(settings: SettingsPage, desk: FakeDesk, qtbot: QtBot) -> None:
    qtbot.keyClicks(settings.town, " 2")
    desk.preferences = replace(desk.preferences, blocked_authors=("blocked meanwhile",))
    settings.flush()
    assert desk.preferences.shop_town == "Poznań 2"
    assert desk.preferences.blocked_authors == ("blocked meanwhile",)


def test_hours_nobody_understands_are_not_kept(settings: SettingsPage, desk: FakeDesk, qtbot: QtBot) -> None:
    before = desk.preferences
    qtbot.keyClicks(settings.hours.days[2], "morning")
    settings.flush()
    assert desk.preferences == before
    assert settings.hours.days[2].property("wrong") == "true"


def test_a_wrong_field_keeps_no_other_from_being_kept(settings: SettingsPage, desk: FakeDesk, qtbot: QtBot) -> None:
    hours = settings.hours
    desk.preferences = replace(desk.preferences, hours={2: ((480, 720),)}, days_off=("2026-01-06",))
    settings.load()
    for field, typed in ((hours.days[0], "9-17"), (hours.days[2], "morning"), (hours.quiet, "22-8")):
        field.selectAll()
        qtbot.keyClicks(field, typed)
    settings.flush()
    assert desk.preferences.hours == {0: ((540, 1020),), 2: ((480, 720),)}
    assert desk.preferences.quiet == ((0, 480), (1320, 1440))
    assert hours._wrong.text() == (
        "Not saved; please correct: Wednesday. Write hours like this: 9-13, 14-18. A day left empty is closed."
    )
    qtbot.keyClicks(hours.off, " soon")
    assert "Wednesday, Days off." in hours._wrong.text()
    assert "24.12.2026" in hours._wrong.text()
    settings.flush()
    settings.load()
    assert (hours.days[2].text(), hours.off.text()) == ("morning", "06.01.2026 soon")
    assert desk.preferences.days_off == ("2026-01-06",)


def test_settings_that_cannot_be_kept_are_tried_again(settings: SettingsPage, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.problem = Problem("desk.disk_low", {"megabytes": 0})
    qtbot.keyClicks(settings.town, "!")
    settings.flush()
    desk.problem = None
    settings.flush()
    assert desk.preferences.shop_town == "Poznań!"


def test_saved_replies_are_written_removed_and_taken_back(
    settings: SettingsPage, desk: FakeDesk, window: MainWindow
) -> None:
    settings.replies.add()
    settings.replies.name.setText("Later")
    settings.replies.text.setPlainText("We call you, {name}.")
    settings.replies.flush()
    assert [one.name for one in desk.replies_kept][-1] == "Later"
    settings.replies.remove()
    assert "Later" not in [one.name for one in desk.replies_kept]
    window.do("undo")
    assert "Later" in [one.name for one in desk.replies_kept]


def test_switching_between_saved_replies_keeps_each_text(settings: SettingsPage, desk: FakeDesk) -> None:
    settings.replies.list.choose("sorry")
    settings.replies.text.setPlainText("changed")
    settings.replies.list.choose("sorry-ru")
    texts = {one.id: one.text for one in desk.replies_kept}
    assert texts["sorry"] == "changed"
    assert texts["sorry-ru"].startswith("Здравствуйте")


def test_health_is_told(settings: SettingsPage) -> None:
    settings.check_health()
    said = [settings._health.itemAt(n).widget().text() for n in range(settings._health.count())]
    assert said[0].startswith("✓")
    assert "12 MB" in said[1]


@pytest.mark.parametrize(
    ("typed", "dates"),
    [
        ("", ()),
        ("2026-12-24, 2026-05-01", ("2026-05-01", "2026-12-24")),
        ("24.12.2026 1.5.2026, 2026-12-24", ("2026-05-01", "2026-12-24")),
        ("24.12.", None),
        ("31.2.2026", None),
    ],
)
def test_days_off(typed: str, dates: tuple[str, ...] | None) -> None:
    assert dates_of(typed) == dates


@pytest.mark.parametrize("read_first", [True, False])
def test_what_is_being_kept_stays_in_sight_though_the_settings_are_read_meanwhile(
    open_window: Open, desk: FakeDesk, read_first: bool
) -> None:
    later = Later()
    window = open_window(background=later)
    window.do("page:settings")
    later.go()
    page: Any = window.pages.page("settings")
    if read_first:
        page.load()
    page.shop.setText("Cukiernia")
    page.flush()
    page.load()
    desk.preferences = replace(desk.preferences, shop_town="Gniezno")
    later.go("read")
    assert page.shop.text() == "Cukiernia"
    later.go()
    assert (page.shop.text(), page.town.text()) == ("Cukiernia", "Gniezno")
    assert desk.preferences.shop_name == "Cukiernia"


@pytest.mark.parametrize("kept_first", [True, False])
def test_a_reading_that_a_change_overtook_is_made_again(open_window: Open, desk: FakeDesk, *, kept_first: bool) -> None:
    later = Later()
    window = open_window(background=later)
    window.do("page:settings")
    later.go()
    page: Any = window.pages.page("settings")
    page.load()
    (asked, *_others), later.jobs = later.jobs, []
    page.shop.setText("Cukiernia")
    page.shop.textEdited.emit("Cukiernia")
    desk.preferences = replace(desk.preferences, shop_town="Gniezno")
    if kept_first:
        page.flush()
        later.go("write")
    before, (lane, _work, *rest) = desk.preferences, asked
    later.jobs.append((lane, lambda: replace(before, shop_name="Piekarnia"), *rest))
    later.go()
    assert page.shop.text() == "Cukiernia"
    page.flush()
    later.go()
    assert (page.shop.text(), page.town.text()) == ("Cukiernia", "Gniezno")


def test_what_was_put_off_is_read_though_nothing_was_left_to_keep(open_window: Open, desk: FakeDesk) -> None:
    later = Later()
    window = open_window(background=later)
    window.do("page:settings")
    later.go()
    page: Any = window.pages.page("settings")
    page.shop.textEdited.emit(page.shop.text())
    desk.preferences = replace(desk.preferences, shop_town="Gniezno")
    page.load()
    page.flush()
    later.go()
    assert page.town.text() == "Gniezno"
