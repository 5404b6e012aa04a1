"""«listen»: poll once, or go on listening, without a window."""

from __future__ import annotations

import argparse
import signal
import time
from collections.abc import Collection
from pathlib import Path
from typing import Any

from app.cli.at_desk import tell_new
from app.cli.office import FAILED, MISUSED, OK, WATCH_FAILED, Office
from app.cli.say import as_json, by_whom, flush, line, mention_json, note, one_line, sure, warn, warn_all
from app.core.mention import ArchivedMention
from app.core.messages import Arrived, Failed, FromListener, Polled, ReplyMoved, Status
from app.core.ports.desk import Desk
from app.core.problems import Problem, ProblemError
from app.core.views import WatchTurn
from app.words import _
from app.words.names import hand_source_name, kind_name, standing_name


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add this command."""
    one = commands.add_parser("listen", parents=[common], help=_("poll without a window and print what is new"))
    one.add_argument("--once", action="store_true", help=_("poll the watches that are due, then end"))
    one.add_argument("--all", action="store_true", help=_("with --once: poll all watches, due or not"))
    one.add_argument("--json", action="store_true", help=_("print one JSON object a line"))
    one.add_argument("--pipe", action="store_true", help=argparse.SUPPRESS)
    one.add_argument("--scout", action="store_true", help=argparse.SUPPRESS)
    one.set_defaults(act=act, begins=True)


def act(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Listen as asked."""
    if said.scout:
        return office.scout()
    if said.pipe:
        return office.pipe(profile)
    if said.all and not said.once:
        warn(Problem("cli.only_with", {"option": "--all", "other": "--once"}))
        return MISUSED
    return _once(said, profile, office) if said.once else _on_and_on(said, profile, office)


def _once(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    code, missing = OK, office.no_profile(profile)
    for turn in office.poll_once(profile, said.all):
        if isinstance(turn, Problem):
            warn(turn)
            code = FAILED
            continue
        if isinstance(turn, Failed):
            warn(turn.problem)
            continue
        for heard in turn.new:
            show(heard, turn.watch.name, json=said.json)
        flush()
        if turn.problem:
            warn(turn.problem, turn.watch.name)
            code = code if is_blameless(turn) else max(code, WATCH_FAILED)
    if code != FAILED:
        tell_new(missing)
    return code


def is_blameless(turn: WatchTurn) -> bool:
    """Say whether a turn without a result is nobody's failure: the network is why, or a host asked us to wait."""
    problem = turn.problem
    return problem is not None and (problem.is_offline or problem.is_passing or problem.code == "net.waiting")


def show(heard: ArchivedMention, watch_name: str, *, json: bool) -> None:
    """Print one new mention."""
    if json:
        as_json(mention_json(heard, watch_name))
        return
    mention, verdict = heard.mention, heard.verdict
    words = one_line(mention.title or mention.text, 90)
    line(
        f"{heard.id:>6}  {kind_name(verdict.kind):<10} {sure(verdict.score)}  {watch_name}  {by_whom(mention.author)}: {words}"
    )


def _on_and_on(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    missing = office.no_profile(profile)
    opened = office.open_desk(profile)
    if isinstance(opened, Problem):
        warn(opened)
        return FAILED
    desk, _sources, notices = opened
    tell_new(missing)
    warn_all(notices)
    note(_("Listening; Ctrl+C ends it."))
    try:
        return office.listen(profile, _Crier(desk, notices, json=said.json))
    finally:
        desk.close()


class _Crier:
    """Prints what a listener says; called from several threads. A watch that goes on failing is named once.

    `told` is what was said before: the listener may come upon it as well when it opens the profile.
    """

    def __init__(self, desk: Desk, told: Collection[Problem] = (), *, json: bool) -> None:
        self._desk = desk
        self._told = list(told)
        self._json = json
        self._failing: dict[str, str] = {}
        self._unwritten: Problem | None = None
        self._stands_by = False

    def __call__(self, message: FromListener) -> None:
        try:
            self._tell(message)
            self._unwritten = None
        except BrokenPipeError:  # nobody reads any more: end as with Ctrl+C
            signal.raise_signal(signal.SIGINT)
        except ProblemError as error:  # heard it is all the same
            if error.problem != self._unwritten:
                self._unwritten = error.problem
                warn(error.problem)

    def _tell(self, message: FromListener) -> None:
        if isinstance(message, Arrived):
            name = self._name(message.watch_id)
            for mention_id in dict.fromkeys((*message.mention_ids, *message.ringing)):  # an edit may ring as well
                if heard := self._desk.inbox.mention(mention_id):
                    show(heard, name, json=self._json)
            flush()
            if message.ringing:
                self._desk.bells.bring_back(time.time())
        elif isinstance(message, Polled):
            self._polled(message)
        elif isinstance(message, ReplyMoved):
            self._settle()
        elif isinstance(message, Status):
            self._say_who_listens(message)
        elif isinstance(message, Failed):
            if message.problem in self._told:
                self._told.remove(message.problem)
            else:
                warn(message.problem)

    def _settle(self) -> None:
        """Log what was delivered, and name replies that the owner has to decide about."""
        for news in self._desk.outbox.settle(time.time()):
            if news.outgoing.stand.needs_owner:
                note(f"{news.outgoing.id}  {standing_name(news.outgoing)}  {one_line(news.outgoing.text, 60)}")
                warn_all(filter(None, (news.outgoing.problem,)))

    def _say_who_listens(self, status: Status) -> None:
        """Tell that another process listens, and when it does no more."""
        if status.stands_by and not self._stands_by:
            note(
                _(
                    "Another Counterbell is listening on this profile. What it hears is printed here; this one takes over when it ends."
                )
            )
        elif self._stands_by and not status.stands_by:
            note(_("The other one has ended: this one listens from now on."))
        self._stands_by = status.stands_by

    def _polled(self, message: Polled) -> None:
        code = message.problem.code if message.problem else ""
        if message.problem and self._failing.get(message.watch_id) != code:
            warn(message.problem, self._name(message.watch_id))
        self._failing[message.watch_id] = code

    def _name(self, watch_id: str) -> str:
        watch = self._desk.watches.get(watch_id)
        return watch.name if watch else hand_source_name(watch_id) or watch_id
