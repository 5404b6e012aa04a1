"""What is handed to a notification service, and what comes back from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Notice:
    """One notification: `actions` are (key, label) pairs besides the click, `mention_id` comes back with each of them.

    `urgency` is 0, 1 or 2 as the freedesktop specification has it; `image` a file's address or an icon's name.
    `about` are all mentions that it names.
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

    def is_void(self, gone: frozenset[int]) -> bool:
        """Say whether all that it names is among the mentions that are gone."""
        return bool(self.about) and gone.issuperset(self.about)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A notification was clicked («default») or one of its buttons pressed; `token` is for raising a window on Wayland."""

    action: str
    mention_id: int
    token: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A notification could not be shown: no bus, no service, or the service said no."""

    notice: Notice
    detail: str


@dataclass(frozen=True, slots=True)
class CameBack:
    """A notification service appeared on the bus."""


class NoticeService(Protocol):
    """Shows notices and tells of clicks; never waits."""

    def show(self, notice: Notice) -> None: ...
    def withdraw(self, gone: frozenset[int]) -> None:
        """Take away every notice that names only mentions which are gone."""
        ...

    def close(self) -> bool: ...
