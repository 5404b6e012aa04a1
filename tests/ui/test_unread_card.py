"""The window while the file of a card cannot be read: told where it is missed, nothing typed lost, back by itself."""

from __future__ import annotations

from typing import Any

import pytest
from fakes.counter import Counter
from fakes.held import Held
from PySide6.QtWidgets import QLabel
from ui.window_samples import AWFUL, OpenShop, type_reply

from app.core.customer import Channel, Direction
from app.ui.pages.customers_page import CustomersPage
from app.ui.window import MainWindow

NOW = 1_800_000_000.0


@pytest.fixture
def mention(shop: Counter) -> int:
    made = shop.say("Anna K. @anna", AWFUL)
    shop.desk.customers.log_for(made, Direction.IN, Channel.PHONE, "Asked for her money", NOW)
    return made


@pytest.fixture
def window(mention: int, open_shop: OpenShop) -> MainWindow:
    return open_shop()


@pytest.fixture
def held(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Held:
    return Held(monkeypatch)


def hold(shop: Counter, held: Held) -> None:
    (one,) = shop.desk.customers.search("Anna")
    held.hold(shop.profile.folder / "customers" / one.id[:2] / f"{one.id}.json")


def rows(page: CustomersPage) -> list[list[str]]:
    model = page.table.view.model()
    return [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]


def test_a_case_says_that_its_story_is_missing_and_shows_it_when_it_is_back(
    window: MainWindow, shop: Counter, held: Held, mention: int
) -> None:
    shop.desk.replies.save_draft(mention, "Dear Anna, we are", "public", NOW)
    window.case.close_case()
    hold(shop, held)
    window.show_case(mention)
    assert "cannot be read now" in window.case.unread.text.text()
    assert not window.case.unread.isHidden()
    assert "first contact" not in " ".join(label.text() for label in window.case.history.findChildren(QLabel))
    assert not window.case.reply.isEnabled(), "its draft is not seen, and would be written over"
    assert not window.case.contact.isEnabled()
    held.let_go()
    assert window.case.unread._timer.isActive()
    window.case.unread._timer.timeout.emit()
    assert window.case.unread.isHidden()
    assert window.case.reply.isEnabled()
    assert window.case.reply.text == "Dear Anna, we are"
    assert "Asked for her money" in " ".join(window.case.history.lines)
    assert not window.case.unread._timer.isActive()


def test_what_is_typed_when_the_card_goes_stays_and_is_saved_when_it_is_back(
    window: MainWindow, shop: Counter, held: Held, mention: int
) -> None:
    window.show_case(mention)
    type_reply(window, "Dear Anna")
    hold(shop, held)
    window.flush()
    assert window.case.reply.text == "Dear Anna"
    assert "trying again" in window.case.reply._mark.text()
    assert "no second card is made" in window.banner.text
    window.case.reload()
    assert window.case.reply.isEnabled()
    type_reply(window, "Dear Anna, sorry")
    held.let_go()
    window.case.drafts._timers._retry.timeout.emit()
    window.case.reload()
    assert not window.case.drafts._unsaved
    (one,) = shop.desk.customers.search("Anna")
    assert [draft.text for draft in one.drafts] == ["Dear Anna, sorry"]


def test_the_list_shows_the_card_and_says_why_it_cannot_be_opened(
    window: MainWindow, shop: Counter, held: Held
) -> None:
    hold(shop, held)
    window.do("page:customers")
    page = window.pages.customers()
    assert rows(page) == [["Anna K.", "", "cannot be read"]]
    assert page.card.currentIndex() == 0
    assert "Check the permissions of customers/" in page.card.empty.text
    page.card.note.setPlainText("Typed nowhere")
    window.flush()
    held.let_go()
    page.card._again.timeout.emit()
    assert page.card.currentIndex() == 1
    assert page.card.note.toPlainText() == ""
    assert rows(page)[0][2] == "a.example"
    assert not page.card._again.isActive()
    (one,) = shop.desk.customers.search("Anna")
    assert one.note == ""


def test_a_note_typed_when_the_card_goes_is_there_when_it_is_back(
    window: MainWindow, shop: Counter, held: Held
) -> None:
    window.do("page:customers")
    page = window.pages.customers()
    page.card.note.setPlainText("Likes rye")
    hold(shop, held)
    page.flush()
    page.load()
    assert page.card.currentIndex() == 0
    held.let_go()
    page.card.notes._timers._retry.timeout.emit()
    page.card._again.timeout.emit()
    assert page.card.note.toPlainText() == "Likes rye"
    (one,) = shop.desk.customers.search("Anna")
    assert one.note == "Likes rye"


def test_the_contact_log_does_not_leave_out_whom_it_cannot_read(window: MainWindow, shop: Counter, held: Held) -> None:
    hold(shop, held)
    window.do("page:log")
    page: Any = window.pages.page("log")
    model = page.table.model
    assert [model.index(0, column).data() for column in range(1, 5)] == ["Anna K.", "", "", "cannot be read"]
    held.let_go()
    window.refresh()
    assert model.index(0, 4).data() == "Asked for her money"
