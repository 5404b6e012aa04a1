"""A lock on a profile, held by one process: the window or a command that writes, who listens, or who polls one round."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from filelock import FileLock, Timeout


class ProfileLock:
    """A lock on a profile. It ends with the process, however that ends. Thread-safe."""

    def __init__(self, path: Path) -> None:
        self._lock = FileLock(str(path), timeout=0, mode=0o600, thread_local=False)
        self._note = path.with_name(f"{path.name}.pid")

    def acquire(self) -> bool:
        """Take the lock; False where another process (or another lock of this one) has it. Raises `OSError`.

        A folder that was taken away is not made anew for it.
        """
        if self._lock.is_locked:
            return True
        if not self._note.parent.is_dir():
            raise FileNotFoundError(self._note.parent)
        try:
            self._lock.acquire()
        except Timeout:
            return False
        with contextlib.suppress(OSError):  # the number is for people who look for the cause of a trouble, no more
            self._note.write_text(f"{os.getpid()}\n", encoding="ascii")
        return True

    def release(self) -> None:
        """Give the lock back; nothing happens where it is not held."""
        if self._lock.is_locked:
            with contextlib.suppress(OSError):  # as above
                self._note.unlink(missing_ok=True)
            self._lock.release()
