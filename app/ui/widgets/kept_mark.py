"""The mark of a long page that what was typed is kept: at its head, and floating in sight while that is scrolled away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from app.ui.bench import Bench
from app.ui.format import exactly
from app.ui.widgets.layouts import row_in
from app.ui.widgets.pieces import plain, set_tone

STAYS_MS = 6_000
"""How long it floats: at the head it stays. What was not kept is told until that changes."""

EDGE, GAP = 8, 8
"""Pixels between what floats and the edges of the area, and between it and the page where there is room beside that."""


class KeptMark(QObject):
    """Belongs to an area that scrolls; `label` stands at the head of its page."""

    def __init__(self, area: QScrollArea, bench: Bench) -> None:
        super().__init__(area)
        self._area, self._bench = area, bench
        self._kept: tuple[float, str] | None = None
        self.label, self._words = plain(tone="muted", wrap=False), plain(wrap=False)
        self.floating = QFrame(area)
        self.floating.setObjectName("corner")
        self.floating.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = row_in(self.floating)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(self._words)
        self.floating.hide()
        self._lasts = False
        self._timer = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._timer.timeout.connect(self._place)
        area.verticalScrollBar().valueChanged.connect(lambda _value: self._place())
        area.installEventFilter(self)
        bench.clock_read.connect(self._tell_time)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusObjectChanged.connect(self._give_way)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _give_way(self, field: QObject | None) -> None:
        """Leave the field in sight that the keyboard comes to."""
        if self.floating.isVisible() and isinstance(field, QWidget):
            self._place(field)

    def say(self, words: str, tone: str = "muted") -> None:
        """Say what became of what was typed; «» while that is not known."""
        self._kept = None
        self._write(words, tone)

    def keep(self, words: str, tone: str = "muted") -> None:
        """Say that it is kept since this moment, which stands for `{time}` in the words."""
        now = self._bench.now()
        self._kept = now, words
        self._write(words.format(time=exactly(now, now)), tone)

    def _tell_time(self) -> None:
        """Say when it was kept as that reads by now, where it stands there: the window may be open for days."""
        if self._kept:
            at, words = self._kept
            self.label.setText(words.format(time=exactly(at, self._bench.now())))

    def calm(self) -> None:
        """Take back that something was wrong; what is said stays at the head."""
        self._lasts = False
        set_tone(self.label, "muted")
        set_tone(self._words, "")
        self._place()

    def _write(self, words: str, tone: str) -> None:
        for part, its_tone in ((self.label, tone), (self._words, "" if tone == "muted" else tone)):
            part.setText(words)
            set_tone(part, its_tone)
        self._timer.stop()
        self._lasts = bool(words) and tone != "muted"
        if words and not self._lasts:
            self._timer.start()
        self._place()

    def _place(self, typed_in: QWidget | None = None) -> None:
        """Float at the lower right of what is seen of the page, or at the upper right where one types there."""
        floats = (self._lasts or self._timer.isActive()) and self.label.visibleRegion().isEmpty()
        self.floating.setVisible(floats)
        if not floats:
            return
        size, seen = self.floating.sizeHint(), self._area.viewport().geometry()
        page = self.label.parentWidget()
        right = page.mapTo(self._area, QPoint(page.width(), 0)).x() + GAP if page else seen.right()
        left = min(right, seen.right() - EDGE - size.width())
        place = QRect(QPoint(left, seen.bottom() - EDGE - size.height()), size)
        field = typed_in or QApplication.focusWidget()
        inside = self._area.widget()
        if field and inside and inside.isAncestorOf(field):
            typed = QRect(field.mapTo(self._area, QPoint()), field.size())
            if typed.intersects(place):
                place.moveTop(seen.top() + EDGE)
        self.floating.setGeometry(place)
        self.floating.raise_()
