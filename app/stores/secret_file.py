"""Secrets in a file that only this user can read: where there is no keyring and the owner consented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from app.core.problems import Problem
from app.stores.atomic import (
    UnreadableError,
    changing,
    disk_problem,
    folder_gone,
    put_document,
    read_tables,
    remove_documents,
)

_WAIT = 5.0
_TABLE = "secrets"


class SecretFile:
    """A TinyDB file of secrets, mode 0600. Safe between threads and processes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def begin(self) -> Problem | None:
        """Make the file where it is missing; that it is there is the owner's consent."""
        return None if self._path.exists() else self.put("consent", "")

    def get(self, key: str) -> str | Problem | None:
        """Return a secret, or None where it is not in the file."""
        try:
            document = (read_tables(self._path) or {}).get(_TABLE, {}).get(key)
        except UnreadableError:
            return self._unreadable()
        except OSError as error:
            return disk_problem(error, self._path)
        value = document.get("value") if isinstance(document, dict) else None
        return value if isinstance(value, str) else None

    def put(self, key: str, value: str) -> Problem | None:
        return self._change(lambda table: put_document(table, key, {"value": value}))

    def forget(self, keys: tuple[str, ...]) -> Problem | None:
        """Remove secrets; unknown ones are ignored."""
        return self._change(lambda table: remove_documents(table, keys)) if self._path.exists() else None

    def _change(self, change: Callable[[Any], None]) -> Problem | None:
        if gone := folder_gone(self._path):  # a lock would make it anew, empty
            return gone
        try:
            with FileLock(f"{self._path}.lock", timeout=_WAIT, mode=0o600), changing(self._path) as base:
                change(base.table(_TABLE))
        except UnreadableError:
            return self._unreadable()
        except Timeout:
            return Problem("stores.disk_error", {"path": self._path.name})
        except OSError as error:
            return disk_problem(error, self._path)
        return None

    def _unreadable(self) -> Problem:
        return Problem("stores.secrets_unreadable", {"path": self._path.name})
