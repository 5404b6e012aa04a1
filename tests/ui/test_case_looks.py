"""The case page as it looks: in the smallest window, in every language, with all mentions of its case."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes.counter import Counter
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW, heard
from ui.window_samples import AWFUL, RESOURCES, Open, OpenShop

from app.core.case import CaseState
from app.core.views import HistoryEntry
from app.ui.format import FIRST_STRONG, apart
from app.ui.widgets.history_list import HistoryList
from app.ui.widgets.pieces import Elided
from app.words import use

LONG = "Wielka Rodzina Brzęczyszczykiewiczów z Jeżyc i okolic 👩‍👩‍👧‍👦" * 3
ARABIC = "محمد العربي الطويل الاسم جداً جداً محمد العربي الطويل الاسم"


@pytest.fixture(params=["pl", "ru"])
def _spoken(request: pytest.FixtureRequest) -> None:
    use(request.param, RESOURCES / "translations")


@pytest.mark.usefixtures("_spoken")
@pytest.mark.parametrize("state", list(CaseState))
def test_nothing_is_cut_off_at_the_side_of_the_smallest_window(
    open_window: Open, desk: FakeDesk, state: CaseState
) -> None:
    one = desk.one(1)
    one.archived = replace(one.archived, mention=replace(one.archived.mention, author=LONG, handle=f"@{LONG}"))
    one.state, one.answered_at = state, NOW - 9
    one.snoozed = NOW + 9_999_999 if state in {CaseState.WAITING, CaseState.IN_WORK} else None
    window = open_window()
    window.resize(100, 100)
    window.show_case(1)
    QApplication.processEvents()
    part = window.case._scroll
    assert part.widget().width() <= part.viewport().width()


def test_a_low_window_leaves_room_for_what_was_said(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.resize(window.minimumWidth(), 760)
    window.show_case(1)
    QApplication.processEvents()
    reply = window.case.reply
    tall = reply.minimumHeight()
    assert reply._contact.isVisible()
    window.resize(window.minimumWidth(), window.minimumHeight())
    qtbot.waitUntil(lambda: reply.minimumHeight() < tall)
    assert not reply._contact.isVisible()
    assert "case:contact" in window.menu_actions.by_name, "it stands in the menu"


def test_all_mentions_of_a_case_are_in_reach(shop: Counter, open_shop: OpenShop, qtbot: QtBot) -> None:
    first = shop.say("Anna @anna", AWFUL)
    second = shop.say("Anna @anna", "Still nobody answers, the service is awful beyond words.")
    window = open_shop()
    window.show_case(first)
    page = window.case
    assert page._others_title.isVisible()
    (line,) = page.others.lines
    assert "· Still nobody answers" in line
    link = next(one for one in page.others.findChildren(QPushButton) if one.accessibleName() == "Show this mention")
    link.click()
    assert page.view is not None
    assert page.view.mention.id == second
    assert "The bread was awful" in page.others.lines[0]
    alone = shop.say("Jan @jan", "The cake was stale and the lady shouted at me.")
    window.show_case(alone)
    assert not page._others_title.isVisible()


def test_what_a_complaint_answers_in_another_case_is_in_reach(shop: Counter, open_shop: OpenShop) -> None:
    first = shop.say("Anna @anna", AWFUL)
    other = shop.say("Jan @jan", f"{AWFUL} I was charged twice.", answers=first)
    window = open_shop()
    window.show_case(other)
    page = window.case
    assert page._answered_title.isVisible()
    (line,) = page.answered.lines
    assert "Anna · a.example · The bread was awful" in line
    page.answered.findChildren(QPushButton)[0].click()
    assert page.view is not None
    assert page.view.mention.id == first
    assert not page._answered_title.isVisible()
    assert not page.answered.isVisible()


def test_of_others_in_the_case_who_wrote_them_is_seen(qtbot: QtBot) -> None:
    def entry(number: int, **said: str) -> HistoryEntry:
        mention = replace(heard(number, "Same here.").archived.mention, **said)
        return HistoryEntry(NOW, mention=replace(heard(number, "").archived, mention=mention))

    story = HistoryList(by_writer=True)
    qtbot.addWidget(story)
    site = {"site": "a.example"}
    others = (
        entry(1, author="Bartek", **site),
        entry(2, author="", **site),
        entry(3, author="a.example", **site),
        entry(4, author="Ola\n\x1b[1m", site=""),
        entry(5, author="W" * 500, **site),
    )
    story.show_entries(others, NOW, "")
    said = [line.split("complaint ", 1)[1].replace("\N{ZERO WIDTH SPACE}", "") for line in story.lines]
    assert said[:3] == ["Bartek · a.example · Same here.", *["a.example · Same here."] * 2]
    assert said[3].startswith("Ola")
    assert said[3].endswith(" · Same here.")
    assert "\x1b" not in said[3]
    assert said[4].endswith(" · a.example · Same here."), "a name leaves room for what was said"
    own = HistoryList()
    qtbot.addWidget(own)
    own.show_entries(others[:1], NOW, "")
    assert "Bartek" not in own.lines[0], "a customer's own story"


def test_a_case_put_aside_is_not_called_overdue_in_red(open_window: Open, desk: FakeDesk) -> None:
    window = open_window()
    window.show_case(2)
    assert window.case.head._due.property("tone") == "bad"
    desk.one(2).snoozed = NOW + 99
    window.case.reload()
    assert (window.case.head._due.property("tone"), window.case.head._asleep.isVisible()) == ("muted", True)


def test_a_text_from_right_to_left_runs_in_its_own_direction() -> None:
    assert apart(ARABIC) == f"{FIRST_STRONG}{ARABIC}\u2069"
    assert (apart("Anna"), apart("Zażółć 🎂")) == ("Anna", "Zażółć 🎂")


def test_a_name_from_right_to_left_that_is_cut_ends_at_the_left(qtbot: QtBot) -> None:
    """Its beginning, at the right, looks as it does where there is room for all of it."""

    def right_end(width: int) -> QPixmap:
        name = Elided(ARABIC)
        name.setAlignment(Qt.AlignmentFlag.AlignRight)
        qtbot.addWidget(name)
        name.resize(width, 24)
        return name.grab().copy(width - 80, 0, 80, 24)

    assert right_end(160).toImage() == right_end(900).toImage()
