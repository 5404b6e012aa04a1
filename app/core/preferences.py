"""What the owner set: opening hours, targets, quiet hours, blocks. Kept in the shop file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Period = tuple[int, int]
"""Minutes after midnight, local time, [start, end); `end` may be 1440."""

DEFAULT_TARGETS: Mapping[str, int] = {"review": 1440, "own": 60, "": 240}
"""Working minutes to the first answer: reviews a day, own channels an hour (product.md), anything else four hours."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """`hours` maps a weekday (0 Monday) to its opening periods, several for a lunch break; empty: always open.

    `days_off` are ISO dates. `quiet` are periods of each day without bells. `targets` map «own», «review», a source id
    or «» (any) to working minutes. `blocked_authors` are identity keys or names; `blocked_sites` are hosts.
    `ring_at` is the least complaint probability that rings. `language` of the program: «pl», «ru», «en» or «» (system).
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
    ring_at: float = 0.5
    first_run_done: bool = False
    sound: bool = True
