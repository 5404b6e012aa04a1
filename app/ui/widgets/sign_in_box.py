"""Signing in to a place from the watch editor: shows the code, opens the page, waits until the owner has confirmed there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtWidgets import QWidget

from app.core.ports.desk import Desk
from app.core.ports.signin import SignedIn, SignInCode, SigningIn, SignInPause
from app.core.ports.source import Source
from app.core.watch import Watch
from app.ui.bench import Bench, Errand
from app.ui.opening import open_outside, page_failed
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import button, plain, set_tone
from app.words import _
from app.words.problems import sentence

Step = SignInCode | SignInPause | SignedIn | None
Typed = Callable[[], tuple[Watch, Mapping[str, str]]]


class SignInBox(QWidget):
    """Seen only for sources that can be signed in to. `signed(secrets)` brings what the keyring is to keep."""

    signed = Signal(object)

    def __init__(self, bench: Bench, typed: Typed) -> None:
        super().__init__()
        self._bench, self._typed = bench, typed
        self._steps: Iterator[SignInCode | SignInPause | SignedIn] | None = None
        self._errand: Errand | None = None
        self._address = ""
        self._asked = 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._next)
        self.told = plain(tone="muted")
        self.code = plain()
        self.code.setProperty("title", "true")
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.start_button = button(_("Sign in…"), self.begin)
        self.open_button = button(_("Open the page again"), self._open)
        self.stop_button = button(_("Stop"), self.stop)
        rows = column_in(self, 8)
        rows.addWidget(self.code)
        rows.addWidget(self.told)
        acts = FlowLayout()
        for part in (self.start_button, self.open_button, self.stop_button):
            acts.addWidget(part)
        rows.addLayout(acts)
        self.hide()

    def draw(self, source: Source, watch: Watch) -> None:
        """Be there for a source that can be signed in to; one under way is given up."""
        self.give_up()
        self.setVisible(isinstance(source, SigningIn))
        sessions = [setting.name for setting in source.settings if setting.kind == "session"]
        if any(map(watch.has_secret, sessions)):
            self._say(_("Signed in. Sign in again only if the session has expired."), "good")
        else:
            self._say(_("Not signed in yet. Fill in the fields above first."))

    def begin(self) -> None:
        """Ask the place for a code."""
        watch, secrets = self._typed()
        self.give_up()
        self._say(_("Asking for a code…"))
        self._show_under_way()

        def start(desk: Desk) -> Step:
            self._steps = desk.watches.sign_in(watch, secrets)
            return next(self._steps, None)

        self._errand = self._bench.ask_slowly(self, start, self._came)
        if self._errand is None:
            self.stop()

    def stop(self) -> None:
        """Give it up and say so."""
        self.give_up()
        self._say(_("Not signed in."))
        self.start_button.setFocus()

    def _next(self) -> None:
        steps = self._steps
        if steps is not None:
            self._errand = self._bench.ask_slowly(self, lambda _desk: next(steps, None), self._came)

    def _came(self, step: Step) -> None:
        if isinstance(step, SignInCode):
            self._address = step.address
            self.code.setText(step.code)
            self.code.setAccessibleName(_("Code: {code}").format(code=step.code))
            self.code.show()
            self.open_button.show()
            self._open()
            self._next()
        elif isinstance(step, SignInPause):
            self._timer.start(round(1_000 * step.seconds))
        else:
            self._ended(step)

    def _ended(self, ended: SignedIn | None) -> None:
        self.give_up()
        if ended is None or ended.problem:
            self._say(sentence(ended.problem) if ended and ended.problem else _("Not signed in."), "bad")
            return
        self._say(_("Signed in. Save the watch to stay signed in."), "good")
        self.signed.emit(dict(ended.secrets))

    def _open(self) -> None:
        """Say what to do with the code and open its page."""
        page = QUrl(self._address)
        self._asked = asked = self._asked + 1
        self._say(_confirm())
        open_outside(page, self, lambda: self._say_of(page, asked))

    def _say_of(self, page: QUrl, asked: int) -> None:
        """Say that a page could not be opened, unless another one was asked for since, or none is wanted any more."""
        if asked == self._asked:
            self._say(f"{_confirm()} {page_failed(page)}", "warn")

    def give_up(self) -> None:
        """Ask nothing more of a sign-in under way."""
        if self._errand:
            self._errand.cancel()
        self._errand = self._steps = None
        self._timer.stop()
        self._address = ""
        self._asked += 1
        self.code.hide()
        self.open_button.hide()
        self.stop_button.hide()
        self.start_button.show()

    def _show_under_way(self) -> None:
        self.stop_button.show()
        self.start_button.hide()
        self.stop_button.setFocus()

    def _say(self, words: str, tone: str = "muted") -> None:
        self.told.setText(words)
        set_tone(self.told, tone)


def _confirm() -> str:
    return _("Confirm this code on the page that opens, then come back here.")
