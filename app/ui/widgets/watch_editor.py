"""The panel in which a watch is added or changed, drawn from what its source declares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.core.matching import entries_of, wordless
from app.core.pace import least_interval
from app.core.ports.source import Source
from app.core.problems import Problem
from app.core.views import Trial
from app.core.watch import DEFAULT_INTERVAL, Watch, WatchKind
from app.ui import labels
from app.ui.bench import Bench, Errand
from app.ui.format import interval, named, one_line, shortened
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labelled import APART, CLOSE, Labelled
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import button, headline, in_order, plain
from app.ui.widgets.setting_fields import SettingFields
from app.ui.widgets.sign_in_box import SignInBox
from app.ui.widgets.source_choice import SourceChoice
from app.ui.widgets.source_page import SourcePage
from app.ui.widgets.tab_order import chain
from app.ui.widgets.trial_list import TrialList
from app.ui.widgets.wheel import guard_wheel
from app.words import N_, _
from app.words.problems import sentence

INTERVALS = (60, 300, 900, 1800, 3600, 7200, 14400, 43200, 86400)
"""Seconds between polls that are offered, as far as the source allows them."""

LOW, HIGH = 200, 272
"""Pixels at least for what a test found: its mentions, or a list to pick from."""

EDGE = 16
"""Pixels of a field that its words cannot have."""

LONGEST_NAME = 120
"""Characters of the name of a watch that was given none."""

_KINDS = {WatchKind.SEARCH: N_("A search for words"), WatchKind.CHANNEL: N_("A place: page, profile, feed, inbox")}


_LEAST_WIDE = 320
"""Pixels."""


class _Page(QScrollArea):
    """Is never narrower than what it holds, however large the letters: it scrolls down only."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        inner, least = self.widget(), super().minimumSizeHint()
        if inner is None:
            return least
        needed = inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(max(_LEAST_WIDE, needed), least.height())


class WatchEditor(QWidget):
    """`saved(watch)` when the desk has kept it; `left` when the owner leaves without; `find_requested` to look instead."""

    saved = Signal(object)
    left = Signal()
    find_requested = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._watch: Watch | None = None
        self._errand: Errand | None = None
        self._ticket = self._form = 0
        self._own_said = False
        self._sources: Sequence[Source] = ()
        self._refused: dict[str, tuple[Watch, Problem]] = {}
        self._title = headline("")
        self.source, self.kind, self.interval, self.language = SourceChoice(), QComboBox(), QComboBox(), QComboBox()
        self.name, self.required, self.excluded = QLineEdit(), QLineEdit(), QLineEdit()
        for choice in (self.source, self.kind, self.interval, self.language):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(12)
        self.own = QCheckBox(_("Our own channel"))
        self.private = QCheckBox(_("Inside our own network"))
        self.help, self.settings = SourcePage(bench), SettingFields()
        self.signing = SignInBox(bench, lambda: (self.typed(), self.settings.secrets()))
        self.signing.signed.connect(self.settings.take_brought)
        self._tried: Watch | None = None
        self.trial, self._found, self._page = TrialList(), QScrollArea(), _Page()
        self._wrong = plain(tone="bad")
        self.try_button = button(_("Test"), self.test, hint=_("Shows what this watch would have heard"))
        self.find_button = button(
            _("Find for me"), self.find_requested.emit, hint=_("Looks where people may write about you")
        )
        self.save_button = button(_("Save watch"), self.save, main=True)
        self.leave_button = button(_("Cancel"), self.leave)
        self._ends = in_order(self.save_button, self.try_button, self.leave_button)
        self.file_button = button(_("Keep passwords in a file only you can read"), self._save_in_file)
        self._lay_out()
        guard_wheel(self)
        self.source.currentIndexChanged.connect(lambda _number: self._source_chosen())
        self.own.clicked.connect(self._say_own)
        self.private.clicked.connect(
            lambda: self._offer_intervals(int(self.interval.currentData() or DEFAULT_INTERVAL))
        )
        self.trial.found_taken.connect(self._take_found)
        self.trial.cancelled.connect(self._stop_test)
        self.trial.preview_wanted.connect(self._preview)
        for field in (self.name, self.required, self.excluded):
            field.returnPressed.connect(self.save)

    def _lay_out(self) -> None:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.setSpacing(APART)
        rows.addWidget(self._title)
        rows.addWidget(self.find_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.name.setPlaceholderText(_("any name you like"))
        self.source.field.setPlaceholderText(_("type to find"))
        self.source.setToolTip(_("Open the list, or type a part of the name."))
        self.required.setPlaceholderText(_("bakery|baker, Poznań"))
        self._kind_row = Labelled(_("What"), self.kind)
        words_hint = _("Put a comma between words that must all be there, | between words of which one is enough.")
        own = QVBoxLayout()
        own.setSpacing(CLOSE)
        own.addWidget(self.own)
        own.addWidget(
            plain(_("Everything there is about us, answers are due sooner, and the bell rings more readily."), "muted")
        )
        for part in (
            Labelled(_("Where"), self.source),
            self.help,
            self._kind_row,
            Labelled(_("Name of the watch"), self.name),
            self.settings,
            self.signing,
            Labelled(_("Every"), self.interval),
            Labelled(_("Must hold"), self.required, words_hint),
            Labelled(_("Must not hold"), self.excluded),
            Labelled(_("Language"), self.language),
        ):
            rows.addWidget(part)
        rows.addLayout(own)
        rows.addWidget(self.private)
        rows.addStretch(1)
        self._lay_out_ends(page)

    def _lay_out_ends(self, page: QWidget) -> None:
        """Put the form in a scrolled area; what is found and the buttons stay below it, always in sight."""
        for scroll, inner in ((self._page, page), (self._found, self.trial)):
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QFrame.Shape.NoFrame)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            scroll.setWidget(inner)
        self._page.setAccessibleName(_("Form of the watch"))
        self._found.setAccessibleName(_("What the test found"))
        bar = QWidget()
        bar.setObjectName("reply")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        below = QVBoxLayout(bar)
        below.setContentsMargins(16, 12, 16, 12)
        below.setSpacing(8)
        acts = FlowLayout()
        for part in self._ends:
            acts.addWidget(part)
        below.addWidget(self._wrong)
        below.addWidget(self.file_button, 0, Qt.AlignmentFlag.AlignLeft)
        below.addWidget(self._found)
        below.addLayout(acts)
        whole = column_in(self, 0)
        whole.addWidget(self._page, 1)
        whole.addWidget(bar)
        self._found.setMinimumHeight(LOW)
        self._found.hide()
        self._wrong.hide()
        self.file_button.hide()

    def begin(self, watch: Watch | None) -> None:
        """Show a watch to change, or a panel for a new one: empty, or with what is known of it (a watch without id).

        What was refused when its form was closed already is there again.
        """
        self._stop_test()
        self._form += 1
        self._title.setText(_("Change watch") if watch and watch.id else _("New watch"))
        begun = watch is not None and not watch.id
        typed, problem = (None, None) if begun else self._refused.pop(watch.id if watch else "", (None, None))
        if typed and watch:
            typed = replace(typed, paused=watch.paused)
        self._bench.with_sources(self, lambda sources: self._begin(typed or watch, sources, problem))

    def take_focus(self) -> None:
        """Take the keyboard, in the field that had it last."""
        field = self.focusWidget()
        (field if field and field.isVisible() else self.name).setFocus()

    def _begin(self, watch: Watch | None, sources: Sequence[Source], problem: Problem | None) -> None:
        self._sources = sources
        self._fill_choices()
        first = sources[0].id if sources else ""
        self._watch = watch or Watch("", "", first)
        self._own_said = watch is not None
        self.find_button.setHidden(watch is not None)
        self._say(sentence(problem) if problem else "")
        self._fill(self._watch)
        if watch:
            self.source.field.deselect()
            self._ask_for(self.name, at_top=True)
            if self.name.fontMetrics().horizontalAdvance(self.name.text()) < self.name.width() - EDGE:
                self.name.end(False)  # noqa: FBT003  Qt's own signature
        else:
            self._ask_for(self.source, at_top=True)
            self.source.field.selectAll()

    def _fill_choices(self) -> None:
        self.source.blockSignals(True)  # noqa: FBT003  Qt's own signature
        self.source.clear()
        for source in self._sources:
            self.source.addItem(_(source.title), source.id)
        self.source.blockSignals(False)  # noqa: FBT003  Qt's own signature
        self.language.clear()
        self.language.addItem(_("Detect"), "")
        for code in labels.LANGUAGES:
            self.language.addItem(labels.language(code), code)

    def _say_own(self) -> None:
        self._own_said = True

    def _fill(self, watch: Watch) -> None:
        self.own.setChecked(watch.own)
        self.private.setChecked(watch.allow_private)
        self.source.setCurrentIndex(max(0, self.source.findData(watch.source)))
        self._source_chosen()
        self.kind.setCurrentIndex(max(0, self.kind.findData(watch.kind)))
        _show(self.name, watch.name)
        _show(self.required, ", ".join(watch.required))
        _show(self.excluded, ", ".join(watch.excluded))
        self.language.setCurrentIndex(max(0, self.language.findData(watch.language)))
        self.trial.clear()
        self._found.hide()

    def _source(self) -> Source | None:
        wanted = self.source.currentData()
        return next((source for source in self._sources if source.id == wanted), None)

    def _source_chosen(self) -> None:
        source, watch = self._source(), self._watch
        if source is None or watch is None:
            return
        values = {**watch.settings, **self.settings.values()} if watch.source != source.id else watch.settings
        kept = {one.name for one in source.settings if watch.source == source.id and watch.has_secret(one.name)}
        self.settings.draw(source.settings, values, kept)
        self.signing.draw(source, watch)
        self.help.draw(source)
        self.kind.clear()
        for kind in source.kinds:
            self.kind.addItem(_(_KINDS[kind]), kind)
        self._kind_row.setVisible(self.kind.count() > 1)
        if not self._own_said:
            self.own.setChecked(getattr(source, "own_by_nature", False))
        self._chain()
        self._offer_intervals(watch.interval if watch.id else DEFAULT_INTERVAL)

    def _offer_intervals(self, wanted: int) -> None:
        """Offer the intervals that the source allows for what is filled in, with the one wanted chosen."""
        if source := self._source():
            shortest = max(1, least_interval(self.typed(), source))
            wanted = max(wanted, shortest)
            self.interval.clear()
            for seconds in sorted({one for one in INTERVALS if one >= shortest} | {wanted}):
                self.interval.addItem(interval(seconds), seconds)
            self.interval.setCurrentIndex(self.interval.findData(wanted))

    def _chain(self) -> None:
        """Have the Tab key go as the eye does; the fields of the settings were made after all others."""
        ends = (self.file_button, self._found, *self._ends)
        above = (self.find_button, self.source, self.help, self.kind, self.name, self.settings, self.signing)
        chain((*above, self.interval, self.required, self.excluded, self.language, self.own, self.private, *ends))

    def typed(self) -> Watch:
        """Return the watch as filled in."""
        base = self._watch or Watch("", "", "")
        return replace(
            base,
            name=self.name.text().strip(),
            source=str(self.source.currentData() or ""),
            kind=WatchKind(self.kind.currentData() or WatchKind.CHANNEL),
            settings=self.settings.values(),
            own=self.own.isChecked(),
            interval=int(self.interval.currentData() or DEFAULT_INTERVAL),
            required=entries_of(self.required.text()),
            excluded=entries_of(self.excluded.text()),
            language=str(self.language.currentData() or ""),
            allow_private=self.private.isChecked(),
        )

    def leave(self) -> None:
        """Close the panel."""
        self.put_away()
        self.left.emit()

    def put_away(self) -> None:
        """Wait no more for what is being kept; a test or a sign-in under way is given up."""
        self._stop_test()
        self._form += 1
        self.signing.give_up()

    def test(self) -> None:
        """Ask the desk what the watch would have heard."""
        if self._incomplete():
            return
        watch, secrets = self.typed(), self.settings.secrets()
        self._ticket += 1
        ticket = self._ticket
        self._found.setMinimumHeight(LOW)
        self._found.show()
        self.trial.show_running()
        if self.try_button.hasFocus():
            self.save_button.setFocus()  # what is disabled hands the keyboard to «Cancel»
        self.try_button.setEnabled(False)

        def tried(trial: Trial) -> None:
            if ticket == self._ticket:
                self.try_button.setEnabled(True)
                self.trial.show_trial(trial)
                self._tried = watch
                is_short = trial.problem is not None and not (trial.mentions or trial.found)
                self._found.setMinimumHeight(HIGH if len(trial.choices) > 1 else 0 if is_short else LOW)
                if not self.name.text().strip() and trial.title and not trial.found:
                    _show(self.name, trial.title)

        self._errand = self._bench.ask_slowly(self, lambda desk: desk.watches.test(watch, secrets), tried)

    def _save_in_file(self) -> None:
        """Take the owner's consent to a file in place of a keyring, and save again."""

        def agreed(problem: Problem | None) -> None:
            if problem:
                self._say(sentence(problem))
            else:
                self.save()

        self._bench.write(self, lambda desk: desk.watches.keep_secrets_in_file(), agreed)

    def save(self) -> None:
        """Have the desk keep the watch, or say what is wrong with it. Where a test found what the address leads to, that is kept, or the one marked."""
        if self._incomplete():
            return
        watch, secrets = self._called(self._meant(self.typed())), self.settings.secrets()
        form, marks = self._form, self._watch.marks if self._watch and self._watch.source == watch.source else {}
        self.save_button.setEnabled(False)

        def ended(result: Watch | Problem) -> None:
            self.save_button.setEnabled(True)
            if form != self._form:  # it is closed by now, or another watch is in it
                if isinstance(result, Problem):
                    self._refused[watch.id] = (replace(watch, settings={**watch.settings, **marks}), result)
                self._bench.announced.emit(result if isinstance(result, Problem) else saved_told(result))
                self._bench.shop_changed.emit()
                return
            if isinstance(result, Problem):
                self._say(sentence(result))
                self.file_button.setVisible(result.code == "stores.no_keyring")
                if result.code == "desk.watch_no_name":
                    self._ask_for(self.name)
                return
            self._watch = result
            self.saved.emit(result)

        if not self._bench.write(self, lambda desk: desk.watches.save(watch, secrets), ended):
            self.save_button.setEnabled(True)

    def _incomplete(self) -> bool:
        if missing := self.settings.missing():
            self._say(_("Fill in: {fields}.").format(fields=", ".join(missing)))
            self._ask_for(next(iter(missing.values())))
            return True
        for field in (self.required, self.excluded):
            if odd := wordless(entries_of(field.text())):
                self._say(sentence(Problem("desk.wordless", {"text": odd})))
                self._ask_for(field)
                return True
        self._say("")
        return False

    def _ask_for(self, field: QWidget, *, at_top: bool = False) -> None:
        """Bring a field that has to be filled in into sight, with the keyboard in it; `at_top` from the top of the form."""
        if layout := self.layout():
            layout.activate()  # what was just said takes room from the form
        if at_top:
            self._page.verticalScrollBar().setValue(0)
        self._page.ensureWidgetVisible(field)
        field.setFocus()

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))
        self.file_button.hide()

    def _meant(self, typed: Watch) -> Watch:
        """Return the watch that is to be kept: where a test of what is typed found what it leads to, that, or the one marked."""
        tried, meant = self._tried, self.trial.meant
        if tried is None or meant is None or (tried.source, tried.settings) != (typed.source, typed.settings):
            return typed
        found = meant.watch
        name = typed.name or one_line(meant.name)
        return replace(typed, name=name, source=found.source, kind=found.kind, settings=found.settings)

    def _called(self, watch: Watch) -> Watch:
        """Return a watch with a name: one that was given none is called by what has to be filled in, its address or its words."""
        source = next((one for one in self._sources if one.id == watch.source), None)
        if watch.name or source is None:
            return watch
        needed = [one.name for one in source.settings if one.required and not one.is_secret and one.kind != "choice"]
        values = [watch.settings.get(name, "").partition("://") for name in needed]
        words = [(behind or before).strip("/ ") for before, _mark, behind in values]
        return replace(watch, name=shortened(one_line(", ".join(filter(None, words))), LONGEST_NAME))

    def _take_found(self, found: Watch) -> None:
        base = self._watch or found
        self._watch = replace(found, id=base.id, name=self.name.text().strip() or found.name)
        self._fill(self._watch)
        self.save_button.setFocus()  # the button pressed goes away with the list
        self.test()

    def _preview(self, watch: Watch) -> None:
        """Try one of several things that the address leads to."""
        secrets, ticket = self.settings.secrets(), self._ticket

        def tried(trial: Trial) -> None:
            if ticket == self._ticket:
                self.trial.show_preview(watch, trial)

        self._errand = self._bench.ask_slowly(self, lambda desk: desk.watches.test(watch, secrets), tried)

    def _stop_test(self) -> None:
        self._ticket += 1
        if self._errand:
            self._errand.cancel()
            self._errand = None
        self.try_button.setEnabled(True)
        self.trial.clear()
        self._found.hide()


def saved_told(watch: Watch) -> str:
    """Return what is said of a watch that was kept."""
    return _("Saved: {name}. The list will show how its next check goes.").format(name=named(watch.name))


def _show(field: QLineEdit, text: str) -> None:
    """Fill in a field so that the beginning of a long text is seen."""
    field.setText(text)
    field.setCursorPosition(0)
