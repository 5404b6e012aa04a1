"""The outbox: replies the owner has sent off or posted by hand, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.core.mention import ArchivedMention
from app.core.problems import Problem

HOLD = 5.0
"""Seconds for which a reply sent from the window is held back, so that it can be taken back."""

SETTLING = 60.0
"""Seconds after a try whose end nobody knows before the first look: the place may still be at work on it."""

MOST_LOOKS = 12
LOOK_FOR = 14 * 86_400.0
"""Seconds after which a reply that was never seen is not looked for any more."""

GAPS = (120.0, 600.0, 1_800.0, 3_600.0, 10_800.0, 21_600.0, 43_200.0, 86_400.0, 172_800.0, 259_200.0, 259_200.0)
"""Seconds at the least between one look that found nothing and the next."""

RETRIES = (30.0, 60.0, 120.0, 300.0, 600.0, 900.0)
"""Seconds until a reply that could not leave this laptop is tried again, by how often it was tried."""

STALE = 3 * 86_400.0
"""Seconds after which a reply that could not be sent is not sent by itself any more: by then the owner may want other words."""

MOST_UNSURE = 2
"""Tries whose end nobody knows on one order of the owner: after one of them, a look that surely found nothing lets the
program send once more by itself; after two the owner decides."""


BESIDE = frozenset({"mail.no_copy"})
"""Problems of a reply that arrived all the same: something beside it went wrong."""


class Wish(StrEnum):
    """What is wanted of the listener: send a reply, or look for one that was posted by hand."""

    SEND = "send"
    LOOK = "look"


class Stand(StrEnum):
    """Where a reply stands.

    WAITING: not sent yet, or (posted by hand) not looked for or not seen yet. SENDING: under way now. SENT: the place
    has taken it. UNKNOWN: nobody knows whether it is there. SEEN: found there. NOT_SEEN: looked for, never found.
    FAILED: surely not there. CANCELLED: taken back before it was sent.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    SEEN = "seen"
    NOT_SEEN = "not_seen"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_there(self) -> bool:
        """True where the reply stands under the mention as far as anybody knows."""
        return self in {Stand.SENT, Stand.SEEN}

    @property
    def needs_owner(self) -> bool:
        """True where the program does nothing more by itself and the owner has to say what to do."""
        return self in {Stand.FAILED, Stand.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a reply; written by the listener only. Times are Unix seconds.

    `order` is the owner's order it answers (see Outgoing), `tries` how often it was tried on that order, `unsure` how many
    of these tries nobody knows the end of, `looks` how often it was looked for. `begun` is when it was first sent or posted by hand, 0.0 before; `at` when it last changed.
    `next_at` is when something is to be done again, None for nothing more. `where` is its key or address there, `there_at`
    since when it stands there as far as the place tells.
    """

    stand: Stand = Stand.WAITING
    order: int = 0
    tries: int = 0
    unsure: int = 0
    looks: int = 0
    begun: float = 0.0
    at: float = 0.0
    next_at: float | None = 0.0
    where: str = ""
    there_at: float | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One reply to one mention; written by the desk only, but for its `delivery`. Times are Unix seconds.

    It is sent with the watch `watch_id`, not before `not_before`. `order` counts how often the owner said «send».
    `cancelled_at` and `said_at` are when the owner took it back, or said that it stands there. `contact` is the id of the
    entry in the contact log; `logged_at` is when that entry and the answer were noted, None while they are not. `told` is
    the `mark` the owner was told of.
    """

    id: str
    mention_id: int
    watch_id: str
    text: str
    wish: Wish
    created: float
    not_before: float = 0.0
    order: int = 1
    cancelled_at: float | None = None
    said_at: float | None = None
    contact: str = ""
    logged_at: float | None = None
    told: str = ""
    delivery: Delivery = field(default_factory=Delivery)

    @property
    def stand(self) -> Stand:
        """Return where it stands: the owner's word counts before the listener's."""
        if self.cancelled_at is not None:
            return Stand.CANCELLED
        if self.said_at is not None and self.delivery.stand is not Stand.SEEN:
            return Stand.SENT
        return Stand.WAITING if self.order > self.delivery.order else self.delivery.stand

    @property
    def problem(self) -> Problem | None:
        """Return what went wrong on the owner's last order; what an earlier one met is over."""
        return self.delivery.problem if self.delivery.order >= self.order else None

    @property
    def beside(self) -> Problem | None:
        """Return what went wrong beside a reply that was taken, None where nothing did."""
        problem = self.problem
        return problem if problem and problem.code in BESIDE and self.stand is Stand.SENT else None

    @property
    def mark(self) -> str:
        """Return what changes whenever there is something new to tell of it."""
        return f"{self.stand.value} {self.order}"

    @property
    def to_be_sent(self) -> bool:
        """True while it waits to be sent."""
        return self.wish is Wish.SEND and self.stand is Stand.WAITING


@dataclass(frozen=True, slots=True)
class Awaited:
    """A reply the listener has to do with, and the mention it answers."""

    outgoing: Outgoing
    mention: ArchivedMention


def surely_unsent(problem: Problem) -> bool:
    """Say whether after this problem a request that changes something has surely changed nothing.

    The net marks with `unsent` what broke before the first byte of a request had gone.
    """
    return problem.code in _NEVER_LEFT or bool(problem.args.get("unsent"))


_NEVER_LEFT = frozenset(
    {
        *("net.offline", "net.name_unknown", "net.refused", "net.bad_address", "net.bad_header", "net.private_address"),
        "net.waiting",
    }
)


def next_look(looks: int, now: float) -> float:
    """Return when to look again after so many looks that found nothing."""
    return now + GAPS[min(max(looks, 1), len(GAPS)) - 1]


def next_try(tries: int, problem: Problem, now: float) -> float:
    """Return when a reply that could not leave is tried again."""
    return max(now + RETRIES[min(tries, len(RETRIES) - 1)], problem.retry_at or 0.0)
