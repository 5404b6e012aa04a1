"""What an error means to the owner: by its extended code where that says more than the plain one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.core.problems import Problem
from app.stores.archive.failure import problem_of


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (sqlite3.SQLITE_FULL, "stores.disk_full"),
        (sqlite3.SQLITE_IOERR_SHMSIZE, "stores.disk_full"),
        (sqlite3.SQLITE_IOERR_WRITE, "stores.disk_error"),
        (sqlite3.SQLITE_IOERR_FSYNC, "stores.disk_error"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "stores.not_writable"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "stores.busy"),
        (sqlite3.SQLITE_CORRUPT_INDEX, "stores.archive_damaged"),
    ],
)
def test_a_code_of_sqlite_is_told_as_what_it_means(number: int, code: str) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = number
    assert problem_of(error, Path("folder/archive.db")) == Problem(code, {"path": "archive.db"})


def test_a_fault_of_ours_is_no_problem_of_the_owner() -> None:
    with closing(sqlite3.connect(":memory:")) as connection, pytest.raises(sqlite3.OperationalError) as raised:
        connection.execute("SELEKT")
    assert problem_of(raised.value, Path("archive.db")) is None


def no_way_in() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("unable to open database file")
    error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    return error


@pytest.mark.parametrize("name", ["archive.db", "archive.db-wal"])
def test_a_folder_in_the_way_of_sqlite_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    told = Problem("stores.folder_in_the_way", {"path": name})
    assert problem_of(no_way_in(), tmp_path / "archive.db") == told


def test_a_path_too_long_for_sqlite_is_no_failure_of_the_disk() -> None:
    path = Path("/home").joinpath(*["n" * 90] * 5, "archive.db")
    assert problem_of(no_way_in(), path) == Problem("stores.path_too_long", {"length": len(str(path))})
    assert problem_of(no_way_in(), Path("/home/archive.db")) == Problem("stores.disk_error", {"path": "archive.db"})
