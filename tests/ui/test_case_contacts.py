"""Contacts logged in a case: kept while they are typed, taken back, and where the keyboard goes."""

from __future__ import annotations

import pytest
from fakes.counter import Counter
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.fake_desk import FakeDesk
from ui.window_samples import AWFUL, Open, OpenShop

from app.core.customer import Channel, Direction
from app.core.problems import Problem
from app.desk.drafts import OF_CONTACTS
from app.ui.case_contacts import CaseContacts
from app.ui.widgets.contact_form import ContactForm
from app.ui.window import MainWindow


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
    with qtbot.waitSignal(contacts.saved, timeout=20_000):
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
