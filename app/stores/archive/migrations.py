"""Bringing an archive to today's tables: numbered steps, each one transaction, the old file kept before the first."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

OURS = 0x43424C31
"""The application id in the head of our files («CBL1»), by which a stranger's database is told apart."""


def version_of(connection: sqlite3.Connection) -> int:
    """Return how many steps a file has seen, 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def is_ours(connection: sqlite3.Connection) -> bool:
    """Say whether a database is an archive, or still empty and free to become one."""
    if connection.execute("PRAGMA application_id").fetchone()[0] == OURS:
        return True
    return version_of(connection) == 0 and connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0


def migrate(connection: sqlite3.Connection, steps: Sequence[str], keep: Callable[[int], object]) -> None:
    """Run the steps a file has not seen; `keep(version)` is called before an existing file is first changed.

    The connection is in autocommit mode. Raises `sqlite3.Error`; the file then stands at the last step that went well.
    """
    version = version_of(connection)
    if 0 < version < len(steps):
        keep(version)
    for number in range(version, len(steps)):
        _step(connection, steps[number], number + 1)


def _step(connection: sqlite3.Connection, step: str, version: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in statements(step):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {OURS}")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except BaseException:  # whatever it was, no half migration stays
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def statements(step: str) -> list[str]:
    """Return the statements of a script one by one: `executescript` would commit what is under way first."""
    found, begun = [], ""
    for line in step.splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            found.append(begun)
            begun = ""
    if begun.strip():
        raise ValueError(f"unfinished statement: {begun}")
    return found
