"""Decisions about cases: state, corrected verdict, mark, snooze, blocks; each teaches what it says and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import Literal

from app.core.blocked import author_print, place_of_forgotten
from app.core.case import CaseState, Handling, Satisfaction, answered
from app.core.correction import Correction, Label
from app.core.customer import OF_CONTACTS, identity_of
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.shop import CustomerFiles, ShopFile
from app.core.preferences import Preferences
from app.core.problems import Problem, ProblemError
from app.core.target import clock_starts, due_at, minutes_for
from app.core.verdict import Kind
from app.desk.learning import Learning

MOST_UNDO = 100
"""Changes that can be taken back, newest first."""

TakeBack = Callable[[], Problem | None]

Said = Label | Literal["taken back"] | None
"""What a decision says of a text: a label, that an earlier one no longer holds, or nothing."""


@dataclass(frozen=True, slots=True)
class _Change:
    """What a decision changed; `gone` are the corrections it took back or replaced, `taught` the id of its own.

    `beside` is how other cases stood that were closed with this one, by their ids.
    """

    case_id: int
    before: Handling | None
    gone: tuple[Correction, ...] = ()
    taught: tuple[int, ...] = ()
    also: TakeBack | None = None
    beside: Mapping[int, Handling | None] = field(default_factory=dict)


class Cases:
    """Called on the desk's writing thread only, so that changes and their undo keep their order."""

    def __init__(
        self, archive: DeskArchive, shop: ShopFile, files: CustomerFiles, learning: Learning, zone: tzinfo
    ) -> None:
        self._archive = archive
        self._files = files
        self._zone = zone
        self._shop = shop
        self._learning = learning
        self._changes: list[_Change] = []

    def set_state(self, mention_id: int, state: CaseState, now: float) -> int | Problem:
        """Set where a case stands. The first answer keeps its time, unless the case is declared new again.

        A resolved case that is opened again loses its mark: how content the customer is has to be seen anew.
        """
        return self._set_state(mention_id, state, now)

    def _set_state(
        self,
        mention_id: int,
        state: CaseState,
        now: float,
        *,
        teaches: bool = True,
        beside: Sequence[int] = (),
    ) -> int | Problem:
        said = _said_by_state if teaches else None
        return self._change(mention_id, now, lambda before: _stands(before, state, now), said, beside)

    def set_kind(self, mention_id: int, kind: Kind | None, now: float) -> int | Problem:
        due = self._target(mention_id, now) if kind is Kind.COMPLAINT else None

        def change(before: Handling) -> Handling:
            snoozed = None if kind is Kind.NEUTRAL else before.snoozed_until
            return replace(before, kind=kind, due_at=due, snoozed_until=snoozed)

        return self._change(mention_id, now, change, _said_by_kind)

    def _target(self, mention_id: int, now: float) -> float | None:
        """Return when the first answer is due to a mention that the owner calls a complaint now."""
        if (heard := self._archive.mention(mention_id)) is None:
            return None
        preferences, mention = self._shop.preferences(), heard.mention
        minutes = minutes_for(preferences.targets, own=heard.own, stars=mention.stars, source=mention.source)
        start = clock_starts(heard.heard_at if mention.published is None else mention.published, now)
        return due_at(start, minutes, preferences.hours, preferences.days_off, self._zone)

    def snooze(self, mention_id: int, until: float | None, now: float) -> int | Problem:
        def change(before: Handling) -> Handling:
            if until is not None and before.state.is_over:
                raise ProblemError(Problem("desk.case_over"))
            return replace(before, snoozed_until=until)

        return self._change(mention_id, now, change)

    def set_satisfaction(self, mention_id: int, satisfaction: Satisfaction | None, now: float) -> int | Problem:
        def change(before: Handling) -> Handling:
            if before.state is not CaseState.RESOLVED:
                raise ProblemError(Problem("desk.not_resolved"))
            return replace(before, satisfaction=satisfaction)

        return self._change(mention_id, now, change)

    def undo(self) -> int | None:
        """Take back the newest change; raises ProblemError, with the change kept to try again, where that failed."""
        if not self._changes:
            return None
        change = self._changes[-1]
        if change.also and (problem := change.also()):
            raise ProblemError(problem)
        stood = {change.case_id: change.before, **change.beside}
        left = {case_id: was for case_id, was in stood.items() if self._archive.case_mentions(case_id)}
        if change.case_id not in left:  # who wrote it was forgotten, and leaves no trace
            if left:
                self._archive.decide(left)
            self._changes.pop()
            return change.case_id
        known = {one.id for one in self._archive.corrections_of(change.case_id)}
        gone = change.gone if known.issuperset(change.taught) else ()  # else all was unlearnt meanwhile
        self._archive.decide(left, change.taught, gone)
        self._changes.pop()
        if change.taught or change.gone:
            self._learning.mind_ring_at()
        return change.case_id

    def answered_meanwhile(self, case_id: int, at: float) -> None:
        """Take in that a case was answered apart from any decision: taking an earlier one back must not undo that."""
        self._mind(case_id, lambda before: answered(before or Handling(case_id), at))

    def brought_back(self, case_id: int, at: float, is_news: bool) -> None:  # noqa: FBT001  called by position only
        """Take in that a bell brought a case back, for its time or for news in it: no undo must put it away again."""
        self._mind(case_id, lambda before: _open_again(before, at, is_news=is_news) if before else None)

    def _mind(self, case_id: int, change: Callable[[Handling | None], Handling | None]) -> None:
        """Change how a case stood before each decision that can be taken back."""

        def minded(one: _Change) -> _Change:
            if one.case_id == case_id:
                return replace(one, before=change(one.before))
            if case_id in one.beside:
                return replace(one, beside={**one.beside, case_id: change(one.beside[case_id])})
            return one

        self._changes = list(map(minded, self._changes))

    def undo_also(self, take_back: TakeBack) -> None:
        """Have something taken back together with the newest change; it may be called twice."""
        self._changes[-1] = replace(self._changes[-1], also=take_back)

    def block_author(self, mention_id: int, now: float) -> int | Problem:
        mention = self._archive.mention(mention_id)
        identity = identity_of(mention.mention) if mention else None
        if identity is None:
            return Problem("desk.no_author")
        own = self._archive.case_for(mention_id, now)
        card = self._files.find(identity)
        logged = {contact.case_id for contact in card.contacts} if card else set()
        others = [
            case_id
            for case_id in self._archive.not_begun(identity.key)
            if case_id != own and case_id not in logged and not self._is_typed_for(case_id)
        ]
        return self._block(mention_id, "blocked_authors", identity.key, now, others)

    def _is_typed_for(self, case_id: int) -> bool:
        """Say whether a reply or a contact was begun for a case and not sent or logged yet."""
        return any(self._files.draft_for(place) for place in (case_id, OF_CONTACTS + case_id))

    def block_site(self, mention_id: int, now: float) -> int | Problem:
        mention = self._archive.mention(mention_id)
        if mention is None or not mention.mention.site:
            return Problem("desk.no_site")
        return self._block(mention_id, "blocked_sites", mention.mention.site, now)

    def _block(self, mention_id: int, listed: str, entry: str, now: float, others: Sequence[int] = ()) -> int | Problem:
        """Add an entry to a list of the preferences and close the case, with others; return how many others.

        Undo opens them again, and takes this entry alone out of whatever the preferences are by then.
        Nothing is learnt from it: the owner spoke of who wrote, not of what.
        """
        is_news = False

        def block(known: Preferences) -> Preferences:
            nonlocal is_news
            is_news = not any(_is_same(listed, entry, one) for one in getattr(known, listed))
            return _with(known, listed, entry) if is_news else known

        if problem := self._shop.change_preferences(block):
            return problem
        done = self._set_state(mention_id, CaseState.NOT_US, now, teaches=False, beside=others)
        if is_news:

            def unblock() -> Problem | None:
                return self._shop.change_preferences(lambda known: _without(known, listed, entry))

            if isinstance(done, Problem):
                unblock()
            else:
                self.undo_also(unblock)
        return done if isinstance(done, Problem) else len(others)

    def _change(
        self,
        mention_id: int,
        now: float,
        change: Callable[[Handling], Handling],
        says: Callable[[Handling, Handling], Said] | None = None,
        beside: Sequence[int] = (),
    ) -> int | Problem:
        """Change how the case of a mention stands, and other cases alike, of which nothing is learnt."""
        mention = self._archive.mention(mention_id)
        if mention is None:
            return Problem("desk.no_mention", {"id": mention_id})
        try:
            case_id = self._archive.case_for(mention_id, now)
            before = self._archive.handling(case_id)
            was = before or Handling(case_id)
            after = replace(change(was), changed_at=now)
            said = says(was, after) if says else None
            gone: tuple[Correction, ...] = ()
            if said is not None:
                known = self._archive.corrections_of(case_id)
                gone = tuple(one for one in known if said == "taken back" or one.mention_id == mention_id)
            lessons = (self._learning.lesson(mention, said, now),) if isinstance(said, Label) else ()
            others = {other: self._archive.handling(other) for other in beside}
            changed = {i: replace(change(one or Handling(i)), changed_at=now) for i, one in others.items()}
            taught = self._archive.decide({case_id: after, **changed}, [one.id for one in gone], lessons)
        except ProblemError as error:
            return error.problem
        self._changes = [*self._changes[1 - MOST_UNDO :], _Change(case_id, before, gone, taught, None, others)]
        if taught or gone:
            self._learning.mind_ring_at()
        return case_id


def _stands(before: Handling, state: CaseState, now: float) -> Handling:
    """Return the handling of a case that the owner puts to a state."""
    answered = now if state is CaseState.ANSWERED else None
    kept = None if state is CaseState.NEW else before.answered_at
    answered_at = answered if kept is None else kept
    back_at = before.back_at if state is CaseState.IN_WORK else None
    after = replace(before, state=state, answered_at=answered_at, snoozed_until=None, back_at=back_at)
    if state is CaseState.RESOLVED:
        return replace(after, resolved_at=now if before.resolved_at is None else before.resolved_at)
    return replace(after, resolved_at=None, satisfaction=None)


def _open_again(before: Handling, at: float, *, is_news: bool) -> Handling:
    if before.state is CaseState.NOT_US:
        return before
    state = before.state if before.state.is_open else CaseState.IN_WORK
    kind = None if is_news else before.kind
    opened = replace(before, state=state, kind=kind, snoozed_until=None, resolved_at=None, satisfaction=None)
    return replace(opened, back_at=at)


def _said_by_kind(_before: Handling, after: Handling) -> Said:
    if after.kind is None:
        return None if after.state is CaseState.NOT_US else "taken back"
    return Label.COMPLAINT if after.kind is Kind.COMPLAINT else Label.NOT_COMPLAINT


def _said_by_state(before: Handling, after: Handling) -> Said:
    if after.state is CaseState.NOT_US:
        return Label.NOT_US
    return _said_by_kind(before, after) if before.state is CaseState.NOT_US else None


def _with(preferences: Preferences, listed: str, entry: str) -> Preferences:
    if listed == "blocked_authors":
        return replace(preferences, blocked_authors=(*preferences.blocked_authors, entry))
    return replace(preferences, blocked_sites=(*preferences.blocked_sites, entry))


def _without(preferences: Preferences, listed: str, entry: str) -> Preferences:
    left = tuple(one for one in getattr(preferences, listed) if not _is_same(listed, entry, one))
    if listed == "blocked_authors":
        return replace(preferences, blocked_authors=left)
    return replace(preferences, blocked_sites=left)


def _is_same(listed: str, entry: str, other: str) -> bool:
    """Say whether two entries are the same one; an author's stays it when the person is forgotten."""
    if place_of_forgotten(other) is not None and listed == "blocked_authors":
        return author_print(entry) == author_print(other)
    return entry == other
