"""What could be listened to, shown as it is found: each can be looked at before it is added."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QListWidgetItem, QProgressBar, QWidget

from app.core.in_hand import in_hand
from app.core.ports.desk import Desk
from app.core.ports.find import InHand
from app.core.problems import Problem, ProblemError
from app.core.shop_name import spoken_name
from app.core.views import Doubt, Found, Missed, Trial
from app.core.watch import Watch
from app.ui.bench import Bench, Errand
from app.ui.bridge import Bridge
from app.ui.format import apart, named, one_line, tip
from app.ui.widgets.choice_list import PAUSE_MS, CardList
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import button, link_button, plain, section
from app.ui.widgets.trial_list import TrialList
from app.words import N_, _, language, ngettext
from app.words.names import watch_name
from app.words.problems import sentence

FOUND = Qt.ItemDataRole.UserRole
TRIED = FOUND + 1
"""Where a row keeps its find, and the trial of it."""

_DOUBTS = {
    Doubt.NAME: N_("found by the name alone: is it the right one?"),
    Doubt.LIST: N_("a list on the page: is it the right one?"),
    Doubt.BROAD: N_("one word without a town also finds others"),
}


class FoundList(QWidget):
    """`added(watches)` when the desk has kept those chosen; `by_hand(watch or None)` for the full form instead.

    `changed` follows whatever is offered anew, `ended` a search that came to its end. With `first_run` what is likely is
    ticked beforehand, and listening starts with it.
    """

    added = Signal(object)
    by_hand = Signal(object)
    changed = Signal()
    ended = Signal()

    def __init__(self, bench: Bench, *, first_run: bool = False) -> None:
        super().__init__()
        self._bench, self._bridge, self._first_run = bench, Bridge(self), first_run
        self._enough = threading.Event()
        self._errand: Errand | None = None
        self._trial_errand: Errand | None = None
        self._ticket, self._keeps = 0, False
        self._asked: tuple[object, ...] | None = None
        self._missed: dict[str, list[str]] = {}
        self._watched: dict[str, None] = {}
        self.told, self.missed, self._wrong = plain(tone="muted"), plain(tone="muted"), plain(tone="bad")
        self.unasked, self.lacking = plain(tone="warn"), plain(_("Tick at least one place."), "muted", wrap=False)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Looking for places"))
        self.stop_button = button(_("Stop looking"), self.stop)
        self.list = CardList(_("Places found"))
        self._heading = section("")
        self.trial = TrialList()
        self.add_button = button("", self.add, main=True)
        self.form_button = link_button(_("Full form…"), self._ask_for_form)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._try)
        self._lay_out()
        self._bridge.came.connect(self._take)
        self.list.currentItemChanged.connect(lambda _new, _old: self._marked())
        self.list.itemChanged.connect(lambda _item: self._count())
        self.list.entered.connect(self._turn)
        self.trial.found_taken.connect(self._exchange)
        self.trial.cancelled.connect(self._stop_trial)
        self.clear()
        self._count()

    def _lay_out(self) -> None:
        acts = FlowLayout()
        for part in (self.add_button, self.lacking, self.form_button, self.stop_button):
            acts.addWidget(part)
        rows = column_in(self, 8)
        upper: tuple[QWidget, ...] = (self.told, self.unasked, self.bar, self.list, self._wrong)
        for shown in upper:
            rows.addWidget(shown)
        rows.addLayout(acts)
        lower: tuple[QWidget, ...] = (self.missed, self._heading, self.trial)
        for shown in lower:
            rows.addWidget(shown)

    def clear(self) -> None:
        """Show nothing, and stop looking."""
        self.stop()
        self._asked = None
        self._missed.clear()
        self._watched.clear()
        self.list.clear()
        self.trial.clear()
        for part in (self.told, self.unasked, self.bar, self.list, self.missed, self._wrong, self._heading):
            part.hide()
        for act in (self.add_button, self.lacking, self.form_button, self.stop_button):
            act.hide()
        self.changed.emit()

    def look(self, typed: Sequence[str], *, town: str = "", own: bool = True) -> bool:
        """Begin to look what could be listened to; False where nothing is in hand."""
        self.clear()
        if not in_hand(typed):
            return False
        self._asked = _words_of(typed, town, own=own)
        self._ticket += 1
        ticket, spoken, enough = self._ticket, language(), threading.Event()
        self._enough = enough

        bridge = self._bridge

        def tell(news: Found | Missed) -> None:
            bridge.post((ticket, news))

        def over() -> bool:
            return enough.is_set() or (self._errand is not None and self._errand.cancelled)

        def work(desk: Desk) -> None:
            desk.watches.find(_hands(desk, typed, town, spoken), tell, own=own, stopped=over)

        self.told.setText(_("Looking for places where people may write about you…"))
        for part in (self.told, self.bar, self.stop_button):
            part.show()

        def ended(_nothing: None) -> None:
            bridge.post((ticket, None))

        self._errand = self._bench.ask_slowly(self, work, ended)
        return True

    def forget_other(self, typed: Sequence[str], *, town: str = "", own: bool = True) -> None:
        """Show nothing of a search for anything else than what is typed now: it may be another shop's."""
        if self._asked is not None and self._asked != _words_of(typed, town, own=own):
            self.clear()

    def stop(self) -> None:
        """Look no further; what was found stays."""
        looking = not self._enough.is_set() and self._errand is not None
        self._enough.set()
        self._ticket += 1
        for errand in (self._errand, self._trial_errand):
            if errand:
                errand.cancel()
        self._errand = self._trial_errand = None
        self._pause.stop()
        if looking:
            self._end()

    def _take(self, message: tuple[int, Found | Missed | None]) -> None:
        """Show what came from the search under way; of an earlier one nothing is shown any more."""
        ticket, news = message
        if ticket != self._ticket:
            return
        if isinstance(news, Found):
            self._insert(news)
        elif isinstance(news, Missed) and news.is_watched:
            self._watched[sentence(news.problem)] = None
        elif isinstance(news, Missed):
            self._missed.setdefault(sentence(news.problem), []).append(_(news.source_title))
        else:
            self._errand = None
            self._enough.set()
            self._end()

    def _insert(self, found: Found) -> None:
        """Put a find where it belongs by its likelihood, without moving the mark from the row it is on."""
        item = QListWidgetItem(_row(found))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        ticked = self._first_run and found.doubt is Doubt.NONE
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        item.setData(FOUND, found)
        item.setToolTip(tip(item.text()))
        ranks = [one.rank for one in self._all()]
        self.list.insertItem(sum(rank <= found.rank for rank in ranks), item)
        self.list.show()
        self.list.fit()
        self._offer_form(_("Change first…"))
        self.add_button.show()
        self._count()
        self.changed.emit()

    def _offer_form(self, words: str) -> None:
        self.form_button.setText(words)
        self.form_button.setAccessibleName(words)
        self.form_button.show()

    def _end(self) -> None:
        for part in (self.bar, self.stop_button):
            part.hide()
        of_all = " ".join(words for words, sources in self._missed.items() if "" in sources)
        lines = [
            f"{', '.join(dict.fromkeys(sources))}: {words}"
            for words, sources in self._missed.items()
            if "" not in sources
        ]
        number = self.list.count()
        if not number:
            self.told.setText(of_all or "\n".join(self._watched) or _("Nothing found; add by hand."))
            self._offer_form(_("Full form…"))
        else:
            words = ngettext("{n} place found.", "{n} places found.", number).format(n=number)
            ask = (
                _("{found} Untick what does not suit.")
                if self._first_run and self.chosen()
                else _("{found} Tick what to listen to.")
            )
            self.told.setText(ask.format(found=words))
            lines = [*([of_all] if of_all else []), *lines]
            if self.list.currentRow() < 0:
                self.list.setCurrentRow(0)
        self.missed.setText("\n".join(lines))
        self.missed.setVisible(bool(lines))
        names = dict.fromkeys(name for sources in self._missed.values() for name in sources if name)
        self.unasked.setText(_("No answer, see below: {places}").format(places=", ".join(names)))
        self.unasked.setVisible(bool(number and names))
        self.changed.emit()
        self.ended.emit()

    def _all(self) -> list[Found]:
        return [self.list.item(row).data(FOUND) for row in range(self.list.count())]

    def chosen(self) -> list[Found]:
        """Return the finds that are checked."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [item.data(FOUND) for item in items if item.checkState() is Qt.CheckState.Checked]

    def _count(self) -> None:
        number = len(self.chosen())
        self.add_button.setEnabled(number > 0 and not self._keeps)
        none, some = (
            (_("Start listening"), _("Start listening ({n})"))
            if self._first_run
            else (_("Add chosen"), _("Add chosen ({n})"))
        )
        self.add_button.setText(some.format(n=number) if number else none)
        self.add_button.setAccessibleName(self.add_button.text())
        self.add_button.setToolTip("" if number else self.lacking.text())
        self.lacking.setVisible(not number and not self.add_button.isHidden())

    def _turn(self, row: int) -> None:
        """Check a row, or uncheck it."""
        item = self.list.item(row)
        checked = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)

    def _marked(self) -> None:
        self.trial.clear()
        self._heading.hide()
        if self.list.currentItem():
            self._pause.start()

    def _try(self) -> None:
        """Show what the marked find would have heard, asked for once."""
        if self.list.currentRow() < 0:
            return
        item = self.list.currentItem()
        found: Found = item.data(FOUND)
        self._heading.setText(apart(one_line(found.watch.name)))
        self._heading.show()
        if (known := item.data(TRIED)) is not None:
            self.trial.show_trial(known)
            return
        self.trial.show_running()
        self._ask_trial(found.watch, lambda trial: self._show_trial(found, trial))

    def _ask_trial(self, watch: Watch, done: Callable[[Trial], None]) -> None:
        if self._trial_errand:
            self._trial_errand.cancel()
        self._trial_errand = self._bench.ask_slowly(self, lambda desk: desk.watches.test(watch), done)

    def _show_trial(self, found: Found, trial: Trial) -> None:
        item = self.list.currentItem()
        if item is not None and item.data(FOUND) is found:
            item.setData(TRIED, trial)
            self.trial.show_trial(trial)

    def _stop_trial(self) -> None:
        if self._trial_errand:
            self._trial_errand.cancel()
        self.trial.clear()

    def _exchange(self, watch: Watch) -> None:
        """Put what a find leads to in its place."""
        if item := self.list.currentItem():
            found: Found = item.data(FOUND)
            item.setData(FOUND, replace(found, watch=replace(watch, name=found.watch.name)))
            item.setData(TRIED, None)
            self._try()

    @property
    def is_done(self) -> bool:
        """True where all that was found for the words typed is kept."""
        return self._asked is not None and self.bar.isHidden() and not self.list.count()

    def add(self) -> None:
        """Have the desk keep what is checked; what it refuses stays in the list and says why.

        Meanwhile the list may change, or be one of other finds.
        """
        chosen = self.chosen()
        watches = [replace(found.watch, name=watch_name(found)) for found in chosen]
        self.stop()
        self._keeps = True
        self.add_button.setEnabled(False)

        def ended(results: list[Watch | Problem]) -> None:
            self._keeps = False
            wrong = [
                f"{named(w.name)}: {sentence(r)}"
                for w, r in zip(watches, results, strict=True)
                if isinstance(r, Problem)
            ]
            self._wrong.setText("\n".join(wrong))
            self._wrong.setVisible(bool(wrong))
            self._drop([found for found, r in zip(chosen, results, strict=True) if not isinstance(r, Problem)])
            if kept := tuple(one for one in results if not isinstance(one, Problem)):
                self.added.emit(kept)

        self._bench.keep(self, lambda desk: [_kept(desk, watch) for watch in watches], ended)

    def _drop(self, kept: list[Found]) -> None:
        """Take the finds that were kept out of the list, as far as they stand there."""
        for row, found in reversed(list(enumerate(self._all()))):
            if any(found is one for one in kept):
                self.list.takeItem(row)
        self.list.fit()
        self.list.setVisible(self.list.count() > 0)
        self._count()

    def _ask_for_form(self) -> None:
        item = self.list.currentItem()
        found: Found | None = item.data(FOUND) if item else None
        self.by_hand.emit(replace(found.watch, name=watch_name(found)) if found else None)


def _kept(desk: Desk, watch: Watch) -> Watch | Problem:
    """Have the desk keep one of several: what it met says nothing of those kept before."""
    try:
        return desk.watches.save(watch)
    except ProblemError as error:
        return error.problem


def _words_of(typed: Sequence[str], town: str, *, own: bool) -> tuple[object, ...]:
    """Return what is looked for, the same however many blanks it is typed with."""
    return (*(one for words in typed if (one := " ".join(words.split()))), " ".join(town.split()), own)


def _row(found: Found) -> str:
    """Return what a find is called: its source first, since that says most, and why it may be another's."""
    doubt = f" · {_(_DOUBTS[found.doubt])}" if found.doubt in _DOUBTS else ""
    return f"{_(found.source_title)}{doubt}\n{apart(one_line(found.watch.name))}"


def _hands(desk: Desk, typed: Sequence[str], town: str, spoken: str) -> tuple[InHand, ...]:
    """Return what was typed taken apart; the shop's name and town are known where they are not in it."""
    preferences = desk.settings.get()
    hands = in_hand(typed, town=town, language=spoken)
    if not town and any(hand.name and not hand.town for hand in hands):
        hands = in_hand(typed, town=preferences.shop_town, language=spoken)
    return tuple(
        replace(hand, name=hand.name or spoken_name(preferences.shop_name), town=hand.town or preferences.shop_town)
        for hand in hands
    )
