import os
import signal
import sys
from pathlib import Path

import pytest

from app.core.messages import Arrived, Pause, Polled, PollNow, Status, Woke
from app.core.problems import Problem
from app.ui.listener_health import Deaths, Pulse
from app.ui.listener_link import ListenerLink
from app.ui.listener_log import ListenerLog

FAKE = str(Path(__file__).with_name("fake_listener.py"))


@pytest.fixture
def link_to(qtbot):
    links = []

    def make(mode, **options):
        link = ListenerLink((sys.executable, "-I", FAKE, mode), **options)
        links.append(link)
        return link

    yield make
    for link in links:
        link._process.kill()
        link.stop()


def gather(signal_of):
    got = []
    signal_of.connect(got.append)
    return got


def test_every_message_becomes_its_signal(qtbot, link_to):
    link = link_to("good")
    got = {name: gather(getattr(link, name)) for name in ("status", "polled", "woke", "failed", "righted", "running")}
    link.start()
    qtbot.waitUntil(lambda: all(got.values()))
    assert isinstance(got["status"][0], Status)
    assert isinstance(got["polled"][0], Polled)
    assert got["woke"] == [Woke()]
    assert got["failed"] == got["righted"] == [Problem("stores.disk_full")]
    assert got["running"] == [True]


def test_messages_reach_the_listener_and_a_second_start_changes_nothing(qtbot, link_to):
    link = link_to("good")
    assert not link.send(PollNow(("a",)))
    arrived = gather(link.arrived)
    with qtbot.waitSignal(link.status):
        link.start()
    number = link._process.processId()
    link.start()
    assert link._process.processId() == number
    assert link.send(PollNow(("a", "b")))
    qtbot.waitUntil(lambda: arrived == [Arrived("w", (2,), (2,))])


def test_stop_asks_first_and_keeps_the_last_words(qtbot, link_to):
    kept = []
    link = link_to("good", keep=kept.append)
    running = gather(link.running)
    with qtbot.waitSignal(link.status):
        link.start()
    assert link.stop(90_000)
    assert running == [True, False]
    assert b"asked to quit" in b"".join(kept)
    assert link._process.processId() == 0


def test_stop_kills_one_that_listens_to_nothing(qtbot, link_to):
    link = link_to("stubborn")
    with qtbot.waitSignal(link.status):
        link.start()
    number = link._process.processId()
    assert not link.stop(150)
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_one_that_dies_is_started_again_and_told_of_at_the_third_death(qtbot, link_to):
    link = link_to("dies", delay_unit=0.01)
    arrived, failed = gather(link.arrived), gather(link.failed)
    link.start()
    qtbot.waitUntil(lambda: len(arrived) >= 4)
    assert len({message.mention_ids for message in arrived}) == len(arrived)
    assert failed == [Problem("ui.listener_restarted", {"times": 3})]


def test_one_that_hangs_is_killed_and_started_again(qtbot, link_to):
    link = link_to("good", silence=60.0, delay_unit=0.01)
    with qtbot.waitSignal(link.status):
        link.start()
    first = link._process.processId()
    os.kill(first, signal.SIGSTOP)
    assert link._look.isActive()
    assert link._look.interval() == 30_000
    link._pulse.heard_at -= 61  # as if it had said nothing since
    with qtbot.waitSignal(link.status):
        link._look.timeout.emit()
    assert link._process.processId() not in {0, first}


def test_a_pause_outlives_the_listener(qtbot, link_to):
    link = link_to("good", delay_unit=0.01)
    statuses = gather(link.status)
    link.start()
    qtbot.waitUntil(lambda: bool(statuses))
    link.send(Pause(True))
    qtbot.waitUntil(lambda: statuses[-1].paused)
    first = link._process.processId()
    os.kill(first, signal.SIGKILL)
    qtbot.waitUntil(lambda: len(statuses) >= 4)
    assert [status.paused for status in statuses] == [False, True, False, True]
    assert link._process.processId() not in {0, first}


def test_a_flood_arrives_whole_and_lets_the_window_breathe(qtbot, link_to):
    link = link_to("floods")
    numbers, turns = [], []
    link.arrived.connect(lambda message: numbers.append(message.mention_ids[0]))
    from PySide6.QtCore import QTimer

    ticker = QTimer()
    ticker.timeout.connect(lambda: turns.append(len(numbers)))
    ticker.start(1)
    link.start()
    qtbot.waitUntil(lambda: len(numbers) == 20_000, timeout=60_000)
    ticker.stop()
    assert numbers == list(range(20_000))
    assert len({turn for turn in turns if 0 < turn < 20_000}) > 5


def test_half_lines_and_garbage_are_passed_over_and_noted_once_of_each_name(qtbot, link_to, allowed_logs, caplog):
    allowed_logs.append("no message")
    link = link_to("half")
    arrived, failed = gather(link.arrived), gather(link.failed)
    link.start()
    qtbot.waitUntil(lambda: len(arrived) >= 2)
    assert arrived == [Arrived("w", (7,), (7,)), Arrived("w", (8,), (8,))]
    assert failed == []
    assert link._process.processId()
    assert [one.args[0] for one in caplog.records] == ["nameless", "Nonsense"]


def test_a_listener_of_another_version_is_understood_as_far_as_it_can_be(qtbot, link_to, allowed_logs):
    allowed_logs.append("no message: Failed")
    link = link_to("foreign")
    got = {name: gather(getattr(link, name)) for name in ("status", "polled", "failed", "arrived")}
    link.start()
    qtbot.waitUntil(lambda: all(got.values()))
    assert got["status"] == [Status(watches=3)]
    assert got["polled"] == [Polled("w", 1.0, problem=Problem("net.timeout", {"host": "a.example"}))]
    assert got["failed"] == [Problem("stores.disk_full")]
    assert got["arrived"] == [Arrived("w", ringing=(7,))]
    assert link._deaths.in_a_row == 0


def test_a_program_that_is_not_there_is_told_at_once_and_tried_again(qtbot):
    link = ListenerLink(("/nowhere/counterbell",), delay_unit=0.01)
    failed = gather(link.failed)
    link.start()
    qtbot.waitUntil(lambda: bool(failed))
    qtbot.waitUntil(lambda: link._deaths.in_a_row >= 2)
    assert [problem.code for problem in failed] == ["ui.listener_not_started"]
    assert link.stop(100)


def test_what_it_prints_goes_to_a_file_that_never_outgrows_its_cap(tmp_path):
    (tmp_path / "logs").mkdir()
    log = ListenerLog(tmp_path / "logs" / "listener.log", cap=1000)
    for number in range(100):
        log.write(f"{number:03} {'x' * 95}\n".encode())
    now, before = tmp_path / "logs" / "listener.log", tmp_path / "logs" / "listener.log.1"
    assert now.stat().st_size <= 1000
    assert before.stat().st_size <= 1000
    assert now.read_text().splitlines()[-1].startswith("099")
    log.write(b"y" * 5000)
    assert now.stat().st_size == 1000


def test_a_log_that_cannot_be_written_is_no_failure(tmp_path):
    (tmp_path / "file").write_text("")
    ListenerLog(tmp_path / "file" / "listener.log").write(b"lost")
    assert (tmp_path / "file").read_text() == ""
    ListenerLog(tmp_path / "moved away" / "listener.log").write(b"lost")
    assert not (tmp_path / "moved away").exists()


def test_the_delays_double_up_to_a_minute_and_a_healthy_minute_resets_them():
    deaths, delays = Deaths(), []
    for _ in range(9):
        deaths = deaths.one_more(lived=1)
        delays.append(deaths.delay)
    assert delays == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert deaths.one_more(lived=61).delay == 1


def looked(pulse, start, seconds, wall_offset=0.0):
    """Look every period for some seconds; return when the pulse was found silent, or None."""
    at = start
    while at < start + seconds:
        at += pulse.period
        if pulse.look(at, at + wall_offset):
            return at - start
    return None


def test_silence_is_noticed_after_the_time_given_and_a_fresh_start_has_longer():
    pulse = Pulse(20.0)
    pulse.begin(100.0, 1100.0)
    assert looked(pulse, 100.0, 50.0, 1000.0) is None
    assert looked(pulse, 150.0, 30.0, 1000.0) is not None
    pulse.begin(100.0, 1100.0)
    pulse.beat(101.0)
    assert looked(pulse, 101.0, 60.0, 1000.0) == pytest.approx(30.0)


@pytest.mark.parametrize("monotonic_runs_on", [True, False])
def test_a_sleep_of_the_laptop_is_no_silence(monotonic_runs_on):
    pulse = Pulse(20.0)
    pulse.begin(100.0, 1100.0)
    pulse.beat(110.0)
    assert not pulse.look(110.0, 1110.0)
    slept = 8 * 3600.0
    woke = 120.0 + (slept if monotonic_runs_on else 0.0)
    assert not pulse.look(woke, 1120.0 + slept)
    pulse.beat(woke + 5)
    assert not pulse.look(woke + 10, 1130.0 + slept)
    assert looked(pulse, woke + 10, 60.0, 1120.0 + slept - woke) is not None
