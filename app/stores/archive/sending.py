"""The listener's side of the outbox; implements core.ports.outbox.Outbox."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from app.core.mention import ArchivedMention
from app.core.outbox import SETTLING, Awaited, Delivery, Outgoing, Stand
from app.core.problems import Problem, ProblemError
from app.stores.archive import replies
from app.stores.archive.connections import Connections
from app.stores.archive.fields import MENTION, archived
from app.stores.atomic import disk_problem, folder_gone

EARLIER = 86_400.0
"""Seconds before a reply was written off from which on what the shop was heard to write may be that reply."""

_PUT = (
    "INSERT OR REPLACE INTO delivery "
    "(id, stand, ordered, tries, unsure, looks, begun, at, next_at, place, there_at, problem) "
    "SELECT :id, :stand, :ordered, :tries, :unsure, :looks, :begun, :at, :next_at, :place, :there_at, :problem "
    "WHERE :id IN (SELECT id FROM outgoing)"
)
_GONE = """
UPDATE mentions SET gone_at = ? WHERE gone_at IS NULL AND id = (SELECT mention_id FROM outgoing WHERE id = ?)
"""
_HEARD = (
    "SELECT o.id, " + MENTION + " FROM outgoing o CROSS JOIN mentions a ON a.id = o.mention_id "  # noqa: S608  constants
    "CROSS JOIN mentions m ON m.ours = 1 AND m.heard_at >= o.created - ? AND m.source = a.source AND m.id <> a.id "
    "AND ((m.parent <> '' AND m.parent = a.key) OR (m.thread <> '' AND m.thread IN (a.thread, a.key))) "
    "JOIN texts t ON t.id = m.id WHERE o.closed = 0 AND o.cancelled_at IS NULL ORDER BY m.heard_at, m.id"
)


class SqliteOutbox:
    """Writes deliveries. `begin` holds a lock beside the archive that ends with the process, however that ends."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        path = connections.path
        self._lock = FileLock(path.with_name(f"{path.name}.sending"), timeout=0, mode=0o600, thread_local=False)

    def begin(self, now: float) -> bool:
        if self._lock.is_locked:
            return True
        if gone := folder_gone(self._connections.path):  # a lock would make it anew, empty
            raise ProblemError(gone)
        try:
            self._lock.acquire()
        except Timeout:
            return False
        except OSError as error:
            raise ProblemError(disk_problem(error, Path(self._lock.lock_file))) from error
        try:
            self._break_off(now)
        except BaseException:  # whatever it was, the lock is not ours any more
            self._lock.release()
            raise
        return True

    def end(self) -> None:
        self._lock.release()
        self._connections.close_mine()

    def awaited(self) -> tuple[Awaited, ...]:
        with self._connections.reading() as connection:
            return replies.awaited(connection, "o.closed = 0 ORDER BY o.created, o.id")

    def claim(self, outgoing_id: str, now: float) -> Delivery | None:
        with self._connections.writing() as connection:
            outgoing = replies.one(connection, outgoing_id)
            if outgoing is None or not outgoing.to_be_sent or not self._lock.is_locked:
                return None
            sending = _claimed(outgoing, now)
            _put(connection, outgoing_id, sending)
            return sending

    def put(self, outgoing_id: str, delivery: Delivery, *, gone: bool = False) -> None:
        with self._connections.writing() as connection:
            _put(connection, outgoing_id, delivery)
            if gone:
                connection.execute(_GONE, (delivery.at, outgoing_id))

    def heard(self) -> tuple[tuple[str, ArchivedMention], ...]:
        with self._connections.reading() as connection:
            return tuple((row[0], archived(row[1:])) for row in connection.execute(_HEARD, (EARLIER,)).fetchall())

    def _break_off(self, now: float) -> None:
        """Note of what nobody can be sending any more that its end is not known."""
        with self._connections.writing() as connection:
            for one in replies.outgoing(connection, "o.closed = 0 AND d.stand = 'sending'"):
                broken = replace(
                    one.delivery,
                    stand=Stand.UNKNOWN,
                    unsure=one.delivery.unsure + 1,
                    next_at=max(now, one.delivery.at + SETTLING),
                    at=now,
                    problem=Problem("outbox.broken_off"),
                )
                _put(connection, one.id, broken)


def doubt_all(connection: sqlite3.Connection, now: float) -> None:
    """Note of what was still to be sent that its end is not known: in an archive of yesterday it may have been sent since."""
    connection.execute("BEGIN IMMEDIATE")
    for one in replies.outgoing(connection, "o.closed = 0 AND o.wish = 'send'"):
        if one.to_be_sent or one.stand is Stand.SENDING:
            doubted = replace(
                _claimed(one, now), stand=Stand.UNKNOWN, unsure=1, next_at=now, problem=Problem("outbox.restored")
            )
            _put(connection, one.id, doubted)
    connection.execute("COMMIT")


def _claimed(outgoing: Outgoing, now: float) -> Delivery:
    """Return the delivery of a reply that begins to be sent; a new order of the owner begins anew."""
    before = outgoing.delivery
    fresh = outgoing.order > before.order
    return Delivery(
        stand=Stand.SENDING,
        order=outgoing.order,
        tries=1 if fresh else before.tries + 1,
        unsure=0 if fresh else before.unsure,
        begun=before.begun or now,
        at=now,
        next_at=None,
        where=before.where,
    )


def _put(connection: sqlite3.Connection, outgoing_id: str, delivery: Delivery) -> None:
    connection.execute(_PUT, {"id": outgoing_id, **replies.delivery_values(delivery)})
