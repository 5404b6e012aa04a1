"""A customer's story: contacts and mentions as one history."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.customer import Customer
from app.core.mention import ArchivedMention
from app.core.outbox import Outgoing
from app.core.views import HistoryEntry, InboxRow


def story(
    customer: Customer | None,
    mentions: Sequence[ArchivedMention],
    replies: Sequence[Outgoing] = (),
    rows: Sequence[InboxRow] = (),
) -> tuple[HistoryEntry, ...]:
    """Return contacts, mentions and replies on their way as one history, oldest first; `rows` are those of the mentions."""
    by_id = {row.mention_id: row for row in rows}
    contacts = customer.contacts if customer else ()
    entries = [HistoryEntry(c.at, contact=c) for c in contacts]
    entries += [
        HistoryEntry(m.heard_at if m.mention.published is None else m.mention.published, mention=m, row=by_id.get(m.id))
        for m in mentions
    ]
    entries += [HistoryEntry(one.created, reply=one) for one in replies]
    return tuple(sorted(entries, key=lambda entry: entry.at))
