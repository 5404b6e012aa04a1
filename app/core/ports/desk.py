"""The desk, as window and command line see it. Every call reads or writes files: never on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from app.core.case import CaseState, Satisfaction
from app.core.correction import Correction
from app.core.coverage import CoveredHour
from app.core.customer import Channel, Contact, Customer, Direction, Draft
from app.core.mention import ArchivedMention
from app.core.merging import Merged
from app.core.outbox import Awaited, Outgoing
from app.core.person import PersonRecord, Telling
from app.core.ports.by_hand import ByHand
from app.core.ports.find import InHand
from app.core.ports.signin import SignedIn, SignInCode, SignInPause
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.reply import SavedReply
from app.core.report_table import ReportTable
from app.core.verdict import Kind
from app.core.views import (
    Alert,
    CaseView,
    Folder,
    Found,
    HistoryEntry,
    Hits,
    InboxRow,
    Missed,
    News,
    Page,
    Preview,
    Trial,
    WatchView,
    Way,
)
from app.core.watch import Watch


class Inbox(Protocol):
    """What was heard and where it stands."""

    def counts(self, now: float) -> Mapping[Folder, int]:
        """Return how many open rows each folder has (EVERYTHING: all mentions)."""
        ...

    def page(self, folder: Folder, search: str, offset: int, limit: int, now: float) -> Page:
        """Return rows of a folder, most urgent first (EVERYTHING and a search: newest first)."""
        ...

    def row(self, mention_id: int) -> InboxRow | None:
        """Return the row by which a mention's case stands in the lists."""
        ...

    def open(self, mention_id: int) -> CaseView | None: ...
    def mention(self, mention_id: int) -> ArchivedMention | None: ...

    def next_due(self, now: float) -> InboxRow | None:
        """Return the open row whose target ends first."""
        ...

    def overdue(self, now: float) -> frozenset[Folder]:
        """Return the folders of kinds in which the target of an open row is over."""
        ...


class Cases(Protocol):
    """What the owner decides about a mention's case; each call opens a case for a mention that has none.

    A corrected verdict and «not about us» are remembered as corrections, see Learning; taking them back removes these.
    """

    def set_state(self, mention_id: int, state: CaseState, now: float) -> int | Problem:
        """Set where a case stands, which ends its snooze; returns the case id."""
        ...

    def set_kind(self, mention_id: int, kind: Kind | None, now: float) -> int | Problem:
        """Correct the verdict; None takes the correction back. What is no case any more is not snoozed either."""
        ...

    def snooze(self, mention_id: int, until: float | None, now: float) -> int | Problem:
        """Put a case aside until then (Unix seconds), None ends that. Problem: «desk.case_over» where nobody waits for anything."""
        ...

    def set_satisfaction(self, mention_id: int, satisfaction: Satisfaction | None, now: float) -> int | Problem:
        """Mark how content the customer of a resolved case was in the end; None takes the mark back.

        A case that is opened again loses its mark. Problem: «desk.not_resolved».
        """
        ...

    def undo(self) -> int | None:
        """Take back the newest change of a case made since the start; returns the case id, or None.

        Raises ProblemError where that failed; it can be tried again then.
        """
        ...

    def block_author(self, mention_id: int, now: float) -> int | Problem:
        """Hear nothing more of who wrote a mention, whose case is closed as «not about us»: nothing is learnt from it.

        With it are closed all cases that they alone wrote to and nobody has begun on; returns how many. One undo takes all back.
        """
        ...

    def block_site(self, mention_id: int, now: float) -> int | Problem:
        """Hear nothing more from where a mention stands, whose case is closed; other cases stay. Returns 0."""
        ...


class Learning(Protocol):
    """What the detector of this laptop learns from the owner, and how loud the bell is set by it."""

    def corrections(self) -> tuple[Correction, ...]:
        """Return what the owner said of texts, oldest first."""
        ...

    def undo_last(self) -> Correction | Problem | None:
        """Unlearn the newest correction and return it, None where there is none; its case stays as it is."""
        ...

    def remove(self, correction_id: int) -> Correction | Problem: ...
    def reset(self) -> tuple[Correction, ...] | Problem:
        """Unlearn everything; returns what `restore` takes to have it back."""
        ...

    def restore(self, corrections: Sequence[Correction]) -> Problem | None: ...
    def export(self) -> str:
        """Return the corrections as JSON lines, oldest first; nobody is named in them."""
        ...

    def save(self, path: Path) -> int | Problem:
        """Write what `export` returns into a file, whole or not at all; returns how many corrections it holds."""
        ...

    def import_(self, text: str) -> int | Problem:
        """Learn exported corrections of texts not corrected yet; returns how many. Nothing where a line is none."""
        ...

    def hits(self, limit: int = 20) -> Hits:
        """Return how many of the newest rings that the owner dealt with were complaints."""
        ...

    def preview(self, ring_at: float, since: float, examples: int = 5) -> Preview:
        """Return what would have rung of all heard since then, by the scores in the archive."""
        ...

    def suggested_ring_at(self) -> float | None:
        """Return from which probability on nine rings of ten are right, None below 50 corrections."""
        ...

    def ring_automatically(self) -> Problem | None:
        """Leave the bell's threshold to the corrections again, after the owner had set it (`ring_at_by_owner`)."""
        ...


class Replies(Protocol):
    """Writing answers."""

    def save_draft(
        self,
        mention_id: int,
        text: str,
        audience: str,
        now: float,
        *,
        contact: bool = False,
        copied_at: float | None = None,
    ) -> Draft | Problem:
        """Keep a draft; on the disk when this returns. Makes the customer's card where there is none.

        With `contact` it is that of a contact about to be logged, kept beside the reply's; its `audience` says how it went.
        `copied_at` is when this text was copied to be pasted where it is given.
        """
        ...

    def prepared(self, mention_id: int, reply: SavedReply, audience: str = "public") -> str:
        """Return a saved reply with the blanks filled that are known: {name}, {full name}, {shop}, {town}, {signature}.

        Where the shop has no signature yet, a line of nothing else is left out. Only a «private» `audience` is spoken
        to by the name on their card.
        """
        ...

    def mark_answered(self, mention_id: int, text: str, channel: Channel, now: float) -> Contact | Problem:
        """Log the answer with the customer, mark the case as answered and take the draft away.

        An answer without text is not logged: the contact returned stands nowhere then.
        """
        ...

    def unlog(self, contact: Contact, audience: str, now: float) -> Problem | None:
        """Take a contact logged for a mention out of the log; its draft is there again unless another was begun since.

        With a mention that is forgotten meanwhile, the contact is gone already.
        """
        ...

    def saved(self) -> tuple[SavedReply, ...]: ...
    def put_saved(self, *replies: SavedReply) -> Problem | None:
        """Keep saved replies, all or none of them."""
        ...

    def remove_saved(self, reply_id: str) -> Problem | None: ...


class Outbox(Protocol):
    """Replies sent from here, and what became of them and of those posted by hand."""

    def way(self, mention_id: int) -> Way:
        """Return whether and how a reply to a mention can be sent from here; asks the keyring, which may take its time."""
        ...

    def send(self, mention_id: int, text: str, now: float, *, hold: float = 0.0) -> Outgoing | Problem:
        """Write a reply off, to be sent after `hold` seconds; on the disk when this returns. Its draft is taken away."""
        ...

    def cancel(self, reply_id: str, now: float) -> Outgoing | Problem:
        """Take back a reply that was not sent yet, or could not be; its text is a draft again where there is none."""
        ...

    def again(self, reply_id: str, now: float) -> Outgoing | Problem:
        """Send a reply once more that failed, or of which nobody knows whether it is there."""
        ...

    def say_there(self, reply_id: str, now: float) -> Outgoing | Problem:
        """Take the owner's word that such a reply stands there."""
        ...

    def list(self, limit: int = 100, *, open_only: bool = False) -> tuple[Awaited, ...]:
        """Return the newest replies, newest first; with `open_only` those not at rest."""
        ...

    def settle(self, now: float, *, quiet: bool = False) -> tuple[News, ...]:
        """Log what was delivered, mark its cases as answered, and return what is news; nothing is returned twice.

        With `quiet` what the owner has to decide about is left to be told by the next one that is not.
        """
        ...


class Customers(Protocol):
    """Cards and the contact log."""

    def search(self, words: str) -> tuple[Customer, ...]: ...
    def get(self, customer_id: str) -> Customer | None: ...
    def named(self, text: str) -> tuple[tuple[Customer, ...], tuple[Customer, ...]]:
        """Return who is surely called so, and who perhaps.

        Surely: by id, whole name, account or phone number, blind to case, diacritics and the order of words. Perhaps:
        where each word begins a word of their name or account, and who is `unread` and may have it; nobody by a number
        or where somebody surely is. Notes and contacts never count.
        """
        ...

    def writers(self, text: str) -> tuple[ArchivedMention, ...]:
        """Return the newest mention of each person who writes under this very name, or the one with this number."""
        ...

    def whoever_wrote(self, mention: ArchivedMention) -> Customer:
        """Return the card of whoever wrote a mention, or where there is none what it would be, with an empty id."""
        ...

    def card_for(self, mention: ArchivedMention, now: float) -> Customer | Problem:
        """Return the card of whoever wrote a mention, made now where there is none."""
        ...

    def history_of(self, customer: Customer) -> tuple[HistoryEntry, ...]:
        """Return the same as `history` of a customer who may have no card."""
        ...

    def history(self, customer_id: str) -> tuple[HistoryEntry, ...]:
        """Return contacts and mentions of a customer, oldest first."""
        ...

    def create(self, name: str, now: float) -> Customer | Problem: ...
    def set_note(self, customer_id: str, note: str) -> Customer | Problem: ...
    def rename(self, customer_id: str, name: str) -> Customer | Problem: ...
    def log(
        self, customer_id: str, direction: Direction, channel: Channel, text: str, at: float, who: str = ""
    ) -> Contact | Problem: ...
    def log_for(
        self, mention_id: int, direction: Direction, channel: Channel, text: str, at: float, who: str = ""
    ) -> Contact | Problem:
        """Log a contact with whoever wrote a mention, making the card where there is none."""
        ...

    def save_begun(self, customer_id: str, text: str, how: str, now: float) -> Draft | Problem:
        """Keep what is typed of a contact on a card, and how it went; an empty text removes it."""
        ...

    def unlog(self, customer_id: str, contact: Contact, how: str, now: float) -> Problem | None:
        """Take a contact logged on a card back out of the log; its text is what is typed there again."""
        ...

    def contacts(self) -> tuple[tuple[Customer, Contact], ...]: ...
    def record(self, customer_id: str) -> PersonRecord | Problem:
        """Return all that is known of a person."""
        ...

    def export(self, customer_id: str, path: Path, tell: Telling) -> Problem | None:
        """Write all that is known of a person into a file, as `tell` tells it, or nothing."""
        ...

    def merge(self, customer_id: str, other_id: str) -> Merged | Problem:
        """Put all of another card of the same person on a card; the other card ends, its id leads to this one."""
        ...

    def part(self, done: Merged) -> Problem | None:
        """Take a merge back: both cards are as they were, with what came to them since."""
        ...

    def forget(self, customer_id: str) -> Problem | None:
        """Remove the card, its log, drafts and the person's mentions."""
        ...


class Watches(Protocol):
    """Adding, changing and trying watches."""

    def list(self) -> tuple[WatchView, ...]: ...
    def get(self, text: str) -> Watch | None:
        """Return the watch with this id or, blind to case, this name."""
        ...

    def check(self, watch: Watch) -> Problem | None:
        """Return what is wrong with a watch as typed (a wrong address, a duplicate, too short an interval), or None."""
        ...

    def tidy(self, watch: Watch) -> Watch:
        """Return the watch as it will be kept: id given, texts trimmed, address completed, interval polite."""
        ...

    def test(self, watch: Watch, secrets: Mapping[str, str] | None = None) -> Trial:
        """Fetch once and return what the watch would have heard; nothing is stored."""
        ...

    def sign_in(
        self, watch: Watch, secrets: Mapping[str, str] | None = None
    ) -> Iterator[SignInCode | SignInPause | SignedIn]:
        """Yield the code to show, then pauses to let pass before the next value is asked for, and how it ended at last.

        Each value takes one request at most. Nothing is stored: what `SignedIn` brings is to be given to `save`.
        """
        ...

    def keep_secrets_in_file(self) -> Problem | None:
        """Take the owner's consent to keep secrets in a file of the profile where there is no keyring."""
        ...

    def find(
        self,
        hands: Sequence[InHand],
        tell: Callable[[Found | Missed], None],
        *,
        own: bool = True,
        allow_private: bool = False,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """Look what could be listened to with what an owner has in hand; each find is told as it comes, in this thread.

        What is watched already is left out. `own` marks the places found (never searches) as the shop's own channels. With
        `allow_private` hosts that were typed are asked inside the owner's own network, too.
        Returns after half a minute at the latest, or soon after `stopped`; nothing is stored.
        """
        ...

    def save(self, watch: Watch, secrets: Mapping[str, str] | None = None) -> Watch | Problem:
        """Check, tidy and keep a new or changed watch; secrets go to the keyring."""
        ...

    def remove(self, watch_id: str) -> Problem | None: ...
    def coverage(self, now: float) -> tuple[CoveredHour, ...]:
        """Return the hours of the last seven days, oldest first, the current one last."""
        ...


class Bells(Protocol):
    """Decides what is shown as a notification, and remembers that it was."""

    def ring(self, mention_ids: Sequence[int], now: float) -> Alert | None:
        """Return the one notification for newly heard mentions, or None (rung before, quiet hours, nothing open).

        What is returned is remembered on the disk first, so that no restart rings it twice.
        """
        ...

    def catch_up(self, now: float) -> Alert | None:
        """Return the summary of what came in quiet hours or while no window ran, once it is due; else None."""
        ...

    def bring_back(self, now: float) -> None:
        """Open the settled cases again in which there is news to ring for; nobody hears a bell, so it is still to ring.

        For the command line, which has no bells: what it heard stands in its lists all the same.
        """
        ...

    def digest(self, now: float) -> Alert | None:
        """Return the daily digest of what may be complaints and did not ring, once it is due; else None.

        It comes once a day, from nine or the opening on, and holds what was heard until then.
        """
        ...

    def back(self, now: float) -> Alert | None:
        """Return the one notification for cases whose snooze is over, or None (none, quiet hours).

        They are open again, in work where they were answered or waited for the customer: on the disk first.
        """
        ...

    def hush(self, until: float) -> None:
        """Stay quiet until then (Unix seconds), or no longer where that is past; what comes meanwhile is in the summary."""
        ...

    def quiet_until(self, now: float) -> float:
        """Return when the bell may ring again (Unix seconds), hushed or in quiet hours; `now` where it may already."""
        ...


class Reports(Protocol):
    """The reports of this installation."""

    def ids(self) -> tuple[str, ...]: ...
    def run(self, report_id: str, since: float, until: float) -> ReportTable | None: ...
    def save(self, path: Path, content: bytes) -> Problem | None:
        """Write a report into a file, whole or not at all."""
        ...


class HandOver(Protocol):
    """Ways to pass a case on."""

    def targets(self) -> tuple[str, ...]: ...
    def link(self, target: str, mention_id: int, address: str) -> str:
        """Return an address to open (a mailto: link) that passes a case on."""
        ...


class Settings(Protocol):
    """The owner's preferences."""

    def get(self) -> Preferences: ...
    def change(self, change: Callable[[Preferences], Preferences]) -> Problem | None:
        """Apply a change to the newest ones and keep the result: what another process has just written stays.

        A `ring_at` that differs is the owner's from then on, see Learning.ring_automatically.
        """
        ...


class Health(Protocol):
    """What is wrong with this profile and what to do."""

    def checks(self) -> tuple[tuple[str, Problem | None], ...]:
        """Return each check's name («archive», «shop_file», «disk», «network», …) and what is wrong, or None."""
        ...


class Desk(Protocol):
    """The whole desk."""

    inbox: Inbox
    by_hand: ByHand
    cases: Cases
    learning: Learning
    replies: Replies
    outbox: Outbox
    customers: Customers
    watches: Watches
    bells: Bells
    reports: Reports
    hand_over: HandOver
    settings: Settings
    health: Health

    def close(self) -> None: ...
