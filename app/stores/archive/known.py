"""What the archive knows of mentions just read: a few statements for a whole poll."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.core.identity import (
    Archived,
    Prints,
    are_two_by_id,
    has_other_stars,
    is_another,
    is_continued,
    is_cut,
    is_namesake,
    is_the_same_there,
    name_of,
    other_key,
    writer_key,
)
from app.core.mention import Mention
from app.core.ports.archive import Known
from app.core.verdict import Kind
from app.stores.archive.fields import Row, clean, identity_key, key_print
from app.stores.archive.repeats import POSTED, Posting, said_before, still_forgotten
from app.stores.archive.threads import threads_of

CHUNK = 500
"""Mentions asked for by one set of statements: bounds the memory of a poll of thousands."""

JOIN_WITHIN = 14 * 86_400.0
"""Seconds: a case opened longer ago before the newest mention is another story, though the account is the same."""

LOOKED_AT_THERE = 300
"""Mentions of one address, the newest ones, with which another of that address is compared."""

_HOW_IT_STANDS = """
    m.gone_at, m.kind, ifnull(m.heard_at, 0.0), m.rings = 1, h.case_id < 0,
    h.state = 'not_us' OR h.changed_at >= m.heard_at AND (h.state NOT IN ('new', 'in_work') OR h.kind IS NOT NULL),
    h.state = 'not_us' OR h.changed_at >= m.heard_at AND h.kind IS NOT NULL,
    h.state IN ('waiting', 'answered', 'resolved', 'no_reply') AND ifnull(h.kind, 'complaint') = 'complaint',
    m.stars, m.case_id
"""
"""The columns from which `_as_it_stands` reads; the stars are read by `_reads_differently`."""

_BY_KEY = f"""
SELECT a.value, ifnull(m.id, f.mention_id), ifnull(m.text_print, f.text_print), {_HOW_IT_STANDS}
FROM json_each(?) a
LEFT JOIN mentions m ON m.key_print = a.value AND m.key_print <> 0
LEFT JOIN handling h ON h.case_id = ifnull(m.case_id, -m.id)
LEFT JOIN forgotten f ON f.key_print = a.value
WHERE m.id IS NOT NULL OR f.mention_id IS NOT NULL
"""  # noqa: S608  constants

_BY_ID = f"""
SELECT a.value, m.id, m.text_print, {_HOW_IT_STANDS} FROM json_each(?) a
CROSS JOIN mentions m ON m.id = a.value
LEFT JOIN handling h ON h.case_id = ifnull(m.case_id, -m.id)
"""  # noqa: S608  constants

_STANDING = (
    "m.id, t.author, m.handle, m.url, t.title, t.text, m.text_print, m.published, m.source, m.key, m.site, m.stars"
)
"""The columns of an `Archived`, but for the last three."""

_THERE = f"""
SELECT m.id, {_STANDING},
    m.edited_at IS NOT NULL AND EXISTS (SELECT 1 FROM earlier e WHERE e.mention_id = m.id AND e.kind = 'complaint'),
    iif(h.state IN ('waiting', 'answered', 'resolved', 'no_reply'), ifnull((
        SELECT group_concat(e.title || ' ' || e.text, char(10)) FROM earlier e WHERE e.mention_id = m.id
    ), ''), ''),
    iif(h.state IN ('waiting', 'answered', 'resolved', 'no_reply'), ifnull((
        SELECT group_concat(o.text, char(10)) FROM outgoing o
        WHERE o.mention_id IN (SELECT m.id UNION SELECT c.id FROM mentions c WHERE c.case_id = m.case_id)
    ), ''), '')
FROM json_each(?) a CROSS JOIN mentions m ON m.id = a.value JOIN texts t ON t.id = m.id
LEFT JOIN handling h ON h.case_id = ifnull(m.case_id, -m.id)
"""  # noqa: S608  constants

_WRITERS = """
SELECT f.mention_id, json_group_array(f.key_print) FROM json_each(?) a
CROSS JOIN forgotten f ON f.mention_id = a.value GROUP BY f.mention_id
"""

_AT_ADDRESS = f"""
SELECT {_STANDING} FROM mentions m JOIN texts t ON t.id = m.id
WHERE m.address_print = ? AND m.address_print <> 0 ORDER BY m.id DESC LIMIT ?
"""  # noqa: S608  constants

_BY_ADDRESS = f"""
SELECT a.value, m.id, m.text_print, {POSTED} FROM json_each(?) a
CROSS JOIN mentions m
    ON m.id = (SELECT min(o.id) FROM mentions o WHERE o.address_print = a.value AND o.address_print <> 0)
"""  # noqa: S608  constants


def _first_by(column: str) -> str:
    """Return a statement for the first mention of a text, of those not set aside as not about the shop if there is any."""
    return f"""
SELECT a.value, m.id, t.author, {POSTED}, ifnull(h.state = 'not_us', 0), m.case_id FROM json_each(?) a
CROSS JOIN mentions m ON m.id = ifnull((
    SELECT o.id FROM mentions o WHERE o.{column} = a.value AND o.{column} <> 0 AND NOT EXISTS (
        SELECT 1 FROM handling p WHERE p.case_id = ifnull(o.case_id, -o.id) AND p.state = 'not_us'
    ) ORDER BY o.id LIMIT 1
), (SELECT min(o.id) FROM mentions o WHERE o.{column} = a.value AND o.{column} <> 0))
JOIN texts t ON t.id = m.id
LEFT JOIN handling h ON h.case_id = ifnull(m.case_id, -m.id)
"""  # noqa: S608  constants


_BY_TEXT, _BY_BODY = _first_by("text_print"), _first_by("body_print")

_BY_THREAD = """
SELECT a.value, (
    SELECT o.case_id FROM mentions o
    WHERE o.thread_print = json_extract(a.value, '$[0]') AND o.thread_print <> 0 AND o.case_id IS NOT NULL
        AND o.own = 0 AND o.thread = json_extract(a.value, '$[1]')
    ORDER BY o.id DESC LIMIT 1
) FROM json_each(?) a
"""
_BY_THREAD_AND_PERSON = """
SELECT a.value, (
    SELECT o.case_id FROM mentions o
    WHERE o.identity_key = json_extract(a.value, '$[2]') AND o.identity_key <> '' AND o.case_id IS NOT NULL
        AND o.own = 1 AND +o.thread_print = json_extract(a.value, '$[0]') AND o.thread = json_extract(a.value, '$[1]')
    ORDER BY o.id DESC LIMIT 1
) FROM json_each(?) a
"""
"""By the key of a thread: what began elsewhere is one story, but below a post of the shop everybody has their own."""

_BY_PERSON_THERE = """
SELECT a.value, (
    SELECT max(c.id) FROM cases c CROSS JOIN mentions o ON o.id = c.first_mention
    WHERE c.identity_key = json_extract(a.value, '$[1]') AND c.identity_key <> ''
        AND json_extract(a.value, '$[0]') IN (o.thread_print, o.key_print)
) FROM json_each(?) a
"""
"""The case that a person has opened in a thread, or with its beginning, be it of a name alone."""

_WHOSE_CASE = """
SELECT c.id, t.author, m.handle, m.id FROM json_each(?) a CROSS JOIN cases c ON c.id = a.value
JOIN mentions m ON m.id = c.first_mention JOIN texts t ON t.id = m.id
"""

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
    threads = threads_of(connection, mentions, prints)
    for start in range(0, len(mentions), CHUNK):
        part = slice(start, start + CHUNK)
        chunk = list(_chunk(connection, mentions[part], prints[part], threads[part]))
        found += _with_whose_case(connection, _without_put_away(connection, chunk))
    return found


def _chunk(
    connection: sqlite3.Connection, mentions: Sequence[Mention], prints: Sequence[Prints], begun_with: Sequence[int]
) -> Iterator[Known]:
    parents = [key_print(m.source, m.parent) for m in mentions]
    threads = [key_print(m.source, m.thread) for m in mentions]
    people = [identity_key(m, joins=True) for m in mentions]
    keys = _asked(connection, _BY_KEY, [*(p.key for p in prints), *parents, *threads])
    addresses = _asked(connection, _BY_ADDRESS, [p.address for p in prints])
    texts = _asked(connection, _BY_TEXT, [p.text for p in prints])
    bodies = _asked(connection, _BY_BODY, [p.body for p in prints if p.text not in texts])
    there = [(thread, clean(m.thread)) for m, thread in zip(mentions, begun_with, strict=True)]
    all_there = [json.dumps(place) if place[1] else "" for place in there]
    theirs = [json.dumps((*place, who)) if place[1] and who else "" for place, who in zip(there, people, strict=True)]
    shared = _asked(connection, _BY_THREAD, all_there) | _asked(connection, _BY_THREAD_AND_PERSON, theirs)
    names = map(identity_key, mentions)
    named = [json.dumps(pair) if all(pair) else "" for pair in zip(begun_with, names, strict=True)]
    begun = _asked(connection, _BY_PERSON_THERE, named)
    cases = _asked(connection, _BY_IDENTITY, people, JOIN_WITHIN)
    stands = _stands(connection, mentions, prints, keys, addresses) if keys or addresses else {}
    unknown = [n for n, mark in enumerate(prints) if mark.key not in keys and n not in stands]
    forgotten = still_forgotten(connection, mentions, prints, unknown)
    for number, (mention, mark) in enumerate(zip(mentions, prints, strict=True)):
        by_address, by_text = addresses.get(mark.address), texts.get(mark.text)
        retitled = None if by_text else _retitled(mention, bodies.get(mark.body))
        by_text = by_text or retitled
        stand = stands.get(number)
        by_key = stand.row if stand else keys.get(mark.key)
        same = by_key or (None if by_address and are_two_by_id(mention, Posting(*by_address[3:])) else by_address)
        above = [keys.get(parents[number]), keys.get(threads[number])]
        above += [shared.get(theirs[number]), shared.get(all_there[number])]
        if stand and by_key and by_key[4] != Kind.COMPLAINT.value:
            above.insert(0, by_key)
        found = Known(
            by_key=by_key[1] if by_key else None,
            by_address=by_address[1] if by_address else None,
            by_text=by_text[1] if by_text else None,
            text_print=same[2] if same else 0,
            by_another=bool(by_text and _is_by_another(mention, by_text)),
            text_case=_last(by_text),
            text_not_us=bool(by_text and by_text[-2]),
            thread_case=next(filter(None, map(_last, above)), None),
            thread=begun_with[number],
            begun_case=_last(begun.get(named[number])),
            identity_case=_last(cases.get(people[number])),
            retitled=retitled is not None,
        )
        found = _as_it_stands(found, by_key) if by_key else found
        found = replace(found, **stand.facts) if stand else found
        if number in forgotten:
            found = replace(found, by_place=forgotten[number])
        elif by_text and found.by_key is None and found.by_place is None:
            found = said_before(connection, mention, mark, found)
        yield found


def _retitled(mention: Mention, row: Row | None) -> Row | None:
    """Return the row of the same words under another title where its case is told of by the same author."""
    same = row is not None and row[-1] is not None and bool(mention.author)
    return row if row and same and name_of(row[2]) == name_of(mention.author) else None


def _is_by_another(mention: Mention, row: Row) -> bool:
    """Say whether somebody else wrote the same words first, given their row: under another name, or a namesake there."""
    author, there = row[2], Posting(*row[3:-2])
    if name_of(mention.author) != name_of(author):
        return bool(mention.author and author)
    return mention.site == there.site and is_namesake(mention, there)


class _Stand:
    """What a closer look at one mention found: the row of `_BY_KEY` that counts for it, and fields of `Known`."""

    __slots__ = ("facts", "row")

    def __init__(self, row: Row | None, **facts: Any) -> None:
        self.row, self.facts = row, facts


def _stands(
    connection: sqlite3.Connection,
    mentions: Sequence[Mention],
    prints: Sequence[Prints],
    keys: dict[int | str, Row],
    addresses: dict[int | str, Row],
) -> dict[int, _Stand]:
    """Look closer at mentions that read differently under their key, or whose address is known and whose key is not.

    Return what was found by their number.
    """
    asked = enumerate(zip(mentions, prints, strict=True))
    differ = {n: row for n, (m, p) in asked if (row := keys.get(p.key)) and _reads_differently(m, p, row)}
    there = _asked_there(connection, (row[1] for row in differ.values()))
    found: dict[int, _Stand] = {}
    others: dict[int, int] = {}
    for number, row in differ.items():
        stand = there.get(row[1])
        if stand is None or not is_another(mentions[number], prints[number], stand):
            found[number] = _Stand(row, there=stand)
        else:
            others[number] = other_key(mentions[number])
    forgotten = {n: row for n, mark in enumerate(prints) if (row := keys.get(mark.key)) and row[4] is None}
    others |= {number: other_key(mentions[number]) for number in _of_others(connection, mentions, prints, forgotten)}
    rows = _asked(connection, _BY_KEY, others.values())
    there = _asked_there(connection, (row[1] for row in rows.values()))
    for number, key in others.items():
        second = rows.get(key)
        found[number] = _Stand(second, other_key=key, there=there.get(second[1]) if second else None)
    _look_around(connection, mentions, prints, found, keys, addresses)
    return found


def _of_others(
    connection: sqlite3.Connection, mentions: Sequence[Mention], prints: Sequence[Prints], forgotten: Mapping[int, Row]
) -> Iterator[int]:
    """Yield the numbers of mentions that somebody else wrote under the key of a forgotten one, with other words."""
    writers = _asked(connection, _WRITERS, (row[1] for row in forgotten.values()))
    for number, row in forgotten.items():
        marks = set(json.loads(writers[row[1]][1])) - {row[0]} if row[1] in writers else set()
        writer = writer_key(mentions[number])
        if marks and writer and writer not in marks and row[2] != prints[number].text:
            yield number


def _reads_differently(mention: Mention, mark: Prints, row: Row) -> bool:
    """Say whether a mention archived under this key (forgotten ones are not) may read differently, or has other stars."""
    return row[4] is not None and (not mark.text or row[2] != mark.text or has_other_stars(mention, row[11]))


def _look_around(
    connection: sqlite3.Connection,
    mentions: Sequence[Mention],
    prints: Sequence[Prints],
    found: dict[int, _Stand],
    keys: dict[int | str, Row],
    addresses: dict[int | str, Row],
) -> None:
    """Add for mentions with an unknown key which of those at their address they are."""
    at: dict[int, list[Archived]] = {}
    read = {row[1] for row in keys.values()}
    for number, (mention, mark) in enumerate(zip(mentions, prints, strict=True)):
        before = found.get(number)
        if mark.address not in addresses or (before.row if before else keys.get(mark.key)):
            continue
        if mark.address not in at:
            rows = connection.execute(_AT_ADDRESS, (mark.address, LOOKED_AT_THERE)).fetchall()
            at[mark.address] = [Archived(*row) for row in rows]
        same = next((one for one in at[mark.address] if is_the_same_there(mention, mark, one)), None)
        grown = None if same else _continued(mention, at[mark.address], read)
        if (same := same or grown) is None:
            continue
        facts: dict[str, Any] = {**(before.facts if before else {}), "by_place": same.id}
        if same is grown or is_cut(same.text, mention.text):
            row = _asked(connection, _BY_ID, [same.id]).get(same.id)
            there = _asked_there(connection, [same.id]) if same is grown else {}
            found[number] = _Stand(row, **{**facts, "fuller": same is not grown, "there": there.get(same.id)})
            read.add(same.id)
        else:
            found[number] = _Stand(None, **facts)


def _continued(mention: Mention, there: Sequence[Archived], read: Collection[object]) -> Archived | None:
    """Return what a mention says with words added to its end, unless that is read beside it: then they are two."""
    return next((one for one in there if one.id not in read and is_continued(mention, one)), None)


def _asked_there(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, Archived]:
    return {int(key): Archived(*row[1:]) for key, row in _asked(connection, _THERE, ids).items()}


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
        judged=bool(row[9]),
        closed=bool(row[10]),
        case=row[12],
    )


def _without_put_away(connection: sqlite3.Connection, found: Sequence[Known]) -> Sequence[Known]:
    """Leave out cases of others that the owner has put away since a mention known by its key was heard.

    There the bell would take a complaint that this mention has become for one the owner knows of.
    """
    loose = [one for one in found if one.kind is not None and one.case is None]
    cases = [json.dumps((c, one.heard_at)) for one in loose for c in _others(one) if c]
    away = _asked(connection, _PUT_AWAY, cases)
    if not away:
        return found

    def kept(case: int | None, one: Known) -> int | None:
        is_away = one.kind is not None and one.case is None and json.dumps((case, one.heard_at)) in away
        return None if is_away else case

    kept_of = ((one, [kept(case, one) for case in _others(one)]) for one in found)
    return [
        replace(one, thread_case=thread, begun_case=begun, identity_case=newest)
        for one, (thread, begun, newest) in kept_of
    ]


def _others(one: Known) -> tuple[int | None, ...]:
    return one.thread_case, one.begun_case, one.identity_case


def _with_whose_case(connection: sqlite3.Connection, found: Sequence[Known]) -> Sequence[Known]:
    """Add whose the case is that a mention, or what it answers, belongs to."""
    whose = _asked(connection, _WHOSE_CASE, [one.thread_case for one in found if one.thread_case is not None])
    if not whose:
        return found
    people = [whose.get(one.thread_case or 0) for one in found]
    return [
        replace(one, thread_author=row[1], thread_handle=row[2], begins=row[3] == one.by_key) if row else one
        for one, row in zip(found, people, strict=True)
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
