import threading
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread

from app.core.problems import Problem, ProblemError
from app.ui.background import Background
from app.ui.bridge import Bridge


@pytest.fixture
def background(qtbot):
    made = Background()
    yield made
    assert made.close(60)


def test_work_leaves_the_gui_thread_and_its_result_comes_back_to_it(qtbot, background):
    seen = []

    def work():
        seen.append(threading.current_thread() is threading.main_thread())
        return 41

    def done(result):
        seen.append((result, QThread.currentThread().isMainThread()))

    background.run(work, done, owner=background)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [False, (41, True)]


def test_writes_run_in_the_order_given_on_one_thread(qtbot, background):
    ran, came = [], []
    threads = set()

    def write(number):
        threads.add(threading.current_thread().name)
        ran.append(number)
        return number

    for number in range(200):
        background.run(lambda n=number: write(n), came.append, owner=background, lane="write")
    qtbot.waitUntil(lambda: len(came) == 200)
    assert ran == came == list(range(200))
    assert len(threads) == 1


def test_two_reads_run_beside_each_other_and_a_hanging_write_blocks_neither(qtbot, background):
    gate = threading.Event()
    both = threading.Barrier(2, timeout=60)
    came = []
    background.run(lambda: gate.wait(60), came.append, owner=background, lane="write")
    for name in "ab":
        background.run(lambda n=name: (both.wait(), n)[1], came.append, owner=background)
    qtbot.waitUntil(lambda: sorted(map(str, came)) == ["a", "b"])
    gate.set()
    qtbot.waitUntil(lambda: len(came) == 3)
    assert sorted(came[:2]) == ["a", "b"]
    assert came[2] is True


def test_a_cancelled_read_is_not_begun_and_a_cancelled_write_is_still_written(qtbot, background):
    gate, ran, done = threading.Event(), [], []
    for _ in range(2):
        background.run(lambda: gate.wait(60), owner=background)
    background.run(lambda: gate.wait(60), owner=background, lane="write")
    read = background.run(lambda: ran.append("read"), done.append, owner=background)
    write = background.run(lambda: ran.append("write"), done.append, owner=background, lane="write")
    read.cancel()
    write.cancel()
    assert read.cancelled
    gate.set()
    assert background.drain(60)
    last = []
    background.run(lambda: 1, last.append, owner=background)
    background.run(lambda: 1, last.append, owner=background)
    qtbot.waitUntil(lambda: len(last) == 2)
    assert ran == ["write"]
    assert done == []


def test_nothing_is_handed_to_an_owner_that_is_gone(qtbot, background):
    gate, done = threading.Event(), []
    owner = QObject()
    background.run(lambda: gate.wait(60), done.append, owner=owner)
    shiboken6.delete(owner)
    after = []
    background.run(lambda: gate.set() or 1, after.append, owner=background)
    qtbot.waitUntil(lambda: bool(after))
    qtbot.waitUntil(lambda: not background._orders)
    assert done == []


def test_a_widget_caught_in_work_never_dies_in_a_worker_thread(qtbot, background):
    died_in = []

    class Caught(QObject):
        def __del__(self):
            died_in.append(threading.current_thread() is threading.main_thread())

    for _ in range(50):
        caught = Caught()
        background.run(lambda c=caught: c.objectName(), owner=background)
        del caught
    qtbot.waitUntil(lambda: len(died_in) == 50)
    assert all(died_in)


def test_an_unexpected_exception_is_told_once_and_logged(qtbot, background, allowed_logs):
    allowed_logs.append("work in the background broke")
    texts, done = [], []
    background.failed.connect(texts.append)
    background.run(lambda: 1 // 0, done.append, owner=background)
    background.run(lambda: 7, done.append, owner=background)
    qtbot.waitUntil(lambda: bool(texts) and bool(done))
    assert len(texts) == 1
    assert "ZeroDivisionError" in texts[0]
    assert done == [7]


def test_the_log_says_where_work_broke_and_nothing_of_what_it_was_about(qtbot, background, allowed_logs, caplog):
    allowed_logs += ["work in the background broke", "came after the end"]

    def kept(text):
        return int(text)

    words = "Anna was sold stale cake"
    with qtbot.waitSignal(background.failed):
        background.run(lambda: kept(words), owner=background)
    assert background.close(60)
    background.run(partial(kept, words), owner=background, lane="write")
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert "in kept" in said
    assert "ValueError" in said
    assert words not in said


def test_an_expected_failure_is_told_as_the_problem_it_is(qtbot, background):
    full = Problem("stores.disk_full")

    def work():
        raise ProblemError(full)

    with qtbot.waitSignal(background.hindered) as told:
        background.run(work, lambda _: pytest.fail("there is no result"), owner=background)
    assert told.args == [full]


def test_the_end_carries_out_every_write_and_no_waiting_read(qtbot, allowed_logs):
    allowed_logs.append("came after the end")
    background = Background()
    gate, written, read = threading.Event(), [], []
    for _ in range(2):
        background.run(lambda: gate.wait(60), owner=background)
    background.run(lambda: gate.wait(60), owner=background, lane="write")
    for number in range(50):
        background.run(lambda n=number: written.append(n), owner=background, lane="write")
        background.run(lambda n=number: read.append(n), owner=background)
    opener = threading.Timer(0.05, gate.set)
    opener.start()
    assert background.close(60)
    opener.join()
    assert written == list(range(50))
    assert read == []
    assert background.run(lambda: 1, owner=background, lane="write").cancelled


def test_the_end_does_not_wait_for_ever(qtbot):
    background = Background()
    gate = threading.Event()
    background.run(lambda: gate.wait(60), owner=background, lane="write")
    assert not background.drain(0.05)
    assert not background.close(0.05)
    gate.set()


def test_the_bridge_keeps_the_order_and_is_shut_when_closed(qtbot):
    bridge, came = Bridge(), []
    bridge.came.connect(came.append)
    thread = threading.Thread(target=lambda: [bridge.post(n) for n in range(100)])
    thread.start()
    thread.join()
    assert came == []
    bridge.post(lambda: came.append("called"))
    qtbot.waitUntil(lambda: len(came) == 101)
    assert came == [*range(100), "called"]
    bridge.post("late")
    bridge.close()
    assert not bridge.post("later")
    qtbot.wait(1)
    assert "late" not in came


def test_a_bridge_that_qt_deleted_refuses(qtbot):
    bridge = Bridge()
    shiboken6.delete(bridge)
    assert not bridge.post(1)
