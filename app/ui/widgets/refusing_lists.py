"""Fields that take one entry a line and say below them which they refuse."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.core.problems import Problem
from app.ui.widgets.layouts import column_in
from app.ui.widgets.list_fields import lay_out_lists, lines_of
from app.ui.widgets.pieces import plain
from app.words.problems import sentence

Named = tuple[str, QPlainTextEdit]


class RefusingLists(QWidget):
    """`changed` with every letter typed. A line is refused where its field's check finds a problem, and stays where it was typed."""

    changed = Signal()

    def __init__(
        self, *fields: Named, check: Callable[[str], Problem | None], free: tuple[Named, ...] = (), hint: str
    ) -> None:
        """Lay out the fields that are free to hold anything, then those that are checked."""
        super().__init__()
        self._checked, self._check = tuple(field for _name, field in fields), check
        self.wrong = plain(tone="bad")
        self.wrong.hide()
        lists = QWidget()
        lay_out_lists(lists, *free, *fields, hint=hint)
        rows = column_in(self, 8)  # a row that appears in a form takes its room from the fields above
        rows.addWidget(lists)
        rows.addWidget(self.wrong)
        for _name, field in (*free, *fields):
            field.textChanged.connect(self.changed)

    @property
    def has_refused(self) -> bool:
        """True while a line is refused, and so is not kept."""
        return next(self._problems(), None) is not None

    def show_lines(self, field: QPlainTextEdit, lines: tuple[str, ...]) -> None:
        """Fill in a checked field; one that says what is known already keeps its refused lines too."""
        if self._kept(field) != lines:
            field.setPlainText("\n".join(lines))
        self._tell()

    def typed_lines(self, field: QPlainTextEdit) -> tuple[str, ...]:
        """Return the lines typed into a checked field, without what is refused; that is said."""
        self._tell()
        return self._kept(field)

    def _kept(self, field: QPlainTextEdit) -> tuple[str, ...]:
        return tuple(line for line in lines_of(field.toPlainText()) if self._check(line) is None)

    def _tell(self) -> None:
        problem = next(self._problems(), None)
        self.wrong.setText(sentence(problem) if problem else "")
        self.wrong.setVisible(problem is not None)

    def _problems(self) -> Iterator[Problem]:
        lines = (line for field in self._checked for line in lines_of(field.toPlainText()))
        return (problem for problem in map(self._check, lines) if problem)
