"""The settings page: what counts and what is kept is plain, and its fields stand in line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QFormLayout, QFrame, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from ui.fake_desk import FakeDesk
from ui.fake_shop import DAY, NOW
from ui.window_samples import Open

from app.core.problems import Problem
from app.ui.format import clock, dated
from app.ui.pages.settings_page import SettingsPage
from app.ui.widgets.blocked import shown_authors
from app.ui.widgets.list_fields import pairs_of


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
    assert hours._wrong.text().startswith("Days left empty are closed.")
    hours.days[1].clear()
    qtbot.keyClicks(hours.days[1], " ")
    assert hours.days[0].placeholderText() == "day and night"


def test_a_day_said_to_be_closed_is_empty_and_the_red_line_says_what_empty_means(
    settings: SettingsPage, desk: FakeDesk, qtbot: QtBot
) -> None:
    hours = settings.hours
    qtbot.keyClicks(hours.days[6], "closed")
    assert hours._wrong.text().startswith("No hours yet")
    qtbot.keyClicks(hours.days[0], "9-17")
    assert hours._wrong.text().startswith("Days left empty are closed.")
    assert not hours.has_refused
    settings.flush()
    assert desk.preferences.hours == {0: ((540, 1020),)}
    qtbot.keyClicks(hours.days[1], "on call")
    assert hours._wrong.text().endswith("Write hours like this: 9-13, 14-18. A day left empty is closed.")
    hours.days[1].clear()
    qtbot.keyClicks(hours.quiet, "at night")
    assert "empty" not in hours._wrong.text()


def test_kept_is_not_said_of_what_is_refused(settings: SettingsPage, desk: FakeDesk, qtbot: QtBot) -> None:
    qtbot.keyClicks(settings.hours.days[1], "9-abc")
    settings.flush()
    assert settings._mark.label.text() == "not saved: what is in red"
    qtbot.keyClicks(settings.town, "!")
    settings.flush()
    assert desk.preferences.shop_town == "Poznań!"
    assert settings._mark.label.text().endswith(", except what is in red")
    assert settings._mark.label.property("tone") == "bad"
    settings.hours.days[1].clear()
    qtbot.keyClicks(settings.hours.days[1], "9-17")
    settings.flush()
    assert settings._mark.label.text().startswith("saved ")
    assert "red" not in settings._mark.label.text()
    settings.phrases.always.setPlainText("!?")
    settings.flush()
    assert settings._mark.label.text() == "not saved: what is in red"


def test_since_when_it_is_kept_is_told_by_the_day_of_today(
    settings: SettingsPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    bench = settings._bench

    def told(now: float) -> str:
        monkeypatch.setattr(bench, "now", lambda: now)
        bench.read_clock()
        return settings._mark.label.text()

    assert told(NOW) == "", "nothing was kept yet"
    qtbot.keyClicks(settings.town, "!")
    settings.flush()
    assert told(NOW + 60) == f"saved {clock(NOW)}"
    assert told(NOW + DAY) == f"saved yesterday {clock(NOW)}"
    assert told(NOW + 5 * DAY) == f"saved {dated(NOW, NOW)}"
    qtbot.keyClicks(settings.hours.days[1], "9-abc")
    assert told(NOW + 5 * DAY) == "", "something is typed"
    settings.flush()
    assert told(NOW + 9 * DAY) == "not saved: what is in red"


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


def test_a_forgotten_person_has_no_name_and_is_unblocked_by_their_line(
    settings: SettingsPage, desk: FakeDesk, qtbot: QtBot
) -> None:
    one, two, three = "forum.example print:" + "0" * 16, "forum.example print:" + "1" * 16, "print:" + "2" * 16
    desk.preferences = replace(desk.preferences, blocked_authors=(one, MAREK, two, three))
    settings.load()
    lines = settings.authors.toPlainText().split("\n")
    assert lines[0] == "a forgotten person · forum.example"
    assert lines[2:] == ["a forgotten person (2) · forum.example", "a forgotten person"]
    settings.authors.setPlainText("\n".join(lines[1:]))
    settings.flush()
    assert desk.preferences.blocked_authors == (MAREK, two, three)


def _rows(settings: SettingsPage) -> list[tuple[QWidget, QWidget]]:
    """Return the names and fields of all groups."""
    parts = (settings._shop, settings._targets, settings.blocked, settings.hours, settings.phrases)
    forms = [form for part in parts for form in part.findChildren(QFormLayout)]
    return [pair for form in forms for pair in pairs_of(form)]


@pytest.mark.parametrize("points", [9, 14])
def test_each_name_stands_level_with_what_is_typed_in_its_field(
    settings: SettingsPage, qtbot: QtBot, points: int
) -> None:
    settings.window().setFont(QFont(settings.font().family(), points))
    settings.window()._dress()  # type: ignore[attr-defined]
    settings.hide()
    settings.show()
    qtbot.waitExposed(settings)
    QApplication.processEvents()
    pairs = _rows(settings)
    assert len(pairs) > 15
    for name, field in pairs:
        middle = name.mapTo(settings, name.rect().center()).y()
        if isinstance(field, QPlainTextEdit):
            typed = field.viewport().mapTo(settings, field.cursorRect().center()).y()
        else:
            typed = field.mapTo(settings, field.rect().center()).y()
        assert abs(middle - typed) <= 1, name.text()  # type: ignore[attr-defined]
    assert len({field.height() for _name, field in pairs if not isinstance(field, QPlainTextEdit)}) == 1


def test_a_narrow_window_gives_the_fields_all_its_room(settings: SettingsPage) -> None:
    for width in (560, 760):
        settings.resize(width, 500)
        QApplication.processEvents()
        page = settings.widget().layout().itemAt(0).widget()
        assert page.width() >= settings.viewport().width() - 8
    settings.resize(1200, 500)
    QApplication.processEvents()
    assert page.width() == 760


def test_nothing_is_underlined_below_the_last_part(settings: SettingsPage) -> None:
    lines = [one for one in settings.findChildren(QFrame) if one.objectName() == "line" and one.isVisibleTo(settings)]
    assert (
        max(line.mapTo(settings, QPoint()).y() for line in lines)
        < settings._health.parentWidget().mapTo(settings, QPoint()).y()
    )


def test_a_site_that_would_block_too_much_is_refused_and_stays(settings: SettingsPage, desk: FakeDesk) -> None:
    settings.sites.setPlainText("spam.example\npl\nshop.example/opinie")
    settings.flush()
    assert desk.preferences.blocked_sites == ("spam.example", "shop.example/opinie")
    assert settings.blocked.wrong.text().startswith("«pl» is only how the addresses")
    assert settings.blocked.wrong.isVisibleTo(settings)
    assert settings._mark.label.text().endswith(", except what is in red")
    settings.load()
    assert "pl" in settings.sites.toPlainText().splitlines()
    settings.sites.setPlainText("spam.example")
    settings.flush()
    assert desk.preferences.blocked_sites == ("spam.example",)
    assert not settings.blocked.wrong.isVisibleTo(settings)


def low_field(settings: SettingsPage, qtbot: QtBot) -> QPlainTextEdit:
    """Return a field far below the head of the page, with the keyboard in it."""
    field = settings.sites
    settings.verticalScrollBar().setValue(settings.verticalScrollBar().maximum())
    settings.ensureWidgetVisible(field, 0, 24)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    return field


def place_in(settings: SettingsPage, part: QWidget) -> QRect:
    return QRect(part.mapTo(settings, QPoint()), part.size())


def test_saved_is_told_where_the_owner_looks(settings: SettingsPage, qtbot: QtBot) -> None:
    field, mark = low_field(settings, qtbot), settings._mark
    assert mark.label.visibleRegion().isEmpty()
    assert mark.floating.isHidden()
    qtbot.keyClicks(field, "spam.example")
    settings.flush()
    assert mark.floating.isVisible()
    assert mark._words.text().startswith("saved ")
    place = place_in(settings, mark.floating)
    assert settings.viewport().geometry().contains(place)
    assert not place.intersects(place_in(settings, field)), "it covers what is typed"
    qtbot.keyClicks(field, "x")
    assert mark.floating.isHidden(), "what was typed now is not saved yet"


def test_it_floats_low_and_never_covers_the_field_that_has_the_keyboard(settings: SettingsPage, qtbot: QtBot) -> None:
    window = settings.window()
    window.resize(window.minimumSize())
    field, mark, bar = settings.sites, settings._mark, settings.verticalScrollBar()
    qtbot.keyClicks(settings.hours.days[1], "9-abc")
    settings.flush()
    bar.setValue(bar.maximum())
    seen = settings.viewport().geometry()
    assert mark.floating.isVisible()
    assert place_in(settings, mark.floating).center().y() > seen.center().y(), "what begins on top is read first"
    last = next(one for one in settings.findChildren(QPushButton) if one.text() == "Check everything")
    assert place_in(settings, last).bottom() < place_in(settings, mark.floating).top(), "it hides the end of the page"
    bottom = field.mapTo(settings.widget(), QPoint(0, field.height())).y()
    bar.setValue(bottom - seen.height())  # the field is at the lower edge of what is seen
    assert place_in(settings, mark.floating).intersects(place_in(settings, field))
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert mark.floating.isVisible()
    assert not place_in(settings, mark.floating).intersects(place_in(settings, field))


def test_a_saved_reply_is_told_to_be_saved_as_well(settings: SettingsPage, desk: FakeDesk, qtbot: QtBot) -> None:
    replies, mark = settings.replies, settings._mark
    replies.list.choose("sorry")
    replies.text.setPlainText("We are sorry.")
    assert mark.label.text() == ""
    replies.flush()
    assert mark.label.text().startswith("saved ")
    replies.list.choose("sorry-ru")
    assert mark.label.text().startswith("saved "), "nothing was typed"
    replies.text.setPlainText("Простите.")
    assert mark.label.text() == "", "that is not saved yet"
    desk.problem = Problem("desk.disk_low", {"megabytes": 0})
    replies.flush()
    assert mark.label.text() == "not saved"
    desk.problem = None
    replies.flush()
    assert mark.label.text().startswith("saved ")
    assert {one.id: one.text for one in desk.replies_kept}["sorry-ru"] == "Простите."


def test_a_reply_without_text_leaves_it_told_what_is_in_red(settings: SettingsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(settings.hours.days[1], "9-abc")
    settings.flush()
    settings.replies.list.choose("sorry")
    settings.replies.text.setPlainText("")
    settings.replies.flush()
    assert settings._mark.label.text() == "not saved: what is in red"


def test_at_the_head_of_the_page_it_stands_once(settings: SettingsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(settings.shop, "x")
    settings.flush()
    assert settings._mark.label.text().startswith("saved ")
    assert settings._mark.floating.isHidden()


def test_it_floats_for_a_while_and_not_at_the_head(settings: SettingsPage, qtbot: QtBot) -> None:
    field, mark = low_field(settings, qtbot), settings._mark
    qtbot.keyClicks(field, "spam.example")
    settings.flush()
    assert mark._timer.isActive()
    settings.verticalScrollBar().setValue(0)
    assert mark.floating.isHidden()
    qtbot.keyClicks(settings.hours.days[1], "9-abc")
    low_field(settings, qtbot)
    settings.flush()
    assert mark.floating.isVisible()
    assert mark._words.text() == "not saved: what is in red"
    assert not mark._timer.isActive(), "what is not kept is told until that changes"


def test_what_is_not_kept_floats_again_whenever_its_place_is_scrolled_away(
    settings: SettingsPage, qtbot: QtBot
) -> None:
    mark, bar = settings._mark, settings.verticalScrollBar()
    qtbot.keyClicks(settings.hours.days[1], "9-abc")
    bar.setValue(0)
    settings.flush()
    assert mark.floating.isHidden()
    for _time in range(2):
        low_field(settings, qtbot)
        assert mark.floating.isVisible()
        bar.setValue(0)
        assert mark.floating.isHidden()
