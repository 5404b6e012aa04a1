"""What became of replies, noted once: the contact with the customer, the case answered, and what the owner is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.core.case import Handling, answered
from app.core.customer import Channel, Contact, Customer, Direction
from app.core.mention import ArchivedMention
from app.core.outbox import Awaited, Stand
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.outbox import OutTray
from app.core.ports.shop import CustomerFiles
from app.core.problems import Problem, ProblemError
from app.core.views import News
from app.desk.cards import Customers
from app.desk.cases import Cases

LOOK_BACK = 14 * 86_400.0
"""Seconds: answers of the shop heard longer ago settle no case any more."""

RESTLESS = {Stand.WAITING, Stand.SENDING, Stand.CANCELLED}


class Outcomes:
    """Called on the desk's writing thread only; other processes may do the same at the same time."""

    def __init__(
        self,
        archive: DeskArchive,
        files: CustomerFiles,
        tray: OutTray,
        cases: Cases,
        customers: Customers,
        in_private: Callable[[str], bool],
    ) -> None:
        self._archive, self._files, self._tray = archive, files, tray
        self._cases, self._customers, self._in_private = cases, customers, in_private

    def settle(self, now: float, *, quiet: bool = False) -> tuple[News, ...]:
        """Note all there is to note; what a store would not take is noted the next time. See the port for `quiet`."""
        news: list[News] = []
        for one in self._tray.untold():
            outgoing = one.outgoing
            if outgoing.stand in RESTLESS or (quiet and outgoing.stand.needs_owner):
                continue
            try:
                noted = self._note(one, now)
            except ProblemError:
                continue
            if noted and outgoing.told != outgoing.mark:
                news.append(News(outgoing, one.mention))
        for heard in self._tray.answers_heard(now - LOOK_BACK):
            self._note_heard(heard, now)
        return tuple(news)

    def _note(self, one: Awaited, now: float) -> bool:
        outgoing = one.outgoing
        if not outgoing.stand.is_there or outgoing.logged_at is not None:
            if outgoing.stand is Stand.SEEN and outgoing.told != outgoing.mark:
                self._mark_seen(one, now)
            return self._tray.note(outgoing, now, None, logged=False)
        case_id = self._archive.case_for(outgoing.mention_id, now)
        if isinstance(self._log(one, case_id, now), Problem):
            return False
        at = outgoing.delivery.there_at or outgoing.said_at or now
        before = self._archive.handling(case_id) or Handling(case_id)
        after = _answered(before, at, now, begun=outgoing.created)
        noted = self._tray.note(outgoing, now, after, logged=True)
        if noted:
            self._cases.answered_meanwhile(case_id, at)
        return noted

    def _log(self, one: Awaited, case_id: int, now: float) -> Problem | None:
        """Log the reply with the customer; its entry has an id of its own, so that a second time changes nothing."""
        customer = self._customers.card_for(one.mention, now)
        return (
            customer
            if isinstance(customer, Problem)
            else self._files.add_contact(customer.id, self._contact(one, case_id))
        )

    def _contact(self, one: Awaited, case_id: int) -> Contact:
        outgoing, mention = one.outgoing, one.mention.mention
        delivery = outgoing.delivery
        return Contact(
            id=outgoing.contact,
            at=delivery.there_at or outgoing.said_at or delivery.at,
            direction=Direction.OUT,
            channel=Channel.EMAIL if self._in_private(mention.source) else Channel.POST,
            text=outgoing.text,
            case_id=case_id,
            mention_id=outgoing.mention_id,
            url=web_address(delivery.where) or mention.url,
            seen_at=delivery.at if outgoing.stand is Stand.SEEN else None,
        )

    def _mark_seen(self, one: Awaited, now: float) -> None:
        """Add to the entry in the log that the answer was seen, and where."""
        outgoing = one.outgoing
        customer = self._customers.card_for(one.mention, now)
        if isinstance(customer, Problem):
            return

        def seen(known: Customer) -> Customer:
            return replace(
                known,
                contacts=tuple(
                    replace(each, seen_at=outgoing.delivery.at, url=web_address(outgoing.delivery.where) or each.url)
                    if each.id == outgoing.contact
                    else each
                    for each in known.contacts
                ),
            )

        self._files.change(customer.id, seen)

    def _note_heard(self, heard: ArchivedMention, now: float) -> None:
        """Note an answer of the shop that nobody marked: it was heard in the thread of an open case."""
        case_id = heard.case_id
        asked = next(iter(self._archive.case_mentions(case_id)), None) if case_id is not None else None
        if case_id is None or asked is None:
            return
        mention = heard.mention
        at = heard.heard_at if mention.published is None else mention.published
        customer = self._customers.card_for(asked, now)
        if isinstance(customer, Problem):
            return
        contact = Contact(
            *(f"heard-{heard.id}", at, Direction.OUT, Channel.POST, mention.text),
            case_id=case_id,
            mention_id=asked.id,
            url=mention.url,
            seen_at=heard.heard_at,
        )
        if self._files.add_contact(customer.id, contact):
            return
        try:
            before = self._archive.handling(case_id) or Handling(case_id)
            self._archive.put_handling(_answered(before, at, now, begun=at))
        except ProblemError:
            return
        self._cases.answered_meanwhile(case_id, at)


def _answered(before: Handling, at: float, now: float, *, begun: float) -> Handling:
    """Return a case's handling once an answer `begun` then was there at `at`; what was put aside since is a reminder."""
    return replace(answered(before, at, reminder=before.changed_at > begun), changed_at=now)


def web_address(where: str) -> str:
    """Return where a reply stands if that is a web address, else «»."""
    return where if where.startswith(("https://", "http://")) else ""
