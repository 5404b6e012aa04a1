"""«doctor»: what is wrong and what to do."""

from __future__ import annotations

import argparse
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

    Of a profile that cannot be opened all that is in the way is said: to mend one thing after another is a long way.
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
        for name, wrong in checks:
            line(f"{'!' if wrong else '✓'} {check_name(name)}: {told(wrong) if wrong else _('fine')}")
            code = FAILED if wrong else code
        for view in desk.watches.list():
            failing = view.state.problem if view.state and view.state.failures and not view.watch.paused else None
            if failing and not failing.is_blameless:
                line(f"! {view.watch.name}: {told(failing)}")
    finally:
        desk.close()
    return code
