"""The keyring works, is missing, hangs or fails: each call ends in time and no secret shows anywhere."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError

from app.core.problems import Problem
from app.stores.secrets import MOST_AT_ONCE, KeyringSecrets

SECRET = "hasło-bardzo-tajne"  # the words of a test


class Memory(KeyringBackend):
    """A keyring in memory; waits while `closed` is not set, fails with `error` if given."""

    priority: ClassVar[float] = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.open = threading.Event()
        self.open.set()
        self.asked = threading.Semaphore(0)
        self.error: Exception | None = None

    def _enter(self) -> None:
        self.asked.release()
        assert self.open.wait(60)
        if self.error:
            raise self.error

    def get_password(self, service: str, username: str) -> str | None:
        self._enter()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._enter()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._enter()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def ring() -> Iterator[Memory]:
    before = keyring.get_keyring()
    memory = Memory()
    keyring.set_keyring(memory)
    yield memory
    memory.open.set()
    keyring.set_keyring(before)


def test_a_secret_is_kept_told_and_forgotten(ring: Memory) -> None:
    secrets = KeyringSecrets()
    assert secrets.get("w1", "password") is None
    assert secrets.put("w1", "password", SECRET) is None
    assert secrets.put("w1", "token", "t") is None
    assert secrets.get("w1", "password") == SECRET
    assert secrets.get("w2", "password") is None
    assert set(ring.kept) == {("counterbell", "w1/password"), ("counterbell", "w1/token")}
    assert secrets.forget("w1", ("password", "token", "never was")) is None
    assert ring.kept == {}


def test_a_hanging_keyring_is_locked_and_the_call_ends(ring: Memory) -> None:
    ring.open.clear()
    secrets = KeyringSecrets(timeout=0.05)
    start = time.monotonic()
    assert secrets.get("w1", "password") == Problem("stores.keyring_locked")
    assert secrets.put("w1", "password", SECRET) == Problem("stores.keyring_locked")
    assert secrets.forget("w1", ("password",)) == Problem("stores.keyring_locked")
    assert time.monotonic() - start < 30


def test_never_more_than_a_few_calls_hang_and_all_is_well_after_unlocking(ring: Memory) -> None:
    ring.open.clear()
    secrets = KeyringSecrets(timeout=0.02)
    for _ in range(MOST_AT_ONCE + 4):
        assert secrets.get("w1", "password") == Problem("stores.keyring_locked")
    hanging = [thread for thread in threading.enumerate() if thread.name == "keyring"]
    assert len(hanging) == MOST_AT_ONCE
    assert all(thread.daemon for thread in hanging)
    ring.open.set()
    for thread in hanging:
        thread.join(60)
    patient = KeyringSecrets(timeout=60)
    assert patient.put("w1", "password", SECRET) is None
    assert patient.get("w1", "password") == SECRET


def test_without_a_keyring_it_is_said(ring: Memory) -> None:
    keyring.set_keyring(fail.Keyring())
    secrets = KeyringSecrets()
    assert secrets.get("w1", "password") == Problem("stores.no_keyring")
    assert secrets.put("w1", "password", SECRET) == Problem("stores.no_keyring")
    assert secrets.forget("w1", ("password",)) == Problem("stores.no_keyring")


def test_a_keyring_that_keeps_nothing_is_none(ring: Memory) -> None:
    keyring.set_keyring(null.Keyring())
    assert KeyringSecrets().put("w1", "password", SECRET) == Problem("stores.no_keyring")


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (KeyringLocked(SECRET), Problem("stores.keyring_locked")),
        (RuntimeError(SECRET), Problem("stores.keyring_failed", {"kind": "RuntimeError"})),
        (OSError(SECRET), Problem("stores.keyring_failed", {"kind": "OSError"})),
    ],
)
def test_a_failing_keyring_is_told_without_its_words(ring: Memory, error: Exception, problem: Problem) -> None:
    ring.error = error
    secrets = KeyringSecrets()
    assert secrets.get("w1", "password") == problem
    assert secrets.put("w1", "password", SECRET) == problem
    assert SECRET not in repr(secrets)


def test_with_consent_a_file_serves_where_there_is_no_keyring(ring: Memory, tmp_path: Path) -> None:
    keyring.set_keyring(fail.Keyring())
    path = tmp_path / "secrets.json"
    secrets = KeyringSecrets(fallback=path)
    assert secrets.put("w1", "password", SECRET) == Problem("stores.no_keyring")
    assert not path.exists()
    assert secrets.keep_in_file() is None
    assert secrets.get("w1", "password") is None
    assert secrets.put("w1", "password", SECRET) is None
    assert secrets.put("w2", "password", "other") is None
    assert KeyringSecrets(fallback=path).get("w1", "password") == SECRET
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert secrets.forget("w1", ("password", "token")) is None
    assert secrets.get("w1", "password") is None
    assert secrets.get("w2", "password") == "other"
    assert SECRET not in path.read_text(encoding="utf-8")


def test_a_locked_keyring_is_no_reason_for_the_file(ring: Memory, tmp_path: Path) -> None:
    ring.error = KeyringLocked()
    secrets = KeyringSecrets(fallback=tmp_path / "secrets.json")
    assert secrets.keep_in_file() is None
    assert secrets.put("w1", "password", SECRET) == Problem("stores.keyring_locked")
    assert SECRET not in (tmp_path / "secrets.json").read_text()


def test_a_keyring_that_appears_later_takes_over(ring: Memory, tmp_path: Path) -> None:
    secrets = KeyringSecrets(fallback=tmp_path / "secrets.json")
    keyring.set_keyring(fail.Keyring())
    assert secrets.keep_in_file() is None
    secrets.put("w1", "password", "old")
    keyring.set_keyring(ring)
    assert secrets.get("w1", "password") == "old"
    assert secrets.put("w1", "password", SECRET) is None
    assert secrets.get("w1", "password") == SECRET
    assert "old" not in (tmp_path / "secrets.json").read_text()


def test_an_unreadable_file_of_secrets_is_told_and_not_written_over(ring: Memory, tmp_path: Path) -> None:
    keyring.set_keyring(fail.Keyring())
    (tmp_path / "secrets.json").write_bytes(b"{")
    secrets = KeyringSecrets(fallback=tmp_path / "secrets.json")
    unreadable = Problem("stores.secrets_unreadable", {"path": "secrets.json"})
    assert secrets.get("w1", "password") == unreadable
    assert secrets.put("w1", "password", SECRET) == unreadable
    assert (tmp_path / "secrets.json").read_bytes() == b"{"


def test_a_hanging_keyring_does_not_keep_the_program_from_ending() -> None:
    program = """
import sys, threading, keyring
from keyring.backend import KeyringBackend
class Hanging(KeyringBackend):
    priority = 1
    def get_password(self, service, username): threading.Event().wait()
    def set_password(self, service, username, password): threading.Event().wait()
    def delete_password(self, service, username): threading.Event().wait()
keyring.set_keyring(Hanging())
from app.stores.secrets import KeyringSecrets
print(KeyringSecrets(timeout=0.05).get("w", "p").code)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert (done.stdout.strip(), done.stderr) == ("stores.keyring_locked", "")


def test_keyring_is_not_loaded_before_it_is_needed() -> None:
    program = "import sys, app.stores.secrets as s; s.KeyringSecrets(); print('keyring' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "False"
