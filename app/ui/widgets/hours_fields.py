"""Fields for opening hours, quiet hours and days off, as people type them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from app.core.preferences import Preferences
from app.ui.format import day_in_field, locale
from app.ui.opening_hours import periods_of, told
from app.ui.widgets.layouts import form_in
from app.ui.widgets.pieces import plain, set_tone
from app.words import _

WEEK = 7

_DATES = ("yyyy-MM-dd", "d.M.yyyy")


def dates_of(text: str) -> tuple[str, ...] | None:
    """Return as ISO dates what was typed with commas or spaces between, 24.12.2026 or 2026-12-24; None where one is no date."""
    found = [_date(one) for one in text.replace(",", " ").split()]
    return tuple(sorted({one.toString(_DATES[0]) for one in found})) if all(one.isValid() for one in found) else None


def _date(text: str) -> QDate:
    read = (QDate.fromString(text, form) for form in _DATES)
    return next((date for date in read if date.isValid()), QDate())


class HoursFields(QWidget):
    """`changed` with every letter typed. A field that cannot be understood stands in red and is not kept; the others are."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        form = form_in(self)
        self.days: list[QLineEdit] = []
        for day in range(WEEK):
            name = locale().standaloneDayName(day + 1)
            self.days.append(self._field(form, name[:1].upper() + name[1:]))
        self.quiet = self._field(form, _("Quiet hours, without bells"), _("such as {example}").format(example="22-8"))
        self.off = self._field(form, _("Days off"), _("such as {example}").format(example="24.12.2026, 25.12.2026"))
        self._wrong = plain(tone="muted")
        form.addRow(self._wrong)
        self._check()

    def _field(self, form: QFormLayout, name: str, example: str = "") -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(example)
        made.setAccessibleName(name)
        made.textEdited.connect(self._edited)
        form.addRow(name, made)
        return made

    def show_preferences(self, preferences: Preferences) -> None:
        """Fill the fields; what was typed and cannot be understood stays, to be mended."""
        texts = {field: told(tuple(preferences.hours.get(day, ()))) for day, field in enumerate(self.days)}
        texts[self.quiet] = told(tuple(preferences.quiet), overnight=True)
        texts[self.off] = ", ".join(map(day_in_field, preferences.days_off))
        for field, text in texts.items():
            if self._read(field) is not None:
                field.setText(text)
        self._check()

    def typed(self, kept: Preferences) -> Preferences:
        """Return what is kept with the hours and days typed; a field that cannot be understood is as it was kept."""
        before = {day: tuple(periods) for day, periods in kept.hours.items() if periods}
        read = {day: periods_of(field.text()) for day, field in enumerate(self.days)}
        hours = {day: before.get(day, ()) if periods is None else periods for day, periods in read.items()}
        hours = {day: periods for day, periods in hours.items() if periods}
        quiet, off = periods_of(self.quiet.text(), overnight=True), dates_of(self.off.text())
        return replace(
            kept,
            hours=kept.hours if hours == before else hours,
            quiet=kept.quiet if quiet is None or quiet == tuple(sorted(kept.quiet)) else quiet,
            days_off=kept.days_off if off is None or off == tuple(sorted(kept.days_off)) else off,
        )

    @property
    def has_refused(self) -> bool:
        """True while a field cannot be understood, and so is not kept."""
        return any(self._read(field) is None for field in (*self.days, self.quiet, self.off))

    def _read(self, field: QLineEdit) -> tuple[object, ...] | None:
        """Return what is typed in a field; None where it cannot be understood."""
        text = field.text()
        return dates_of(text) if field is self.off else periods_of(text, overnight=field is self.quiet)

    def _edited(self) -> None:
        self._check()
        self.changed.emit()

    def _check(self) -> None:
        wrong = [field for field in (*self.days, self.quiet, self.off) if self._read(field) is None]
        for field in (*self.days, self.quiet, self.off):
            set_tone(field, "true" if field in wrong else "", "wrong")
        some = any(self._read(field) != () for field in self.days)
        for field in self.days:
            field.setPlaceholderText(_("closed") if some else _("day and night"))
        set_tone(self._wrong, "bad" if wrong else "muted")
        if not wrong:
            self._wrong.setText(
                _("Days left empty are closed. For a lunch break, write two periods: 9-13, 14-18.")
                if some
                else _("No hours yet: all hours count, every day. Write hours like this: 9-17, or 9-13, 14-18.")
            )
            return
        names = ", ".join(field.accessibleName() for field in wrong)
        said = [_("Not saved; please correct: {fields}.").format(fields=names)]
        if wrong != [self.off]:
            said.append(_("Write hours like this: 9-13, 14-18."))
        if set(wrong) & set(self.days):
            said.append(_("A day left empty is closed."))
        if self.off in wrong:
            said.append(_("Write days off like this: 24.12.2026, 2026-12-25."))
        self._wrong.setText(" ".join(said))
