"""What the archive knows of mentions just read: a few statements for a whole poll."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from app.core.identity import Prints
from app.core.mention import Mention
from app.core.ports.archive import Known
from app.core.verdict import Kind
from app.stores.archive.fields import Row, identity_key, key_print

CHUNK = 500
"""Mentions asked for by one set of statements: bounds the memory of a poll of thousands."""

JOIN_WITHIN = 14 * 86_400.0
"""Seconds: a case opened longer ago before the newest mention is another story, though the account is the same."""

_BY_KEY = """
SELECT a.value, ifnull(m.id, f.mention_id), ifnull(m.text_print, f.text_print), m.gone_at,
    m.kind, ifnull(m.heard_at, 0.0), m.rings = 1, h.case_id < 0,
    h.state = 'not_us' OR h.changed_at >= m.heard_at AND (h.state NOT IN ('new', 'in_work') OR h.kind IS NOT NULL),
    m.case_id
FROM json_each(?) a
LEFT JOIN mentions m ON m.key_print = a.value AND m.key_print <> 0
LEFT JOIN handling h ON h.case_id = ifnull(m.case_id, -m.id)
LEFT JOIN forgotten f ON f.key_print = a.value
WHERE m.id IS NOT NULL OR f.mention_id IS NOT NULL
"""

_BY_ADDRESS = """
SELECT a.value, m.id, m.text_print FROM json_each(?) a
CROSS JOIN mentions m
    ON m.id = (SELECT min(o.id) FROM mentions o WHERE o.address_print = a.value AND o.address_print <> 0)
"""

_BY_TEXT = """
SELECT a.value, m.id, m.site, t.author, ifnull(h.state = 'not_us', 0), m.case_id FROM json_each(?) a
CROSS JOIN mentions m ON m.id = ifnull((
    SELECT o.id FROM mentions o WHERE o.text_print = a.value AND o.text_print <> 0 AND NOT EXISTS (
        SELECT 1 FROM handling p WHERE p.case_id = ifnull(o.case_id, -o.id) AND p.state = 'not_us'
    ) ORDER BY o.id LIMIT 1
), (SELECT min(o.id) FROM mentions o WHERE o.text_print = a.value AND o.text_print <> 0))
JOIN texts t ON t.id = m.id
LEFT JOIN handling h ON h.case_id = ifnull(m.case_id, -m.id)
"""
"""The first mention of a text, of those that the owner has not set aside as not about the shop if there is any."""

_BY_THREAD = """
SELECT a.value, (
    SELECT o.case_id FROM mentions o
    WHERE o.thread_print = json_extract(a.value, '$[0]') AND o.thread_print <> 0 AND o.case_id IS NOT NULL
        AND (o.own = 0 OR o.identity_key = json_extract(a.value, '$[1]')) ORDER BY o.id DESC LIMIT 1
) FROM json_each(?) a
"""
"""By thread and person: what began elsewhere is one story, but below a post of the shop everybody has their own."""

_BY_IDENTITY = """
SELECT a.value, max(c.id) FROM json_each(?) a
CROSS JOIN cases c ON c.identity_key = a.value AND c.identity_key <> ''
JOIN inbox i ON i.case_id = c.id
WHERE i.open = 1 AND i.kind <> 'neutral'
    AND c.opened_at >= (SELECT heard_at FROM mentions ORDER BY id DESC LIMIT 1) - ?
GROUP BY a.value
"""

_PUT_AWAY = """
SELECT a.value, h.case_id FROM json_each(?) a
CROSS JOIN handling h ON h.case_id = json_extract(a.value, '$[0]') AND h.changed_at >= json_extract(a.value, '$[1]')
WHERE h.state IN ('waiting', 'answered', 'resolved', 'no_reply') OR ifnull(h.kind, 'complaint') <> 'complaint'
    OR ifnull(h.snoozed_until, 0.0) > 0
"""


def known(connection: sqlite3.Connection, mentions: Sequence[Mention], prints: Sequence[Prints]) -> list[Known]:
    """Return what is known of each mention, see ListenerArchive.known."""
    found: list[Known] = []
    for start in range(0, len(mentions), CHUNK):
        chunk = list(_chunk(connection, mentions[start : start + CHUNK], prints[start : start + CHUNK]))
        found += _without_put_away(connection, chunk)
    return found


def _chunk(connection: sqlite3.Connection, mentions: Sequence[Mention], prints: Sequence[Prints]) -> Iterator[Known]:
    parents = [key_print(m.source, m.parent) for m in mentions]
    threads = [key_print(m.source, m.thread) for m in mentions]
    people = [identity_key(m, joins=True) for m in mentions]
    keys = _asked(connection, _BY_KEY, [*(p.key for p in prints), *parents, *threads])
    addresses = _asked(connection, _BY_ADDRESS, [p.address for p in prints])
    texts = _asked(connection, _BY_TEXT, [p.text for p in prints])
    theirs = [json.dumps(pair) if pair[0] else "" for pair in zip(threads, people, strict=True)]
    shared = _asked(connection, _BY_THREAD, theirs)
    cases = _asked(connection, _BY_IDENTITY, people, JOIN_WITHIN)
    for mark, parent, thread, person, theirs_there in zip(prints, parents, threads, people, theirs, strict=True):
        by_key, by_address, by_text = keys.get(mark.key), addresses.get(mark.address), texts.get(mark.text)
        same = by_key or by_address
        thread_cases = (_last(keys.get(parent)), _last(keys.get(thread)), _last(shared.get(theirs_there)))
        found = Known(
            by_key=by_key[1] if by_key else None,
            by_address=by_address[1] if by_address else None,
            by_text=by_text[1] if by_text else None,
            text_print=same[2] if same else 0,
            by_text_site=by_text[2] if by_text else "",
            by_text_author=by_text[3] if by_text else "",
            text_case=_last(by_text),
            text_not_us=bool(by_text and by_text[4]),
            thread_case=next((case for case in thread_cases if case is not None), None),
            identity_case=_last(cases.get(person)),
        )
        yield _as_it_stands(found, by_key) if by_key else found


def _as_it_stands(known: Known, row: Row) -> Known:
    """Return what is known, with how the mention known by its key stands."""
    return replace(
        known,
        gone=row[3] is not None,
        kind=Kind(row[4]) if row[4] else None,
        heard_at=row[5],
        rang=bool(row[6]),
        in_hand=bool(row[7]),
        settled=bool(row[8]),
        case=row[9],
    )


def _without_put_away(connection: sqlite3.Connection, found: Sequence[Known]) -> Sequence[Known]:
    """Leave out cases of others that the owner has put away since a mention known by its key was heard.

    There the bell would take a complaint that this mention has become for one the owner knows of.
    """
    loose = [one for one in found if one.kind is not None and one.case is None]
    cases = [json.dumps((c, one.heard_at)) for one in loose for c in (one.thread_case, one.identity_case) if c]
    away = _asked(connection, _PUT_AWAY, cases)
    if not away:
        return found

    def kept(case: int | None, one: Known) -> int | None:
        is_away = one.kind is not None and one.case is None and json.dumps((case, one.heard_at)) in away
        return None if is_away else case

    return [
        replace(one, thread_case=kept(one.thread_case, one), identity_case=kept(one.identity_case, one))
        for one in found
    ]


def _asked(
    connection: sqlite3.Connection, statement: str, values: Iterable[int | str], *more: float
) -> dict[int | str, Row]:
    """Return the rows found for values that are not empty, by the value asked for, which each row begins with."""
    wanted = list(dict.fromkeys(value for value in values if value))
    if not wanted:
        return {}
    return {row[0]: row for row in connection.execute(statement, (json.dumps(wanted), *more))}


def _last(row: Row | None) -> int | None:
    return row[-1] if row else None
