"""What the owner decides about a mention: verdict, state, mark, snooze, block; each can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from app.core.case import CaseState, Satisfaction
from app.core.ports.desk import Desk
from app.core.problems import Problem, ProblemError
from app.core.verdict import Kind
from app.core.views import CaseView
from app.ui import labels
from app.ui.bench import Bench
from app.ui.format import number, shortened, to_the_minute
from app.ui.undo import Step, Undo
from app.words import N_, _, ngettext

SNOOZES = (
    (N_("In an &hour"), "hour"),
    (N_("&At 16:00"), "afternoon"),
    (N_("&Tomorrow at 9:00"), "tomorrow"),
    (N_("In a &week"), "week"),
)
"""Words and name of each choice of the snooze menu, a letter marked in each."""

NEXT_AFTERNOON = N_("Tomorrow &at 16:00")
"""The words of the choice «afternoon» once it is over for today."""

STATES = (
    (N_("In wor&k"), CaseState.IN_WORK.value),
    (N_("Waiting &for the customer"), CaseState.WAITING.value),
    (N_("&Resolved"), CaseState.RESOLVED.value),
    (N_("Needs no repl&y"), CaseState.NO_REPLY.value),
)
"""Words and name of each state that the owner chooses from a menu, a letter marked in each."""

MARKS = (
    (N_("&Content"), Satisfaction.CONTENT.value),
    (N_("&So-so"), Satisfaction.SO_SO.value),
    (N_("&Not content"), Satisfaction.NOT_CONTENT.value),
)
"""Words and name of each mark of a resolved case, a letter marked in each."""

NO_MARK, TAKE_BACK = "none", N_("&Take the mark back")
"""Name and words of the choice that takes a mark back."""

LONGEST_NAME = 60
"""Characters of who or what is told with a decision."""

_MORE = N_("Counterbell will pay more attention to texts like this.")
_LESS = N_("Counterbell will pay less attention to texts like this.")


def snooze_until(choice: str, now: float) -> float:
    """Return the Unix time a choice of `SNOOZES` means; an afternoon that is over means tomorrow's."""
    if choice == "hour":
        return now + 3600
    today = datetime.fromtimestamp(now).astimezone().date()
    if choice == "afternoon":
        at_four = _local(today, 16)
        return at_four if at_four > now else _local(today + timedelta(days=1), 16)
    return _local(today + timedelta(days=7 if choice == "week" else 1), 9)


def snooze_words(choice: str, now: float) -> str:
    """Return how a choice of `SNOOZES` is called at this hour: of an afternoon that is over the day is told too."""
    if choice == "afternoon":
        today = datetime.fromtimestamp(now).astimezone().date()
        if snooze_until(choice, now) > _local(today, 16):
            return _(NEXT_AFTERNOON)
    return _(next(text for text, name in SNOOZES if name == choice))


def call_snoozes(choices: Mapping[str, QAction], now: float) -> None:
    """Call the entries of a snooze menu, by the names of their choices, as they are called at this hour."""
    for choice, entry in choices.items():
        entry.setText(snooze_words(choice, now))


def unmarked(words: str) -> str:
    """Return the words of a menu as they stand on a button, without the letter marked in them."""
    return words.replace("&", "")


def _local(day: date, hour: int) -> float:
    """Return the Unix time of an hour of a day as the clock on the wall shows it then, in summer and in winter."""
    return datetime.combine(day, time(hour)).timestamp()


class CaseActs(QObject):
    """Performs decisions through the desk; `decided(mention_id)` follows each that was kept, `taken_back(mention_id)` its undo.

    `refused` follows one that could not be kept. `asked` is the mention whose case was resolved by the newest decision: it
    stays in sight, for the owner to say how content the customer was.
    """

    decided = Signal(int)
    refused = Signal()
    taken_back = Signal(int)

    def __init__(self, bench: Bench, undo: Undo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._undo = undo
        self.asked: int | None = None

    def set_kind(self, mention_id: int, kind: Kind) -> None:
        """Correct the verdict."""
        now = self._bench.now()
        sentences = {Kind.COMPLAINT: _("Marked as a complaint."), Kind.NEUTRAL: _("Marked as not a complaint.")}
        sentence = sentences.get(kind) or _("Marked as {kind}.").format(kind=labels.kind(kind))
        lesson = _MORE if kind is Kind.COMPLAINT else _LESS
        self._decide(mention_id, sentence, lambda desk: desk.cases.set_kind(mention_id, kind, now), _(lesson))

    def set_state(self, mention_id: int, state: CaseState) -> None:
        """Say where the case stands; «not about us» teaches as well."""
        now = self._bench.now()
        sentence = _("Marked: {state}.").format(state=labels.state(state))
        lesson = _(_LESS) if state is CaseState.NOT_US else ""
        asks = state is CaseState.RESOLVED
        self._decide(mention_id, sentence, lambda desk: desk.cases.set_state(mention_id, state, now), lesson, asks=asks)

    def mark(self, view: CaseView, name: str) -> None:
        """Keep how content the customer of a resolved case was, by the name of a choice of `MARKS`, or take that back."""
        mark = None if name == NO_MARK else Satisfaction(name)
        if view.state is not CaseState.RESOLVED:
            self._bench.announced.emit(_("Mark the case as resolved first, then say how content the customer was."))
        if view.state is not CaseState.RESOLVED or mark is view.satisfaction:
            self.refused.emit()
            return
        mention_id, now = view.mention.id, self._bench.now()
        sentence = _("The mark was removed.")
        if mark:
            customer = _("customer {mark}").format(mark=labels.satisfaction(mark))
            sentence = _("Marked: {state}.").format(state=customer)
        self._decide(mention_id, sentence, lambda desk: desk.cases.set_satisfaction(mention_id, mark, now))

    def snooze(self, mention_id: int, choice: str, who: str = "") -> None:
        """Put the case aside until the moment of a choice of `SNOOZES`; `who` wrote, as it is told."""
        now = self._bench.now()
        until = snooze_until(choice, now)
        words = _("Snoozed until {moment}: «{name}».") if who else _("Snoozed until {moment}.")
        sentence = words.format(moment=to_the_minute(until, now), name=shortened(who, LONGEST_NAME))
        self._decide(mention_id, sentence, lambda desk: desk.cases.snooze(mention_id, until, now))

    def wake(self, view: CaseView) -> None:
        """End a snooze; of a case that has none nothing is changed, nor told otherwise."""
        if view.snoozed_until is None:
            self._bench.announced.emit(_("This case is not snoozed."))
            self.refused.emit()
            return
        mention_id, now = view.mention.id, self._bench.now()
        self._decide(mention_id, _("No longer snoozed."), lambda desk: desk.cases.snooze(mention_id, None, now))

    def block_author(self, mention_id: int, who: str) -> None:
        """Hear nothing more of this author, called `who`."""
        now = self._bench.now()
        self._block(mention_id, who, lambda desk: desk.cases.block_author(mention_id, now))

    def block_site(self, mention_id: int, site: str) -> None:
        """Hear nothing more from this site."""
        now = self._bench.now()
        self._block(mention_id, site, lambda desk: desk.cases.block_site(mention_id, now))

    def offer_undo(
        self,
        mention_id: int,
        sentence: str,
        lesson: str = "",
        *,
        shop: bool = False,
        back: str = "",
        then: Callable[[], object] = lambda: None,
    ) -> None:
        """Offer to take back the decision about a case just kept; `shop` and `back` are those of `Step`, `then` follows it."""
        self.asked = None

        def came_back() -> None:
            then()
            self.taken_back.emit(mention_id)

        self._undo.remember(Step(sentence, _take_back, shop, lesson, then=came_back, back=back))

    def _decide(
        self,
        mention_id: int,
        sentence: str,
        act: Callable[[Desk], int | Problem],
        lesson: str = "",
        *,
        asks: bool = False,
    ) -> None:
        def kept(_case: object) -> None:
            self.offer_undo(mention_id, sentence, lesson)
            self.asked = mention_id if asks else None
            self.decided.emit(mention_id)

        self._bench.keep(self, act, kept, self.refused.emit)

    def _block(self, mention_id: int, name: str, act: Callable[[Desk], int | Problem]) -> None:
        def kept(others: int) -> None:
            sentence, back = _blocked(shortened(name, LONGEST_NAME), others)
            self.offer_undo(mention_id, sentence, shop=True, back=back)
            self._bench.shop_changed.emit()
            self.decided.emit(mention_id)

        self._bench.keep(self, act, kept, self.refused.emit)


def _blocked(name: str, others: int) -> tuple[str, str]:
    """Return what is said of a block that closed so many other cases, and of taking it back where that needs words of its own."""
    sentence = _("Blocked «{name}».").format(name=name)
    if not others:
        return sentence, ""
    closed = ngettext(
        "{n} more open case of theirs is marked as not about us.",
        "{n} more open cases of theirs are marked as not about us.",
        others,
    )
    opened = ngettext(
        "«{name}» is no longer blocked; {n} more case is open again.",
        "«{name}» is no longer blocked; {n} more cases are open again.",
        others,
    )
    return f"{sentence} {closed.format(n=number(others))}", opened.format(name=name, n=number(others))


def _take_back(desk: Desk) -> Problem | None:
    """Take back the newest decision about a case, with all that followed from it."""
    try:
        desk.cases.undo()
    except ProblemError as error:
        return error.problem
    return None
