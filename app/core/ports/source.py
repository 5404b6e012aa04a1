"""A source: a kind of place and how it is read. It never touches the network, the clock or a store."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from app.core.mention import Mention
from app.core.ports.mail import MailAnswer, MailRequest
from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.core.verdict import Among
from app.core.watch import Watch, WatchKind


def msgid(text: str) -> str:
    """Mark a text of a source (its title, a label, a hint) for translation; the faces translate it when shown."""
    return text


SECRET_KINDS = frozenset({"secret", "secret_text", "session"})


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing the owner fills in; `label` is an English msgid.

    `kind` is «url», «text», «number», «choice», or one of the secrets: «secret» is a line that is typed, «secret_text»
    a file that is pasted or chosen (a private key), «session» what signing in brings and nobody types. With `only_with`,
    the name of a choice and one of its values, it counts and is asked for only while that is chosen.
    """

    name: str
    label: str
    kind: str = "text"
    required: bool = True
    hint: str = ""
    choices: tuple[str, ...] = ()
    only_with: tuple[str, str] | None = None

    @property
    def is_secret(self) -> bool:
        """Say whether the value is kept in the keyring and nowhere else."""
        return self.kind in SECRET_KINDS


LASTING = "~"
"""What names in a bookmark begin with that outlast a change of the watch, though everything else is read anew then."""


@dataclass(frozen=True, slots=True)
class Poll:
    """What a source is told for one poll. `secrets` come from the keyring; `now` is Unix seconds; `first` at the first.

    What was told in the poll that `bookmark` comes from is stored: what still reads the same may be left out.
    """

    watch: Watch
    now: float
    bookmark: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    first: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A watch the owner could have meant: the source's settings for it, and the name it gives itself.

    `required` are words that mentions there must hold, as in a watch; `kind` is None where the source has only one.
    Of a list on a page `count` says how many entries it has, `examples` how the first of them begin.
    """

    source: str
    name: str
    settings: Mapping[str, str]
    required: tuple[str, ...] = ()
    kind: WatchKind | None = None
    count: int = 0
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one poll brought. With `problem` set the mentions read before it still count, and the bookmark unless it is empty.

    `wait` is how many seconds the source itself asks for until the next poll (RSS ttl and the like), 0.0 for nothing.
    `title` is the place's own name. `suggestions` say what the owner could have meant instead. `gone` are the keys of
    mentions the place says were deleted. `secrets` are new values of secrets the place renewed, to be kept in the keyring
    under the names of the source's own secret settings. `more` says that the place holds more that may be asked for only
    once this is stored: the next poll comes soon, whatever the interval. `cut` says that an answer broke off in its middle:
    the next poll asks for it whole, whether or not it has changed.
    """

    mentions: tuple[Mention, ...] = ()
    bookmark: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0
    title: str = ""
    problem: Problem | None = None
    suggestions: tuple[Suggestion, ...] = ()
    gone: tuple[str, ...] = ()
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    more: bool = False
    cut: bool = False


Steps = Generator[Request, Response, Reading]
"""Yields requests, is sent the responses (statuses below 400, and those a request names in `errors`), returns the reading.

The Problem of a request that came to nothing is raised at the `yield` as `ProblemError`, and the poll ends with it. A source
catches it only where something would be lost: it may go on then, and returns the secret it has renewed, the mentions it
has read and its bookmark. The reading gets the first such Problem, unless it has one of its own.
"""

MailSteps = Generator[MailRequest, MailAnswer, Reading]
"""The same for a source that reads a mailbox."""


class Source(Protocol):
    """A source. `shortest_interval` is its shortest polite interval in seconds; `help_page` a page under docs/sources.

    One that reads nothing but what is the owner's own (their mailbox, their account) has `own_by_nature = True` besides,
    one that searches what newspapers write `reads_news = True`.
    """

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def kinds(self) -> tuple[WatchKind, ...]: ...
    @property
    def settings(self) -> tuple[Setting, ...]: ...
    @property
    def shortest_interval(self) -> int: ...
    @property
    def help_page(self) -> str: ...

    def poll(self, poll: Poll) -> Steps | MailSteps:
        """Return the steps of one poll."""
        ...

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with settings as typed, without any network, or None."""
        ...

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        """Return settings as they will be kept: trimmed, an address completed with its scheme."""
        ...

    def place(self, settings: Mapping[str, str]) -> str:
        """Return a text that is equal for settings that read the same place: the guard against duplicate watches."""
        ...


def among_of(source: Source | None, *, own: bool) -> Among:
    """Return what mentions stand among that come from a source, or from the shop's `own` channel there."""
    if getattr(source, "reads_news", False):
        return Among.NEWS
    return Among.OWN if own else Among.ANYTHING


class Sources(Protocol):
    """All sources of this installation; each costs time and memory only once it is asked for. Thread-safe."""

    def all(self) -> tuple[Source, ...]:
        """Return every source, the commonest first; slow the first time."""
        ...

    def known(self) -> tuple[Source, ...]:
        """Return the sources asked for so far, in no order; never slow."""
        ...

    def get(self, source_id: str) -> Source | None:
        """Return one source, or None where this installation has none of that id."""
        ...

    def page(self, name: str, language: str) -> str:
        """Return the page under docs/sources with this name (a `help_page`) as Markdown, «» where there is none.

        It is in `language` (two letters), or in English where it has no translation.
        """
        ...
