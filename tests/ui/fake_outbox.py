"""The outbox of the desk in memory: replies move only when a test says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.core.customer import Draft
from app.core.outbox import Delivery, Outgoing, Stand, Wish
from app.core.problems import Problem
from app.core.views import News, ReplyView, Way


class FakeOutbox:
    """`ways` says of which mentions a reply can be sent; `kept` are the replies, `news` what the next `settle` tells."""

    def __init__(self, desk: Any) -> None:
        self._desk = desk
        self.ways: dict[int, Way] = {}
        self.kept: dict[str, Outgoing] = {}
        self.news: list[News] = []
        self.problem: Problem | None = None
        self.can_look = True

    def way(self, mention_id: int) -> Way:
        return self.ways.get(mention_id, Way(Problem("outbox.no_way")))

    def send(self, mention_id: int, text: str, now: float, *, hold: float = 0.0) -> Outgoing | Problem:
        self._desk.calls.append(("outbox.send", mention_id, text, hold))
        if self.problem:
            return self.problem
        reply = f"r{len(self.kept) + 1}"
        self.kept[reply] = Outgoing(reply, mention_id, "w1", text, Wish.SEND, now, now + hold)
        self._desk.drafts.pop(self._place(mention_id), None)
        return self.kept[reply]

    def put(self, mention_id: int, stand: Stand, text: str = "Przepraszamy.", **more: Any) -> str:
        """Have a reply stand so."""
        wish = more.pop("wish", Wish.SEND)
        reply = f"r{len(self.kept) + 1}"
        delivery = Delivery(stand, 1, begun=self._desk.now, at=self._desk.now, **more)
        self.kept[reply] = Outgoing(reply, mention_id, "w1", text, wish, self._desk.now, delivery=delivery)
        return reply

    def cancel(self, reply_id: str, now: float) -> Outgoing | Problem:
        one = self.kept[reply_id]
        if one.stand is Stand.SENT:
            return Problem("outbox.too_late")
        self._desk.drafts[self._place(one.mention_id)] = Draft(self._place(one.mention_id), one.text, now)
        return self._set(reply_id, cancelled_at=now)

    def again(self, reply_id: str, now: float) -> Outgoing | Problem:
        return self._set(reply_id, order=self.kept[reply_id].order + 1)

    def say_there(self, reply_id: str, now: float) -> Outgoing | Problem:
        return self._set(reply_id, said_at=now)

    def list(self, limit: int = 100, *, open_only: bool = False) -> tuple[Any, ...]:
        return ()

    def settle(self, now: float, *, quiet: bool = False) -> tuple[News, ...]:
        self._desk.calls.append(("outbox.settle",))
        news, self.news = tuple(self.news), []
        return news

    def views(self, mention_id: int) -> tuple[ReplyView, ...]:
        """Return what a case shows."""
        replies = [one for one in self.kept.values() if one.mention_id == mention_id]
        return tuple(ReplyView(one, self.can_look) for one in replies if one.stand is not Stand.CANCELLED)

    def _set(self, reply_id: str, **changes: Any) -> Outgoing:
        self.kept[reply_id] = replace(self.kept[reply_id], **changes)
        return self.kept[reply_id]

    def _place(self, mention_id: int) -> int:
        one = self._desk.one(mention_id)
        return one.archived.case_id if one.archived.case_id is not None else -mention_id
