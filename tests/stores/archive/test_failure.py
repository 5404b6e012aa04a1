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
