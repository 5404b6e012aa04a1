"""What Counterbell has learnt from the owner: every correction, taken back one by one or all at once, taken along as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.core.correction import Correction
from app.core.ports.desk import Desk
from app.core.problems import Problem, reason_of
from app.core.verdict import judged_text
from app.ui import labels
from app.ui.bench import Bench, Newest
from app.ui.click_pause import ClickPause
from app.ui.file_dialog import ask_to_open, ask_to_save
from app.ui.format import exactly, one_line, shortened
from app.ui.models.rows_model import Shown
from app.ui.row_menu import add_act
from app.ui.theme import Theme
from app.ui.undo import Undo
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.head_layout import HeadLayout
from app.ui.widgets.pieces import button, headline, plain
from app.ui.widgets.table import Table
from app.words import N_, _, ngettext

FILE = N_("counterbell-learning.jsonl")
LARGEST = 200 * 1024 * 1024
"""Bytes of a file that is read; the most corrections with the longest texts make a fifth of it."""

TAKEN_BACK = 200
"""Corrections of one import that can be taken back at once: they are unlearnt one by one, and all writing waits for it."""


def excerpt(correction: Correction, most: int) -> str:
    """Return the beginning of a corrected text, on one line."""
    return shortened(one_line(judged_text(correction.title, correction.text)), most)


class LearningPage(QWidget):
    """`case_chosen(mention_id)` when a correction is opened whose mention is known; `settings_requested` to go back."""

    case_chosen = Signal(int)
    settings_requested = Signal()

    def __init__(self, theme: Theme, bench: Bench, undo: Undo) -> None:
        super().__init__()
        self._bench, self._undo = bench, undo
        self._reading, self._just_shown = Newest(bench, self), False
        self._clicks = ClickPause(self)
        self.setAcceptDrops(True)
        self.table = Table(theme, _("What Counterbell has learnt from you"), "learning", self._columns())
        self.table.widths(128, 160)
        self.table.empty.say(
            _("Nothing learnt yet"),
            _(
                "Press «Not a complaint», «It is a complaint» or «Not about us» beside a mention. Counterbell learns from it at once and lists it here. You can also import what another laptop has learnt."
            ),
        )
        self.table.opened.connect(self._open)
        self.table.offer(self._fill_menu, lambda one: one.id)
        self.told = plain(tone="muted")
        self._buttons = {
            name: button(text, act, grave=name in {"remove", "forget"})
            for name, text, act in (
                ("remove", _("Unlearn this correction"), self.remove),
                ("newest", _("Unlearn the newest one"), self.unlearn_newest),
                ("export", _("Export…"), self.export),
                ("import", _("Import…"), self.import_),
                ("forget", _("Forget all"), self.forget),
            )
        }
        self._lay_out()

    def _lay_out(self) -> None:
        back = button(_("Back to the settings"), self.settings_requested.emit)
        head = HeadLayout(headline(_("What Counterbell has learnt from you")), back)
        acts = FlowLayout()
        for part in self._buttons.values():
            acts.addWidget(part)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.setSpacing(12)
        rows.addLayout(head)
        rows.addWidget(self.told)
        rows.addWidget(self.table, 1)
        rows.addLayout(acts)
        self._enable()

    def _columns(self) -> tuple[Shown, ...]:
        return (
            Shown(_("When"), lambda one: exactly(one.at, self._bench.now()), lambda _one: "muted"),
            Shown(_("Your verdict"), lambda one: labels.correction(one.label)),
            Shown(_("Text"), lambda one: excerpt(one, 300)),
        )

    def _fill_menu(self, menu: QMenu) -> None:
        one: Correction = self.table.current
        if one.mention_id is not None:
            add_act(menu, _("&Open the case"), lambda: self._open(one), "Enter")
        add_act(menu, _("Unlearn &this correction"), self.remove, "Del")

    def act(self, name: str) -> None:
        """Perform an action by its name in the menu: «remove», «newest», «export», «import» or «forget»."""
        if self._buttons[name].isEnabled():
            self._buttons[name].click()

    def take_focus(self) -> None:
        """Take the keyboard: the corrections, or the way to bring some in."""
        (self.table.view if self.table.model.rows else self._buttons["import"]).setFocus()

    def load(self) -> None:
        self._reading.read(lambda desk: desk.learning.corrections(), self._take)

    def _take(self, known: tuple[Correction, ...]) -> None:
        rows = tuple(reversed(known))
        if rows != self.table.model.rows or not rows:
            current = self.table.current
            place = self.table.view.currentIndex().row()
            same = next((number for number, one in enumerate(rows) if current and one.id == current.id), place)
            self.table.show_rows(rows, max(0, same))
        self._enable()
        shown, self._just_shown = self._just_shown, False
        if shown and rows and self.window().focusWidget() in {None, self._buttons["import"]}:
            self.take_focus()

    def _enable(self) -> None:
        count = len(self.table.model.rows)
        for name, part in self._buttons.items():
            part.setEnabled(bool(count) or name == "import")
        words = ngettext("{n} correction, the newest first.", "{n} corrections, the newest first.", count)
        self.told.setText(words.format(n=count))
        self.told.setVisible(bool(count))

    def _open(self, one: Correction) -> None:
        if one.mention_id is None:
            self._bench.announced.emit(_("This text was imported: there is no case to open."))
        else:
            self.case_chosen.emit(one.mention_id)

    def remove(self) -> None:
        """Unlearn the correction selected; its case stays as it is."""
        if one := self.table.current:
            correction_id = one.id
            self._unlearn(lambda desk: desk.learning.remove(correction_id))

    def unlearn_newest(self) -> None:
        """Unlearn the newest correction; its case stays as it is."""
        self._unlearn(lambda desk: desk.learning.undo_last())

    def _unlearn(self, act: Callable[[Desk], Correction | Problem | None]) -> None:
        if not self._clicks.takes():
            return

        def kept(gone: Correction | None) -> None:
            if gone:
                words = _("Unlearnt «{label}»: {text}").format(
                    label=labels.correction(gone.label), text=excerpt(gone, 80)
                )
                self._undo.push(words, lambda desk: desk.learning.restore((gone,)))
            self._changed()

        self._bench.keep(self, act, kept)

    def forget(self) -> None:
        """Unlearn everything; it can be taken back."""

        def kept(gone: tuple[Correction, ...]) -> None:
            if gone:
                words = ngettext("{n} correction unlearnt.", "{n} corrections unlearnt.", len(gone))
                self._undo.push(words.format(n=len(gone)), lambda desk: desk.learning.restore(gone))
            self._changed()

        self._bench.keep(self, lambda desk: desk.learning.reset(), kept)

    def export(self) -> None:
        """Ask for a file and write the corrections into it."""
        kinds = (_("Corrections (*.jsonl)"),)
        title, last = _("Export what was learnt"), self._bench.files
        ask_to_save(self, title, kinds, _(FILE), lambda path: self.export_to(str(path)), last)

    def import_(self) -> None:
        """Ask for a file and learn the corrections in it."""
        kinds = (_("Corrections (*.jsonl)"),)
        title, last = _("Import what was learnt"), self._bench.files
        ask_to_open(self, title, kinds, lambda path: self.import_from(str(path)), last)

    def export_to(self, name: str) -> None:
        """Write the corrections into a file."""
        path = Path(name)

        def written(count: int) -> None:
            words = ngettext("{n} correction written to {file}.", "{n} corrections written to {file}.", count)
            self._bench.announced.emit(words.format(n=count, file=path.name))

        self._bench.keep(self, lambda desk: desk.learning.save(path), written, slowly=True)

    def import_from(self, name: str) -> None:
        """Learn the corrections of a file that were not known."""
        path = Path(name)

        def read(text: str) -> None:
            self._bench.keep(self, lambda desk: _learn(desk, text), self._learnt)

        self._bench.keep(self, lambda _desk: _read(path), read, slowly=True)

    def _learnt(self, added: tuple[int, ...]) -> None:
        words = ngettext("{n} correction learnt.", "{n} corrections learnt.", len(added)).format(n=len(added))
        if not added:
            self._bench.announced.emit(_("Nothing new: every text in this file was corrected already."))
        elif len(added) > TAKEN_BACK:
            self._bench.announced.emit(words)
        else:
            self._undo.push(words, lambda desk: _unlearn_all(desk, added))
        self._changed()

    def _changed(self) -> None:
        self._bench.corrections_changed.emit()
        self.load()

    def showEvent(self, event: QShowEvent) -> None:
        """Note that the list is to have the keyboard, which comes before the corrections are read."""
        super().showEvent(event)
        self._just_shown = self._just_shown or not event.spontaneous()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if name := _dropped(event):
            event.acceptProposedAction()
            self.import_from(name)


def _dropped(event: QDropEvent) -> str:
    """Return the one local file that is dropped, or «»."""
    urls = event.mimeData().urls()
    return urls[0].toLocalFile() if len(urls) == 1 else ""


def _read(path: Path) -> str | Problem:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        return _not_read(path, reason_of(error))
    return _not_read(path, _("too large")) if len(raw) > LARGEST else raw.decode(errors="replace")


def _not_read(path: Path, reason: str) -> Problem:
    return Problem("ui.file_not_read", {"file": path.name, "reason": reason})


def _learn(desk: Desk, text: str) -> tuple[int, ...] | Problem:
    """Import corrections and return the ids of those that are new."""
    before = {one.id for one in desk.learning.corrections()}
    count = desk.learning.import_(text)
    if isinstance(count, Problem):
        return count
    return tuple(one.id for one in desk.learning.corrections() if one.id not in before)


def _unlearn_all(desk: Desk, ids: tuple[int, ...]) -> Problem | None:
    for each in ids:
        gone = desk.learning.remove(each)
        if isinstance(gone, Problem) and gone.code != "desk.no_correction":
            return gone
    return None
