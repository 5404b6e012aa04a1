"""What is entered by hand on its way: the desk puts it into a folder, the listener takes it in from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.core.by_hand import Entry
from app.core.mention import ArchivedMention, Mention
from app.core.mention_table import GoOn, Handed, Preview, Wishes
from app.core.problems import Problem
from app.core.verdict import Verdict


class Waiting(Protocol):
    """Batches of entries that wait to be taken in, the oldest first. Safe between processes."""

    def put(self, entries: Iterable[Entry]) -> str | Problem:
        """Keep a batch, on the disk when this returns, or nothing of it; returns its name.

        What `entries` raises goes through, and nothing is kept then.
        """
        ...

    def names(self) -> tuple[str, ...]: ...
    def read(self, name: str) -> Iterator[Entry]:
        """Give the entries of a batch, none where it is gone; an entry that cannot be read is left out."""
        ...

    def is_there(self, name: str) -> bool: ...
    def drop(self, name: str) -> None:
        """Remove a batch that is taken in or not wanted any more."""
        ...

    def put_aside(self, name: str) -> str:
        """Take a batch that breaks the program out of the way and return what its file is called now."""
        ...

    def drop_aside(self) -> None:
        """Delete all that was put aside. Raises `ProblemError`."""
        ...

    def take(self) -> bool:
        """Claim the folder for this process; False while another one takes in."""
        ...

    def release(self) -> None: ...


class Pictures(Protocol):
    """The pictures that belong to mentions, small files of our own making."""

    def put(self, name: str, content: bytes) -> Problem | None: ...
    def path(self, name: str) -> Path | None: ...
    def drop(self, name: str) -> None: ...


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry as far as it is typed; its `at` is the owner's, or when it was typed.

    `customer_id` is the customer chosen, «» for none; `picture` is PNG or JPEG, empty for none.
    """

    entry: Entry
    customer_id: str = ""
    picture: bytes = b""


class DraftFile(Protocol):
    """The one entry that is being typed. One writer: the process that holds the profile."""

    def get(self) -> EntryDraft | Problem | None: ...
    def put(self, draft: EntryDraft | None) -> Problem | None:
        """Keep a draft in place of the earlier one, on the disk when this returns, or nothing changed; None removes it."""
        ...


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as it was kept and waits in a batch to be taken in, or the mention where it was heard already.

    `card` is the customer's card that was made for it, «» where there was one, or nobody is known.
    """

    entry: Entry
    batch: str = ""
    mention_id: int | None = None
    card: str = ""


class ByHand(Protocol):
    """What the owner enters by hand."""

    def add(self, entry: Entry, picture: bytes = b"", customer_id: str = "") -> Kept | Problem:
        """Keep an entry for the listener, with its picture (PNG or JPEG), and the card of whoever said it.

        The card is the customer's named, else the one that has the account, else a new one. A link that was heard
        already is not kept.
        """
        ...

    def take_back(self, kept: Kept | Handed) -> Problem | None:
        """Remove what was added: from what waits, or the mention it became, with its picture and a case of its own.

        The card made for it goes too where it holds nothing else. Of a table handed in since the start all rows go that
        were news. What was heard before stays.
        """
        ...

    def draft(self) -> EntryDraft | Problem | None:
        """Return the entry that was being typed, None where there is none."""
        ...

    def put_draft(self, draft: EntryDraft | None) -> Problem | None:
        """Keep what is being typed; None removes it."""
        ...

    def heard(self, url: str) -> ArchivedMention | None:
        """Return the mention heard first at a web address."""
        ...

    def taken_in(self, entry: Entry) -> ArchivedMention | None:
        """Return the mention that an entry has become, None while it waits."""
        ...

    def verdict(self, entry: Entry) -> Verdict:
        """Return what the detector says of an entry as typed so far."""
        ...

    def picture(self, mention: Mention) -> Path | None:
        """Return the file of a mention's picture."""
        ...

    def look(self, path: Path, wishes: Wishes, go_on: GoOn) -> Preview | Problem:
        """Read a table of mentions without keeping anything. Stopped halfway: «desk.stopped»."""
        ...

    def hand_in(self, path: Path, wishes: Wishes, go_on: GoOn) -> Handed | Problem:
        """Hand all rows of a table to the listener, or none. Stopped halfway: «desk.stopped»."""
        ...

    def withdraw(self, batch: str) -> None:
        """Have the listener leave what is not taken in yet of a batch."""
        ...

    def export(self, path: Path) -> int | Problem:
        """Write all mentions into a table that can be imported again, or none; returns how many."""
        ...

    def exported(self) -> Iterator[str]:
        """Give the same table line by line."""
        ...
