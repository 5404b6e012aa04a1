"""Looks for a newer version of this program, for the window and for the command line."""

from __future__ import annotations

from collections.abc import Callable

from app.bootstrap.version import installed_version
from app.core.problems import Problem
from app.core.release import Release
from app.stores.paths import resources
from app.updates.home import home_of


def update_look() -> Callable[[], Release | Problem | None] | None:
    """Return what looks once for a newer version, or None where this copy was built without an address to look at."""
    home = home_of(resources())
    if home is None:
        return None

    def look_once() -> Release | Problem | None:
        from app.net.client import PoliteNet  # noqa: PLC0415  start-up time
        from app.updates.look import look  # noqa: PLC0415

        net = PoliteNet(installed_version())
        try:
            return look(net, home, installed_version())
        finally:
            net.close()

    return look_once
