"""Which failing watches the owner has yet to be told of: each failure once, over restarts as well."""

from __future__ import annotations

import json

from PySide6.QtCore import QSettings

from app.core.views import WatchView
from app.ui.pages.watches_page import trouble

KEY = "failures_told"


class WatchNews:
    """Takes the watches as they are read, remembers in the window's settings whose failure was told.

    A failure is one as long as the watch has not been heard again: whatever else goes wrong meanwhile is the same one.
    """

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings
        self._told = _kept(settings)
        self._views: tuple[WatchView, ...] = ()

    @property
    def failing(self) -> tuple[WatchView, ...]:
        """The watches with a «!»: those not heard at the moment."""
        return tuple(view for view in self._views if trouble(view)[1] == "bad")

    @property
    def untold(self) -> tuple[WatchView, ...]:
        """Those that fail for good or for long and of which nobody has been told."""
        return tuple(view for view in self._views if view.lasts and self._told.get(view.watch.id) != _mark(view))

    def take(self, views: tuple[WatchView, ...]) -> frozenset[str]:
        """Take how the watches are; return the ids of those that were told and are removed, paused or heard again."""
        self._views = views
        bad = {view.watch.id for view in self.failing}
        known = {view.watch.id: _mark(view) for view in views}
        left = {watch_id: mark for watch_id, mark in self._told.items() if known.get(watch_id) == mark}
        over = frozenset(self._told.keys() - bad)
        if left != self._told:
            self._keep(left)
        return over

    def tell(self, views: tuple[WatchView, ...]) -> None:
        """Note that these were told."""
        if views:
            self._keep({**self._told, **{view.watch.id: _mark(view) for view in views}})

    def _keep(self, told: dict[str, float]) -> None:
        self._told = told
        self._settings.setValue(KEY, json.dumps(told))


def _mark(view: WatchView) -> float:
    """Return by what a failure is known: when the watch was heard last before it (Unix seconds)."""
    return view.state.heard_at if view.state else 0.0


def _kept(settings: QSettings) -> dict[str, float]:
    """Return what was told before; nothing where that makes no sense."""
    try:
        kept = json.loads(str(settings.value(KEY, "{}")))
        return {str(watch_id): float(mark) for watch_id, mark in kept.items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}
