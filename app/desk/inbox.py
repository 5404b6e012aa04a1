"""The inbox: what was heard and where it stands, with the customer's story."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from app.core.customer import Customer
from app.core.mention import ArchivedMention
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.shop import CustomerFiles, ShopFile
from app.core.publisher import is_publisher
from app.core.views import CaseView, Folder, InboxRow, Page, ReplyView
from app.desk.cards import card_identity, card_of
from app.desk.drafts import Drafts
from app.desk.playbook import Playbook
from app.desk.proposals import Proposals
from app.desk.story import story

REPLY_LIMITS = {"mastodon": 500, "bluesky": 300, "x": 280, "google_play": 350}
"""Characters a reply may have, per source, as their API documentation has it (Mastodon: unless its server says more)."""


class Inbox:
    """Reads the archive and the customers' files; changes nothing."""

    def __init__(
        self,
        archive: DeskArchive,
        customers: CustomerFiles,
        shop: ShopFile,
        replies: Callable[[Sequence[int]], tuple[ReplyView, ...]],
        proposals: Proposals,
        playbook: Playbook,
    ) -> None:
        self._proposals = proposals
        self._playbook = playbook
        self._archive = archive
        self._replies = replies
        self._customers = customers
        self._drafts = Drafts(archive, customers)
        self._begun = Drafts(archive, customers, contacts=True)
        self._shop = shop

    def counts(self, now: float) -> Mapping[Folder, int]:
        return self._archive.counts(now)

    def page(self, folder: Folder, search: str, offset: int, limit: int, now: float) -> Page:
        return self._archive.page(folder, search, offset, limit, now)

    def row(self, mention_id: int) -> InboxRow | None:
        return self._archive.row(mention_id, of_case=True)

    def mention(self, mention_id: int) -> ArchivedMention | None:
        return self._archive.mention(mention_id)

    def next_due(self, now: float) -> InboxRow | None:
        return self._archive.next_due(now)

    def overdue(self, now: float) -> frozenset[Folder]:
        return self._archive.overdue(now)

    def open(self, mention_id: int) -> CaseView | None:
        mention = self._archive.mention(mention_id)
        row = self._archive.row(mention_id)
        if mention is None or row is None:
            return None
        handled = mention.case_id if mention.case_id is not None else -mention.id
        handling = self._archive.handling(handled)
        mentions = self._archive.case_mentions(mention.case_id) if mention.case_id is not None else (mention,)
        first = row if mentions[0].id == mention.id else self._archive.row(mentions[0].id) or row
        identity = card_identity(mention, handled)
        customer = card_of(self._customers, mention, handled)
        past, times = self._past(mention, mentions, customer, identity.key)
        held, begun = self._drafts.of(handled), self._begun.of(handled)
        watches = {watch.id: watch.name for watch in self._shop.watches()}
        replies = self._replies([one.id for one in mentions])
        elsewhere = self._replies([one.id for one in past])
        unlogged = tuple(one.outgoing for one in (*replies, *elsewhere) if one.outgoing.logged_at is None)
        limit = REPLY_LIMITS.get(mention.mention.source)
        return CaseView(
            mention=mention,
            mentions=mentions,
            case_id=mention.case_id,
            kind=row.kind,
            state=row.state,
            due_at=row.due_at,
            answered_at=handling.answered_at if handling else None,
            customer=customer,
            history=story(customer, past, unlogged, self._archive.rows([one.id for one in past])),
            times=times,
            draft=held[1] if held else None,
            reply_limit=limit,
            watch_name=watches.get(mention.watch_id, ""),
            cause=row.cause,
            replies=replies,
            begun=begun[1] if begun else None,
            snoozed_until=handling.snoozed_until if handling else None,
            language=self._proposals.language_of(mention.mention),
            proposals=self._proposals.of(mention, row, handling, replies, limit, customer, mentions),
            satisfaction=row.satisfaction,
            plans=self._playbook.of(row, mentions),
            back_at=row.back_at,
            news_at=first.news_at,
            answers=self._answered(mention, mentions),
        )

    def _answered(self, mention: ArchivedMention, inside: tuple[ArchivedMention, ...]) -> ArchivedMention | None:
        """Return what a mention answers, None where that was not heard or stands in the case itself."""
        found = self._archive.by_key(mention.mention.source, mention.mention.parent)
        return found if found and all(found.id != one.id for one in inside) else None

    def _past(
        self, mention: ArchivedMention, shown: tuple[ArchivedMention, ...], customer: Customer | None, key: str
    ) -> tuple[tuple[ArchivedMention, ...], int]:
        """Return the customer's mentions outside the case, and the how-manieth of theirs this one is: a paper's is always the first."""
        keys = {key, *(identity.key for identity in customer.identities)} if customer else {key}
        theirs = self._archive.by_identity(tuple(keys))
        inside = {m.id for m in shown}
        earlier = [m for m in theirs if _written(m) < _written(mention)]
        is_paper = customer is None and is_publisher(mention.mention, self._proposals.first_names.names)
        times = 1 if is_paper else len(earlier) + 1
        return tuple(m for m in theirs if m.id not in inside), times


def _written(mention: ArchivedMention) -> tuple[float, int]:
    """Return by what mentions come one after the other: a table may hold the newest first."""
    published = mention.mention.published
    return mention.heard_at if published is None else min(published, mention.heard_at), mention.id
