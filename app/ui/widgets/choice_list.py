"""The feeds or lists that an address leads to, one to be picked, each with how it begins."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QWidget

from app.core.views import Choice
from app.ui.format import one_line
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import button, plain
from app.words import _, ngettext

MOST_ROWS = 6
"""Rows shown without scrolling."""

PAUSE_MS = 400
"""How long the arrow keys rest before a choice is looked at."""


class CardList(QListWidget):
    """A list on a card, as high as its rows; `entered(row)` by Enter."""

    entered = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(name)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def fit(self) -> None:
        """Take the height of the rows, of some of them where they are many."""
        rows = [self.sizeHintForRow(row) for row in range(min(self.count(), MOST_ROWS))]
        more = self.count() > MOST_ROWS
        self.setFixedHeight(sum(rows) + 2 * self.frameWidth() + 12 + (rows[-1] // 2 if more else 0))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()  # how high a row is is known once the style is

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentRow() >= 0:
            self.entered.emit(self.currentRow())
        else:
            super().keyPressEvent(event)


class ChoiceList(QWidget):
    """`taken(watch)` when the owner takes one; `moved` at once when another is marked, `looked_at(choice)` a little later."""

    taken = Signal(object)
    moved = Signal()
    looked_at = Signal(object)

    def __init__(self, choices: Sequence[Choice], *, leads: bool = False) -> None:
        """With `leads` to take one is the main act of what is shown."""
        super().__init__()
        self._choices = tuple(choices)
        self.list = CardList(_("What can be listened to there"))
        for choice in choices:
            self.list.addItem(_row(choice))
        self.examples = plain(tone="muted")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look)
        rows = column_in(self, 8)
        take = FlowLayout()
        take.addWidget(button(_("Take it"), self._take, main=leads))
        rows.addWidget(self.list)
        rows.addLayout(take)
        rows.addWidget(self.examples)
        self.list.currentRowChanged.connect(lambda _row: self._moved())
        self.list.entered.connect(lambda _row: self._take())
        self.list.setCurrentRow(0)
        self._pause.stop()  # the first one was looked at already

    @property
    def current(self) -> Choice | None:
        row = self.list.currentRow()
        return self._choices[row] if 0 <= row < len(self._choices) else None

    def _moved(self) -> None:
        choice = self.current
        shown = _shown(choice) if choice else ""
        self.examples.setText(shown)
        self.examples.setVisible(bool(shown))
        self._pause.start()
        self.moved.emit()

    def _look(self) -> None:
        if choice := self.current:
            self.looked_at.emit(choice)

    def _take(self) -> None:
        if choice := self.current:
            self.taken.emit(choice.watch)


def _where(choice: Choice) -> str:
    """Return what a choice would be kept as: part of the page, or a feed's address."""
    settings = choice.watch.settings
    return one_line(settings.get("selector") or settings.get("url", ""))


def _row(choice: Choice) -> str:
    """Return what stands in the list: how many entries and how they begin, or what a feed is called."""
    if not choice.count:
        return one_line(choice.name) or _where(choice)
    entries = ngettext("{n} entry", "{n} entries", choice.count).format(n=choice.count)
    return f"{entries}: {one_line(choice.examples[0]) if choice.examples else _where(choice)}"


def _shown(choice: Choice) -> str:
    """Return what is known of a choice: where it stands, and how its first entries begin."""
    return "\n".join((_where(choice), *(f"• {one_line(example)}" for example in choice.examples)))
