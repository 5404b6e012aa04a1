"""An archive in a folder, and short ways to have it hear things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.core.identity import Prints, fingerprint, prints_of
from app.core.mention import Mention
from app.core.ports.archive import Edit, Heard, NewMention, Stored
from app.core.problems import Problem
from app.core.verdict import Kind, Verdict
from app.core.watch import WatchState
from app.stores.archive.listener import SqliteListenerArchive
from app.stores.archive.open import Archive, open_archive

NOW = 1_800_000_000.0


def keep(listener: SqliteListenerArchive, batch: Sequence[Heard]) -> list[Stored] | Problem:
    """Store polls in one transaction, with nothing to be asked within it."""
    return listener.transaction(lambda: batch)


class Opened:
    """An archive that hears on demand. `file` and `backups` are where it lies."""

    def __init__(self, folder: Path, **options: object) -> None:
        self.file = folder / "archive.db"
        self.backups = folder / "backups"
        self.archive: Archive
        self.told: tuple[Problem, ...] = ()
        self.open(**options)

    def open(self, **options: object) -> Opened:
        opened = open_archive(self.file, self.backups, NOW, **options)  # type: ignore[arg-type]
        assert not isinstance(opened, Problem), opened
        self.archive, self.told = opened
        self.listener, self.desk = self.archive.listener(), self.archive.desk()
        return self

    def hear(self, *new: NewMention, at: float = NOW, watch: str = "w", own: bool = False) -> Stored:
        heard = Heard(watch, own, WatchState(watch, heard_at=at), at - 1, at, tuple(new))
        stored = keep(self.listener, [heard])
        assert not isinstance(stored, Problem), stored
        return stored[0]

    def edit(self, mention_id: int, mention: Mention, kind: Kind = Kind.NEUTRAL, at: float = NOW) -> None:
        edit = Edit(mention_id, mention, prints(mention), Verdict(kind, 0.5))
        stored = keep(self.listener, [Heard("w", False, WatchState("w"), at, at, edits=(edit,))])
        assert not isinstance(stored, Problem), stored

    def bytes(self) -> bytes:
        files = [self.file, *self.file.parent.glob("archive.db-*"), *self.file.parent.glob("archive.db.b*")]
        return b"".join(path.read_bytes() for path in (*files, *self.backups.glob("*.sqlite*")))


def said(key: str, text: str = "", kind: Kind = Kind.NEUTRAL, **fields: object) -> NewMention:
    """Return a new mention of the source «rss»; names of NewMention's and Mention's fields may follow."""
    own = {
        name: fields.pop(name)
        for name in ("joins_case", "opens_case", "due_at", "rings", "digests", "repost_of", "ours")
        if name in fields
    }
    mention = Mention(**{"source": "rss", "key": key, "text": text, "url": f"https://a.pl/{key}", **fields})  # type: ignore[arg-type]
    return NewMention(mention, prints(mention), Verdict(kind, 0.5), **own)  # type: ignore[arg-type]


def prints(mention: Mention) -> Prints:
    """Return its fingerprints; short texts have one, too."""
    return replace(prints_of(mention), text=fingerprint(mention.text))


def case(key: str, text: str = "", kind: Kind = Kind.COMPLAINT, **fields: object) -> NewMention:
    return said(key, text, kind, opens_case=True, **fields)


def marks(*new: NewMention) -> tuple[list[Mention], list[Prints]]:
    return [n.mention for n in new], [n.prints for n in new]
