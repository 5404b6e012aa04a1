"""The text of a mention: plain text with its title set off from it, and the words that decided marked in it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFont,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import (
    QFrame,
    QPlainTextDocumentLayout,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QTextEdit,
    QWidget,
)

from app.core.verdict import Reason
from app.ui.format import utf16
from app.ui.theme import Theme
from app.ui.widgets.focus_ring import FocusRing
from app.words import _

TALLEST, LOWEST = 320, 120
"""Pixels: a longer text scrolls inside, so that history and reply stay in reach."""

LEFT_OVER = 200
"""Pixels of the part around it that scrolls which are left to who wrote it above and to the verdict and its buttons below."""


TITLE_GAP = 4
"""Pixels between a title and the text below it."""


class _Layout(QPlainTextDocumentLayout):
    """Leaves a gap below the line with this number, the last one of a title; -1 for none."""

    title_ends = -1

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        place = super().blockBoundingRect(block)
        return place.adjusted(0, 0, 0, TITLE_GAP) if block.blockNumber() == self.title_ends else place


class MentionText(QPlainTextEdit):
    """Read-only; as tall as its text up to a limit. Links in it are dead: only our own button opens anything."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._reasons: tuple[Reason, ...] = ()
        self._text = ""
        said = QTextDocument(self)
        self._layout = _Layout(said)
        said.setDocumentLayout(self._layout)
        said.setUndoRedoEnabled(False)
        self.setDocument(said)
        self.setProperty("said", "true")
        self.setReadOnly(True)
        self.setProperty("plain", "true")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Text of the mention"))
        self.document().setDocumentMargin(0)
        self._fit = QTimer(self, singleShot=True, interval=0)
        self._fit.timeout.connect(self._fit_height)
        theme.changed.connect(self._mark)
        self._part: QWidget | None = None
        self._ring = FocusRing(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._part is None and (part := _scrolled_in(self)) is not None:
            self._part = part
            part.installEventFilter(self)
            self._fit_height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._part and event.type() is QEvent.Type.Resize:
            self._fit.start()
        return super().eventFilter(watched, event)

    def show_text(self, text: str, title: str, reasons: Sequence[Reason]) -> None:
        """Show a text whose first line may be a title; `reasons` point into it."""
        self._text, self._reasons = text, tuple(reasons)
        self._layout.title_ends = -1
        self.setPlainText(text)
        self._set_off(title)
        self._mark()
        self._fit_height()

    def _set_off(self, title: str) -> None:
        """Write the title in heavy letters, and all else in plain ones: the field goes on in those of the text before."""
        cursor, heavy = QTextCursor(self.document()), QTextCharFormat()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setCharFormat(QTextCharFormat())
        if title:
            heavy.setFontWeight(QFont.Weight.DemiBold)
            written = self._cursor(0, len(title))
            written.setCharFormat(heavy)
            self._layout.title_ends = written.blockNumber()

    def _mark(self) -> None:
        marks = []
        for reason in self._reasons:
            if 0 <= reason.start < reason.end <= len(self._text):
                marked = QTextCharFormat()
                marked.setBackground(QColor(self._theme.tones.mark))
                marked.setForeground(QColor(self._theme.tones.text))
                marks.append(self._selection(reason.start, reason.end, marked))
        self.setExtraSelections(marks)

    def _selection(self, start: int, end: int, looks: QTextCharFormat) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        selection.cursor = self._cursor(start, end)
        selection.format = looks
        return selection

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(utf16(self._text, start), self.document().characterCount() - 1))
        cursor.setPosition(
            min(utf16(self._text, end), self.document().characterCount() - 1), QTextCursor.MoveMode.KeepAnchor
        )
        return cursor

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and self._text:
            self._fit.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit.start()

    def _fit_height(self) -> None:
        tall, most = 4.0, TALLEST
        if self._part is not None:
            most = max(LOWEST, min(TALLEST, self._part.height() - LEFT_OVER))
        block = self.document().firstBlock()
        while block.isValid() and tall <= most:
            tall += self.document().documentLayout().blockBoundingRect(block).height()
            block = block.next()
        height = min(most, ceil(tall))
        if height != self.height():
            self.setFixedHeight(height)


def _scrolled_in(text: QWidget) -> QWidget | None:
    """Return the visible part of what scrolls a widget, if anything does."""
    parent = text.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent.viewport() if parent is not None else None
