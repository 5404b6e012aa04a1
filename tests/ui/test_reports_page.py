"""Reports: what is copied has the names that people see."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW
from ui.window_samples import Open

from app.core.table import Column, Table
from app.ui.pages.reports_page import cell_text, named


def test_a_copied_table_has_the_names_of_places_that_people_see(open_window: Open, desk: FakeDesk) -> None:
    desk.table = Table((Column("place"), Column("all", "count")), (("feed", 2), ("phone", 1), ("x.example", 1)))
    window = open_window()
    window.do("page:reports")
    window.pages.page("reports").copy.click()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[1:] == ["RSS or Atom feed,2", "Phone,1", "x.example,1"]


def test_causes_weeks_and_months_are_told_as_people_say_them() -> None:
    cause, week, month = Column("cause"), Column("week", "week"), Column("month", "month")
    assert named(cause, "quality", str) == "quality"
    assert named(cause, "place", str) == "the place"
    assert named(Column("watches"), "place", str) == "place"
    assert cell_text("2026-03-02", week.unit, NOW) == "2 Mar – 8 Mar"
    assert cell_text("2025-12-29", week.unit, NOW) == "29 Dec 2025 – 4 Jan 2026"
    assert cell_text("2026-03-01", month.unit, NOW) == "March 2026"


def test_a_copied_table_has_causes_by_name_and_weeks_by_their_first_day(open_window: Open, desk: FakeDesk) -> None:
    desk.table = Table((Column("cause"), Column("week", "week")), (("place", "2026-03-02"),))
    window = open_window()
    window.do("page:reports")
    page = window.pages.page("reports")
    shown = page.table.model
    assert [shown.index(0, column).data() for column in (0, 1)] == ["the place", "2 Mar – 8 Mar"]
    page.copy.click()
    assert QGuiApplication.clipboard().text().splitlines() == ["Cause,Week", "the place,2026-03-02"]
