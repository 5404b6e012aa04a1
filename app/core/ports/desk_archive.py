"""The archive's side of the desk: reading what was heard, writing what the owner decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from app.core.bands import Band
from app.core.case import Handling
from app.core.correction import Correction
from app.core.mention import ArchivedMention, Wording
from app.core.views import Folder, InboxRow, Page
from app.core.watch import WatchState


class DeskArchive(Protocol):
    """Any thread may call it; each has a connection of its own. Writes touch only the desk's own tables."""

    def counts(self, now: float) -> Mapping[Folder, int]: ...
    def page(self, folder: Folder, search: str, offset: int, limit: int, now: float) -> Page: ...
    def row(self, mention_id: int, *, of_case: bool = False) -> InboxRow | None:
        """Return a mention's row, None for an unknown one; with `of_case` it has its case's kind, as in the lists."""
        ...

    def rows(self, mention_ids: Sequence[int]) -> tuple[InboxRow, ...]: ...
    def mention(self, mention_id: int) -> ArchivedMention | None: ...
    def at_address(self, url: str) -> ArchivedMention | None:
        """Return the mention heard first at a web address, however the link to it was dressed."""
        ...

    def by_key(self, source: str, key: str) -> ArchivedMention | None:
        """Return the mention that its source calls so."""
        ...

    def mentions_after(self, mention_id: int, limit: int) -> tuple[ArchivedMention, ...]:
        """Return the mentions that follow an id, in the order heard: with 0 the first ones of all."""
        ...

    def case_mentions(self, case_id: int) -> tuple[ArchivedMention, ...]: ...
    def by_identity(self, identity_keys: Sequence[str], limit: int = 200) -> tuple[ArchivedMention, ...]:
        """Return mentions written by these accounts, newest first."""
        ...

    def said_before(self, identity_keys: Sequence[str]) -> tuple[tuple[ArchivedMention, Wording], ...]:
        """Return what these accounts said in mentions that name somebody else by now, or nobody, oldest first.

        Each comes with its mention as it stands; `forget` takes the words and leaves the mention.
        """
        ...

    def next_due(self, now: float) -> InboxRow | None: ...
    def overdue(self, now: float) -> frozenset[Folder]: ...
    def complainers(self, since: float) -> int:
        """Return how many people wrote a complaint since then; what is «not about us» does not count.

        Nor do reposts, texts of the shop's own, and those without a date that a first poll brought. Who gave no name counts
        for each text.
        """
        ...

    def handling(self, case_id: int) -> Handling | None: ...
    def put_handling(self, handling: Handling, *, before: Handling | None = None) -> bool:
        """Put a case's handling and say whether that was done; with `before` only where it still stands so by now."""
        ...

    def not_begun(self, identity_key: str) -> tuple[int, ...]:
        """Return the open cases that this account alone wrote to and nobody has begun on: new, and no reply under way."""
        ...

    def decide(
        self, handlings: Mapping[int, Handling | None], gone: Sequence[int] = (), taught: Sequence[Correction] = ()
    ) -> tuple[int, ...]:
        """Put or drop the handling of cases, by their ids, and change corrections as `teach` does, all or nothing."""
        ...

    def teach(self, gone: Sequence[int], taught: Sequence[Correction]) -> tuple[int, ...]:
        """Remove corrections by their ids, keep others and return their ids; one with an id keeps it.

        One of a mention replaces that mention's; one of a forgotten mention is not kept. The oldest go when there are
        too many.
        """
        ...

    def hours_heard(self, since: float) -> Mapping[str, Mapping[int, float]]:
        """Return the hours (Unix seconds // 3,600) from then on in which each watch, by its id, was polled with success.

        With each stands when that was for the first time in it (Unix seconds).
        """
        ...

    def corrections(self) -> tuple[Correction, ...]:
        """Return the corrections, oldest first."""
        ...

    def corrections_of(self, case_id: int) -> tuple[Correction, ...]:
        """Return the corrections of a case's mentions."""
        ...

    def judged_rings(self, limit: int) -> tuple[bool, ...]:
        """Return of the newest rings that the owner dealt with whether each was a complaint, newest first."""
        ...

    def settled_levels(self, limit: int) -> tuple[float, ...]:
        """Return the levels of complaints that the owner answered and never corrected, newest first."""
        ...

    def bands(
        self, ring_at: float, digest_at: float, since: float, examples: int
    ) -> Mapping[Band, tuple[int, tuple[InboxRow, ...]]]:
        """Return how many mentions heard since then each band holds by their levels, with the newest; no reposts."""
        ...

    def case_for(self, mention_id: int, now: float) -> int:
        """Return the case of a mention; for one without a case (neutral) minus its own id: a case of the desk's own."""
        ...

    def rung(self, mention_ids: Sequence[int]) -> frozenset[int]:
        """Return which of these mentions have rung as they stand now: an edit that rings is news of one that has rung before."""
        ...

    def mark_rung(self, mention_ids: Sequence[int], now: float) -> None: ...
    def unrung(self, since: float) -> tuple[int, ...]:
        """Return mentions heard since then, or edited so that they ring (again), that have not rung for it, oldest first."""
        ...

    def unrung_settled(self, since: float) -> tuple[int, ...]:
        """Return those of them in cases with which the owner did something."""
        ...

    def awake(self, now: float) -> tuple[tuple[int, int], ...]:
        """Return the cases whose snooze is over and was not ended yet: each with the mention it goes by, in order of time."""
        ...

    def undigested(self, since: float, until: float) -> tuple[int, ...]:
        """Return mentions of the digest not told yet, oldest first: heard, or edited into a complaint, in [since, until)."""
        ...

    def mark_digested(self, mention_ids: Sequence[int], now: float) -> None: ...
    def states(self) -> dict[str, WatchState]: ...
    def forget(self, identity_keys: Sequence[str], mention_ids: Sequence[int] = ()) -> int:
        """Delete the mentions, cases and traces of these accounts; returns how many mentions went.

        `mention_ids` are mentions of theirs that bear no account.
        """
        ...

    def remove(self, *mention_ids: int) -> None:
        """Delete mentions, and the cases that have no other, all or nothing; they may be heard anew."""
        ...

    def tally(
        self, since: float, until: float
    ) -> tuple[tuple[str, str, str, float, float | None, float | None, bool], ...]:
        """Return one row for each mention heard in [since, until) that is no repost, not the shop's own and about it.

        What was entered by hand or imported counts as heard when it was said: nobody listened then.
        A row is (watch id, site or source, kind, published or heard, heard, first answered or None, whether it is the
        first of its case or of none).
        """
        ...

    def resolved(self, since: float, until: float) -> tuple[tuple[str, str, str, str, float, str | None], ...]:
        """Return one row for each case that is resolved and was so in [since, until), the one resolved first coming first.

        A row is (watch id, site or source, kind, cause or «», resolved, satisfaction or None), told of its first mention.
        """
        ...
