"""A case: one customer's problem from first mention to resolution, and how the owner handles it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from app.core.verdict import Kind


class CaseState(StrEnum):
    """Where a case stands."""

    NEW = "new"
    IN_WORK = "in_work"
    WAITING = "waiting"
    ANSWERED = "answered"
    RESOLVED = "resolved"
    NO_REPLY = "no_reply"
    NOT_US = "not_us"

    @property
    def is_open(self) -> bool:
        """True while the shop still owes a first answer."""
        return self in {CaseState.NEW, CaseState.IN_WORK}

    @property
    def is_over(self) -> bool:
        """True where nobody waits for anything any more."""
        return self in {CaseState.RESOLVED, CaseState.NO_REPLY, CaseState.NOT_US}


class Satisfaction(StrEnum):
    """How content a customer was in the end, as the owner saw it: the mark of a resolved case."""

    CONTENT = "content"
    SO_SO = "so_so"
    NOT_CONTENT = "not_content"


@dataclass(frozen=True, slots=True)
class Case:
    """Opened by the listener. `due_at` is when the first answer is due (Unix seconds), None where none is.

    `kind` is the detector's; a correction of the owner stands in `Handling`. `own`, `stars`, `source` and `published`
    are those of its first mention: with them its target can be reckoned anew.
    """

    id: int
    kind: Kind
    opened_at: float
    first_mention: int
    identity_key: str = ""
    due_at: float | None = None
    own: bool = False
    stars: float | None = None
    source: str = ""
    published: float | None = None


@dataclass(frozen=True, slots=True)
class Handling:
    """What the owner did with a case: written by the window only. Times are Unix seconds or None.

    `due_at` is when the first answer is due to what the owner called a complaint; where the case has a target it counts.
    `resolved_at` and `satisfaction` are those of a resolved case: one that is opened again has neither. `back_at` is when a
    bell brought the case back, for its time or for news in it: until it is answered or otherwise settled.
    """

    case_id: int
    state: CaseState = CaseState.NEW
    kind: Kind | None = None
    answered_at: float | None = None
    snoozed_until: float | None = None
    changed_at: float = 0.0
    due_at: float | None = None
    resolved_at: float | None = None
    satisfaction: Satisfaction | None = None
    back_at: float | None = None


def answered(before: Handling, at: float, *, reminder: bool = False) -> Handling:
    """Return the handling of a case that was answered at `at`; one the owner settled otherwise stays so.

    The first answer keeps its time. A snooze ends with it, unless it is a `reminder`: set after the answer was begun.
    """
    after = replace(before, answered_at=at if before.answered_at is None else before.answered_at)
    if not before.state.is_open:
        return after
    until = before.snoozed_until if reminder else None
    return replace(after, state=CaseState.ANSWERED, snoozed_until=until, back_at=None)
