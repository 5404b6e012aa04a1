"""Replies as rows of the archive: what both sides of the outbox read."""

from __future__ import annotations

import sqlite3

from app.core.outbox import Awaited, Delivery, Outgoing, Stand, Wish
from app.stores.archive.fields import MENTION, Row, archived, clean, problem_of_text, problem_text

_REPLY = (
    "o.id, o.mention_id, o.watch_id, o.text, o.wish, o.created, o.not_before, o.ordered, o.cancelled_at, o.said_at, "
    "o.contact, o.logged_at, o.told, "
    "d.stand, d.ordered, d.tries, d.unsure, d.looks, d.begun, d.at, d.next_at, d.place, d.there_at, d.problem"
)
_WIDTH = 24
"""Columns of `_REPLY`."""

_OUTGOING = "SELECT " + _REPLY + " FROM outgoing o LEFT JOIN delivery d ON d.id = o.id WHERE "  # noqa: S608  constants
_AWAITED = (
    "SELECT " + _REPLY + ", " + MENTION + " FROM outgoing o LEFT JOIN delivery d ON d.id = o.id "  # noqa: S608  constants
    "CROSS JOIN mentions m ON m.id = o.mention_id CROSS JOIN texts t ON t.id = m.id WHERE "
)


def outgoing(connection: sqlite3.Connection, condition: str, *values: object) -> tuple[Outgoing, ...]:
    """Return the replies for which a condition of ours holds, of outgoing o and delivery d."""
    return tuple(_outgoing(row) for row in connection.execute(_OUTGOING + condition, values).fetchall())


def one(connection: sqlite3.Connection, outgoing_id: str) -> Outgoing | None:
    """Return a reply."""
    return next(iter(outgoing(connection, "o.id = ?", outgoing_id)), None)


def awaited(connection: sqlite3.Connection, condition: str, *values: object) -> tuple[Awaited, ...]:
    """Return the same with the mentions answered."""
    rows = connection.execute(_AWAITED + condition, values).fetchall()
    return tuple(Awaited(_outgoing(row), archived(row[_WIDTH:])) for row in rows)


def delivery_values(delivery: Delivery) -> dict[str, object]:
    """Return a delivery as its columns."""
    return {
        "stand": delivery.stand.value,
        "ordered": delivery.order,
        "tries": delivery.tries,
        "unsure": delivery.unsure,
        "looks": delivery.looks,
        "begun": delivery.begun,
        "at": delivery.at,
        "next_at": delivery.next_at,
        "place": clean(delivery.where),
        "there_at": delivery.there_at,
        "problem": problem_text(delivery.problem),
    }


def _outgoing(row: Row) -> Outgoing:
    return Outgoing(
        id=row[0],
        mention_id=row[1],
        watch_id=row[2],
        text=row[3],
        wish=Wish(row[4]),
        created=row[5],
        not_before=row[6],
        order=row[7],
        cancelled_at=row[8],
        said_at=row[9],
        contact=row[10],
        logged_at=row[11],
        told=row[12],
        delivery=_delivery(row[13:_WIDTH]) if row[13] else Delivery(),
    )


def _delivery(row: Row) -> Delivery:
    return Delivery(
        stand=Stand(row[0]),
        order=row[1],
        tries=row[2],
        unsure=row[3],
        looks=row[4],
        begun=row[5],
        at=row[6],
        next_at=row[7],
        where=row[8],
        there_at=row[9],
        problem=problem_of_text(row[10]),
    )
