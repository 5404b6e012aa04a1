"""Gives a profile the saved replies and plans that the program comes with, once."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from app.core.ports.desk import Desk
from app.core.reply import SavedReply
from app.stores.paths import resources
from app.words import LANGUAGES, language

MARK = "starters.given"
EDITION = "2"
"""Stands in the mark. The first edition, whose mark was empty, had no replies for a cause or an audience."""

FIRST = frozenset(f"{code}-{name}" for code in LANGUAGES for name in ("sorry", "refund", "thanks"))
"""Those of the first edition: where one of them is missing, its owner took it out."""

PLANS_MARK = "playbook.given"


def give_plans(desk: Desk, folder: Path) -> None:
    """Put plans for danger and for a crisis, in the language spoken, into a profile that never had any."""
    mark = folder / PLANS_MARK
    if mark.exists():
        return
    plans = json.loads((resources() / "playbook.json").read_text(encoding="utf-8"))[language()]
    if desk.settings.change(lambda known: known if known.plans else replace(known, plans=plans)) is not None:
        return  # a full disk: the next start tries again
    with suppress(OSError):  # the same
        mark.touch()


def give_starters(desk: Desk, folder: Path) -> None:
    """Put the starter set of saved replies into the shop file of a profile that never had this edition of it.

    Who has replies of an earlier one keeps their words, which now tell what they suit, and gets the new ones, but none that
    they took out; who took all of them out gets none.
    """
    mark = folder / MARK
    if mark.exists() and mark.read_text(encoding="utf-8", errors="replace").strip() == EDITION:
        return
    raw = json.loads((resources() / "saved_replies.json").read_text(encoding="utf-8"))
    starters = [SavedReply(**one) for one in raw]
    kept = {one.id: one for one in desk.replies.saved()}
    taken_out = FIRST - kept.keys() if mark.exists() else frozenset[str]()
    if not mark.exists() or any(one.id in kept for one in starters):
        given = [
            replace(kept[one.id], cause=one.cause, audience=one.audience) if one.id in kept else one
            for one in starters
            if one.id not in taken_out
        ]
        if desk.replies.put_saved(*given) is not None:
            return  # a full disk: the next start tries again
    with suppress(OSError):  # the same
        mark.write_text(EDITION, encoding="utf-8")
