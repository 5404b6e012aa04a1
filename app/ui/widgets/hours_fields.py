"""Fields for opening hours, quiet hours and days off, as people type them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from app.core.preferences import Period, Preferences
from app.ui.format import locale
from app.ui.opening_hours import periods_of, told
from app.ui.widgets.pieces import plain, set_tone
from app.words import _

WEEK = 7


def dates_of(text: str) -> tuple[str, ...] | None:
    """Return the ISO dates typed with commas or spaces between them; None where one is no date."""
    found = text.replace(",", " ").split()
    dates = [QDate.fromString(one, "yyyy-MM-dd") for one in found]
    return tuple(sorted(set(found))) if all(one.isValid() for one in dates) else None


class HoursFields(QWidget):
    """`changed` with every letter typed that leaves all fields understandable."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.days: list[QLineEdit] = []
        for day in range(WEEK):
            name = locale().standaloneDayName(day + 1)
            self.days.append(self._field(form, name[:1].upper() + name[1:], "9-13, 14-18" if day < 5 else _("closed")))
        self.quiet = self._field(form, _("Quiet hours, without bells"), "22-8")
        self.off = self._field(form, _("Days off (year-month-day)"), "2026-12-24, 2026-12-25")
        self._wrong = plain(tone="muted")
        form.addRow(self._wrong)
        self._check()

    def _field(self, form: QFormLayout, name: str, example: str) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(example)
        made.setAccessibleName(name)
        made.textEdited.connect(self._edited)
        form.addRow(name, made)
        return made

    def show_preferences(self, preferences: Preferences) -> None:
        """Fill the fields."""
        for day, field in enumerate(self.days):
            field.setText(told(tuple(preferences.hours.get(day, ()))))
        self.quiet.setText(told(tuple(preferences.quiet), overnight=True))
        self.off.setText(", ".join(preferences.days_off))
        self._check()

    def hours(self) -> dict[int, tuple[Period, ...]] | None:
        """Return the opening hours; empty for always open; None where a field cannot be understood."""
        found: dict[int, tuple[Period, ...]] = {}
        for day, field in enumerate(self.days):
            periods = periods_of(field.text())
            if periods is None:
                return None
            if periods:
                found[day] = periods
        return found

    def quiet_periods(self) -> tuple[Period, ...] | None:
        """Return the quiet hours, those over midnight as two periods."""
        return periods_of(self.quiet.text(), overnight=True)

    def days_off(self) -> tuple[str, ...] | None:
        """Return the days off as ISO dates."""
        return dates_of(self.off.text())

    def _edited(self) -> None:
        if self._check():
            self.changed.emit()

    def _check(self) -> bool:
        rules: list[tuple[QLineEdit, Callable[[str], object]]] = [(field, periods_of) for field in self.days]
        rules += [(self.quiet, lambda text: periods_of(text, overnight=True)), (self.off, dates_of)]
        well = True
        for field, rule in rules:
            wrong = rule(field.text()) is None
            well = well and not wrong
            set_tone(field, "true" if wrong else "", "wrong")
        self._wrong.setText(
            _("With all days empty the clocks run day and night. Two periods make a lunch break: 9-13, 14-18.")
            if well
            else _("The field in red cannot be understood. Write 9-13, 14-18 for a day with a lunch break.")
        )
        set_tone(self._wrong, "muted" if well else "bad")
        return well
