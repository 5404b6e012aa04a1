"""What the same author said before in the same words: where, when, and whether the owner has answered it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from app.core.identity import Prints, is_namesake, is_one_posting, name_of, said_prints
from app.core.mention import Mention
from app.core.ports.archive import Known

LOOKED_AT = 300
"""Mentions of one text, the newest ones, with which another of that text is compared."""

POSTED = "m.source, m.key, m.site, m.handle, m.url, m.published"
"""The columns of a `Posting`."""

_SAID = f"""
SELECT m.id, t.author, m.address_print, m.case_id, h.state,
    iif(h.state IN ('waiting', 'answered', 'resolved', 'no_reply'), ifnull(h.answered_at, h.changed_at), NULL),
    {POSTED}
FROM mentions m JOIN texts t ON t.id = m.id LEFT JOIN handling h ON h.case_id = ifnull(m.case_id, -m.id)
"""  # noqa: S608  constants
"""The columns of `_Said`."""

_SAME_WORDS = f"{_SAID} WHERE m.text_print = ? AND m.text_print <> 0 ORDER BY m.id DESC LIMIT {LOOKED_AT}"

_SAME_BODY = f"{_SAID} WHERE m.body_print = ? AND m.body_print <> 0 ORDER BY m.id DESC LIMIT {LOOKED_AT}"

_FORGOTTEN = (
    "SELECT key_print, mention_id, text_print FROM forgotten WHERE key_print IN (SELECT value FROM json_each(?))"
)


class Posting(NamedTuple):
    """By what an archived mention is told from others of the same words (`Posted`)."""

    source: str
    key: str
    site: str
    handle: str
    url: str
    published: float | None


class _Said(NamedTuple):
    """A row of `_SAID`; `closed` is when the owner answered the case or put it away, None while it is open."""

    id: int
    author: str
    address: int
    case_id: int | None
    state: str | None
    closed: float | None
    source: str
    key: str
    site: str
    handle: str
    url: str
    published: float | None


def said_before(connection: sqlite3.Connection, mention: Mention, prints: Prints, known: Known) -> Known:
    """Return what is known of a mention, with how its words stand that the same author wrote before (see `Known`)."""
    found = connection.execute(*((_SAME_BODY, (prints.body,)) if known.retitled else (_SAME_WORDS, (prints.text,))))
    rows = [row for row in map(_Said._make, found) if name_of(row.author) == name_of(mention.author)]
    namesakes = {row.id for row in rows if row.site == mention.site and is_namesake(mention, row)}
    here = [row for row in rows if row.site == mention.site and row.id not in namesakes]
    if namesakes and not here:
        return replace(known, by_another=True)  # a copy elsewhere may be of the namesake's words
    theirs = [row for row in rows if row.id not in namesakes] if mention.author else here
    known = replace(known, said_here=bool(here))
    if not any(is_one_posting(mention, row) for row in here):
        known = replace(known, said_at=frozenset(row.address for row in here if row.address))
    if known.text_not_us or not (counted := [row for row in theirs if row.state != "not_us"]):
        return known
    if known.by_text not in {row.id for row in theirs}:
        known = replace(known, by_text=counted[-1].id, by_another=False)
    handled = [row for row in counted if row.case_id is not None or row.state is not None]
    if not handled:
        return known
    last = next((row for row in handled if row.closed is None), handled[0])
    return replace(known, text_case=last.case_id, text_closed=last.closed)


def still_forgotten(
    connection: sqlite3.Connection, mentions: Sequence[Mention], prints: Sequence[Prints], numbers: Sequence[int]
) -> dict[int, int]:
    """Return which of these mentions say again, under a key never archived, what somebody said whom the owner forgot.

    The values are the ids of what was forgotten. What was published since is heard.
    """
    if not numbers or connection.execute("SELECT 1 FROM forgotten LIMIT 1").fetchone() is None:
        return {}
    marks = {number: said_prints(mentions[number], prints[number]) for number in numbers}
    asked = json.dumps([mark for each in marks.values() for mark in each])
    rows = {mark: (mention_id, until) for mark, mention_id, until in connection.execute(_FORGOTTEN, (asked,))}
    return {
        number: rows[mark][0]
        for number, each in marks.items()
        for mark in each
        if mark in rows and (mentions[number].published or 0.0) <= rows[mark][1]
    }
