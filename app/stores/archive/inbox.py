"""The lists of the window: rows of folders and of searches, and their counts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence

from app.core.case import CaseState, Satisfaction
from app.core.identity import fingerprint
from app.core.verdict import Cause, Kind, Severity
from app.core.views import Folder, InboxRow, Page
from app.stores.archive.fields import Row
from app.stores.archive.schema import NEVER
from app.stores.archive.search import address_of, excerpt_of, match_of, signs_of, words_of

KINDS = {
    Folder.COMPLAINTS: Kind.COMPLAINT,
    Folder.QUESTIONS: Kind.QUESTION,
    Folder.PRAISE: Kind.PRAISE,
    Folder.LEADS: Kind.LEAD,
}
"""The kind of case a folder shows."""

_LOOKED_AT = 4_000
"""Characters of a text that are looked through for what was searched; beyond them the excerpt is the beginning."""

MOST_QUOTING = 1_000
"""Mentions that quote an address shown at most behind what stands there."""

_BROAD = 2_000
"""Hits from which on they come in the order they were heard: sorting them by when they were written would take long."""

_FOLDER = """
SELECT mention_id FROM inbox WHERE kind = ? AND open = 1 AND snoozed_until <= ?
ORDER BY turn, iif(turn < 9e99, -severity, 0), iif(turn < 9e99, said_at, -opened_at), iif(turn < 9e99, case_id, -case_id)
LIMIT ? OFFSET ?
"""
_SNOOZED = """
SELECT mention_id FROM inbox WHERE snoozed_until > 0 AND (snoozed_until > ? OR open = 0)
ORDER BY snoozed_until, mention_id LIMIT ? OFFSET ?
"""
_EVERYTHING = "SELECT id FROM mentions ORDER BY at DESC, id DESC LIMIT ? OFFSET ?"
_NEXT_DUE = """
SELECT mention_id FROM inbox
WHERE open = 1 AND due < 9e99 AND snoozed_until <= ? AND kind <> 'neutral'
ORDER BY due, severity DESC, said_at, case_id LIMIT 1
"""
_OVERDUE = """
SELECT DISTINCT kind FROM inbox WHERE open = 1 AND due < 9e99 AND due <= ? AND snoozed_until <= ? AND kind <> 'neutral'
"""

_OPEN_COUNTS = "SELECT kind, count(*) FROM inbox WHERE open = 1 AND snoozed_until <= ? GROUP BY kind"
_SNOOZED_COUNT = "SELECT count(*) FROM inbox WHERE snoozed_until > 0 AND (snoozed_until > ? OR open = 0)"
_ALL_COUNT = "SELECT count(*) FROM mentions"
_HITS = "SELECT count(*) FROM search WHERE search MATCH ?"

_FEW_FOUND = """
SELECT m.id FROM mentions m LEFT JOIN handling h ON h.case_id = ifnull(m.case_id, -m.id)
WHERE m.id IN (SELECT rowid FROM search WHERE search MATCH :words) AND (:kind IS NULL OR ifnull(h.kind, m.kind) = :kind)
ORDER BY m.at DESC, m.id DESC
"""
_MANY_FOUND = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ? OFFSET ?"
_MANY_OF_KIND = """
WITH hits (id) AS MATERIALIZED (SELECT rowid FROM search WHERE search MATCH :words),
corrected (id, kind) AS MATERIALIZED (
    SELECT m.id, h.kind FROM handling h CROSS JOIN mentions m ON m.case_id = h.case_id WHERE h.kind IS NOT NULL
    UNION ALL SELECT -case_id, kind FROM handling WHERE case_id < 0 AND kind IS NOT NULL
)
SELECT id FROM mentions WHERE kind = :kind AND +id IN hits AND +id NOT IN (SELECT id FROM corrected)
UNION ALL SELECT id FROM corrected WHERE kind = :kind AND id IN hits
ORDER BY id DESC
"""

_OF_KIND = """
FROM mentions m LEFT JOIN handling h ON h.case_id = ifnull(m.case_id, -m.id)
WHERE (:kind IS NULL OR ifnull(h.kind, m.kind) = :kind)
"""
_AT_ADDRESS = f"""
SELECT m.id {_OF_KIND} AND m.address_print = :print AND m.address_print <> 0 ORDER BY m.at DESC, m.id DESC
"""
_WITH_URL = f"SELECT m.id {_OF_KIND} AND m.url = :url ORDER BY m.at DESC, m.id DESC"
_GOOGLE_NEWS = "https://news.google."
"""The print of its articles is not of their address (`prints_of`): these are looked for among all mentions."""

_WITH_SIGNS = """
SELECT m.id FROM texts t CROSS JOIN mentions m ON m.id = t.id LEFT JOIN handling h ON h.case_id = ifnull(m.case_id, -m.id)
WHERE (instr(t.text, :signs) OR instr(t.title, :signs) OR instr(t.author, :signs))
    AND (:kind IS NULL OR ifnull(h.kind, m.kind) = :kind)
ORDER BY m.id DESC
"""

_ROWS = """
SELECT m.id, m.case_id, ifnull(h.kind, iif(:of_cases, ifnull(c.kind, m.kind), m.kind)),
    ifnull(iif(m.edited_at IS NULL OR m.kind = 'complaint' OR NOT :of_cases OR c.kind <> 'complaint', NULL,
        (SELECT max(e.score) FROM earlier e WHERE e.mention_id = m.id AND e.kind = 'complaint')
    ), m.score), m.severity, t.author,
    m.source, m.site, t.title, substr(t.text, 1, :length), m.stars, m.own, ifnull(m.published, m.heard_at), m.heard_at,
    iif(h.answered_at IS NULL, ifnull(c.due_at, h.due_at), NULL), ifnull(h.state, 'new'),
    iif(m.case_id IS NULL, 1, (
        SELECT count(*) FROM mentions o
        WHERE o.case_id = m.case_id
            AND (ifnull(o.repost_of, o.id) = ifnull(m.repost_of, m.id) OR o.text_print = m.text_print AND m.text_print <> 0)
    )), m.watch_id, m.cause, m.level, h.snoozed_until, h.satisfaction, h.back_at, m.turned_at,
    iif(m.case_id IS NULL, 1, (SELECT count(*) FROM mentions o WHERE o.case_id = m.case_id))
FROM json_each(:ids) a
CROSS JOIN mentions m ON m.id = a.value
CROSS JOIN texts t ON t.id = m.id
LEFT JOIN cases c ON c.id = m.case_id
LEFT JOIN handling h ON h.case_id = ifnull(m.case_id, -m.id)
ORDER BY a.key
"""
"""A complaint that was edited into something else keeps the score for which its case is one."""


def counts(connection: sqlite3.Connection, now: float) -> Mapping[Folder, int]:
    """Return how many rows each folder has."""
    by_kind = dict(connection.execute(_OPEN_COUNTS, (now,)).fetchall())
    return {
        **{folder: by_kind.get(kind.value, 0) for folder, kind in KINDS.items()},
        Folder.EVERYTHING: _number(connection, _ALL_COUNT),
        Folder.SNOOZED: _number(connection, _SNOOZED_COUNT, now),
    }


def page(connection: sqlite3.Connection, folder: Folder, search: str, offset: int, limit: int, now: float) -> Page:
    """Return rows of a folder, most urgent first, of equally urgent ones the worse, then the older; with words to search for, mentions of its kind, newest first.

    What holds no letters, digits or symbols searches for nothing: the folder is shown as it is. For an address what stands
    there comes first, then what quotes it.
    """
    offset, limit = max(0, offset), max(0, limit)
    kind = KINDS[folder].value if folder in KINDS else None
    if ids := _at_address(connection, search, kind):
        quoting, _total = _found(connection, words_of(search), kind, 0, MOST_QUOTING)
        ids = list(dict.fromkeys((*ids, *quoting)))
        return Page(rows(connection, ids[offset : offset + limit]), offset, len(ids))
    if words := words_of(search):
        ids, total = _found(connection, words, kind, offset, limit)
        return Page(rows(connection, ids, words=words), offset, total)
    if signs := signs_of(search):
        shown = [row[0] for row in connection.execute(_WITH_SIGNS, {"signs": signs, "kind": kind})]
        return Page(rows(connection, shown[offset : offset + limit]), offset, len(shown))
    if folder is Folder.EVERYTHING:
        shown = _ids(connection, _EVERYTHING, limit, offset)
        return Page(rows(connection, shown), offset, _number(connection, _ALL_COUNT))
    total = counts(connection, now)[folder]
    if folder is Folder.SNOOZED:
        shown = _ids(connection, _SNOOZED, now, limit, offset)
    else:
        shown = _ids(connection, _FOLDER, KINDS[folder].value, now, limit, offset)
    return Page(rows(connection, shown, of_cases=True), offset, total)


def rows(
    connection: sqlite3.Connection, ids: Sequence[int], *, of_cases: bool = False, words: tuple[str, ...] = ()
) -> tuple[InboxRow, ...]:
    """Return the rows of mentions in this order, unknown ids left out; with `of_cases` a row has its case's kind."""
    length = _LOOKED_AT if words else 2 * 400
    found = connection.execute(_ROWS, {"ids": json.dumps(list(ids)), "of_cases": of_cases, "length": length}).fetchall()
    return tuple(_row(row, words) for row in found)


def next_due(connection: sqlite3.Connection, now: float) -> InboxRow | None:
    """Return the open row whose target ends first, of several the first in its folder."""
    found = rows(connection, _ids(connection, _NEXT_DUE, now), of_cases=True)
    return found[0] if found else None


def overdue(connection: sqlite3.Connection, now: float) -> frozenset[Folder]:
    """Return the folders of kinds in which the target of an open row is over."""
    kinds = {row[0] for row in connection.execute(_OVERDUE, (now, now))}
    return frozenset(folder for folder, kind in KINDS.items() if kind.value in kinds)


def _row(row: Row, words: tuple[str, ...]) -> InboxRow:
    state, kind = CaseState(row[15]), Kind(row[2])
    due = row[14] if state.is_open and kind is not Kind.NEUTRAL and (row[14] or 0) < NEVER else None
    return InboxRow(
        mention_id=row[0],
        case_id=row[1],
        kind=kind,
        score=row[3],
        severity=Severity(row[4]),
        author=row[5],
        source=row[6],
        site=row[7],
        title=row[8],
        excerpt=excerpt_of(row[9], words),
        stars=row[10],
        own=bool(row[11]),
        published=row[12],
        heard_at=row[13],
        due_at=due,
        state=state,
        places=row[16],
        watch_id=row[17],
        cause=Cause(row[18]) if row[18] else None,
        level=row[19],
        snoozed_until=row[20],
        satisfaction=Satisfaction(row[21]) if row[21] else None,
        back_at=row[22] if state.is_open else None,
        turned_at=row[23],
        mentions=row[24],
    )


def _at_address(connection: sqlite3.Connection, typed: str, kind: str | None) -> list[int]:
    """Return the mentions at the address that was typed, newest first; none where it is none, or nothing stands there."""
    if not (address := address_of(typed)):
        return []
    ids = _named(connection, _AT_ADDRESS, kind, print=fingerprint(address))
    return ids or (_named(connection, _WITH_URL, kind, url=typed.strip()) if address.startswith(_GOOGLE_NEWS) else [])


def _named(connection: sqlite3.Connection, statement: str, kind: str | None, **values: object) -> list[int]:
    return [row[0] for row in connection.execute(statement, {"kind": kind, **values})]


def _found(
    connection: sqlite3.Connection, words: tuple[str, ...], kind: str | None, offset: int, limit: int
) -> tuple[list[int], int]:
    """Return a page of the mentions that hold all words, newest first, and how many there are in all."""
    match = match_of(words)
    try:
        hits = _number(connection, _HITS, match)
    except sqlite3.OperationalError as error:
        if "phrase" not in str(error):
            raise
        # a letter newer than SQLite's Unicode table splits a word in two, which this index cannot look for
        return [], 0
    if kind is None and hits > _BROAD:
        return _ids(connection, _MANY_FOUND, match, limit, offset), hits
    statement = _MANY_OF_KIND if hits > _BROAD else _FEW_FOUND
    ids = [row[0] for row in connection.execute(statement, {"words": match, "kind": kind})]
    return ids[offset : offset + limit], len(ids)


def _ids(connection: sqlite3.Connection, statement: str, *values: object) -> list[int]:
    return [row[0] for row in connection.execute(statement, values)]


def _number(connection: sqlite3.Connection, statement: str, *values: object) -> int:
    return int(connection.execute(statement, values).fetchone()[0])
