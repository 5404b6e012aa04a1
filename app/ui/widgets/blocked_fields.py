"""The part of the settings that says from whom and where nothing is to be heard."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.core.blocked_sites import site_problem
from app.core.problems import Problem
from app.ui.widgets.list_fields import lay_out_lists, lines_of
from app.ui.widgets.pieces import plain
from app.words import _
from app.words.problems import sentence


class BlockedFields(QWidget):
    """`changed` with every letter typed. A site that would block nothing or too much is refused, and stays where it was typed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.authors, self.sites = QPlainTextEdit(), QPlainTextEdit()
        self.wrong = plain(tone="bad")
        self.wrong.hide()
        fields = QWidget()
        lay_out_lists(
            fields,
            (_("One author per line"), self.authors),
            (_("One site per line"), self.sites),
            hint=_(
                "shop.example also blocks what is below it, such as forum.shop.example; *.shop.example only that; shop.example/reviews only those pages."
            ),
        )
        rows = QVBoxLayout(self)  # a row that appears in a form takes its room from the fields above
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(fields)
        rows.addWidget(self.wrong)
        for field in (self.authors, self.sites):
            field.textChanged.connect(self.changed)

    @property
    def has_refused(self) -> bool:
        """True while a line is refused, and so is not kept."""
        return self._problem() is not None

    def show_sites(self, lines: tuple[str, ...]) -> None:
        """Fill in the sites; a field that says what is known already keeps its refused lines too."""
        if self._kept() != lines:
            self.sites.setPlainText("\n".join(lines))
        self._tell()

    def typed_sites(self) -> tuple[str, ...]:
        """Return the sites typed, without what is refused; that is said."""
        self._tell()
        return self._kept()

    def _kept(self) -> tuple[str, ...]:
        return tuple(line for line in lines_of(self.sites.toPlainText()) if site_problem(line) is None)

    def _problem(self) -> Problem | None:
        found = map(site_problem, lines_of(self.sites.toPlainText()))
        return next((problem for problem in found if problem), None)

    def _tell(self) -> None:
        problem = self._problem()
        self.wrong.setText(sentence(problem) if problem else "")
        self.wrong.setVisible(problem is not None)
