"""Settings: the shop, its hours, targets, bells, phrases, saved replies, playbook, blocks, health. Kept as they are changed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.core.ports.desk import Desk
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.ui import labels
from app.ui.bench import Bench
from app.ui.undo import Step, Undo
from app.ui.widgets.bell_fields import BellFields, rings_from
from app.ui.widgets.blocked import shown_authors
from app.ui.widgets.blocked_fields import BlockedFields
from app.ui.widgets.caret_follower import CaretFollower
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.hours_fields import HoursFields
from app.ui.widgets.kept_mark import KeptMark
from app.ui.widgets.layouts import column_in, form_in, row_in
from app.ui.widgets.list_fields import align, lines_of
from app.ui.widgets.phrase_fields import PhraseFields
from app.ui.widgets.pieces import button, headline, line, plain, section
from app.ui.widgets.playbook_fields import PlaybookFields
from app.ui.widgets.saved_replies import SavedReplies
from app.ui.widgets.sections import Sections
from app.ui.widgets.start_field import StartField
from app.ui.widgets.target_field import TargetField
from app.ui.widgets.update_fields import UpdateFields
from app.ui.widgets.wheel import guard_wheel
from app.words import N_, _
from app.words.problems import sentence

SAVE_MS = 500
"""Pause after which changes are kept."""

WIDE = 1000
"""Of the room, to one for the margin beside: all there is, up to the page's greatest width."""

TARGETS = (("own", N_("Own channels")), ("review", N_("Reviews")), ("", N_("Anything else")))


class SettingsPage(QScrollArea):
    """`kept(preferences)` after each change the desk has kept; `learnt_requested` to see what was learnt.

    `table_requested` («import» or «export») asks for tables of mentions.
    """

    kept = Signal(object)
    replies_changed = Signal()
    test_bell_requested = Signal()
    learnt_requested = Signal()
    table_requested = Signal(str)

    def __init__(self, bench: Bench, undo: Undo) -> None:
        super().__init__()
        self.setAccessibleName(_("Settings"))
        self._bench, self._undo = bench, undo
        self.sections = Sections(self)
        self._known: Preferences | None = None
        self._writes = self._under_way = 0
        self._reads_next = False
        self._authors_shown: dict[str, str] = {}
        self.shop, self.town = QLineEdit(), QLineEdit()
        self.signature, self.blocked = QPlainTextEdit(), BlockedFields()
        self.authors, self.sites = self.blocked.authors, self.blocked.sites
        self.language = QComboBox()
        self.hours = HoursFields()
        self.targets: dict[str, TargetField] = {}
        self.bell, self.phrases = BellFields(bench), PhraseFields()
        self.replies = SavedReplies(bench, undo)
        self.playbook = PlaybookFields()
        self.updates = UpdateFields()
        self.start = StartField()
        self._mark = KeptMark(self, bench)
        self._health = QVBoxLayout()
        self._timer = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._timer.timeout.connect(self.flush)
        self._lay_out()
        self._wire()
        guard_wheel(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        parts = (self._shop, self._targets, self.blocked, self.hours, self.phrases)
        align([form for part in parts for form in part.findChildren(QFormLayout)])

    def _lay_out(self) -> None:
        page = QWidget()
        page.setMaximumWidth(760)
        rows = QVBoxLayout(page)
        rows.setContentsMargins(16, 16, 16, 56)  # what floats at the lower edge hides nothing of its end
        rows.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(headline(_("Settings")), 1)
        head.addWidget(self._mark.label)
        rows.addLayout(head)
        self._shop, self._targets = self._shop_part(), self._target_part()
        named: list[tuple[QWidget, QWidget, str]] = []
        for number, (title, part) in enumerate(self._parts()):
            if number:
                rows.addWidget(line())
            named.append((section(title), part, title))
            rows.addWidget(named[-1][0])
            rows.addWidget(part)
        rows.addStretch(1)
        outer = QWidget()
        beside = row_in(outer)
        beside.addWidget(page, WIDE)
        beside.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(outer)
        self.sections.name(named)
        CaretFollower(self)

    def take_focus(self) -> None:
        self.shop.setFocus()
        self.ensureWidgetVisible(self.shop)  # where it had it already, nothing scrolls after it

    def _parts(self) -> tuple[tuple[str, QWidget], ...]:
        return (
            (_("The shop"), self._shop),
            (_("Opening hours"), self.hours),
            (_("First answer within"), self._targets),
            (_("When the bell rings"), self.bell),
            (_("Phrases and names"), self.phrases),
            (_("Saved replies"), self.replies),
            (_("Playbook"), self.playbook),
            (_("Blocked"), self.blocked),
            (_("Start"), self.start),
            (_("New versions"), self.updates),
            (_("Mentions in and out"), self._tables_part()),
            (_("Health"), self._health_part()),
        )

    def _shop_part(self) -> QWidget:
        self.language.addItem(_("As the system"), "")
        for code in labels.LANGUAGES:
            self.language.addItem(labels.language(code), code)
        self.signature.setFixedHeight(72)
        part = QWidget()
        form = form_in(part)
        for name, field in (
            (_("Name of the shop"), self.shop),
            (_("Town"), self.town),
            (_("Signature under replies"), self.signature),
            (_("Language of the program"), self.language),
        ):
            field.setAccessibleName(name)
            form.addRow(name, field)
        form.addRow(plain(_("The language changes the next time Counterbell starts."), "muted"))
        self.signature.setTabChangesFocus(True)
        return part

    def _target_part(self) -> QWidget:
        part = QWidget()
        form = form_in(part)
        for name, title in TARGETS:
            spin = TargetField()
            for part_of_it in (spin, spin.lineEdit()):
                part_of_it.setAccessibleName(_(title))
            self.targets[name] = spin
            form.addRow(_(title), spin)
        return part

    def _tables_part(self) -> QWidget:
        part = QWidget()
        rows = column_in(part)
        rows.addWidget(
            plain(_("To bring in reviews from a spreadsheet or another program, import a CSV table."), "muted")
        )
        acts = FlowLayout()
        for text, name in ((_("Import mentions…"), "import"), (_("Export mentions…"), "export")):
            acts.addWidget(button(text, partial(self.table_requested.emit, name)))
        rows.addLayout(acts)
        return part

    def _health_part(self) -> QWidget:
        part = QWidget()
        rows = column_in(part, 8)
        rows.addLayout(self._health)
        rows.addWidget(button(_("Check everything"), self.check_health), 0, Qt.AlignmentFlag.AlignLeft)
        return part

    def _wire(self) -> None:
        for field in (self.shop, self.town):
            field.textEdited.connect(lambda _text: self._later())
        self.signature.textChanged.connect(self._later)
        self.blocked.changed.connect(self._later)
        for spin in self.targets.values():
            spin.valueChanged.connect(lambda _value: self._later())
        self.language.activated.connect(lambda _number: self._later())
        self.bell.changed.connect(self._later)
        self.phrases.changed.connect(self._later)
        self.updates.changed.connect(self._later)
        self.playbook.changed.connect(self._later)
        self.replies.switched.connect(self._later)
        self.bell.automatic_requested.connect(self._ring_automatically)
        self.bell.learnt_requested.connect(self.learnt_requested)
        self.bell.test_bell_requested.connect(self.test_bell_requested)
        self.hours.changed.connect(self._later)
        self.replies.typed.connect(self._reply_typed)
        self.replies.changed.connect(partial(self._say_kept, new=True))
        self.replies.refused.connect(partial(self._mark.say, _("not saved"), "bad"))
        self.replies.changed.connect(self.replies_changed.emit)

    def load(self) -> None:
        """Read the preferences and saved replies; what is typed and not kept yet stays."""
        self._read()
        self.replies.load()
        self.bell.load()

    def _read(self) -> None:
        """Read the preferences; what is typed or being kept is kept first, as they could come as they were before."""
        asked = self._writes
        self._reads_next = self._timer.isActive() or self._under_way > 0

        def came(known: Preferences) -> None:
            if asked == self._writes and not self._timer.isActive():
                self._fill(known)
            else:
                self._read()

        if not self._reads_next:
            self._bench.read(self, lambda desk: desk.settings.get(), came)

    def flush(self) -> None:
        """Keep what was changed; only what the owner changed here is changed in the file."""
        self.replies.flush()
        self._timer.stop()
        known = self._known
        if known is None:
            return
        typed = self._typed(known)
        changed = {
            name: getattr(typed, name) for name in Preferences.__slots__ if getattr(typed, name) != getattr(known, name)
        }
        if not changed:
            self._say_kept(new=False)
            if self._reads_next:
                self._read()
            return
        self._known = typed
        moved = self._offer_undo(known, typed.ring_at) if "ring_at" in changed else None

        def ended(result: object) -> None:
            self._under_way -= 1
            if isinstance(result, Problem):
                self._known = known
                self._mark.say(_("not saved"), "bad")
                if moved:
                    self._undo.end(moved)
                self._bench.announced.emit(result)
                return
            self._say_kept(new=True)
            self._bench.shop_changed.emit()
            self.bell.load()
            self.kept.emit(typed)
            if self._reads_next:
                self._read()

        self._writes += 1
        self._under_way += 1
        self._bench.write(self, lambda desk: desk.settings.change(lambda now: replace(now, **changed)), ended)

    def _say_kept(self, *, new: bool) -> None:
        """Say what was kept; what is refused stands in red in its field."""
        refused = self._has_refused
        if new:
            words = _("saved {time}, except what is in red") if refused else _("saved {time}")
            self._mark.keep(words, "bad" if refused else "muted")
        elif refused:
            self._mark.say(_("not saved: what is in red"), "bad")
        else:
            self._mark.calm()

    @property
    def _has_refused(self) -> bool:
        return self.hours.has_refused or self.phrases.has_refused or self.blocked.has_refused

    def check_health(self) -> None:
        self._show_health(((_("Checking…"), None),), done=False)
        self._bench.ask_slowly(
            self, lambda desk: desk.health.checks(), lambda checks: self._show_health(checks, done=True)
        )

    def _show_health(self, checks: tuple[tuple[str, Problem | None], ...], *, done: bool) -> None:
        while item := self._health.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for name, problem in checks:
            if not done:
                self._health.addWidget(plain(name, "muted"))
                continue
            words = (
                _("✗ {check}: {problem}").format(check=labels.check(name), problem=sentence(problem))
                if problem
                else _("✓ {check}").format(check=labels.check(name))
            )
            self._health.addWidget(plain(words, "bad" if problem else "good"))

    def _fill(self, known: Preferences) -> None:
        self._known = None
        self.shop.setText(known.shop_name)
        self.town.setText(known.shop_town)
        self.signature.setPlainText(known.signature)
        self.language.setCurrentIndex(max(0, self.language.findData(known.language)))
        self.hours.show_preferences(known)
        for name, spin in self.targets.items():
            spin.setValue(int(known.targets.get(name, 240)))
        self.bell.show_preferences(known)
        self.updates.daily.setChecked(known.updates)
        self.replies.proposing.setChecked(known.propose)
        self.phrases.show_preferences(known)
        self.playbook.show_preferences(known)
        self._authors_shown = shown_authors(known.blocked_authors, self._bench.place_title)
        self.authors.setPlainText("\n".join(self._authors_shown))
        self.blocked.show_lines(self.sites, known.blocked_sites)
        self._timer.stop()
        self._known = known

    def _typed(self, known: Preferences) -> Preferences:
        ring_at = self.bell.ring_at(known.ring_at)
        return replace(
            self.hours.typed(self.phrases.typed(self.playbook.typed(known))),
            shop_name=self.shop.text().strip(),
            shop_town=self.town.text().strip(),
            signature=self.signature.toPlainText().strip(),
            language=str(self.language.currentData() or ""),
            targets={**known.targets, **{name: spin.value() for name, spin in self.targets.items()}},
            ring_at=ring_at,
            ring_at_by_owner=known.ring_at_by_owner or ring_at != known.ring_at,
            sound=self.bell.sound.isChecked(),
            updates=self.updates.daily.isChecked(),
            propose=self.replies.proposing.isChecked(),
            blocked_authors=self._typed_authors(),
            blocked_sites=self.blocked.typed_lines(self.sites),
        )

    def _typed_authors(self) -> tuple[str, ...]:
        """Return the authors blocked; a line left as it was shown stands for what is kept."""
        lines = lines_of(self.authors.toPlainText())
        return tuple(dict.fromkeys(self._authors_shown.get(line, line) for line in lines))

    def _later(self) -> None:
        if self._known is not None:
            self._mark.say("")
            self._timer.start()

    def _reply_typed(self) -> None:
        if not self._has_refused:  # that stays told: a reply without a text is not kept and ends it not
            self._mark.say("")

    def _offer_undo(self, known: Preferences, ring_at: float) -> Step:
        """Let the slider's move be taken back: to where it was, or to the corrections that set it."""
        before = known.ring_at if known.ring_at_by_owner else None
        return self._undo.push(
            rings_from(ring_at),
            lambda desk: desk.learning.ring_automatically() if before is None else _ring_at(desk, before),
            shop=True,
        )

    def _ring_automatically(self) -> None:
        """Leave the bell to the corrections; it can be taken back."""
        self.flush()

        def leave(desk: Desk) -> Problem | float:
            before = desk.settings.get().ring_at
            return desk.learning.ring_automatically() or before

        def kept(before: float) -> None:
            self._undo.push(_("The bell is set automatically."), lambda desk: _ring_at(desk, before), shop=True)
            self._bench.shop_changed.emit()
            self.load()

        self._bench.keep(self, leave, kept)


def _ring_at(desk: Desk, before: float) -> Problem | None:
    return desk.settings.change(lambda now: replace(now, ring_at=before))
