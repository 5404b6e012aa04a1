"""An expected failure as a value: a code and its arguments, never words for people (those live in app/words)."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeGuard

SILENT = "silent"
"""The `why` of a name that no name server told: there is no network, or the name's own servers are down."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong.

    `code` is «room.what», such as «net.timeout»; app/words/problems.py has the sentence and the next step for each.
    `args` fill that sentence and never hold a secret. `retry_at` is a Unix time in seconds before which trying again
    is pointless or impolite, or None.
    """

    code: str
    args: Mapping[str, str | int | float] = field(default_factory=dict)
    retry_at: float | None = None

    @property
    def is_blameless(self) -> bool:
        """True where nobody failed: the network is why, the other side asked us to wait, or this laptop is short of something."""
        return self.is_offline or self.is_passing or self.is_wait or self.is_shortage

    @property
    def is_offline(self) -> bool:
        """True where this laptop has no network: nobody's fault, never counted against a watch."""
        return self.code == "net.offline"

    @property
    def is_passing(self) -> bool:
        """True where the network this laptop is in stands between it and a place: soon tried again, nobody is blamed."""
        return self.code in {"net.not_found_now", "net.login_wanted"}

    @property
    def is_wait(self) -> bool:
        """True where the other side asked us to wait: kept, shown as waiting, not as a failure."""
        return self.code in {"net.waiting", "net.rate_limited"}

    @property
    def is_shortage(self) -> bool:
        """True where this laptop is short of memory or may open no more files: told once, no place is blamed."""
        return self.code in {"core.no_memory", "core.no_files"}


def problem_of(raw: object) -> Problem | None:
    """Return the problem in a JSON object, of whatever version: what is not of a problem is left out; None without a code."""
    if not isinstance(raw, Mapping) or not isinstance(code := raw.get("code"), str):
        return None
    args, retry_at = raw.get("args"), raw.get("retry_at")
    named = args.items() if isinstance(args, Mapping) else ()
    kept = {name: one for name, one in named if isinstance(one, str) or is_number(one)}
    return Problem(code, kept, retry_at if is_number(retry_at) else None)


_GREATEST = 1.797e308
"""Numbers beyond it are nobody's; some of them are too great for a float."""


def is_number(raw: object) -> TypeGuard[int | float]:
    """Say whether this is a number that is to be reckoned with: no infinity, and none too great for a float."""
    return isinstance(raw, int | float) and abs(raw) <= _GREATEST


_REASONS = {
    errno.ENOENT: "missing",
    errno.EISDIR: "folder",
    errno.ENOTDIR: "missing",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "read_only",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
}


def reason_of(error: OSError) -> str:
    """Return why a file could not be read or written, as the argument `reason`: a word of ours, or what the system says."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


_SHORT = {
    errno.ENOMEM: "core.no_memory",
    errno.EMFILE: "core.no_files",
    errno.ENFILE: "core.no_files",
    10024: "core.no_files",  # what Windows says of sockets
    10055: "core.no_memory",
}
_NO_ROOM = ("can't start new thread", "can't allocate")
"""How Python's threads say that there is no memory for them."""


def shortage_of(error: BaseException) -> Problem | None:
    """Return what this laptop is short of where an error says that, else None."""
    if isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and str(error).startswith(_NO_ROOM)):
        return Problem("core.no_memory")
    code = _SHORT.get(error.errno or 0) if isinstance(error, OSError) else None
    return Problem(code) if code else None


class ProblemError(OSError):
    """Carries an expected failure out of a call whose result has no room for one, where to ignore it would lose data."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem
