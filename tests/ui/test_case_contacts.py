"""Contacts logged in a case: kept while they are typed, taken back, and where the keyboard goes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fakes.counter import Counter
from PySide6.QtCore import QDateTime, QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.fake_desk import FakeDesk
from ui.window_samples import AWFUL, RESOURCES, Open, OpenShop, type_reply

from app.core.customer import OF_CONTACTS, Channel, Direction
from app.core.problems import Problem
from app.ui.case_contacts import CaseContacts
from app.ui.widgets.contact_form import ContactForm
from app.ui.window import MainWindow
from app.words import use


def begun(window: MainWindow, text: str) -> ContactForm:
    window.do("case:contact")
    window.case.contact._text.setPlainText(text)
    return window.case.contact


def test_a_contact_being_typed_survives_the_program(open_shop: OpenShop, shop: Counter, qtbot: QtBot) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    window = open_shop()
    form = begun(window, "Came by, ")
    form._direction.setCurrentIndex(form._direction.findData(Direction.OUT))
    form._channel.setCurrentIndex(form._channel.findData(Channel.VISIT))
    form._who.setText("Eva Maria")
    form._at.setDateTime(form._at.dateTime().addDays(-1))
    contacts: CaseContacts = window.case.contacts
    with qtbot.waitSignal(contacts.saved):
        form._text.insertPlainText("wants her money back")
    again = open_shop()  # nothing told the first one to save
    again.show_case(mention)
    assert again.case.contact.text == "wants her money back" + "Came by, "
    assert again.case.contact.how == form.how
    assert not again.case.contact.isHidden()
    assert shop.desk.inbox.open(mention).draft is None


def test_a_contact_being_typed_is_saved_when_the_program_is_left(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    begun(window, "half a note")
    window.do("quit")
    assert desk.drafts[OF_CONTACTS + 2].text == "half a note"


def test_looking_at_the_form_saves_nothing(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    begun(window, "")._channel.setCurrentIndex(1)
    window.flush()
    assert not [call for call in desk.calls if call[0] == "replies.save_draft"]


def test_a_contact_logged_is_no_draft_any_more(open_shop: OpenShop, shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    window = open_shop()
    begun(window, "Rang an")._save.click()
    window.flush()
    view = shop.desk.inbox.open(mention)
    assert ([one.text for one in view.customer.contacts], view.begun) == (["Rang an"], None)
    assert window.case.contact.isHidden()
    assert window.case.contact.text == ""


def test_a_contact_logged_is_taken_back_into_its_form(open_shop: OpenShop, shop: Counter) -> None:
    first = shop.say("Anna @anna", AWFUL)
    window = open_shop()
    window.show_case(first)
    window.do("case:resolved")
    window.show_case(first)
    form = begun(window, "Rang an")
    form._who.setText("Eva")
    how = form.how
    form._save.click()
    assert window.banner.text == "Logged with «Anna»."
    assert not window.banner._undo.isHidden()
    second = shop.say("Bob @bob", AWFUL)
    window.show_case(second)
    window.do("undo")
    view = shop.desk.inbox.open(first)
    assert view.customer.contacts == ()
    assert not view.state.is_open
    assert window.case.view.mention.id == first
    assert (form.text, form.how, form.isHidden()) == ("Rang an", how, False)
    window.do("undo")
    assert shop.desk.inbox.open(first).state.is_open


def test_a_contact_taken_back_leaves_one_begun_since(open_shop: OpenShop, shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    window = open_shop()
    begun(window, "Rang an")._save.click()
    begun(window, "Rang again")
    window.flush()
    window._undo.undo()
    assert shop.desk.inbox.open(mention).customer.contacts == ()
    assert window.case.contact.text == "Rang again"


def test_what_cannot_be_logged_stays_in_the_form(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    form = begun(window, "Rang an")
    desk.problem = Problem("desk.disk_low", {"megabytes": 0})
    form._save.click()
    desk.problem = None
    assert (form.text, form.isHidden()) == ("Rang an", False)
    assert window._undo.newest is None


def test_what_is_typed_while_a_contact_is_logged_stays(open_window: Open, desk: FakeDesk) -> None:
    later = Later()
    window = open_window(desk, later)
    later.go()
    form = begun(window, "Rang an")
    form._save.click()
    form._text.setPlainText("Rang an, angry")
    later.go()
    window.flush()
    later.go()
    assert form.text == "Rang an, angry"
    assert desk.drafts[OF_CONTACTS + 2].text == "Rang an, angry"


def test_a_double_click_logs_one_contact_though_the_disk_is_slow(open_window: Open, desk: FakeDesk) -> None:
    later = Later()
    window = open_window(desk, later)
    later.go()
    form = begun(window, "Rang an")
    form._save.click()
    form._save.click()
    later.go()
    assert [one.text for one in desk.people["anna"].contacts].count("Rang an") == 1


def test_a_form_emptied_stays_open(open_window: Open, desk: FakeDesk) -> None:
    later = Later()
    window = open_window(desk, later)
    later.go()
    form = begun(window, "Rang an")
    window.flush()
    later.go()
    form._text.clear()
    window.case.reload()
    later.go("read")
    assert (form.text, form.isHidden()) == ("", False)


@pytest.mark.parametrize("end", ["saved", "left"])
@pytest.mark.parametrize("begin", ["list", "case"])
def test_the_keyboard_comes_back_to_where_it_was(open_window: Open, begin: str, end: str) -> None:
    window = open_window()
    place = window.inbox.list if begin == "list" else window.case.reply.edit
    place.setFocus()
    form = begun(window, "Rang an")
    assert window.focusWidget() is form._text
    (form._save.click if end == "saved" else form.leave)()
    assert window.focusWidget() is place


@pytest.fixture(params=["pl", "ru", "en"])
def low(request: pytest.FixtureRequest, open_window: Open) -> Iterator[MainWindow]:
    """The smallest window, with a case."""
    use(request.param, RESOURCES / "translations")
    window = open_window()
    window.resize(window.minimumSize())
    window.show_case(1)
    QApplication.processEvents()
    yield window
    use("en", RESOURCES / "translations")


def test_in_the_smallest_window_all_of_the_form_is_seen(low: MainWindow, qtbot: QtBot) -> None:
    type_reply(low, "half a reply")
    low.do("case:contact")
    form, seen = low.case.contact, low.case._scroll.viewport()

    def is_seen(part: QWidget) -> bool:
        return seen.rect().contains(QRect(part.mapTo(seen, QPoint(0, 0)), part.size()))

    parts = (form._direction, form._channel, form._at, form._who, form._text, form._save)
    qtbot.waitUntil(lambda: all(is_seen(part) for part in parts))
    form._text.setPlainText("half a note")
    form.leave()
    assert low.case.reply.isVisible()
    assert (low.case.reply.text, form.text) == ("half a reply", "half a note")


@pytest.mark.parametrize("act", ["reply", "copy", "answered", "blank"])
def test_what_is_done_with_the_reply_brings_it_back(open_window: Open, opened_pages: list[str], act: str) -> None:
    window = open_window()
    window.resize(window.minimumSize())
    window.show_case(1)
    type_reply(window, "half a {order}")
    begun(window, "half a note")
    assert window.case.reply.isHidden()
    window.do(f"case:{act}")
    assert window.case.reply.isVisible()
    if act != "answered":
        assert window.case.contact.text == "half a note"
        assert window.focusWidget() is window.case.reply.edit
        window.do("case:contact")
        assert (window.case.contact.text, window.case.reply.isHidden()) == ("half a note", True)


def test_where_both_have_room_the_reply_stays(open_window: Open) -> None:
    window = open_window()
    window.resize(1300, 800)
    begun(window, "half a note")
    assert window.case.reply.isVisible()
    window.resize(window.minimumSize())
    QApplication.processEvents()
    assert window.case.reply.isHidden()
    window.resize(1300, 800)
    QApplication.processEvents()
    assert window.case.reply.isVisible()


def test_a_case_without_a_contact_begun_has_its_reply(open_window: Open) -> None:
    window = open_window()
    window.resize(window.minimumSize())
    begun(window, "half a note")
    assert window.case.reply.isHidden()
    window.show_case(1)
    assert window.case.reply.isVisible()


def test_what_is_remembered_of_the_window_has_room_for_the_reply(open_window: Open) -> None:
    window = open_window()
    window.resize(window.minimumSize())
    QApplication.processEvents()
    begun(window, "half a note")
    assert window.case.reply.isHidden()
    window.do("quit")
    window.close()
    again = open_window()
    again.resize(1300, 800)
    again.show_case(1)
    QApplication.processEvents()
    assert again.case.reply.isVisible()
    assert again.case.splitter.sizes()[1] >= again.case.reply.minimumHeight()


def test_a_form_begun_in_a_case_that_is_gone_is_nothing_to_leave(open_shop: OpenShop, shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    window = open_shop()
    window.show_case(mention)
    window.do("case:reply")
    form = begun(window, "half a note")
    window.case.close_case()
    window.inbox.focus_list()
    for _ in range(2):
        window.do("back")
        QApplication.processEvents()
        assert window.focusWidget() is window.inbox.list
    window.show_case(mention)
    assert (form.text, form.isHidden()) == ("half a note", False)


@pytest.mark.parametrize("size", [QSize(1300, 800), QSize(0, 0)], ids=["room", "low"])
def test_leaving_a_form_takes_the_keyboard_only_from_it(open_window: Open, size: QSize) -> None:
    window = open_window()
    window.resize(size.expandedTo(window.minimumSize()))
    window.show_case(1)
    for place, ends in ((window.inbox.list, window.inbox.list), (None, window.case.reply.edit)):
        window.do("case:reply")
        form = begun(window, "half a note")
        if place:
            place.setFocus()
        window.do("back")
        QApplication.processEvents()
        assert form.isHidden()
        assert window.focusWidget() is ends
        assert ends.isVisible()


@pytest.mark.parametrize("name", ["previous", "case:not_us"])
def test_where_another_case_takes_the_place_of_a_form_the_keyboard_is_in_the_list(
    open_shop: OpenShop, shop: Counter, name: str
) -> None:
    for who in ("Anna @anna", "Jan @jan"):
        shop.say(who, f"{AWFUL} Says {who}.")
    window = open_shop()
    window.inbox.list.step(1)
    form = begun(window, "")
    assert window.focusWidget() is form._text
    window.do(name)
    QApplication.processEvents()
    assert form.isHidden()
    assert window.focusWidget() is window.inbox.list


@pytest.mark.parametrize("place", ["case", "card"])
def test_the_time_of_a_form_left_open_moves_on_until_something_is_typed(
    open_shop: OpenShop, shop: Counter, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    opened = shop.profile.clock()
    shop.desk.customers.log_for(mention, Direction.OUT, Channel.PHONE, "Rang her", opened, "Eva")
    window = open_shop()
    if place == "case":
        window.show_case(mention)
        window.do("case:contact")
        form = window.case.contact
    else:
        window.do("page:customers")
        window.pages.customers().card._log_contact()
        form = window.pages.customers().card.contact

    def later(seconds: float) -> float:
        monkeypatch.setattr(window._bench, "now", lambda: opened + seconds)
        window._bench.read_clock()
        return form._noted().at - opened

    assert later(3 * 3600) == pytest.approx(3 * 3600, abs=1)
    form._text.setPlainText("She rang back")
    assert later(5 * 3600) == pytest.approx(3 * 3600, abs=1), "it was said when it was begun to be typed"
    form._text.clear()
    form._at.setDateTime(QDateTime.fromSecsSinceEpoch(int(opened) - 60))
    assert later(7 * 3600) == pytest.approx(-60, abs=1), "what the owner chose stays"
