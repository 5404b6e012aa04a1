"""The part of the settings that says when the bell rings: one slider, what it would have done, and who sets it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractSlider, QCheckBox, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from app.core.bands import FEWEST_LABELS, LEAST_RING_AT, MOST_RING_AT, RING_AT
from app.core.ports.desk import Desk
from app.core.preferences import Preferences
from app.core.views import Hits
from app.ui.bench import Bench
from app.ui.format import number, percent
from app.ui.widgets.bell_preview import BellPreview
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import button, plain
from app.words import _, ngettext

Known = tuple[Hits, float | None, int, Preferences]
"""Of the desk: how often the bell was right, the setting suggested, how many corrections there are, the preferences."""


def ask(desk: Desk) -> Known:
    """Ask the desk what this part tells."""
    learning = desk.learning
    return learning.hits(), learning.suggested_ring_at(), len(learning.corrections()), desk.settings.get()


def hits_told(hits: Hits) -> str:
    """Return how often the bell was right, in one sentence; an honest one where nobody knows yet."""
    if not hits.judged:
        return _("How often the bell was right appears here once you have answered or corrected something that rang.")
    if hits.judged == 1:
        return _("The last ring was right.") if hits.right else _("The last ring was wrong.")
    return ngettext(
        "Of the last {judged} rings {right} was right.", "Of the last {judged} rings {right} were right.", hits.right
    ).format(judged=hits.judged, right=hits.right)


def setter_told(preferences: Preferences, suggested: float | None, corrections: int) -> str:
    """Return who sets the bell and what the corrections suggest."""
    if preferences.ring_at_by_owner:
        if suggested is None:
            return _("You set this. The automatic value would be {percent}.").format(percent=percent(RING_AT))
        return _("You set this. Your corrections suggest {percent}.").format(percent=percent(suggested))
    now = percent(preferences.ring_at)
    if suggested is None:
        return _("Automatic: {percent} until there are {most} corrections; so far {n}.").format(
            percent=now, most=FEWEST_LABELS, n=number(corrections)
        )
    return _("Automatic: {percent}, as your corrections suggest.").format(percent=now)


def rings_from(ring_at: float) -> str:
    """Return from how sure on the bell rings, in a sentence."""
    return _("The bell rings when Counterbell is at least {percent} sure it is a complaint.").format(
        percent=percent(ring_at)
    )


class _Slider(QSlider):
    """Has its most on the left. «Home» goes to the left end and «End» to the right one; Qt minds only arrows and pages."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Home:
            self.triggerAction(QAbstractSlider.SliderAction.SliderToMaximum)
        elif event.key() == Qt.Key.Key_End:
            self.triggerAction(QAbstractSlider.SliderAction.SliderToMinimum)
        else:
            super().keyPressEvent(event)


class BellFields(QWidget):
    """`changed` when the owner moves the slider or the sound's mark; the other signals are buttons."""

    changed = Signal()
    automatic_requested = Signal()
    learnt_requested = Signal()
    test_bell_requested = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._filled: int | None = None
        self._known: Known | None = None
        self.ring = _Slider(Qt.Orientation.Horizontal)
        self.sound = QCheckBox(_("With a sound"))
        self.preview = BellPreview(bench)
        self.hits, self.setter = plain(), plain(tone="muted")
        self._told = plain()
        self.automatic = button(
            _("Automatic"), self.automatic_requested.emit, hint=_("Let your corrections set it again")
        )
        self._lay_out()
        self.ring.valueChanged.connect(self._moved)
        self.sound.clicked.connect(self.changed.emit)

    def _lay_out(self) -> None:
        self.ring.setRange(round(LEAST_RING_AT * 100), round(MOST_RING_AT * 100))
        self.ring.setInvertedAppearance(True)
        self.ring.setInvertedControls(True)
        self.ring.setPageStep(5)
        self.ring.setAccessibleName(_("How sure a complaint must be to ring"))
        self.hits.setToolTip(_("Counts rings that you answered, took in hand or corrected."))
        self.automatic.hide()
        ends = QHBoxLayout()
        ends.setSpacing(16)
        for words, side in (
            (_("rings less, misses more"), Qt.AlignmentFlag.AlignLeft),
            (_("rings more, cries wolf more"), Qt.AlignmentFlag.AlignRight),
        ):
            end = plain(words, "muted")
            end.setAlignment(side)
            ends.addWidget(end, 1)
        slider = QVBoxLayout()
        slider.setSpacing(4)
        slider.addWidget(self.ring)
        slider.addLayout(ends)
        told = QVBoxLayout()
        told.setSpacing(4)
        told.addWidget(self._told)
        told.addWidget(self.hits)
        setter = QHBoxLayout()
        setter.setSpacing(8)
        setter.addWidget(self.setter, 1)
        setter.addWidget(self.automatic)
        setter.addWidget(button(_("What it learnt from you…"), self.learnt_requested.emit))
        last = QHBoxLayout()
        last.addWidget(self.sound, 1)
        last.addWidget(button(_("Ring a test bell"), self.test_bell_requested.emit))
        rows = column_in(self, 12)
        rows.addLayout(slider)
        rows.addLayout(told)
        rows.addWidget(self.preview)
        rows.addLayout(setter)
        rows.addLayout(last)

    def load(self) -> None:
        """Ask how often the bell was right and what it is set by."""
        self._bench.read(self, ask, self._take)

    def show_preferences(self, known: Preferences) -> None:
        least, most = self.ring.minimum(), self.ring.maximum()
        self._filled = min(most, max(least, round(known.ring_at * 100)))
        self.ring.setValue(self._filled)
        self._tell()
        self.sound.setChecked(known.sound)
        self.preview.begin(self._filled / 100)

    def ring_at(self, known: float) -> float:
        """Return from which probability on to ring: what is known already where the slider was not moved."""
        value = self.ring.value()
        least, most = self.ring.minimum(), self.ring.maximum()
        return known if value == min(most, max(least, round(known * 100))) else value / 100

    def _moved(self, value: int) -> None:
        self._tell()
        self._tell_setter()
        self.preview.ask(value / 100)
        self.changed.emit()

    def _tell(self) -> None:
        self._told.setText(rings_from(self.ring.value() / 100))
        self.ring.setAccessibleDescription(self._told.text())

    def _take(self, known: Known) -> None:
        self._known = known
        self.hits.setText(hits_told(known[0]))
        self._tell_setter()

    def _tell_setter(self) -> None:
        """Say who sets the bell: the owner from the moment the slider is moved."""
        if self._known is None:
            return
        _hits, suggested, corrections, preferences = self._known
        owned = preferences.ring_at_by_owner or self.ring_at(preferences.ring_at) != preferences.ring_at
        self.setter.setText(setter_told(replace(preferences, ring_at_by_owner=owned), suggested, corrections))
        self.automatic.setVisible(owned)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and self._filled is not None:
            self.preview.begin(self.ring.value() / 100)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.preview.leave()
