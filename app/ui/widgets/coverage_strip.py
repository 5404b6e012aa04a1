"""The coverage strip: a cell for each hour of the last days, dark where all watches were listened to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QDateTime, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.core.coverage import HOUR, CoveredHour
from app.ui.format import clock, exactly, locale, to_the_minute
from app.ui.theme import Theme
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import plain
from app.words import _, ngettext

_BAR = 12
"""Pixels of the height of the cells; the names of the days stand below them."""

_GAP = 3
_PART = 0.45
"""How much of the colour a cell has in which only some of the watches were listened to."""


def told(hour: CoveredHour, now: float) -> str:
    """Return what a cell says: the hour, and how many watches were listened to in it."""
    span = f"{exactly(hour.since, now)}–{clock(hour.start + HOUR)}"
    if not hour.watches:
        return _("{when}: no watch was on").format(when=span)
    if hour.is_whole:
        return _("{when}: all watches checked").format(when=span)
    if hour.heard:
        return _("{when}: {n} of {all} watches checked").format(when=span, n=hour.heard, all=hour.watches)
    return _(
        "{when}: not listening. Counterbell catches up on what was written then, as far as the place still shows it."
    ).format(when=span)


def in_short(hours: Sequence[CoveredHour], now: float) -> str:
    """Return in how many of these hours all was listened to: of the last days, or since the first watch answered if later."""
    counted = [hour for hour in hours if hour.watches]
    whole, among = sum(hour.is_whole for hour in counted), len(counted)
    if not counted:
        return ""
    if counted[0].start > hours[0].start:
        since = to_the_minute(counted[0].since, now)
        if whole == among:
            return _("Listened without a gap since {moment}").format(moment=since)
        words = ngettext(
            "Listened in {n} of {all} hour since {moment}", "Listened in {n} of {all} hours since {moment}", among
        )
        return words.format(moment=since, n=whole, all=among)
    if whole == among:
        return _("Listened without a gap for the last 7 days")
    words = ngettext("Last 7 days: listened in {n} of {all} hour", "Last 7 days: listened in {n} of {all} hours", among)
    return words.format(n=whole, all=among)


class CoverageStrip(QWidget):
    """Hidden until it is shown hours; the sentence above the cells says how many of them were listened to."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.words = plain(tone="muted")
        self.cells = _Cells(theme)
        rows = column_in(self, 4)
        rows.addWidget(self.words)
        rows.addWidget(self.cells)
        self.hide()

    def show_hours(self, hours: Sequence[CoveredHour], now: float) -> None:
        """Show hours, oldest first; nothing is shown while there has been no watch."""
        words = in_short(hours, now)
        self.words.setText(words)
        self.cells.setAccessibleName(words)
        self.cells.show_hours(hours, now)
        self.setVisible(bool(words))


class _Cells(QWidget):
    """The cells and, below them, the days."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._hours: tuple[CoveredHour, ...] = ()
        self._now = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_hours(self, hours: Sequence[CoveredHour], now: float) -> None:
        self._hours, self._now = tuple(hours), now
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, _BAR + _GAP + QFontMetrics(self.font()).height())

    def hour_at(self, x: float) -> CoveredHour | None:
        """Return the hour whose cell lies at `x` pixels."""
        place = int(x * len(self._hours) / max(1, self.width()))
        return self._hours[place] if 0 <= place < len(self._hours) else None

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            hour = self.hour_at(event.pos().x())
            QToolTip.showText(event.globalPos(), told(hour, self._now) if hour else "", self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        step = self.width() / max(1, len(self._hours))
        at = 0
        with QPainter(self) as painter:  # one that an error leaves open would end the program
            for look, run in groupby(map(self._look, self._hours)):
                hours = len(list(run))
                run_of_them = QRectF(at * step, 0, hours * step, _BAR)
                painter.fillRect(run_of_them, look)
                if look == QColor(self._theme.tones.line):  # hatched: greys alone are hard to tell apart
                    painter.fillRect(run_of_them, QBrush(QColor(self._theme.tones.edge), Qt.BrushStyle.BDiagPattern))
                at += hours
            self._paint_days(painter, step)

    def _look(self, hour: CoveredHour) -> QColor:
        tones = self._theme.tones
        if not hour.heard:
            return QColor(tones.line) if hour.watches else QColor(tones.hover)
        colour = QColor(tones.accent)
        if not hour.is_whole:
            colour.setAlphaF(_PART)
        return colour

    def _paint_days(self, painter: QPainter, step: float) -> None:
        """Part the days, and name each that has the room."""
        moments = [QDateTime.fromSecsSinceEpoch(int(hour.start)) for hour in self._hours]
        midnights = [number for number, moment in enumerate(moments) if moment.time().hour() == 0]
        ends = [*midnights, len(moments)][1:]
        tones, metrics = self._theme.tones, QFontMetrics(self.font())
        for place, after in zip(midnights, ends, strict=True):
            x, end = place * step, after * step
            painter.fillRect(QRectF(x - 1, 0, 2, _BAR), QColor(tones.window))
            name = locale().toString(moments[place], "ddd")
            if metrics.horizontalAdvance(name) <= end - x:
                painter.setPen(QColor(tones.muted))
                room = QRectF(x, _BAR + _GAP, end - x, metrics.height())
                painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
