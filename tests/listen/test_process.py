"""The listener as a process of its own: told, garbled, abandoned, terminated, killed."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from fakes.profile import Profile
from listen.child import ENDING, STALLED

from app.core.messages import Arrived, Failed, Message, Pause, Polled, PollNow, Quit, Status, decode, encode
from app.core.problems import Problem
from app.listen.process import BELOW_NORMAL, Out, be_nice, serve
from app.stores.archive.connections import PATIENCE, connect

ROOT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("child.py")


class Child:
    """The process, seen from the window."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.lines: list[bytes] = []

    def tell(self, *lines: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(b"".join(lines))
        self.process.stdin.flush()

    def hear(self, kind: type[Message], **values: object) -> Message:
        """Return the next message of a kind with these values; the tests' time-out ends a wait in vain."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)
            message = decode(line)
            if isinstance(message, kind) and all(getattr(message, n) == v for n, v in values.items()):
                return message
        raise AssertionError(f"never said {kind}: {self.lines}")

    def end(self) -> int:
        """Take what is left and return the exit code."""
        assert self.process.stdout
        self.lines += self.process.stdout.readlines()
        return self.process.wait(60)


@contextmanager
def running(folder: Path, how: str = "", noted: int = 0) -> Iterator[Child]:
    """Give a listener that writes so many lines into its log, each on a message that it cannot read."""
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    process = subprocess.Popen(
        [sys.executable, str(CHILD), str(folder), how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
    )
    try:
        yield Child(process)
    finally:
        process.kill()
        _rest, errors = process.communicate(timeout=60)
    lines = errors.decode().splitlines()
    assert (len(lines), [one for one in lines if "no message" not in one]) == (noted, [])


def test_it_says_messages_only_and_ends_when_told(profile: Profile) -> None:
    profile.watch("a")
    with running(profile.folder) as child:
        child.hear(Arrived, watch_id="a")
        child.tell(encode(Quit()))
        assert child.end() == 0
    assert all(decode(line) for line in child.lines)


def test_it_ends_when_the_window_is_gone(profile: Profile) -> None:
    with running(profile.folder) as child:
        child.hear(Status)
        child.process.stdin.close()
        child.process.stdin = None
        assert child.end() == 0


def test_it_minds_no_garbage_and_notes_each_once(profile: Profile) -> None:
    profile.watch("a")
    with running(profile.folder, noted=2) as child:
        child.hear(Polled)
        child.tell(b"\n", b"{half a li\n", b"\xff\xfe\n", b"[]\n", b'{"type": "Nonsense"}\n', b"x" * 2_000_000 + b"\n")
        child.tell(encode(Status(1, False, False, 0, 0.0)), encode(PollNow()))
        child.hear(Polled)
        child.tell(encode(Pause(paused=True)))
        child.hear(Status, paused=True)
        child.tell(encode(Quit()))
        assert child.end() == 0


def test_a_window_of_another_version_is_obeyed_as_far_as_it_is_understood(profile: Profile) -> None:
    profile.watch("a")
    with running(profile.folder, noted=2) as child:
        child.hear(Polled)
        child.tell(b'{"type": "Pause", "until": 5}\n', b'{"type": "Pause", "paused": "yes"}\n', b"[" * 100_000 + b"\n")
        child.tell(b'{"type": "PollNow", "watch_ids": 7, "why": {"code": 3}}\n')
        child.hear(Polled)
        child.tell(b'{"type": "Pause", "paused": true, "until": 5}\n')
        child.hear(Status, paused=True)
        child.tell(b'{"type": "Quit", "restart": true}\n')
        assert child.end() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_termination_ends_it_in_order(profile: Profile) -> None:
    profile.watch("a")
    with running(profile.folder) as child:
        child.hear(Polled)
        child.process.terminate()
        assert child.end() == 0
    assert profile.listener_archive.states()["a"].failures == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_termination_breaks_no_end_off_that_has_begun(profile: Profile) -> None:
    profile.watch("a")
    with running(profile.folder, "dawdles") as child:
        child.hear(Failed, problem=STALLED.problem)
        child.tell(encode(Quit()))
        child.hear(Failed, problem=ENDING.problem)
        child.process.terminate()
        assert child.end() == 0
    assert any(isinstance(decode(line), Polled) for line in child.lines)
    assert set(profile.listener_archive.states()) == {"a"}


def test_it_ends_though_a_keyring_never_answers(profile: Profile) -> None:
    profile.watch("a", settings={"url": "https://a.example/feed", "has_password": "1"})
    with running(profile.folder, "hangs") as child:
        child.hear(Failed, problem=STALLED.problem)
        child.tell(encode(Quit()))
        assert child.end() == 0
    assert profile.listener_archive.states() == {}


def test_it_ends_though_another_process_is_writing(profile: Profile) -> None:
    profile.watch("a")
    with running(profile.folder, "dawdles in haste") as child:
        child.hear(Failed, problem=STALLED.problem)
        with closing(connect(profile.archive._heard.path)) as other:
            other.execute("BEGIN IMMEDIATE")
            began = time.monotonic()
            child.tell(encode(Quit()))
            assert child.end() == 0
            assert time.monotonic() - began < PATIENCE


def test_killed_it_goes_on_where_it_stood(profile: Profile) -> None:
    profile.watch("a")
    with running(profile.folder) as child:
        child.hear(Polled, watch_id="a")
        child.process.kill()
        child.end()
    profile.watch("b")
    with running(profile.folder) as child:
        child.hear(Polled, watch_id="b")
        child.tell(encode(PollNow()))
        child.hear(Polled, watch_id="a")
        child.tell(encode(Quit()))
        child.end()
    heard = [message for line in child.lines if isinstance(message := decode(line), Arrived)]
    assert [message.watch_id for message in heard] == ["b"]
    assert set(profile.listener_archive.states()) == {"a", "b"}


def test_a_window_that_reads_no_more_is_no_error(profile: Profile) -> None:
    told, tell = os.pipe()
    heard, say = os.pipe()
    os.close(heard)
    os.write(tell, encode(PollNow()) + encode(Quit()))
    profile.watch("a", "")
    with open(told, "rb") as told_file, open(say, "wb", buffering=0) as say_file:  # noqa: PTH123
        serve(profile.parts, told_file, Out(say_file))
    os.close(tell)
    assert profile.web.closed.is_set()


def test_what_opening_came_upon_is_said_first(profile: Profile, tmp_path: Path) -> None:
    restored = Problem("stores.archive_restored", {"date": "today"})
    out = tmp_path / "out"
    with open(os.devnull, "rb") as told, out.open("wb") as say:  # noqa: PTH123
        serve(profile.parts, told, Out(say), (restored,))
    assert decode(out.read_bytes().splitlines()[0]) == Failed(restored)


def test_on_windows_the_whole_handle_of_the_process_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []

    class Call:
        restype: object = ctypes.c_int
        argtypes: object = None

        def __call__(self, *given: object) -> object:
            asked.append(given)
            return self

    class Kernel:
        GetCurrentProcess = Call()
        SetPriorityClass = Call()

    monkeypatch.delattr(os, "nice")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "WinDLL", lambda _: Kernel, raising=False)
    be_nice()
    assert asked == [(), (Kernel.GetCurrentProcess, BELOW_NORMAL)]
    assert Kernel.GetCurrentProcess.restype is ctypes.c_void_p
    assert Kernel.SetPriorityClass.argtypes == (ctypes.c_void_p, ctypes.c_uint32)
