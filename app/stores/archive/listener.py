"""The archive as the listener sees it; implements core.ports.archive.ListenerArchive."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from app.core.case import Case
from app.core.correction import Correction
from app.core.identity import Prints
from app.core.mention import Mention
from app.core.ports.archive import Heard, Known, Stored
from app.core.problems import Problem, ProblemError
from app.core.verdict import Kind
from app.core.watch import HostState, WatchState
from app.stores.archive import learning
from app.stores.archive.connections import Connections
from app.stores.archive.fields import STATE, state_of
from app.stores.archive.known import known
from app.stores.archive.storing import store

_OPEN_CASES = """
SELECT c.id, c.kind, c.opened_at, c.first_mention, c.identity_key, c.due_at, m.own, m.stars, m.source, m.published
FROM inbox i JOIN cases c ON c.id = i.case_id JOIN mentions m ON m.id = c.first_mention
WHERE i.open = 1 AND i.due < 9e99 ORDER BY c.id
"""


class SqliteListenerArchive:
    """Writes mentions, cases, states, hosts and polls. `store` and `transaction` return a Problem, all else raises it.

    Problems: «stores.disk_full», «stores.busy» (another process writes for too long), «stores.not_writable»,
    «stores.disk_error», «stores.archive_damaged»; raised as `ProblemError`.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def known(self, mentions: Sequence[Mention], prints: Sequence[Prints]) -> list[Known]:
        with self._connections.reading() as connection:
            return known(connection, mentions, prints)

    def store(self, batch: Sequence[Heard]) -> list[Stored] | Problem:
        return self.transaction(lambda: batch)

    def transaction(self, work: Callable[[], Sequence[Heard]]) -> list[Stored] | Problem:
        try:
            with self._connections.writing() as connection:
                return store(connection, work())
        except ProblemError as error:
            return error.problem

    def states(self) -> dict[str, WatchState]:
        with self._connections.reading() as connection:
            return states(connection)

    def hosts(self) -> tuple[HostState, ...]:
        with self._connections.reading() as connection:
            rows = connection.execute("SELECT host, blocked_until, strikes FROM hosts ORDER BY host").fetchall()
        return tuple(HostState(*row) for row in rows)

    def corrections(self) -> tuple[Correction, ...]:
        with self._connections.reading() as connection:
            return learning.corrections(connection)

    def corrections_mark(self) -> object:
        with self._connections.reading() as connection:
            return learning.mark(connection)

    def open_cases(self) -> tuple[Case, ...]:
        with self._connections.reading() as connection:
            rows = connection.execute(_OPEN_CASES).fetchall()
        return tuple(
            Case(id_, Kind(kind), opened, first, identity, due, own=bool(own), stars=stars, source=source, published=at)
            for id_, kind, opened, first, identity, due, own, stars, source, at in rows
        )

    def set_due(self, due: Sequence[tuple[int, float | None]]) -> None:
        with self._connections.writing() as connection:
            connection.executemany(
                "UPDATE cases SET due_at = :due WHERE id = :id AND due_at IS NOT :due",
                [{"due": at, "id": case_id} for case_id, at in due],
            )

    def drop_watch(self, watch_id: str) -> None:
        with self._connections.writing() as connection:
            connection.execute("DELETE FROM watch_states WHERE watch_id = ?", (watch_id,))

    def close(self) -> None:
        self._connections.close_mine()


def states(connection: sqlite3.Connection) -> dict[str, WatchState]:
    """Return where every watch stands."""
    rows = connection.execute("SELECT " + STATE + " FROM watch_states").fetchall()  # noqa: S608  a constant of ours
    return {row[0]: state_of(row) for row in rows}
