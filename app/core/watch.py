"""A watch: what is listened for, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.core.problems import Problem

DEFAULT_INTERVAL = 3600
"""Seconds between polls unless the owner says otherwise: the pace feed publishers ask for (NetNewsWire,
issue 4531)."""


MOST_AT_FIRST = 100
"""Mentions taken over from a place heard for the first time: the newest ones; older complaints ring for nobody."""


_MARK = "has_"
"""Begins the settings that say which secrets of a watch are in the keyring; the secret's name follows."""


class WatchKind(StrEnum):
    """A keyword search, or a brand channel: own page, profile, feed, inbox, review page."""

    SEARCH = "search"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Watch:
    """What is listened for. `settings` hold what the source declares, never its secrets, only marks of those given.

    `interval` is in seconds. Each entry of `required` must occur in a mention, each of `excluded` must not; within an
    entry «|» separates alternatives. `language` is «pl», «ru», «en» or «» (find out). `own` marks the shop's own
    channel: everything there is about the shop. `allow_private` lets this one watch reach addresses inside the
    owner's own network. `hurried_at` is when a shorter interval was chosen last (Unix seconds): from then on the next
    poll counts by that one.
    """

    id: str
    name: str
    source: str
    kind: WatchKind = WatchKind.CHANNEL
    settings: Mapping[str, str] = field(default_factory=dict)
    own: bool = False
    interval: int = DEFAULT_INTERVAL
    required: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    language: str = ""
    paused: bool = False
    allow_private: bool = False
    created: float = 0.0
    hurried_at: float = 0.0

    def has_secret(self, name: str) -> bool:
        """Say whether the owner gave a secret of that name; it is in the keyring."""
        return bool(self.settings.get(_MARK + name))

    @property
    def marks(self) -> dict[str, str]:
        """Return those settings that are marks of secrets."""
        return {name: mark for name, mark in self.settings.items() if name.startswith(_MARK)}

    @property
    def shown_settings(self) -> dict[str, str]:
        """Return the settings without the marks: what the owner filled in."""
        return {name: value for name, value in self.settings.items() if not name.startswith(_MARK)}


def marks_of(secrets: Iterable[str]) -> dict[str, str]:
    """Return the marks of secrets of these names."""
    return {_MARK + name: "1" for name in secrets}


@dataclass(frozen=True, slots=True)
class Validators:
    """What one address answered last: both validators verbatim («» where the answer had none) and the body's hash.

    `of` is a mark of the address that gave the validators where that was another host's, to which a redirect led, else «».
    `full_at` is the Unix time of the last unconditional fetch, `max_age` for how many seconds the server called its answer
    fresh, 0.0 for not at all.
    """

    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    full_at: float = 0.0
    max_age: float = 0.0
    of: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A permanent redirect seen for an address: the target, how often in a row, and when first (Unix seconds).

    `dead_since` is since when the target gives nothing and the address itself was heard in its place, 0.0 while it gives.
    """

    target: str
    times: int
    first_at: float
    dead_since: float = 0.0


@dataclass(frozen=True, slots=True)
class WatchState:
    """Where a watch stands; written by the listener only, in one transaction with what was heard.

    Times are Unix seconds, 0.0 for never. `failures` counts polls in a row that ended in a real problem, without those
    made before their turn. `signature` is that of the watch polled last: with another one everything is read anew.
    `heard_as` is the one with which it was heard at `heard_at`, «» for never or where an earlier version wrote this.
    """

    watch_id: str
    bookmark: Mapping[str, str] = field(default_factory=dict)
    validators: Mapping[str, Validators] = field(default_factory=dict)
    moves: Mapping[str, Move] = field(default_factory=dict)
    next_due: float = 0.0
    polled_at: float = 0.0
    heard_at: float = 0.0
    new_at: float = 0.0
    failures: int = 0
    problem: Problem | None = None
    signature: str = ""
    heard_as: str = ""


@dataclass(frozen=True, slots=True)
class HostState:
    """How a host wants to be treated: no request before `blocked_until` (Unix seconds), after `strikes` refusals."""

    host: str
    blocked_until: float = 0.0
    strikes: int = 0
