"""A shop whose complaint is answered, with a board for the replies, and a postman to take them there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from fakes.profile import Profile
from fakes.replies import Board, ReplySource, write_off

from app.core.outbox import Outgoing
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.listen.keys import Keys
from app.listen.listening import Listening
from app.listen.postman import Postman, Turns

AWFUL = "1; Anna @anna; The bread was awful and nobody answers the phone."
SORRY = "We are sorry and bake anew."


class Shop:
    """A profile whose one watch heard a complaint, and the board where replies go."""

    def __init__(self, profile: Profile, source: ReplySource) -> None:
        self.profile, self.source = profile, source
        profile.source = source
        self.board = Board(profile.web)
        self.watch = profile.watch("a", AWFUL)
        self.tray = profile.archive.out_tray()
        self.told: list[object] = []
        self.failing: list[Problem] = []
        self.mention_id = self.hear()[0]

    def hear(self, page: str = AWFUL) -> tuple[int, ...]:
        self.profile.web.pages["https://a.example/feed"] = page
        listening = Listening(self.profile.parts)
        listening.meet((self.watch,))
        try:
            turn = listening.take_turn(self.watch, Preferences(shop_name="Bakery"))
        finally:
            listening.close()
        assert turn.recorded
        return turn.recorded.stored.mention_ids

    @contextmanager
    def postman(self, turns: Turns = lambda _watch: nullcontext(True)) -> Iterator[Postman]:
        """Be a process that sends."""
        parts = self.profile.parts
        made = Postman(parts, Keys(self.profile.secrets), turns, self.told.append, self.failing.append)
        try:
            yield made
        finally:
            made.close()

    def tend(self, *polled: str) -> float | None:
        """Be such a process for one round."""
        with self.postman() as postman:
            return postman.tend(polled)

    def write(self, text: str = SORRY, **more: object) -> str:
        return write_off(self.tray, self.mention_id, self.profile.clock(), text, **more)

    def of(self, reply: str) -> Outgoing:
        found = self.tray.get(reply)
        assert found
        return found

    def later(self, seconds: float) -> None:
        self.profile.clock.shift += seconds
