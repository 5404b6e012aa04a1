"""The pieces of a running window that tests of its wiring replace: each notes what it is told."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow
from ui.run_samples import NOW

from app.ui.bench import Bench
from app.ui.case_acts import CaseActs
from app.ui.undo import Undo


class FakeWindow(QMainWindow):
    poll_requested = Signal(object)
    pause_requested = Signal(bool)
    quiet_requested = Signal(bool)
    shop_changed = Signal()
    quit_requested = Signal()
    closed_to_tray = Signal()
    test_bell_requested = Signal()
    urgent_changed = Signal(int, object)

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

    def __init__(self, background):
        super().__init__()
        self.keep_in_tray = False
        self.told, self.quiet = [], []
        self.case = self.Case(self)
        self.by_hand = self.ByHand(self)
        self.pages = self.Pages(self)
        self.bench = Bench(background, lambda: NOW, self)
        self.acts = CaseActs(self.bench, Undo(self.bench, self), self)
        for name in ("mentions_arrived", "watch_polled", "show_status", "announce", "withdraw", "show_case", "do"):
            setattr(self, name, lambda what, name=name: self.told.append((name, what)))
        self.show_quiet = lambda hushed, until: self.quiet.append((hushed, until))
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
    action = Signal(str, int)
    failed = Signal(object)

    def __init__(self):
        super().__init__()
        self.shown, self.retried = [], 0
        self.named, self.withdrawn = {}, []
        self.withdraw = self.withdrawn.append

    def name_sources(self, source_title):
        self.source_title = source_title

    def show(self, alert, *, sound):
        self.shown.append((alert, sound))

    def show_plain(self, words):
        self.shown.append(words)

    def show_taught(self, words, mention_id):
        self.shown.append((words, mention_id))

    def show_waiting(self):
        self.retried += 1


class FakeDoor(QObject):
    asked = Signal(str)
