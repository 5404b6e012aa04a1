"""The pieces of a running window that tests of its wiring replace: each notes what it is told."""

import dataclasses
from contextlib import contextmanager
from types import SimpleNamespace

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QMainWindow
from ui.run_fake_desk import FakeDesk
from ui.run_samples import NOW, Host

from app.ui.background import Background
from app.ui.bench import Bench
from app.ui.case_acts import CaseActs
from app.ui.tray import Tray
from app.ui.undo import Undo
from app.ui.wiring import Pieces, Wiring


class FakeWindow(QMainWindow):
    poll_requested = Signal(object)
    pause_requested = Signal(bool)
    quiet_requested = Signal(bool)
    shop_changed = Signal()
    quit_requested = Signal()
    closing = Signal()
    closed_to_tray = Signal()
    test_bell_requested = Signal()
    urgent_changed = Signal(int, object)
    watches_listed = Signal(object)

    class Case(QObject):
        opened = Signal(int)

    class ByHand(QObject):
        entered = Signal()
        removed = Signal()

        def __init__(self, parent):
            super().__init__(parent)
            self.taken_in = lambda what: parent.told.append(("taken_in", what))

    class Pages(QObject):
        forgotten = Signal()

        def watches(self):
            return SimpleNamespace(choose=lambda watch_id: self.parent().told.append(("choose", watch_id)))

    def __init__(self, background):
        super().__init__()
        self.keep_in_tray = False
        self.told, self.quiet = [], []
        self.case = self.Case(self)
        self.by_hand = self.ByHand(self)
        self.pages = self.Pages(self)
        self.bench = Bench(background, lambda: NOW, self)
        self.acts = CaseActs(self.bench, Undo(self.bench, self), self)
        for name in ("mentions_arrived", "watch_polled", "announce", "withdraw", "do"):
            setattr(self, name, lambda what, name=name: self.told.append((name, what)))
        self.show_case = lambda what, reply=False: self.told.append(("show_reply" if reply else "show_case", what))
        self.listener = SimpleNamespace(
            show_status=lambda status: self.told.append(("show_status", status)),
            show_quiet=lambda hushed, until: self.quiet.append((hushed, until)),
        )
        self.refresh = lambda: self.told.append(("refresh", None))


class FakeLink(QObject):
    arrived, polled = Signal(object), Signal(object)
    status = Signal(object)
    woke = Signal(object)
    reply_moved = Signal(object)
    taken_in = Signal(object)
    failed, righted = Signal(object), Signal(object)
    running = Signal(bool)

    def __init__(self):
        super().__init__()
        self.sent = []
        self.send = self.sent.append


class FakeNotifier(QObject):
    activated = Signal(int)
    watch_activated = Signal(str)
    action = Signal(str, int)
    failed = Signal(object)
    righted = Signal(object)

    def __init__(self):
        super().__init__()
        self.shown, self.retried = [], 0
        self.named, self.withdrawn = {}, []
        self.withdraw = self.withdrawn.append

    def name_sources(self, source_title):
        self.source_title = source_title

    def show(self, alert, *, sound, failing=()):
        self.shown.append((alert, sound, *failing))

    def show_failing(self, views, *, sound):
        self.shown.append((tuple(view.watch.id for view in views), sound))

    def show_plain(self, words):
        self.shown.append(words)

    def explain_tray(self):
        self.shown.append("tray")

    def show_taught(self, words, mention_id):
        self.shown.append((words, mention_id))

    def show_waiting(self):
        self.retried += 1


class FakeDoor(QObject):
    asked = Signal(str)


@contextmanager
def house_in(folder, monkeypatch):
    """Give the wiring over such pieces, with a desk open and a clock that can be set."""
    host = Host(monkeypatch)
    background = Background()
    window = FakeWindow(background)
    pieces = Pieces(
        window,
        Tray(clock=lambda: NOW),
        FakeNotifier(),
        FakeLink(),
        background,
        FakeDoor(),
        QSettings(str(folder / "w.ini"), QSettings.Format.IniFormat),
    )
    desk = FakeDesk()
    clock = SimpleNamespace(now=NOW)
    wiring = Wiring(pieces, clock=lambda: clock.now)
    wiring._failed.setInterval(0)
    window.bench.open(desk, ())
    wiring.attach(desk)
    assert background.drain(60)
    yield SimpleNamespace(wiring=wiring, desk=desk, host=host, clock=clock, told=window.told, **_fields(pieces))
    window.hide()
    wiring.detach()
    pieces.tray.close()
    assert background.close(60)
    window.deleteLater()


def _fields(pieces):
    return {field.name: getattr(pieces, field.name) for field in dataclasses.fields(pieces)}
