"""The reply that could be given to a mention, made of the saved replies: it waits in the reply box until the owner takes it or not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from app.core.case import Handling
from app.core.mention import ArchivedMention, Mention
from app.core.ports.shop import ShopFile
from app.core.ports.source import Sources, among_of
from app.core.reply import BLANK, SavedReply, fill, fitting, without_line_of, without_name
from app.core.verdict import Among, Cause, Kind, Severity
from app.core.views import InboxRow, ReplyView

AUDIENCES = ("public", "private")
"""For whom a reply is proposed: whoever a case is handed over to is written to in words of the owner's own."""

_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of writing: left open in a name, they would turn the rest of the reply, too."""

LONGEST_NAME = 60
"""Characters of a name by which somebody is spoken to."""

LanguageOf = Callable[[Mention], str]
"""Gives the language in which somebody is answered: «pl», «ru», «en», or «» where it is none of these."""


class Proposals:
    """Reads the shop file; changes nothing."""

    def __init__(self, shop: ShopFile, sources: Sources, language_of: LanguageOf) -> None:
        self._shop, self._sources, self.language_of = shop, sources, language_of

    def prepared(self, mention: Mention | None, reply: SavedReply) -> str:
        """Return a saved reply with its known blanks filled; without the lines and names for which nothing is known."""
        preferences = self._shop.preferences()
        values = {
            "name": _called(mention.author) if mention else "",
            "shop": preferences.shop_name,
            "town": preferences.shop_town,
            "signature": preferences.signature,
        }
        text = reply.text if values["signature"] else without_line_of(reply.text, "signature")
        if not (name := values["name"]):
            return fill(without_name(text), values)
        filled = fill(text, values)
        return filled.replace(f"{name}.", name) if name.endswith(".") else filled  # «Hello, Anna K.. We»

    def of(
        self,
        mention: ArchivedMention,
        row: InboxRow,
        handling: Handling | None,
        replies: tuple[ReplyView, ...],
        limit: int | None,
    ) -> Mapping[str, str]:
        """Return the proposals by audience; {} where no first answer is due, for news, and where the owner wants none.

        The most telling saved reply counts that is no longer than `limit` characters.
        """
        said = mention.mention
        answered = handling is not None and handling.answered_at is not None
        if not row.state.is_open or answered or replies or row.kind is Kind.NEUTRAL:
            return {}
        if not self._shop.preferences().propose or self._is_news(said):
            return {}
        danger = row.kind is Kind.COMPLAINT and row.severity is Severity.DANGER
        cause = Cause.SAFETY if danger else row.cause
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
            texts = (self.prepared(said, one) for one in ready if one.kind)
            if text := next((text for text in texts if limit is None or len(text) <= limit), ""):
                found[audience] = text
        return found

    def _is_news(self, said: Mention) -> bool:
        return among_of(self._sources.get(said.source), own=False) is Among.NEWS


def _called(author: str) -> str:
    """Return how somebody is spoken to, «» for what is no name: «Anna [she/her]» is Anna, for brackets would be taken for a blank."""
    name = " ".join(BLANK.sub(" ", _TURNS.sub("", author)).split())
    return name if len(name) <= LONGEST_NAME and any(map(str.isalpha, name)) else ""
