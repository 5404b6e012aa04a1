"""«doctor»: what is wrong and what to do."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.cli.office import FAILED, OK, Office
from app.cli.say import line, note, told
from app.core.problems import Problem
from app.words import _
from app.words.problems import check_name


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add this command."""
    one = commands.add_parser("doctor", parents=[common], help=_("say what is wrong and what to do"))
    one.set_defaults(act=act)


def act(said: argparse.Namespace, profile: Path | None, office: Office) -> int:  # noqa: ARG001  every command is called alike
    """Print each check with «ok» or what is wrong, once; fail where something is.

    A watch that fails is named with why. Of a profile that cannot be opened all that is in the way is said: to mend one thing after another is a long way.
    """
    opened = office.open_desk(profile)
    if isinstance(opened, Problem):
        for sentence in dict.fromkeys(map(told, (opened, *office.hindrances(profile, opened)))):
            note(sentence)
        return FAILED
    desk, _sources, notices = opened
    code = OK
    try:
        checks = desk.health.checks()
        said_below = {told(wrong) for _name, wrong in checks if wrong}
        for sentence in dict.fromkeys(map(told, notices)):
            code = FAILED
            if sentence not in said_below:
                line(f"! {sentence}")
        why = {view.watch.name: view.state.problem for view in desk.watches.list() if view.state}
        for name, wrong in checks:
            line(f"{'!' if wrong else '✓'} {check_name(name)}: {_said(wrong, why) if wrong else _('fine')}")
            code = FAILED if wrong else code
    finally:
        desk.close()
    return code


def _said(wrong: Problem, why: Mapping[str, Problem | None]) -> str:
    """Return what is wrong; of a watch that fails its name and `why`, by the names of watches."""
    watch = str(wrong.args.get("name", ""))
    reason = why.get(watch) if wrong.code == "desk.watch_fails" else None
    return f"{watch}: {told(reason)}" if reason else told(wrong)
