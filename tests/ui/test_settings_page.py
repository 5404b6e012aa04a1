"""The settings page: what counts and what is kept is plain, and its fields stand in line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.fake_desk import FakeDesk
from ui.window_samples import Open

from app.ui.pages.settings_page import SettingsPage
from app.ui.widgets.blocked import shown_authors


@pytest.fixture
def settings(open_window: Open, desk: FakeDesk) -> SettingsPage:
    desk.preferences = replace(desk.preferences, hours={})
    window = open_window()
    window.do("page:settings")
    QApplication.processEvents()
    page: Any = window.pages.page("settings")
    return page


def placeholders(settings: SettingsPage) -> set[str]:
    return {field.placeholderText() for field in settings.hours.days if not field.text()}


def test_an_empty_day_says_whether_it_counts(settings: SettingsPage, qtbot: QtBot) -> None:
    hours = settings.hours
    assert placeholders(settings) == {"day and night"}
    assert hours._wrong.text().startswith("No hours yet: all hours count")
    qtbot.keyClicks(hours.days[1], "9-17")
    assert placeholders(settings) == {"closed"}
    assert hours._wrong.text().startswith("A day left empty is closed.")
    hours.days[1].clear()
    qtbot.keyClicks(hours.days[1], " ")
    assert hours.days[0].placeholderText() == "day and night"


def test_kept_is_not_said_of_what_is_refused(settings: SettingsPage, desk: FakeDesk, qtbot: QtBot) -> None:
    qtbot.keyClicks(settings.hours.days[1], "9-abc")
    settings.flush()
    assert settings._mark.text() == "not kept: what stands in red"
    qtbot.keyClicks(settings.town, "!")
    settings.flush()
    assert desk.preferences.shop_town == "Poznań!"
    assert settings._mark.text().endswith(", but not what stands in red")
    assert settings._mark.property("tone") == "bad"
    settings.hours.days[1].clear()
    qtbot.keyClicks(settings.hours.days[1], "9-17")
    settings.flush()
    assert settings._mark.text().startswith("kept ")
    assert "red" not in settings._mark.text()
    settings.phrases.always.setPlainText("!?")
    settings.flush()
    assert settings._mark.text() == "not kept: what stands in red"


def test_the_fields_of_all_groups_begin_at_one_edge(settings: SettingsPage) -> None:
    fields = (settings.shop, settings.hours.off, *settings.targets.values(), settings.phrases.never, settings.sites)
    page = settings.widget()
    assert len({field.mapTo(page, field.rect().topLeft()).x() for field in fields}) == 1


MAREK = "127.0.0.1 name:marek z."
ANNA = "forum.example @anna"


def test_blocked_authors_are_shown_as_people_know_them(settings: SettingsPage, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.preferences = replace(desk.preferences, blocked_authors=(MAREK, ANNA, "Jan Kowalski"))
    settings.load()
    assert settings.authors.toPlainText() == "Marek Z. · 127.0.0.1\n@anna · forum.example\nJan Kowalski"
    settings.flush()
    assert desk.preferences.blocked_authors == (MAREK, ANNA, "Jan Kowalski")
    settings.authors.appendPlainText("Ola")
    settings.flush()
    assert desk.preferences.blocked_authors == (MAREK, ANNA, "Jan Kowalski", "Ola")
    settings.authors.setPlainText("Ola\nMarek Z. · 127.0.0.1")
    settings.flush()
    assert desk.preferences.blocked_authors == ("Ola", MAREK)


def test_two_that_look_the_same_stay_two() -> None:
    kept = ("a.pl name:ola", "a.pl name:Ola", "mastodon @ola", "name:x", " name:y")
    shown = shown_authors(kept, lambda place: place)
    assert tuple(shown.values()) == kept
    assert list(shown)[:3] == ["Ola · a.pl", "a.pl name:Ola", "mastodon @ola"]
