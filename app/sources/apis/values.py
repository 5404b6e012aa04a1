"""Values out of JSON that nobody vouches for: whatever is missing or of another type comes out empty."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b

from app.sources.feeds.dates import AHEAD, EARLIEST, unix_time
from app.sources.feeds.html_text import one_line, plain_text

MOST_ROWS = 1_000
"""Entries of one answer that are looked at; no place sends more than a hundred or two a page."""

LONGEST_KEY = 1_000
LONGEST_NAME = 200
LONGEST_TITLE = 500

Row = Mapping[str, object]


def json_of(body: bytes) -> object:
    """Return what a body says, or None where it is no JSON: broken, cut off, nested too deeply, numbers without end."""
    try:
        found: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found


def at(value: object, *path: str) -> object:
    """Return what stands at the end of a path of names, None where it ends earlier."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def text_at(value: object, *path: str) -> str:
    """Return a text as written, «» for anything that is none."""
    found = at(value, *path)
    return found if isinstance(found, str) else ""


def id_at(value: object, *path: str) -> str:
    """Return an id as text, whether it is written as text or as a whole number; «» for anything else or a monster."""
    found = at(value, *path)
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found) if 0 <= found < 10**30 else ""
    return plain_text(found) if isinstance(found, str) and len(found) <= LONGEST_KEY else ""


def is_number(written: str) -> bool:
    """Say whether an id is a whole number, of no more digits than any place counts to."""
    return written.isascii() and written.isdecimal() and len(written) <= 18


def number_at(value: object, *path: str) -> float | None:
    """Return a number, None for anything else."""
    found = at(value, *path)
    if isinstance(found, bool) or not isinstance(found, int | float) or not -1e15 < found < 1e15:
        return None
    return float(found)


def rows_at(value: object, *path: str) -> tuple[Row, ...]:
    """Return the objects of a list, anything else in it passed over."""
    found = at(value, *path)
    return tuple(row for row in found[:MOST_ROWS] if isinstance(row, dict)) if isinstance(found, list) else ()


def is_true(value: object, *path: str) -> bool:
    """Say whether a plain `true` stands there."""
    return at(value, *path) is True


def moment_at(value: object, now: float, *path: str) -> float | None:
    """Return a moment as Unix seconds, written as ISO text or as a number of seconds; None where it cannot be true."""
    found = at(value, *path)
    if isinstance(found, str):
        return unix_time(found, now)
    seconds = number_at(value, *path)
    return seconds if seconds is not None and EARLIEST <= seconds <= now + AHEAD else None


def name_of(written: str) -> str:
    """Return a person's name on one line."""
    return one_line(plain_text(written[: 10 * LONGEST_NAME]), LONGEST_NAME)


def title_of(written: str) -> str:
    """Return a title on one line; it is plain text already."""
    return one_line(plain_text(written[: 10 * LONGEST_TITLE]), LONGEST_TITLE)


def key_of(written: str) -> str:
    """Return an id fit for a key: as written, or its hash where it is longer than any id."""
    written = plain_text(written[: 20 * LONGEST_KEY])
    if len(written) <= LONGEST_KEY:
        return written
    return "hash:" + blake2b(written.encode("utf-8", "replace"), digest_size=16).hexdigest()


def language_of(written: str) -> str:
    """Return the two or three letters of a language tag, «» for anything else."""
    letters = written[:40].replace("_", "-").partition("-")[0].lower()
    return letters if letters.isascii() and letters.isalpha() and len(letters) in {2, 3} else ""
