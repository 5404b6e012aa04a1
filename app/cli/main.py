"""The command line: what may be said, and who does it."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from app.cli import detect, doctor, inbox, learning, listen, log, mention, reply, watch
from app.cli.argument import folder_of, heard
from app.cli.clear_out import clear_out
from app.cli.learning import EXPORTS
from app.cli.mention_table import act_export
from app.cli.office import FAILED, OK, Office, code_of
from app.cli.say import NO_OUTPUT, drop_output, flush, warn
from app.cli.spoken_parser import SpokenParser
from app.core.problems import Problem, ProblemError, shortage_of
from app.words import _


def parser(version: str) -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    common = SpokenParser(add_help=False)
    common.add_argument(
        "--profile",
        type=folder_of,
        default=argparse.SUPPRESS,
        metavar=_("DIR"),
        help=_("the folder that holds all data"),
    )
    top = SpokenParser(
        prog="counterbell",
        parents=[common],
        description=_("Hears complaints about your shop and rings once for each."),
        epilog=_(
            "Exits with 0 when all is done, 1 when something could not be done, 2 when the arguments make no sense, and 3 when a watch could not be polled."
        ),
    )
    top.add_argument(
        "--version", action="version", version=f"counterbell {version}", help=_("show the version and exit")
    )
    top.add_argument("--hidden", action="store_true", help=_("start in the tray, without a window"))
    top.add_argument("--quit", action="store_true", help=_("end the program that runs on this profile"))
    top.add_argument("--quit-all", action="store_true", help=_("end the program on every profile of this user"))
    top.add_argument("--clear-out", action="store_true", help=argparse.SUPPRESS)  # what an uninstaller asks for
    top.add_argument("--sample", action="store_true", help=argparse.SUPPRESS)
    commands = top.add_subparsers(dest="command", metavar=_("COMMAND"))
    run = commands.add_parser("run", parents=[common], help=_("start the program (as without a command)"))
    run.add_argument(
        "--hidden", action="store_true", default=argparse.SUPPRESS, help=_("start in the tray, without a window")
    )
    commands.add_parser("demo", parents=[common], help=_("start with a sample shop; needs no network"))
    for part in (watch, listen, inbox, log, reply, mention, learning, detect, doctor):
        part.add_to(commands, common)
    return top


def run(argv: Sequence[str], office: Office) -> int:
    """Do what the arguments say and return the exit code."""
    try:
        said = parser(office.version).parse_args([heard(one) for one in argv])
        return _run(said, getattr(said, "profile", None), office)
    except ProblemError as error:
        return _stopped(error.problem)


def _run(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    if said.quit:
        office.ask_running(profile, "quit")
        return OK
    if said.quit_all:
        office.quit_all()
        return OK
    if said.clear_out:
        return clear_out(profile, office)
    if said.command in {None, "run", "demo"}:
        return office.window(profile, said.hidden, said.sample or said.command == "demo")
    is_read = getattr(said, "json", False) or getattr(said, "export", None) == "-"
    _fit_streams(utf8=is_read or said.command == "detect" or said.act in {*EXPORTS, act_export})
    return _done(said, profile, office)


def _done(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Carry a command out; what stops it is said in plain words. Only one that `begins` sees to it itself where no profile is."""
    try:
        if not getattr(said, "begins", False) and (missing := office.no_profile(profile)):
            warn(missing)
            return FAILED
        code: int = said.act(said, profile, office)
        flush()
    except BrokenPipeError:  # whoever read has read enough
        drop_output()
        return FAILED
    except ProblemError as error:
        return _stopped(error.problem)
    except KeyboardInterrupt:
        return FAILED
    except (OSError, MemoryError, RuntimeError) as error:
        if (short := shortage_of(error)) is None:
            raise
        warn(short)
        return FAILED
    return code


def _stopped(problem: Problem) -> int:
    warn(problem)
    if problem.code == NO_OUTPUT:
        drop_output()
    return code_of(problem)


def _fit_streams(*, utf8: bool) -> None:
    """Let no letter that a terminal cannot show end the program; what other programs read is UTF-8 everywhere."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = "utf-8" if utf8 and stream is sys.stdout else stream.encoding
            stream.reconfigure(encoding=encoding, errors="replace")
