"""What the command line can ask for; bootstrap fills it, each part opened only when asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.core.messages import Failed, FromListener, TakenIn
from app.core.ports.desk import Desk
from app.core.ports.source import Sources
from app.core.problems import Problem
from app.core.views import WatchTurn

OK, FAILED, MISUSED, WATCH_FAILED = 0, 1, 2, 3
"""Exit codes: done, a problem, a wrong call, and a watch that could not be polled."""

_MISUSES = frozenset(
    {
        *("cli.bad_time", "cli.empty_text", "cli.no_file", "cli.no_input", "cli.no_secret", "cli.only_with"),
        *("desk.bad_link", "desk.bad_picture", "desk.bad_stars", "desk.nothing_said", "desk.picture_without_words"),
        *("outbox.empty", "ui.no_picture"),
    }
)
"""Problems of what was said, and not of doing it."""


def code_of(problem: Problem) -> int:
    """Return the exit code of a command that a problem ended."""
    return MISUSED if problem.code in _MISUSES else FAILED


@dataclass(frozen=True, slots=True)
class Office:
    """`profile` of each call is the folder of «--profile», or None for the owner's own.

    `open_desk` gives the desk, the sources and what opening came upon. `poll_once(profile, everything)` yields turns
    as they end, `Failed` for what the owner should know, and a Problem where nothing could be polled. `listen(profile, emit)` listens until interrupted; `pipe(profile)` does so for a window, over standard
    input and output; `scout` helps a round of polls in the same way. `judge(profile, lines)` judges as the shipped
    weights do, or as the detector of a profile named. `take_in(profile)` takes in what was entered by hand and tells of each
    step; `picture` makes a picture small enough to be kept. `window(profile, hidden, sample)` starts the program and returns its exit code.
    `quit_all` ends every window of this user, whatever its profile, and waits for that. `no_profile(profile)` says that no
    profile was begun there, None where one is; the other calls would begin one. `hindrances(profile, met)` says what else is in
    the way of a profile that could not be opened for what was `met`.
    """

    version: str
    open_desk: Callable[[Path | None], tuple[Desk, Sources, tuple[Problem, ...]] | Problem]
    poll_once: Callable[[Path | None, bool], Iterator[WatchTurn | Failed | Problem]]
    listen: Callable[[Path | None, Callable[[FromListener], None]], int]
    pipe: Callable[[Path | None], int]
    scout: Callable[[], int]
    judge: Callable[[Path | None, Iterable[str]], Iterator[dict[str, object] | Problem]]
    take_in: Callable[[Path | None], Iterator[TakenIn | Problem]]
    picture: Callable[[bytes], bytes | Problem]
    window: Callable[[Path | None, bool, bool], int]
    ask_running: Callable[[Path | None, str], bool]
    quit_all: Callable[[], None]
    no_profile: Callable[[Path | None], Problem | None]
    hindrances: Callable[[Path | None, Problem], tuple[Problem, ...]]
