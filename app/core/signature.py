"""What a watch would hear, as a short text: by it is told what was heard already, and what only since the watch was changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from app.core.watch import Watch, WatchState

_PARTS = 4


def signature(watch: Watch) -> str:
    """Return a text that changes when the watch would hear other things.

    It is «place/reading/required/excluded»: a print of source and settings, one of what else changes how that place is
    read (marks of secrets, language), and one of each required and each excluded entry, in order, with commas between.
    """
    place = [watch.source, sorted(watch.shown_settings.items())]
    reading = [sorted(watch.marks.items()), watch.language]
    return "/".join((_print(place), _print(reading), _prints(watch.required), _prints(watch.excluded)))


def todays(mark: str, watch: Watch) -> str:
    """Return a kept signature as it is written today, where one of an earlier version is that of this very watch."""
    return signature(watch) if mark == _in_one(watch) else mark


def covers(mark: str, watch: Watch) -> bool:
    """Say whether with this signature all was heard that the watch would hear: it may since have been made narrower."""
    kept, wanted = todays(mark, watch).split("/"), signature(watch).split("/")
    if len(kept) != _PARTS or kept[:2] != wanted[:2]:
        return False
    return all(_entries(old) <= _entries(new) for old, new in zip(kept[2:], wanted[2:], strict=True))


def is_first(watch: Watch, state: WatchState) -> bool:
    """Say whether a poll brings a past with it: as the watch is, its place was not heard yet.

    One with fewer or other words brings what they left out until then; one made narrower only brings less.
    """
    return state.heard_at == 0.0 or not covers(heard_as(state), watch)


def was_heard(watch: Watch, state: WatchState) -> bool:
    """Say whether the place of a watch is the one that was heard last, whatever words the watch had then."""
    place = todays(heard_as(state), watch).partition("/")[0]
    return state.heard_at > 0 and place == signature(watch).partition("/")[0]


def heard_as(state: WatchState) -> str:
    """Return the signature with which a watch was heard last, «» where it never was.

    A state of an earlier version does not say: it is taken to be that of the last poll.
    """
    return (state.heard_as or state.signature) if state.heard_at > 0 else ""


def _in_one(watch: Watch) -> str:
    """Return the signature as earlier versions wrote it, in which nothing could be told apart."""
    return _print([watch.source, sorted(watch.settings.items()), watch.required, watch.excluded, watch.language])


def _print(parts: object, size: int = 8) -> str:
    return hashlib.blake2b(json.dumps(parts).encode(), digest_size=size).hexdigest()


def _prints(entries: Iterable[str]) -> str:
    return ",".join(sorted({_print(entry, 4) for entry in entries}))


def _entries(prints: str) -> set[str]:
    return set(filter(None, prints.split(",")))
