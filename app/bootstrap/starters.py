"""Gives a profile the saved replies and plans that the program comes with, once."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from app.core.ports.desk import Desk
from app.core.reply import SavedReply
from app.stores.paths import resources
from app.words import language

MARK = "starters.given"
EDITION = "2"
"""Stands in the mark. The first edition, whose mark was empty, had no replies for a cause or an audience."""

FIRST = frozenset(f"{code}-{name}" for code in ("pl", "ru", "en") for name in ("sorry", "refund", "thanks"))
"""Those of the first edition: where one of them is missing, its owner took it out."""

PLANS_MARK = "playbook.given"


def give_plans(desk: Desk, folder: Path) -> None:
    """Put plans for danger and for a crisis into a profile that never had any.

    They are in the language spoken, or in English where there are none in it.
    """
    mark = folder / PLANS_MARK
    if _lies(mark):
        return
    by_language = json.loads((resources() / "playbook.json").read_text(encoding="utf-8"))
    plans = by_language.get(language(), by_language["en"])
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
    is_given = _lies(mark)
    if is_given and _edition(mark) == EDITION:
        return
    raw = json.loads((resources() / "saved_replies.json").read_text(encoding="utf-8"))
    starters = [SavedReply(**one) for one in raw]
    kept = {one.id: one for one in desk.replies.saved()}
    taken_out = FIRST - kept.keys() if is_given else frozenset[str]()
    if not is_given or any(one.id in kept for one in starters):
        given = [
            replace(kept[one.id], cause=one.cause, audience=one.audience) if one.id in kept else one
            for one in starters
            if one.id not in taken_out
        ]
        if desk.replies.put_saved(*given) is not None:
            return  # a full disk: the next start tries again
    with suppress(OSError):  # the same
        mark.write_text(EDITION, encoding="utf-8")


def _lies(mark: Path) -> bool:
    """Say whether a mark lies in the folder, whatever has become of it."""
    return os.path.lexists(mark)


def _edition(mark: Path) -> str:
    """Return which edition a profile was given; one whose mark cannot be read gets nothing that its owner may have taken out."""
    try:
        return mark.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:  # a folder in its place, or another user's file
        return EDITION
