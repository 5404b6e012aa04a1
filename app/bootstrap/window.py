"""Starts the window, on the owner's profile or on the sample shop."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from app.bootstrap.command import own_command
from app.bootstrap.speech import speak
from app.bootstrap.troubles import Troubles
from app.bootstrap.updating import update_look
from app.bootstrap.version import installed_version
from app.core.ports.desk import Desk
from app.core.ports.source import Sources
from app.core.problems import Problem, ProblemError
from app.stores.paths import Profile, default_profile, prepare_profile, profile_in, resources, socket_name
from app.stores.shop_file import TinyShopFile
from app.stores.typed_aside import TypedAside, usual_places
from app.ui.program import RESTART, Parts, run, wish_of
from app.ui.refusal import refuse
from app.ui.single import try_send
from app.words.problems import sentence

Opened = tuple[Desk, Sources, tuple[Problem, ...]]


def start_window(folder: Path | None, *, hidden: bool, sample: bool, started: float) -> int:
    """Run the program until it is ended and return its exit code."""
    if not _has_screen():
        return _no_screen()
    if sample and try_send(socket_name(folder or _own_sample()), wish_of([], hidden=hidden)):
        return 0  # it runs already: its profile must not begin anew under it
    try:
        place = _sample_folder(folder) if sample else folder or default_profile()
    except ProblemError as error:  # a user without a home folder
        return _refused(sentence(error.problem), hidden=hidden)
    profile = prepare_profile(place)
    if isinstance(profile, Problem):
        waiting = None if sample else profile_in(place)
        if waiting is None:
            return _refused(sentence(profile), hidden=hidden)
        _note(sentence(profile))
        profile = waiting  # the window says so as well, and opens it as soon as it can
    close = _serve_sample(profile) if sample else _nothing
    troubles = Troubles(profile)
    try:
        code = run(_parts(profile, troubles, hidden=hidden, sample=sample, started=started), sys.argv[:1])
    finally:
        close()
        troubles.end()
    if code == RESTART:
        command = own_command("--hidden", "--profile", str(profile.folder))
        os.execv(command[0], command)  # noqa: S606  this very program, in the version that was just installed
    return code


def _refused(words: str, *, hidden: bool) -> int:
    """Say why there is no window: in the terminal, or in a box where the program was started by its icon."""
    _note(words)
    if not hidden and not (sys.stderr and sys.stderr.isatty()):
        refuse(words, sys.argv[:1])
    return 1


def _note(words: str) -> None:
    if sys.stderr:  # there is none in a windowed program on Windows
        sys.stderr.write(f"{words}\n")


def _has_screen() -> bool:
    """Tell whether a window can be shown; only on Linux may there be no screen."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in names)


def _no_screen() -> int:
    """Say that there is no screen; nothing of the window may be touched, for that would end the process."""
    _note(sentence(Problem("ui.no_screen")))
    return 1


def _nothing() -> None:
    """Close nothing: an ordinary profile serves no sample shop."""


def _parts(profile: Profile, troubles: Troubles, *, hidden: bool, sample: bool, started: float) -> Parts:
    return Parts(
        profile=profile.folder,
        resources=resources(),
        settings_path=profile.folder / "window.ini",
        log=profile.folder / "listener.log",
        socket=socket_name(profile.folder),
        open_desk=lambda: _opened(profile, troubles),
        listener_command=listener_command(profile.folder),
        speak=speak,
        hidden=hidden,
        sample=sample,
        version=installed_version(),
        started=started,
        look_for_update=None if sample else update_look(),
        program_file=None if sample else _program_file(),
        autostart=own_command("--hidden") if getattr(sys, "frozen", False) else (),
        sample_command=() if sample else own_command("demo"),
        aside=None if sample else TypedAside(usual_places(), time.time),
    )


def _program_file() -> Path | None:
    """Return the installed program; on Windows nothing can take its place while it runs."""
    return Path(sys.executable) if getattr(sys, "frozen", False) and sys.platform != "win32" else None


def _opened(profile: Profile, troubles: Troubles) -> Opened | Problem:
    """Open the desk; its rooms are imported here, after the first paint, so that the window shows at once."""
    from app.bootstrap.desk import open_desk  # noqa: PLC0415  start-up time

    opened = open_desk(profile.folder)
    if isinstance(opened, Problem):
        return opened
    desk, sources, problems = opened
    with ExitStack() as on_error:
        on_error.callback(desk.close)
        desk.watches.list()  # so that the names of their sources are known when the window asks; no other one is loaded
        on_error.pop_all()
    crashed = troubles.begin()  # not before: a second start must leave the notes of the first alone
    return desk, sources, (*problems, crashed) if crashed else problems


def listener_command(folder: Path) -> tuple[str, ...]:
    """Return the command of the listener's process: this same program, frozen or not."""
    return own_command("listen", "--pipe", "--profile", str(folder))


def _own_sample() -> Path:
    return default_profile().with_name("counterbell-sample")


def _sample_folder(folder: Path | None) -> Path:
    """Return the sample shop's profile; the program's own one begins anew each time."""
    if folder is not None:
        return folder
    own = _own_sample()
    shutil.rmtree(own, ignore_errors=True)
    return own


def _serve_sample(profile: Profile) -> Callable[[], None]:
    from app.sample.server import SampleServer  # noqa: PLC0415  only the sample shop needs a server
    from app.sample.shop import load, watches  # noqa: PLC0415

    shop = load(resources(), time.time())
    server = SampleServer(shop, time.time)
    store = TinyShopFile(profile.shop, profile.backups)
    store.put_preferences(
        replace(
            store.preferences(),
            shop_name=shop.preferences["shop_name"],
            shop_town=shop.preferences["shop_town"],
            signature=shop.preferences["signature"],
            first_run_done=True,
        )
    )
    for watch in watches(shop, server.address):
        store.put_watch(watch)
    return server.close
