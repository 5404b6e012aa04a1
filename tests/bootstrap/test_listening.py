"""While it listens, the archive is copied: at once, from time to time, and when it ends; and it is told if it cannot be."""

from __future__ import annotations

import io
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from stores.archive.hearing import Opened, case

from app.bootstrap import listening
from app.bootstrap.listening import keeping_copies, listen_for_window, listen_here
from app.bootstrap.stores import Stores
from app.core.messages import Failed, FromListener, decode
from app.core.problems import Problem, ProblemError
from app.core.views import Folder
from app.listen.engine import END_WITHIN
from app.stores.archive.listener import SqliteListenerArchive
from app.stores.archive.open import Archive
from app.ui.listener_link import STOP_MS


class Copied:
    """An archive that counts its copies. `outcomes` are what comes of the first ones."""

    def __init__(self, *outcomes: Problem | Exception | None) -> None:
        self.made = 0
        self.news = threading.Semaphore(0)
        self._outcomes = iter(outcomes)

    def backup(self, _now: float) -> Problem | None:
        self.made += 1
        self.news.release()
        outcome = next(self._outcomes, None)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def unheard(message: FromListener) -> None:
    raise AssertionError(message)


def test_copies_are_made_at_once_and_at_the_end() -> None:
    copied = Copied()
    with keeping_copies(cast("Archive", copied), unheard, 1_000):
        assert copied.news.acquire(timeout=60)
    assert copied.made == 2


def test_copies_are_made_from_time_to_time() -> None:
    copied = Copied()
    with keeping_copies(cast("Archive", copied), unheard, 0.01):
        assert all(copied.news.acquire(timeout=60) for _ in range(4))


def test_a_day_of_work_survives_damage(tmp_path: Path) -> None:
    opened = Opened(tmp_path)
    with keeping_copies(opened.archive, unheard):
        opened.hear(case("phone", "Telefon: chleb był spleśniały"), watch="by_hand", own=True)
    opened.archive.close()
    opened.file.write_bytes(b"broken")
    opened.open()
    assert opened.told[0].code == "stores.archive_restored"
    assert opened.desk.counts(0)[Folder.COMPLAINTS] == 1
    opened.archive.close()


def told_of(copied: Copied, copies: int) -> list[FromListener]:
    """Return what is told while so many copies are tried."""
    told: list[FromListener] = []
    with keeping_copies(cast("Archive", copied), told.append, 0.001):
        assert all(copied.news.acquire(timeout=60) for _ in range(copies))
    return told


def test_a_copy_that_fails_is_told_once_and_again_after_a_good_one(allowed_logs: list[str]) -> None:
    full, damaged = Problem("stores.disk_full", {"path": "archive.db"}), Problem("stores.archive_damaged")
    allowed_logs.append("no copy of the archive: stores.")
    told = told_of(Copied(full, full, damaged, damaged, None, damaged), 6)
    assert told == [Failed(full), Failed(damaged), Failed(damaged)]


def test_an_unforeseen_fault_does_not_end_the_copies(allowed_logs: list[str]) -> None:
    allowed_logs += ["copying the archive crashed", "no copy of the archive: listen.copy_crashed"]
    copied = Copied(ValueError("unforeseen"), ValueError("unforeseen"))
    assert told_of(copied, 4) == [Failed(Problem("listen.copy_crashed", {"error": "ValueError"}))]


def test_who_is_told_cannot_end_the_copies(allowed_logs: list[str]) -> None:
    allowed_logs += ["no copy of the archive: stores.disk_full", "nobody took a message"]
    copied = Copied(Problem("stores.disk_full"))
    with keeping_copies(cast("Archive", copied), unheard, 0.001):
        assert all(copied.news.acquire(timeout=60) for _ in range(3))


@pytest.fixture
def signals() -> Iterator[None]:
    """Put back what a listener does to the signals of its process."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("signals")
def test_an_archive_that_can_be_opened_and_not_read_is_told_and_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = Problem("stores.disk_full")

    def states(_archive: SqliteListenerArchive) -> None:
        raise ProblemError(full)

    monkeypatch.setattr(SqliteListenerArchive, "states", states)
    told: list[FromListener] = []
    assert listen_here(tmp_path, told.append) == 1
    assert told == [Failed(full)]
    out = io.BytesIO()
    pipes = SimpleNamespace(
        stdin=SimpleNamespace(buffer=io.BytesIO()), stdout=SimpleNamespace(buffer=out), stderr=io.StringIO()
    )
    monkeypatch.setattr(listening, "sys", pipes)
    monkeypatch.setattr(listening, "be_nice", lambda: None)
    assert listen_for_window(tmp_path) == 1
    assert decode(out.getvalue()) == Failed(full)


@pytest.mark.usefixtures("signals")
def test_terminated_it_stops_the_listener_before_the_stores_are_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    close = Stores.close

    class Terminated:
        def __init__(self, *_: object) -> None: ...

        def start(self) -> None:
            done.append("started")
            signal.raise_signal(signal.SIGTERM)

        def stop(self) -> None:
            done.append("stopped")

    monkeypatch.setattr(listening, "Listener", Terminated)
    monkeypatch.setattr(Stores, "close", lambda stores: (done.append("closed"), close(stores)))
    assert listen_here(tmp_path, unheard) == 0
    assert done == ["started", "stopped", "closed"]


def test_a_listener_of_a_profile_that_was_moved_away_makes_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = io.BytesIO()
    for name in ("be_nice", "end_in_order"):
        monkeypatch.setattr(listening, name, lambda: None)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO()))
    monkeypatch.setattr("sys.stdout", SimpleNamespace(buffer=said))
    assert listen_for_window(tmp_path / "moved") == 1
    gone = Problem("stores.folder_gone", {"path": str(tmp_path / "moved")})
    assert decode(said.getvalue()) == Failed(gone)
    assert not (tmp_path / "moved").exists()


def test_the_window_waits_for_its_listener_longer_than_an_orderly_end_takes() -> None:
    assert STOP_MS * 2 // 3 >= 1000 * (END_WITHIN + 1.0), "then it is terminated, and killed"
