"""«listen»: poll once, or go on listening, without a window."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.office import FAILED, OK, WATCH_FAILED, Office
from app.cli.say import as_json, mention_json, note, one_line, warn
from app.core.mention import ArchivedMention
from app.core.messages import Arrived, Failed, FromListener, Polled
from app.core.ports.desk import Desk
from app.core.problems import Problem
from app.core.views import WatchTurn
from app.words import _
from app.words.names import kind_name


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add this command."""
    one = commands.add_parser("listen", parents=[common], help=_("poll without a window and print what is new"))
    one.add_argument("--once", action="store_true", help=_("poll the watches that are due, then end"))
    one.add_argument("--all", action="store_true", help=_("with --once: poll all watches, due or not"))
    one.add_argument("--json", action="store_true", help=_("print one JSON object a line"))
    one.add_argument("--pipe", action="store_true", help=argparse.SUPPRESS)
    one.set_defaults(act=act)


def act(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Listen as asked."""
    if said.pipe:
        return office.pipe(profile)
    return _once(said, profile, office) if said.once else _on_and_on(said, profile, office)


def _once(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    code = OK
    for turn in office.poll_once(profile, said.all):
        if isinstance(turn, Problem):
            warn(turn)
            code = FAILED
            continue
        for heard in turn.new:
            show(heard, turn.watch.name, json=said.json)
        if turn.problem:
            warn(turn.problem, turn.watch.name)
            code = code if is_blameless(turn) else max(code, WATCH_FAILED)
    return code


def is_blameless(turn: WatchTurn) -> bool:
    """Say whether a turn without a result is nobody's failure: no network, or a host that asked us to wait."""
    return turn.problem is not None and (turn.problem.is_offline or turn.problem.code == "net.waiting")


def show(heard: ArchivedMention, watch_name: str, *, json: bool) -> None:
    """Print one new mention."""
    if json:
        as_json(mention_json(heard, watch_name))
        return
    mention, verdict = heard.mention, heard.verdict
    line = one_line(mention.title or mention.text, 90)
    print(
        f"{heard.id:>6}  {kind_name(verdict.kind):<10} {verdict.score:.2f}  {watch_name}  {mention.author or '-'}: {line}"
    )


def _on_and_on(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    opened = office.open_desk(profile)
    if isinstance(opened, Problem):
        warn(opened)
        return FAILED
    desk, _sources, _notices = opened
    note(_("Listening; Ctrl+C ends it."))
    try:
        return office.listen(profile, lambda message: _tell(desk, message, json=said.json))
    finally:
        desk.close()


def _tell(desk: Desk, message: FromListener, *, json: bool) -> None:
    if isinstance(message, Arrived):
        watch = desk.watches.get(message.watch_id)
        for mention_id in message.mention_ids:
            if heard := desk.inbox.mention(mention_id):
                show(heard, watch.name if watch else message.watch_id, json=json)
    elif isinstance(message, Polled) and message.problem:
        watch = desk.watches.get(message.watch_id)
        warn(message.problem, watch.name if watch else message.watch_id)
    elif isinstance(message, Failed):
        warn(message.problem)
