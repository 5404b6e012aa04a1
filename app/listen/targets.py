"""When the first answer is due: for a new mention, and anew for open cases when the owner changes hours or targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from app.core.case import Case
from app.core.preferences import Period, Preferences
from app.core.target import clock_starts, due_at, minutes_for

Aims = tuple[Mapping[str, int], Mapping[int, tuple[Period, ...]], tuple[str, ...]]
"""The part of the preferences that targets hang on."""


def aims_of(preferences: Preferences) -> Aims:
    """Return what has to change for open cases to be reckoned anew."""
    return preferences.targets, preferences.hours, preferences.days_off


AHEAD = 86_400.0
"""Seconds by which a case may have been heard in the future without the clock having been wrong then."""


def renewed(
    cases: Sequence[Case], preferences: Preferences, zone: tzinfo, now: float
) -> list[tuple[int, float | None]]:
    """Return the ids of the cases whose target changes and when each is due now; a case without a target gets none.

    One heard while the clock was far ahead of `now` (Unix seconds) counts as heard now; its target never moves later for it.
    """
    found: list[tuple[int, float | None]] = []
    for case in cases:
        if case.due_at is None:
            continue
        minutes = minutes_for(preferences.targets, own=case.own, stars=case.stars, source=case.source)
        ahead = case.opened_at > now + AHEAD
        start = clock_starts(case.published, now if ahead else case.opened_at)
        due = due_at(start, minutes, preferences.hours, preferences.days_off, zone)
        due = min(due, case.due_at) if ahead else due
        if due != case.due_at:
            found.append((case.id, due))
    return found
