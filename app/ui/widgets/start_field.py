"""The switch in the settings for starting with the computer."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from app.ui.autostart import Autostart
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import plain, set_tone
from app.words import _
from app.words.problems import sentence


class StartField(QWidget):
    """Shows the system's entry as it is and changes it at once; it is no preference of the shop's."""

    def __init__(self) -> None:
        super().__init__()
        self._entry: Autostart | None = None
        self.box = QCheckBox(_("Start with the computer"))
        self.told = plain(tone="muted")
        rows = column_in(self, 8)
        rows.addWidget(self.box)
        rows.addWidget(self.told)
        self.box.clicked.connect(self._turn)
        self.offer(None)

    def offer(self, entry: Autostart | None) -> None:
        """Take the entry of this system; None for a copy that is not installed and cannot be started by it."""
        self._entry = entry
        self.box.setEnabled(entry is not None)
        self.box.setChecked(entry is not None and entry.is_on())
        set_tone(self.told, "muted")
        self.told.setText(
            _("Counterbell then listens in the tray, without a window, as soon as you sign in.")
            if entry
            else _("This copy was not installed, so your system cannot start it automatically.")
        )

    def _turn(self, on: bool) -> None:  # noqa: FBT001  a signal's argument
        problem = self._entry.turn(on=on) if self._entry else None
        self.offer(self._entry)
        if problem:
            set_tone(self.told, "bad")
            self.told.setText(sentence(problem))
