"""Forgetting people: their mentions, texts, cases and every trace leave the file, not only the lists."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from app.core.identity import Prints, said_prints, writer_key
from app.core.mention import Mention
from app.stores.archive import learning
from app.stores.archive.fields import Row
from app.stores.archive.migrations import statements

MERGE_PAGES = 2_000
"""Pages of the search index rewritten in one go: the listener gets its turn in between."""

_PRINTS = """
SELECT key_print, mention_id, text_print FROM forgotten
UNION SELECT key_print, id, text_print FROM mentions
    WHERE key_print <> 0 AND identity_key <> '' AND identity_key IN (SELECT value FROM json_each(:keys))
UNION SELECT key_print, id, text_print FROM mentions WHERE key_print <> 0 AND id IN (SELECT value FROM json_each(:ids))
"""
_WRITERS = """
SELECT m.id, m.text_print, m.address_print, m.source, m.key, m.url, t.title, t.text, t.author, m.handle, m.site, m.published
FROM mentions m JOIN texts t ON t.id = m.id WHERE m.key_print <> 0 AND (m.id IN (SELECT value FROM json_each(:ids))
    OR (m.identity_key <> '' AND m.identity_key IN (SELECT value FROM json_each(:keys))))
"""
_UNTIL = """
SELECT max(ifnull((SELECT max(finished) FROM polls), 0.0), ifnull((SELECT max(heard_at) FROM mentions), 0.0))
"""
"""Until when it was listened: what somebody published later cannot have been heard."""

_GONE = """
INSERT INTO temp.gone
    SELECT id FROM mentions WHERE identity_key <> '' AND identity_key IN (SELECT value FROM json_each(:keys))
    UNION SELECT m.id FROM forgotten f CROSS JOIN mentions m ON m.key_print = f.key_print AND m.key_print <> 0
"""
_UNMARK = """
UPDATE handling SET satisfaction = NULL
WHERE satisfaction IS NOT NULL AND case_id IN (
    SELECT id FROM cases WHERE first_mention IN (SELECT id FROM temp.gone)
)
"""
"""A case that others wrote to as well stays, but the mark was that of whoever wrote first."""

_STEPS = """
INSERT OR REPLACE INTO forgotten
    SELECT key_print, id, text_print FROM mentions WHERE key_print <> 0 AND id IN (SELECT id FROM temp.gone);
INSERT INTO temp.touched
    SELECT DISTINCT case_id FROM mentions WHERE case_id IS NOT NULL AND id IN (SELECT id FROM temp.gone);
DELETE FROM handling WHERE case_id IN (SELECT -id FROM temp.gone);
UPDATE mentions SET repost_of = NULL WHERE repost_of IN (SELECT id FROM temp.gone);
DELETE FROM mentions WHERE id IN (SELECT id FROM temp.gone);
DELETE FROM handling WHERE case_id IN (
    SELECT id FROM temp.touched t WHERE NOT EXISTS (SELECT 1 FROM mentions WHERE case_id = t.id)
);
DELETE FROM cases WHERE id IN (
    SELECT id FROM temp.touched t WHERE NOT EXISTS (SELECT 1 FROM mentions WHERE case_id = t.id)
);
UPDATE cases SET first_mention = (SELECT min(m.id) FROM mentions m WHERE m.case_id = cases.id)
    WHERE first_mention IN (SELECT id FROM temp.gone);
UPDATE cases SET identity_key = '' WHERE identity_key IN (SELECT value FROM json_each(:keys));
"""


def _what_is_left(cases: str) -> str:
    """Return the statement that makes anew what these cases are about, after the complaint in them went.

    What the owner called one stays so, and what was edited into something else.
    """
    return f"""
UPDATE cases SET (first_mention, kind, due_at) = (
    SELECT m.id, iif(m.ours, 'neutral', m.kind), iif(m.ours = 0 AND m.kind IN ('complaint', 'question', 'lead'), cases.due_at, NULL)
    FROM mentions m WHERE m.case_id = cases.id
    ORDER BY m.ours, m.kind = 'complaint' DESC, m.kind = 'neutral', m.id LIMIT 1
) WHERE {cases} AND kind = 'complaint' AND EXISTS (SELECT 1 FROM mentions m WHERE m.case_id = cases.id)
    AND NOT EXISTS (SELECT 1 FROM handling h WHERE h.case_id = cases.id AND h.kind IS NOT NULL)
    AND NOT EXISTS (
        SELECT 1 FROM mentions m JOIN earlier e ON e.mention_id = m.id WHERE m.case_id = cases.id AND e.kind = 'complaint'
    );
"""  # noqa: S608  constants


_LEFT = _what_is_left("id IN (SELECT id FROM temp.touched)")

_REMOVE = f"""
DELETE FROM handling WHERE case_id = -:id;
UPDATE mentions SET repost_of = NULL WHERE repost_of = :id;
DELETE FROM mentions WHERE id = :id;
DELETE FROM handling WHERE case_id = :case_id AND NOT EXISTS (SELECT 1 FROM mentions WHERE case_id = :case_id);
DELETE FROM cases WHERE id = :case_id AND NOT EXISTS (SELECT 1 FROM mentions WHERE case_id = :case_id);
UPDATE cases SET first_mention = (SELECT min(m.id) FROM mentions m WHERE m.case_id = cases.id) WHERE first_mention = :id;
{_what_is_left("id = :case_id")}
UPDATE cases SET identity_key = (SELECT iif(m.ours, '', m.identity_key) FROM mentions m WHERE m.id = cases.first_mention)
    WHERE id = :case_id AND identity_key <> ''
    AND NOT EXISTS (SELECT 1 FROM mentions m WHERE m.case_id = cases.id AND m.identity_key = cases.identity_key);
"""  # noqa: S608  constants


def remove(connection: sqlite3.Connection, mention_id: int) -> None:
    """Delete one mention, and its case where that has no other, in the caller's transaction. It is not forgotten."""
    found = connection.execute("SELECT case_id FROM mentions WHERE id = ?", (mention_id,)).fetchone()
    values = {"id": mention_id, "case_id": found[0] if found else None}
    connection.execute("DELETE FROM corrections WHERE mention_id = ?", (mention_id,))
    for step in statements(_REMOVE):
        connection.execute(step, values)


def prints_of(
    connection: sqlite3.Connection, identity_keys: Sequence[str], mention_ids: Sequence[int] = ()
) -> list[Row]:
    """Return the rows of `forgotten`, with those that forgetting these accounts and mentions will add.

    Besides its key each has one of key and author, so that somebody else under the same key is heard; and some of who said
    what where (see `said_prints`), for copies of it that were never archived: there until when they count takes the place of
    the print of the words.
    """
    values = {"keys": _json(identity_keys), "ids": json.dumps(list(mention_ids))}
    rows = connection.execute(_PRINTS, values).fetchall()
    until = int(connection.execute(_UNTIL).fetchone()[0]) + 1
    for mention_id, text_print, address_print, *fields in connection.execute(_WRITERS, values):
        mention = Mention(*fields)
        if writer := writer_key(mention):
            rows.append((writer, mention_id, text_print))
        said = said_prints(mention, Prints(0, address_print, text_print))
        rows += [(mark, mention_id, until) for mark in said]
    return rows


def leave(connection: sqlite3.Connection, prints: Sequence[Row]) -> None:
    """Have a copy know these rows of `forgotten` too, in the caller's transaction: so it hears them no more."""
    connection.executemany("INSERT OR REPLACE INTO forgotten VALUES (?, ?, ?)", prints)


_EARLIER = "DELETE FROM earlier WHERE identity_key <> '' AND identity_key IN (SELECT value FROM json_each(:keys))"
"""What they said in a mention that names somebody else by now, or nobody: an account that was deleted."""


def erase(connection: sqlite3.Connection, identity_keys: Sequence[str]) -> int:
    """Delete what these accounts wrote, and what is known as forgotten, in the caller's transaction.

    Return how many mentions went. A case that others wrote to as well stays, without its first mention's author and mark.
    """
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS gone (id INTEGER PRIMARY KEY)")
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (id INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM temp.gone")
    connection.execute("DELETE FROM temp.touched")
    keys = {"keys": _json(identity_keys)}
    connection.execute(_GONE, keys)
    count = int(connection.execute("SELECT count(*) FROM temp.gone").fetchone()[0])
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'corrections'").fetchone():  # not in old backups
        learning.erase(connection, keys["keys"])
    if "satisfaction" in {row[1] for row in connection.execute("PRAGMA table_info(handling)")}:  # nor this
        connection.execute(_UNMARK)
    has_earlier = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'earlier'").fetchone()  # nor this
    if has_earlier:
        connection.execute(_EARLIER, keys)
    for step in statements(_STEPS + (_LEFT if has_earlier else "")):
        connection.execute(step, keys if ":keys" in step else {})
    return count


def purge(connection: sqlite3.Connection) -> None:
    """Rewrite the search index without what was deleted and empty the log, so that the words are nowhere in the file.

    Outside a transaction. Where another process keeps reading, the log is emptied by whoever closes the archive last.
    """
    merge(connection)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def merge(connection: sqlite3.Connection) -> None:
    """Rewrite the search index without what was deleted."""
    pages = -MERGE_PAGES  # a negative number merges whatever there is, as «optimize» does, but by steps
    while True:
        before = connection.total_changes
        connection.execute("INSERT INTO search (search, rank) VALUES ('merge', ?)", (pages,))
        if connection.total_changes - before < 2:
            break
        pages = MERGE_PAGES


def _json(identity_keys: Sequence[str]) -> str:
    return json.dumps([key for key in identity_keys if key])
