"""Rolling copies of one small file: the newest states, and one a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from app.stores.atomic import Tables, UnreadableError, decode_tables, make_folder, replace_file

NEWEST = 10
"""States kept whatever their age."""

DAYS = 14
"""Days of which the last state is kept besides."""

SLOT = 60.0
"""Seconds within which a new state takes the place of the newest copy."""

_STAMP = "%Y%m%dT%H%M%SZ"


class RollingBackups:
    """Copies of one file in a folder, `NAME-<UTC time>.json`. Times are Unix seconds. Raises `OSError`.

    `decode` raises `UnreadableError` for what is no good state of it.
    """

    def __init__(self, folder: Path, name: str, decode: Callable[[bytes], Tables] = decode_tables) -> None:
        self._folder = folder
        self._decode = decode
        self._name = re.compile(re.escape(name) + r"-(\d{8}T\d{6}Z)\.json")
        self._prefix = name

    def keep(self, content: bytes, now: float) -> None:
        """Keep a state unless it is the newest kept already, and drop what is too old.

        The newest copy always is the newest state: within a minute it is replaced, so a burst of changes is one copy.
        """
        copies = self.copies()
        if copies and copies[-1][1].read_bytes() == content:
            return
        make_folder(self._folder)
        if copies and 0 <= now - copies[-1][0] < SLOT:
            replace_file(copies[-1][1], content)
            return
        made = max(now, copies[-1][0] + 1) if copies else now  # a clock set back must not make an old copy the newest
        stamp = datetime.fromtimestamp(made, UTC).strftime(_STAMP)
        replace_file(self._folder / f"{self._prefix}-{stamp}.json", content)
        copies = self.copies()
        for at in superfluous([at for at, _ in copies], now):
            next(path for time, path in copies if time == at).unlink(missing_ok=True)

    def copies(self) -> list[tuple[float, Path]]:
        """Return when each copy was made and where it lies, oldest first."""
        if not self._folder.is_dir():
            return []
        found = ((self._name.fullmatch(path.name), path) for path in self._folder.iterdir())
        return sorted((_time(match.group(1)), path) for match, path in found if match)

    def newest_good(self) -> tuple[float, bytes] | None:
        """Return the newest copy that can be read: when it was made and its content; None where there is none."""
        for at, path in reversed(self.copies()):
            try:
                content = path.read_bytes()
                self._decode(content)
            except (OSError, UnreadableError):
                continue
            return at, content
        return None


def superfluous(times: list[float], now: float) -> list[float]:
    """Return which of these copies, oldest first, can go: not of the newest, not the last of one of the last days."""
    last_of_day = {int(at // 86400): at for at in times if at > now - DAYS * 86400}
    kept = {*times[-NEWEST:], *last_of_day.values()}
    return [at for at in times if at not in kept]


def _time(stamp: str) -> float:
    try:
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return 0.0
