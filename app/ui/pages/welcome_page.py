"""The first minutes: the shop's name, its addresses and accounts, what is heard there, and the first watches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QProcess, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.core.ports.desk import Desk
from app.core.ports.source import Source
from app.core.problems import Problem
from app.core.views import Trial
from app.core.watch import Watch
from app.ui.begun_watch import watch_at
from app.ui.bench import Bench, Errand
from app.ui.widgets.caret_follower import CaretFollower
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.found_list import FoundList
from app.ui.widgets.layouts import row_in
from app.ui.widgets.pieces import button, headline, lay_out_now, link_button, plain, section, set_main
from app.ui.widgets.trial_list import TrialList
from app.words import _
from app.words.problems import sentence

STARTING_MS = 10_000
"""Pause in which the sample shop is not started once more: by then it runs, and a second start only shows it."""


class WelcomePage(QScrollArea):
    """`started(watch)` when the first watches are kept; `more_requested(watch)` for the full watch editor."""

    started = Signal(object)
    more_requested = Signal(object)
    test_bell_requested = Signal()

    def __init__(self, bench: Bench, sample_command: tuple[str, ...] = ()) -> None:
        """`sample_command` starts the sample shop; empty where there is none to offer."""
        super().__init__()
        self.setAccessibleName(_("The first minutes"))
        self._bench, self._sample_command = bench, sample_command
        self._found: Watch | None = None
        self._errand: Errand | None = None
        self._ticket, self._was_shown, self._named_by_shop = 0, False, ""
        self.shop, self.town, self.address = QLineEdit(), QLineEdit(), QLineEdit()
        self.shop.setPlaceholderText(_("What people call your shop"))
        self.town.setPlaceholderText(_("Town"))
        self.address.setPlaceholderText(_("Your web page, blog, feed or review page, your @accounts"))
        for field, name in ((self.shop, _("Name of the shop")), (self.town, _("Town")), (self.address, _("Address"))):
            field.setAccessibleName(name)
            field.setClearButtonEnabled(True)
        self.trial = TrialList(leads=True)
        self._wrong = plain(tone="bad")
        self._wrong.hide()
        self.found = FoundList(bench, first_run=True)
        self.find_button = button(_("Find for me"), self.find_places, main=True)
        self.look = link_button(_("Look what is there"), self.preview)
        self.form = link_button(_("Full form…"), self._ask_for_more)
        self.start = button(_("Start listening"), self.save, main=True)
        self.sample = button(_("Try with a sample shop"), self._start_sample)
        self._lay_out()
        self._settle()
        self.found.changed.connect(self._settle)
        # by the next turn of the loop all rows have their heights
        self.found.ended.connect(lambda: QTimer.singleShot(0, self, self._show_what_to_do))
        self.address.textChanged.connect(lambda _text: self._forget_found())
        self.shop.textChanged.connect(self._rename_found)
        for field in (self.shop, self.town, self.address):
            field.returnPressed.connect(self.find_places)
            field.textChanged.connect(lambda _text: self._forget_other())
        for field in (self.shop, self.town):
            field.editingFinished.connect(self._keep_names)
        self.found.added.connect(self._added)
        self.found.by_hand.connect(self._ask_for_form)
        self.trial.found_taken.connect(self._take_found)
        self.trial.cancelled.connect(self._stop)

    def _lay_out(self) -> None:
        page = QWidget()
        page.setMaximumWidth(640)
        rows = QVBoxLayout(page)
        rows.setContentsMargins(32, 40, 32, 32)
        rows.setSpacing(12)
        rows.addWidget(headline(_("Welcome. Where do people talk about your shop?")))
        rows.addWidget(
            plain(
                _(
                    "Counterbell listens where you tell it to, rings when somebody complains, and keeps the story on this computer. Only its polls, the replies you send and a check for new versions leave it."
                ),
                "muted",
            )
        )
        rows.addSpacing(8)
        rows.addWidget(section(_("1. The shop")))
        names = QHBoxLayout()
        names.setSpacing(8)
        names.addWidget(self.shop, 2)
        names.addWidget(self.town, 1)
        rows.addLayout(names)
        rows.addSpacing(8)
        rows.addWidget(section(_("2. Where to listen")))
        rows.addWidget(self.address)
        rows.addWidget(self._wrong)
        acts = FlowLayout()
        for part in (self.find_button, self.look, self.form):
            acts.addWidget(part)
        rows.addLayout(acts)
        rows.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self.trial)
        rows.addWidget(self.found)
        rows.addSpacing(8)
        rows.addWidget(section(_("3. Hear the bell")))
        bell = FlowLayout()
        bell.addWidget(button(_("Ring a test bell"), self.test_bell_requested.emit))
        rows.addLayout(bell)
        rows.addSpacing(8)
        told = plain(_("Only want to look round? A sample shop opens in a window of its own."), "muted")
        rows.addWidget(told)
        rows.addWidget(self.sample, 0, Qt.AlignmentFlag.AlignLeft)
        for shown in (told, self.sample):  # in the layout by now: before, each would be a window of its own
            shown.setVisible(bool(self._sample_command))
        rows.addStretch(1)
        self._centre(page)

    def _centre(self, page: QWidget) -> None:
        outer = QWidget()
        beside = row_in(outer)
        beside.addStretch(1)
        beside.addWidget(page, 6)
        beside.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(outer)
        CaretFollower(self)

    def _settle(self) -> None:
        """Leave one main button, that of the next step, and only the ways beside it that lead somewhere."""
        found, tried = not self.found.add_button.isHidden(), self._found is not None
        set_main(self.find_button, on=not found and not tried and self.trial.meant is None)
        self.start.setVisible(tried and not found)
        self.look.setVisible(bool(self.address.text().strip()) and not found)
        self.form.setVisible(self.found.form_button.isHidden() or self.found.list.count() > 0)

    def _show_what_to_do(self) -> None:
        """Scroll so far that the button of the next step is in sight, once all that was found is."""
        if self.isVisible() and not self.found.add_button.isHidden():
            lay_out_now()
            self.ensureWidgetVisible(self.found.add_button, 0, 24)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the keyboard where the first thing is to be typed; not again under who comes back through the list of pages."""
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            self.shop.setFocus()

    def take_focus(self) -> None:
        self.shop.setFocus()

    def _watch(self, sources: Sequence[Source]) -> Watch | None:
        """Return a watch of the first source that wants nothing but an address."""
        return watch_at(self.address.text().strip(), self.shop.text().strip(), sources, own=True)

    def find_places(self) -> None:
        """Look what could be listened to with everything typed so far."""
        self._found = None
        self._stop()
        asked = self.found.look(self._typed(), town=self.town.text().strip())
        self._say("" if asked else _("Write a web address, an @handle or the name of the shop."))

    def _typed(self) -> list[str]:
        return [self.shop.text(), *map(_account, re.split(r"[\s,;]+", self.address.text().strip()))]

    def _forget_other(self) -> None:
        """Offer nothing that was found for another shop, town or address than those in the fields."""
        self.found.forget_other(self._typed(), town=self.town.text().strip())

    def _rename_found(self, shop: str) -> None:
        """Call what was looked at by the name typed now, if it is called by the shop."""
        if self._found and self._found.name == self._named_by_shop:
            self._named_by_shop = shop.strip()
            self._found = replace(self._found, name=self._named_by_shop)

    def preview(self) -> None:
        """Show what is at the address."""
        self._bench.with_sources(self, self._preview)

    def _preview(self, sources: Sequence[Source]) -> None:
        self.found.clear()
        watch = self._found or self._watch(sources)
        if not self.address.text().strip() or watch is None:
            self._say(_("Type an address first.") if watch else _("Choose the kind of place in the full form."))
            return
        self._say("")
        self._ticket += 1
        ticket, tried_watch = self._ticket, watch
        self._named_by_shop = self.shop.text().strip()
        self.trial.show_running()

        def tried(trial: Trial) -> None:
            if ticket != self._ticket:
                return
            self.trial.show_trial(trial)
            self._found = tried_watch if not trial.problem and not trial.found else None
            if self._found and not self._found.name and trial.title:
                self._found = replace(self._found, name=trial.title)
            self._settle()

        self._errand = self._bench.ask_slowly(self, lambda desk: desk.watches.test(tried_watch), tried)

    def save(self) -> None:
        """Keep the shop's name and the first watch."""
        if not (watch := self._found):
            return
        shop, town = self.shop.text().strip(), self.town.text().strip()
        named = watch if watch.name else replace(watch, name=shop or _("Our page"))

        def keep(desk: Desk) -> Watch | Problem:
            return _keep_shop(desk, shop, town) or desk.watches.save(named)

        def ended(result: Watch | Problem) -> None:
            if isinstance(result, Problem):
                self._say(sentence(result))
            else:
                self.started.emit(result)

        self._bench.write(self, keep, ended)

    def _keep_names(self) -> None:
        """Keep the shop's name and town as soon as they are typed, wherever the first watch is made then."""
        shop, town = self.shop.text().strip(), self.town.text().strip()
        if shop or town:
            self._bench.keep(self, lambda desk: _keep_shop(desk, shop, town))

    def _start_sample(self) -> None:
        """Start the sample shop as a program of its own, which does not end with this one."""
        program, *words = self._sample_command
        started, _number = QProcess.startDetached(program, words)
        self._say("" if started else _("The sample shop could not be started."))
        if started:
            self.sample.setEnabled(False)
            QTimer.singleShot(STARTING_MS, self, lambda: self.sample.setEnabled(True))

    def _added(self, watches: tuple[Watch, ...]) -> None:
        """Keep the shop's name beside the watches found."""
        shop, town = self.shop.text().strip(), self.town.text().strip()

        def ended(problem: Problem | None) -> None:
            if problem:
                self._bench.announced.emit(problem)
            self.started.emit(watches[0])

        self._bench.write(self, lambda desk: _keep_shop(desk, shop, town), ended)

    def _ask_for_form(self, watch: Watch | None) -> None:
        if watch:
            self.more_requested.emit(watch)
        else:
            self._ask_for_more()

    def _ask_for_more(self) -> None:
        self._bench.with_sources(self, lambda sources: self.more_requested.emit(self._found or self._watch(sources)))

    def _take_found(self, found: Watch) -> None:
        self._found = found
        self.preview()

    def _forget_found(self) -> None:
        self._found = None
        self._stop()

    def _stop(self) -> None:
        self._ticket += 1
        if self._errand:
            self._errand.cancel()
            self._errand = None
        self.trial.clear()
        self._settle()

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))


def _account(typed: str) -> str:
    """Return what was typed into the field of addresses: a bare word there is an account."""
    return typed if not typed or any(mark in typed for mark in "@./") else f"@{typed}"


def _keep_shop(desk: Desk, shop: str, town: str) -> Problem | None:
    """Keep the shop's name and town as far as they were typed."""
    return desk.settings.change(
        lambda known: replace(known, shop_name=shop or known.shop_name, shop_town=town or known.shop_town)
    )
