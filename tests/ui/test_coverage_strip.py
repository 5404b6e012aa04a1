"""The strip of the hours listened to, on the page of watches."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot
from ui.fake_desk import FakeDesk
from ui.fake_shop import HOUR, NOW
from ui.window_samples import Open

from app.core.coverage import CoveredHour
from app.ui.format import clock
from app.ui.pages import watches_page
from app.ui.theme import LIGHT, Theme
from app.ui.widgets.coverage_strip import CoverageStrip, in_short, told

NOON = datetime(2026, 3, 4, 12).astimezone().timestamp()


@pytest.fixture
def strip(qtbot: QtBot) -> CoverageStrip:
    made = CoverageStrip(Theme())
    assert made.cells._theme.tones is LIGHT
    qtbot.addWidget(made)
    made.resize(400, 60)
    return made


def day(*heard: int) -> list[CoveredHour]:
    """Return four hours from noon with two watches, of which so many were heard."""
    return [CoveredHour(NOON + HOUR * number, 2, count) for number, count in enumerate(heard)]


def test_an_hour_says_what_was_listened_to_in_it() -> None:
    begun = "4 Mar, 12:00–13:00"
    assert told(CoveredHour(NOON, 2, 2), NOW) == f"{begun}: all watches checked"
    assert told(CoveredHour(NOON, 2, 1), NOW) == f"{begun}: 1 of 2 watches checked"
    assert told(CoveredHour(NOON, 2, 0), NOW).startswith(f"{begun}: not listening.")
    assert told(CoveredHour(NOON, 0, 0), NOW) == f"{begun}: no watch was on"


def test_it_counts_the_whole_hours_and_hides_without_any(strip: CoverageStrip) -> None:
    strip.show_hours([CoveredHour(NOON - HOUR, 0, 0), *day(2, 1, 0, 2)], NOW)
    assert not strip.isHidden()
    said = "Listened in 2 of 4 hours since 4 Mar, 12:00"
    assert strip.words.text() == strip.cells.accessibleName() == said
    strip.show_hours([CoveredHour(NOON, 0, 0)], NOW)
    assert strip.isHidden()


def test_a_new_shop_is_not_told_of_seven_days() -> None:
    first = NOW - NOW % HOUR
    none = [CoveredHour(first - HOUR * number, 0, 0) for number in (3, 2, 1)]
    now_on = CoveredHour(first, 2, 2)
    assert in_short([*none, now_on], NOW) == f"Listened without a gap since {clock(first)}"
    gap = [CoveredHour(first - HOUR, 1, 0), now_on]
    assert in_short([*none[:2], *gap], NOW) == f"Listened in 1 of 2 hours since {clock(first - HOUR)}"
    assert in_short([*none, CoveredHour(first, 2, 1)], NOW) == f"Listened in 0 of 1 hour since {clock(first)}"
    begun = CoveredHour(first, 2, 2, first + 420)
    assert in_short([*none, begun], NOW) == f"Listened without a gap since {clock(first + 420)}"
    assert told(begun, NOW).startswith(f"{clock(first + 420)}–{clock(first + HOUR)}: all")
    assert in_short([now_on] * 3, NOW) == "Listened without a gap for the last 7 days"
    assert in_short([*gap, now_on], NOW) == "Last 7 days: listened in 2 of 3 hours"
    assert in_short(none, NOW) == in_short([], NOW) == ""


def test_its_cells_are_dark_where_all_was_heard_and_plain_where_nothing_was(strip: CoverageStrip) -> None:
    strip.show_hours(day(2, 1, 0, 2), NOW)
    strip.show()
    seen = strip.cells.grab().toImage()
    scale = seen.devicePixelRatio()
    whole, part, last = (seen.pixelColor(int(x * scale), int(5 * scale)) for x in (50, 150, 350))
    assert whole == last == QColor(LIGHT.accent)
    hatched = {seen.pixelColor(int(x * scale), int(y * scale)).name() for x in range(240, 260) for y in range(8)}
    assert {LIGHT.line, LIGHT.edge} <= hatched
    assert whole.lightness() < part.lightness() < QColor(LIGHT.line).lightness()


def test_a_cell_pointed_at_tells_its_hour(strip: CoverageStrip, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _owner: shown.append(text))
    strip.show_hours(day(2, 1, 0, 2), NOW)
    strip.show()
    for x in (1, 399):
        strip.cells.event(QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(x, 3), QPoint(x, 3)))
    assert [text.split(":")[0] for text in shown] == ["4 Mar, 12", "4 Mar, 15"]


def test_the_page_reads_it_when_seen_and_not_at_every_piece_of_news(
    open_window: Open, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []
    answer = desk.watches_coverage
    monkeypatch.setattr(desk, "watches_coverage", lambda now: (asked.append(now), answer(now))[1], raising=False)
    window: Any = open_window()
    assert asked == []
    window.do("page:watches")
    page = window.pages.watches()
    assert page.coverage.words.text().startswith("Last 7 days: listened in ")
    assert len(asked) == 1
    page.load()
    assert len(asked) == 1
    monkeypatch.setattr(watches_page, "COVER_EVERY", 0.0)
    page.load()
    assert len(asked) == 2
