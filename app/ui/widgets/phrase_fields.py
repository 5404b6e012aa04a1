"""The part of the settings that says which phrases always or never ring, and who the competitors are."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.core.matching import wordless
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.ui.widgets.list_fields import lay_out_lists, lines_of
from app.ui.widgets.pieces import plain
from app.words import _
from app.words.problems import sentence


class PhraseFields(QWidget):
    """`changed` with every letter typed. A line of signs only is refused, and stays where it was typed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.always, self.never, self.competitors = QPlainTextEdit(), QPlainTextEdit(), QPlainTextEdit()
        self.always.setPlaceholderText(_("lawyer | ombudsman"))
        self.never.setPlaceholderText(_("job offer"))
        self.wrong = plain(tone="bad")
        self.wrong.hide()
        fields = QWidget()
        lay_out_lists(
            fields,
            (_("Always ring"), self.always),
            (_("Never ring"), self.never),
            (_("Competitors"), self.competitors),
            hint=_(
                "One per line. Capitals do not matter, nor do the endings of words of four letters or more. Put «|» between alternatives; a word in double quotes is matched exactly. «Never» overrides «always». A complaint about a competitor does not count as yours."
            ),
        )
        rows = QVBoxLayout(self)  # a row that appears in a form takes its room from the fields above
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(fields)
        rows.addWidget(self.wrong)
        for field in (self.always, self.never, self.competitors):
            field.textChanged.connect(self.changed)

    @property
    def has_refused(self) -> bool:
        """True while a line is refused, and so is not kept."""
        return bool(self._odd())

    def show_preferences(self, known: Preferences) -> None:
        """Fill the fields; one that says what is known already keeps its refused lines too."""
        for field, lines in (
            (self.always, known.always_phrases),
            (self.never, known.never_phrases),
            (self.competitors, known.competitors),
        ):
            if _kept(field) != lines:
                field.setPlainText("\n".join(lines))
        self._tell()

    def typed(self, known: Preferences) -> Preferences:
        """Return the preferences with what was typed, without what is refused; that is said."""
        self._tell()
        always, never, competitors = map(_kept, (self.always, self.never, self.competitors))
        return replace(known, always_phrases=always, never_phrases=never, competitors=competitors)

    def _tell(self) -> None:
        odd = self._odd()
        self.wrong.setText(sentence(Problem("desk.wordless", {"text": odd})) if odd else "")
        self.wrong.setVisible(bool(odd))

    def _odd(self) -> str:
        fields = (self.always, self.never, self.competitors)
        return wordless(line for field in fields for line in lines_of(field.toPlainText()))


def _kept(field: QPlainTextEdit) -> tuple[str, ...]:
    return tuple(line for line in lines_of(field.toPlainText()) if not wordless([line]))
