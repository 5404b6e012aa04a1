"""What a source can do with the shop's reply: post it, and see whether it stands. Abilities beside listening, detected."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from app.core.mention import Mention
from app.core.ports.mail import MailAnswer, MailRequest, Posted, PostRequest
from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.core.watch import Watch


@dataclass(frozen=True, slots=True)
class Answer:
    """One reply of the shop to one mention, as a source is given it. `now` and `begun` are Unix seconds.

    `id` is the reply's own, the same at every try. `begun` is when it was first sent or posted by hand. `where` is the
    key or address the source gave for it once (see `Standing`), «» while that is not known; `taken` is when the place took
    it the last time (Unix seconds), 0.0 while that is not known.
    """

    id: str
    text: str
    mention: Mention
    watch: Watch
    now: float
    begun: float
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    where: str = ""
    taken: float = 0.0


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of sending. Without `problem` the place has taken it; `where` is its key or address there.

    `secrets` are new values of secrets the place renewed, to be kept in the keyring. With `problem` it was refused and
    does not stand there. (Where the connection broke nobody knows: the source is not asked, the reply is «unknown».)
    `beside` is what went wrong beside the reply that was taken all the same (see `core.outbox.BESIDE`).
    """

    where: str = ""
    problem: Problem | None = None
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    beside: Problem | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a look under a mention found: our reply (`where`, its key or address; `at`, Unix seconds) or not.

    With `problem` the look said nothing either way. `gone` says that the mention itself is no longer there, `refused` why
    the place gave the reply back after it had taken it.
    """

    stands: bool = False
    where: str = ""
    at: float | None = None
    gone: bool = False
    refused: Problem | None = None
    problem: Problem | None = None
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


SendSteps = Generator[Request | PostRequest, Response | Posted, Sent]
"""Yields the requests that post a reply; what changes nothing (a log-in, a look) may come first.

As with a poll, a request that came to nothing is raised at the `yield` as `ProblemError`; see `Steps`.
"""

LookSteps = Generator[Request | MailRequest, Response | MailAnswer, Standing]
"""Yields the requests of a look; it changes nothing."""


@runtime_checkable
class Answering(Protocol):
    """A source that can post a reply where the place allows it.

    One whose replies only the customer reads (letters) has `answers_in_private = True` besides.
    """

    def why_no_answer(self, watch: Watch, mention: Mention, secrets: Mapping[str, str]) -> Problem | None:
        """Return why a reply to this mention cannot be sent from here, or None where it can; without any network."""
        ...

    def longest_answer(self, watch: Watch, mention: Mention) -> int | None:
        """Return how many characters a reply may have there, or None for no limit worth a word."""
        ...

    def answer(self, answer: Answer) -> SendSteps:
        """Return the steps that post the reply, once."""
        ...


@runtime_checkable
class Seeing(Protocol):
    """A source that can tell whether the shop's reply stands under a mention, however it came there."""

    def look(self, answer: Answer) -> LookSteps:
        """Return the steps of a look, few and polite."""
        ...


@runtime_checkable
class Ourselves(Protocol):
    """A source that can tell the shop's own accounts in its place, so that what the shop writes there is known as its own."""

    def own_accounts(self, watch: Watch) -> tuple[str, ...]:
        """Return the accounts, written as in `Mention.handle`, as far as the settings tell; without any network."""
        ...
