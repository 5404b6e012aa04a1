"""The desk's side of the outbox; implements core.ports.outbox.OutTray."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence

from app.core.case import Handling
from app.core.mention import ArchivedMention
from app.core.outbox import Awaited, Outgoing, Stand, Wish
from app.stores.archive import replies
from app.stores.archive.connections import Connections
from app.stores.archive.desk import put_handling
from app.stores.archive.fields import MENTION, archived, clean

_PUT = """
INSERT INTO outgoing
SELECT :id, :mention_id, :watch_id, :text, :wish, :created, :not_before, :ordered, NULL, NULL, :contact, :logged_at,
    :told, 0
WHERE :mention_id IN (SELECT id FROM mentions)
"""
_NOTE = """
UPDATE outgoing SET told = :told, logged_at = iif(:logged, ifnull(logged_at, :now), logged_at), closed = :closed
WHERE id = :id AND told = :before AND NOT (:logged AND logged_at IS NOT NULL)
"""
_ANSWERS_HEARD = (
    "SELECT " + MENTION + " FROM mentions m JOIN texts t ON t.id = m.id JOIN cases c ON c.id = m.case_id "  # noqa: S608  constants
    "LEFT JOIN handling h ON h.case_id = c.id "
    "WHERE m.ours = 1 AND m.heard_at >= ? AND (m.parent <> '' OR m.thread <> '') AND c.first_mention <> m.id "
    "AND h.answered_at IS NULL AND ifnull(h.changed_at, 0.0) < m.heard_at "
    "AND ifnull(h.state, 'new') IN ('new', 'in_work', 'waiting') "
    "AND NOT EXISTS (SELECT 1 FROM mentions o WHERE o.case_id = m.case_id AND o.ours = 0 AND o.at > m.at) "
    "AND NOT EXISTS (SELECT 1 FROM outgoing o JOIN mentions a ON a.id = o.mention_id "
    "WHERE a.case_id = m.case_id AND o.closed = 0 AND o.cancelled_at IS NULL) "
    "ORDER BY m.at, m.id"
)


class SqliteOutTray:
    """Writes replies to be sent or looked for, and what was noted of them."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def put(self, outgoing: Outgoing) -> bool:
        values = {
            "id": outgoing.id,
            "mention_id": outgoing.mention_id,
            "watch_id": clean(outgoing.watch_id),
            "text": clean(outgoing.text),
            "wish": outgoing.wish.value,
            "created": outgoing.created,
            "not_before": outgoing.not_before,
            "ordered": outgoing.order,
            "contact": outgoing.contact,
            "logged_at": outgoing.logged_at,
            "told": outgoing.told,
        }

        def change(connection: sqlite3.Connection) -> bool:
            if outgoing.wish is Wish.SEND and any(
                one.text == values["text"] and not one.stand.is_there
                for one in replies.outgoing(
                    connection, "o.mention_id = ? AND o.closed = 0 AND o.cancelled_at IS NULL", outgoing.mention_id
                )
            ):
                return False
            return connection.execute(_PUT, values).rowcount > 0

        return self._write(change)

    def get(self, text: str) -> Outgoing | None:
        if not text:
            return None
        with self._connections.reading() as connection:
            if exact := replies.one(connection, text):
                return exact
            found = replies.outgoing(connection, "substr(o.id, 1, ?) = ? LIMIT 2", len(text), text)
        return found[0] if len(found) == 1 else None

    def to_mentions(self, mention_ids: Sequence[int]) -> tuple[Outgoing, ...]:
        wanted = json.dumps(list(dict.fromkeys(mention_ids)))
        with self._connections.reading() as connection:
            return replies.outgoing(
                connection, "o.mention_id IN (SELECT value FROM json_each(?)) ORDER BY o.created, o.id", wanted
            )

    def newest(self, limit: int, *, open_only: bool) -> tuple[Awaited, ...]:
        only = "o.closed = 0" if open_only else "1"
        with self._connections.reading() as connection:
            return replies.awaited(connection, f"{only} ORDER BY o.created DESC, o.id LIMIT ?", max(0, limit))

    def cancel(self, outgoing_id: str, now: float) -> bool:
        def change(connection: sqlite3.Connection) -> bool:
            one = replies.one(connection, outgoing_id)
            free = one is not None and (one.to_be_sent or one.stand is Stand.FAILED or _only_looked_for(one))
            if free:
                connection.execute("UPDATE outgoing SET cancelled_at = ?, closed = 1 WHERE id = ?", (now, outgoing_id))
            return free

        return self._write(change)

    def order(self, outgoing_id: str, now: float) -> bool:
        def change(connection: sqlite3.Connection) -> bool:
            one = replies.one(connection, outgoing_id)
            wanted = one is not None and one.wish is Wish.SEND and one.stand.needs_owner
            if wanted:
                connection.execute(
                    "UPDATE outgoing SET ordered = ordered + 1, not_before = ?, closed = 0 WHERE id = ?",
                    (now, outgoing_id),
                )
            return wanted

        return self._write(change)

    def say_there(self, outgoing_id: str, now: float) -> bool:
        def change(connection: sqlite3.Connection) -> bool:
            one = replies.one(connection, outgoing_id)
            wanted = one is not None and one.stand in {Stand.UNKNOWN, Stand.FAILED}
            if wanted:
                connection.execute("UPDATE outgoing SET said_at = ? WHERE id = ?", (now, outgoing_id))
            return wanted

        return self._write(change)

    def untold(self) -> tuple[Awaited, ...]:
        with self._connections.reading() as connection:
            every = replies.awaited(connection, "o.closed = 0 ORDER BY o.created, o.id")
        return tuple(each for each in every if each.outgoing.told != each.outgoing.mark or _is_at_rest(each.outgoing))

    def note(self, outgoing: Outgoing, now: float, handling: Handling | None, *, logged: bool) -> bool:
        values = {
            "id": outgoing.id,
            "told": outgoing.mark,
            "before": outgoing.told,
            "logged": logged,
            "now": now,
            "closed": _is_at_rest(outgoing),
        }

        def change(connection: sqlite3.Connection) -> bool:
            if connection.execute(_NOTE, values).rowcount < 1:
                return False
            if handling is not None:
                put_handling(connection, handling.case_id, handling)
            return True

        return self._write(change)

    def answers_heard(self, since: float) -> tuple[ArchivedMention, ...]:
        with self._connections.reading() as connection:
            return tuple(archived(row) for row in connection.execute(_ANSWERS_HEARD, (since,)).fetchall())

    def _write(self, change: Callable[[sqlite3.Connection], bool]) -> bool:
        with self._connections.writing() as connection:
            return change(connection)


def _only_looked_for(outgoing: Outgoing) -> bool:
    return outgoing.wish is Wish.LOOK and not outgoing.stand.is_there


def _is_at_rest(outgoing: Outgoing) -> bool:
    """Say whether the listener has nothing more to do with a reply."""
    if outgoing.cancelled_at is not None or outgoing.said_at is not None:
        return True
    delivery = outgoing.delivery
    settled = delivery.stand.is_there or delivery.stand is Stand.NOT_SEEN
    return settled and delivery.next_at is None and delivery.order >= outgoing.order
