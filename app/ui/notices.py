"""What is handed to a notification service, and what comes back from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from app.core.case import CaseState
from app.core.ports.desk import Desk
from app.core.views import InboxRow


@dataclass(frozen=True, slots=True)
class Over:
    """Mentions of which nobody has to be told any more: `settled` by a decision, or `gone` from the archive.

    `mended` are watches that do not fail any more. `rewritten` are notices that name some who are gone, each with the one
    that says the rest.
    """

    settled: frozenset[int] = frozenset()
    gone: frozenset[int] = frozenset()
    mended: frozenset[str] = frozenset()
    rewritten: tuple[tuple[Notice, Notice], ...] = ()

    def anew(self, notice: Notice) -> Notice | None:
        """Return what a notice says now, None where it says the same."""
        return next((new for old, new in self.rewritten if old == notice), None)


def over(desk: Desk, told: Mapping[int, InboxRow], now: float) -> Over:
    """Return what is over of the mentions told, which come with their rows of that moment; `now` in Unix seconds."""
    rows = {mention_id: desk.inbox.row(mention_id) for mention_id in told}
    return Over(
        frozenset(mention_id for mention_id, row in rows.items() if row and is_settled(told[mention_id], row, now)),
        frozenset(mention_id for mention_id, row in rows.items() if row is None),
    )


def is_settled(told: InboxRow, row: InboxRow, now: float) -> bool:
    """Say whether somebody has decided about a mention since it was told; `now` in Unix seconds.

    News of a case that is in work, answered or resolved are told, too: what counts is what has changed.
    """
    has_moved = row.state is not told.state and row.state is not CaseState.NEW
    is_snoozed = row.snoozed_until != told.snoozed_until and (row.snoozed_until or 0.0) > now
    return row.kind is not told.kind or has_moved or is_snoozed


def taught_by(mention_id: int) -> int:
    """Return what a notification is `about` that offers to take back a decision about a mention: no mention's id."""
    return -mention_id


IN_TRAY = 0
"""What the notification is `about` that says where the window went: no mention's id."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One notification: `actions` are (key, label) pairs besides the click, `mention_id` comes back with each of them.

    `urgency` is 0, 1 or 2 as the freedesktop specification has it; `image` a file's address or an icon's name.
    `about` are all mentions that it names; with `more` it counts others besides. `watches` are those whose failure it
    tells of: the first comes back with a click. `lasts` is for how many milliseconds it stands, -1 for as long as the
    service finds right.
    """

    title: str
    body: str
    mention_id: int
    actions: tuple[tuple[str, str], ...] = ()
    click_label: str = ""
    urgency: int = 1
    image: str = ""
    sound: bool = True
    about: tuple[int, ...] = ()
    more: bool = False
    watches: tuple[str, ...] = ()
    lasts: int = -1

    @property
    def watch_id(self) -> str:
        """The watch that a click opens, «» for none."""
        return self.watches[0] if self.watches else ""

    def is_void(self, over: Over) -> bool:
        """Say whether nothing that it tells of is left to be looked at, or nothing that it names is there any more."""
        if self.watches:
            return over.mended.issuperset(self.watches)
        ended = over.gone if self.more else over.gone | over.settled
        return bool(self.about) and ended.issuperset(self.about)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A notification was clicked («default») or one of its buttons pressed; `token` is for raising a window on Wayland."""

    action: str
    mention_id: int
    token: str = ""
    watch_id: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A notification could not be shown: no bus, no service, or the service said no."""

    notice: Notice
    detail: str


@dataclass(frozen=True, slots=True)
class Stood:
    """A notification stands on the screen; one that was `Refused` before had only been answered for late."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class CameBack:
    """A notification service appeared on the bus, or answers at last."""


class NoticeService(Protocol):
    """Shows notices and tells of clicks; never waits."""

    def show(self, notice: Notice) -> None: ...
    def withdraw(self, over: Over) -> None:
        """Take away every notice that is void."""
        ...

    def close(self) -> bool: ...
