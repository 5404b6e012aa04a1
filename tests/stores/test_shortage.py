"""No more files or memory for this program: the disk is not blamed."""

from __future__ import annotations

import errno
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.core.problems import Problem, ProblemError
from app.stores.archive.connections import Connections
from app.stores.archive.failure import problem_of
from app.stores.atomic import disk_problem
from app.stores.shop_file import TinyShopFile

NO_FILES = Problem("core.no_files")
resource = pytest.importorskip("resource", reason="only there can a process be given fewer files")


@pytest.fixture
def starved() -> Iterator[ExitStack]:
    """Leave this process one file to open, until the stack is closed."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    with ExitStack() as held:
        with socket.socket() as probe:
            resource.setrlimit(resource.RLIMIT_NOFILE, (probe.fileno() + 20, before[1]))
        plugs: list[socket.socket] = []
        try:
            while True:
                plugs.append(held.enter_context(socket.socket()))
        except OSError:
            plugs[-1].close()
        yield held
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_an_error_that_says_so() -> None:
    assert disk_problem(OSError(errno.EMFILE, ""), Path("shop.json")) == NO_FILES
    assert disk_problem(OSError(errno.ENOMEM, ""), Path("shop.json")) == Problem("core.no_memory")
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_NOMEM
    assert problem_of(error, Path("archive.db")) == Problem("core.no_memory")


def test_the_archive(tmp_path: Path, starved: ExitStack) -> None:
    archive = Connections(tmp_path / "archive.db", durable=True)
    with pytest.raises(ProblemError) as met, archive.writing() as connection:
        connection.execute("CREATE TABLE one (two)")
    archive.close()
    assert met.value.problem == NO_FILES


def test_the_shop_file(tmp_path: Path, starved: ExitStack) -> None:
    shop = TinyShopFile(tmp_path / "shop.json", tmp_path)
    assert shop.recovered() == NO_FILES


def test_a_file_that_cannot_be_opened_for_another_reason_is_still_a_fault_of_the_disk(tmp_path: Path) -> None:
    archive = Connections(tmp_path / "nowhere" / "archive.db", durable=True)
    with pytest.raises(ProblemError) as met, archive.reading() as connection:
        connection.execute("SELECT 1 FROM sqlite_master")
    archive.close()
    assert met.value.problem == Problem("stores.disk_error", {"path": "archive.db"})
