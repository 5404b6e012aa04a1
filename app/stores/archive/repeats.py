"""What the same author said before in the same words: where, when, and whether the owner has answered it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from app.core.identity import Prints, is_one_posting, said_prints
from app.core.mention import Mention
from app.core.ports.archive import Known
from app.core.text import fold

LOOKED_AT = 300
"""Mentions of one text, the newest ones, with which another of that text is compared."""

_SAME_WORDS = f"""
SELECT m.id, m.site, t.author, m.address_print, m.url, m.published, m.case_id, h.state,
    iif(h.state IN ('waiting', 'answered', 'resolved', 'no_reply'), ifnull(h.answered_at, h.changed_at), NULL)
FROM mentions m JOIN texts t ON t.id = m.id LEFT JOIN handling h ON h.case_id = ifnull(m.case_id, -m.id)
WHERE m.text_print = :print AND m.text_print <> 0 ORDER BY m.id DESC LIMIT {LOOKED_AT}
"""  # noqa: S608  constants

_SAME_BODY = _SAME_WORDS.replace("m.text_print", "m.body_print")

_FORGOTTEN = (
    "SELECT key_print, mention_id, text_print FROM forgotten WHERE key_print IN (SELECT value FROM json_each(?))"
)


class _Said(NamedTuple):
    """A row of `_SAME_WORDS`; `closed` is when the owner answered the case or put it away, None while it is open."""

    id: int
    site: str
    author: str
    address: int
    url: str
    published: float | None
    case_id: int | None
    state: str | None
    closed: float | None


def said_before(connection: sqlite3.Connection, mention: Mention, prints: Prints, known: Known) -> Known:
    """Return what is known of a mention, with how its words stand that the same author wrote before (see `Known`)."""
    values = {"print": prints.body if known.retitled else prints.text}
    found = connection.execute(_SAME_BODY if known.retitled else _SAME_WORDS, values)
    rows = [row for row in map(_Said._make, found) if fold(row.author) == fold(mention.author)]
    theirs = [row for row in rows if mention.author or row.site == mention.site]
    here = [row for row in theirs if row.site == mention.site]
    if not any(is_one_posting(mention, row.published, row.url) for row in here):
        known = replace(known, said_at=frozenset(row.address for row in here if row.address))
    if known.text_not_us or not (counted := [row for row in theirs if row.state != "not_us"]):
        return known
    if mention.author and fold(known.by_text_author) != fold(mention.author):
        first = counted[-1]
        known = replace(known, by_text=first.id, by_text_site=first.site, by_text_author=first.author)
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
