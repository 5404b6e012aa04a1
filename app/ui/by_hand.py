"""Entering by hand, importing and exporting: the windows for it, and what follows when the listener has taken it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.core.mention_table import Handed
from app.core.messages import TakenIn
from app.core.ports.by_hand import EntryDraft, Kept
from app.core.problems import Problem
from app.ui.bench import Bench
from app.ui.file_dialog import ask_to_open, ask_to_save
from app.ui.format import one_line
from app.ui.theme import Theme
from app.ui.undo import Step, Undo
from app.ui.widgets.add_dialog import AddDialog
from app.ui.widgets.import_dialog import ImportDialog
from app.words import N_, _, ngettext
from app.words.mention_table import taken_in

EXPORT = N_("counterbell-mentions.csv")
MOST_TOLD = 20
"""Batches remembered whose news may come before that of their being kept."""

LONG_TABLE = 3000
"""Rows that are taken back within a second; no draft must wait for more."""

SILENT_MS = 8000
"""How long the listener has to take something in before it is said that it waits."""


class ByHandActs(QObject):
    """`entered` when something waits for the listener, `removed` when anything of it was taken back.

    `case_chosen(mention_id)` when what was entered is to be shown.
    """

    entered = Signal()
    removed = Signal()
    case_chosen = Signal(int)

    def __init__(self, theme: Theme, bench: Bench, undo: Undo, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._bench, self._undo, self._window = theme, bench, undo, window
        self._awaited: set[str] = set()
        self._taken_back: dict[str, Kept | Handed] = {}
        self._imports: dict[str, Step] = {}
        self._told: dict[str, TakenIn] = {}
        self._imported: Step | None = None
        self._thrown_away: Step | None = None
        self._add: AddDialog | None = None
        self._import: ImportDialog | None = None
        self._silent = QTimer(self, singleShot=True, interval=SILENT_MS)
        self._silent.timeout.connect(self._say_waiting)

    def leave(self) -> None:
        """Take the windows beside away with the main one: what is typed in them stays."""
        for dialog in (self._add, self._import):
            if dialog is not None:
                dialog.hide()

    @property
    def acts(self) -> Mapping[str, Callable[[], object]]:
        """What the menus call, by the names it has there."""
        return {"add": self.begin, "import": self.import_, "export": self.export}

    def add_dialog(self) -> AddDialog:
        """Return the window in which something is entered, made when it is first needed."""
        if self._add is None:
            self._add = AddDialog(self._bench, self._window)
            self._add.kept.connect(self._kept)
            self._add.cleared.connect(self._cleared)
            self._add.known.connect(self.case_chosen)
            self._add.table_given.connect(self.import_file)
            QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self._add, self._undo_clearing)
        return self._add

    def import_dialog(self) -> ImportDialog:
        """Return the window in which a table is looked at before it is taken in."""
        if self._import is None:
            self._import = ImportDialog(self._theme, self._bench, self._window)
            self._import.handed.connect(self._handed)
            QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self._import, self._undo_import)
        return self._import

    def begin(self) -> None:
        """Show the window in which something is entered."""
        if self._bench.is_open:
            self.add_dialog().begin()

    def begin_with(self, data: QMimeData) -> None:
        """Show what was dropped on the list in the window in which something is entered; a table in its own."""
        if self._bench.is_open:
            dialog = self.add_dialog()
            if dialog.text.take(data):
                dialog.begin()

    def import_(self) -> None:
        """Ask for a table and show what it comes to."""
        if self._bench.is_open:
            tables = (_("Tables (*.csv *.tsv *.txt)"),)
            ask_to_open(self._window, _("Import mentions"), tables, self.import_file, self._bench.files)

    def import_file(self, path: Path) -> None:
        """Show what a table comes to."""
        if self._bench.is_open:
            self.import_dialog().begin(path)

    def export(self) -> None:
        """Ask for a file and write all mentions into it."""
        if self._bench.is_open:
            tables = (_("Tables (*.csv *.tsv *.txt)"),)
            ask_to_save(self._window, _("Export mentions"), tables, _(EXPORT), self.export_to, self._bench.files)

    def export_to(self, path: Path) -> None:
        """Write all mentions into a file."""

        def written(count: int) -> None:
            words = ngettext("{n} mention written to {file}.", "{n} mentions written to {file}.", count)
            self._bench.announced.emit(words.format(n=count, file=path.name))

        self._bench.keep(self, lambda desk: desk.by_hand.export(path), written, slowly=True)

    def taken_in(self, told: TakenIn) -> None:
        """Show what was entered last, now that it is a mention; a table's window shows how far it is."""
        if self._import is not None:
            self._import.taken_in(told)
        self._told = {**dict(list(self._told.items())[-MOST_TOLD:]), told.batch: told}
        self._mind(told)

    def _mind(self, told: TakenIn) -> None:
        if told.batch in self._taken_back:  # the listener was about it when it was taken back
            self._remove(self._taken_back[told.batch])
        elif told.batch in self._imports and told.done >= told.total:
            self._tell_imported(self._imports.pop(told.batch), told)
        elif told.batch in self._awaited and told.done >= told.total:
            self._await_no_more(told.batch)
            if told.known and told.mention_id:
                self._bench.announced.emit(_("This was heard already: here it is."))
            if told.mention_id:
                self.case_chosen.emit(told.mention_id)

    def _await_no_more(self, batch: str) -> None:
        self._awaited.discard(batch)
        if not self._awaited:
            self._silent.stop()

    def _tell_imported(self, step: Step, told: TakenIn) -> None:
        """Tell what became of a table, and offer to take it back where anything of it was news."""
        words = taken_in(told.new, told.known)
        if not told.new:
            self._undo.end(step)
        if self._undo.newest is step:
            self._undo.offered.emit(words)
        else:
            self._bench.announced.emit(words)

    def _undo_import(self) -> None:
        """Take the table back that was handed in last, from its own window."""
        self._undo_only(self._imported)

    def _undo_clearing(self) -> None:
        """Bring back what was cleared last, in its own window."""
        self._undo_only(self._thrown_away)

    def _undo_only(self, step: Step | None) -> None:
        """Take back the newest decision where it is this one: others are not taken back from a window beside."""
        if step is not None and self._undo.newest is step:
            self._undo.undo()

    def _take_back(self, kept: Kept | Handed) -> None:
        """Wait for it no more; what the listener has told of it meanwhile counts as well."""
        self._taken_back = {**dict(list(self._taken_back.items())[-MOST_TOLD:]), kept.batch: kept}
        self._await_no_more(kept.batch)
        if self._import is not None:
            self._import.taken_back(kept.batch)
        self.removed.emit()

    def _remove(self, kept: Kept | Handed) -> None:
        def removed(problem: Problem | None) -> None:
            if problem:
                self._bench.announced.emit(problem)
            else:
                self._bench.changed.emit()
                self.removed.emit()

        is_long = isinstance(kept, Handed) and kept.count > LONG_TABLE
        run = self._bench.ask_slowly if is_long else self._bench.write
        run(self, lambda desk: desk.by_hand.take_back(kept), removed)

    def flush(self) -> None:
        """Have the desk keep what is typed."""
        if self._add is not None:
            self._add.keeper.flush()

    def _cleared(self, draft: EntryDraft) -> None:
        dialog = self.add_dialog()

        def back() -> None:
            dialog.begin()
            dialog.hold(draft)

        self._thrown_away = self._undo.push(_("What was typed is cleared."), lambda _desk: None, then=back)

    def _kept(self, kept: Kept, draft: EntryDraft) -> None:
        dialog = self.add_dialog()

        def back() -> None:
            self._take_back(kept)
            dialog.hold(draft)

        self._awaited.add(kept.batch)
        self._silent.start()
        self._undo.push(_("Added."), lambda desk: desk.by_hand.take_back(kept), then=back)
        self.entered.emit()
        if kept.batch in self._told:  # the listener's own beat was quicker
            self._mind(self._told[kept.batch])

    def _handed(self, handed: Handed, file: str) -> None:
        words = _("Import of {file}.").format(file=one_line(file))
        self._imported = self._undo.push(
            words,
            lambda desk: desk.by_hand.take_back(handed),
            then=lambda: self._take_back(handed),
            slow=handed.count > LONG_TABLE,
        )
        self._imports[handed.batch] = self._imported
        self.entered.emit()
        if handed.batch in self._told:
            self._mind(self._told[handed.batch])

    def _say_waiting(self) -> None:
        if self._awaited:
            self._bench.announced.emit(_("Saved. It appears as soon as Counterbell is listening."))
