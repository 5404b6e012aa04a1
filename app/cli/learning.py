"""«learning»: what the detector learnt from the owner: listed, exported, imported, taken back."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.cli.argument import path_of
from app.cli.at_desk import at_desk
from app.cli.office import FAILED, OK, Office, code_of
from app.cli.say import as_json, iso, line, local, note, one_line, warn
from app.cli.standard_input import SIGN, read_bytes
from app.core.correction import Correction
from app.core.ports.desk import Desk
from app.core.problems import Problem, reason_of
from app.core.verdict import judged_text
from app.words import _, ngettext
from app.words.names import label_name


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands."""
    whole = commands.add_parser("learning", parents=[common], help=_("what the detector learnt from you"))
    words = whole.add_subparsers(dest="word", required=True, metavar=_("COMMAND"))

    def add(word: str, help_: str, act: Callable[..., int]) -> argparse.ArgumentParser:
        one: argparse.ArgumentParser = words.add_parser(word, parents=[common], help=help_)
        one.set_defaults(act=act)
        return one

    every = add("list", _("list your corrections, the oldest first"), act_list)
    every.add_argument("--json", action="store_true", help=_("print JSON"))
    add("export", _("print your corrections as JSON lines"), act_export)
    taken = add("import", _("learn from exported corrections"), act_import)
    taken.add_argument("file", metavar=_("FILE"), help=_("what «learning export» printed; «-» reads standard input"))
    add("undo", _("unlearn the newest correction"), act_undo)
    add("reset", _("unlearn everything; prints it in a form that can be imported"), act_reset)


def act_list(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Print each correction."""

    def act(desk: Desk) -> int:
        corrections = desk.learning.corrections()
        for one in corrections:
            if said.json:
                as_json(_json(one))
            else:
                line(_told(one))
        if not corrections and not said.json:
            note(_("Nothing here."))
        return OK

    return at_desk(profile, office, act)


def act_export(said: argparse.Namespace, profile: Path | None, office: Office) -> int:  # noqa: ARG001  every command is called alike
    """Print the corrections as they can be imported."""
    return at_desk(profile, office, _export)


def act_import(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Learn the corrections of a file, or of standard input where it is «-»."""
    raw = _read(said.file)
    if isinstance(raw, Problem):
        warn(raw)
        return code_of(raw)

    def act(desk: Desk) -> int:
        count = desk.learning.import_(raw.decode(errors="replace"))
        if isinstance(count, Problem):
            warn(count)
            return FAILED
        note(ngettext("{n} correction learnt.", "{n} corrections learnt.", count).format(n=count))
        return OK

    return at_desk(profile, office, act)


def _read(file: str) -> bytes | Problem:
    if file == SIGN:
        return read_bytes()
    try:
        return path_of(file).read_bytes()
    except OSError as error:
        return Problem("cli.no_file", {"file": file, "reason": reason_of(error)})


def act_undo(said: argparse.Namespace, profile: Path | None, office: Office) -> int:  # noqa: ARG001  every command is called alike
    """Unlearn the newest correction and print it."""

    def act(desk: Desk) -> int:
        gone = desk.learning.undo_last()
        if gone is None:
            note(_("There is nothing to undo."))
        elif isinstance(gone, Problem):
            warn(gone)
            return FAILED
        else:
            line(_told(gone))
        return OK

    return at_desk(profile, office, act)


def act_reset(said: argparse.Namespace, profile: Path | None, office: Office) -> int:  # noqa: ARG001  every command is called alike
    """Print all corrections, then unlearn them."""

    def act(desk: Desk) -> int:
        _export(desk)
        gone = desk.learning.reset()
        if isinstance(gone, Problem):
            warn(gone)
            return FAILED
        note(ngettext("{n} correction unlearnt.", "{n} corrections unlearnt.", len(gone)).format(n=len(gone)))
        return OK

    return at_desk(profile, office, act)


EXPORTS = (act_export, act_reset)
"""What prints JSON lines without being asked for them."""


def _export(desk: Desk) -> int:
    for each in desk.learning.export().split("\n"):
        if each:
            line(each)
    return OK


def _told(one: Correction) -> str:
    words = one_line(judged_text(one.title, one.text), 80)
    return f"{one.id:>6}  {local(one.at)}  {label_name(one.label)}: {words}"


def _json(one: Correction) -> dict[str, object]:
    return {
        "id": one.id,
        "label": one.label.value,
        "title": one.title,
        "text": one.text,
        "stars": one.stars,
        "language": one.language,
        "at": iso(one.at),
        "score": None if one.score is None else round(one.score, 4),
        "mention": one.mention_id,
    }
