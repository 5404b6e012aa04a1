"""The editor of saved replies: what the list shows and finds, and what of a reply is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from ui.fake_desk import FakeDesk
from ui.window_samples import RESOURCES, Open

from app.core.reply import SavedReply, blank_name
from app.core.verdict import Kind
from app.ui import labels
from app.ui.widgets.saved_replies import SavedReplies
from app.words import LANGUAGES, use

SORRY = SavedReply("sorry", "Przeprosiny", "Przepraszamy, {name}.", "pl", "complaint", "delivery", "public")
THANKS = SavedReply("thanks", "Thank you", "Thank you, {name}!", "en", "praise")
ANY = SavedReply("any", "Open", "We open at 9.")
HAND_WRITTEN = SavedReply("hand", "Other", "Sorry\u2028for that.", "xx", "complaint", "other", "somebody")
TWICE = SavedReply("twice", " Quality ", "Nie wiemy.", "pl", "question", "quality")


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(replies_kept=[THANKS, TWICE, ANY, SORRY, HAND_WRITTEN])


@pytest.fixture
def editor(open_window: Open) -> SavedReplies:
    window = open_window()
    window.do("page:settings")
    page: Any = window.pages.page("settings")
    page.load()
    return page.replies


def rows(editor: SavedReplies) -> list[str]:
    items = [editor.list.item(row) for row in range(editor.list.count())]
    return [item.text() for item in items if not item.isHidden()]


def test_they_stand_by_language_the_programs_own_first_then_by_kind(editor: SavedReplies) -> None:
    assert rows(editor) == [
        "English",
        "Thank you",
        "Polski",
        "Przeprosiny",
        "Quality",
        "xx",
        "Other",
        "Any language",
        "Open",
    ]
    assert editor.name.text() == "Thank you"


def test_each_says_what_it_is_for_to_eyes_and_ears(editor: SavedReplies) -> None:
    item = editor.list.item_of("sorry")
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "Przeprosiny, Polski, complaint · delivery · public"
    assert editor.list.item_of("any").data(Qt.ItemDataRole.AccessibleTextRole) == "Open, Any language, for anything"
    assert "somebody" in editor.list.item_of("hand").data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_arrow_keys_go_from_reply_to_reply(editor: SavedReplies, qtbot: QtBot) -> None:
    chosen = []
    for _ in range(4):
        qtbot.keyClick(editor.list, Qt.Key.Key_Down)
        chosen.append(editor.name.text())
    assert chosen == ["Przeprosiny", " Quality ", "Other", "Open"]
    for key, name in ((Qt.Key.Key_Home, "Thank you"), (Qt.Key.Key_End, "Open"), (Qt.Key.Key_PageUp, "Thank you")):
        qtbot.keyClick(editor.list, key)
        assert editor.name.text() == name


def test_words_and_a_language_leave_what_is_asked_for(editor: SavedReplies, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor.search, "PRZEPRASZAMY dostawa")
    assert rows(editor) == ["Nothing matches"]
    assert not editor.name.isEnabled()
    editor.search.clear()
    qtbot.keyClicks(editor.search, "PRZEPRASZAMY delivery")
    assert rows(editor) == ["Polski", "Przeprosiny"]
    assert editor.name.text() == "Przeprosiny"
    qtbot.keyClick(editor.search, Qt.Key.Key_Down)
    assert editor.list.hasFocus()
    editor.search.clear()
    editor.spoken.setCurrentIndex(editor.spoken.findData("en"))
    editor.spoken.activated.emit(0)
    assert rows(editor) == ["English", "Thank you", "Any language", "Open"]
    editor.add()
    assert editor.language.currentData() == "en"
    assert rows(editor)[:3] == ["English", "Thank you", "New reply"]


def test_another_language_moves_it_and_it_stays_chosen(editor: SavedReplies, desk: FakeDesk, qtbot: QtBot) -> None:
    editor.list.choose("thanks")
    editor.text.setPlainText("Thanks!")
    editor.language.setCurrentIndex(editor.language.findData("ru"))
    editor.flush()
    editor.text.moveCursor(editor.text.textCursor().MoveOperation.End)
    qtbot.waitUntil(lambda: "Русский" in rows(editor))
    assert editor.name.text() == "Thank you"
    assert editor.text.textCursor().atEnd()
    assert next(one for one in desk.replies_kept if one.id == "thanks") == replace(
        THANKS, language="ru", text="Thanks!"
    )


def test_choosing_another_at_once_keeps_what_was_changed(editor: SavedReplies, desk: FakeDesk, qtbot: QtBot) -> None:
    editor.list.choose("thanks")
    editor.language.setCurrentIndex(editor.language.findData("ru"))
    editor.list.choose("sorry")
    assert next(one for one in desk.replies_kept if one.id == "thanks").language == "ru"
    qtbot.waitUntil(lambda: "Русский" in rows(editor))
    assert editor.name.text() == "Przeprosiny"
    assert editor.list.currentItem().text() == "Przeprosiny"


def test_what_is_only_looked_at_stays_as_it_is(editor: SavedReplies, desk: FakeDesk) -> None:
    before = list(desk.replies_kept)
    for one in before:
        editor.list.choose(one.id)
        editor.flush()
    assert desk.replies_kept == before


def test_of_what_the_fields_do_not_offer_only_what_is_changed_changes(editor: SavedReplies, desk: FakeDesk) -> None:
    editor.list.choose("hand")
    assert editor.cause.currentText() == "something else"
    assert (editor.language.currentText(), editor.audience.currentText()) == ("xx", "somebody")
    editor.name.setText("Else")
    editor.flush()
    assert next(one for one in desk.replies_kept if one.id == "hand") == replace(HAND_WRITTEN, name="Else")


def test_a_kind_that_has_no_cause_takes_it_away(editor: SavedReplies, desk: FakeDesk) -> None:
    editor.list.choose("sorry")
    editor.kind.setCurrentIndex(editor.kind.findData(Kind.QUESTION.value))
    editor.flush()
    assert next(one for one in desk.replies_kept if one.id == "sorry") == replace(SORRY, kind="question", cause="")


def test_reading_them_anew_keeps_what_is_being_typed(editor: SavedReplies, desk: FakeDesk) -> None:
    editor.list.choose("sorry")
    editor.text.setPlainText("Jest nam przykro.")
    editor.load()
    assert editor.text.toPlainText() == "Jest nam przykro."
    assert next(one for one in desk.replies_kept if one.id == "sorry").text == "Jest nam przykro."
    desk.replies_kept = [replace(one, text="Elsewhere.") for one in desk.replies_kept]
    editor.load()
    assert editor.text.toPlainText() == "Elsewhere."


def test_the_last_one_removed_leaves_an_empty_list(editor: SavedReplies, desk: FakeDesk) -> None:
    for one in tuple(desk.replies_kept):
        editor.list.choose(one.id)
        editor.remove()
    assert (rows(editor), desk.replies_kept) == ([], [])
    assert not editor.name.isEnabled()


def test_what_each_blank_gives_is_told_beside_it(editor: SavedReplies) -> None:
    said = " ".join(label.text() for label in editor.findChildren(QLabel))
    for blank in ("name", "full name", "shop", "town", "signature", "order", "answer", "when"):
        assert f"{{{blank}}}" in said


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_blank_is_filled_by_what_it_is_called_in_any_language_of_the_program(code: str) -> None:
    names = ("name", "full name", "shop", "town", "signature")
    use(code, RESOURCES / "translations")
    called = {name: labels.blank(name) for name in names}
    again = {labels.blank(f" {spelling.upper()} ") for spelling in called.values()}
    assert again == set(called.values())
    assert {blank_name(spelling) for spelling in called.values()} == set(names)
