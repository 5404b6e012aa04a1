"""Quitting loses nothing that is typed: what cannot be kept is asked about, and nobody is asked about anything else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fakes.counter import Counter
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from ui.fake_background import AtOnce, Later
from ui.window_samples import AWFUL, OpenShop, picture, type_reply

from app.core.problems import Problem
from app.ui.leaving import Leaving, unkept
from app.ui.window import MainWindow
from app.words.problems import sentence

FULL = Problem("stores.disk_full", {"path": "c1.json"})
TEXT = "Dzień dobry, przepraszamy za kolejkę."


@pytest.fixture
def window(open_shop: OpenShop, shop: Counter) -> MainWindow:
    one = shop.say("Anna @anna", AWFUL)
    window = open_shop()
    window.show_case(one)
    return window


@pytest.fixture
def full(shop: Counter, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A disk that takes no draft, until it is undone."""
    with monkeypatch.context() as disk:
        disk.setattr(shop.desk.replies, "save_draft", lambda *_args, **_more: FULL)
        yield disk


def leaving_of(window: MainWindow) -> tuple[Leaving, list[bool]]:
    leaving, freed = Leaving(window, AtOnce(), window), []
    leaving.free.connect(lambda: freed.append(True))
    return leaving, freed


def box_of(window: MainWindow) -> QMessageBox | None:
    return next((box for box in window.findChildren(QMessageBox) if box.isVisible()), None)


def press(box: QMessageBox, words: str) -> None:
    next(one for one in box.buttons() if one.text() == words).click()


def test_a_draft_that_cannot_be_kept_is_asked_about(window: MainWindow, full: pytest.MonkeyPatch) -> None:
    type_reply(window, TEXT)
    leaving, freed = leaving_of(window)
    window.hide()
    leaving.ask()
    box = box_of(window)
    assert box
    assert window.isVisible()
    assert not freed
    assert box.text() == "What you typed is not saved yet."
    assert sentence(FULL) in box.informativeText()
    leaving.ask()
    assert [box_of(window)] == [box]
    press(box, "Stay")
    assert box_of(window) is None
    assert not freed
    assert window.case.reply.text == TEXT
    leaving.ask()
    again = box_of(window)
    assert again
    again.reject()
    assert not freed


def test_the_text_can_be_taken_along(window: MainWindow, full: pytest.MonkeyPatch) -> None:
    type_reply(window, TEXT)
    leaving, freed = leaving_of(window)
    leaving.ask()
    box = box_of(window)
    assert box
    press(box, "Copy the text and quit")
    assert QGuiApplication.clipboard().text() == TEXT
    assert freed == [True]
    assert box_of(window) is None


def test_as_soon_as_it_is_kept_the_program_quits(window: MainWindow, shop: Counter, full: pytest.MonkeyPatch) -> None:
    type_reply(window, TEXT)
    leaving, freed = leaving_of(window)
    leaving.ask()
    leaving._again.timeout.emit()
    assert not freed
    full.undo()
    leaving._again.timeout.emit()
    assert freed == [True]
    assert box_of(window) is None
    assert not leaving._again.isActive()
    mention_id = window.case.mention_id
    assert mention_id is not None
    view = shop.desk.inbox.open(mention_id)
    assert view
    assert view.draft
    assert view.draft.text == TEXT


def test_what_is_typed_everywhere_counts(window: MainWindow, shop: Counter, full: pytest.MonkeyPatch) -> None:
    full.setattr(shop.desk.customers, "set_note", lambda *_args: FULL)
    full.setattr(shop.desk.by_hand, "put_draft", lambda _draft: FULL)
    shop.desk.customers.create("Jan Nowak", 1.0)
    type_reply(window, TEXT)
    window.case.log_contact()
    window.case.contact._text.setPlainText("Zadzwoniła")
    window.do("page:customers")
    card = window.pages.customers().card
    card.show_customer(shop.desk.customers.search("Jan")[0])
    card.note.setPlainText("Zawsze bez orzechów")
    window.do("add")
    window.by_hand.add_dialog().text.setPlainText("Przy kasie: za słone")
    assert set(unkept(window)) == {TEXT, "Zadzwoniła", "Zawsze bez orzechów", "Przy kasie: za słone"}
    window.flush()
    assert len(unkept(window)) == 4
    full.undo()
    window.flush()
    assert unkept(window) == ()


def test_an_entry_counts_with_all_that_is_typed_into_it(
    window: MainWindow, shop: Counter, full: pytest.MonkeyPatch
) -> None:
    full.setattr(shop.desk.by_hand, "put_draft", lambda _draft: FULL)
    window.do("add")
    dialog = window.by_hand.add_dialog()
    assert unkept(window) == ()
    dialog.link.setText("https://forum.example/t/7")
    dialog.who.author.setText("Anna K.")
    window.flush()
    assert unkept(window) == ("https://forum.example/t/7\nAnna K.",)
    dialog.text.setPlainText(" Za słone ")
    assert unkept(window) == ("https://forum.example/t/7\nAnna K.\nZa słone",)
    dialog.clear()
    dialog.take_picture(picture())
    window.flush()
    assert unkept(window) == ("A picture belongs to this; it could not be saved.",)
    full.undo()
    window.flush()
    assert unkept(window) == ()


@pytest.mark.parametrize("typed", ["kept", "emptied", "blank", "nothing", "elsewhere"])
def test_nobody_is_asked_about_what_is_kept_or_empty(
    window: MainWindow, shop: Counter, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    if typed != "nothing":
        type_reply(window, TEXT)
    if typed in {"emptied", "blank"}:
        window.flush()
        monkeypatch.setattr(shop.desk.replies, "save_draft", lambda *_args, **_more: FULL)
        type_reply(window, "" if typed == "emptied" else " \n")
    if typed == "elsewhere":
        window.do("page:watches")
    leaving, freed = leaving_of(window)
    leaving.ask()
    assert freed == [True]
    assert box_of(window) is None


def test_the_words_of_somebody_forgotten_meanwhile_keep_nobody(
    window: MainWindow, shop: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shop.desk.replies, "save_draft", lambda *_args, **_more: Problem("desk.no_mention"))
    type_reply(window, TEXT)
    leaving, freed = leaving_of(window)
    leaving.ask()
    assert freed == [True]


def test_writes_under_way_are_waited_for(open_shop: OpenShop, shop: Counter, qtbot: QtBot) -> None:
    one = shop.say("Anna @anna", AWFUL)
    background = Later()
    window = open_shop(background)
    background.go()
    window.show_case(one)
    background.go()
    type_reply(window, TEXT)
    leaving, freed = Leaving(window, background, window), []
    leaving.free.connect(lambda: freed.append(True))
    leaving.ask()
    leaving.ask()
    assert not freed
    assert box_of(window) is None
    background.go("write")
    assert freed == [True]
    assert box_of(window) is None
    type_reply(window, TEXT + " Zapraszamy!")
    leaving.ask()
    leaving._slow.timeout.emit()
    assert box_of(window) is not None
    background.go("write")
    assert freed == [True]
    leaving._again.timeout.emit()
    assert freed == [True, True]


def test_a_draft_that_was_written_counts_before_its_word_arrives(open_shop: OpenShop, shop: Counter) -> None:
    one = shop.say("Anna @anna", AWFUL)
    background = Later()
    window = open_shop(background)
    background.go()
    window.show_case(one)
    background.go()
    type_reply(window, TEXT)
    window.flush()
    assert unkept(window) == (TEXT,)
    for _lane, work, _done, _errand in background.jobs:
        work()
    assert unkept(window) == ()
