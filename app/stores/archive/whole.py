"""Is an archive made as we make it? SQLite finds nothing wrong with a file from which a table was taken."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

from app.core.problems import Problem
from app.stores.archive.migrations import is_ours, statements, version_of
from app.stores.archive.schema import STEPS
from app.stores.archive.search import searchable

_PARTS = """
SELECT m.name, ifnull(p.name, '') FROM sqlite_master m
LEFT JOIN pragma_table_info(iif(m.type = 'table' AND m.name <> 'search', m.name, '')) p
WHERE (m.type <> 'index' OR m.sql LIKE 'CREATE UNIQUE %') AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!'
"""
"""Tables with their columns, views, triggers, and what keeps rows single: any other index only saves time.

To ask for the columns of `search` is to open the index, which fails where a part of that is missing.
"""


VERSION = "user_version"
"""What is wrong with an archive that has what only steps make which it is not said to have seen."""


def wrong_part(connection: sqlite3.Connection, steps: Sequence[str] = STEPS) -> str:
    """Return a part that an archive of its version should have and has not, «polls», «handling.due_at», or `VERSION`; else «».

    What it has besides is nobody's business. Raises `sqlite3.Error` where it cannot be read.
    """
    seen = tuple(steps[: version_of(connection)])
    wanted, there = _parts_after(seen), _parts(connection)
    missing = next((part for part in wanted if part not in there), "")
    later = (part for part in _parts_of_later(tuple(steps), len(seen)) if part not in wanted)
    return missing or (VERSION if any(part in there for part in later) else "")


def _parts_of_later(steps: tuple[str, ...], seen: int) -> Iterator[str]:
    """Yield what the steps make that follow those seen, up to one that fails."""
    for number in range(seen, len(steps)):
        try:
            yield from _parts_after(steps[: number + 1])
        except sqlite3.Error:
            return


def altered(path: Path) -> Problem | None:
    """Return «stores.archive_altered» (path, part) where a file is an archive and not as we make one, else None."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            part = wrong_part(connection) if is_ours(connection) else ""
    except sqlite3.Error:
        return None
    return told(path, part) if part else None


def told(path: Path, part: str) -> Problem:
    """Return what it means that a part of an archive is missing or changed."""
    return Problem("stores.archive_altered", {"path": path.name, "part": part})


@cache
def _parts_after(steps: tuple[str, ...]) -> dict[str, None]:
    """Return what these steps make of an empty file."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.create_function("searchable", 1, searchable, deterministic=True)
        for step in steps:
            for statement in statements(step):
                connection.execute(statement)
        return _parts(connection)


def _parts(connection: sqlite3.Connection) -> dict[str, None]:
    rows = connection.execute(_PARTS).fetchall()
    return dict.fromkeys(
        part for name, column in rows for part in (str(name), *((f"{name}.{column}",) if column else ()))
    )
