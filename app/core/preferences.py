"""What the owner set: opening hours, targets, quiet hours, blocks. Kept in the shop file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.bands import RING_AT

Period = tuple[int, int]
"""Minutes after midnight, local time, [start, end); `end` may be 1440."""

CLOSED = frozenset(
    ("-", "–", "—", "closed", "off", "zamknięte", "zamkniete", "nieczynne", "wolne", "выходной", "вых", "закрыто")
)
"""What people write for a day without opening hours, in the languages of the program."""

DEFAULT_TARGETS: Mapping[str, int] = {"review": 1440, "own": 60, "": 240}
"""Working minutes to the first answer: an hour on own channels, as 72% of those who complain on Twitter expect (Lithium, 2013,
Twitter users only); a day for reviews and four hours for anything else are our own choice."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """`hours` maps a weekday (0 Monday) to its opening periods, several for a lunch break; empty: always open.

    `days_off` are ISO dates. `quiet` are periods of each day without bells. `targets` map «own», «review», a source id
    or «» (any) to working minutes. `blocked_authors` are identity keys or names, of who was forgotten prints (`core.blocked`);
    `blocked_sites` are hosts, pages or publishers' names (`core.blocked_sites`).
    `ring_at` is the least level that rings; unless it is `ring_at_by_owner` the corrections move it, from `ring_at_from`, the
    level the program came with then (0.0: not known). A
    text with one of `always_phrases` rings whatever its verdict, one with a phrase of `never_phrases` never does.
    `competitors` are names of other firms. `language` of the program: «pl», «ru», «en» or «» (system).
    `updates` lets it ask once a day whether there is a newer version. `propose` has a fitting saved reply wait in the reply box.
    `plans` is the playbook: what to do, by the situations of core.playbook.
    """

    shop_name: str = ""
    shop_town: str = ""
    signature: str = ""
    language: str = ""
    hours: Mapping[int, tuple[Period, ...]] = field(default_factory=dict)
    days_off: tuple[str, ...] = ()
    quiet: tuple[Period, ...] = ()
    targets: Mapping[str, int] = field(default_factory=lambda: dict(DEFAULT_TARGETS))
    blocked_authors: tuple[str, ...] = ()
    blocked_sites: tuple[str, ...] = ()
    ring_at: float = RING_AT
    ring_at_by_owner: bool = False
    ring_at_from: float = 0.0
    always_phrases: tuple[str, ...] = ()
    never_phrases: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    first_run_done: bool = False
    sound: bool = True
    updates: bool = True
    propose: bool = True
    plans: Mapping[str, str] = field(default_factory=dict)
