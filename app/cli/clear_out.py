"""«--clear-out»: what an uninstaller asks for before it deletes a profile's folder."""

from __future__ import annotations

from pathlib import Path

from app.cli.at_desk import at_desk
from app.cli.office import FAILED, OK, Office
from app.cli.say import warn
from app.core.ports.desk import Desk


def clear_out(profile: Path | None, office: Office) -> int:
    """Remove all watches: their passwords lie in the system's keyring, which no deletion of a folder reaches."""
    if office.no_profile(profile):
        return OK

    def act(desk: Desk) -> int:
        problems = [problem for view in desk.watches.list() if (problem := desk.watches.remove(view.watch.id))]
        for problem in problems:
            warn(problem)
        return FAILED if problems else OK

    return at_desk(profile, office, act)
