import gc
import threading
import weakref

import pytest

from app.ui import garbage
from app.ui.garbage import GarbageCollector


class Ring:
    """An object in a reference cycle: only a collection ends it."""

    def __init__(self):
        self.me = self


@pytest.fixture
def collector(qapp, monkeypatch):
    monkeypatch.setattr(garbage, "EVERY_MS", 10)
    monkeypatch.setattr(garbage, "SETTLED_MS", 30)
    gc.unfreeze()
    found = GarbageCollector()
    yield found
    found.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    gc.collect()
    gc.freeze()  # as the suite has it


def _make_garbage(ended, kept):
    ring = Ring()
    weakref.finalize(ring, lambda: ended.append(threading.get_ident()))
    del ring
    kept += [[] for _ in range(5_000)]  # far more than what Python waits for before it collects by itself


def test_garbage_of_a_worker_is_ended_on_the_gui_thread(qtbot, collector, monkeypatch):
    monkeypatch.setattr(garbage, "SETTLED_MS", 60_000)
    collector.start()
    ended, kept = [], []
    worker = threading.Thread(target=_make_garbage, args=(ended, kept))
    worker.start()
    worker.join()
    assert ended == []
    qtbot.waitUntil(lambda: ended == [threading.get_ident()])


def test_without_it_the_worker_would_have_ended_it_itself(qapp):
    gc.collect()
    ended = []
    worker = threading.Thread(target=_make_garbage, args=(ended, []))
    worker.start()
    number = worker.ident
    worker.join()
    assert ended == [number]


def test_what_stays_for_good_is_passed_over_until_the_end(qtbot, collector):
    collector.start()
    qtbot.waitUntil(lambda: gc.get_freeze_count() > 0)
    assert not gc.isenabled()


def test_once_stopped_nothing_is_passed_over_any_more(qtbot, collector):
    collector.start()
    collector.stop()
    qtbot.wait(60)
    assert gc.get_freeze_count() == 0


def test_what_others_pass_over_stays_so(qtbot, collector):
    gc.freeze()
    collector.start()
    collector.stop()
    assert gc.get_freeze_count() > 0
    gc.unfreeze()
