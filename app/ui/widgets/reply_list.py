"""The list of saved replies: by language, each with what it is for; a part of it where words or a language are asked for."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.core.reply import SavedReply
from app.core.text import composed, fold
from app.core.verdict import Cause, Kind
from app.ui import labels
from app.ui.format import one_line
from app.ui.theme import smaller
from app.ui.widgets.reply_box import AUDIENCES
from app.words import _, language

REPLY = int(Qt.ItemDataRole.UserRole)
TOLD = REPLY + 1
FOUND_BY = REPLY + 2

_KINDS = [kind.value for kind in Kind]
_PAD, _GAP = 8, 2
"""Pixels around a row, and between its two lines."""

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def told(reply: SavedReply) -> str:
    """Return what a saved reply is for: «complaint · delivery · public»; a value of another version as it is written."""
    kind = next((labels.kind(one) for one in Kind if one.value == reply.kind), reply.kind or _("For anything"))
    cause = next((labels.cause(one) for one in Cause if one.value == reply.cause), reply.cause)
    reader = next((_(title) for name, title in AUDIENCES if name == reply.audience), reply.audience)
    return " · ".join(part.lower() for part in (kind, cause, reader) if part)


class _Painter(QStyledItemDelegate):
    """Two lines a reply: its name, and what it is for; one for a language."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line = QFontMetrics(option.font).height()
        second = QFontMetrics(smaller(option.font)).height() + _GAP if index.data(TOLD) else 0
        return QSize(120, line + second + 2 * _PAD - 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        shown.text = ""
        view = option.widget
        view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, view)
        box = QRect(option.rect).adjusted(_PAD, 0, -_PAD, 0)
        roles, colours = QPalette.ColorRole, QGuiApplication.palette()  # a style sheet makes others of the view's own
        muted, text = colours.color(roles.PlaceholderText), colours.color(roles.Text)
        painter.save()
        if second := str(index.data(TOLD) or ""):
            line = QFontMetrics(option.font).height()
            painter.setFont(option.font)
            painter.setPen(text)
            _write(painter, QRect(box.left(), box.top() + _PAD - 1, box.width(), line), str(index.data()))
            painter.setFont(smaller(option.font))
            painter.setPen(muted)
            top = box.top() + _PAD - 1 + line + _GAP
            _write(painter, QRect(box.left(), top, box.width(), painter.fontMetrics().height()), second)
        else:
            bold = smaller(option.font)
            bold.setWeight(QFont.Weight.DemiBold)
            painter.setFont(bold)
            painter.setPen(muted)
            _write(painter, box, str(index.data()))
        painter.restore()


class ReplyList(QListWidget):
    """One language after the other, that of the program first; the arrow keys go from reply to reply."""

    def __init__(self) -> None:
        super().__init__()
        self._words: list[str] = []
        self._language = ""
        self._moving = QTimer(self, singleShot=True, interval=0)  # not while Qt is choosing another row
        self._moving.timeout.connect(lambda: self.show_replies(self.replies, self._chosen_id))
        self.setAccessibleName(_("Saved replies"))
        self.setObjectName("card")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Painter(self))

    @property
    def replies(self) -> tuple[SavedReply, ...]:
        """All that are in the list, in its order, also those not shown."""
        return tuple(item.data(REPLY) for item in self._items() if item.data(REPLY))

    @property
    def shown(self) -> tuple[SavedReply, ...]:
        """Those that are shown, in their order."""
        return tuple(item.data(REPLY) for item in self._items() if item.data(REPLY) and not item.isHidden())

    @property
    def _chosen_id(self) -> str:
        item = self.currentItem()
        return item.data(REPLY).id if item else ""

    def show_replies(self, replies: Iterable[SavedReply], wanted: str = "") -> None:
        """Show these, and choose the one with this id, or else the first; of equal use the oldest stands first."""
        with QSignalBlocker(self):  # nobody chooses nothing
            self.clear()
        group: str | None = None
        for reply in sorted(replies, key=_place):
            if reply.language != group:
                group = reply.language
                self._add_heading(labels.language(group) or _("Any language"))
            item = QListWidgetItem()
            self._tell(item, reply)
            self.addItem(item)
        self._nothing = self._add_heading(_("Nothing matches"))
        self._sieve()
        self.choose(wanted)

    def put(self, reply: SavedReply) -> None:
        """Show a reply as it is now; it moves to where it belongs a moment later, and stays chosen."""
        if (held := self.item_of(reply.id)) is None:
            return
        moves = _place(held.data(REPLY)) != _place(reply)
        self._tell(held, reply)
        if moves:
            self._moving.start()

    def add(self, reply: SavedReply) -> None:
        """Put one more into the list and choose it."""
        self.show_replies([*self.replies, reply], reply.id)

    def leave(self, words: str, language: str) -> None:
        """Leave the replies with all these words, and of one language those that may be used in it; «» leaves all."""
        self._words, self._language = fold(composed(words)).split(), language
        self._sieve()
        current = self.currentItem()
        if current is None or current.isHidden():
            self.choose("")

    def choose(self, reply_id: str) -> None:
        """Choose a reply, or the first shown where there is no such one."""
        shown = [item for item in self._items() if item.data(REPLY) and not item.isHidden()]
        held = next((item for item in shown if item.data(REPLY).id == reply_id), shown[0] if shown else None)
        if held is None:
            self.setCurrentRow(-1)
        else:
            self.setCurrentItem(held)
            self.scrollToItem(held)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Pass over the headings, also at the ends."""
        there = super().moveCursor(action, modifiers)
        rows = [row for row, item in enumerate(self._items()) if item.data(REPLY) and not item.isHidden()]
        if not rows or there.row() in rows:
            return there
        ends = {QAbstractItemView.CursorAction.MoveHome: rows[0], QAbstractItemView.CursorAction.MoveEnd: rows[-1]}
        row = ends.get(action, min(rows, key=lambda row: abs(row - there.row())))
        return self.indexFromItem(self.item(row))

    def remove(self, reply_id: str) -> None:
        if item := self.item_of(reply_id):
            self.takeItem(self.row(item))
            self._sieve()

    def item_of(self, reply_id: str) -> QListWidgetItem | None:
        return next((item for item in self._items() if item.data(REPLY) and item.data(REPLY).id == reply_id), None)

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]

    def _add_heading(self, text: str) -> QListWidgetItem:
        heading = QListWidgetItem(text)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(heading)
        return heading

    def _tell(self, item: QListWidgetItem, reply: SavedReply) -> None:
        second, spoken_in = told(reply), labels.language(reply.language) or _("Any language")
        item.setText(one_line(reply.name))
        item.setData(REPLY, reply)
        item.setData(TOLD, second)
        item.setData(FOUND_BY, fold(composed(f"{reply.name} {second} {spoken_in} {reply.text}")))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one_line(reply.name)}, {spoken_in}, {second}")
        item.setToolTip(one_line(reply.name))

    def _sieve(self) -> None:
        """Hide what is not asked for, and a language nothing is left of."""
        heading: QListWidgetItem | None = None
        found = False
        for item in self._items():
            reply = item.data(REPLY)
            if reply is None:
                item.setHidden(True)
                heading = item
                continue
            here = reply.language in {"", self._language} or not self._language
            item.setHidden(not (here and all(word in item.data(FOUND_BY) for word in self._words)))
            if heading is not None and not item.isHidden():
                heading.setHidden(False)
                found = True
        if self.count():
            self._nothing.setHidden(found or not self.replies)


def _place(reply: SavedReply) -> tuple[int, str, int]:
    """Return where a reply stands: by language, that of the program first, then by kind."""
    codes = [language(), *labels.LANGUAGES]
    by_language = codes.index(reply.language) if reply.language in codes else len(codes) + (not reply.language)
    return by_language, reply.language, _KINDS.index(reply.kind) if reply.kind in _KINDS else len(_KINDS)


def _write(painter: QPainter, box: QRect, text: str) -> None:
    painter.drawText(box, _LEFT, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width()))
