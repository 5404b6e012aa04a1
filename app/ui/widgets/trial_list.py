"""What a watch would have heard, found by a test."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.core.views import Trial, TrialMention
from app.core.watch import Watch
from app.ui import labels
from app.ui.format import one_line
from app.ui.widgets.pieces import button, plain
from app.words import _, ngettext
from app.words.problems import sentence

MOST = 12
"""Mentions shown of a test."""


class TrialList(QWidget):
    """`found_taken(watch)` when the owner takes the watch that the address leads to; `cancelled` while it runs."""

    found_taken = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self._rows.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.lines: list[str] = []

    def clear(self) -> None:
        """Show nothing."""
        self.lines = []
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def show_running(self) -> None:
        """Show that the test is on its way, with a way out."""
        self.clear()
        self._say(_("Listening once, to see what is there…"), "muted")
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(_("Test under way"))
        self._rows.addWidget(bar)
        self._rows.addWidget(button(_("Stop the test"), self.cancelled.emit))

    def show_trial(self, trial: Trial) -> None:
        """Show what a test brought."""
        self.clear()
        if trial.found:
            found: Watch = trial.found
            self._say(_("This address leads to «{name}».").format(name=one_line(found.name or trial.title)), "good")
            self._rows.addWidget(button(_("Take it"), lambda: self.found_taken.emit(found), main=True))
        elif trial.problem:
            self._say(sentence(trial.problem), "bad")
        if trial.mentions:
            about = sum(one.about_us for one in trial.mentions)
            words = ngettext("{n} mention there", "{n} mentions there", len(trial.mentions)).format(
                n=len(trial.mentions)
            )
            self._say(_("{found}, {about} of them about your shop:").format(found=words, about=about), "good")
        elif not trial.problem and not trial.found:
            self._say(_("It answers, but there is nothing there at the moment."), "muted")
        for mention in trial.mentions[:MOST]:
            self._say(_told(mention), "" if mention.about_us else "muted")

    def _say(self, text: str, tone: str = "") -> None:
        self.lines.append(text)
        self._rows.addWidget(plain(text, tone))


def _told(mention: TrialMention) -> str:
    text = one_line(mention.text or mention.title)
    short = text if len(text) <= 140 else text[:139] + "…"
    kind = labels.kind(mention.kind) if mention.about_us else _("left out: not about us")
    return _("{kind} · {author}: {text}").format(
        kind=kind, author=one_line(mention.author) or _("somebody"), text=short
    )
