import dataclasses
import gc
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest
from ui.run_fake_desk import FakeDesk
from ui.run_samples import Host

from app.core.preferences import Preferences
from app.core.problems import Problem, ProblemError
from app.stores.typed_aside import TypedAside
from app.ui import program as program_module
from app.ui import single as single_module
from app.ui.endings import Endings
from app.ui.keeper import Keeper
from app.ui.listener_link import ListenerLink
from app.ui.program import RESTART, Parts, Program, run, wish_of
from app.ui.single import SingleInstance
from app.ui.window import MainWindow
from app.words.problems import sentence

FAKE = str(Path(__file__).with_name("fake_listener.py"))
RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture
def desk():
    return FakeDesk()


@pytest.fixture
def parts(tmp_path, desk):
    return Parts(
        profile=tmp_path,
        resources=RESOURCES,
        settings_path=tmp_path / "window.ini",
        log=tmp_path / "listener.log",
        socket=str(tmp_path / "bell.sock"),
        open_desk=lambda: (desk, None, (Problem("stores.restored", {"name": "x"}),)),
        listener_command=(sys.executable, "-I", FAKE, "noisy"),
        speak=None,
        hidden=False,
        sample=False,
        version="1.2.3",
        started=time.time(),
    )


@pytest.fixture
def start(qtbot, qapp, monkeypatch, allowed_logs):
    Host(monkeypatch)
    allowed_logs.append("no notification could be shown")  # the machine may have no session bus
    running = []

    def begin(parts, wish="show"):
        door = SingleInstance(parts.socket)
        assert door.listen()
        program = Program(parts, qapp, door, wish)
        told = []
        monkeypatch.setattr(program.window, "announce", told.append)
        monkeypatch.setattr(program.window, "announce_for_good", told.extend)
        program.told = told
        running.append(program)
        program.begin()
        return program

    yield begin
    for program in running:
        program.end()
        program.window.deleteLater()


def problems_told(program):
    """The desk of these tests lists a mention that it cannot open; that is told as well, whenever a list is shown."""
    return [one for one in program.told if isinstance(one, Problem)]


def test_the_window_is_painted_first_then_the_desk_opens_and_the_listener_starts(
    qtbot, start, parts, tmp_path, monkeypatch
):
    order = []
    open_desk, paint = parts.open_desk, MainWindow.paintEvent

    def painting(window, event):
        paint(window, event)
        order.append("painted")

    monkeypatch.setattr(MainWindow, "paintEvent", painting)

    def opening():
        order.append(("open", threading.current_thread() is threading.main_thread()))
        return open_desk()

    program = start(dataclasses.replace(parts, open_desk=opening))
    qtbot.waitUntil(lambda: bool(program._link._process.processId()))
    assert order[0] == "painted"
    assert ("open", False) in order
    assert Problem("stores.restored", {"name": "x"}) in program.told
    qtbot.waitUntil((tmp_path / "listener.log").exists)
    assert (tmp_path / "listener.log").read_text().startswith("line line")


def test_the_end_keeps_what_was_typed_and_closes_the_desk_after_it(qtbot, start, parts, desk, monkeypatch):
    program = start(parts)
    qtbot.waitUntil(lambda: bool(program._link._process.processId()))
    order = []
    desk.close = lambda: order.append("closed")

    def flush():
        program._background.run(lambda: order.append("written"), owner=program, lane="write")

    monkeypatch.setattr(program.window, "hide", lambda: None)
    monkeypatch.setattr(program.window, "flush", flush)
    program.end()
    assert order == ["written", "closed"]
    assert program._link._process.processId() == 0
    monkeypatch.undo()
    program.window.hide()
    program.end = lambda: None


def test_a_desk_that_cannot_be_opened_is_told_and_nothing_listens(qtbot, start, parts):
    problem = Problem("stores.profile_in_use")
    program = start(dataclasses.replace(parts, open_desk=lambda: problem))
    qtbot.waitUntil(lambda: problems_told(program) == [problem])
    assert program._link._process.processId() == 0


def test_all_that_the_start_came_upon_is_told_until_it_is_dismissed(qtbot, start, parts, monkeypatch):
    problems = (Problem("stores.shop_lost", {"aside": "s"}), Problem("stores.archive_lost", {"aside": "a"}))
    program = start(dataclasses.replace(parts, open_desk=lambda: (FakeDesk(), None, problems)))
    qtbot.waitUntil(lambda: problems_told(program) == list(problems))
    monkeypatch.undo()
    window = program.window
    window.announce_for_good(problems)
    both = [sentence(problem) for problem in problems]
    assert window.banner.text.splitlines() == both
    window.announce(Problem("ui.language_next_start", {"language": "pl"}))
    assert window.banner.text not in both
    window.banner._close.click()
    assert window.banner.text.splitlines() == both
    window.announce("Kept.")
    window.banner._timer.timeout.emit()
    assert window.banner.text.splitlines() == both
    window.banner._close.click()
    assert window.banner.isHidden()
    window.announce("Kept.")
    window.banner._timer.timeout.emit()
    assert window.banner.isHidden()


@pytest.mark.parametrize("by_itself", [True, False])
def test_a_desk_that_could_not_be_opened_is_tried_again(qtbot, start, parts, desk, monkeypatch, by_itself):
    monkeypatch.setattr("app.ui.program.RETRY_MS", 10 if by_itself else 600_000)
    full = Problem("stores.disk_full", {"path": "archive.db"})
    answers = [full, full, (desk, None, ())]
    program = start(dataclasses.replace(parts, open_desk=lambda: answers.pop(0)))
    for left in [] if by_itself else [2, 1]:
        qtbot.waitUntil(lambda left=left: len(answers) == left and program._retry.isActive())
        assert "F5" in program.window.bar.status.text()
        program.window.do("check")
        assert not program._retry.isActive()
    qtbot.waitUntil(lambda: bool(program._link._process.processId()))
    assert problems_told(program) == [full]
    assert answers == []
    assert program.window._bench.is_open
    assert "F5" not in program.window.bar.status.text()
    program.window.do("check")
    assert not program._retry.isActive()


def test_why_it_was_not_open_is_told_no_longer_once_it_is(qtbot, start, parts, desk, monkeypatch):
    full = Problem("stores.disk_full", {"path": "archive.db"})
    answers = [full, (desk, None, ())]
    program = start(dataclasses.replace(parts, open_desk=lambda: answers.pop(0)))
    qtbot.waitUntil(program._retry.isActive)
    program.window.banner.tell(sentence(full), stays=True)
    program.window.do("check")
    qtbot.waitUntil(lambda: bool(program._link._process.processId()))
    assert program.window.banner.isHidden()


def test_a_desk_that_breaks_down_while_it_opens_is_told_and_tried_again(
    qtbot, start, parts, desk, monkeypatch, allowed_logs, caplog
):
    allowed_logs.append("the desk could not be opened")
    monkeypatch.setattr("app.ui.program.RETRY_MS", 10)
    errors = [IsADirectoryError(21, "Is a directory"), IsADirectoryError(21, "Is a directory"), MemoryError()]
    errors.append(ProblemError(Problem("stores.busy", {"path": "archive.db"})))

    def opening():
        if errors:
            raise errors.pop(0)
        return desk, None, ()

    program = start(dataclasses.replace(parts, open_desk=opening))
    qtbot.waitUntil(lambda: bool(program._link._process.processId()))
    assert problems_told(program) == [
        Problem("ui.unexpected", {"detail": "IsADirectoryError: [Errno 21] Is a directory"}),
        Problem("core.no_memory"),
        Problem("stores.busy", {"path": "archive.db"}),
    ]
    logged = [record for record in caplog.records if record.getMessage() == "the desk could not be opened"]
    assert [record.exc_info[0] for record in logged] == [IsADirectoryError, MemoryError]


@pytest.mark.parametrize("hidden", [True, False])
def test_where_no_window_is_in_sight_a_notification_says_why_it_is_not_open(
    qtbot, start, parts, desk, monkeypatch, hidden
):
    monkeypatch.setattr("app.ui.program.RETRY_MS", 10)
    full, away = Problem("stores.disk_full"), Problem("stores.profile_unusable", {"path": "/media/shop"})
    answers = [away, full, full, full, full, (desk, None, ())]
    program = start(dataclasses.replace(parts, hidden=hidden, open_desk=lambda: answers.pop(0)))
    shown = []
    monkeypatch.setattr(program._notifier, "show_plain", shown.append)
    qtbot.waitUntil(lambda: bool(program._link._process.processId()))
    assert problems_told(program) == [away, full]
    assert [one.body.startswith(sentence(full)) for one in shown] == ([True] if hidden else [])


class FakeAside:
    def __init__(self, *left):
        self.kept, self._left = [], left

    def put(self, texts):
        self.kept.append(texts)
        return Path("aside.txt") if texts else None

    def left(self):
        return self._left


@pytest.mark.parametrize("typed", ["Dzień dobry", ""])
def test_what_the_profile_did_not_take_is_put_aside_at_the_end(start, parts, monkeypatch, typed):
    aside = FakeAside()
    texts = (typed,) if typed else ()
    monkeypatch.setattr("app.ui.program.unkept", lambda _window: texts)
    program = start(dataclasses.replace(parts, aside=aside))
    program._save_for_session_end()
    program.end()
    assert aside.kept == [texts, texts, texts]
    program.end = lambda: None


def test_what_a_slow_write_keeps_at_the_very_end_lies_nowhere_else(
    qtbot, start, parts, monkeypatch, allowed_logs, tmp_path
):
    allowed_logs.append("writes were still under way")
    monkeypatch.setattr("app.ui.program.WRITES_SECONDS", 0.05)
    aside, going_on, seen = TypedAside((tmp_path / "home",), time.time), threading.Event(), []
    (tmp_path / "home").mkdir()
    program = start(dataclasses.replace(parts, aside=aside))
    qtbot.waitUntil(lambda: bool(program._link._process.processId()))
    keeper = Keeper(program.window.case.drafts._bench, lambda *_typed: going_on.wait(60) and None, program.window)
    keeper.switch("case")
    keeper.put("Secret words")
    keeper.flush()
    stop = program._link.stop

    def stop_while_it_ends():
        seen.extend(path.read_text("utf-8") for path in (tmp_path / "home").iterdir())
        going_on.set()
        stop()

    monkeypatch.setattr(program._link, "stop", stop_while_it_ends)
    program.end()
    program.end = lambda: None
    assert seen == ["Secret words\n"]
    assert list((tmp_path / "home").iterdir()) == []


def test_what_no_place_takes_is_logged(start, parts, monkeypatch, allowed_logs, caplog):
    allowed_logs.append("what was typed could be kept nowhere")
    aside = FakeAside()
    monkeypatch.setattr(aside, "put", lambda _texts: None)
    monkeypatch.setattr("app.ui.program.unkept", lambda _window: ("Dzień dobry",))
    program = start(dataclasses.replace(parts, aside=aside))
    program._put_aside()
    assert "could be kept nowhere" in caplog.text
    caplog.clear()
    monkeypatch.setattr("app.ui.program.unkept", lambda _window: ())
    program._put_aside()
    assert caplog.text == ""


def test_what_an_earlier_run_put_aside_is_told(qtbot, start, parts):
    left = Path("/home/anna/counterbell-not-saved-1.txt")
    program = start(dataclasses.replace(parts, aside=FakeAside(left)))
    expected = [Problem("stores.restored", {"name": "x"}), Problem("ui.typed_left", {"path": str(left)})]
    qtbot.waitUntil(lambda: problems_told(program) == expected)


def test_a_person_who_quits_is_asked_about_what_is_not_kept_and_a_signal_is_not(qtbot, start, parts, monkeypatch):
    program = start(parts)
    qtbot.waitUntil(lambda: bool(program._link._process.processId()))
    ended = []
    monkeypatch.setattr(program._application, "exit", ended.append)
    monkeypatch.setattr("app.ui.leaving.unkept", lambda _window: ("Dzień dobry",))
    for quit_ in (program.window.leave_program, program.wiring._pieces.tray.quit_requested.emit):
        quit_()
        qtbot.waitUntil(lambda: program._leaving._box is not None)
        assert ended == []
        program._leaving._box.reject()
        assert program._leaving._box is None
    program._endings.asked.emit()
    program.wiring.obey("quit")
    assert ended == [0, 0]
    monkeypatch.setattr("app.ui.leaving.unkept", lambda _window: ())
    program.window.leave_program()
    assert ended == [0, 0, 0]


def test_a_hidden_start_stays_hidden_while_it_waits_for_a_tray(qtbot, start, parts):
    program = start(dataclasses.replace(parts, hidden=True))
    qtbot.waitUntil(lambda: bool(program._link._process.processId()))
    assert not program.window.isVisible()
    assert program.wiring._stranded.isActive()


def test_a_start_that_is_to_open_a_case_opens_it(qtbot, start, parts, desk):
    program = start(parts, wish="open 7")
    qtbot.waitUntil(lambda: bool(desk.asked("open")))
    assert set(desk.asked("open")) == {(7,)}
    assert program.window.isVisible()


def test_while_it_runs_python_collects_no_garbage_in_whichever_thread_happens_to_allocate(qtbot, start, parts, desk):
    program = start(parts)
    assert not gc.isenabled()
    program.end()
    assert gc.isenabled()
    program.end = lambda: None


def test_the_end_while_the_desk_is_still_opening_closes_it_too(qtbot, start, parts, desk):
    gate, begun = threading.Event(), threading.Event()

    def opening():
        begun.set()
        gate.wait(60)
        return desk, (), ()

    program = start(dataclasses.replace(parts, open_desk=opening))
    qtbot.waitUntil(begun.is_set)
    opener = threading.Timer(0.1, gate.set)
    opener.start()
    program.end()
    opener.join()
    assert desk.closed == 1
    program.end = lambda: None


def test_the_language_chosen_is_spoken_at_the_next_start(qtbot, start, parts, desk):
    spoken = []
    desk.preferences = Preferences(language="pl")
    speaking = dataclasses.replace(parts, speak=lambda code: spoken.append(code) or "en")
    first = start(speaking)
    qtbot.waitUntil(lambda: Problem("ui.language_next_start", {"language": "pl"}) in first.told)
    first.end()
    first.end = lambda: None
    start(speaking)
    assert spoken == ["", "pl"]


def test_a_listener_that_is_just_being_started_is_asked_to_end_too(qtbot, tmp_path):
    link = ListenerLink((sys.executable, "-I", FAKE, "good"))
    link.start()
    assert link.stop(30_000)


def test_an_error_nobody_foresaw_is_logged_and_told(qtbot, start, parts, allowed_logs, caplog):
    allowed_logs.append("unexpected")
    program = start(parts)
    error = KeyError("lost")
    sys.excepthook(KeyError, error, None)
    expected = Problem("ui.unexpected", {"detail": "KeyError: 'lost'"})
    qtbot.waitUntil(lambda: expected in program.told)
    assert program.told.count(expected) == 1
    (logged,) = [record for record in caplog.records if record.getMessage() == "unexpected"]
    assert logged.exc_info[1] is error


def test_where_another_runs_the_second_start_only_tells_it(monkeypatch, parts):
    sent = []
    monkeypatch.setattr("app.ui.program.try_send", lambda path, wish: sent.append((path, wish)) or True)
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    assert run(parts, ["counterbell"]) == 0
    assert sent == [(parts.socket, "show")]


def test_quitting_where_nobody_runs_is_done_at_once(parts):
    assert run(parts, ["counterbell", "--quit"]) == 0
    assert not Path(parts.socket).exists()


@pytest.mark.parametrize(
    ("arguments", "hidden", "wish"),
    [
        ([], False, "show t1"),
        ([], True, "look"),
        (["--open", "12"], False, "open 12"),
        (["--open"], False, "show t1"),
        (["--quit"], True, "quit"),
    ],
)
def test_what_a_start_wishes(monkeypatch, arguments, hidden, wish):
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "t1")
    assert wish_of(arguments, hidden=hidden) == wish


def test_a_signal_ends_the_program_and_a_second_one_the_hard_way(qtbot):
    before = signal.getsignal(signal.SIGTERM)
    endings = Endings()
    with qtbot.waitSignal(endings.asked):
        os.kill(os.getpid(), signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    endings.close()
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_busy_instance_is_waited_for_and_a_hanging_one_not_for_long():
    tries = 2 * (single_module.CONNECT_MS + single_module.ANSWER_MS) + program_module.STARTING_MS
    assert single_module.ANSWER_MS >= 10_000
    assert tries < 25_000


def test_a_version_just_installed_takes_over_when_the_window_is_out_of_sight(qtbot, qapp, start, parts, monkeypatch):
    program = start(parts)
    codes = []
    monkeypatch.setattr(type(qapp), "exit", lambda _application, code=0: codes.append(code))
    program._program_file.replaced.emit()
    assert program.told == [Problem("ui.program_replaced")]
    assert codes == []
    program.window.closed_to_tray.emit()
    assert codes == [RESTART]
    program.window.hide()
    program._program_file.replaced.emit()
    assert codes == [RESTART, RESTART]


def test_the_window_is_where_it_was_however_the_program_ended(qtbot, start, parts):
    program = start(parts)
    qtbot.waitUntil(lambda: bool(program._link._process.processId()))
    wide = program.window.minimumWidth() + 1
    program.window.resize(wide, 561)
    program.end()
    again = MainWindow(program._background, RESOURCES, settings_path=parts.settings_path)
    qtbot.addWidget(again, before_close_func=lambda w: setattr(w, "keep_in_tray", False))
    assert (again.width(), again.height()) == (wide, 561)


def test_the_pages_know_the_version_and_how_to_start_the_sample_shop(start, parts):
    pages = start(dataclasses.replace(parts, sample_command=("counterbell", "demo"))).window.pages
    assert pages.page("help").version.text() == "Version 1.2.3"
    assert pages.sample_command == ("counterbell", "demo")
