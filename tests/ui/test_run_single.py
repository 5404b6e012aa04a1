import contextlib
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.ui.single import SingleInstance, doors_beside, try_send

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the paths are those of a Unix socket")


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "bell.sock")


@pytest.fixture
def first(qtbot, path):
    instance = SingleInstance(path)
    assert instance.listen()
    yield instance
    instance.close()


ASK = "import sys; from app.ui.single import try_send; sys.exit(0 if try_send(sys.argv[1], sys.argv[2], answer_ms=15_000) else 5)"


def begin_to_ask(path, command):
    return subprocess.Popen([sys.executable, "-c", ASK, path, command], cwd=ROOT)


def ask(qtbot, path, command):
    """Ask from another process; return whether it was told ok."""
    asker = begin_to_ask(path, command)
    qtbot.waitUntil(lambda: asker.poll() is not None)
    return asker.returncode == 0


def test_nobody_answers_where_nobody_runs(path):
    assert not try_send(path, "show")


def test_the_second_start_is_heard_and_told_ok(qtbot, path, first):
    heard = []
    first.asked.connect(heard.append)
    assert ask(qtbot, path, "show")
    assert ask(qtbot, path, "open 12")
    assert heard == ["show", "open 12"]


def test_only_this_user_may_open_the_door(path, first):
    assert stat.S_IMODE(Path(path).stat().st_mode) & 0o077 == 0


def test_a_socket_file_of_a_dead_instance_blocks_no_start(qtbot, path):
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(path)
    dead.close()
    assert not try_send(path, "show")
    instance = SingleInstance(path)
    assert instance.listen()
    assert ask(qtbot, path, "show")
    instance.close()
    assert list(Path(path).parent.iterdir()) == []


def test_two_starts_at_the_same_moment_do_not_rob_each_other(qtbot, path, first):
    second = SingleInstance(path)
    assert not second.listen()
    assert ask(qtbot, path, "show")


def test_a_lock_of_a_killed_instance_blocks_no_start(qtbot, path):
    code = "import sys; from app.ui.single import SingleInstance as S; s = S(sys.argv[1]); s._lock.tryLock(0); print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code, path], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        other.stdout.readline()
        instance = SingleInstance(path)
        assert not instance.listen()
        other.kill()
        other.wait()
        assert instance.listen()
        instance.close()


def test_a_hanging_instance_blocks_no_start(qtbot, path):
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as hanging:
        hanging.bind(path)
        hanging.listen()
        assert not try_send(path, "show", answer_ms=50)
        instance = SingleInstance(path)
        assert instance.take_over()
        assert ask(qtbot, path, "show")
        instance.close()


def test_where_no_door_can_be_made_the_start_goes_on(qtbot, tmp_path):
    instance = SingleInstance(str(tmp_path / "missing" / "bell.sock"))
    assert not instance.listen()
    assert not instance.take_over()


def test_who_asks_to_quit_waits_until_the_other_has_ended(qtbot, path):
    instance = SingleInstance(path)
    assert instance.listen()
    with qtbot.waitSignal(instance.asked) as asked:
        asker = begin_to_ask(path, "quit")
    assert asked.args == ["quit"]
    with pytest.raises(subprocess.TimeoutExpired):
        asker.wait(0.2)
    instance.close()
    assert asker.wait(60) == 0


def test_the_doors_of_all_profiles_are_found(qtbot, tmp_path):
    paths = [str(tmp_path / f"counterbell-{digest}.sock") for digest in ("0a", "0b")]
    instances = [SingleInstance(path) for path in paths]
    stranger = SingleInstance(str(tmp_path / "other-0c.sock"))
    assert all(instance.listen() for instance in (*instances, stranger))
    assert doors_beside(str(tmp_path / "counterbell-ff.sock")) == tuple(paths)
    for instance in (*instances, stranger):
        instance.close()
    assert doors_beside(paths[0]) == ()


def test_a_guest_that_talks_nonsense_is_shown_out(qtbot, path, first):
    heard = []
    first.asked.connect(heard.append)
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as guest:
        guest.connect(path)
        guest.setblocking(False)
        with contextlib.suppress(BlockingIOError, BrokenPipeError):
            guest.sendall(b"x" * 100_000)
        gone = []

        def shown_out():
            with contextlib.suppress(BlockingIOError):
                try:
                    gone.append(guest.recv(10))
                except ConnectionResetError:
                    gone.append(b"")
            return bool(gone)

        qtbot.waitUntil(shown_out)
    assert gone == [b""]
    assert heard == []
    assert ask(qtbot, path, "show")
