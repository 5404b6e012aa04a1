"""One process holds a profile; the lock ends with it, however it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.stores.profile_lock import ProfileLock

_HOLDER = """
import sys
from pathlib import Path
from app.stores.profile_lock import ProfileLock
lock = ProfileLock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


def test_one_has_it_the_other_does_not(tmp_path: Path) -> None:
    one, two = ProfileLock(tmp_path / "lock"), ProfileLock(tmp_path / "lock")
    assert one.acquire()
    assert one.acquire()
    assert not two.acquire()
    assert (tmp_path / "lock.pid").read_text() == f"{os.getpid()}\n"
    two.release()
    assert not two.acquire()
    one.release()
    assert two.acquire()
    two.release()
    assert not (tmp_path / "lock.pid").exists()


def test_another_process_has_it_until_it_dies(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    command = [sys.executable, "-c", _HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == b"True"
        lock = ProfileLock(path)
        assert not lock.acquire()
        assert (tmp_path / "lock.pid").read_text() == f"{child.pid}\n"
        child.kill()
        child.wait(60)
        assert lock.acquire()
        lock.release()


def test_a_folder_that_was_taken_away_is_not_made_anew(tmp_path: Path) -> None:
    lock = ProfileLock(tmp_path / "gone" / "polling.lock")
    with pytest.raises(FileNotFoundError):
        lock.acquire()
    lock.release()
    assert not (tmp_path / "gone").exists()
