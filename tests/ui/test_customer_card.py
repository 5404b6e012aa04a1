"""A customer's card in the window: the person's file, and two cards made one."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes.counter import Counter
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.window_samples import AWFUL, OpenShop, type_reply

from app.core.case import CaseState
from app.core.customer import Channel, Direction
from app.core.problems import Problem
from app.ui.pages.customers_page import CustomersPage
from app.ui.person_export import file_name
from app.ui.widgets.customer_card import CustomerCard
from app.ui.window import MainWindow

NOW = 1_800_000_000.0


@pytest.fixture
def window(shop: Counter, open_shop: OpenShop) -> MainWindow:
    mention = shop.say("Anna K. @anna", AWFUL)
    shop.desk.customers.log_for(mention, Direction.OUT, Channel.PHONE, "Called back", NOW, "Eva")
    caller = shop.desk.customers.create("Anna K.", NOW - 9)
    assert not isinstance(caller, Problem)
    shop.desk.customers.log(caller.id, Direction.IN, Channel.PHONE, "Asked about order 1182", NOW - 5)
    shop.desk.customers.set_note(caller.id, "Likes rye")
    return open_shop()


@pytest.fixture
def page(window: MainWindow) -> CustomersPage:
    window.do("page:customers")
    return window.pages.customers()


def names(page: CustomersPage) -> list[str]:
    return [page.table.view.model().index(row, 0).data() for row in range(page.table.view.model().rowCount())]


def test_a_person_is_exported_with_what_was_just_typed(
    page: CustomersPage, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[QFileDialog] = []

    def opened(dialog: QFileDialog) -> None:
        asked.append(dialog)

    monkeypatch.setattr(QFileDialog, "open", opened)
    page.card.note.setPlainText("Came <b>by</b>")
    page.card._export()
    (dialog,) = asked
    assert Path(dialog.selectedFiles()[0]).name == "Anna K.html"
    dialog.fileSelected.emit(str(tmp_path / "anna.html"))
    told = (tmp_path / "anna.html").read_text("utf-8")
    assert AWFUL in told
    assert "Called back" in told
    assert "Came &lt;b&gt;by&lt;/b&gt;" in told
    assert "anna.html" in window.banner.text


def test_a_folder_that_takes_no_file_is_told(page: CustomersPage, window: MainWindow, tmp_path: Path) -> None:
    card = page.card.customer
    assert card is not None
    page.card.export.write(card, tmp_path / "no" / "anna.html")
    assert "cannot be written" in window.banner.text


def test_names_become_names_of_files() -> None:
    assert file_name("Łukasz Żak") == "Łukasz Żak.html"
    assert file_name("../../etc/passwd\n\u202e") == "etc passwd.html"
    assert file_name("@@@") == "Customer.html"
    assert len(file_name("x" * 500)) < 100


def test_two_cards_become_one_and_two_again(page: CustomersPage, window: MainWindow, shop: Counter) -> None:
    assert names(page) == ["Anna K.", "Anna K."]
    card = page.card.customer
    assert card is not None
    before = {one.id: one for one in shop.desk.customers.search("")}
    (other,) = before.keys() - {card.id}
    page.card._begin_merging()
    box = page.card.merging
    assert box.isVisible()
    assert not box.merge.isEnabled()
    (line,) = box.finder.offered
    box.finder.choose(line)
    assert "1 contact, note, mentions" in box.told.text()
    box.merge.click()
    assert not box.isVisible()
    assert names(page) == ["Anna K."]
    assert page.card.customer is not None
    assert page.card.note.toPlainText() == "Likes rye"
    assert len(page.card.customer.contacts) == 2
    assert shop.desk.customers.get(other) == page.card.customer
    window.do("undo")
    assert {one.id: one for one in shop.desk.customers.search("")} == before
    assert names(page) == ["Anna K.", "Anna K."]


def test_cards_that_look_alike_can_each_be_chosen(page: CustomersPage, shop: Counter) -> None:
    for _twin in range(2):
        shop.desk.customers.create("Anna K.", NOW - 9)
    page.card._begin_merging()
    assert len(page.card.merging.finder.offered) == 3
    assert page.card.customer not in page.card.merging.finder.offered.values()


def test_the_other_card_is_chosen_from_the_list_below_the_field(page: CustomersPage, qtbot: QtBot) -> None:
    page.card._begin_merging()
    box = page.card.merging
    qtbot.waitUntil(box.field.hasFocus)
    qtbot.keyClicks(box.field, "anna")
    popup = box.finder.popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(box.merge.isEnabled)
    assert [box.field.text()] == list(box.finder.offered)


def test_what_is_typed_again_is_not_merged(page: CustomersPage) -> None:
    page.card._begin_merging()
    box = page.card.merging
    box.finder.choose(next(iter(box.finder.offered)))
    assert box.merge.isEnabled()
    box.field.textEdited.emit("Jan")
    assert not box.merge.isEnabled()
    page.card.show_customer(None)
    assert not box.isVisible()


def test_a_merge_that_fails_is_told(page: CustomersPage, window: MainWindow, shop: Counter, qtbot: QtBot) -> None:
    page.card._begin_merging()
    box = page.card.merging
    box.finder.choose(next(iter(box.finder.offered)))
    other = box._other
    assert other is not None
    shop.desk.customers.forget(other.id)
    with qtbot.waitSignal(page._bench.announced):
        box.merge.click()
    assert "no longer there" in window.banner.text
    assert box.isVisible()


def choose(page: CustomersPage, row: int) -> None:
    page.table.view.setCurrentIndex(page.table.view.model().index(row, 0))


def test_a_note_typed_is_there_when_the_card_is_opened_again(page: CustomersPage, shop: Counter) -> None:
    choose(page, 1)
    page.card.note.setPlainText("Wants no calls")
    choose(page, 0)
    choose(page, 1)
    assert page.card.note.toPlainText() == "Wants no calls"


def test_a_contact_begun_on_a_card_waits_there_and_is_logged_once(
    page: CustomersPage, window: MainWindow, shop: Counter, open_shop: OpenShop
) -> None:
    choose(page, 1)
    card = page.card
    card.contact.begin(NOW)
    card.contact._text.setPlainText("Came by")
    choose(page, 0)
    assert card.contact.isHidden()
    assert card.contact.text == ""
    choose(page, 1)
    assert card.contact.text == "Came by"
    card.contact._who.setText("Eva")
    window.flush()
    again = open_shop()
    again.do("page:customers")
    other = again.pages.customers()
    choose(other, 1)
    form = other.card.contact
    assert (form.text, form.how) == ("Came by", card.contact.how)
    assert form.isVisible()
    form._save.click()
    form._save.click()
    assert form.isHidden()
    assert other.card.customer is not None
    kept = shop.desk.customers.get(other.card.customer.id)
    assert kept is not None
    assert [one.text for one in kept.contacts][-1:] == ["Came by"]
    assert len(kept.contacts) == 2
    assert kept.begun is None
    again.do("undo")
    kept = shop.desk.customers.get(kept.id)
    assert kept is not None
    assert len(kept.contacts) == 1
    assert form.text == "Came by"
    assert form.isVisible()


def test_a_name_half_typed_is_kept_at_the_end(page: CustomersPage, window: MainWindow, shop: Counter) -> None:
    card = page.card.customer
    assert card is not None
    page.card.name.setText("Anna Kowal")
    window.flush()
    kept = shop.desk.customers.get(card.id)
    assert kept is not None
    assert kept.name == "Anna Kowal"


def test_a_note_that_cannot_be_kept_is_told_and_tried_again(
    page: CustomersPage, window: MainWindow, shop: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(page, 1)
    card = page.card.customer
    assert card is not None
    with monkeypatch.context() as full:
        full.setattr(shop.desk.customers, "set_note", lambda *_: Problem("stores.disk_full"))
        page.card.note.setPlainText("Wants no calls")
        choose(page, 0)
        assert "disk" in window.banner.text.lower()
        choose(page, 1)
        assert page.card.note.toPlainText() == "Wants no calls"
    page.card.notes._save_again()
    kept = shop.desk.customers.get(card.id)
    assert kept is not None
    assert kept.note == "Wants no calls"


@pytest.fixture
def settled(shop: Counter, window: MainWindow) -> int:
    """The mention of a case that was settled first of all, which Ctrl+Z must be able to reach."""
    other = shop.say("Jan @jan", "What an awful place this is, really.")
    window._acts.set_state(other, CaseState.RESOLVED)
    return other


def state_after_undo(shop: Counter, window: MainWindow, mention: int, times: int) -> CaseState:
    for _time in range(times):
        window._undo.undo()
    view = shop.desk.inbox.open(mention)
    assert view is not None
    return view.state


def test_after_a_merged_card_was_forgotten_undo_goes_on(
    settled: int, page: CustomersPage, window: MainWindow, shop: Counter
) -> None:
    card = page.card.customer
    assert card is not None
    (twin,) = (one for one in shop.desk.customers.search("") if one.id != card.id)
    page.card._merge(twin)
    page.card._forget()
    assert shop.desk.customers.search("") == ()
    assert state_after_undo(shop, window, settled, 2) is CaseState.NEW


def test_after_somebody_answered_was_forgotten_undo_goes_on(
    settled: int, page: CustomersPage, window: MainWindow, shop: Counter
) -> None:
    window.show_case(1)
    type_reply(window, "We are sorry")
    window.case.mark_answered()
    view = shop.desk.inbox.open(1)
    assert view is not None
    assert view.customer is not None
    assert view.state is CaseState.ANSWERED
    window.do("page:customers")
    page.show_customer(view.customer.id)
    page.card._forget()
    assert shop.archive.mention(1) is None
    assert state_after_undo(shop, window, settled, 2) is CaseState.NEW


def test_after_a_card_with_a_new_contact_was_forgotten_undo_goes_on(
    settled: int, page: CustomersPage, window: MainWindow, shop: Counter
) -> None:
    form = page.card.contact
    form.begin(NOW)
    form._text.setPlainText("Rang")
    form._save.click()
    page.card._forget()
    assert state_after_undo(shop, window, settled, 2) is CaseState.NEW


def test_that_somebody_was_forgotten_is_told_to_the_window(
    page: CustomersPage, window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.pages.forgotten):
        page.card._forget()


def slow_card(open_shop: OpenShop) -> tuple[Later, MainWindow, CustomerCard]:
    """Return a disk that does nothing before it is told to, a window on it, and the card shown there."""
    later = Later()
    window = open_shop(later)
    window.do("page:customers")
    later.go()
    return later, window, window.pages.customers().card


def test_a_double_click_on_a_slow_disk_is_one_act(shop: Counter, window: MainWindow, open_shop: OpenShop) -> None:
    later, slow, card = slow_card(open_shop)
    card.contact.begin(NOW)
    card.contact._text.setPlainText("Rang again")
    card.contact._save.click()
    card.contact._save.click()
    later.go()
    assert [contact.text for _card, contact in shop.desk.customers.contacts()].count("Rang again") == 1
    card.merging.begin(card.customer)
    later.go()
    card.merging.finder.choose(next(iter(card.merging.finder.offered)))
    card.merging.merge.click()
    card.merging.merge.click()
    later.go()
    assert "Cards merged" in slow.banner.text


def test_a_customer_asked_for_is_shown_however_many_there_are(
    page: CustomersPage, window: MainWindow, shop: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, last = shop.desk.customers.search("")
    monkeypatch.setattr(shop.desk.customers, "search", lambda _words: (first,))
    window.pages._show_customer(last.id)
    assert page.card.customer is not None
    assert page.card.customer.id == last.id


def test_what_a_customer_says_meanwhile_joins_the_story_and_leaves_alone_what_is_typed(
    page: CustomersPage, window: MainWindow, shop: Counter
) -> None:
    (anna,) = (one for one in shop.desk.customers.search("Anna") if one.identities)
    page.show_customer(anna.id)
    assert len(page.card.history.lines) == 2
    page.card.name.setText("Anna Kow")
    page.card.note.setPlainText("Half a no")
    shop.say("Anna K. @anna", "Still no answer from you, and my cake is stale")
    window.refresh()
    assert len(page.card.history.lines) == 3
    assert any("my cake is stale" in line for line in page.card.history.lines)
    assert (page.card.name.text(), page.card.note.toPlainText()) == ("Anna Kow", "Half a no")
    link = page.card.history.findChildren(QPushButton)[-1]
    shop.say("Jan @jan", "Your bread was stale again, I want my money back")
    window.refresh()
    assert page.card.history.findChildren(QPushButton)[-1] is link, (
        "somebody else's news takes the keyboard from nobody"
    )


def test_what_is_typed_while_a_contact_is_being_logged_stays(
    shop: Counter, window: MainWindow, open_shop: OpenShop
) -> None:
    later, _slow, card = slow_card(open_shop)
    card.contact.begin(NOW)
    card.contact._text.setPlainText("Rang again")
    card.contact._save.click()
    card.contact._text.setPlainText("Rang again, and came by")
    later.go()
    assert card.contact.text == "Rang again, and came by"
    card.contacts.flush()
    later.go()
    kept = shop.desk.customers.get(card.customer.id)
    assert kept is not None
    assert kept.begun is not None
    assert kept.begun.text == "Rang again, and came by"
    assert [contact.text for contact in kept.contacts][-1] == "Rang again"


def test_a_contact_that_cannot_be_logged_is_still_begun_after_a_crash(
    page: CustomersPage, shop: Counter, window: MainWindow
) -> None:
    form, card = page.card.contact, page.card.customer
    assert card is not None
    form.begin(NOW)
    form._text.setPlainText("Rang again")
    page.card.contacts.flush()
    shop.files.problem = Problem("stores.disk_full")
    form._save.click()
    shop.files.problem = None
    kept = shop.desk.customers.get(card.id)
    assert kept is not None
    assert kept.begun is not None
    assert (kept.begun.text, form.text) == ("Rang again", "Rang again")


def test_a_person_is_exported_after_what_waits_to_be_kept(
    shop: Counter, window: MainWindow, open_shop: OpenShop, tmp_path: Path
) -> None:
    later, slow, card = slow_card(open_shop)
    customer = card.customer
    assert customer is not None
    slow._bench.write(card, lambda desk: desk.customers.set_note(customer.id, "Wants no calls"))
    card.export.write(customer, tmp_path / "anna.html")
    later.go("slow")
    later.go()
    assert "Wants no calls" in (tmp_path / "anna.html").read_text("utf-8")


def test_a_new_card_takes_the_keyboard_only_where_it_is_seen(shop: Counter, open_shop: OpenShop) -> None:
    later = Later()
    window = open_shop(later)
    later.go()
    window.do("page:customers")
    later.go()
    page = window.pages.customers()
    page.add_card()
    later.go()
    assert window.focusWidget() is page.card.name
    page.add_card()
    window.do("page:log")
    later.go()
    assert window.focusWidget().isVisible()


def test_what_opens_on_a_card_is_set_off_from_it(page: CustomersPage, window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1366, 728)
    for part in (page.card.sure, page.card.merging, page.card.contact):
        part.show()
        qtbot.waitUntil(lambda part=part: part.height() >= part.minimumSizeHint().height())  # type: ignore[misc]
        at = part.mapTo(window, QPoint(part.width() // 2, 4))
        seen = window.grab().toImage().pixelColor(at)
        assert seen.name() == window._theme.tones.raised, type(part).__name__
        part.hide()


def test_a_contact_is_begun_on_no_card_that_goes_as_the_button_is_pressed(page: CustomersPage, qtbot: QtBot) -> None:
    page.window().activateWindow()
    choose(page, 0)
    (button,) = (one for one in page.card.findChildren(QPushButton) if one.text() == "Log a contact…")
    page.card.name.editingFinished.connect(lambda: page.card.show_customer(None))
    page.card.name.setFocus()
    button.pressed.connect(page.card.name.editingFinished.emit)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.card.contact.isHidden()
    focus = page.window().focusWidget()
    assert focus is None or focus.isVisible()
