"""What a watch would have heard, found by a test."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.core.views import Choice, Trial, TrialMention
from app.core.watch import Watch
from app.ui import labels
from app.ui.format import named, one_line
from app.ui.widgets.choice_list import ChoiceList
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import button, plain
from app.words import _, ngettext
from app.words.names import only_newest
from app.words.problems import sentence
from app.words.quotes import nested

MOST = 12
"""Mentions shown of a test."""


def _empty(rows: QVBoxLayout) -> None:
    while item := rows.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()


class TrialList(QWidget):
    """`found_taken(watch)` when the owner takes a watch that the address leads to; `cancelled` while it runs.

    `preview_wanted(watch)` asks for a test of one of several such watches, to be shown with `show_preview`.
    """

    found_taken = Signal(object)
    preview_wanted = Signal(object)
    cancelled = Signal()

    def __init__(self, *, leads: bool = False) -> None:
        """With `leads` to take what was found is the main act of what is shown."""
        super().__init__()
        self._leads = leads
        self._led: Choice | None = None
        self._offered: ChoiceList | None = None
        self._rows = column_in(self, 8)
        self._rows.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.lines: list[str] = []
        self._looked_at: Watch | None = None
        self._preview: QVBoxLayout | None = None

    def clear(self) -> None:
        self.lines = []
        self._looked_at = self._preview = None
        self._led = self._offered = None
        _empty(self._rows)

    @property
    def meant(self) -> Choice | None:
        """What is listened to in place of the address tested: what it leads to, or the one of several that is marked."""
        return self._offered.current if self._offered else self._led

    def show_running(self) -> None:
        """Show that the test is on its way, with a way out."""
        self.clear()
        self._say(_("Listening once, to see what is there…"), "muted")
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(_("Test under way"))
        self._rows.addWidget(bar)
        self._rows.addWidget(button(_("Stop the test"), self.cancelled.emit))

    def show_trial(self, trial: Trial) -> None:
        self.clear()
        if len(trial.choices) > 1:
            self._offer(trial)
        elif trial.found:
            found: Watch = trial.found
            self._led = Choice(found, found.name or trial.title)
            if plain_address := _without_tls(trial.watch, found):
                words = _("That place answers without encryption; it is read at this address: {url}")
                self._say(words.format(url=plain_address), "good")
                self._show_mentions(trial)
                return
            name = one_line(
                trial.title or self._led.name
            )  # not what the owner calls the watch: what is there calls itself so
            self._say(nested(_("This address leads to «{name}».").format(name=name)), "good")
            self._rows.addWidget(button(_("Take it"), lambda: self.found_taken.emit(found), main=self._leads))
        elif trial.problem:
            self._say(sentence(trial.problem), "bad")
        self._show_mentions(trial)

    def _offer(self, trial: Trial) -> None:
        """Show what the address leads to as a list to pick from; below it what the picked one holds."""
        self._say(_("There are several things to listen to at this address. Take one:"), "good")
        choices = ChoiceList(trial.choices, leads=self._leads)
        self._offered = choices
        choices.taken.connect(self.found_taken)
        choices.moved.connect(self._empty_preview)
        choices.looked_at.connect(lambda choice: self._look_at(choice, trial))
        self._rows.addWidget(choices)
        below = QWidget()
        self._preview = column_in(below, 8)
        self._rows.addWidget(below)

    def _empty_preview(self) -> None:
        self._looked_at = None
        if self._preview is not None:
            _empty(self._preview)

    def _look_at(self, choice: Choice, trial: Trial) -> None:
        """Show what is known of a choice already, or have it tried: of a list on the page its beginning is enough."""
        self._empty_preview()
        if choice.watch == trial.found:
            self._show_mentions(trial)
        elif not choice.examples:
            self._looked_at = choice.watch
            self._say(_("Listening once, to see what is there…"), "muted")
            self.preview_wanted.emit(choice.watch)

    def show_preview(self, watch: Watch, trial: Trial) -> None:
        """Show what one of several watches would have heard, unless another one was chosen meanwhile."""
        if watch != self._looked_at or self._preview is None:
            return
        self._empty_preview()
        if trial.problem:
            self._say(sentence(trial.problem), "bad")
        self._show_mentions(trial)

    def _show_mentions(self, trial: Trial) -> None:
        if trial.mentions:
            about = sum(one.about_us for one in trial.mentions)
            words = ngettext("{n} mention there", "{n} mentions there", len(trial.mentions)).format(
                n=len(trial.mentions)
            )
            self._say(_("{found}, {about} of them about your shop:").format(found=words, about=about), "good")
            if limited := only_newest(len(trial.mentions)):
                self._say(limited, "muted")
        elif not trial.problem:
            self._say(_("The address works but has no entries at the moment."), "muted")
        for mention in trial.mentions[:MOST]:
            self._say(_told(mention), "" if mention.about_us else "muted")

    def _say(self, text: str, tone: str = "") -> None:
        self.lines.append(text)
        rows = self._rows if self._preview is None else self._preview
        rows.addWidget(plain(text, tone))


def _without_tls(tested: Watch, found: Watch) -> str:
    """Return the address of the same place without encryption, «» where another place was found."""
    before = tested.settings
    other = {name: value for name, value in found.settings.items() if value != before.get(name)}
    is_same = all(f"https://{value.removeprefix('http://')}" == before.get(name) for name, value in other.items())
    return ", ".join(other.values()) if is_same and found.source == tested.source else ""


def _told(mention: TrialMention) -> str:
    text = one_line(mention.text or mention.title)
    short = text if len(text) <= 140 else text[:139] + "…"
    kind = labels.kind(mention.kind) if mention.about_us else _("left out: not about us")
    return _("{kind} · {author}: {text}").format(kind=kind, author=named(mention.author) or _("somebody"), text=short)
