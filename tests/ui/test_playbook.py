"""The playbook: written in the settings, shown in the cases it fits, folded until somebody wants all of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shiboken6
from fakes.counter import Counter
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from ui.fake_desk import FakeDesk
from ui.window_samples import AWFUL, Open, OpenShop

from app.core.playbook import MANY, SITUATIONS, Plan
from app.ui.pages.case_page import GAP
from app.ui.pages.settings_page import SettingsPage
from app.ui.widgets.plan_note import PlanNote
from app.ui.widgets.playbook_fields import PlaybookFields
from app.ui.window import MainWindow

STEPS = "1. Call <b>them</b>.\n2. Say sorry.\n" + "\n".join(f"{n}. And so on." for n in range(3, 40))


def write(shop: Counter, **plans: str) -> None:
    assert shop.desk.settings.change(lambda known: replace(known, plans=plans)) is None


@pytest.fixture
def window(shop: Counter, open_shop: OpenShop) -> MainWindow:
    write(shop, other=STEPS, crisis="1. Read them all.")
    shop.say("Anna @anna", AWFUL)
    shop.say("Piotr @piotr", "What a great shop.")
    return open_shop()


@pytest.fixture
def note(window: MainWindow) -> PlanNote:
    window.show_case(1)
    return window.case.plan


def test_it_is_folded_to_its_first_line(note: PlanNote) -> None:
    (one,) = note.plans
    assert note.isVisible()
    assert (one.beginning.text(), one.switch.text(), one.text.isVisible()) == ("1. Call <b>them</b>.", "Unfold", False)
    assert (one.title.text(), one.title.property("tone")) == ("Plan: other complaints", None)
    assert "1. Call" in one.switch.accessibleDescription()


def test_the_button_and_a_click_unfold_it_as_plain_text(note: PlanNote, qtbot: QtBot) -> None:
    (one,) = note.plans
    one.switch.click()
    assert one.text.isVisible()
    assert (one.text.text(), one.text.textFormat()) == (STEPS, Qt.TextFormat.PlainText)
    assert one.text.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert STEPS in one.text.accessibleName()
    assert (one.beginning.text(), one.switch.text()) == ("", "Fold")
    one.switch.click()
    assert not one.text.isVisible()
    qtbot.mouseClick(one.beginning, Qt.MouseButton.LeftButton)
    assert one.text.isVisible()
    qtbot.mouseClick(one.beginning, Qt.MouseButton.LeftButton)
    assert one.text.isVisible(), "a click into what is read folds nothing away"


def test_the_keyboard_goes_to_it_and_back(window: MainWindow, note: PlanNote, qtbot: QtBot) -> None:
    window.resize(window.minimumSize())
    window.case.reply.edit.setFocus()
    action = window.menu_actions.by_name["case:plan"]
    assert action.shortcut().toString() == "Ctrl+P"
    action.trigger()
    (one,) = note.plans
    assert window.focusWidget() is one.text
    bar = window.case._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == note.y())
    action.trigger()
    assert not one.is_unfolded
    assert window.focusWidget() is window.case.reply.edit


def test_its_ring_touches_neither_its_button_nor_the_edge_of_its_card(window: MainWindow, note: PlanNote) -> None:
    window.do("case:plan")
    QApplication.processEvents()
    (one,) = note.plans
    ring, switch = one._ring.geometry(), one.switch.geometry()
    host = one._ring.parentWidget()
    assert host is one
    assert ring.top() - switch.bottom() >= 3
    assert one.rect().adjusted(2, 2, -2, -2).contains(ring)


@pytest.mark.parametrize("lines", [3, 5])
def test_it_scrolls_no_further_than_to_see_it(
    window: MainWindow, note: PlanNote, shop: Counter, qtbot: QtBot, lines: int
) -> None:
    write(shop, other="\n".join(f"{n}. Do this." for n in range(lines)))
    window.resize(window.minimumSize())
    window.case.reload()
    window.case.splitter.setSizes([10_000, 1])
    window.do("case:plan")
    bar, seen = window.case._scroll.verticalScrollBar(), window.case._scroll.viewport()
    assert bar.value() > 0
    assert note.height() < seen.height()
    assert 0 <= seen.height() - (note.geometry().bottom() + 1 - bar.value()) <= GAP


def test_folded_it_says_what_it_is_for(qtbot: QtBot) -> None:
    note = PlanNote()
    qtbot.addWidget(note)
    note.show_plans((Plan("crisis", "1. Read."), Plan("danger", "1. Call."), Plan("money", "1. Pay.")), anew=True)
    told = [(one.title.text(), one.title.property("tone")) for one in note.plans]
    assert told == [("Plan in a crisis", "bad"), ("Plan: danger", "bad"), ("Plan: money", None)]
    assert note.plans[1].text.accessibleName() == "Plan: danger: 1. Call."


def test_it_stays_unfolded_while_its_case_is_read_anew_and_begins_folded_in_another(
    window: MainWindow, note: PlanNote, shop: Counter
) -> None:
    window.do("case:plan")
    window.case.reload()
    assert note.plans[0].is_unfolded
    other = shop.say("Jan @jan", "Another awful thing.")
    window.show_case(other)
    assert not note.plans[0].is_unfolded


def test_where_there_is_none_nothing_is_shown_and_the_key_says_why(window: MainWindow, note: PlanNote) -> None:
    window.show_case(2)
    assert not note.isVisible()
    said: list[object] = []
    window.case._bench.announced.connect(said.append)
    window.do("case:plan")
    assert len(said) == 1
    assert str(said[0]).startswith("There is no plan for this.")


def test_in_a_crisis_its_plan_stands_above(window: MainWindow, note: PlanNote, shop: Counter) -> None:
    for number in range(1, MANY):
        shop.say(f"P{number} @p{number}", f"{AWFUL} Says number {number}.")
    window.case.reload()
    assert [one.beginning.text() for one in note.plans] == ["1. Read them all.", "1. Call <b>them</b>."]
    window.do("case:plan")
    assert [one.is_unfolded for one in note.plans] == [True, True]
    assert note.plans[0].beginning.text() == f"{MANY} or more people complained within 24 hours"


def test_what_is_written_is_shown_at_once(window: MainWindow, note: PlanNote, shop: Counter) -> None:
    window.do("page:settings")
    page = window.pages.page("settings")
    assert isinstance(page, SettingsPage)
    page.playbook.list.setCurrentRow(SITUATIONS.index("other"))
    page.playbook.text.setPlainText("1. Think first.")
    page.flush()
    assert note.plans[0].beginning.text() == "1. Think first."
    page.playbook.text.clear()
    page.flush()
    assert note.plans == []


@pytest.fixture
def page(open_window: Open, desk: FakeDesk) -> SettingsPage:
    desk.preferences = replace(desk.preferences, plans={"danger": "1. Call.", "of a later version": "Kept."})
    window = open_window()
    window.do("page:settings")
    QApplication.processEvents()
    made = window.pages.page("settings")
    assert isinstance(made, SettingsPage)
    return made


@pytest.fixture
def fields(page: SettingsPage) -> PlaybookFields:
    return page.playbook


def test_a_plan_is_kept_while_it_is_typed(
    page: SettingsPage, fields: PlaybookFields, desk: FakeDesk, qtbot: QtBot
) -> None:
    fields.list.setCurrentRow(SITUATIONS.index("money"))
    assert fields.text.accessibleName() == "What to do: Money"
    qtbot.keyClicks(fields.text, "1. Look it up. ")
    with qtbot.waitSignal(page.kept):
        pass
    assert desk.preferences.plans == {
        "danger": "1. Call.",
        "money": "1. Look it up.",
        "of a later version": "Kept.",
    }


def test_each_situation_keeps_its_own(page: SettingsPage, fields: PlaybookFields, desk: FakeDesk) -> None:
    fields.list.setCurrentRow(SITUATIONS.index("danger"))
    assert fields.text.toPlainText() == "1. Call."
    fields.text.setPlainText("1. Call at once.")
    fields.list.setCurrentRow(SITUATIONS.index("place"))
    assert fields.text.toPlainText() == ""
    fields.list.setCurrentRow(SITUATIONS.index("danger"))
    assert fields.text.toPlainText() == "1. Call at once."
    page.flush()
    assert desk.preferences.plans["danger"] == "1. Call at once."


def test_looking_through_them_changes_nothing(page: SettingsPage, fields: PlaybookFields, desk: FakeDesk) -> None:
    before = len(desk.calls)
    for row in range(fields.list.count()):
        fields.list.setCurrentRow(row)
    page.flush()
    assert not [call for call in desk.calls[before:] if call[0] == "settings.change"]


def test_what_has_a_plan_is_told_from_what_has_none(fields: PlaybookFields) -> None:
    def told(situation: str) -> tuple[bool, str]:
        item = fields.list.item(SITUATIONS.index(situation))
        return item.font().bold(), item.data(Qt.ItemDataRole.AccessibleTextRole)

    assert told("danger") == (True, "Danger, with a plan")
    assert told("money") == (False, "Money")
    fields.list.setCurrentRow(SITUATIONS.index("danger"))
    fields.text.clear()
    assert told("danger") == (False, "Danger")


def test_an_empty_note_is_not_seen(qtbot: QtBot) -> None:
    note = PlanNote()
    qtbot.addWidget(note)
    note.show_plans((), anew=True)
    assert note.isHidden()
    note.show_plans((Plan("money", "1. Pay."),), anew=False)
    assert not note.isHidden()


def test_where_the_keyboard_came_from_may_be_gone_by_then(window: MainWindow, note: PlanNote) -> None:
    gone = QPushButton("Show 3 earlier", window.case.history)
    gone.show()
    gone.setFocus()
    window.do("case:plan")
    assert note.plans[0].text.hasFocus()
    shiboken6.delete(gone)
    window.do("case:plan")
    assert not note.plans[0].is_unfolded
