"""What decisions on a reading rest on besides the mentions, and which band a mention falls in by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from app.core.bands import Band, band_of
from app.core.matching import NO_PHRASES, Phrases
from app.core.mention import Mention
from app.core.preferences import Preferences
from app.core.verdict import Among, Verdict
from app.core.watch import Watch

FRESH = 7 * 86_400.0
"""Seconds: what was published longer ago is kept without a bell when it turns up."""
FRESH_AT_FIRST = 2 * 86_400.0
"""The same at the first poll of a watch, which brings a whole past with it."""
AHEAD = 600.0
"""Seconds: the date of a post may be ahead of this laptop's clock by so much."""
POSTED_AGAIN = 2
"""Texts of one reading that say again what was answered; where there are more the place has published all of it anew."""

Judge = Callable[[Mention], Verdict]

Accounts = frozenset[tuple[str, str]]
"""Accounts as (source, handle without «@», folded)."""


@dataclass(frozen=True, slots=True)
class Setting:
    """All that a decision rests on besides the mention itself. `zone` is the shop's.

    `always` and `never` are the owner's phrases for the bell; `accounts` the shop's own, see `accounts_of`. Mentions stand
    `among` what the watch brings. `standing` are the prints of all addresses in the reading; `republished` says that more
    of it than people say again stands there once more; `of_place` are the `words_of_place` of the whole reading.
    """

    watch: Watch
    preferences: Preferences
    zone: tzinfo
    now: float
    first: bool
    always: Phrases = NO_PHRASES
    never: Phrases = NO_PHRASES
    accounts: Accounts = frozenset()
    among: Among = Among.ANYTHING
    standing: frozenset[int] = frozenset()
    republished: bool = False
    of_place: frozenset[str] = frozenset()


def band(mention: Mention, verdict: Verdict, setting: Setting, heard_at: float) -> Band:
    """Return what the bell does for a mention: nothing for what is from long ago, else as sure as the verdict is.

    The owner's phrases overrule the verdict, and «never» overrules «always». One without a date is as old as `heard_at`.
    """
    if not _is_fresh(mention, setting, heard_at) or setting.never.stand_in(mention):
        return Band.SILENT
    if setting.always.stand_in(mention):
        return Band.RING
    return band_of(verdict.level, setting.preferences.ring_at)


def _is_fresh(mention: Mention, setting: Setting, heard_at: float) -> bool:
    if mention.published is None:
        return not setting.first and setting.now - heard_at <= FRESH
    return setting.now - mention.published <= (FRESH_AT_FIRST if setting.first else FRESH)
