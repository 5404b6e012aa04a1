"""The shop's own plan: what to do in which situation, and in a crisis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.verdict import Cause

CRISIS, DANGER, ANY_OTHER = "crisis", "danger", Cause.OTHER.value

SITUATIONS = (CRISIS, DANGER, *(cause.value for cause in Cause))
"""What a plan can be written for: many complaints at once, danger, each cause, and any other complaint."""

MANY = 5
"""People who complain within `WITHIN` from whom on it is a crisis.

Where one person a day complains, which is much, five on one day come together by chance about once in nine months
(Poisson); where three a week do, once in decades.
"""

WITHIN = 86_400.0
"""Seconds in which they complain."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the owner wrote for one of `SITUATIONS`: a plain text, one step a line."""

    situation: str
    text: str


def plans_for(
    written: Mapping[str, str], cause: Cause | None, *, danger: bool = False, crisis: bool = False
) -> tuple[Plan, ...]:
    """Return the plans that fit a complaint: that for a crisis first, then one of its own.

    Its own is the first one written of those for danger, for its cause, and for any other complaint.
    """
    own = [*((DANGER,) if danger else ()), cause.value if cause else ANY_OTHER, ANY_OTHER]
    chosen = [one for one in own if written.get(one, "").strip()][:1]
    if crisis and written.get(CRISIS, "").strip():
        chosen.insert(0, CRISIS)
    return tuple(Plan(one, written[one].strip()) for one in chosen)
