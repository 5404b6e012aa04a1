"""A notification service that answers late is no missing one."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from ui.run_samples import NOW, ROW

from app.core.problems import Problem
from app.core.views import Alert
from app.ui.alert_text import trial_words
from app.ui.notices import CameBack, Over, Refused, Stood
from app.ui.notifications import Notifier

if os.name != "posix":
    pytest.skip("there is a session bus on Linux only", allow_module_level=True)

from ui.slow_service import SlowService

from app.ui import notifications_linux

TOLD = Problem("ui.notification_failed")
ALERT = Alert("key", (ROW,), 1)


@pytest.fixture
def service(tmp_path: Path, allowed_logs: list[str]) -> Iterator[SlowService]:
    allowed_logs.append("no notification could be shown")
    with SlowService(tmp_path) as made:
        yield made


@pytest.fixture
def notifier(qapp: object, service: SlowService, monkeypatch: pytest.MonkeyPatch) -> Iterator[Notifier]:
    def serve(tell: Callable[[object], object]) -> notifications_linux.DesktopNotices:
        return notifications_linux.DesktopNotices(tell, service.address)

    made = Notifier(clock=lambda: NOW, make_service=serve)
    service.expect("GetCapabilities")
    monkeypatch.setattr(notifications_linux, "PATIENCE", 0.2)  # for the service; the bus itself has answered
    yield made
    monkeypatch.undo()
    made.close()


def test_who_tells_late_what_it_can_do_is_given_what_waits(
    qtbot: QtBot, service: SlowService, notifier: Notifier
) -> None:
    with qtbot.waitSignal(notifier.failed) as failed:
        notifier.show(ALERT)
    assert failed.args == [TOLD]
    service.slow = set()
    with qtbot.waitSignal(notifier.righted) as righted:
        service.answer()
    assert righted.args == [TOLD]
    service.expect("Notify")
    assert notifier._waiting == []


def test_what_is_shown_late_is_not_shown_twice_and_can_be_clicked(
    qtbot: QtBot, service: SlowService, notifier: Notifier
) -> None:
    service.answer()
    with qtbot.waitSignal(notifier.failed):
        notifier.show(ALERT)
    assert len(notifier._waiting) == 1
    with qtbot.waitSignal(notifier.righted):
        service.answer()
    notifier.show_waiting()
    service.slow = set()
    notifier.show_plain(trial_words())
    service.expect("Notify", 2)
    assert service.heard.count("Notify") == 2
    notifier.withdraw(Over(gone=frozenset({ROW.mention_id})))
    service.expect("CloseNotification")
    with qtbot.assertNotEmitted(notifier.righted):  # said once
        notifier._hear(CameBack())


def test_what_is_void_by_the_time_it_is_shown_goes_at_once(
    qtbot: QtBot, service: SlowService, notifier: Notifier
) -> None:
    service.answer()
    with qtbot.waitSignal(notifier.failed):
        notifier.show(ALERT)
    notifier.withdraw(Over(gone=frozenset({ROW.mention_id})))
    notifier.show_plain(trial_words())
    service.expect("Notify", 2)
    service.answer()
    service.expect("CloseNotification")
    assert len(service.closed) == 1


def test_who_says_no_late_has_said_nothing_new(qtbot: QtBot, service: SlowService, notifier: Notifier) -> None:
    service.answer()
    with qtbot.waitSignal(notifier.failed):
        notifier.show(ALERT)
    service.slow = set()
    with qtbot.assertNotEmitted(notifier.righted):
        service.answer(refuse=True)
        qtbot.waitUntil(lambda: not notifier._service._books.late)  # type: ignore[union-attr]
        with qtbot.assertNotEmitted(notifier.failed):
            notifier._service.show(notifier._waiting[0])  # type: ignore[union-attr]  # there is one
            service.expect("GetCapabilities", 2)


def test_a_service_that_never_answers_is_told_and_stays_told(
    qtbot: QtBot, service: SlowService, notifier: Notifier
) -> None:
    with qtbot.assertNotEmitted(notifier.righted):
        with qtbot.waitSignal(notifier.failed):
            notifier.show(ALERT)
        notifier.show(ALERT)
        qtbot.waitUntil(lambda: len(notifier._waiting) == 2)
    service.expect("GetCapabilities", 2)  # each notification asks anew


def test_a_row_of_failures_ends_with_what_stands(qtbot: QtBot, service: SlowService, notifier: Notifier) -> None:
    told: list[object] = []
    notifier.failed.connect(told.append)
    notifier.righted.connect(lambda _problem: told.append("righted"))
    notifier.show(ALERT)
    qtbot.waitUntil(lambda: told == [TOLD])
    (waiting,) = notifier._waiting
    notifier._hear(Stood(waiting))
    notifier._hear(Stood(waiting))
    notifier._hear(Refused(waiting, "no"))
    assert told == [TOLD, "righted", TOLD]
    notifier._hear(CameBack())
    assert told[3:] == ["righted"]


def test_at_the_end_nothing_is_left_on_the_screen(qtbot: QtBot, service: SlowService, notifier: Notifier) -> None:
    service.slow = {"GetCapabilities"}
    notifier.show(ALERT)
    notifier.show_plain(trial_words())
    service.answer()
    qtbot.waitUntil(lambda: len(notifier._service._books.standing) == 2)  # type: ignore[union-attr]  # there is one
    numbers = set(notifier._service._books.standing)  # type: ignore[union-attr]
    notifier.close()
    service.expect("CloseNotification", 2)
    assert set(service.closed) == numbers


def test_what_is_on_its_way_at_the_end_goes_when_its_number_comes(
    qtbot: QtBot, service: SlowService, notifier: Notifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications_linux, "LAST_WORDS", 60.0)
    monkeypatch.setattr(notifications_linux, "PATIENCE", 60.0)
    service.answer()
    notifier.show(ALERT)
    service.expect("Notify")
    qtbot.waitUntil(lambda: bool(notifier._service._books.sent))  # type: ignore[union-attr]  # there is one
    desktop = notifier._service
    desktop._order(None)  # type: ignore[union-attr]
    service.answer()
    service.expect("CloseNotification")
    assert len(service.closed) == 1


def test_a_service_that_hangs_does_not_hold_up_the_end(
    qtbot: QtBot, service: SlowService, notifier: Notifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications_linux, "PATIENCE", 60.0)
    service.answer()
    notifier.show(ALERT)
    service.expect("Notify")
    desktop = notifier._service
    assert desktop is not None
    assert desktop.close(40)
    notifier._service = None


def end(notifier: Notifier) -> tuple[threading.Thread, list[float]]:
    """Begin to quit, as the program does; return the thread that waits for it, and where its seconds will stand."""
    took: list[float] = []

    def close() -> None:
        begun = time.monotonic()
        assert notifier._service
        assert notifier._service.close(60)
        took.append(time.monotonic() - begun)

    ending = threading.Thread(target=close)
    ending.start()
    return ending, took


@pytest.mark.parametrize("was_given_up", [False, True], ids=["in time", "long waited for"])
def test_what_has_no_number_yet_at_the_end_is_closed_when_it_gets_one(
    qtbot: QtBot, service: SlowService, notifier: Notifier, monkeypatch: pytest.MonkeyPatch, was_given_up: bool
) -> None:
    monkeypatch.setattr(notifications_linux, "LAST_WORDS", 60.0)
    service.answer()
    if was_given_up:
        with qtbot.waitSignal(notifier.failed):
            notifier.show(ALERT)
    else:
        notifier.show(ALERT)
    service.expect("Notify")
    ending, took = end(notifier)
    service.answer()
    service.expect("CloseNotification")
    ending.join(90.0)
    assert took
    assert took[0] < 30.0, "it waited on although nothing was to come"


def test_a_service_that_hangs_holds_the_end_up_for_a_moment_only(
    service: SlowService, notifier: Notifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications_linux, "LAST_WORDS", 0.2)
    service.answer()
    notifier.show(ALERT)
    service.expect("Notify")
    ending, took = end(notifier)
    ending.join(90.0)
    assert took
    assert 0.2 <= took[0] < 30.0


def test_a_service_that_takes_most_of_a_second_is_waited_for(
    service: SlowService, notifier: Notifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert notifications_linux.LAST_WORDS > 1.0
    monkeypatch.setattr(notifications_linux, "LAST_WORDS", 60.0)
    service.answer()
    notifier.show(ALERT)
    service.expect("Notify")
    answering = threading.Timer(0.8, service.answer)
    answering.start()
    ending, _took = end(notifier)
    ending.join(90.0)
    answering.join()
    service.expect("CloseNotification")


def test_what_waits_for_a_service_is_not_shown_at_the_end_because_it_answers(
    qtbot: QtBot, service: SlowService, notifier: Notifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.answer()
    notifier.show(ALERT)
    notifier.show(ALERT)
    service.expect("Notify", 2)
    qtbot.waitUntil(lambda: len(notifier._waiting) == 2)
    monkeypatch.setattr(notifications_linux, "PATIENCE", 60.0)
    monkeypatch.setattr(notifications_linux, "LAST_WORDS", 60.0)
    service.answer(refuse=True)  # now it is asked again what it can do
    desktop = notifier._service
    assert desktop
    qtbot.waitUntil(lambda: len(desktop._books.late) == 1)  # type: ignore[attr-defined]  # of this service
    notifier.show(ALERT)
    service.expect("GetCapabilities", 2)
    ending, _took = end(notifier)
    qtbot.waitUntil(lambda: bool(desktop._books.unwanted))  # type: ignore[attr-defined]  # the end has begun
    service.answer("GetCapabilities")
    service.answer("Notify")
    service.expect("CloseNotification")
    ending.join(90.0)
    assert service.heard.count("Notify") == 2


def test_at_the_end_nothing_new_is_shown(service: SlowService, notifier: Notifier) -> None:
    notifier.show(ALERT)  # it waits for what the service can do
    ending, _took = end(notifier)
    ending.join(90.0)
    assert "Notify" not in service.heard
