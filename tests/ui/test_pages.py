"""The pages beside the inbox: customers, log, reports, help."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW
from ui.window_samples import Open

from app.core.customer import Channel, Direction
from app.core.report_table import Column, ReportTable
from app.ui.pages.customers_page import CustomersPage
from app.ui.report_text import as_csv, since
from app.ui.window import MainWindow


@pytest.fixture
def window(open_window: Open) -> MainWindow:
    return open_window()


@pytest.fixture
def customers(window: MainWindow) -> CustomersPage:
    window.do("page:customers")
    return window.pages.customers()


def test_a_card_shows_the_story(customers: CustomersPage) -> None:
    assert customers.card.name.text() == "Anna K."
    assert customers.card.note.toPlainText().startswith("Stała")
    assert len(customers.card.history.lines) == 2
    assert "us · post" in customers.card.history.lines[1]


def test_a_note_is_saved_to_the_card_it_was_typed_on(customers: CustomersPage, desk: FakeDesk) -> None:
    customers.card.note.setPlainText("likes rye")
    customers.table.view.selectRow(1)
    assert desk.people["anna"].note == "likes rye"
    assert desk.people["jan"].note == ""
    assert customers.card.note.toPlainText() == ""


def test_leaving_the_page_saves_the_note(customers: CustomersPage, desk: FakeDesk, window: MainWindow) -> None:
    customers.card.note.setPlainText("likes rye")
    window.do("page:log")
    assert desk.people["anna"].note == "likes rye"


def test_a_customer_is_renamed_and_made(customers: CustomersPage, desk: FakeDesk) -> None:
    customers.card.name.setText("Anna Kowalska")
    customers.card.name.editingFinished.emit()
    assert desk.people["anna"].name == "Anna Kowalska"
    customers.add_card()
    assert customers.card.customer.name == "New customer"
    assert len(desk.people) == 3


def test_forgetting_asks_first(customers: CustomersPage, desk: FakeDesk) -> None:
    assert customers.card.sure.isHidden()
    customers.card.sure.show()
    assert "anna" in desk.people
    customers.card._forget()
    assert "anna" not in desk.people
    assert customers.card.customer.id == "jan"


def test_a_contact_is_logged_on_a_card(customers: CustomersPage, desk: FakeDesk) -> None:
    card = customers.card
    card.contact.begin(NOW)
    card.contact._direction.setCurrentIndex(1)
    card.contact._channel.setCurrentIndex(card.contact._channel.findData(Channel.VISIT))
    card.contact._text.setPlainText("gave a cake")
    card.contact._save.click()
    last = desk.people["anna"].contacts[-1]
    assert (last.direction, last.channel, last.text) == (Direction.OUT, Channel.VISIT, "gave a cake")


def test_nobody_found_offers_a_card(customers: CustomersPage) -> None:
    customers.field.setText("zzz")
    customers.load()
    assert "Nobody found" in customers.table.empty.text
    assert customers.card.customer is None


def test_the_log_is_filtered_blind_to_diacritics(window: MainWindow) -> None:
    window.do("page:log")
    page: Any = window.pages.page("log")
    assert page.table.model.rowCount() == 2
    page.filter.setText("BEDZIE")
    assert page.table.model.rowCount() == 1
    page.filter.setText("nonsense")
    assert page.table.currentWidget() is page.table.empty
    page.filter.clear()
    page.table.opened.emit(page.table.model.row(0))
    assert window.pages.name == "customers"
    assert window.pages.customers().card.customer.id == "anna"


def test_the_log_read_anew_leaves_the_mark_on_its_row(window: MainWindow) -> None:
    window.do("page:log")
    page: Any = window.pages.page("log")
    page.table.view.selectRow(1)
    said = page.table.current[1].text
    window.refresh()
    assert page.table.current[1].text == said
    page.filter.setText("BEDZIE")
    page.filter.clear()
    assert page.table.current is not None


def test_a_report_is_shown_and_copied(window: MainWindow) -> None:
    window.do("page:reports")
    page: Any = window.pages.page("reports")
    model = page.table.model
    said = [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]
    assert said[0][:4] == ["mastodon.social", "4", "75%", "40 min"]
    assert said[1][4] == "–"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Place"
    page.copy.click()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[1].startswith("mastodon.social,4,75.0")
    assert copied[3].startswith("'=evil()")


def test_an_empty_report_says_so(window: MainWindow, desk: FakeDesk) -> None:
    desk.table = ReportTable((Column("place"),), ())
    window.do("page:reports")
    page: Any = window.pages.page("reports")
    assert page.table.currentWidget() is page.table.empty
    assert not page.copy.isEnabled()


def test_csv_keeps_commas_and_lines() -> None:
    table = ReportTable((Column("a"), Column("b")), (('x,"y"', None), ("two\nlines", 1.5)))
    assert as_csv(table) == 'A,B\n"x,""y""",\n"two\nlines",1.5\n'


def test_periods_begin_at_midnight() -> None:
    assert since(0, NOW) == 0
    assert 0 <= NOW - since(1, NOW) < 86400
    assert 6 * 86400 - 3600 <= NOW - since(7, NOW) < 7 * 86400 + 3600


def test_help_lists_the_keys(window: MainWindow) -> None:
    window.do("page:help")
    page: Any = window.pages.page("help")
    assert any(line.startswith("Ctrl+F ") for line in page.lines)
    assert any(line.startswith("Ctrl+Enter ") for line in page.lines)
    assert not any("Return" in line for line in page.lines)
    assert len(page.lines) > 35
