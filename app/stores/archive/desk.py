"""The archive as the desk sees it; implements core.ports.desk_archive.DeskArchive."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence

from app.core.address import normal_address
from app.core.bands import Band
from app.core.by_hand import BY_HAND
from app.core.case import CaseState, Handling, Satisfaction
from app.core.correction import Correction
from app.core.identity import fingerprint
from app.core.mention import ArchivedMention, Wording
from app.core.verdict import Kind
from app.core.views import Folder, InboxRow, Page
from app.core.watch import WatchState
from app.stores.archive import inbox, learning
from app.stores.archive.backup import Backups
from app.stores.archive.connections import Connections
from app.stores.archive.failure import raising
from app.stores.archive.fields import MENTION, archived, clean, key_print
from app.stores.archive.forget import erase, leave, prints_of, purge, remove
from app.stores.archive.listener import states

Tally = tuple[str, str, str, float, float | None, float | None, bool]
"""A row of `tally`, see the port."""

Resolved = tuple[str, str, str, str, float, str | None]
"""A row of `resolved`, see the port."""

LARGEST = 2**63 - 1
"""SQLite has no larger number, and so no such id."""

_MENTION = "SELECT " + MENTION + " FROM mentions m JOIN texts t ON t.id = m.id WHERE m.id = ?"  # noqa: S608  constants
_AT_ADDRESS = (
    "SELECT " + MENTION + " FROM mentions m JOIN texts t ON t.id = m.id "  # noqa: S608  constants
    "WHERE m.address_print = ? AND m.address_print <> 0 ORDER BY m.id LIMIT 1"
)
_BY_KEY = (
    "SELECT " + MENTION + " FROM mentions m JOIN texts t ON t.id = m.id "  # noqa: S608  constants
    "WHERE m.key_print = ? AND m.key_print <> 0"
)
_AFTER = (
    "SELECT " + MENTION + " FROM mentions m JOIN texts t ON t.id = m.id WHERE m.id > ? ORDER BY m.id LIMIT ?"  # noqa: S608  constants
)
_OF_CASE = (
    "SELECT " + MENTION + " FROM mentions m JOIN texts t ON t.id = m.id WHERE m.case_id = ? ORDER BY m.at, m.id"  # noqa: S608  constants
)
_BY_IDENTITY = (
    "SELECT " + MENTION + " FROM json_each(?) a "  # noqa: S608  constants
    "CROSS JOIN mentions m ON m.identity_key = a.value AND m.identity_key <> '' JOIN texts t ON t.id = m.id "
    "ORDER BY m.at DESC, m.id DESC LIMIT ?"
)
_SAID_BEFORE = (
    "SELECT " + MENTION + ", w.until, w.title, w.text, w.kind, w.score FROM json_each(:keys) a "  # noqa: S608  constants
    "CROSS JOIN earlier w ON w.identity_key = a.value AND w.identity_key <> '' JOIN mentions m ON m.id = w.mention_id "
    "JOIN texts t ON t.id = m.id WHERE m.identity_key NOT IN (SELECT value FROM json_each(:keys)) ORDER BY w.until, w.id"
)
_NOT_BEGUN = """
WITH theirs (case_id) AS (
    SELECT DISTINCT ifnull(case_id, -id) FROM mentions WHERE identity_key = :key AND identity_key <> ''
)
SELECT i.case_id FROM theirs CROSS JOIN inbox i USING (case_id) LEFT JOIN handling h USING (case_id)
WHERE i.open = 1 AND ifnull(h.state, 'new') = 'new' AND h.kind IS NULL
    AND NOT EXISTS (SELECT 1 FROM mentions m WHERE m.case_id = i.case_id AND m.identity_key <> :key AND m.ours = 0)
    AND NOT EXISTS (
        SELECT 1 FROM mentions m CROSS JOIN outgoing o ON o.mention_id = m.id AND o.closed = 0
        WHERE m.case_id = i.case_id OR m.id = -i.case_id
    )
ORDER BY i.case_id
"""
_PUT = "INSERT OR REPLACE INTO handling VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_MARK = """
INSERT OR REPLACE INTO rung
SELECT m.id, max(:at, ifnull(m.turned_at, :at)) FROM json_each(:ids) a CROSS JOIN mentions m ON m.id = a.value
"""
"""`rung.at` is never before the edit that rang, whatever the clock says: else it would ring for ever."""
_RUNG = """
SELECT r.mention_id FROM json_each(?) a CROSS JOIN rung r ON r.mention_id = a.value
JOIN mentions m ON m.id = r.mention_id WHERE m.turned_at IS NULL OR m.turned_at <= r.at
"""
_AWAKE = """
SELECT case_id, mention_id FROM inbox WHERE snoozed_until > 0 AND snoozed_until <= ? ORDER BY snoozed_until, mention_id
"""
_UNRUNG = """
WITH lately (id) AS (
    SELECT id FROM mentions WHERE rings = 1 AND heard_at >= :since
    UNION SELECT id FROM mentions WHERE rings = 1 AND turned_at >= :since
)
SELECT m.id FROM lately CROSS JOIN mentions m USING (id) LEFT JOIN rung r ON r.mention_id = m.id
WHERE r.mention_id IS NULL OR r.at < m.turned_at ORDER BY m.heard_at, m.id
"""
_UNRUNG_SETTLED = _UNRUNG.replace(
    " LEFT JOIN rung", " JOIN handling h ON h.case_id = ifnull(m.case_id, -m.id) LEFT JOIN rung"
)
_MARK_DIGESTED = """
INSERT OR IGNORE INTO digested SELECT m.id, :at FROM json_each(:ids) a CROSS JOIN mentions m ON m.id = a.value
"""
_UNDIGESTED = """
WITH lately (id) AS (
    SELECT id FROM mentions WHERE rings = 2 AND heard_at >= :since AND heard_at < :until AND turned_at IS NULL
    UNION ALL SELECT id FROM mentions WHERE rings = 2 AND turned_at >= :since AND turned_at < :until
)
SELECT m.id FROM lately CROSS JOIN mentions m USING (id) LEFT JOIN digested d ON d.mention_id = m.id
WHERE d.mention_id IS NULL ORDER BY m.heard_at, m.id
"""
_TALLY = """
WITH counted (id) AS (
    SELECT id FROM mentions
    WHERE repost_of IS NULL AND ours = 0 AND heard_at >= :since AND heard_at < :until AND watch_id <> :by_hand
    UNION ALL
    SELECT id FROM mentions
    WHERE repost_of IS NULL AND ours = 0 AND at >= :since AND at < :until AND watch_id = :by_hand
)
SELECT m.watch_id, m.place, ifnull(h.kind, m.kind), ifnull(m.published, m.heard_at), m.heard_at,
    iif(h.answered_at < m.at AND EXISTS (SELECT 1 FROM mentions o WHERE o.case_id = m.case_id AND o.id < m.id), NULL, h.answered_at),
    ifnull(c.first_mention = m.id, 1)
FROM counted CROSS JOIN mentions m USING (id) LEFT JOIN cases c ON c.id = m.case_id
LEFT JOIN handling h ON h.case_id = ifnull(m.case_id, -m.id)
WHERE ifnull(h.state, 'new') <> 'not_us'
ORDER BY m.heard_at, m.id
"""
"""What is complained of after praise was thanked for is not answered by those thanks."""
_RESOLVED = """
SELECT m.watch_id, m.place, coalesce(h.kind, c.kind, m.kind), m.cause, h.resolved_at, h.satisfaction
FROM handling h LEFT JOIN cases c ON c.id = h.case_id JOIN mentions m ON m.id = ifnull(c.first_mention, -h.case_id)
WHERE h.resolved_at >= ? AND h.resolved_at < ?
ORDER BY h.resolved_at, h.case_id
"""
_COMPLAINERS = """
SELECT count(DISTINCT iif(m.identity_key = '', m.id, m.identity_key))
FROM mentions m LEFT JOIN handling h ON h.case_id = ifnull(m.case_id, -m.id)
WHERE m.at >= ? AND (m.published IS NOT NULL OR m.rings <> 0) AND m.repost_of IS NULL AND m.ours = 0
    AND ifnull(h.kind, m.kind) = 'complaint' AND ifnull(h.state, 'new') <> 'not_us'
"""
_HOURS_HEARD = """
SELECT watch_id, CAST(finished / 3600 AS INTEGER), min(finished) FROM polls WHERE finished >= ? AND problem = ''
GROUP BY 1, 2
"""


class SqliteDeskArchive:
    """Reads everything; writes handling, corrections and what was told, each on the disk when the call returns.

    Raises `ProblemError` («stores.disk_full», «stores.busy», «stores.not_writable», «stores.disk_error»,
    «stores.archive_damaged»), and then nothing changed.
    Who is forgotten leaves the backups as well.
    """

    def __init__(self, connections: Connections, backups: Backups) -> None:
        self._connections = connections
        self._backups = backups

    def counts(self, now: float) -> Mapping[Folder, int]:
        with self._connections.reading() as connection:
            return inbox.counts(connection, now)

    def page(self, folder: Folder, search: str, offset: int, limit: int, now: float) -> Page:
        with self._connections.reading() as connection:
            return inbox.page(connection, folder, search, offset, limit, now)

    def row(self, mention_id: int, *, of_case: bool = False) -> InboxRow | None:
        with self._connections.reading() as connection:
            return next(iter(inbox.rows(connection, (mention_id,), of_cases=of_case)), None)

    def rows(self, mention_ids: Sequence[int]) -> tuple[InboxRow, ...]:
        with self._connections.reading() as connection:
            return inbox.rows(connection, mention_ids)

    def mention(self, mention_id: int) -> ArchivedMention | None:
        if abs(mention_id) > LARGEST:
            return None
        return next(iter(self._mentions(_MENTION, mention_id)), None)

    def at_address(self, url: str) -> ArchivedMention | None:
        return next(iter(self._mentions(_AT_ADDRESS, fingerprint(normal_address(url)))), None) if url else None

    def by_key(self, source: str, key: str) -> ArchivedMention | None:
        return next(iter(self._mentions(_BY_KEY, key_print(source, key))), None) if key else None

    def mentions_after(self, mention_id: int, limit: int) -> tuple[ArchivedMention, ...]:
        return self._mentions(_AFTER, mention_id, max(0, limit))

    def case_mentions(self, case_id: int) -> tuple[ArchivedMention, ...]:
        """Return the mentions of a case, oldest first; of a case of the desk's own the one it stands for."""
        return self._mentions(_MENTION, -case_id) if case_id < 0 else self._mentions(_OF_CASE, case_id)

    def by_identity(self, identity_keys: Sequence[str], limit: int = 200) -> tuple[ArchivedMention, ...]:
        keys = json.dumps(list(dict.fromkeys(map(clean, identity_keys))))
        return self._mentions(_BY_IDENTITY, keys, max(0, limit))

    def said_before(self, identity_keys: Sequence[str]) -> tuple[tuple[ArchivedMention, Wording], ...]:
        values = {"keys": json.dumps(list(dict.fromkeys(map(clean, identity_keys))))}
        with self._connections.reading() as connection:
            rows = connection.execute(_SAID_BEFORE, values).fetchall()
        found = ((archived(row[:-5]), row[-5:]) for row in rows)
        return tuple(
            (one, Wording(at, title, text, Kind(kind), score)) for one, (at, title, text, kind, score) in found
        )

    def hours_heard(self, since: float) -> Mapping[str, Mapping[int, float]]:
        with self._connections.reading() as connection:
            rows = connection.execute(_HOURS_HEARD, (since,)).fetchall()
        found: dict[str, dict[int, float]] = {}
        for watch_id, hour, at in rows:
            found.setdefault(watch_id, {})[hour] = at
        return found

    def next_due(self, now: float) -> InboxRow | None:
        with self._connections.reading() as connection:
            return inbox.next_due(connection, now)

    def overdue(self, now: float) -> frozenset[Folder]:
        with self._connections.reading() as connection:
            return inbox.overdue(connection, now)

    def complainers(self, since: float) -> int:
        with self._connections.reading() as connection:
            return int(connection.execute(_COMPLAINERS, (since,)).fetchone()[0])

    def handling(self, case_id: int) -> Handling | None:
        with self._connections.reading() as connection:
            return _handling(connection, case_id)

    def put_handling(self, handling: Handling, *, before: Handling | None = None) -> bool:
        put: list[bool] = []

        def change(connection: sqlite3.Connection) -> None:
            put.append(before is None or _handling(connection, handling.case_id) == before)
            if put[-1]:
                put_handling(connection, handling.case_id, handling)

        self._write(change)
        return put[-1]

    def not_begun(self, identity_key: str) -> tuple[int, ...]:
        with self._connections.reading() as connection:
            rows = connection.execute(_NOT_BEGUN, {"key": clean(identity_key)}).fetchall()
        return tuple(row[0] for row in rows)

    def decide(
        self, handlings: Mapping[int, Handling | None], gone: Sequence[int] = (), taught: Sequence[Correction] = ()
    ) -> tuple[int, ...]:
        ids: list[int] = []

        def change(connection: sqlite3.Connection) -> None:
            for case_id, handling in handlings.items():
                put_handling(connection, case_id, handling)
            ids.extend(learning.teach(connection, gone, taught))

        self._write(change)
        return tuple(ids)

    def teach(self, gone: Sequence[int], taught: Sequence[Correction]) -> tuple[int, ...]:
        ids: list[int] = []
        self._write(lambda connection: ids.extend(learning.teach(connection, gone, taught)))
        return tuple(ids)

    def corrections(self) -> tuple[Correction, ...]:
        with self._connections.reading() as connection:
            return learning.corrections(connection)

    def corrections_of(self, case_id: int) -> tuple[Correction, ...]:
        with self._connections.reading() as connection:
            return learning.corrections_of(connection, case_id)

    def judged_rings(self, limit: int) -> tuple[bool, ...]:
        with self._connections.reading() as connection:
            return learning.judged_rings(connection, limit)

    def settled_levels(self, limit: int) -> tuple[float, ...]:
        with self._connections.reading() as connection:
            return learning.settled_levels(connection, limit)

    def bands(
        self, ring_at: float, digest_at: float, since: float, examples: int
    ) -> Mapping[Band, tuple[int, tuple[InboxRow, ...]]]:
        with self._connections.reading() as connection:
            return learning.bands(connection, ring_at, digest_at, since, examples)

    def case_for(self, mention_id: int, now: float) -> int:  # noqa: ARG002  part of the port: an archive may open a case
        """Return the case of a mention, or minus its id where it has none; nothing is written."""
        with self._connections.reading() as connection:
            row = connection.execute("SELECT case_id FROM mentions WHERE id = ?", (mention_id,)).fetchone()
        return int(row[0]) if row and row[0] is not None else -mention_id

    def rung(self, mention_ids: Sequence[int]) -> frozenset[int]:
        with self._connections.reading() as connection:
            rows = connection.execute(_RUNG, (json.dumps(list(mention_ids)),)).fetchall()
        return frozenset(row[0] for row in rows)

    def mark_rung(self, mention_ids: Sequence[int], now: float) -> None:
        self._write(lambda connection: connection.execute(_MARK, {"ids": json.dumps(list(mention_ids)), "at": now}))

    def unrung(self, since: float) -> tuple[int, ...]:
        with self._connections.reading() as connection:
            return tuple(row[0] for row in connection.execute(_UNRUNG, {"since": since}))

    def unrung_settled(self, since: float) -> tuple[int, ...]:
        with self._connections.reading() as connection:
            return tuple(row[0] for row in connection.execute(_UNRUNG_SETTLED, {"since": since}))

    def awake(self, now: float) -> tuple[tuple[int, int], ...]:
        with self._connections.reading() as connection:
            return tuple(connection.execute(_AWAKE, (now,)))

    def undigested(self, since: float, until: float) -> tuple[int, ...]:
        values = {"since": since, "until": until}
        with self._connections.reading() as connection:
            return tuple(row[0] for row in connection.execute(_UNDIGESTED, values))

    def mark_digested(self, mention_ids: Sequence[int], now: float) -> None:
        values = {"ids": json.dumps(list(mention_ids)), "at": now}
        self._write(lambda connection: connection.execute(_MARK_DIGESTED, values))

    def states(self) -> dict[str, WatchState]:
        with self._connections.reading() as connection:
            return states(connection)

    def forget(self, identity_keys: Sequence[str], mention_ids: Sequence[int] = ()) -> int:
        """Delete the mentions, cases and traces of these accounts, here and in the backups; return how many went.

        The backups come first: until the archive follows, all is as before, and it can be done again.
        """
        keys = tuple(map(clean, identity_keys))
        with raising(self._connections.path), self._backups.held():
            with self._connections.reading() as connection:
                prints = prints_of(connection, keys, mention_ids)
            self._backups.forget(keys, prints)
            with self._connections.writing() as connection:
                leave(connection, prints)
                count = erase(connection, keys)
                after = prints_of(connection, ())
                if set(after) - set(prints):  # heard just now
                    self._backups.forget((), after)
            with self._connections.reading() as connection:
                purge(connection)
        return count

    def remove(self, *mention_ids: int) -> None:
        def change(connection: sqlite3.Connection) -> None:
            for mention_id in mention_ids:
                remove(connection, mention_id)

        self._write(change)

    def tally(self, since: float, until: float) -> tuple[Tally, ...]:
        values = {"since": since, "until": until, "by_hand": BY_HAND}
        with self._connections.reading() as connection:
            return tuple(connection.execute(_TALLY, values).fetchall())

    def resolved(self, since: float, until: float) -> tuple[Resolved, ...]:
        with self._connections.reading() as connection:
            return tuple(connection.execute(_RESOLVED, (since, until)).fetchall())

    def close(self) -> None:
        self._connections.close_mine()

    def _mentions(self, statement: str, *values: object) -> tuple[ArchivedMention, ...]:
        with self._connections.reading() as connection:
            return tuple(archived(row) for row in connection.execute(statement, values).fetchall())

    def _write(self, change: Callable[[sqlite3.Connection], object]) -> None:
        with self._connections.writing() as connection:
            change(connection)


def _handling(connection: sqlite3.Connection, case_id: int) -> Handling | None:
    row = connection.execute("SELECT * FROM handling WHERE case_id = ?", (case_id,)).fetchone()
    if row is None:
        return None
    kind, mark = Kind(row[2]) if row[2] else None, Satisfaction(row[8]) if row[8] else None
    return Handling(row[0], CaseState(row[1]), kind, row[3], row[4], row[5], row[6], row[7], mark, row[9])


def put_handling(connection: sqlite3.Connection, case_id: int, handling: Handling | None) -> None:
    """Put or drop a case's handling in the caller's transaction."""
    if handling is None:
        connection.execute("DELETE FROM handling WHERE case_id = ?", (case_id,))
        return
    kind = handling.kind.value if handling.kind else None
    times = (handling.answered_at, handling.snoozed_until, handling.changed_at, handling.due_at, handling.resolved_at)
    values = (case_id, handling.state.value, kind, *times, handling.satisfaction, handling.back_at)
    connection.execute(_PUT, values)
