"""The customer's words: larger than what is told about them, their title set off, and lines no longer than are read well."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QFont, QTextBlock, QTextCursor
from pytestqt.qtbot import QtBot
from ui.fake_desk import FakeDesk
from ui.window_samples import Open

from app.core.verdict import Reason
from app.ui.theme import Theme
from app.ui.widgets.measure import LONGEST_LINE
from app.ui.widgets.mention_text import TITLE_GAP, MentionText
from app.ui.window import MainWindow

LINES = "Tort miał być wczoraj o dziesiątej, nikt nie zadzwonił, telefon milczy od rana. " * 12
REASONS = (Reason(0, 4, 0.5), Reason(17, 21, 0.4))


@pytest.fixture
def text(qtbot: QtBot) -> MentionText:
    made = MentionText(Theme())
    qtbot.addWidget(made)
    made.resize(600, 200)
    return made


def weights(text: MentionText) -> list[int]:
    """Return the weight of the first letter of each line that has one."""
    found, block = [], text.document().firstBlock()
    while block.isValid():
        if block.text():
            cursor = QTextCursor(block)
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
            found.append(cursor.charFormat().fontWeight())
        block = block.next()
    return found


def height(text: MentionText, block: QTextBlock) -> float:
    return text.document().documentLayout().blockBoundingRect(block).height()


def test_a_title_is_heavier_than_the_text_and_stands_apart_from_it(text: MentionText) -> None:
    text.show_text("Tort nie dotarł\nTort miał być wczoraj.\nI nic.", "Tort nie dotarł", REASONS)
    assert weights(text)[0] >= QFont.Weight.DemiBold
    assert [weight < QFont.Weight.DemiBold for weight in weights(text)[1:]] == [True, True]
    first = text.document().firstBlock()
    assert height(text, first) >= height(text, first.next().next()) + TITLE_GAP
    assert height(text, first.next()) == height(text, first.next().next())
    assert text.toPlainText() == "Tort nie dotarł\nTort miał być wczoraj.\nI nic."
    assert [one.cursor.selectedText() for one in text.extraSelections()] == ["Tort", "ort "]


@pytest.mark.parametrize("words", ["Tort nie dotarł", "Jeden\nDwa", "", "🎂" * 9, "Ы\n" * 40])
def test_what_has_no_title_looks_as_it_did_before_one_was_shown(text: MentionText, words: str) -> None:
    text.show_text(words, "", ())
    before = (weights(text), height(text, text.document().firstBlock()))
    text.show_text("🎂 Tytuł 🎂\nSłowa", "🎂 Tytuł 🎂", ())
    text.show_text(words, "", ())
    assert (weights(text), height(text, text.document().firstBlock())) == before
    assert not any(weight >= QFont.Weight.DemiBold for weight in weights(text))


def test_its_letters_are_larger_than_those_of_what_is_told_about_it(open_window: Open) -> None:
    window = open_window()
    window.show_case(1)
    head = window.case.head
    for part in (head._text, window.case.reply.edit):
        assert 1 <= part.font().pointSizeF() - head._place.font().pointSizeF() <= 2


def widest_line(window: MainWindow, part: MentionText) -> int:
    """Return the letters of the longest line on screen."""
    block, widest = part.document().firstBlock(), 0
    while block.isValid():
        layout = block.layout()
        widest = max(widest, *(layout.lineAt(n).textLength() for n in range(layout.lineCount())))
        block = block.next()
    return widest


@pytest.mark.parametrize("width", [760, 1366, 1920])
def test_no_line_is_too_long_to_read(open_window: Open, desk: FakeDesk, qtbot: QtBot, width: int) -> None:
    one = desk.one(1)
    one.archived = replace(one.archived, mention=replace(one.archived.mention, title="", text=LINES))
    window = open_window()
    window.resize(width, 900)
    window.show_case(1)
    window.case.reply.edit.setPlainText(LINES)
    head, reply = window.case.head, window.case.reply
    qtbot.waitUntil(lambda: head._text.width() > 0 and window.case.width() > width // 3)
    for part in (head._text, reply.edit):
        assert widest_line(window, part) <= LONGEST_LINE * 1.12  # of letters as wide as in a sentence
        assert part.mapTo(window.case, part.rect().topLeft()).x() <= 20, "it stays at the left"
    if width == 1920:
        assert widest_line(window, head._text) > LONGEST_LINE * 0.8
        assert head.width() == reply.edit.width()
