"""By which print a thread is known: that of the beginning which a mention leads up to, by what it answers or its thread's key.

Many places tell only what a post answers, and some feeds another «thread» whenever other posts stand in them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from app.core.identity import Prints
from app.core.mention import Mention
from app.stores.archive.fields import key_print

STEPS = 64
"""Stored mentions, one above another, that are climbed at the most. Each says where its thread begins as far as was known
when it was stored, so that two or three are enough but for those of versions before."""

_ABOVE = """
SELECT a.value, m.thread_print, m.source, m.parent FROM json_each(?) a
CROSS JOIN mentions m ON m.key_print = a.value AND m.key_print <> 0
"""


def threads_of(connection: sqlite3.Connection, mentions: Sequence[Mention], prints: Sequence[Prints]) -> list[int]:
    """Return the print of each mention's thread, 0 for what answers nothing: see `Known.thread`."""
    own = [key_print(mention.source, mention.thread or mention.parent) for mention in mentions]
    above = {mark.key: up for mark, up in zip(prints, own, strict=True) if up}
    _climb_stored(connection, above)
    return [_end(up, above) if up else 0 for up in own]


def _climb_stored(connection: sqlite3.Connection, above: dict[int, int]) -> None:
    """Add what stands in the archive above the topmost ones: one statement a step."""
    tops = set(above.values()) - above.keys()
    for _step in range(STEPS):
        if not tops:
            return
        rows = connection.execute(_ABOVE, (json.dumps(list(tops)),)).fetchall()
        found = {print_: thread or key_print(source, parent) for print_, thread, source, parent in rows}
        above |= {print_: up for print_, up in found.items() if up}
        tops = set(found.values()) - above.keys() - {0}


def _end(start: int, above: dict[int, int]) -> int:
    """Return where climbing ends, be it in a ring, and shorten the way for the next one."""
    way: dict[int, None] = {}
    at = start
    while at in above and at not in way:
        way[at] = None
        at = above[at]
    above.pop(at, None)  # a ring is cut where it was met again
    above.update({each: at for each in way if each != at})
    return at
