"""Opens the desk for a command and closes it after, whatever happens in between."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app.cli.office import FAILED, Office
from app.cli.say import note, warn, warn_all
from app.core.ports.desk import Desk
from app.core.ports.source import Sources
from app.core.problems import Problem
from app.words import _


def tell_new(profile: Path | None, office: Office) -> None:
    """Say that a profile begins where none is: its owner may have one elsewhere."""
    if missing := office.no_profile(profile):
        note(_("A new profile begins in {path}.").format(path=missing.args["path"]))


@contextmanager
def looking(profile: Path | None, office: Office) -> Iterator[Path | None]:
    """Give the profile for a look that keeps nothing of its own; where none is, an empty one for so long as it takes."""
    if (missing := office.no_profile(profile)) is None:
        yield profile
        return
    note(
        _("There is no profile in {path}. This is only a look: none is made, and nothing is kept.").format(
            path=missing.args["path"]
        )
    )
    with TemporaryDirectory(prefix="counterbell-", ignore_cleanup_errors=True) as borrowed:
        yield Path(borrowed)


def at_desk(profile: Path | None, office: Office, act: Callable[[Desk], int]) -> int:
    """Return the exit code of `act` at the desk of a profile; what opening came upon is said first.

    Replies that were delivered meanwhile are logged before it.
    """
    return at_desk_with_sources(profile, office, lambda desk, _sources: act(desk))


def at_desk_with_sources(profile: Path | None, office: Office, act: Callable[[Desk, Sources], int]) -> int:
    """Return the same of an `act` that has to know the sources besides."""
    opened = office.open_desk(profile)
    if isinstance(opened, Problem):
        warn(opened)
        return FAILED
    desk, sources, notices = opened
    warn_all(notices)
    try:
        desk.outbox.settle(time.time(), quiet=True)
        return act(desk, sources)
    finally:
        desk.close()
