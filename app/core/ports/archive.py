"""The archive's side of the listener: what is known already, and storing what was heard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.core.case import Case
from app.core.correction import Correction
from app.core.identity import Archived, Prints
from app.core.mention import Mention
from app.core.problems import Problem
from app.core.verdict import Kind, Verdict
from app.core.watch import HostState, WatchState


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive knows of one mention, each an id of an archived mention or None.

    `by_key` has the same source key, `by_address` the same normalised address, `by_text` the same text.
    `other_key` is the print to keep the mention under where its own key stands for another one already (then `by_key` is
    what stands under that print), 0 elsewhere. `there` is how `by_key` reads where that is not the same. `by_place` reads
    the same at the same address under another key; with `fuller` it is only the beginning of this one, and `by_key`.
    `text_print` is the print kept for `by_key`, so that an edit shows, or else for `by_address`, 0 where that is proven to be
    somebody else's; `by_another` says that somebody else wrote `by_text`, `text_case` to which case it belongs; `text_not_us` that the owner set it aside as not about the
    shop, as is every mention of that text; `retitled` that it stands under another title there. `said_here` says that the
    same author said it at the same site, or where no author is named nobody did. `said_at` are the prints of the addresses where the author said it at the same site, empty where this is
    one posting with any of them; `text_closed` is when the owner answered `text_case` or put it away. `thread_case` is
    the case of the thread (parent or thread key) the mention belongs to, or of `by_key` itself where it is `there` and was no complaint, `thread_author` and `thread_handle` whose that case
    is, `begins` that it is `by_key` itself that it began with. `thread` is the print by which the thread is known: of the beginning that a mention leads up to by thread key or parent, as far
    as that was heard, 0 for what answers nothing; `begun_case` is the case that the same account or name has opened there. `identity_case` is the newest open case of the same account. `gone` says that `by_key` was noted as deleted.

    Of `by_key` itself: `kind` (None where it was forgotten), `case`, `heard_at`, whether it `rang`. `there` is how it reads
    also where only its stars differ. `in_hand` says that the owner deals with it though it has no case; `settled` that the
    owner has decided since it was heard: answered it, set it aside or said what it is; `judged` that it was not only
    answered, or done without an answer; `closed` that its case is answered, waits for the customer or is otherwise done with
    as the complaint it is. Where it has no case, `thread_case`, `begun_case` and `identity_case` are none that the owner
    has put away since then.
    """

    by_key: int | None = None
    by_address: int | None = None
    by_text: int | None = None
    text_print: int = 0
    by_another: bool = False
    text_case: int | None = None
    text_not_us: bool = False
    thread_case: int | None = None
    thread_author: str = ""
    thread_handle: str = ""
    begins: bool = False
    thread: int = 0
    begun_case: int | None = None
    identity_case: int | None = None
    gone: bool = False
    kind: Kind | None = None
    case: int | None = None
    heard_at: float = 0.0
    rang: bool = False
    in_hand: bool = False
    settled: bool = False
    judged: bool = False
    closed: bool = False
    retitled: bool = False
    said_here: bool = False
    said_at: frozenset[int] = frozenset()
    text_closed: float | None = None
    other_key: int = 0
    there: Archived | None = None
    by_place: int | None = None
    fuller: bool = False


@dataclass(frozen=True, slots=True)
class NewMention:
    """A mention to be stored. `joins_case` is a case to join; `opens_case` asks for a new one, due at `due_at`.

    `opens_as` is a number below zero by which others of the same poll join the new case, 0 for none.
    `rings` asks for the bell; `digests` for the daily digest instead. `ours` marks what the shop itself wrote.
    """

    mention: Mention
    prints: Prints
    verdict: Verdict
    repost_of: int | None = None
    joins_case: int | None = None
    opens_case: bool = False
    opens_as: int = 0
    due_at: float | None = None
    rings: bool = False
    digests: bool = False
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """A known mention whose text changed: the new content replaces the old, the id stays.

    `turned` is what follows where that made a complaint of it, or a worse one of what was answered: as for a new mention. `fuller` says that the old content is
    only the beginning of the new one: nothing was changed, it was heard shortened first. With `same_words` only notes and
    counters changed: the verdict in the archive stays.
    """

    id: int
    mention: Mention
    prints: Prints
    verdict: Verdict
    turned: NewMention | None = None
    fuller: bool = False
    same_words: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """What one poll comes to, decided and ready to be stored in one transaction.

    `source` is the one of its mentions; `gone` are keys of mentions that were deleted there, `back` ids of mentions that
    are there again. Without a `state` it was no poll (entered by hand): no watch has moved on, and no poll is logged.
    """

    watch_id: str
    own: bool
    state: WatchState | None
    started: float
    finished: float
    new: tuple[NewMention, ...] = ()
    edits: tuple[Edit, ...] = ()
    hosts: tuple[HostState, ...] = ()
    problem: Problem | None = None
    source: str = ""
    gone: tuple[str, ...] = ()
    back: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """What was stored for one poll: ids in the order of `Heard.new`, their cases, and which mentions ring.

    Edited ones may ring as well. `gone` counts mentions of which it is news that they were deleted.
    """

    mention_ids: tuple[int, ...]
    case_ids: tuple[int | None, ...]
    ringing: tuple[int, ...]
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What other processes have stored: mentions as (id, watch id, whether it rings), and where watches stand that they polled.

    Of what they edited only what rings is among the mentions, though it has been heard before: `edited` has these ids.
    """

    mentions: tuple[tuple[int, str, bool], ...] = ()
    edited: frozenset[int] = frozenset()
    states: tuple[WatchState, ...] = ()


class ListenerArchive(Protocol):
    """Used by the listener's one writing thread, but for `states`, `hosts` and corrections: any thread may read these."""

    def known(self, mentions: Sequence[Mention], prints: Sequence[Prints]) -> list[Known]:
        """Return what is known of each mention, in order. Two or more mentions of one call may equal each other."""
        ...

    def transaction(self, work: Callable[[], Sequence[Heard]]) -> list[Stored] | Problem:
        """Run `work` (which may call `known`) and store what it returns, all in one write transaction, all or nothing.

        Returns a Problem («stores.disk_full» …) where that failed. Between two `Heard` of one call nothing is stored
        yet, so `work` itself knows what it decided before.
        """
        ...

    def states(self) -> dict[str, WatchState]:
        """Return where every watch stands."""
        ...

    def elsewhere(self) -> Elsewhere:
        """Return what other processes stored since the last call; the first call returns nothing.

        For the writing thread only. It costs next to nothing where they stored nothing. Of very many mentions the newest.
        """
        ...

    def hosts(self) -> tuple[HostState, ...]: ...

    def put_hosts(self, states: Sequence[HostState]) -> None:
        """Keep what a watch test learnt of hosts, on any thread; nobody is left alone for shorter because of it."""
        ...

    def corrections(self) -> tuple[Correction, ...]:
        """Return what the owner said of texts, oldest first."""
        ...

    def corrections_mark(self) -> object:
        """Return a value that changes whenever the corrections do."""
        ...

    def open_cases(self) -> tuple[Case, ...]:
        """Return cases whose first answer is still due, for a new reckoning of their targets."""
        ...

    def set_due(self, due: Sequence[tuple[int, float | None]]) -> None:
        """Replace when cases are due: (case id, Unix seconds or None)."""
        ...

    def drop_watch(self, watch_id: str) -> None:
        """Forget where a removed watch stands; what it heard stays."""
        ...

    def close(self) -> None:
        """Close this thread's connection."""
        ...
