"""Reports: what is copied has the names that people see."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from ui.fake_desk import FakeDesk
from ui.window_samples import Open

from app.core.table import Column, Table


def test_a_copied_table_has_the_names_of_places_that_people_see(open_window: Open, desk: FakeDesk) -> None:
    desk.table = Table((Column("place"), Column("all", "count")), (("feed", 2), ("phone", 1), ("x.example", 1)))
    window = open_window()
    window.do("page:reports")
    window.pages.page("reports").copy.click()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[1:] == ["RSS or Atom feed,2", "Phone,1", "x.example,1"]
