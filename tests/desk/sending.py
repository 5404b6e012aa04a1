"""A shop whose place takes replies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

from fakes.counter import Counter
from fakes.profile import profile_in
from fakes.replies import Board, LookingSource, ReplySource

from app.core.case import CaseState
from app.core.customer import Contact, Direction
from app.core.outbox import Outgoing, Stand
from app.listen.keys import Keys
from app.listen.postman import Postman

AWFUL = "The bread was awful and nobody answers."
SORRY = "We are sorry and bake anew."


class Sending(Counter):
    """A shop whose place takes replies."""

    def __init__(self, profile, source: ReplySource) -> None:  # type: ignore[no-untyped-def]
        profile.source = source
        super().__init__(profile)
        self.source = source
        self.board = Board(profile.web)
        self.mention_id = self.say("Anna @anna", AWFUL)

    def deliver(self, *polled: str) -> None:
        """Have a listener do one round."""
        postman = Postman(self.profile.parts, Keys(self.profile.secrets), lambda _: nullcontext(True), print, print)
        postman.tend(polled)
        postman.close()

    def send(self, text: str = SORRY, hold: float = 0.0) -> Outgoing:
        sent = self.desk.outbox.send(self.mention_id, text, self.profile.clock(), hold=hold)
        assert isinstance(sent, Outgoing), sent
        return sent

    def settle(self) -> list[Stand]:
        return [one.outgoing.stand for one in self.desk.outbox.settle(self.profile.clock())]

    @property
    def answers(self) -> tuple[Contact, ...]:
        """What stands in the contact log from us."""
        return tuple(c for _, c in self.desk.customers.contacts() if c.direction is Direction.OUT)

    @property
    def state(self) -> CaseState:
        view = self.desk.inbox.open(self.mention_id)
        assert view
        return view.state


@contextmanager
def sending_in(folder: Path) -> Iterator[Sending]:
    """Give such a shop, whose place can be looked at as well, and close it."""
    with profile_in(folder) as profile, closing(Sending(profile, LookingSource())) as made:
        yield made
