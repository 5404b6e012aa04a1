"""Customers' cards: found or made for whoever wrote a mention; contacts in and out."""

from __future__ import annotations

import re
import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from app.core.blocked import without_person
from app.core.customer import OF_CONTACTS, Channel, Contact, Customer, Direction, Draft, Identity, identity_of
from app.core.mention import ArchivedMention
from app.core.merging import Merged
from app.core.outbox import Outgoing
from app.core.person import PersonRecord, Telling
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.shop import CustomerFiles, ShopFile
from app.core.problems import Problem, ProblemError
from app.core.text import fold
from app.core.views import Folder, HistoryEntry
from app.desk.person import Records
from app.desk.story import story

MOST_LOOKED_AT = 500
"""Mentions at most among which somebody is looked for by name: the newest."""

_NUMBER = re.compile(r"[0-9]{1,12}")


def new_contact(
    direction: Direction,
    channel: Channel,
    text: str,
    at: float,
    *,
    who: str = "",
    case_id: int | None = None,
    mention: ArchivedMention | None = None,
) -> Contact:
    """Return a contact with an id of its own."""
    url = mention.mention.url if mention else ""
    about = mention.id if mention else None
    return Contact(uuid.uuid4().hex[:12], at, direction, channel, text.strip(), who, case_id, about, url)


def card_identity(mention: ArchivedMention, case_id: int) -> Identity:
    """Return by what the card of a mention's author is found: their account, or for a nameless one this very case.

    The latter counts as known by name only, so that it joins nothing.
    """
    known = identity_of(mention.mention)
    return known or Identity(mention.mention.site or mention.mention.source, f"name:#{case_id}")


def card_of(files: CustomerFiles, mention: ArchivedMention, case_id: int) -> Customer | None:
    """Return the card of a mention's author; a nameless one's may be from before an edit made a case of the mention."""
    return files.find(card_identity(mention, case_id)) or files.find(card_identity(mention, -mention.id))


def unless_forgotten(result: object) -> Problem | None:
    """Return why something could not be taken back; None where its customer was forgotten, and it with them."""
    return result if isinstance(result, Problem) and result.code != "stores.customer_unknown" else None


class Customers:
    """Cards and the contact log."""

    def __init__(
        self,
        archive: DeskArchive,
        files: CustomerFiles,
        shop: ShopFile,
        records: Records,
        forget_also: Callable[[tuple[str, ...], Sequence[ArchivedMention]], None],
        unlogged: Callable[[Sequence[int]], tuple[Outgoing, ...]],
    ) -> None:
        self._records = records
        self._unlogged = unlogged
        self._archive = archive
        self._files = files
        self._shop = shop
        self._forget_also = forget_also
        self._making = threading.Lock()

    def search(self, words: str) -> tuple[Customer, ...]:
        return self._files.search(words)

    def get(self, customer_id: str) -> Customer | None:
        return self._files.get(customer_id)

    def named(self, text: str) -> tuple[tuple[Customer, ...], tuple[Customer, ...]]:
        if known := self._files.get(text.strip()):
            return (known,), ()
        found = self._files.search(text) if text.strip() else ()
        called = tuple(c for c in found if c.is_called(text))
        if called or _NUMBER.fullmatch(text.strip()):
            return called, ()
        return (), tuple(c for c in found if c.unread or c.may_be_called(text))

    def writers(self, text: str) -> tuple[ArchivedMention, ...]:
        if _NUMBER.fullmatch(text.strip()):
            one = self._archive.mention(int(text))
            return (one,) if one else ()
        wanted = fold(text).strip()
        found = self._archive.page(Folder.EVERYTHING, text, 0, MOST_LOOKED_AT, 0.0).rows if wanted else ()
        people: dict[str, ArchivedMention] = {}
        for row in found:
            if fold(row.author).strip() == wanted and (one := self._archive.mention(row.mention_id)):
                people.setdefault(card_identity(one, self._archive.case_for(one.id, 0.0)).key, one)
        return tuple(people.values())

    def whoever_wrote(self, mention: ArchivedMention) -> Customer:
        case_id = self._archive.case_for(mention.id, 0.0)
        name, identity = mention.mention.author or mention.mention.handle, card_identity(mention, case_id)
        return card_of(self._files, mention, case_id) or Customer("", name, (identity,))

    def history(self, customer_id: str) -> tuple[HistoryEntry, ...]:
        customer = self._files.get(customer_id)
        return self.history_of(customer) if customer else ()

    def history_of(self, customer: Customer) -> tuple[HistoryEntry, ...]:
        keys = tuple(identity.key for identity in customer.identities)
        found = (*self._archive.by_identity(keys), *self._records.nameless(customer)) if keys else ()
        mentions = tuple({mention.id: mention for mention in found}.values())
        ids = [mention.id for mention in mentions]
        return story(customer, mentions, self._unlogged(ids), self._archive.rows(ids))

    def create(self, name: str, now: float) -> Customer | Problem:
        if not name.strip():
            return Problem("desk.no_name")
        return self._files.create(name.strip(), None, now)

    def set_note(self, customer_id: str, note: str) -> Customer | Problem:
        return self._files.change(customer_id, lambda c: replace(c, note=note))

    def rename(self, customer_id: str, name: str) -> Customer | Problem:
        if not name.strip():
            return Problem("desk.no_name")
        return self._files.change(customer_id, lambda c: replace(c, name=name.strip()))

    def log(
        self, customer_id: str, direction: Direction, channel: Channel, text: str, at: float, who: str = ""
    ) -> Contact | Problem:
        contact = new_contact(direction, channel, text, at, who=who)
        return self._files.add_contact(customer_id, contact) or contact

    def log_for(
        self, mention_id: int, direction: Direction, channel: Channel, text: str, at: float, who: str = ""
    ) -> Contact | Problem:
        mention = self._archive.mention(mention_id)
        if mention is None:
            return Problem("desk.no_mention", {"id": mention_id})
        customer = self.card_for(mention, at)
        if isinstance(customer, Problem):
            return customer
        case_id = self._archive.case_for(mention_id, at)
        contact = new_contact(direction, channel, text, at, who=who, case_id=case_id, mention=mention)
        return self._files.add_contact(customer.id, contact) or contact

    def save_begun(self, customer_id: str, text: str, how: str, now: float) -> Draft | Problem:
        draft = Draft(OF_CONTACTS, text, now, how)
        return self._files.put_draft(customer_id, draft) or draft

    def unlog(self, customer_id: str, contact: Contact, how: str, now: float) -> Problem | None:
        def without(card: Customer) -> Customer:
            drafts = card.drafts if card.begun else (*card.drafts, Draft(OF_CONTACTS, contact.text, now, how))
            return replace(card, contacts=tuple(c for c in card.contacts if c.id != contact.id), drafts=drafts)

        return unless_forgotten(self._files.change(customer_id, without))

    def contacts(self) -> tuple[tuple[Customer, Contact], ...]:
        return self._files.contacts()

    def record(self, customer_id: str) -> PersonRecord | Problem:
        return self._records.of(customer_id)

    def export(self, customer_id: str, path: Path, tell: Telling) -> Problem | None:
        return self._records.export(customer_id, path, tell)

    def merge(self, customer_id: str, other_id: str) -> Merged | Problem:
        with self._making:
            return self._files.merge(customer_id, other_id)

    def part(self, done: Merged) -> Problem | None:
        with self._making:
            return unless_forgotten(self._files.part(done))

    def forget(self, customer_id: str) -> Problem | None:
        """Remove the person's mentions and then the card, so that a failure leaves the card to try it again from.

        Who was blocked stays so, by a print in place of their name.
        """
        customer = self._files.get(customer_id)
        if customer is None:
            return Problem("desk.no_customer", {"name": customer_id})
        if customer.unread:  # nobody knows what else is theirs
            return customer.unread
        keys = tuple(identity.key for identity in customer.identities)
        if problem := self._shop.change_authors(lambda entry: without_person(entry, customer)):
            return problem
        try:
            if keys:
                nameless = tuple(self._records.nameless(customer))
                self._forget_also(keys, nameless)
                self._archive.forget(keys, [one.id for one in nameless])
        except ProblemError as error:
            return error.problem
        return self._files.forget(customer.id)

    def is_new(self, mention: ArchivedMention) -> bool:
        """Say whether whoever wrote a mention has no card yet."""
        return card_of(self._files, mention, self._archive.case_for(mention.id, 0.0)) is None

    def drop(self, made: Customer) -> Problem | None:
        """Remove a card that still is as it was made: not one that holds anything, was changed, or went into another."""
        with self._making:
            return self._files.forget(made.id) if self._files.get(made.id) == made else None

    def card_for(self, mention: ArchivedMention, now: float) -> Customer | Problem:
        """Return the card of whoever wrote a mention, made now where there is none."""
        case_id = self._archive.case_for(mention.id, now)
        name, identity = mention.mention.author or mention.mention.handle, card_identity(mention, case_id)
        with self._making:
            card = card_of(self._files, mention, case_id) or self._files.create(name, identity, now)
        return card if isinstance(card, Problem) else card.unread or card
