"""What the bar on top and the menu say of the listener: how it is, and until when the bell is quiet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction

from app.core.messages import Status
from app.ui.quiet import act_text
from app.ui.widgets.top_bar import Told, TopBar, status_told
from app.words import _


class ListenerTold:
    """Says it anew with all that is known whenever it is told a part. `is_hushed` is true while an hour of quiet can be ended."""

    def __init__(self, bar: TopBar, actions: Mapping[str, QAction], now: Callable[[], float]) -> None:
        self._bar, self._actions, self._now = bar, actions, now
        self._status: Status | None = None
        self._is_known = False
        self._quiet_until, self.is_hushed = 0.0, False
        self._watches = 0

    def begin(self) -> None:
        """Say that listening begins, where nothing is known of the listener yet."""
        if not self._is_known:
            self._bar.show_status(Told(_("starting to listen…"), "muted", "○"))

    def wait_for_desk(self) -> None:
        """Say that the desk cannot be opened yet."""
        self._bar.show_status(Told(_("not open yet: trying again; press F5 to try now"), "bad", "○"))

    def show_status(self, status: Status | None) -> None:
        """Say how the listener is; None where it does not run."""
        self._status, self._is_known = status, True
        self._actions["pause"].setChecked(status is not None and status.paused)
        self.tell()

    def show_quiet(self, hushed_until: float, quiet_until: float) -> None:
        """Say until when the bell is quiet: for the hour asked for, and for whatever reason (both Unix seconds)."""
        now = self._now()
        self._quiet_until, self.is_hushed = quiet_until, hushed_until > now
        self._actions["quiet"].setText(act_text(hushed_until, now))
        self.tell()

    def count_watches(self, count: int) -> None:
        """Take how many watches the shop has, paused ones too."""
        self._watches = count
        self.tell()

    def tell(self) -> None:
        """Say all of it by this very moment, once something is known of the listener."""
        if self._is_known:
            self._bar.show_status(status_told(self._status, self._now(), self._quiet_until, self._watches))
