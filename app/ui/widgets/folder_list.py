"""The left column: folders with their counts, then the pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.core.views import Folder
from app.ui import icons, labels
from app.ui.format import number, tip
from app.ui.theme import Theme
from app.words import N_, _

PAGES = {
    "customers": N_("Customers"),
    "log": N_("Contact log"),
    "reports": N_("Reports"),
    "watches": N_("Watches"),
    "settings": N_("Settings"),
    "help": N_("Help"),
}
"""Name and heading of each page, in order."""

NAME = int(Qt.ItemDataRole.UserRole)
COUNT = NAME + 1
ALERT = NAME + 2
GAP = NAME + 3
LATE = NAME + 4


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        font = QFontMetrics(option.font)
        gap = 17 if index.data(GAP) else 0
        return QSize(font.horizontalAdvance(str(index.data())) + 96, font.height() + 16 + gap)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tones = self._theme.tones
        box = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(GAP):
            painter.fillRect(QRect(box.left() + 8, box.top() + 8, box.width() - 16, 1), QColor(tones.line))
            box.setTop(box.top() + 17)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tones.tint if selected else tones.hover))
            painter.drawRoundedRect(QRectF(box).adjusted(4, 1, -4, -1), 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus and selected:
            painter.setPen(QColor(tones.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(4.5, 1.5, -4.5, -1.5), 6, 6)
        self._words(painter, box, option.font, index, selected=selected)
        painter.restore()

    def _words(
        self,
        painter: QPainter,
        box: QRect,
        font: QFont,
        index: QModelIndex | QPersistentModelIndex,
        *,
        selected: bool,
    ) -> None:
        tones = self._theme.tones
        colour = tones.accent if selected else tones.muted
        picture = icons.pixmap(str(index.data(NAME)), colour, 18, painter.device().devicePixelRatioF())
        painter.drawPixmap(box.left() + _MARGIN, box.top() + (box.height() - 18) // 2, picture)
        right = box.right() - _MARGIN
        count, alert = int(index.data(COUNT) or 0), str(index.data(ALERT) or "")
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        mark = "!" if alert else number(count) if count else ""
        if mark:
            painter.setFont(bold)
            painter.setPen(QColor(tones.bad if alert or index.data(LATE) else tones.muted))
            width = painter.fontMetrics().horizontalAdvance(mark)
            painter.drawText(QRect(right - width, box.top(), width + 2, box.height()), _LEFT, mark)
            right -= width + _APART
        painter.setFont(bold if selected else font)
        painter.setPen(QColor(tones.text))
        left = box.left() + _WORDS_AT
        shown = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRect(left, box.top(), right - left, box.height()), _LEFT, shown)


_MARGIN = 16
_WORDS_AT = 44
_APART = 8
"""Pixels before a picture and behind a line, before a name, and between a name and its count."""

_USUAL = 88
"""As wide as the counts that a shop lives with; the space at the edge holds a digit more."""

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class FolderList(QListWidget):
    """`chosen` carries a folder's or a page's name; `pressed_again` as well where it may have been chosen before."""

    chosen = Signal(str)
    pressed_again = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(_("Folders and pages"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setItemDelegate(_Painter(theme, self))
        for value in Folder:
            self._add(value.value, labels.folder(value), gap=False)
        for name, title in PAGES.items():
            self._add(name, _(title), gap=name == "customers")
        self.currentItemChanged.connect(lambda item: self.chosen.emit(item.data(NAME)) if item else None)
        for again in (self.itemClicked, self.itemActivated):
            again.connect(lambda item: self.pressed_again.emit(item.data(NAME)))
        theme.changed.connect(self.viewport().update)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollToItem(self.currentItem())  # where it becomes too low for all, what is shown stays in sight

    def _add(self, name: str, title: str, *, gap: bool) -> None:
        item = QListWidgetItem(title)
        item.setData(NAME, name)
        item.setData(GAP, gap)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, title)
        self.addItem(item)

    def words_width(self) -> int:
        """Return the pixels that its longest line takes, with its picture and its count, in the letters of this window."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        words = QFontMetrics(bold)
        marks = {folder.value: number(_USUAL) for folder in Folder if folder is not Folder.EVERYTHING} | {
            "watches": "!"
        }

        def taken(item: QListWidgetItem) -> int:
            mark = marks.get(item.data(NAME), "")
            return words.horizontalAdvance(item.text()) + (_APART + words.horizontalAdvance(mark) if mark else 0)

        return _WORDS_AT + max(taken(self.item(n)) for n in range(self.count())) + _MARGIN

    def _item(self, name: str) -> QListWidgetItem | None:
        return next((self.item(n) for n in range(self.count()) if self.item(n).data(NAME) == name), None)

    def choose(self, name: str) -> None:
        if item := self._item(name):
            self.setCurrentItem(item)

    def show_counts(self, counts: Mapping[Folder, int], overdue: Collection[Folder] = ()) -> None:
        """Write how many rows each folder has, and which of them have one that is overdue.

        The whole archive's size says nothing to do: it stays unwritten.
        """
        for value in Folder:
            if item := self._item(value.value):
                count = 0 if value is Folder.EVERYTHING else counts.get(value, 0)
                item.setData(COUNT, count)
                name, is_late = labels.folder(value), bool(count) and value in overdue
                item.setData(LATE, is_late)
                open_words = _("{name}, {n} open, overdue") if is_late else _("{name}, {n} open")
                spoken = open_words.format(name=name, n=count) if count else name
                item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    def show_trouble(self, why: str) -> None:
        """Mark the watches with «!» and say why as a tip; «» takes the mark away."""
        if item := self._item("watches"):
            item.setData(ALERT, why)
            item.setToolTip(tip(why))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, why or item.text())
