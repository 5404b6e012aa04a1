"""Replies sent off: written into the outbox before anything leaves, taken back, sent again, and seen in their cases."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from app.core.outbox import Awaited, Outgoing, Stand, Wish
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.outbox import OutTray
from app.core.ports.shop import CustomerFiles
from app.core.problems import Problem, ProblemError
from app.core.views import News, Way
from app.desk.drafts import Drafts
from app.desk.outcomes import Outcomes
from app.desk.places import Places
from app.desk.replies import Replies

Act = Callable[[str, float], bool]


class Outbox:
    """Called on the desk's writing thread, but for `way`, which asks the keyring, and what only reads."""

    def __init__(
        self,
        archive: DeskArchive,
        files: CustomerFiles,
        tray: OutTray,
        places: Places,
        replies: Replies,
        outcomes: Outcomes,
    ) -> None:
        self._archive, self._tray, self._places = archive, tray, places
        self._drafts = Drafts(archive, files)
        self._replies, self._outcomes = replies, outcomes

    def way(self, mention_id: int) -> Way:
        mention = self._archive.mention(mention_id)
        found = self._places.way(mention) if mention else Problem("desk.no_mention", {"id": mention_id})
        return Way(found) if isinstance(found, Problem) else found[1]

    def send(self, mention_id: int, text: str, now: float, *, hold: float = 0.0) -> Outgoing | Problem:
        mention = self._archive.mention(mention_id)
        if mention is None:
            return Problem("desk.no_mention", {"id": mention_id})
        if not text.strip():
            return Problem("outbox.empty")
        found = self._places.way(mention)
        if isinstance(found, Problem):
            return found
        watch, way = found
        if way.limit is not None and len(text.strip()) > way.limit:
            return Problem("outbox.too_long", {"length": len(text.strip()), "limit": way.limit})
        reply = uuid.uuid4().hex[:12]
        outgoing = Outgoing(
            reply, mention_id, watch.id, text.strip(), Wish.SEND, now, now + hold, contact=f"out-{reply}"
        )
        try:
            if not self._tray.put(outgoing):
                return Problem("outbox.twice")
        except ProblemError as error:
            return error.problem
        self._drop_draft(mention_id, text, now)
        return outgoing

    def cancel(self, reply_id: str, now: float) -> Outgoing | Problem:
        outgoing = self._tray.get(reply_id)
        if outgoing is None:
            return Problem("outbox.no_reply", {"id": reply_id})
        try:
            if not self._tray.cancel(outgoing.id, now):
                return Problem("outbox.too_late")
        except ProblemError as error:
            return error.problem
        case_id = self._archive.case_for(outgoing.mention_id, now)
        if outgoing.wish is Wish.SEND and self._drafts.of(case_id) is None:
            self._replies.save_draft(outgoing.mention_id, outgoing.text, "public", now)
        return self._tray.get(outgoing.id) or outgoing

    def again(self, reply_id: str, now: float) -> Outgoing | Problem:
        outgoing = self._tray.get(reply_id)
        if outgoing is None:
            return Problem("outbox.no_reply", {"id": reply_id})
        return self._decided(outgoing, self._tray.order, now)

    def say_there(self, reply_id: str, now: float) -> Outgoing | Problem:
        outgoing = self._tray.get(reply_id)
        if outgoing is None:
            return Problem("outbox.no_reply", {"id": reply_id})
        return self._decided(outgoing, self._tray.say_there, now)

    def list(self, limit: int = 100, *, open_only: bool = False) -> tuple[Awaited, ...]:
        return self._tray.newest(limit, open_only=open_only)

    def settle(self, now: float, *, quiet: bool = False) -> tuple[News, ...]:
        return self._outcomes.settle(now, quiet=quiet)

    def _decided(self, outgoing: Outgoing, act: Act, now: float) -> Outgoing | Problem:
        try:
            if not act(outgoing.id, now):
                return _undecidable(self._tray.get(outgoing.id) or outgoing)
        except ProblemError as error:
            return error.problem
        return self._tray.get(outgoing.id) or outgoing

    def _drop_draft(self, mention_id: int, text: str, now: float) -> None:
        """Take the draft away that has become this reply; what was typed since stays."""
        held = self._drafts.of(self._archive.case_for(mention_id, now))
        if held and held[1].text.strip() == text.strip():
            self._replies.save_draft(mention_id, "", held[1].audience, now)


def _undecidable(outgoing: Outgoing) -> Problem:
    """Return why the owner has nothing to decide about a reply as it stands."""
    if outgoing.wish is Wish.LOOK:
        return Problem("outbox.not_now", {"why": "posted"})
    if outgoing.stand in {Stand.CANCELLED, Stand.WAITING}:
        return Problem("outbox.not_now", {"why": outgoing.stand.value})
    return Problem("outbox.not_now")
