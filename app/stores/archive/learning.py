"""What the owner said of texts, how the rings were judged, and what each band would hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.core.bands import Band
from app.core.correction import LONGEST_TAUGHT, MOST, Correction, Label
from app.core.views import InboxRow
from app.stores.archive import inbox
from app.stores.archive.fields import Row, clean

SPARE = 100
"""Corrections kept beyond those that count: taking back as many newer ones brings them back."""

_COLUMNS = (
    "id, label, text, at, title, stars, language, score, mention_id, author, "
    "ifnull((SELECT m.own FROM mentions m WHERE m.id = corrections.mention_id), 0)"
)

_NEWEST = "SELECT " + _COLUMNS + " FROM corrections ORDER BY at DESC, id DESC LIMIT ?"  # noqa: S608  constants
_OF_CASE = (
    "SELECT " + _COLUMNS + " FROM corrections "  # noqa: S608  constants
    "WHERE mention_id IN (SELECT id FROM mentions WHERE id = -:case OR case_id = :case) ORDER BY at, id"
)
_MARK = "SELECT count(*), ifnull(max(id), 0), ifnull(sum(id), 0) FROM corrections"
_KEEP = """
INSERT INTO corrections (id, label, text, at, title, stars, language, score, mention_id, author)
SELECT nullif(:id, 0), :label, :text, :at, :title, :stars, :language, :score,
    :mention_id, :author
WHERE :mention_id IS NULL OR :mention_id IN (SELECT id FROM mentions)
"""
_TRIM = """
DELETE FROM corrections WHERE id NOT IN (SELECT id FROM corrections ORDER BY at DESC, id DESC LIMIT ?)
"""
_RINGS = """
SELECT CASE WHEN o.id IS NOT NULL THEN o.label = 'complaint' WHEN h.state = 'not_us' THEN 0
    ELSE ifnull(h.kind, 'complaint') = 'complaint' END
FROM rung r JOIN mentions m ON m.id = r.mention_id
LEFT JOIN corrections o ON o.mention_id = m.id AND o.at > r.at
LEFT JOIN handling h ON h.case_id = ifnull(m.case_id, -m.id) AND h.changed_at > r.at
WHERE o.id IS NOT NULL OR h.kind IS NOT NULL OR h.state IN ('not_us', 'in_work', 'waiting', 'answered', 'resolved')
ORDER BY r.mention_id DESC LIMIT ?
"""
_SETTLED = """
SELECT m.level FROM handling h JOIN cases c ON c.id = h.case_id JOIN mentions m ON m.id = c.first_mention
WHERE h.state IN ('waiting', 'answered', 'resolved') AND h.kind IS NULL AND c.kind = 'complaint'
    AND m.id NOT IN (SELECT mention_id FROM corrections WHERE mention_id IS NOT NULL)
ORDER BY h.changed_at DESC LIMIT ?
"""
_COUNTS = """
SELECT count(*) FILTER (WHERE level >= :ring), count(*) FILTER (WHERE level >= :digest AND level < :ring), count(*)
FROM mentions WHERE repost_of IS NULL AND heard_at >= :since
"""
_EXAMPLES = """
SELECT id FROM mentions WHERE repost_of IS NULL AND heard_at >= :since AND level >= :least AND level < :below
ORDER BY heard_at DESC, id DESC LIMIT :most
"""
_SURE = 2.0
"""More than any level."""


def corrections(connection: sqlite3.Connection) -> tuple[Correction, ...]:
    """Return the corrections that count, oldest first."""
    rows = connection.execute(_NEWEST, (MOST,)).fetchall()
    return tuple(_correction(row) for row in reversed(rows))


def corrections_of(connection: sqlite3.Connection, case_id: int) -> tuple[Correction, ...]:
    """Return the corrections of a case's mentions, oldest first."""
    return tuple(_correction(row) for row in connection.execute(_OF_CASE, {"case": case_id}).fetchall())


def mark(connection: sqlite3.Connection) -> Row:
    """Return a value that changes whenever the corrections do; an id is never given twice."""
    found: Row = connection.execute(_MARK).fetchone()
    return found


def teach(connection: sqlite3.Connection, gone: Iterable[int], taught: Sequence[Correction]) -> tuple[int, ...]:
    """Remove and keep corrections in the caller's transaction, see DeskArchive.teach; returns the ids of those kept."""
    connection.executemany("DELETE FROM corrections WHERE id = ?", [(each,) for each in gone])
    ids = []
    for one in taught:
        connection.execute("DELETE FROM corrections WHERE id = ? OR mention_id = ?", (one.id, one.mention_id))
        cursor = connection.execute(_KEEP, _values(one))
        if cursor.rowcount > 0:
            ids.append(int(cursor.lastrowid or 0))
    if taught:
        connection.execute(_TRIM, (MOST + SPARE,))
    return tuple(ids)


def judged_rings(connection: sqlite3.Connection, limit: int) -> tuple[bool, ...]:
    """Return whether rings that the owner dealt with after they rang were right, newest first.

    What was corrected counts by that; what was taken in hand, answered or settled was a complaint. «Needs no reply» and
    a snooze say nothing.
    """
    return tuple(bool(row[0]) for row in connection.execute(_RINGS, (max(0, limit),)))


def settled_levels(connection: sqlite3.Connection, limit: int) -> tuple[float, ...]:
    """Return the levels of complaints that were answered and never corrected, newest first."""
    return tuple(row[0] for row in connection.execute(_SETTLED, (max(0, limit),)))


def bands(
    connection: sqlite3.Connection, ring_at: float, digest_at: float, since: float, examples: int
) -> Mapping[Band, tuple[int, tuple[InboxRow, ...]]]:
    """Return how many mentions heard since then each band holds by their levels, and the newest of them."""
    cuts = {"ring": ring_at, "digest": digest_at, "since": since}
    ring, digest, total = connection.execute(_COUNTS, cuts).fetchone()
    counts = {Band.RING: ring, Band.DIGEST: digest, Band.SILENT: total - ring - digest}
    spans = {Band.RING: (ring_at, _SURE), Band.DIGEST: (digest_at, ring_at), Band.SILENT: (-_SURE, digest_at)}
    found = {}
    for band, (least, below) in spans.items():
        asked = {"since": since, "least": least, "below": below, "most": min(examples, counts[band])}
        ids = [row[0] for row in connection.execute(_EXAMPLES, asked)] if asked["most"] > 0 else []
        found[band] = (counts[band], inbox.rows(connection, ids))
    return found


def erase(connection: sqlite3.Connection, keys: str) -> None:
    """Delete what was taught with the words of these people (a JSON list of keys); `temp.gone` has their mentions.

    An imported text has no author: there the very words of one of their mentions tell.
    """
    connection.execute(
        "DELETE FROM corrections WHERE mention_id IN (SELECT id FROM temp.gone) "
        "OR (author <> '' AND author IN (SELECT value FROM json_each(:keys))) "
        "OR (mention_id IS NULL AND author = '' AND (title, text) IN "
        "(SELECT title, substr(text, 1, :longest) FROM texts WHERE id IN (SELECT id FROM temp.gone)))",
        {"keys": keys, "longest": LONGEST_TAUGHT},
    )


def _correction(row: Row) -> Correction:
    return replace(Correction(row[0], Label(row[1]), *row[2:-1]), own=bool(row[-1]))


def _values(one: Correction) -> dict[str, object]:
    return {
        "id": one.id,
        "label": one.label.value,
        "text": clean(one.text[:LONGEST_TAUGHT]),
        "at": one.at,
        "title": clean(one.title),
        "stars": one.stars,
        "language": clean(one.language),
        "score": one.score,
        "mention_id": one.mention_id,
        "author": clean(one.author),
    }
