"""Gives a new profile its first saved replies, once."""

from __future__ import annotations

import json
from pathlib import Path

from app.core.ports.desk import Desk
from app.core.reply import SavedReply
from app.stores.paths import resources

MARK = "starters.given"


def give_starters(desk: Desk, folder: Path) -> None:
    """Put the starter set of saved replies into the shop file of a profile that never had it."""
    mark = folder / MARK
    if mark.exists():
        return
    raw = json.loads((resources() / "saved_replies.json").read_text(encoding="utf-8"))
    for one in raw:
        desk.replies.put_saved(SavedReply(**one))
    mark.touch()
