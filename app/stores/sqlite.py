"""SQLite connections that call every damage of their file by its name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any


class Connection(sqlite3.Connection):
    """Raises `damage()` where SQLite quotes a broken schema in its message and that is no text any more.

    Python has `UnicodeDecodeError` for that, which nobody takes for a broken file.
    """

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
        try:
            return super().execute(sql, values)
        except UnicodeDecodeError as error:
            raise damage() from error

    def executemany(self, sql: str, rows: Iterable[Any], /) -> sqlite3.Cursor:
        try:
            return super().executemany(sql, rows)
        except UnicodeDecodeError as error:
            raise damage() from error

    def executescript(self, script: str, /) -> sqlite3.Cursor:
        try:
            return super().executescript(script)
        except UnicodeDecodeError as error:
            raise damage() from error


def damage() -> sqlite3.DatabaseError:
    """Return the error that SQLite has for a damaged file."""
    error = sqlite3.DatabaseError("the file is damaged")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error
