"""Writing answers: drafts that are never lost, saved replies with their blanks filled, the answer logged."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import replace

from app.core.case import CaseState
from app.core.customer import Channel, Contact, Customer, Direction, Draft
from app.core.mention import ArchivedMention
from app.core.outbox import Outgoing, Wish
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.outbox import OutTray
from app.core.ports.shop import CustomerFiles, ShopFile
from app.core.problems import Problem, ProblemError
from app.core.reply import SavedReply
from app.desk.cards import Customers, card_of, new_contact, unless_forgotten
from app.desk.cases import Cases
from app.desk.drafts import Drafts
from app.desk.places import Places
from app.desk.proposals import Proposals


class Replies:
    """Called on the desk's writing thread only."""

    def __init__(
        self,
        stores: tuple[DeskArchive, CustomerFiles, ShopFile],
        cases: Cases,
        customers: Customers,
        tray: OutTray,
        places: Places,
        proposals: Proposals,
    ) -> None:
        archive, files, self._shop = stores
        self._archive, self._files = archive, files
        self._tray, self._places, self._proposals = tray, places, proposals
        self._drafts = Drafts(archive, files)
        self._begun = Drafts(archive, files, contacts=True)
        self._cases = cases
        self._customers = customers

    def save_draft(
        self,
        mention_id: int,
        text: str,
        audience: str,
        now: float,
        *,
        contact: bool = False,
        copied_at: float | None = None,
    ) -> Draft | Problem:
        drafts = self._begun if contact else self._drafts
        mention = self._archive.mention(mention_id)
        if mention is None:
            return Problem("desk.no_mention", {"id": mention_id})
        draft = Draft(self._archive.case_for(mention_id, now), text, now, audience, copied_at)
        held = drafts.of(draft.case_id)
        if held is None and not text:
            return draft
        customer = held[0] if held else self._customers.card_for(mention, now)
        if isinstance(customer, Problem):
            return customer
        return drafts.put(customer.id, draft) or draft

    def prepared(self, mention_id: int, reply: SavedReply, audience: str = "public") -> str:
        mention = self._archive.mention(mention_id)
        if mention is None:
            return self._proposals.prepared(None, reply, audience)
        handled = mention.case_id if mention.case_id is not None else -mention.id
        return self._proposals.prepared(mention.mention, reply, audience, card_of(self._files, mention, handled))

    def mark_answered(self, mention_id: int, text: str, channel: Channel, now: float) -> Contact | Problem:
        """Log an answer, mark the case and take its draft away; undo gives the draft back and takes the entry out.

        A card that is made for it goes with the undo as well, unless something else came to stand on it.
        Where there is no text, nothing is known of what was said: the case is marked, and nothing stands in the log.

        The state is set first: where the log cannot be written it is set back, so that a second try logs only once.
        """
        mention = self._archive.mention(mention_id)
        if mention is None:
            return Problem("desk.no_mention", {"id": mention_id})
        is_new = self._customers.is_new(mention)
        customer = self._customers.card_for(mention, now)
        if isinstance(customer, Problem):
            return customer
        made = customer if is_new else None
        case_id = self._cases.set_state(mention_id, CaseState.ANSWERED, now)
        if isinstance(case_id, Problem):
            self._drop(made)
            return case_id
        contact = new_contact(Direction.OUT, channel, text, now, case_id=case_id, mention=mention)
        if contact.text and (problem := self._files.add_contact(customer.id, contact)):
            with suppress(ProblemError):  # the problem told is the first one
                self._cases.undo()
            self._drop(made)
            return problem
        held = self._drafts.of(case_id)
        looked_for = self._look_for(mention, contact, now)
        self._cases.undo_also(lambda: self._unanswer(customer.id, contact, held, looked_for, made))
        if held and (problem := self._drafts.put(held[0].id, Draft(case_id, "", now))):
            return problem
        return contact

    def _look_for(self, mention: ArchivedMention, contact: Contact, now: float) -> str:
        """Have it looked whether an answer posted by hand stands there; returns the reply's id, «» where nobody looks.

        Its failure keeps no answer from being logged.
        """
        watch = self._places.watch_to_look_with(mention)
        if watch is None or not contact.text or contact.channel is not Channel.POST:
            return ""
        looked_for = Outgoing(
            *(uuid.uuid4().hex[:12], mention.id, watch.id, contact.text, Wish.LOOK, now),
            contact=contact.id,
            logged_at=now,
        )
        with suppress(ProblemError):
            return looked_for.id if self._tray.put(looked_for) else ""
        return ""

    def _unanswer(
        self,
        customer_id: str,
        contact: Contact,
        held: tuple[Customer, Draft] | None,
        looked_for: str,
        made: Customer | None,
    ) -> Problem | None:
        """Take an answer out of the log and give its draft back, unless another one was begun since.

        The card that was `made` for the answer goes, if nothing else stands on it.
        """
        if looked_for:
            try:
                self._tray.cancel(looked_for, contact.at)
            except ProblemError as error:
                return error.problem
        if held and contact.case_id is not None and self._drafts.of(contact.case_id) is None:
            problem = unless_forgotten(self._drafts.put(held[0].id, held[1]))
            if problem:
                return problem
        if problem := self._out_of_log(customer_id, contact):
            return problem
        return self._drop(made)

    def _drop(self, made: Customer | None) -> Problem | None:
        return self._customers.drop(made) if made else None

    def unlog(self, contact: Contact, audience: str, now: float) -> Problem | None:
        mention = None if contact.mention_id is None else self._archive.mention(contact.mention_id)
        if mention is None:
            return None
        customer = self._customers.card_for(mention, now)
        if isinstance(customer, Problem):
            return customer
        draft = Draft(self._archive.case_for(mention.id, now), contact.text, now, audience)
        if self._begun.of(draft.case_id) is None and (problem := self._begun.put(customer.id, draft)):
            return problem
        return self._out_of_log(customer.id, contact)

    def _out_of_log(self, customer_id: str, contact: Contact) -> Problem | None:
        def without(customer: Customer) -> Customer:
            return replace(customer, contacts=tuple(c for c in customer.contacts if c.id != contact.id))

        return unless_forgotten(self._files.change(customer_id, without))

    def saved(self) -> tuple[SavedReply, ...]:
        return self._shop.saved_replies()

    def put_saved(self, *replies: SavedReply) -> Problem | None:
        if not all(reply.name.strip() and reply.text.strip() for reply in replies):
            return Problem("desk.empty_reply")
        return self._shop.put_saved_reply(*replies)

    def remove_saved(self, reply_id: str) -> Problem | None:
        return self._shop.remove_saved_reply(reply_id)
