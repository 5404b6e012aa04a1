"""The short messages between window and listener: one JSON object a line, «type» names the class.

Right after an upgrade the two may be of different versions. So fields have defaults wherever a message says anything without
them, and a field of another version must not change what the others mean.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from functools import partial
from typing import cast

from app.core.problems import Problem, is_number, problem_of


@dataclass(frozen=True, slots=True)
class Arrived:
    """The listener stored new mentions, edits, or that mentions are gone. `ringing` are those, new or edited, that should ring."""

    watch_id: str
    mention_ids: tuple[int, ...] = ()
    ringing: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Polled:
    """A poll of a watch ended; `problem` is None where it went well; `next_due` in Unix seconds."""

    watch_id: str
    at: float = 0.0
    next_due: float = 0.0
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """How the listener is; also its sign of life, sent at least every five seconds.

    `failing` counts watches whose last poll failed by somebody's fault: neither offline nor asked to wait. `unkept` is the
    code of what keeps the stores from keeping anything that is heard, «» for nothing. `stands_by` says that another process
    polls: this one tells what that one hears, and goes on alone when it has ended.
    """

    watches: int = 0
    paused: bool = False
    offline: bool = False
    polling: int = 0
    last_heard: float = 0.0
    failing: int = 0
    unkept: str = ""
    stands_by: bool = False


@dataclass(frozen=True, slots=True)
class Woke:
    """The laptop slept or was off for long; what was missed is being caught up."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Something the owner must know that belongs to no single watch (a full disk, a restored archive)."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Righted:
    """What was told with `Failed` holds no longer (a profile that was moved away is back)."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The listener took in `done` of `total` things of a batch entered by hand: `new` mentions, `known` heard before.

    `mention_id` is the mention that a batch of one is, 0 for a longer one.
    """

    batch: str
    done: int = 0
    total: int = 0
    new: int = 0
    known: int = 0
    mention_id: int = 0


@dataclass(frozen=True, slots=True)
class ReplyMoved:
    """A reply of the outbox moved on: to which mention, and where it stands now (a `Stand`'s value)."""

    reply_id: str
    mention_id: int
    stand: str


@dataclass(frozen=True, slots=True)
class PollNow:
    """Poll these watches now; all that are not paused where none is named."""

    watch_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop or go on listening."""

    paused: bool


@dataclass(frozen=True, slots=True)
class ShopChanged:
    """The shop file changed: read it again."""


@dataclass(frozen=True, slots=True)
class CorrectionsChanged:
    """The owner corrected a verdict or took a correction back: learn anew."""


@dataclass(frozen=True, slots=True)
class EnteredByHand:
    """Something entered by hand waits to be taken in."""


@dataclass(frozen=True, slots=True)
class OutboxChanged:
    """The owner wrote a reply off, took one back or decided about one: look into the outbox."""


@dataclass(frozen=True, slots=True)
class Quit:
    """End after what is under way is stored."""


LONGEST_NAME = 40
"""Letters of the name of a message at most, whatever a later version calls one."""

FromListener = Arrived | Polled | Status | Woke | Failed | Righted | TakenIn | ReplyMoved
ToListener = PollNow | Pause | ShopChanged | CorrectionsChanged | EnteredByHand | OutboxChanged | Quit
Message = FromListener | ToListener

_BITS = 63
"""Bits of a whole number at most: more the archive cannot keep."""

_TYPES: dict[str, type[Message]] = {
    kind.__name__: kind
    for kind in (
        *(Arrived, Polled, Status, Woke, Failed, Righted, TakenIn, ReplyMoved),
        *(PollNow, Pause, ShopChanged, CorrectionsChanged, EnteredByHand, OutboxChanged, Quit),
    )
}


def encode(message: Message) -> bytes:
    """Return a message as one line of UTF-8 JSON, with its line end."""
    return (json.dumps({"type": type(message).__name__, **asdict(message)}) + "\n").encode()


def decode(line: bytes) -> Message | None:
    """Return the message of a line, or None where the line is none (a stray print, a half line of a dying process).

    Of one of another version fields that this one does not know are left out, and those that are missing or of another type
    are as by default; it is None where it means nothing without them.
    """
    try:
        raw = json.loads(line)
        kind = _TYPES[raw.pop("type")]
        values: dict[str, object] = {}
        for field in fields(kind):
            values |= _field(field.name, str(field.type), raw)
        return cast("Callable[..., Message]", kind)(**values)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def name_of(line: bytes) -> str:
    """Return as what message a line that cannot be read names itself, for a log; «» where that is no name."""
    try:
        name = json.loads(line)["type"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return name if isinstance(name, str) and name.isidentifier() and len(name) <= LONGEST_NAME else ""


def _field(name: str, kind: str, raw: Mapping[str, object]) -> dict[str, object]:
    """Return a field under its name, nothing where it is missing or of another type."""
    try:
        return {name: _READERS[kind](raw[name])} if name in raw else {}
    except TypeError:
        return {}


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise TypeError
    return raw


def _truth(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise TypeError
    return raw


def _whole(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or raw.bit_length() > _BITS:
        raise TypeError
    return raw


def _number(raw: object) -> float:
    if isinstance(raw, bool) or not is_number(raw):
        raise TypeError
    return raw


def _many(read: Callable[[object], object], raw: object) -> tuple[object, ...]:
    if not isinstance(raw, list):
        raise TypeError
    return tuple(map(read, raw))


def _problem(raw: object) -> Problem:
    if (problem := problem_of(raw)) is None:
        raise TypeError
    return problem


_READERS: dict[str, Callable[[object], object]] = {
    "str": _text,
    "bool": _truth,
    "int": _whole,
    "float": _number,
    "tuple[int, ...]": partial(_many, _whole),
    "tuple[str, ...]": partial(_many, _text),
    "Problem": _problem,
    "Problem | None": lambda raw: None if raw is None else _problem(raw),
}
"""How a field is read, by its type as it stands above; each raises `TypeError` for what is of another one."""
