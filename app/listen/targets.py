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


def renewed(cases: Sequence[Case], preferences: Preferences, zone: tzinfo) -> list[tuple[int, float | None]]:
    """Return the ids of the cases whose target changes and when each is due now; a case without a target gets none."""
    found: list[tuple[int, float | None]] = []
    for case in cases:
        if case.due_at is None:
            continue
        minutes = minutes_for(preferences.targets, own=case.own, stars=case.stars, source=case.source)
        start = clock_starts(case.published, case.opened_at)
        due = due_at(start, minutes, preferences.hours, preferences.days_off, zone)
        if due != case.due_at:
            found.append((case.id, due))
    return found
