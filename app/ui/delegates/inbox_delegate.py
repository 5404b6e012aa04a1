"""Paints a row of the inbox: what time is left, who wrote, the first words, and where."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.core.case import CaseState
from app.core.verdict import Kind, Severity
from app.core.views import InboxRow
from app.ui import labels
from app.ui.format import apart, one_line, share_left, stars, when
from app.ui.models.inbox_model import ROW
from app.ui.row_told import ASIDE, URGENT, first_words, many_told, time_told, urgent
from app.ui.theme import Theme, smaller
from app.words import _

PAD = 12
GUTTER = 28
"""Pixels for the pie at the left."""

PIE = 14


class InboxDelegate(QStyledItemDelegate):
    """Three lines a row. `kinds_shown` adds the kind and the state: set where a list mixes them."""

    def __init__(
        self,
        theme: Theme,
        now: Callable[[], float],
        source_title: Callable[[str], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._now = now
        self._source_title = source_title
        self.kinds_shown = False

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        line = QFontMetrics(option.font).height()
        return QSize(240, 3 * line + 2 * PAD + 8)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW)
        if not isinstance(row, InboxRow):
            self._ground(painter, option)  # a row still to come
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option)
        lines = QRect(option.rect).adjusted(PAD + GUTTER, PAD, -PAD, -PAD)
        height = QFontMetrics(option.font).height()
        self._pie(painter, QRect(option.rect.left() + PAD, lines.top() + (height - PIE) // 2, PIE, PIE), row)
        self._first(painter, QRect(lines.left(), lines.top(), lines.width(), height), option.font, row)
        painter.setFont(option.font)
        painter.setPen(QColor(self._theme.tones.text))
        second = QRect(lines.left(), lines.top() + height + 4, lines.width(), height)
        _write(painter, second, first_words(row))
        third = QRect(lines.left(), lines.top() + 2 * (height + 4), lines.width(), height)
        self._third(painter, third, option.font, row)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        tones, rect = self._theme.tones, option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, QColor(tones.tint))
            focused = bool(option.state & QStyle.StateFlag.State_Active)
            bar = QRect(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(bar, QColor(tones.accent if focused else tones.muted))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(tones.hover))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(tones.line))

    def _pie(self, painter: QPainter, box: QRect, row: InboxRow) -> None:
        tones, now = self._theme.tones, self._now()
        if row.is_aside(now):
            self._clock(painter, box)
            return
        if row.due_at is None:
            self._dot(painter, box, row)
            return
        colour = QColor(tones.bad if urgent(row, now) else tones.accent)
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(box).adjusted(0.75, 0.75, -0.75, -0.75))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        inner = QRectF(box).adjusted(3, 3, -3, -3)
        if row.due_at <= now:
            painter.drawEllipse(inner)
        else:
            share = share_left(row.due_at, row.news_at, now)
            painter.drawPie(inner, 90 * 16, -max(1, round(share * 360 * 16)))

    def _clock(self, painter: QPainter, box: QRect) -> None:
        """Draw the sign of what is put aside, as its folder has it."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.tones.muted), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        face = QRectF(box).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.drawEllipse(face)
        hands = QPainterPath(face.center() - QPointF(0, face.height() * 0.28))
        hands.lineTo(face.center())
        hands.lineTo(face.center() + QPointF(face.width() * 0.22, face.height() * 0.13))
        painter.drawPath(hands)

    def _dot(self, painter: QPainter, box: QRect, row: InboxRow) -> None:
        tones = self._theme.tones
        if row.state in {CaseState.ANSWERED, CaseState.RESOLVED}:
            tick = QPainterPath(QPointF(box.left() + 2, box.center().y() + 1))
            tick.lineTo(box.left() + 5.5, box.bottom() - 2)
            tick.lineTo(box.right() - 1, box.top() + 3)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tones.good), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPath(tick)
            return
        if not row.state.is_open:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tones.muted), 1.5))
            painter.drawEllipse(QPointF(box.center()) + QPointF(0.5, 0.5), 3.5, 3.5)
            return
        colours = {Kind.COMPLAINT: tones.bad, Kind.PRAISE: tones.good, Kind.NEUTRAL: tones.muted}
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.get(row.kind, tones.accent)))
        painter.drawEllipse(QPointF(box.center()) + QPointF(0.5, 0.5), 4, 4)

    def _first(self, painter: QPainter, line: QRect, font: QFont, row: InboxRow) -> None:
        tones, now = self._theme.tones, self._now()
        words, stands = time_told(row, now)
        tone = {"": tones.muted, ASIDE: tones.muted, URGENT: tones.bad}.get(stands, tones.accent)
        painter.setFont(smaller(font))
        painter.setPen(QColor(tone))
        used = _write_right(painter, line, words or when(row.published, now))
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(tones.text))
        _write(painter, line.adjusted(0, 0, -used - PAD, 0), one_line(row.author) or _("somebody"))

    def _third(self, painter: QPainter, line: QRect, font: QFont, row: InboxRow) -> None:
        tones = self._theme.tones
        painter.setFont(smaller(font))
        used = 0
        if row.own:
            used = self._chip(painter, line, _("own"))
        if row.severity == Severity.DANGER and row.kind == Kind.COMPLAINT:
            painter.setPen(QColor(tones.bad))
            danger = _("danger")
            _write(painter, line.adjusted(0, 0, -used, 0), danger)
            line = line.adjusted(painter.fontMetrics().horizontalAdvance(danger) + 8, 0, 0, 0)
        painter.setPen(QColor(tones.muted))
        about = labels.about(row.kind, row.cause)
        parts = [one_line(self._source_title(row.source)), about, one_line(row.site), stars(row.stars), many_told(row)]
        if self.kinds_shown:
            parts.insert(0, labels.kind(row.kind))
            if row.state != CaseState.NEW:
                parts.insert(1, labels.state(row.state))
            if row.is_aside(self._now()):
                parts.insert(1, _("snoozed"))
        _write(painter, line.adjusted(0, 0, -used, 0), " · ".join(dict.fromkeys(part for part in parts if part)))

    def _chip(self, painter: QPainter, line: QRect, text: str) -> int:
        tones = self._theme.tones
        width = painter.fontMetrics().horizontalAdvance(text) + 16
        box = QRectF(line.right() - width + 1, line.top(), width, line.height())
        painter.setPen(QPen(QColor(tones.accent), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        painter.setPen(QColor(tones.accent))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
        return width + 8


_LINE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute) | int(
    Qt.TextFlag.TextSingleLine
)


def _write(painter: QPainter, line: QRect, text: str) -> None:
    if line.width() > 8:
        shown = painter.fontMetrics().elidedText(text[:400], Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, _LINE, apart(shown))


def _write_right(painter: QPainter, line: QRect, text: str) -> int:
    width = painter.fontMetrics().horizontalAdvance(text)
    painter.drawText(QPoint(line.right() - width + 1, line.top() + painter.fontMetrics().ascent() + 1), text)
    return width
