"""The archive as the listener sees it; implements core.ports.archive.ListenerArchive."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from app.core.case import Case
from app.core.correction import Correction
from app.core.identity import Prints
from app.core.mention import Mention
from app.core.ports.archive import Elsewhere, Heard, Known, Stored
from app.core.problems import Problem, ProblemError
from app.core.verdict import Kind
from app.core.watch import HostState, WatchState
from app.stores.archive import learning
from app.stores.archive.connections import Connections
from app.stores.archive.fields import STATE, host_values, state_of
from app.stores.archive.known import known
from app.stores.archive.storing import store

_OPEN_CASES = """
SELECT c.id, c.kind, c.opened_at, c.first_mention, c.identity_key, c.due_at, m.own, m.stars, m.source,
    iif(m.edited_at IS NOT NULL AND c.opened_at > m.heard_at, NULL, m.published)
FROM inbox i JOIN cases c ON c.id = i.case_id JOIN mentions m ON m.id = c.first_mention
WHERE i.open = 1 AND i.due < 9e99 ORDER BY c.id
"""
"""The clock of a complaint that an edit made runs from when that was noticed, and not from the publication."""


_LEAVE_ALONE = """
INSERT INTO hosts VALUES (?, ?, ?) ON CONFLICT (host)
DO UPDATE SET blocked_until = excluded.blocked_until, strikes = excluded.strikes
WHERE excluded.blocked_until > hosts.blocked_until
"""

MOST_AT_ONCE = 500
"""Mentions of other processes that are named at most: of a longer import the lists show the rest."""

_LAST_GIVEN = "SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'mentions'), 0)"
_LAST_TURN = "SELECT ifnull(max(turned_at), 0.0) FROM mentions WHERE turned_at IS NOT NULL"
_NEWER = "SELECT id, watch_id, rings = 1 FROM mentions WHERE id > ? AND id <= ? ORDER BY id DESC"
_TURNED = "SELECT id, watch_id FROM mentions WHERE rings = 1 AND turned_at > ? AND turned_at <= ? ORDER BY +id"
_POLLED = "SELECT watch_id, polled_at FROM watch_states"
_STATES_OF = (
    "SELECT " + STATE + " FROM watch_states WHERE watch_id IN (SELECT value FROM json_each(?))"  # noqa: S608  a constant of ours
)


@dataclass(slots=True)
class _Known:
    """What the writing thread knows: the last id it has seen, its own ids after that, and when watches were polled."""

    version: int
    seen: int
    turned: float
    polled: dict[str, float]
    own: set[int] = field(default_factory=set)
    edits: set[int] = field(default_factory=set)


class SqliteListenerArchive:
    """Writes mentions, cases, states, hosts and polls. `transaction` returns a Problem, all else raises it.

    Problems: «stores.disk_full», «stores.busy» (another process writes for too long), «stores.not_writable»,
    «stores.disk_error», «stores.archive_damaged»; raised as `ProblemError`.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._known: _Known | None = None

    def known(self, mentions: Sequence[Mention], prints: Sequence[Prints]) -> list[Known]:
        with self._connections.reading() as connection:
            return known(connection, mentions, prints)

    def transaction(self, work: Callable[[], Sequence[Heard]]) -> list[Stored] | Problem:
        try:
            with self._connections.writing() as connection:
                batch = work()
                stored = store(connection, batch)
        except ProblemError as error:
            return error.problem
        if self._known:
            self._known.own.update(mention_id for each in stored for mention_id in each.mention_ids)
            self._known.edits.update(edit.id for h in batch for edit in h.edits)
            self._known.polled.update((h.watch_id, h.state.polled_at) for h in batch if h.state)
        return stored

    def elsewhere(self) -> Elsewhere:
        with self._connections.reading() as connection:
            version = int(connection.execute("PRAGMA data_version").fetchone()[0])
            before = self._known
            if before is not None and before.version == version:
                before.seen, before.own = max(before.seen, *before.own, 0), set()
                return Elsewhere()
            seen = int(connection.execute(_LAST_GIVEN).fetchone()[0])
            turned = float(connection.execute(_LAST_TURN).fetchone()[0])
            self._known = now = _Known(version, seen, turned, dict(connection.execute(_POLLED).fetchall()))
            return Elsewhere() if before is None else _between(connection, before, now)

    def states(self) -> dict[str, WatchState]:
        with self._connections.reading() as connection:
            return states(connection)

    def hosts(self) -> tuple[HostState, ...]:
        with self._connections.reading() as connection:
            rows = connection.execute("SELECT host, blocked_until, strikes FROM hosts ORDER BY host").fetchall()
        return tuple(HostState(*row) for row in rows)

    def put_hosts(self, states: Sequence[HostState]) -> None:
        with self._connections.writing() as connection:
            connection.executemany(_LEAVE_ALONE, [host_values(state) for state in states])

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


def _between(connection: sqlite3.Connection, before: _Known, now: _Known) -> Elsewhere:
    """Return what others have stored between two looks."""
    newer = (row for row in connection.execute(_NEWER, (before.seen, now.seen)) if row[0] not in before.own)
    new = [(mention_id, watch_id, bool(rings)) for mention_id, watch_id, rings in islice(newer, MOST_AT_ONCE)]
    named = {mention_id for mention_id, _watch_id, _rings in new}
    known = named | before.edits
    turned = [row for row in connection.execute(_TURNED, (before.turned, now.turned)) if row[0] not in known]
    polled = [watch_id for watch_id, at in now.polled.items() if before.polled.get(watch_id) != at]
    moved = connection.execute(_STATES_OF, (json.dumps(polled),)).fetchall() if polled else ()
    return Elsewhere(
        (*reversed(new), *((mention_id, watch_id, True) for mention_id, watch_id in turned)),
        frozenset(mention_id for mention_id, _watch_id in turned),
        tuple(map(state_of, moved)),
    )


def states(connection: sqlite3.Connection) -> dict[str, WatchState]:
    """Return where every watch stands."""
    rows = connection.execute("SELECT " + STATE + " FROM watch_states").fetchall()  # noqa: S608  a constant of ours
    return {row[0]: state_of(row) for row in rows}
