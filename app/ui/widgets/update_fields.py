"""The part of the settings about new versions: a switch, a button, and what the last look brought."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.core.problems import Problem
from app.core.release import Release
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import button, plain, set_tone
from app.words import _
from app.words.problems import sentence


class UpdateFields(QWidget):
    """`changed` when the switch was turned; `look_requested` when the owner wants to know now."""

    changed = Signal()
    look_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.daily = QCheckBox(_("Ask once a day whether there is a new version"))
        self.look = button(_("Ask now"), self._ask)
        self.answer = plain(tone="muted")
        rows = column_in(self, 8)
        rows.addWidget(self.daily)
        rows.addWidget(
            plain(
                _(
                    "The question says nothing about you or your shop. Nothing is installed automatically: you are told what is new and where to get it."
                ),
                "muted",
            )
        )
        rows.addWidget(self.look, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self.answer)
        self.daily.toggled.connect(lambda _on: self.changed.emit())
        self.allow(can_look=False)

    def allow(self, *, can_look: bool) -> None:
        """Say whether this copy can look at all."""
        self.daily.setEnabled(can_look)
        self.look.setEnabled(can_look)
        self.answer.setText(
            "" if can_look else _("This copy cannot check for new versions. Update it the way you got it.")
        )

    def tell(self, result: object) -> None:
        """Write what a look brought."""
        self.look.setEnabled(True)
        set_tone(self.answer, "bad" if isinstance(result, Problem) else "muted")
        if isinstance(result, Problem):
            self.answer.setText(sentence(result))
        elif isinstance(result, Release):
            self.answer.setText(_("Counterbell {version} is out.").format(version=result.version))
        else:
            self.answer.setText(_("This is the newest version."))

    def _ask(self) -> None:
        self.look.setEnabled(False)
        set_tone(self.answer, "muted")
        self.answer.setText(_("Asking…"))
        self.look_requested.emit()
