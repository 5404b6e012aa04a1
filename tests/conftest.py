"""What holds for every test: no stray log lines, no thread, window or socket left behind, no screen needed."""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot

from app import words

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
for _name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
    os.environ.pop(_name, None)

sys.path.insert(0, str(Path(__file__).parent))

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("new", deadline=None)
# The same examples each time, so that a test that fails was broken by what was just changed. `make torture` tries new ones.
settings.load_profile(os.environ.get("COUNTERBELL_EXAMPLES", "same"))

TRANSLATIONS = Path(__file__).parents[1] / "resources" / "translations"

MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory."""

ROOM = 2 * 1024**3
"""Bytes that must be free there; the suite needs about a tenth."""

GRACE = 15.0
"""Seconds that threads and sockets of a test may take to end after it."""

PATIENCE_MS = 30_000
"""How long tests wait for what the window does at once, unless they say otherwise: a busy machine may be many times slower."""

for _wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitExposed, QtBot.waitActive):
    _wait.__kwdefaults__["timeout"] = PATIENCE_MS


def pytest_configure(config: pytest.Config) -> None:
    """Keep the folders of the tests in memory where there is room, unless the command line or `TMPDIR` names a place.

    No test sees a power cut, so none can tell whether a file was on the disk; but each sync of one would be waited for.
    """
    if config.option.basetemp is None and "TMPDIR" not in os.environ and MEMORY.is_dir():
        room = os.statvfs(MEMORY)
        if room.f_bavail * room.f_frsize >= ROOM and not room.f_flag & os.ST_NOEXEC and os.access(MEMORY, os.W_OK):
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Have `-n auto` start one process more than there are cores: a good third of the suite's time is spent waiting."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + 1


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Have garbage looked for only in what tests make: modules and tests stay, and to go through them takes a fifth of a second."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.collect()
        gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave slow tests and benchmarks out unless the command line names their marker; whole programs go first.

    They take the longest, and started last one of them would be waited for by itself.
    """
    items.sort(key=lambda item: "e2e" not in item.path.parts)
    asked = config.getoption("-m") or ""
    for word in ("slow", "benchmark"):
        if word not in asked:
            for item in items:
                if item.get_closest_marker(word):
                    item.add_marker(pytest.mark.skip(reason=f"{word}: has its own word in the Makefile"))


def _sockets() -> set[str]:
    folder = Path("/proc/self/fd")
    if not folder.is_dir():
        return set()
    found = set()
    for entry in folder.iterdir():
        try:
            target = str(entry.readlink())
        except OSError:
            continue
        if target.startswith("socket:"):
            found.add(target)
    return found


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name} {record.levelname}: {record.getMessage()}")


@pytest.fixture
def allowed_logs() -> list[str]:
    """A test that provokes log lines appends a part of each expected one here."""
    return []


@pytest.fixture(autouse=True)
def _speaks_as_before() -> Iterator[None]:
    """Speak after a test what was spoken before it."""
    before = dict(vars(words._Spoken))
    yield
    for name in ("catalogue", "language", "folder"):
        setattr(words._Spoken, name, before[name])


@pytest.fixture(params=words.LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> str:
    """Each language of the program, one after the other."""
    return words.use(request.param, TRANSLATIONS)


@pytest.fixture(autouse=True)
def leaves_nothing_behind(request: pytest.FixtureRequest, allowed_logs: list[str]) -> Iterator[None]:
    """Fail a test that leaves a thread, a socket, a window or an unexpected log line behind."""
    qt = "qtbot" in request.fixturenames or "qapp" in request.fixturenames
    if qt:
        request.getfixturevalue("qapp")
    threads = set(threading.enumerate())
    sockets = _sockets()
    records = _Records()
    logging.getLogger().addHandler(records)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(records)
    deadline = time.monotonic() + GRACE
    for thread in set(threading.enumerate()) - threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    left = [thread.name for thread in set(threading.enumerate()) - threads]
    while (extra := _sockets() - sockets) and time.monotonic() < deadline:
        time.sleep(0.02)
    stray = [line for line in records.lines if not any(part in line for part in allowed_logs)]
    assert not stray, f"stray log lines: {stray}"
    assert not left, f"threads left running: {left}"
    assert not extra, f"sockets left open: {len(extra)}"
    if qt and (widgets := sys.modules.get("PySide6.QtWidgets")):
        windows = [w for w in widgets.QApplication.topLevelWidgets() if w.isVisible()]
        for window in windows:
            window.close()
        assert not windows, f"windows left open: {windows}"
    if qt:
        gc.collect()  # here and not by chance in a thread of a later test, where no widget may die
        gc.freeze()  # what lives on now mostly outlives all tests, and need not be looked through after each of them
