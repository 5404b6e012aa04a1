"""All that is known of one person, gathered from the card, the archive, the outbox and what waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import tzinfo
from pathlib import Path

from app.core.correction import Correction
from app.core.customer import Customer, identity_of
from app.core.mention import ArchivedMention, Mention, Wording
from app.core.outbox import Outgoing
from app.core.person import PersonRecord, Telling, Written
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.outbox import OutTray
from app.core.ports.owner_file import WriteFile
from app.core.ports.shop import CustomerFiles, ShopFile
from app.core.ports.source import Sources
from app.core.problems import Problem
from app.desk.by_hand import ByHand

_ALL = 1_000_000
"""Mentions of one person that are read: all there can be."""

_NAMELESS = "name:#"
"""How the account of somebody begins who is known by one case only; its number follows."""

Stores = tuple[DeskArchive, CustomerFiles, ShopFile, OutTray]


class Records:
    """Reads only, but for the file that is asked for. Called on any thread but the GUI's."""

    def __init__(
        self,
        stores: Stores,
        by_hand: ByHand,
        sources: Sources,
        clock: tuple[Callable[[], float], tzinfo],
        write_file: WriteFile,
    ) -> None:
        self._archive, self._files, self._shop, self._tray = stores
        self._by_hand, self._sources = by_hand, sources
        self._now, self._zone = clock
        self._write_file = write_file

    def of(self, customer_id: str) -> PersonRecord | Problem:
        """Return all that is known of a person."""
        customer = self._files.get(customer_id)
        if customer is None:
            return Problem("desk.no_customer", {"name": customer_id})
        if customer.unread:
            return customer.unread
        keys = tuple(identity.key for identity in customer.identities)
        heard = {one.id: one for one in (*self._archive.by_identity(keys, _ALL), *self.nameless(customer))}
        waiting = self._by_hand.not_taken_in(keys)
        lessons = [one for one in self._archive.corrections() if one.mention_id in heard or one.author in keys]
        written = (
            *self._heard(sorted(heard.values(), key=_at), customer, lessons),
            *(_before(one, wording) for one, wording in self._archive.said_before(keys)),
            *(_learnt(one) for one in lessons if one.mention_id not in heard),
            *(Written(one, picture=self._picture(one)) for one in waiting),
        )
        places = {each.mention.source for each in written} | {each.place for each in customer.identities}
        return PersonRecord(
            customer,
            written,
            self._shop.preferences().shop_name,
            {place: source.title for place in places if (source := self._sources.get(place))},
            self._now(),
            self._zone,
        )

    def export(self, customer_id: str, path: Path, tell: Telling) -> Problem | None:
        """Write all that is known of a person into a file, as `tell` tells it, or nothing."""
        record = self.of(customer_id)
        if isinstance(record, Problem):
            return record
        return self._write_file(path, (part.encode("utf-8", "replace") for part in tell(record)))

    def _heard(
        self, heard: Sequence[ArchivedMention], customer: Customer, lessons: Sequence[Correction]
    ) -> Iterator[Written]:
        logged = {contact.id for contact in customer.contacts}
        replies = defaultdict[int, list[Outgoing]](list)
        for reply in self._tray.to_mentions([one.id for one in heard]):
            if reply.contact not in logged:
                replies[reply.mention_id].append(reply)
        taught = {one.mention_id: one for one in lessons}
        for one in heard:
            handling = self._archive.handling(-one.id if one.case_id is None else one.case_id)
            picture = self._picture(one.mention)
            yield Written(one.mention, one, handling, taught.get(one.id), picture, tuple(replies[one.id]))

    def nameless(self, customer: Customer) -> Iterator[ArchivedMention]:
        """Give what somebody without a name or account wrote, whose card is known by the case."""
        for identity in customer.identities:
            number = identity.handle.removeprefix(_NAMELESS)
            if number != identity.handle and number.removeprefix("-").isdecimal():
                for one in self._archive.case_mentions(int(number)):
                    place = one.mention.site or one.mention.source
                    if identity_of(one.mention) is None and place == identity.place:
                        yield one

    def _picture(self, mention: Mention) -> str:
        path = self._by_hand.picture(mention)
        return path.name if path else ""


def _learnt(one: Correction) -> Written:
    """Return a text that was learnt from, whose mention is gone."""
    return Written(Mention("", "", title=one.title, text=one.text, stars=one.stars), correction=one)


def _before(one: ArchivedMention, wording: Wording) -> Written:
    """Return what a person said in a mention that names them no more; where it names another its address is that one's."""
    now = one.mention
    url = now.url if identity_of(now) is None else ""
    then = Mention(now.source, "", url, wording.title, wording.text, site=now.site, published=_at(one)[0])
    return Written(then, wording=wording)


def _at(one: ArchivedMention) -> tuple[float, int]:
    return (one.heard_at if one.mention.published is None else one.mention.published, one.id)
