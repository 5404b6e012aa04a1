"""«detect»: judge JSON lines from standard input."""

from __future__ import annotations

import argparse
import io
from pathlib import Path
from typing import Any

from app.cli.office import FAILED, OK, Office, code_of
from app.cli.say import as_json, flush, warn
from app.cli.standard_input import opened
from app.core.problems import Problem
from app.words import _


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add this command."""
    one = commands.add_parser(
        "detect",
        parents=[common],
        help=_("judge JSON lines {id, text} from standard input"),
        description=_(
            "Takes one JSON object per line: «id», which comes back unchanged, and «text»; also «title», «stars» (1 to 5) and «language» (pl, ru, en) where known. Prints one object per line: id, kind, score, severity, cause, band, level and reasons, each of them [start, end, weight] with positions in characters of the text, or of title, line break and text where there is a title that the text does not begin with."
        ),
    )
    one.set_defaults(act=act, begins=True)


def act(said: argparse.Namespace, profile: Path | None, office: Office) -> int:  # noqa: ARG001  every command is called alike
    """Write one verdict for each line, at once; a line that is none is named on standard error and left out.

    Only a profile that was named lends what it learnt: the same lines give the same verdicts on every laptop.
    """
    if profile is not None and (missing := office.no_profile(profile)):
        warn(missing)
        return FAILED
    raw = opened()
    if isinstance(raw, Problem):
        warn(raw)
        return code_of(raw)
    lines = io.TextIOWrapper(raw, encoding="utf-8", errors="replace")
    code = OK
    for verdict in office.judge(profile, lines):
        if isinstance(verdict, Problem):
            warn(verdict)
            code = code if verdict.code == "detect.bad_stars" else FAILED  # that line is judged all the same
        else:
            as_json(verdict)
            flush()
    return code
