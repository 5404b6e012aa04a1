"""The window in which a table of mentions is looked at, and taken in once the owner agrees."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from app.core.by_hand import Entry
from app.core.mention_table import Handed, Preview, Wishes
from app.core.messages import TakenIn
from app.core.problems import Problem
from app.ui.bench import Bench
from app.ui.format import date as day
from app.ui.format import exactly, number, one_line, shortened, stars
from app.ui.models.rows_model import Shown
from app.ui.theme import Theme
from app.ui.widgets.pieces import button, in_order, plain
from app.ui.widgets.table import Table
from app.words import _
from app.words.mention_table import left_out, summary, taken_in, understood
from app.words.names import where_name
from app.words.problems import sentence

TICK_MS = 100
PAUSE_MS = 400
LONGEST = 300


class Going:
    """How far work in the background is, and whether somebody still wants it: written there, read here."""

    def __init__(self) -> None:
        self.done, self.total, self.stopped = 0, 0, False

    def __call__(self, done: int, total: int) -> bool:
        self.done, self.total = done, total
        return not self.stopped


class ImportDialog(QDialog):
    """`handed(Handed, name of the file)` when a table was handed to the listener, which takes it in from then on.

    Return presses the button of the one thing to do next: «Import», and «Close» once that is done.
    """

    handed = Signal(object, str)

    def __init__(self, theme: Theme, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._path = Path()
        self._going = Going()
        self._batch, self._last = "", ""
        self.understood, self.summary = plain(), plain()
        self.left_out = plain(tone="muted")
        self.told = plain(tone="bad")
        self.table = Table(theme, _("First rows"), "everything", self._columns())
        self.table.widths(150, 130, 120, 76)
        self.days = QComboBox()
        self.place = QLineEdit()
        self.old = QCheckBox(_("Open cases for old complaints too"))
        self.progress = QProgressBar()
        self.take = button(_("Import"), self.hand_in, main=True)
        self.cancel = button(_("Cancel"), self.stop)
        self._tick = QTimer(self, interval=TICK_MS)
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.cancel.setAutoDefault(True)  # else Return on it would press «Import»
        self._lay_out()
        self._tick.timeout.connect(self._show_progress)
        self._soon.timeout.connect(self._look)
        self.days.activated.connect(lambda _place: self._look())
        self.place.textEdited.connect(lambda _text: self._soon.start())
        self.old.clicked.connect(lambda _on: self._look())

    def _columns(self) -> tuple[Shown, ...]:
        return (
            Shown(_("When"), lambda one: exactly(one.at, self._bench.now()) if one.at is not None else "–"),
            Shown(_("Who"), lambda one: one_line(one.author or one.handle)),
            Shown(_("Where"), lambda one: one_line(one.place) or where_name(one.where), lambda _one: "muted"),
            Shown(_("Stars"), lambda one: stars(one.stars)),
            Shown(_("What was said"), lambda one: shortened(one_line(_words(one)), LONGEST)),
        )

    def _lay_out(self) -> None:
        self.setWindowTitle(_("Import mentions"))
        self.days.addItem(_("Which comes first, day or month?"), None)
        for title, day_first in (
            (_("Day first: 03/05 is {date}"), True),
            (_("Month first: 03/05 is {date}"), False),
        ):
            date = datetime(2001, 5, 3) if day_first else datetime(2001, 3, 5)  # noqa: DTZ001  an example without a zone
            self.days.addItem(title.format(date=exactly_day(date)), day_first)
        self.days.setAccessibleName(_("Order of day and month"))
        self.place.setPlaceholderText(_("Place for rows that do not name one, such as Google"))
        self.place.setAccessibleName(_("Place"))
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("Progress"))
        asked = QHBoxLayout()
        asked.setSpacing(12)
        asked.addWidget(self.days)
        asked.addWidget(self.place, 1)
        ends = QHBoxLayout()
        ends.setSpacing(8)
        ends.addWidget(self.summary, 1)
        for part in in_order(self.take, self.cancel):
            ends.addWidget(part)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.setSpacing(12)
        rows.addWidget(self.understood)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.left_out)
        rows.addLayout(asked)
        rows.addWidget(self.old)
        rows.addWidget(self.told)
        rows.addWidget(self.progress)
        rows.addLayout(ends)
        self.resize(760, 520)

    def begin(self, path: Path) -> None:
        """Show what a table comes to; one that is being taken in is let go on, out of sight."""
        self._path, self._batch, self._last = path, "", ""
        self.days.setCurrentIndex(0)
        self.days.hide()
        self.place.clear()
        self.old.setChecked(False)
        self.old.hide()
        self._forget()
        self.show()
        self.raise_()
        self.activateWindow()
        self.setFocus()
        self.take.setDefault(True)
        self._look()

    @property
    def wishes(self) -> Wishes:
        """What the owner said about the table."""
        return Wishes(self.days.currentData(), place=self.place.text().strip(), open_old=self.old.isChecked())

    def stop(self) -> None:
        """Stop what is under way; close the window where nothing is."""
        self._going.stopped = True
        if self._batch:
            batch = self._batch
            self._bench.write(self, lambda desk: desk.by_hand.withdraw(batch))
        else:
            self.hide()

    def _forget(self) -> None:
        self.table.show_rows(())
        for label in (self.understood, self.left_out, self.summary):
            label.setText("")
        self._say("")

    def _work(self) -> Going:
        """Begin work in the background; what was under way is not wanted any more."""
        self._going.stopped = True
        self._going = Going()
        self.take.setEnabled(False)
        self.progress.setRange(0, 0)
        self.progress.show()
        self._tick.start()
        return self._going

    def _rest(self) -> None:
        self._tick.stop()
        self.progress.hide()

    def _look(self) -> None:
        path, wishes, going = self._path, self.wishes, self._work()
        self.table.empty.say(_("Reading {file}…").format(file=path.name), "")
        self._bench.ask_slowly(
            self, lambda desk: desk.by_hand.look(path, wishes, going), lambda found: self._looked(going, found)
        )

    def _looked(self, going: Going, found: Preview | Problem) -> None:
        if going is not self._going or going.stopped:
            return
        self._rest()
        if isinstance(found, Problem):
            self._forget()
            self.table.empty.say(_("This file cannot be imported"), sentence(found))
            return
        self._say("")
        self.understood.setText(understood(found))
        self.table.show_rows(found.rows)
        self.left_out.setText(" ".join(left_out(found)))
        self.left_out.setVisible(bool(self.left_out.text()))
        self.days.setVisible(found.asks_day_first)
        self.old.setVisible(bool(found.old) or self.old.isChecked())
        is_settled = not found.asks_day_first or self.days.currentData() is not None
        self.summary.setText(summary(found))
        self.take.setEnabled(bool(found.count) and is_settled)
        if not is_settled:
            self._say(_("Its dates can be read in two ways: choose which comes first, day or month."))
            self.days.setFocus()

    def hand_in(self) -> None:
        """Hand the table to the listener."""
        if not self.take.isEnabled():
            return
        self._soon.stop()  # the table is handed in with what is typed, looked at or not
        path, wishes, going = self._path, self.wishes, self._work()
        self._enable_questions(on=False)
        self.summary.setText(_("Preparing…"))
        self._bench.ask_slowly(
            self, lambda desk: desk.by_hand.hand_in(path, wishes, going), lambda result: self._handed(going, result)
        )

    def _handed(self, going: Going, result: Handed | Problem) -> None:
        self._enable_questions(on=True)
        if isinstance(result, Problem):
            self._rest()
            if going is self._going and not going.stopped:
                self._say(sentence(result))
                self.take.setEnabled(True)
            return
        if going is not self._going or going.stopped:  # stopped a moment too late: the listener has not begun
            self._bench.write(self, lambda desk: desk.by_hand.withdraw(result.batch))
            return
        self._batch = self._last = result.batch
        self._going.done, self._going.total = 0, result.count
        self._show_progress()
        self.handed.emit(result, self._path.name)

    def taken_in(self, told: TakenIn) -> None:
        """Show how far the listener is with the table."""
        if told.batch != self._batch or not self._batch:
            return
        self._going.done, self._going.total = told.done, told.total
        if told.done < told.total and not self._going.stopped:
            self._show_progress()
            return
        self._batch = ""
        self._rest()
        ended = taken_in(told.new, told.known)
        if told.done < told.total:
            ended = _("Stopped; the rest was not imported. {result}").format(result=ended)
        self.summary.setText(ended)
        self._close_next()
        self._bench.announced.emit(ended)
        self._bench.changed.emit()

    def taken_back(self, batch: str) -> None:
        """Take in that a table was taken back; nothing more is told of it."""
        if batch == self._batch:
            self._batch = ""
            self._rest()
        if batch == self._last:
            self.summary.setText(_("Undone."))
            self._close_next()

    def _close_next(self) -> None:
        self.cancel.setText(_("Close"))
        self.cancel.setFocus()

    def _show_progress(self) -> None:
        done, total = self._going.done, self._going.total
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        if self._batch:
            self.summary.setText(
                _("Importing: {done} of {total}. It carries on if you close this window.").format(
                    done=number(done), total=number(total)
                )
            )

    def _enable_questions(self, *, on: bool) -> None:
        for part in (self.days, self.place, self.old):
            part.setEnabled(on)

    def _say(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))
        self.cancel.setText(_("Cancel"))

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop what nobody has agreed to yet; what the listener is at goes on."""
        super().hideEvent(event)
        self._soon.stop()
        if not self._batch:
            self._going.stopped = True
            self._rest()


def exactly_day(date: datetime) -> str:
    """Return a day as «3 May»."""
    return day(date.timestamp(), date.timestamp())


def _words(entry: Entry) -> str:
    return " · ".join(part for part in (entry.title, entry.text or entry.url) if part)
