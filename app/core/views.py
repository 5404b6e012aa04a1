"""What the screens show, as whole rows: made by the desk, shown by ui and cli."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.core.bands import Band
from app.core.by_hand import is_said_in_private
from app.core.case import CaseState, Satisfaction
from app.core.customer import Contact, Customer, Draft
from app.core.mention import ArchivedMention
from app.core.outbox import Outgoing
from app.core.playbook import Plan
from app.core.problems import Problem
from app.core.verdict import Cause, Kind, Severity
from app.core.watch import Watch, WatchState


class Folder(StrEnum):
    """The lists of the left column."""

    COMPLAINTS = "complaints"
    QUESTIONS = "questions"
    PRAISE = "praise"
    LEADS = "leads"
    EVERYTHING = "everything"
    SNOOZED = "snoozed"


def _is_aside(snoozed_until: float | None, state: CaseState, now: float) -> bool:
    if not snoozed_until or state.is_over:
        return False
    return snoozed_until > now or not state.is_open


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One row of the middle column. In EVERYTHING and in a search a row is a mention; elsewhere a case by its first one.

    `excerpt` is at most 200 characters on one line. `kind` is the owner's correction, or else the detector's. `places`
    counts where this very text stands, `mentions` those of the case, whoever wrote them. `level` is what the bell goes by. `due_at` is None where nothing is due (any more),
    `snoozed_until` where no snooze was chosen, `satisfaction` where no mark was given, `back_at` where no bell brought the
    case back or it was settled since, `turned_at` where no edit that the bell tells of made a complaint of it, or a worse one.
    """

    mention_id: int
    case_id: int | None
    kind: Kind
    score: float
    severity: Severity
    author: str
    source: str
    site: str
    title: str
    excerpt: str
    stars: float | None
    own: bool
    published: float
    heard_at: float
    due_at: float | None
    state: CaseState
    places: int
    watch_id: str
    cause: Cause | None = None
    level: float = 0.0
    snoozed_until: float | None = None
    satisfaction: Satisfaction | None = None
    back_at: float | None = None
    turned_at: float | None = None
    mentions: int = 1

    @property
    def news_at(self) -> float:
        """Return when there was news of it: when it was heard, or edited into a complaint or a worse one."""
        return self.heard_at if self.turned_at is None else max(self.heard_at, self.turned_at)

    def is_aside(self, now: float) -> bool:
        """Say whether the case is put aside: of one that was answered also while the end of its snooze was not told yet."""
        return _is_aside(self.snoozed_until, self.state, now)


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list from `offset`, and how many the whole list has."""

    rows: tuple[InboxRow, ...]
    offset: int
    total: int


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of a customer's story, in order of time: a mention elsewhere in the archive, a contact, or a reply.

    Only a reply on its way is one of its own; once it is there, it is a contact. `row` is that of a mention, as it stands now.
    """

    at: float
    contact: Contact | None = None
    mention: ArchivedMention | None = None
    reply: Outgoing | None = None
    row: InboxRow | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """Whether a reply can be sent from here. `problem` says why not, `limit` how many characters it may have, or None.

    With `in_private` only the customer reads it.
    """

    problem: Problem | None = None
    limit: int | None = None
    in_private: bool = False


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A reply as its case shows it; `can_look` says whether its source can tell by itself if it stands there."""

    outgoing: Outgoing
    can_look: bool


@dataclass(frozen=True, slots=True)
class News:
    """A reply of which there is news, and the mention it answers."""

    outgoing: Outgoing
    mention: ArchivedMention


@dataclass(frozen=True, slots=True)
class CaseView:
    """All that the right column shows. `case_id` is None for a mention without a case (neutral).

    `mentions` are those of the case, oldest first, `mention` among them. `history` is the customer's, without them.
    `times` says the how-manieth time this customer writes; it is not counted of a paper or its news desk (1). `reply_limit` is the place's limit in characters, or None.
    `replies` are those sent off or posted by hand, oldest first. `begun` is a contact not logged yet: its text, and in
    `audience` how it went. `snoozed_until` may be over. `language` is that of the mention, «» where nobody knows it.
    `proposals` are the replies that could be given, by audience («public», «private»): nothing the owner has said yet.
    `satisfaction` is the mark of a resolved case, None where none was given. `plans` are those of the owner's that fit, the
    one that comes first being first. `back_at` is when a bell brought the case back, None where it was settled since.
    `news_at` is that of the case's row (Unix seconds). `answers` is what the mention answers, where that was heard and stands
    in another case, or in none.
    """

    mention: ArchivedMention
    mentions: tuple[ArchivedMention, ...]
    case_id: int | None
    kind: Kind
    state: CaseState
    due_at: float | None
    answered_at: float | None
    customer: Customer | None
    history: tuple[HistoryEntry, ...]
    times: int
    draft: Draft | None
    reply_limit: int | None
    watch_name: str
    cause: Cause | None = None
    replies: tuple[ReplyView, ...] = ()
    begun: Draft | None = None
    snoozed_until: float | None = None
    language: str = ""
    proposals: Mapping[str, str] = field(default_factory=dict)
    satisfaction: Satisfaction | None = None
    plans: tuple[Plan, ...] = ()
    back_at: float | None = None
    news_at: float = 0.0
    answers: ArchivedMention | None = None

    def is_aside(self, now: float) -> bool:
        """Say whether the case is put aside, as its row does."""
        return _is_aside(self.snoozed_until, self.state, now)

    @property
    def usual_audience(self) -> str:
        """For whom a reply is unless the owner says otherwise: what was said in private is answered so."""
        return "private" if is_said_in_private(self.mention.mention) else "public"

    def reads_as(self, later: CaseView | None) -> bool:
        """Say whether a later reading of this case shows the same, apart from what is being typed."""
        return later is not None and replace(later, draft=self.draft, begun=self.begun) == self


@dataclass(frozen=True, slots=True)
class WatchView:
    """A line of the watches page: the watch, where it stands, its source's name, and whether it is unusually silent.

    `lasts` says that it fails for good or for long: its owner has to be told. `twin` is the name of the watch that hears the
    same at the place to which this one's address leads by now, «» for none.
    """

    watch: Watch
    state: WatchState | None
    source_title: str
    silent: bool = False
    lasts: bool = False
    twin: str = ""

    @property
    def led(self) -> Problem | None:
        """Return what is to be told of a watch with a twin."""
        return Problem("desk.watch_led", {"name": self.watch.name, "other": self.twin}) if self.twin else None


@dataclass(frozen=True, slots=True)
class TrialMention:
    """One mention a watch test found: what it is and whether it counts as being about the shop."""

    title: str
    text: str
    author: str
    url: str
    published: float | None
    about_us: bool
    kind: Kind
    score: float


@dataclass(frozen=True, slots=True)
class Choice:
    """A watch that an address could have meant: a list on a page, a feed it links to.

    `name` is what the place calls it; `count` is how many entries it has (0 where nobody knows yet), `examples` how the
    first of them begin.
    """

    watch: Watch
    name: str
    count: int = 0
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """What a watch test found. With `problem` set and `found` a watch, the address given leads to that watch instead.

    `choices` are all watches it could lead to, the likeliest first; `found` is the first of them, where that answers.
    `secrets` are those given to the test that the place renewed meanwhile; `moved` says where addresses have moved for good.
    """

    watch: Watch
    title: str
    mentions: tuple[TrialMention, ...]
    problem: Problem | None = None
    found: Watch | None = None
    choices: tuple[Choice, ...] = ()
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    moved: Mapping[str, str] = field(default_factory=dict)


class Doubt(StrEnum):
    """Why something found may not be what the owner means, «» for no reason.

    NAME: a place that only has the shop's name. LIST: a list on a page, of anything. BROAD: a search for one word anywhere.
    """

    NONE = ""
    NAME = "name"
    LIST = "list"
    BROAD = "broad"


@dataclass(frozen=True, slots=True)
class Found:
    """A watch found for what an owner has in hand: ready to be tried and kept but for its id.

    `source_title` is the msgid by which people know its source. Of several the one with the lowest `rank` is the likeliest.
    """

    watch: Watch
    source_title: str
    rank: tuple[int, ...] = ()
    doubt: Doubt = Doubt.NONE


@dataclass(frozen=True, slots=True)
class Missed:
    """A source that could not be asked for watches, and why; its title is «» for what keeps every source from it.

    Where `is_watched` it could, and found a place that has a watch already.
    """

    source_title: str
    problem: Problem

    @property
    def is_watched(self) -> bool:
        """Whether nothing is wrong, but that this place has a watch already."""
        return self.problem.code == "listen.find_watched"


@dataclass(frozen=True, slots=True)
class Alert:
    """One notification to show: the rows it is about, the most urgent first; `rows[0]` opens on a click.

    `summary` marks what came during quiet hours or while the laptop was off, `digest` the daily one of what may be
    complaints and did not ring, `back` cases whose snooze is over; `total` counts all it stands for.
    """

    key: str
    rows: tuple[InboxRow, ...]
    total: int
    summary: bool = False
    digest: bool = False
    back: bool = False


@dataclass(frozen=True, slots=True)
class Hits:
    """Of the newest `judged` rings that the owner dealt with, `right` were complaints."""

    right: int
    judged: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What each band would have held: how many mentions, and the newest of them as examples."""

    counts: Mapping[Band, int]
    examples: Mapping[Band, tuple[InboxRow, ...]]


@dataclass(frozen=True, slots=True)
class WatchTurn:
    """What one poll of a watch came to, for the command line: the new mentions, and why it failed if it did.

    `problem` may be a wait or being offline, which are nobody's failure (see Problem).
    """

    watch: Watch
    new: tuple[ArchivedMention, ...]
    problem: Problem | None
