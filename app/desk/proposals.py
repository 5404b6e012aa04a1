"""The reply that could be given to a mention, made of the saved replies: it waits in the reply box until the owner takes it or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from app.core.case import Handling
from app.core.customer import Customer
from app.core.harm import endangers
from app.core.mention import ArchivedMention, Mention
from app.core.ports.shop import ShopFile
from app.core.ports.source import Sources, among_of
from app.core.reply import SavedReply, fill, fitting, without_line_of
from app.core.verdict import Among, Cause, Kind, judged_text
from app.core.views import InboxRow, ReplyView

if TYPE_CHECKING:
    from app.core.first_names import FirstNames

AUDIENCES = ("public", "private")
"""For whom a reply is proposed: whoever a case is handed over to is written to in words of the owner's own."""

LanguageOf = Callable[[Mention], str]
"""Gives the language in which somebody is answered: «pl», «ru», «en», or «» where it is none of these."""


class Proposals:
    """Reads the shop file; changes nothing."""

    def __init__(
        self, shop: ShopFile, sources: Sources, language_of: LanguageOf, first_names: Callable[[], FirstNames]
    ) -> None:
        self._shop, self._sources, self.language_of = shop, sources, language_of
        self._first_names = first_names

    @property
    def first_names(self) -> FirstNames:
        return self._first_names()

    def prepared(
        self, mention: Mention | None, reply: SavedReply, audience: str, customer: Customer | None = None
    ) -> str:
        """Return a saved reply with its known blanks filled; without the lines and names for which nothing is known.

        In private the name on the customer's card counts; in public the one under the mention, for whoever writes
        under a nickname may not want to be known there by name.
        """
        preferences = self._shop.preferences()
        values = {"shop": preferences.shop_name, "town": preferences.shop_town, "signature": preferences.signature}
        text = reply.text if values["signature"] else without_line_of(reply.text, "signature")
        if mention is None:
            return fill(text, values)
        from app.core.spoken import spoken_to, with_name, written_name  # noqa: PLC0415  start-up time: nothing is proposed yet

        name = (customer.name if customer and audience == "private" else "") or mention.author
        language = reply.language or self.language_of(mention)
        spoken = spoken_to(name, language, self._first_names()) if name else None
        return fill(with_name(text, spoken, written_name(name)), values)

    def of(
        self,
        mention: ArchivedMention,
        row: InboxRow,
        handling: Handling | None,
        replies: tuple[ReplyView, ...],
        limit: int | None,
        customer: Customer | None = None,
        mentions: Sequence[ArchivedMention] = (),
    ) -> Mapping[str, str]:
        """Return the proposals by audience; {} where no first answer is due, for news, and where the owner wants none.

        The most telling saved reply counts that is no longer than `limit` characters: for what is worst among the case's
        `mentions`, whichever of them is looked at.
        """
        said = mention.mention
        answered = handling is not None and handling.answered_at is not None
        if not row.state.is_open or answered or replies or row.kind is Kind.NEUTRAL:
            return {}
        if not self._shop.preferences().propose or self._is_news(said):
            return {}
        cause = _cause(mention, row, mentions) if row.kind is Kind.COMPLAINT else row.cause
        saved, language = self._shop.saved_replies(), self.language_of(said)
        found: dict[str, str] = {}
        for audience in AUDIENCES:
            ready = fitting(
                saved,
                language=language,
                kind=row.kind.value,
                cause=cause.value if cause else "",
                audience=audience,
            )
            texts = (self.prepared(said, one, audience, customer) for one in ready if one.kind)
            if text := next((text for text in texts if limit is None or len(text) <= limit), ""):
                found[audience] = text
        return found

    def _is_news(self, said: Mention) -> bool:
        return among_of(self._sources.get(said.source), own=False) is Among.NEWS


def _cause(mention: ArchivedMention, row: InboxRow, others: Sequence[ArchivedMention]) -> Cause | None:
    """Return what an answer goes by: harm wherever the case tells of it, else what its worst complaint is about.

    Copies aside; it is what the row is about where nothing is worse.
    """
    counted = (mention, *(one for one in others if one.verdict.kind is Kind.COMPLAINT and one.repost_of is None))
    if any(endangers(one.verdict, judged_text(one.mention.title, one.mention.text)) for one in counted):
        return Cause.SAFETY
    worst = max(counted, key=lambda one: (one.verdict.kind is Kind.COMPLAINT, one.verdict.severity))
    return row.cause if worst.id == row.mention_id else worst.verdict.cause
