"""Secrets in the system's keyring, which can be missing, locked, or hang for as long as nobody answers its question."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.core.problems import Problem
from app.stores import long_secrets
from app.stores.long_secrets import Ring
from app.stores.secret_file import SecretFile

MOST_AT_ONCE = 3
"""Calls to the keyring under way at once, hanging ones among them; further ones wait for their turn."""


_NO_KEYRING = "stores.no_keyring"
_LOCKED = "stores.keyring_locked"
_FAILED = "stores.keyring_failed"

SERVICE = "counterbell"
"""Whose they are, as the keyring has it."""


class KeyringSecrets:
    """Implements `Secrets`. Each call ends within `timeout` seconds, though the keyring may hang longer.

    `fallback` is a file to use where there is no keyring, and only where the owner consented to it: it is there then.
    """

    def __init__(self, timeout: float = 10.0, fallback: Path | None = None) -> None:
        self._timeout = timeout
        self._fallback = fallback
        self._turns = threading.BoundedSemaphore(MOST_AT_ONCE)

    @property
    def _file(self) -> SecretFile | None:
        return SecretFile(self._fallback) if self._fallback and self._fallback.exists() else None

    def keep_in_file(self) -> Problem | None:
        """Take the owner's consent: from now on secrets lie in the fallback file wherever there is no keyring."""
        if self._fallback is None:
            return Problem(_NO_KEYRING)
        return SecretFile(self._fallback).begin()

    def get(self, watch_id: str, name: str) -> str | Problem | None:
        """Return a secret, None where there is none, or why it cannot be told."""
        key = _key(watch_id, name)
        answer = self._ask(lambda ring: long_secrets.read(ring, SERVICE, key))
        if self._file and (answer is None or _is_missing(answer)):
            return self._file.get(key)
        return answer

    def put(self, watch_id: str, name: str, value: str) -> Problem | None:
        """Keep a secret in place of the earlier one."""
        key = _key(watch_id, name)

        def keep(ring: Ring) -> str | None:
            long_secrets.write(ring, SERVICE, key, value)
            return long_secrets.read(ring, SERVICE, key)

        answer = self._ask(keep)
        if answer is None:
            answer = Problem(_NO_KEYRING)  # some keyrings take everything and keep nothing
        if isinstance(answer, Problem):
            return self._file.put(key, value) if self._file and _is_missing(answer) else answer
        if answer != value:
            return Problem(_FAILED, {"kind": "another value"})
        return self._file.forget((key,)) if self._file else None

    def forget(self, watch_id: str, names: tuple[str, ...]) -> Problem | None:
        """Remove secrets; unknown ones are no problem."""
        keys = tuple(_key(watch_id, name) for name in names)

        def remove(ring: Ring) -> str | None:
            for key in keys:
                long_secrets.remove(ring, SERVICE, key)
            return None

        answer = self._ask(remove)
        in_file = self._file.forget(keys) if self._file else None
        if isinstance(answer, Problem) and not (self._file and _is_missing(answer)):
            return answer
        return in_file

    def _ask(self, act: Callable[[Ring], str | None]) -> str | Problem | None:
        """Perform an act in a thread of its own and wait for it no longer than the time-out."""
        end = time.monotonic() + self._timeout
        if not self._turns.acquire(timeout=self._timeout):
            return Problem(_LOCKED)
        answers: list[str | Problem | None] = []

        def work() -> None:
            try:
                answers.append(_answer(act))
            finally:
                self._turns.release()

        thread = threading.Thread(target=work, name="keyring", daemon=True)
        thread.start()
        thread.join(max(0.0, end - time.monotonic()))
        return answers[0] if answers else Problem(_LOCKED)


def _answer(act: Callable[[Ring], str | None]) -> str | Problem | None:
    import keyring  # noqa: PLC0415  start-up time: looking for backends takes long, and many shops have no secret
    from keyring import errors  # noqa: PLC0415  as above

    ring: Any = keyring
    try:
        return act(ring)
    except errors.NoKeyringError:
        return Problem(_NO_KEYRING)
    except errors.KeyringLocked:
        return Problem(_LOCKED)
    except Exception as error:  # noqa: BLE001  each backend raises errors of its own; told by kind, their text may hold the secret
        return Problem(_FAILED, {"kind": type(error).__name__})


def _is_missing(answer: str | Problem | None) -> bool:
    return isinstance(answer, Problem) and answer.code == _NO_KEYRING


def _key(watch_id: str, name: str) -> str:
    return f"{watch_id}/{name}"
