"""The upper part of the right column: who wrote, the text, why it is a complaint, what can be decided."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from app.core.case import CaseState
from app.core.mention import ArchivedMention
from app.core.verdict import COMPLAINT_FROM, FEW_STARS, Kind, Verdict, judged_text
from app.core.views import CaseView
from app.ui import labels
from app.ui.bench import Bench
from app.ui.case_acts import SNOOZES, STATES, call_snoozes, unmarked
from app.ui.format import (
    exactly,
    in_full,
    locale,
    one_line,
    score,
    shortened,
    stars,
    time_left,
    times,
    tip,
    to_the_minute,
    when,
)
from app.ui.row_told import nearly_over
from app.ui.theme import Theme
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.kept_picture import CasePicture
from app.ui.widgets.layouts import column_in, row_in
from app.ui.widgets.mention_text import MentionText
from app.ui.widgets.pieces import Elided, button, drop_button, flat_button, plain, set_tone
from app.ui.widgets.satisfaction_bar import SatisfactionBar
from app.words import _, ngettext
from app.words.quotes import nested

MOST_REASONS = 4
"""Deciding words told in the verdict line, the weightiest ones."""


FAR = 0.1
"""How far the level that the bell goes by is from the score where it is told as well."""

MOST_EARLIER = 3
"""Earlier wordings shown of an edited mention, complaints before others, then the newest."""

LONGEST_EARLIER = 600
"""Characters of each."""

LONGEST_REASON = 40
"""Characters of one of them; whole they stand marked in the text."""

_MAY_STAY_UNANSWERED = {Kind.PRAISE, Kind.LEAD, Kind.NEUTRAL}
"""What often needs no reply: one press says so."""

LEAST_NAME = 8
"""Widths of an «M» that the customer's name has before «Open» has its own."""

BESIDE = 8
"""Pixels between the name and what stands beside it."""


def verdict_told(verdict: Verdict, kind: Kind, text: str, rated: float | None = None) -> str:
    """Return «complaint 0.93: «miała być», «infolinia milczy»», or that the owner said otherwise.

    `rated` is the number of stars, told before the words («2 of 5 stars») where a complaint is one by them.
    """
    if kind is not verdict.kind:
        return _("{kind}: corrected by you; the detector said {other} {score}").format(
            kind=labels.kind(kind), other=labels.kind(verdict.kind), score=score(verdict.score)
        )
    strongest = sorted(verdict.reasons, key=lambda reason: -reason.weight)[:MOST_REASONS]
    told = (one_line(text[reason.start : reason.end]) for reason in sorted(strongest, key=lambda one: one.start))
    short = (shortened(word, LONGEST_REASON) for word in told)
    quoted = [_("«{text}»").format(text=word) for word in dict.fromkeys(short) if word]
    if rated is not None and 0.0 < rated < FEW_STARS and verdict.by_words < COMPLAINT_FROM:
        quoted.insert(0, _("{n} of 5 stars").format(n=locale().toString(float(rated), "g", 3)))
    words = ", ".join(quoted)
    sure = score(verdict.score)
    if kind is not Kind.COMPLAINT:
        return _("{kind} (complaint {score})").format(kind=labels.kind(kind), score=sure)
    if abs(verdict.level - verdict.score) >= FAR:
        sure = _("{score} (for the bell {level})").format(score=sure, level=score(verdict.level))
    if not words:
        return _("{kind} {score}").format(kind=labels.kind(kind), score=sure)
    return _("{kind} {score}: {words}").format(kind=labels.kind(kind), score=sure, words=words)


def due_told(view: CaseView, now: float) -> tuple[str, str]:
    """Return where the answer stands, and its tone."""
    if view.answered_at is not None and not view.state.is_open:
        answered = _("answered {moment}").format(moment=when(view.answered_at, now))
        if view.state is CaseState.ANSWERED:
            return answered, "good"
        return f"{labels.state(view.state)} · {answered}", "good" if view.state is CaseState.RESOLVED else "muted"
    if view.back_at is not None and view.due_at is None:
        return _("came back {moment}").format(moment=when(view.back_at, now)), "warn"
    if view.state is not CaseState.NEW and view.due_at is None:
        return labels.state(view.state), "muted"
    if view.due_at is None:
        return "", "muted"
    if view.due_at <= now:
        return _("overdue since {moment}").format(moment=to_the_minute(view.due_at, now)), "bad"
    tone = "bad" if nearly_over(view.due_at, view.news_at, now) else "warn"
    return _("answer due in {left}").format(left=time_left(view.due_at, now)), tone


def due_exactly(view: CaseView) -> str:
    """Return the moment that `due_told` tells of, in full; «» where it tells of none."""
    if view.answered_at is not None and not view.state.is_open:
        return in_full(view.answered_at)
    at = view.due_at if view.due_at is not None else view.back_at
    return in_full(at) if at is not None else ""


def gone_told(gone_at: float, now: float) -> str:
    """Return that a mention was deleted, and when that was noticed."""
    return _("Deleted there, noticed {moment}. What was heard is kept here.").format(moment=exactly(gone_at, now))


def earlier_told(heard: ArchivedMention, now: float) -> str:
    """Return what a mention said before it was edited, one wording a line, oldest first; «» where it was not."""
    ranked = sorted(heard.earlier, key=lambda one: (one.kind is not Kind.COMPLAINT, -one.until))[:MOST_EARLIER]
    lines = []
    for one in sorted(ranked, key=lambda wording: wording.until):
        judged = labels.kind(one.kind)
        if one.kind is Kind.COMPLAINT:
            judged = _("{kind} {score}").format(kind=judged, score=score(one.score))
        text = shortened(one_line(judged_text(one.title, one.text)), LONGEST_EARLIER)
        told = _("Before it was edited (noticed {moment}; {judged}): «{text}»")
        lines.append(told.format(moment=exactly(one.until, now), judged=judged, text=text))
    return "\n".join(lines)


class CaseHead(QWidget):
    """`act(name)` carries «complaint», «not_complaint», «not_us», «open», «author», «site», «wake», «snooze:…», «mark:…» or a state.

    `more_requested(where)` asks for the menu of all of them at a place on the screen.
    """

    act = Signal(str)
    more_requested = Signal(object)

    def __init__(self, theme: Theme, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._view: CaseView | None = None
        self._is_tight = False
        self._author = Elided()
        self._author.setProperty("title", "true")
        self._handle = Elided(tone="muted")
        self._times = plain(wrap=False)
        self._times.setProperty("chip", "true")
        self._place, self._due = plain(tone="muted"), Elided(tone="muted")
        self._due.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._gone, self._earlier = plain(tone="warn"), plain(tone="muted")
        self._asleep, self._until = QWidget(), plain(tone="warn")
        self.satisfaction = SatisfactionBar(theme)
        self.satisfaction.chosen.connect(lambda name: self.act.emit(f"mark:{name}"))
        self._text = MentionText(theme)
        self.picture = CasePicture(bench)
        self._verdict = plain(tone="muted")
        self._open = button(_("Open"), lambda: self.act.emit("open"))
        self.more = flat_button(_("What can be done with this case"), self._ask_more)
        self.more.setText("⋯")
        self.more.hide()
        self._buttons = {
            name: button(text, partial(self.act.emit, name))
            for name, text in (
                ("not_complaint", _("Not a complaint")),
                ("complaint", _("It is a complaint")),
                ("not_us", _("Not about us")),
                (CaseState.NO_REPLY.value, unmarked(_("Needs no repl&y"))),
            )
        }
        self._block, self._snooze = drop_button(_("Block")), drop_button(_("Snooze"))
        self._status = drop_button(_("Status"), _("In work, waiting, resolved, or needs no reply"))
        self._states: dict[str, QAction] = {}
        self._menus()
        self._lay_out()
        bench.clock_read.connect(self._tell_time)

    def _menus(self) -> None:
        block, snooze, status = QMenu(self._block), QMenu(self._snooze), QMenu(self._status)
        for name, text in (("author", _("Hear nothing from this author")), ("site", _("Hear nothing from this site"))):
            block.addAction(text).triggered.connect(lambda _on=False, name=name: self.act.emit(name))
        snoozes = {choice: snooze.addAction(_(text)) for text, choice in SNOOZES}
        for choice, entry in snoozes.items():
            entry.triggered.connect(lambda _on=False, choice=choice: self.act.emit(f"snooze:{choice}"))
        snooze.aboutToShow.connect(lambda: call_snoozes(snoozes, self._bench.now()))
        for text, name in STATES:
            entry = self._states[name] = status.addAction(_(text))
            entry.setCheckable(True)
            entry.triggered.connect(lambda _on=False, name=name: self._choose_state(name))
        self._block.setMenu(block)
        self._snooze.setMenu(snooze)
        self._status.setMenu(status)

    def _choose_state(self, name: str) -> None:
        """Ask for a state; the mark in the menu waits until it is kept."""
        self._check_state()
        self.act.emit(name)

    def _check_state(self) -> None:
        for name, entry in self._states.items():
            entry.setChecked(self._view is not None and self._view.state == name)

    def _lay_out(self) -> None:
        rows = column_in(self, 8)
        first = QHBoxLayout()
        first.setSpacing(BESIDE)
        first.addWidget(self._author, 1)
        first.addWidget(self._times, 0, Qt.AlignmentFlag.AlignVCenter)
        first.addWidget(self._open)
        first.addWidget(self.more)
        rows.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(12)
        second.addWidget(self._due)
        second.addWidget(self._handle, 1)
        second.addStretch(0)
        rows.addLayout(second)
        asleep = row_in(self._asleep)
        asleep.addWidget(self._until, 1)
        asleep.addWidget(button(_("End the snooze"), lambda: self.act.emit("wake")))
        rows.addWidget(self._asleep)
        rows.addWidget(self.satisfaction)
        rows.addWidget(self._place)
        rows.addWidget(self._gone)
        rows.addWidget(self._text)
        rows.addWidget(self._earlier)
        rows.addWidget(self.picture)
        rows.addWidget(self._verdict)
        acts = FlowLayout()
        for part in (*self._buttons.values(), self._block, self._snooze, self._status):
            acts.addWidget(part)
        rows.addLayout(acts)

    def set_tight(self, *, on: bool) -> None:
        """Where the acts lie below what is seen, have a button beside the name that opens the menu of all of them."""
        self._is_tight = on
        self._fit_name()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_name()

    def _fit_name(self) -> None:
        """Leave «Open» to the menu of all acts where the customer's name has no room beside it."""
        beside: list[QWidget] = [self._open]
        if self._is_tight:
            beside.append(self.more)
        if not self._times.isHidden():
            beside.append(self._times)
        for part in (self._author, *beside):
            part.ensurePolished()
        name = min(self._author.sizeHint().width(), LEAST_NAME * self._author.fontMetrics().horizontalAdvance("M"))
        needed = name + sum(BESIDE + part.sizeHint().width() for part in beside)
        fits = needed <= self.width()
        self._open.setVisible(fits)
        self.more.setVisible(self._is_tight or not fits)

    def _ask_more(self) -> None:
        self.more_requested.emit(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def show_view(self, view: CaseView) -> None:
        self._view = view
        mention, now = view.mention.mention, self._bench.now()
        self._author.setText(one_line(mention.author) or _("somebody"))
        handle = one_line(mention.handle)
        self._handle.setText(handle)
        self._handle.setVisible(bool(handle) and handle != one_line(mention.author))
        self._times.setText(times(view.times))
        self._times.setVisible(view.times > 1)
        self._fit_name()
        self.satisfaction.show_view(view)
        self._place.setText(self._placed(view, now))
        self._place.setToolTip(tip(in_full(mention.published or view.mention.heard_at)))
        gone_at = view.mention.gone_at
        self._gone.setText(gone_told(gone_at, now) if gone_at else "")
        self._gone.setVisible(gone_at is not None)
        earlier = earlier_told(view.mention, now)
        self._earlier.setText(earlier)
        self._earlier.setVisible(bool(earlier))
        text = judged_text(mention.title, mention.text)
        title = mention.title if mention.title and text.startswith(f"{mention.title}\n") else ""
        self._text.show_text(text or _("(no text)"), title, view.mention.verdict.reasons if text else ())
        self.picture.show_mention(mention)
        self._verdict.setText(verdict_told(view.mention.verdict, view.kind, text, mention.stars))
        self._buttons["complaint"].setVisible(view.kind is not Kind.COMPLAINT)
        self._buttons["not_complaint"].setVisible(view.kind is Kind.COMPLAINT)
        may_stay = view.kind in _MAY_STAY_UNANSWERED and view.state.is_open
        self._buttons[CaseState.NO_REPLY.value].setVisible(may_stay)
        self._check_state()
        self._snooze.setText(_("Snooze") if view.state.is_open else _("Remind me"))
        self._snooze.setAccessibleName(self._snooze.text())
        self._snooze.setVisible(not view.state.is_over)
        self._open.setEnabled(mention.url.startswith(("http://", "https://")))
        self._open.setToolTip(tip(mention.url))
        self._bench.read_clock()

    def _tell_time(self) -> None:
        if self._view:
            now, until = self._bench.shown_at(), self._view.snoozed_until
            self._until.setText(_("Snoozed until {moment}").format(moment=to_the_minute(until, now)) if until else "")
            self._until.setToolTip(tip(in_full(until)) if until else "")
            is_aside = until is not None and until > now
            self._asleep.setVisible(is_aside)
            words, tone = due_told(self._view, now)
            self._due.setText(words)
            self._due.setToolTip(tip(due_exactly(self._view)))
            self._due.setVisible(bool(words))
            set_tone(self._due, "muted" if is_aside else tone)

    def _placed(self, view: CaseView, now: float) -> str:
        mention = view.mention.mention
        parts = [
            stars(mention.stars),
            one_line(self._bench.source_title(mention.source)),
            labels.about(view.kind, view.cause),
            one_line(mention.site),
            when(mention.published or view.mention.heard_at, now),
            nested(_("heard by «{watch}»").format(watch=one_line(view.watch_name))) if view.watch_name else "",
            _("edited, noticed {moment}").format(moment=exactly(view.mention.edited_at, now))
            if view.mention.edited_at
            else "",
        ]
        if len(view.mentions) > 1:
            many = len(view.mentions)
            parts.append(ngettext("{n} mention in this case", "{n} mentions in this case", many).format(n=many))
        return " · ".join(dict.fromkeys(part for part in parts if part))
