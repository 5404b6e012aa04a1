"""The shop file and the customers' files, as other rooms see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.core.customer import Contact, Customer, Draft, Identity
from app.core.merging import Merged
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.reply import SavedReply
from app.core.watch import Watch


class ShopFile(Protocol):
    """Watches, saved replies and preferences. Safe between processes: a change locks, reads, changes and replaces.

    Every change is on the disk (fsync) when the call returns, or a Problem is returned and nothing changed.
    """

    def watches(self) -> tuple[Watch, ...]: ...
    def put_watch(self, watch: Watch) -> Problem | None: ...
    def remove_watch(self, watch_id: str) -> Problem | None: ...
    def preferences(self) -> Preferences: ...
    def change_preferences(self, change: Callable[[Preferences], Preferences]) -> Problem | None:
        """Apply a change to the newest preferences and keep the result; `change` is quick and asks no store for anything."""
        ...

    def change_authors(self, change: Callable[[str], str]) -> Problem | None:
        """Put in place of each blocked author what `change` makes of it, in the file and in every copy of it.

        Where that fails some copies may be changed already, but not the file: it can be tried again.
        """
        ...

    def saved_replies(self) -> tuple[SavedReply, ...]: ...
    def put_saved_reply(self, *replies: SavedReply) -> Problem | None: ...
    def remove_saved_reply(self, reply_id: str) -> Problem | None: ...

    def version(self) -> int:
        """Return a number that changes whenever the file does, whoever changed it."""
        ...


class CustomerFiles(Protocol):
    """One document file per customer; an index that can be thrown away. One writer: the process that holds the profile.

    Every change is on the disk (fsync) when the call returns, or a Problem is returned and nothing changed.
    """

    def get(self, customer_id: str) -> Customer | None:
        """Return a customer; one whose card cannot be read now is `unread`, here, in `find` and in `search`."""
        ...

    def find(self, identity: Identity) -> Customer | None: ...
    def search(self, words: str, limit: int = 200) -> tuple[Customer, ...]:
        """Return customers whose name, handle, note or contacts hold all words, blind to case and diacritics."""
        ...

    def create(self, name: str, identity: Identity | None, now: float) -> Customer | Problem: ...
    def change(self, customer_id: str, change: Callable[[Customer], Customer]) -> Customer | Problem:
        """Apply a change to the newest state of a customer and keep the result."""
        ...

    def add_contact(self, customer_id: str, contact: Contact) -> Problem | None: ...
    def put_draft(self, customer_id: str, draft: Draft) -> Problem | None:
        """Keep a draft in place of the case's earlier one; an empty text removes it."""
        ...

    def draft_for(self, case_id: int) -> tuple[Customer, Draft] | None: ...
    def contacts(self, limit: int = 500) -> tuple[tuple[Customer, Contact], ...]:
        """Return the newest contacts of all customers, newest first; of an `unread` card it is known only when they were."""
        ...

    def forget(self, customer_id: str) -> Problem | None: ...
    def merge(self, customer_id: str, other_id: str) -> Merged | Problem:
        """Put all of another card on a card and end the other one; its id leads to the card from then on."""
        ...

    def part(self, done: Merged) -> Problem | None:
        """Take a merge back: both cards are as they were, with what came to them since."""
        ...


class Secrets(Protocol):
    """The system's keyring. Slow and able to hang: called off the GUI thread; every call ends within some seconds."""

    def get(self, watch_id: str, name: str) -> str | Problem | None: ...
    def put(self, watch_id: str, name: str, value: str) -> Problem | None: ...
    def forget(self, watch_id: str, names: tuple[str, ...]) -> Problem | None: ...
    def keep_in_file(self) -> Problem | None:
        """Take the owner's consent: where there is no keyring, secrets lie in a file that only this user can read."""
        ...
