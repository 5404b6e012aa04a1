"""Customers' cards: found or made for whoever wrote a mention; contacts in and out."""

from __future__ import annotations

import uuid
from dataclasses import replace

from app.core.customer import Channel, Contact, Customer, Direction, identity_of
from app.core.mention import ArchivedMention
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.shop import CustomerFiles
from app.core.problems import Problem
from app.core.text import fold
from app.core.views import HistoryEntry
from app.desk.inbox import story


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


class Customers:
    """Cards and the contact log."""

    def __init__(self, archive: DeskArchive, files: CustomerFiles) -> None:
        self._archive = archive
        self._files = files

    def search(self, words: str) -> tuple[Customer, ...]:
        return self._files.search(words)

    def get(self, customer_id: str) -> Customer | None:
        return self._files.get(customer_id)

    def named(self, text: str) -> tuple[Customer, ...]:
        if known := self._files.get(text):
            return (known,)
        wanted = fold(text).strip()
        found = self._files.search(text)
        exact = [c for c in found if wanted in {fold(c.name), *(fold(i.handle) for i in c.identities)}]
        return tuple(exact) or found

    def history(self, customer_id: str) -> tuple[HistoryEntry, ...]:
        customer = self._files.get(customer_id)
        if customer is None:
            return ()
        keys = tuple(identity.key for identity in customer.identities)
        return story(customer, self._archive.by_identity(keys) if keys else ())

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

    def contacts(self, limit: int = 500) -> tuple[tuple[Customer, Contact], ...]:
        return self._files.contacts(limit)

    def forget(self, customer_id: str) -> Problem | None:
        customer = self._files.get(customer_id)
        if customer is None:
            return Problem("desk.no_customer", {"name": customer_id})
        keys = tuple(identity.key for identity in customer.identities)
        if keys:
            self._archive.forget(keys)
        return self._files.forget(customer_id)

    def card_for(self, mention: ArchivedMention, now: float) -> Customer | Problem:
        """Return the card of whoever wrote a mention, made now where there is none."""
        identity = identity_of(mention.mention)
        if identity and (known := self._files.find(identity)):
            return known
        case_id = self._archive.case_for(mention.id, now)
        if held := self._files.draft_for(case_id):
            return held[0]
        if identity is None and (met := self._met(case_id)):
            return met
        return self._files.create(mention.mention.author or mention.mention.handle, identity, now)

    def _met(self, case_id: int) -> Customer | None:
        """Return the card of a nameless author whom the owner has logged a contact with about this case."""
        for customer, contact in self._files.contacts():
            if contact.case_id == case_id:
                return customer
        return None
