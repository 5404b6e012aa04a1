"""Reads the command line and builds what it asks for, and nothing else: a start must be quick."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from app.bootstrap.speech import speak
from app.bootstrap.version import installed_version
from app.core.messages import Failed, FromListener, TakenIn
from app.core.ports.desk import Desk
from app.core.ports.source import Sources
from app.core.problems import Problem
from app.core.views import WatchTurn

TURN = 0.05
"""Seconds a thread goes on before another that waits gets its turn; Python's own are 0.005."""

MOST_HEAPS = -8
"""What glibc calls M_ARENA_MAX."""


def start(argv: Sequence[str]) -> int:
    """Do what the arguments say and return the exit code. No argument starts the window."""
    started = time.time()
    speak("")
    from app.cli.main import run  # noqa: PLC0415  sentences of the parser are made when it is imported in a language
    from app.cli.office import Office  # noqa: PLC0415

    office = Office(
        version=installed_version(),
        open_desk=_open_desk,
        poll_once=lambda folder, everything: _poll_once(folder, everything=everything, started=started),
        listen=_listen,
        pipe=_pipe,
        scout=_scout,
        judge=_judge,
        take_in=_take_in,
        picture=_picture,
        window=lambda folder, hidden, sample: _window(folder, hidden=hidden, sample=sample, started=started),
        ask_running=_ask_running,
        quit_all=_quit_all,
        no_profile=_no_profile,
        hindrances=_hindrances,
    )
    return run(argv, office)


def _collect_seldom() -> None:
    """Have Python look for unused objects less often: a poll makes many and hardly one that only a search would find.

    What was loaded until now is not looked through at all.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20)


def _take_long_turns() -> None:
    """Have threads that reckon take turns seldom: a dozen of them at once lose much time with handing over.

    Only for processes in which nobody waits for one thread in particular.
    """
    sys.setswitchinterval(TURN)


def _share_one_heap() -> None:
    """Have all threads take memory from one heap, where the system (Linux, with glibc) would give each one of its own.

    Each of those takes 64 MB of addresses. Under a limit of these a late thread gets none and no memory with it, and
    Python 3.11 then can spin for ever. To be called before the first thread.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes  # noqa: PLC0415  start-up time

    with suppress(AttributeError, OSError):  # a system without glibc
        ctypes.CDLL(None).mallopt(MOST_HEAPS, 1)


# Each of these imports what it needs when it is called: start-up time.


def _open_desk(folder: Path | None) -> tuple[Desk, Sources, tuple[Problem, ...]] | Problem:
    from app.bootstrap.desk import open_desk  # noqa: PLC0415

    return open_desk(folder)


def _poll_once(folder: Path | None, *, everything: bool, started: float) -> Iterator[WatchTurn | Failed | Problem]:
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    from app.bootstrap.stores import open_stores  # noqa: PLC0415

    _share_one_heap()
    _collect_seldom()
    _take_long_turns()
    with ThreadPoolExecutor(1, "stores") as aside:
        opening = aside.submit(open_stores, folder)  # the archive is read through while the rest is imported
        from app.bootstrap.polling import round_of_polls  # noqa: PLC0415

        stores = opening.result()
    return round_of_polls(stores, everything=everything, since=started)


def _listen(folder: Path | None, emit: Callable[[FromListener], None]) -> int:
    from app.bootstrap.listening import listen_here  # noqa: PLC0415

    _share_one_heap()
    _collect_seldom()
    return listen_here(folder, emit)


def _pipe(folder: Path | None) -> int:
    from app.bootstrap.listening import listen_for_window  # noqa: PLC0415

    _share_one_heap()
    _collect_seldom()
    return listen_for_window(folder)


def _scout() -> int:
    from app.bootstrap.scouting import scout  # noqa: PLC0415

    _share_one_heap()
    _collect_seldom()
    _take_long_turns()
    return scout()


def _judge(folder: Path | None, lines: Iterable[str]) -> Iterator[dict[str, object] | Problem]:
    from app.bootstrap.judging import judge  # noqa: PLC0415

    return judge(folder, lines)


def _take_in(folder: Path | None) -> Iterator[TakenIn | Problem]:
    from app.bootstrap.taking_in import take_in  # noqa: PLC0415

    return take_in(folder)


def _picture(raw: bytes) -> bytes | Problem:
    from app.ui.pictures import made_small  # noqa: PLC0415

    return made_small(raw)


def _window(folder: Path | None, *, hidden: bool, sample: bool, started: float) -> int:
    from app.bootstrap.window import start_window  # noqa: PLC0415

    return start_window(folder, hidden=hidden, sample=sample, started=started)


def _ask_running(folder: Path | None, command: str) -> bool:
    from app.stores.paths import default_profile, socket_name  # noqa: PLC0415
    from app.ui.single import try_send  # noqa: PLC0415

    return try_send(socket_name(folder or default_profile()), command)


def _no_profile(folder: Path | None) -> Problem | None:
    from app.stores.paths import default_profile, no_profile  # noqa: PLC0415

    return no_profile(folder or default_profile())


def _hindrances(folder: Path | None, met: Problem) -> tuple[Problem, ...]:
    from app.stores.hindrances import hindrances  # noqa: PLC0415
    from app.stores.paths import default_profile, profile_in  # noqa: PLC0415

    profile = profile_in(folder or default_profile())
    if profile is None or not profile.folder.is_dir():
        return ()
    known = str(met.args.get("path", ""))
    found = ((one, str(one.args.get("path", ""))) for one in hindrances(profile))
    return tuple(one for one, path in found if known not in {path, str(profile.folder / path)})


def _quit_all() -> None:
    from app.stores.paths import default_profile, socket_name  # noqa: PLC0415
    from app.ui.single import QUIT, doors_beside, try_send  # noqa: PLC0415

    for door in doors_beside(socket_name(default_profile())):
        try_send(door, QUIT)
