"""The short messages between window and listener: one JSON object a line, «type» names the class."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import cast

from app.core.problems import Problem


@dataclass(frozen=True, slots=True)
class Arrived:
    """The listener stored new mentions, edits, or that mentions are gone. `ringing` are those, new or edited, that should ring."""

    watch_id: str
    mention_ids: tuple[int, ...]
    ringing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Polled:
    """A poll of a watch ended; `problem` is None where it went well; `next_due` in Unix seconds."""

    watch_id: str
    at: float
    next_due: float
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """How the listener is; also its sign of life, sent at least every five seconds.

    `failing` counts watches whose last poll failed by somebody's fault: neither offline nor asked to wait. `unkept` is the
    code of what keeps the stores from keeping anything that is heard, «» for nothing. `stands_by` says that another process
    polls: this one tells what that one hears, and goes on alone when it has ended.
    """

    watches: int
    paused: bool
    offline: bool
    polling: int
    last_heard: float
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
    done: int
    total: int
    new: int
    known: int
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


FromListener = Arrived | Polled | Status | Woke | Failed | Righted | TakenIn | ReplyMoved
ToListener = PollNow | Pause | ShopChanged | CorrectionsChanged | EnteredByHand | OutboxChanged | Quit
Message = FromListener | ToListener

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
    """Return the message of a line, or None where the line is none (a stray print, a half line of a dying process)."""
    try:
        raw = json.loads(line)
        kind = _TYPES[raw.pop("type")]
        values = {field.name: _value(raw[field.name]) for field in fields(kind) if field.name in raw}
        return cast("Callable[..., Message]", kind)(**values)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _value(raw: object) -> object:
    if isinstance(raw, list):
        return tuple(raw)
    if isinstance(raw, dict):
        return Problem(**raw)
    return raw
