"""Reports: what is copied has the names that people see."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW
from ui.window_samples import Open

from app.core.report_table import Column, ReportTable
from app.reports.registry import ReportRegistry
from app.stores.atomic import put_file
from app.ui import labels, report_saving
from app.ui.background import Background
from app.ui.report_paper import Paper, Sheet, pdf
from app.ui.report_text import Stretch, cell_text, named, sheet_of, since, stretch_text
from app.ui.window import MainWindow


def test_a_copied_table_has_the_names_of_places_that_people_see(open_window: Open, desk: FakeDesk) -> None:
    desk.table = ReportTable((Column("place"), Column("all", "count")), (("feed", 2), ("phone", 1), ("x.example", 1)))
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
    desk.table = ReportTable((Column("cause"), Column("week", "week")), (("place", "2026-03-02"),))
    window = open_window()
    window.do("page:reports")
    page = window.pages.page("reports")
    shown = page.table.model
    assert [shown.index(0, column).data() for column in (0, 1)] == ["the place", "2 Mar – 8 Mar"]
    page.copy.click()
    assert QGuiApplication.clipboard().text().splitlines() == ["Cause,Week", "the place,2026-03-02"]


def _page(window: MainWindow) -> Any:
    window.do("page:reports")
    return window.pages.page("reports")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[tuple[str, ...], str, Callable[[Path], object]]]:
    """What was asked for: the kinds of file, the name, and who takes the answer."""
    dialogs: list[tuple[tuple[str, ...], str, Callable[[Path], object]]] = []

    def ask(
        _window: object, _title: str, kinds: tuple[str, ...], name: str, chosen: Callable[[Path], object], _last: object
    ) -> None:
        dialogs.append((kinds, name, chosen))

    monkeypatch.setattr(report_saving, "ask_to_save", ask)
    return dialogs


def test_a_report_is_saved_as_pdf_or_csv_by_the_ending_of_the_file(
    open_window: Open, desk: FakeDesk, asked: list[Any]
) -> None:
    desk.table = ReportTable(
        (Column("place"), Column("wait", "seconds")), (("feed", 90.0), ("phone", 30.0)), ("", 60.0)
    )
    window = open_window()
    page = _page(window)
    page.save.click()
    kinds, name, chosen = asked[0]
    assert [kind.split("*")[1] for kind in kinds] == [".pdf)", ".csv)"]
    assert name == "Answered in time 2026-03-06.pdf"
    chosen(Path("x.pdf"))
    chosen(Path("x.CSV"))
    (_x, paper), (_y, csv) = desk.saved_files
    assert paper.startswith(b"%PDF-")
    assert csv.decode("utf-8-sig") == 'Place,"Wait, minutes"\r\nRSS or Atom feed,1.5\r\nPhone,0.5\r\n'
    assert csv.startswith(b"\xef\xbb\xbf")
    assert window.banner.text == "The report is saved as x.CSV."


def test_all_reports_are_saved_into_one_file(open_window: Open, desk: FakeDesk, asked: list[Any]) -> None:
    window = open_window()
    page = _page(window)
    page.all.click()
    kinds, name, chosen = asked[0]
    assert (len(kinds), name) == (1, "Reports 2026-03-06.pdf")
    chosen(Path("all.pdf"))
    ((path, paper),) = desk.saved_files
    assert (path.name, len(re.findall(rb"/Type /Page\b", paper))) == ("all.pdf", 2)


def test_the_menu_saves_reports_only_where_they_are_shown(open_window: Open, asked: list[Any]) -> None:
    window = open_window()
    acts = [window.menu_actions.by_name[name] for name in ("report:save", "report:all")]
    assert not any(act.isEnabled() for act in acts)
    window.do("page:reports")
    assert all(act.isEnabled() for act in acts)
    for act in acts:
        act.trigger()
    assert len(asked) == 2
    window.do("page:settings")
    assert not any(act.isEnabled() for act in acts)


def test_an_empty_report_is_not_saved(open_window: Open, desk: FakeDesk, asked: list[Any]) -> None:
    desk.table = ReportTable((Column("place"),), ())
    window = open_window()
    page = _page(window)
    assert not page.save.isEnabled()
    window.do("report:save")
    assert not asked
    assert window.banner.text == "Nothing to count yet"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_report_that_cannot_be_written_is_told_and_leaves_nothing(
    open_window: Open, desk: FakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(_file: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(FakeDesk, "reports_save", lambda _desk, path, content: put_file(path, (content,)))
    window = open_window()
    page = _page(window)
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", refuse)
        page._saving.write({"answers": page._result}, page._stretch(), tmp_path / "x.pdf")
    assert window.banner.text.startswith("The file x.pdf cannot be written (")
    assert list(tmp_path.glob("*x.pdf*")) == []
    assert page.save.isEnabled()


def test_the_file_is_made_off_the_gui_thread(open_window: Open, desk: FakeDesk) -> None:
    later = Later()
    window = open_window(desk, later)
    window.do("page:reports")
    later.go()
    page = window.pages.page("reports")
    page._saving.write({"answers": page._result}, page._stretch(), Path("x.pdf"))
    assert (later.jobs[-1][0], page.save.isEnabled(), page.all.isEnabled()) == ("slow", False, False)
    later.go()
    assert desk.saved_files
    assert page.save.isEnabled()
    assert page.all.isEnabled()


def test_a_thread_of_its_own_paints_what_the_gui_thread_would(qtbot: QtBot) -> None:
    background = Background()
    came: list[bytes] = []
    paper = Paper("Żabka", "", "", QFont().family(), (Sheet("T", "", ("A",), (False,), (("Żółć 😀 مخبز",),) * 90),))
    background.run(lambda: pdf(paper), came.append, owner=background, lane="slow")
    qtbot.waitUntil(lambda: bool(came))
    assert background.close(60)
    assert abs(len(came[0]) - len(pdf(paper))) < 100


def test_paper_has_the_shop_the_days_and_what_everything_comes_to(open_window: Open, desk: FakeDesk) -> None:
    table = ReportTable((Column("place"), Column("all", "count")), (("feed", 2), ("phone", 1)), ("", 3))
    sheet = sheet_of("places", table, {"feed": "Feed"}.get, NOW)  # type: ignore[arg-type]
    assert (sheet.title, sheet.heads, sheet.right) == ("Where people write", ("Place", "All"), (False, True))
    assert sheet.total == ("Total", "3")
    assert sheet_of("places", replace(table, rows=(("feed", 2),)), str, NOW).total == ()
    assert stretch_text(Stretch("Last 7 days", since(7, NOW), NOW)) == "Last 7 days: 28 February 2026 – 6 March 2026"
    assert stretch_text(Stretch("Everything", 0.0, NOW)) == "Everything up to 6 March 2026"


def test_all_rows_together_stand_last_and_bold(open_window: Open, desk: FakeDesk) -> None:
    desk.table = ReportTable((Column("place"), Column("all", "count")), (("feed", 2), ("phone", 1)), ("", 3))
    model = _page(open_window()).table.model
    last = [model.index(2, column) for column in (0, 1)]
    assert [index.data() for index in last] == ["Total", "3"]
    assert all(index.data(Qt.ItemDataRole.FontRole).bold() for index in last)
    assert model.index(1, 0).data(Qt.ItemDataRole.FontRole) is None


def test_every_report_says_what_it_counts() -> None:
    assert all(labels.report_note(report_id) for report_id in ReportRegistry().ids())
    assert labels.report_note("of_a_later_version") == ""
