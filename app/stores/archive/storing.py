"""Storing what polls came to, inside the caller's transaction: ids are given here, rows go in by the batch."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from app.core.ports.archive import Edit, Heard, NewMention, Stored
from app.core.verdict import Kind
from app.core.watch import WatchState
from app.stores.archive.fields import Row, clean, content_of, host_values, identity_key, key_print, state_values
from app.stores.archive.search import searchable

POLLS_KEPT = 30 * 86_400.0
"""Seconds for which polls are logged: the coverage strip shows a week, and looks back by the longest interval before it."""

DROPPED_AT_ONCE = 3
"""Older polls dropped for each one logged: a clock that is years ahead for an hour does not take the whole month."""

_KNOWN_KEYS = """
SELECT a.value, ifnull(m.id, f.mention_id), m.case_id FROM json_each(?) a
LEFT JOIN mentions m ON m.key_print = a.value AND m.key_print <> 0
LEFT JOIN forgotten f ON f.key_print = a.value
WHERE m.id IS NOT NULL OR f.mention_id IS NOT NULL
"""

_COLUMNS = (
    *("id", "watch_id", "source", "key", "key_print", "own", "ours", "rings", "repost_of", "case_id", "heard_at"),
    *("site", "place", "url", "handle", "identity_key", "parent", "thread", "language", "stars", "published"),
    *("at", "kind", "score", "level", "severity", "cause", "reasons", "address_print", "text_print"),
    *("body_print", "thread_print"),
)
_NEW_MENTION = f"INSERT INTO mentions ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608  constants
_NEW_ROW = itemgetter(*_COLUMNS)

_EDITED_MENTION = """
UPDATE mentions SET
    edited_at = ifnull(:edited_at, edited_at), site = :site, place = :place, url = :url, handle = :handle, identity_key = :identity_key,
    parent = :parent, thread = :thread, language = :language, stars = :stars, published = :published,
    at = min(heard_at, :at),
    kind = iif(:same, kind, :kind), score = iif(:same, score, :score), level = iif(:same, level, :level),
    severity = iif(:same, severity, :severity), cause = iif(:same, cause, :cause), reasons = iif(:same, reasons, :reasons),
    address_print = :address_print, text_print = :text_print, body_print = :body_print,
    thread_print = :thread_print
WHERE id = :id
"""

EARLIER_KEPT = 30
"""Earlier wordings kept of one mention: the first, complaints before others, then the newest. Some places change a counter
in a text at every poll."""

_KEPT_BEFORE = """
INSERT INTO earlier (mention_id, until, title, text, kind, score, identity_key)
SELECT m.id, :at, t.title, t.text, m.kind, m.score, m.identity_key FROM mentions m JOIN texts t ON t.id = m.id
WHERE m.id = :id AND (t.title <> :title OR t.text <> :text) AND NOT EXISTS (
    SELECT 1 FROM earlier e WHERE e.mention_id = :id AND e.text = t.text AND e.title = t.title
)
"""

_DROP_EARLIER = """
DELETE FROM earlier WHERE mention_id = :id AND id NOT IN (
    SELECT e.id FROM earlier e WHERE e.mention_id = :id
    ORDER BY e.id = (SELECT min(id) FROM earlier WHERE mention_id = :id) DESC, e.kind = 'complaint' DESC, e.id DESC
    LIMIT :kept
)
"""

_TURNED = """
UPDATE mentions SET case_id = ifnull(:case_id, case_id), repost_of = :repost_of,
    rings = iif(rings = 1 OR :rings = 0, rings, :rings), turned_at = iif(:rings = 0 OR :rings <> 1 AND rings = 1, turned_at, :at)
WHERE id = :id
"""
"""What has rung rings again where an edit made it worse after it was answered; nothing moves from the bell to the digest."""

_GONE = "UPDATE mentions SET gone_at = ? WHERE key_print = ? AND gone_at IS NULL"

_RAISED = """
UPDATE mentions SET thread_print = ?
WHERE thread_print = ? AND thread_print <> 0 AND case_id IS NOT NULL
"""
"""Answers that were heard before what they answer now know where their thread begins."""

_JOINED = """
UPDATE cases SET kind = iif(:kind = 'complaint', :kind, kind),
    first_mention = iif(:kind = 'complaint' AND kind <> :kind, ifnull(:mention, first_mention), first_mention),
    identity_key = iif(:kind = 'complaint' AND kind <> :kind AND :mention IS NOT NULL, :who, identity_key),
    due_at = ifnull(due_at, :due),
    opened_at = iif(due_at IS NULL AND :due IS NOT NULL, :at, opened_at)
WHERE id = :id AND (kind <> iif(:kind = 'complaint', :kind, kind) OR (due_at IS NULL AND :due IS NOT NULL))
"""
"""A case is that customer's whose words made it a complaint: what whoever praised complains of elsewhere is another one's matter."""

_OLD_POLLS = """
DELETE FROM polls WHERE id IN (SELECT id FROM polls WHERE finished < ? ORDER BY finished LIMIT ?)
"""

_STATE = """
INSERT OR REPLACE INTO watch_states (
    watch_id, bookmark, validators, moves, next_due, polled_at, heard_at, new_at, failures, problem, signature,
    heard_as
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(slots=True)
class _Rows:
    """What a batch adds. `seen` maps a key's print to the mention that holds it and its case, `born` a number of `opens_as` to the case's id."""

    next_mention: int
    next_case: int
    seen: dict[int, tuple[int, int | None]]
    cases: set[int]
    born: dict[int, int] = field(default_factory=dict)
    mentions: list[dict[str, object]] = field(default_factory=list)
    texts: list[Row] = field(default_factory=list)
    opened: list[Row] = field(default_factory=list)
    joined: list[dict[str, object]] = field(default_factory=list)
    turned: list[dict[str, object]] = field(default_factory=list)


def store(connection: sqlite3.Connection, batch: Sequence[Heard]) -> list[Stored]:
    """Store polls, see ListenerArchive.transaction. A mention whose key is archived already is not stored again."""
    new = [each for heard in batch for each in heard.new]
    turned = [edit.turned for heard in batch for edit in heard.edits if edit.turned]
    cases = _cases(connection, [*new, *turned])
    rows = _Rows(_next_id(connection, "mentions"), _next_id(connection, "cases"), _seen(connection, new), cases)
    stored = [_add(rows, heard) for heard in batch]
    connection.executemany("INSERT INTO cases VALUES (?, ?, ?, ?, ?, ?)", rows.opened)
    connection.executemany(_NEW_MENTION, map(_NEW_ROW, rows.mentions))
    connection.executemany("INSERT INTO texts VALUES (?, ?, ?, ?)", rows.texts)
    connection.executemany(_RAISED, _answerable(rows))
    connection.executemany(_JOINED, rows.joined)
    connection.executemany(_TURNED, rows.turned)
    for number, heard in enumerate(batch):
        _edit(connection, heard.edits, heard.finished)
        if heard.gone or heard.back:
            stored[number] = replace(stored[number], gone=_note_gone(connection, heard))
    _log(connection, batch)
    _index(connection, rows.texts)
    return stored


def put_states(connection: sqlite3.Connection, states: Iterable[WatchState]) -> None:
    """Replace where watches stand."""
    connection.executemany(_STATE, map(state_values, states))


def _add(rows: _Rows, heard: Heard) -> Stored:
    ids, cases, ringing = [], [], []
    _bear(rows, heard)
    for new in heard.new:
        if (before := rows.seen.get(new.prints.key)) is not None:
            mention_id, case_id = before
        else:
            mention_id, case_id = _new(rows, heard, new)
            if new.rings:
                ringing.append(mention_id)
        ids.append(mention_id)
        cases.append(case_id)
    for edit in heard.edits:
        if edit.turned:
            _turn(rows, heard, edit.id, edit.turned)
            if edit.turned.rings:
                ringing.append(edit.id)
    return Stored(tuple(ids), tuple(cases), tuple(ringing))


def _bear(rows: _Rows, heard: Heard) -> None:
    """Give the cases that a poll opens their ids, so that others of it join them."""
    turned = (edit.turned for edit in heard.edits if edit.turned)
    fresh = (new for new in heard.new if new.prints.key not in rows.seen)
    numbers = [new.opens_as for new in (*fresh, *turned) if new.opens_case and new.opens_as]
    rows.born = dict(zip(numbers, range(rows.next_case, rows.next_case + len(numbers)), strict=True))
    rows.next_case += len(numbers)
    rows.cases.update(rows.born.values())


def _answerable(rows: _Rows) -> list[tuple[object, object]]:
    """Return the threads of new mentions that answer others, and their prints."""
    return [(row["thread_print"], row["key_print"]) for row in rows.mentions if row["thread_print"]]


def _new(rows: _Rows, heard: Heard, new: NewMention) -> tuple[int, int | None]:
    mention, mention_id = new.mention, rows.next_mention
    rows.next_mention += 1
    case_id = _case(rows, heard, new, mention_id)
    rows.mentions.append(
        {
            "id": mention_id,
            "watch_id": clean(heard.watch_id),
            "source": clean(mention.source),
            "key": clean(mention.key),
            "key_print": new.prints.key,
            "own": heard.own,
            "ours": new.ours,
            "rings": _bell(new),
            "repost_of": new.repost_of,
            "case_id": case_id,
            "heard_at": heard.finished,
            **content_of(mention, new.prints, new.verdict, heard.finished),
        }
    )
    rows.texts.append((mention_id, clean(mention.title), clean(mention.author), clean(mention.text)))
    if new.prints.key:
        rows.seen[new.prints.key] = (mention_id, case_id)
    return mention_id, case_id


def _turn(rows: _Rows, heard: Heard, mention_id: int, new: NewMention) -> None:
    """Give a mention that became a complaint, or a worse one, by an edit its case and its bell."""
    case_id = _case(rows, heard, new, mention_id)
    rows.turned.append(
        {"id": mention_id, "case_id": case_id, "repost_of": new.repost_of, "rings": _bell(new), "at": heard.finished}
    )


def _bell(new: NewMention) -> int:
    return 1 if new.rings else 2 if new.digests else 0


def _case(rows: _Rows, heard: Heard, new: NewMention, mention_id: int) -> int | None:
    """Return the case a new mention joins or opens. One to join that was deleted meanwhile is opened anew.

    What the shop answers («sorry that it was late») makes no complaint of a case, however it was judged.
    """
    kind = Kind.NEUTRAL if new.ours else new.verdict.kind
    joins = rows.born.get(new.joins_case or 0, new.joins_case)
    if joins in rows.cases:
        theirs = None if new.ours or new.repost_of is not None else mention_id
        who, due = identity_key(new.mention), new.due_at
        rows.joined.append(
            {"id": joins, "kind": kind.value, "mention": theirs, "who": who, "due": due, "at": heard.finished}
        )
        return joins
    if not new.opens_case and (joins is None or kind is Kind.NEUTRAL):
        return None
    case_id = rows.born.get(new.opens_as)
    if case_id is None:
        case_id = rows.next_case
        rows.next_case += 1
        rows.born.update({joins: case_id} if joins is not None and joins < 0 else {})
    rows.cases.add(case_id)
    rows.opened.append((case_id, kind.value, heard.finished, mention_id, identity_key(new.mention), new.due_at))
    return case_id


def _edit(connection: sqlite3.Connection, edits: Sequence[Edit], at: float) -> None:
    """Replace the content of known mentions, and keep what they said. A case follows its first mention, but a complaint stays one."""
    for edit in edits:
        mention = edit.mention
        content = content_of(mention, edit.prints, edit.verdict, at)
        if not edit.fuller:
            said = {"title": clean(mention.title), "text": clean(mention.text)}
            connection.execute(_KEPT_BEFORE, {"id": edit.id, "at": at, **said})
            connection.execute(_DROP_EARLIER, {"id": edit.id, "kept": EARLIER_KEPT})
        edited_at = None if edit.fuller and not edit.turned else at
        connection.execute(_EDITED_MENTION, {**content, "id": edit.id, "edited_at": edited_at, "same": edit.same_words})
        connection.execute(
            "UPDATE texts SET title = ?, author = ?, text = ? WHERE id = ?",
            (clean(mention.title), clean(mention.author), clean(mention.text), edit.id),
        )
        if edit.verdict.kind is not Kind.NEUTRAL:
            connection.execute(
                "UPDATE cases SET kind = :kind WHERE first_mention = :id AND kind NOT IN (:kind, 'complaint')",
                {"kind": edit.verdict.kind.value, "id": edit.id},
            )


def _note_gone(connection: sqlite3.Connection, heard: Heard) -> int:
    """Note what was deleted and what is there again; return of how many it is news that they were deleted."""
    connection.executemany("UPDATE mentions SET gone_at = NULL WHERE id = ?", [(each,) for each in heard.back])
    prints = [key_print(heard.source, key) for key in heard.gone]
    cursor = connection.executemany(_GONE, [(heard.finished, each) for each in prints if each])
    return max(0, cursor.rowcount)


def _log(connection: sqlite3.Connection, batch: Sequence[Heard]) -> None:
    put_states(connection, (heard.state for heard in batch if heard.state))
    connection.executemany(
        "INSERT OR REPLACE INTO hosts VALUES (?, ?, ?)", [host_values(host) for heard in batch for host in heard.hosts]
    )
    connection.executemany(
        "INSERT INTO polls (watch_id, started, finished, problem) VALUES (?, ?, ?, ?)",
        [(clean(h.watch_id), h.started, h.finished, h.problem.code if h.problem else "") for h in batch if h.state],
    )
    newest = max((heard.finished for heard in batch), default=0.0)
    connection.execute(_OLD_POLLS, (newest - POLLS_KEPT, DROPPED_AT_ONCE * len(batch)))


def _index(connection: sqlite3.Connection, texts: Sequence[Row]) -> None:
    """Make new texts searchable. Last of all: most other statements after it would make FTS5 write its buffer out."""
    connection.executemany(
        "INSERT INTO search (rowid, title, author, text) VALUES (?, ?, ?, ?)",
        [(row[0], *map(searchable, row[1:])) for row in texts],
    )


def _next_id(connection: sqlite3.Connection, table: str) -> int:
    """Return the id after the greatest ever given in a table, so that a deleted one never comes back."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return int(row[0]) + 1 if row else 1


def _seen(connection: sqlite3.Connection, new: Sequence[NewMention]) -> dict[int, tuple[int, int | None]]:
    keys = list({each.prints.key for each in new if each.prints.key})
    rows = connection.execute(_KNOWN_KEYS, (json.dumps(keys),)) if keys else ()
    return {key: (mention_id, case_id) for key, mention_id, case_id in rows}


def _cases(connection: sqlite3.Connection, new: Sequence[NewMention]) -> set[int]:
    wanted = list({each.joins_case for each in new if each.joins_case is not None})
    if not wanted:
        return set()
    rows = connection.execute(
        "SELECT id FROM cases WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(wanted),)
    )
    return {row[0] for row in rows}
