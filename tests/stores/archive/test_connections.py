"""Connections: one a thread, none left open, none closed under a statement."""

from __future__ import annotations

import gc
import sqlite3
import stat
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.core.problems import ProblemError
from app.stores.archive import connections as connections_module
from app.stores.archive.connections import PATIENCE, Connections, connect


def is_open(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return False
    return True


@pytest.fixture
def connections(tmp_path: Path) -> Iterator[Connections]:
    connections = Connections(tmp_path / "a.db", durable=True)
    yield connections
    connections.close()


def test_a_thread_keeps_its_own(connections: Connections) -> None:
    seen: list[sqlite3.Connection] = []

    def use() -> None:
        with connections.reading() as one, connections.reading() as two:
            assert one is two
            seen.append(one)

    use()
    use()
    thread = threading.Thread(target=use)
    thread.start()
    thread.join(60)
    assert seen[0] is seen[1] is not seen[2]


@pytest.mark.skipif(sys.platform == "win32", reason="the profile's folder decides there")
@pytest.mark.parametrize("before", [None, 0o644, 0o666])
def test_others_read_nothing_of_it_wherever_it_lies(tmp_path: Path, before: int | None) -> None:
    path = tmp_path / "b.db"
    if before is not None:
        path.touch()
        path.chmod(before)
    connections = Connections(path, durable=True)
    with connections.reading() as connection:
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.execute("CREATE TABLE x (y)")
        made = sorted(tmp_path.glob("b.db*"))
        assert len(made) == 3
        assert {stat.S_IMODE(one.stat().st_mode) for one in made} == {0o600}
    connections.close()


def test_it_is_closed_when_its_thread_ends(connections: Connections) -> None:
    seen: list[sqlite3.Connection] = []

    def use() -> None:
        with connections.reading() as connection:
            seen.append(connection)

    threads = [threading.Thread(target=use) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    gc.collect()
    assert [is_open(connection) for connection in seen] == [False] * 20


def test_close_from_another_thread_waits_for_what_runs(connections: Connections) -> None:
    inside, go_on, closed = threading.Event(), threading.Event(), threading.Event()
    seen: list[object] = []

    def use() -> None:
        with connections.reading() as connection:
            inside.set()
            go_on.wait(60)
            seen.extend((closed.is_set(), connection.execute("SELECT 7").fetchone()))

    def close() -> None:
        connections.close()
        closed.set()

    threads = [threading.Thread(target=use), threading.Thread(target=close)]
    threads[0].start()
    assert inside.wait(60)
    threads[1].start()
    assert not closed.wait(0.05)
    go_on.set()
    for thread in threads:
        thread.join(60)
    assert seen == [False, (7,)]
    assert closed.is_set()


def test_close_does_not_sit_out_the_patience_of_a_writer_that_waits_for_another_process(
    connections: Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    waiting, wait_at_most = threading.Event(), connections_module._wait_at_most

    def wait(connection: sqlite3.Connection, seconds: float) -> None:
        wait_at_most(connection, seconds)
        waiting.set()

    monkeypatch.setattr(connections_module, "_wait_at_most", wait)
    with closing(connect(connections.path)) as other:
        other.execute("BEGIN IMMEDIATE")

        def write() -> None:
            with pytest.raises(ProblemError) as raised, connections.writing():
                pass
            told.append(raised.value.problem.code)

        writer = threading.Thread(target=write)
        writer.start()
        assert waiting.wait(60)
        began = time.monotonic()
        connections.close()
        writer.join(60)
        assert time.monotonic() - began < PATIENCE * 0.75
    assert told == ["stores.busy"]


@pytest.mark.parametrize("patience", [0.0, 0.05, 60.0])
def test_a_writer_waits_for_another_process_as_long_as_its_patience_lasts(tmp_path: Path, patience: float) -> None:
    connections = Connections(tmp_path / "a.db", durable=True, patience=patience)
    with closing(connect(connections.path)) as other:
        other.execute("PRAGMA journal_mode = WAL").fetchone()
        other.execute("CREATE TABLE x (y)")
        other.execute("BEGIN IMMEDIATE")
        if patience < 1:
            began = time.monotonic()
            with pytest.raises(ProblemError), connections.writing():
                pass
            assert time.monotonic() - began < PATIENCE * 0.75
        else:
            done = threading.Timer(1.2, lambda: other.execute("COMMIT"))
            done.start()
            with connections.writing() as connection:
                connection.execute("INSERT INTO x VALUES (1)")
            done.join()
        with connections.reading() as connection:
            assert connection.execute("PRAGMA busy_timeout").fetchone() == (patience * 1_000,)
    connections.close()


def test_a_disk_that_cannot_be_read_is_a_problem_and_no_exception_of_sqlite(tmp_path: Path) -> None:
    gone = Connections(tmp_path / "gone" / "a.db", durable=False)
    with pytest.raises(ProblemError) as raised, gone.reading():
        pass
    assert raised.value.problem.code == "stores.disk_error"
    (tmp_path / "b.db").write_bytes(b"no database " * 1000)
    broken = Connections(tmp_path / "b.db", durable=False)
    with pytest.raises(ProblemError) as raised, broken.reading() as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    assert raised.value.problem.code == "stores.archive_damaged"
    broken.close()


def test_nothing_opens_after_close(connections: Connections) -> None:
    with connections.reading() as connection:
        pass
    connections.close()
    connections.close()
    assert not is_open(connection)
    with pytest.raises(sqlite3.ProgrammingError), connections.reading():
        pass


def test_close_mine_is_for_this_thread_and_for_now(connections: Connections) -> None:
    connections.close_mine()
    with connections.reading() as one:
        pass
    connections.close_mine()
    assert not is_open(one)
    with connections.reading() as two:
        assert is_open(two)


def test_the_desk_s_writes_are_synced_and_the_listener_s_need_not(tmp_path: Path) -> None:
    for durable, level in ((True, 2), (False, 1)):
        connections = Connections(tmp_path / "a.db", durable=durable)
        with connections.reading() as connection:
            values = [
                connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("synchronous", "foreign_keys", "secure_delete")
            ]
        assert values == [level, 1, 1]
        connections.close()


def test_a_write_that_fails_leaves_no_transaction(connections: Connections) -> None:
    def fail() -> None:
        with connections.writing() as connection:
            connection.execute("CREATE TABLE t (x)")
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with connections.writing() as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
