"""With which watch a reply to a mention can be sent, or looked for; without any network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.core.mention import ArchivedMention
from app.core.outbox import Outgoing, Stand
from app.core.ports.answer import Answering, Seeing
from app.core.ports.outbox import OutTray
from app.core.ports.shop import Secrets, ShopFile
from app.core.ports.source import Sources
from app.core.problems import Problem
from app.core.views import ReplyView, Way
from app.core.watch import Watch

NO_WAY = "outbox.no_way"
"""The code for a place that takes no replies from here at all."""


class Places:
    """Which watch a reply to a mention can be sent or looked for with, as far as is known without any network."""

    def __init__(self, shop: ShopFile, sources: Sources, secrets: Secrets) -> None:
        self._shop, self._sources, self._secrets = shop, sources, secrets

    def way(self, mention: ArchivedMention) -> tuple[Watch, Way] | Problem:
        """Return the watch a reply is sent with: the one that heard the mention, or another of its source."""
        why = Problem(NO_WAY)
        for watch in self._watches(mention):
            source: object = self._sources.get(watch.source)
            if not isinstance(source, Answering):
                break
            given = self._given(watch)
            problem = given if isinstance(given, Problem) else source.why_no_answer(watch, mention.mention, given)
            if problem is None:
                limit = source.longest_answer(watch, mention.mention)
                return watch, Way(None, limit, self.in_private(watch.source))
            why = problem if why.code == NO_WAY else why
        return why

    def watch_to_look_with(self, mention: ArchivedMention) -> Watch | None:
        """Return the watch a reply posted by hand is looked for with."""
        return next(self._watches(mention), None)

    def can_look(self, watch_id: str) -> bool:
        """Say whether the source of a watch can look for replies."""
        watch = next((one for one in self._shop.watches() if one.id == watch_id), None)
        return watch is not None and isinstance(self._sources.get(watch.source), Seeing)

    def in_private(self, source_id: str) -> bool:
        """Say whether only the customer reads a reply sent through a source."""
        return bool(getattr(self._sources.get(source_id), "answers_in_private", False))

    def _watches(self, mention: ArchivedMention) -> Iterator[Watch]:
        found = [watch for watch in self._shop.watches() if watch.source == mention.mention.source]
        yield from sorted(found, key=lambda watch: watch.id != mention.watch_id)

    def _given(self, watch: Watch) -> dict[str, str] | Problem:
        source = self._sources.get(watch.source)
        found: dict[str, str] = {}
        for setting in source.settings if source else ():
            marked = watch.has_secret(setting.name)
            if not (marked or setting.kind == "session"):
                continue
            value = self._secrets.get(watch.id, setting.name)
            if isinstance(value, str):
                found[setting.name] = value
            elif marked and value is not None:
                return value
        return found


class ReplyViews:
    """Replies as cases and stories show them, without those taken back."""

    def __init__(self, tray: OutTray, places: Places) -> None:
        self._tray, self._places = tray, places

    def of(self, mention_ids: Sequence[int]) -> tuple[ReplyView, ...]:
        """Return the replies to these mentions, oldest first."""
        replies = self._kept(mention_ids)
        seers = {watch_id: self._places.can_look(watch_id) for watch_id in {one.watch_id for one in replies}}
        return tuple(ReplyView(one, seers[one.watch_id]) for one in replies)

    def unlogged(self, mention_ids: Sequence[int]) -> tuple[Outgoing, ...]:
        """Return those of them that are on their way and stand in no contact log yet."""
        return tuple(one for one in self._kept(mention_ids) if one.logged_at is None)

    def _kept(self, mention_ids: Sequence[int]) -> tuple[Outgoing, ...]:
        if not mention_ids:
            return ()
        return tuple(one for one in self._tray.to_mentions(mention_ids) if one.stand is not Stand.CANCELLED)
