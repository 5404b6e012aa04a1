"""The part of the settings that says which phrases always or never ring, and who the competitors are."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QPlainTextEdit

from app.core.matching import wordless
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.ui.widgets.refusing_lists import RefusingLists
from app.words import _


class PhraseFields(RefusingLists):
    """A line of signs only is refused."""

    def __init__(self) -> None:
        always, never, competitors = QPlainTextEdit(), QPlainTextEdit(), QPlainTextEdit()
        always.setPlaceholderText(_("lawyer | ombudsman"))
        never.setPlaceholderText(_("job offer"))
        super().__init__(
            (_("Always ring"), always),
            (_("Never ring"), never),
            (_("Competitors"), competitors),
            check=_odd,
            hint=_(
                "One per line. Capitals do not matter, nor do the endings of words of four letters or more. Put «|» between alternatives; a word in double quotes is matched exactly. «Never» overrides «always». A complaint about a competitor does not count as yours."
            ),
        )
        self.always, self.never, self.competitors = always, never, competitors

    def show_preferences(self, known: Preferences) -> None:
        self.show_lines(self.always, known.always_phrases)
        self.show_lines(self.never, known.never_phrases)
        self.show_lines(self.competitors, known.competitors)

    def typed(self, known: Preferences) -> Preferences:
        """Return the preferences with what was typed, without what is refused; that is said."""
        always, never, competitors = map(self.typed_lines, (self.always, self.never, self.competitors))
        return replace(known, always_phrases=always, never_phrases=never, competitors=competitors)


def _odd(line: str) -> Problem | None:
    odd = wordless([line])
    return Problem("desk.wordless", {"text": odd}) if odd else None
