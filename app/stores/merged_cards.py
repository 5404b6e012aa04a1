"""Cards that went into others: their files stay beside under another name, which says where they went."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

from app.stores.atomic import move, replace_file, sync_folder
from app.stores.customer_file import ID

_INTO = ".into-"
_MOST_STEPS = 100


class MergedCards:
    """The files ID.into-ID under `folder`/xx, and a note of a merge that is under way. Raises `OSError`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._note = folder / ".merging.json"

    def begin(self, into: str, other: str) -> None:
        """Note a merge before anything of it is written."""
        replace_file(self._note, json.dumps([into, other]).encode())

    def under_way(self) -> tuple[str, str] | None:
        """Return into which card which other one was going when the program was ended, or None."""
        try:
            into, other = json.loads(self._note.read_bytes())
            return (into, other) if ID.fullmatch(into) and ID.fullmatch(other) else None
        except (OSError, ValueError, TypeError, RecursionError):
            return None

    def settle(self) -> None:
        """Take the note away: the merge is done, or nothing of it was."""
        with contextlib.suppress(OSError):  # then the merge is looked at once more, which changes nothing
            self._note.unlink(missing_ok=True)

    def end(self, other: str, into: str) -> None:
        """End a card that went into another one."""
        with contextlib.suppress(FileNotFoundError):  # ended already
            move(self._path(other), self._ended(other, into))
        sync_folder(self._path(other).parent)

    def revive(self, other: str, into: str) -> None:
        """Make a card out of an ended one again."""
        move(self._ended(other, into), self._path(other))
        sync_folder(self._path(other).parent)

    def where(self, customer_id: str) -> str:
        """Return the id of the card that a card went into, in the end; its own where it went into none."""
        for _step in range(_MOST_STEPS):
            if not ID.fullmatch(customer_id) or self._path(customer_id).exists():
                break
            ended = self._path(customer_id).parent.glob(f"{customer_id}{_INTO}*")
            into = next((path.name.partition(_INTO)[2] for path in ended), "")
            if not ID.fullmatch(into):
                break
            customer_id = into
        return customer_id

    def of(self, into: str, known: frozenset[str] = frozenset()) -> Iterator[str]:
        """Give the ids of the cards that went into one, and of those that went into these."""
        for path in sorted(self._folder.glob(f"*/*{_INTO}{into}")):
            other = path.name.partition(_INTO)[0]
            if ID.fullmatch(other) and other not in {into, *known}:  # two computers may have merged them crosswise
                yield from self.of(other, known | {into})
                yield other

    def _path(self, customer_id: str) -> Path:
        return self._folder / customer_id[:2] / f"{customer_id}.json"

    def _ended(self, other: str, into: str) -> Path:
        return self._folder / other[:2] / f"{other}{_INTO}{into}"
