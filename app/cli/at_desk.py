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


def tell_new(missing: Problem | None) -> None:
    """Say that a profile began where none was (what `no_profile` said before): its owner may have one elsewhere."""
    if missing:
        note(_("A new profile was started in {path}.").format(path=missing.args["path"]))


@contextmanager
def looking(profile: Path | None, office: Office, *, quiet: bool = False) -> Iterator[Path | None]:
    """Give the profile for a look that keeps nothing of its own; where none is, an empty one for so long as it takes.

    `quiet` does not say so: for a look at what is the same in every profile.
    """
    if (missing := office.no_profile(profile)) is None:
        yield profile
        return
    if not quiet:
        note(_("There is no profile in {path}. Nothing is created or saved.").format(path=missing.args["path"]))
    with TemporaryDirectory(prefix="counterbell-", ignore_cleanup_errors=True) as borrowed:
        yield Path(borrowed)


def at_desk(profile: Path | None, office: Office, act: Callable[[Desk], int]) -> int:
    """Return the exit code of `act` at the desk of a profile; what opening came upon is said first.

    Replies that were delivered meanwhile are logged before it.
    """
    return at_desk_with_sources(profile, office, lambda desk, _sources: act(desk))


def at_desk_with_sources(
    profile: Path | None, office: Office, act: Callable[[Desk, Sources], int], *, begins: bool = False
) -> int:
    """Return the same of an `act` that has to know the sources besides; one that `begins` a profile says so once it is there."""
    missing = office.no_profile(profile) if begins else None
    opened = office.open_desk(profile)
    if isinstance(opened, Problem):
        warn(opened)
        return FAILED
    desk, sources, notices = opened
    tell_new(missing)
    warn_all(notices)
    try:
        desk.outbox.settle(time.time(), quiet=True)
        return act(desk, sources)
    finally:
        desk.close()
