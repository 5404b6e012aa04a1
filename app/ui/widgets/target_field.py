"""The field for a target: how much opening time may pass until the first answer."""

from __future__ import annotations

import re

from PySide6.QtGui import QFocusEvent, QValidator
from PySide6.QtWidgets import QSizePolicy, QSpinBox

from app.words import _

HOUR = 60
MOST = 14 * 24 * HOUR
"""Minutes in two weeks."""

INSET = 9
"""Pixels left of the text, as other fields have them; the style sheet's padding does not reach the line in a box with steps."""

_TYPED = re.compile(r"\s*(\d+)\s*(\S*)\s*")


class TargetField(QSpinBox):
    """Holds minutes and shows whole hours as hours; a bare number is typed in the unit that stood there."""

    def __init__(self) -> None:
        super().__init__()
        self._in_hours = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)  # by itself it never gets narrower
        self.setRange(5, MOST)
        self.setSingleStep(15)
        self.setSuffix(_(" of opening time"))
        self.lineEdit().setTextMargins(INSET, 0, INSET, 0)
        self.editingFinished.connect(self._note_unit)

    def textFromValue(self, value: int) -> str:
        return _("{n} min").format(n=value) if value % HOUR else _("{n} h").format(n=value // HOUR)

    def valueFromText(self, text: str) -> int:
        minutes = self._minutes(text)
        return self.value() if minutes is None else minutes

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        minutes = self._minutes(text)
        state = QValidator.State.Acceptable
        if minutes is None or minutes > self.maximum():
            empty = not text.removesuffix(self.suffix()).strip()
            state = QValidator.State.Intermediate if empty else QValidator.State.Invalid
        elif minutes < self.minimum():
            state = QValidator.State.Intermediate
        return state, text, position

    def setValue(self, value: int) -> None:
        super().setValue(value)
        self._note_unit()

    def stepBy(self, steps: int) -> None:
        super().stepBy(steps)
        self._note_unit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._note_unit()
        super().focusInEvent(event)

    def _note_unit(self) -> None:
        self._in_hours = self.value() % HOUR == 0

    def _minutes(self, text: str) -> int | None:
        """Return the minutes typed; None for what is no length of time."""
        typed = _TYPED.fullmatch(text.removesuffix(self.suffix()))
        if not typed:
            return None
        hours, minutes = (_(unit).format(n="").strip() for unit in ("{n} h", "{n} min"))
        unit = typed[2].casefold()
        if not (hours.startswith(unit) or minutes.startswith(unit)):
            return None
        in_hours = hours.startswith(unit) if unit else self._in_hours
        return int(typed[1]) * (HOUR if in_hours else 1)
