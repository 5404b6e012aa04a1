"""«reply»: replies sent from here, and what became of them."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.cli.argument import count_of
from app.cli.at_desk import at_desk
from app.cli.office import FAILED, OK, Office, code_of
from app.cli.say import as_json, iso, line, local, note, one_line, telling_what_is_done, told, warn
from app.cli.standard_input import text_of
from app.core.customer import Channel
from app.core.outbox import Awaited, Outgoing, Stand, Wish
from app.core.ports.desk import Desk
from app.core.problems import Problem
from app.core.text import seen
from app.words import _
from app.words.names import standing_name

LONGEST = 100_000
"""Characters read from standard input at the most."""


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands."""
    whole = commands.add_parser("reply", parents=[common], help=_("send replies, and see what became of them"))
    words = whole.add_subparsers(dest="word", required=True, metavar=_("COMMAND"))

    def add(word: str, help_: str, act: Callable[..., int]) -> argparse.ArgumentParser:
        one: argparse.ArgumentParser = words.add_parser(word, parents=[common], help=help_)
        one.add_argument("--json", action="store_true", help=_("print JSON"))
        one.set_defaults(act=act)
        return one

    send = add("send", _("send a reply to a mention, where its place takes replies"), act_send)
    send.add_argument("id", type=int, metavar=_("MENTION"), help=_("the number of the mention"))
    send.add_argument("text", metavar=_("TEXT"), help=_("the reply; «-» reads standard input"))
    posted = add("posted", _("say what you answered on the page yourself; the next polls look for it"), act_posted)
    posted.add_argument("id", type=int, metavar=_("MENTION"), help=_("the number of the mention"))
    posted.add_argument("text", metavar=_("TEXT"), help=_("the reply; «-» reads standard input"))
    every = add("list", _("list the replies that are not done with, the newest first"), act_list)
    every.add_argument("--all", action="store_true", help=_("list those done with as well"))
    every.add_argument(
        "--limit", type=count_of, default=50, metavar=_("NUMBER"), help=_("how many at most; by default 50")
    )
    for word, help_, act in (
        ("cancel", _("take back a reply that was not sent yet"), act_cancel),
        ("again", _("send once more what failed, or may not be there"), act_again),
        ("there", _("say that a reply is there, after a look at the page"), act_there),
    ):
        add(word, help_, act).add_argument("reply", metavar=_("REPLY"), help=_("the reply's id, or its beginning"))


def act_send(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Write a reply off; whoever listens on this profile sends it."""
    text = _written(said.text, Problem("outbox.empty"))
    if isinstance(text, Problem):
        warn(text)
        return code_of(text)

    def act(desk: Desk) -> int:
        code = _shown(desk.outbox.send(said.id, text, time.time()), json=said.json)
        if code == OK:
            note(
                _(
                    "It is sent as soon as Counterbell is listening: open its window, or run «counterbell listen --once»."
                )
            )
        return code

    return at_desk(profile, office, act)


def _written(said: str, none: Problem) -> str | Problem:
    """Return the words of a reply, or why they cannot be had: `none` where there is not one."""
    text = text_of(said, LONGEST)
    return text if isinstance(text, Problem) or seen(text).strip() else none


def act_posted(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Log an answer given by hand and mark its case as answered."""
    text = _written(said.text, Problem("cli.empty_text"))
    if isinstance(text, Problem):
        warn(text)
        return code_of(text)

    def act(desk: Desk) -> int:
        done = desk.replies.mark_answered(said.id, text, Channel.POST, time.time())
        if isinstance(done, Problem):
            warn(done)
            return FAILED
        with telling_what_is_done():
            if said.json:
                as_json({"mention": said.id, "case": done.case_id, "answered": iso(done.at), "text": done.text})
            else:
                line(_("answered at {time}").format(time=local(done.at)))
        return OK

    return at_desk(profile, office, act)


def act_list(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Print replies, the newest first."""

    def act(desk: Desk) -> int:
        replies = desk.outbox.list(said.limit, open_only=not said.all)
        if not replies and not said.json:
            note(_("Nothing here."))
        for one in replies:
            if said.json:
                as_json({**_json(one.outgoing), "to": one.mention.mention.author, "url": one.mention.mention.url})
            else:
                line(_told(one))
        return OK

    return at_desk(profile, office, act)


def act_cancel(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Take a reply back; what the owner has posted stays logged, and is only looked for no longer."""

    def act(desk: Desk) -> int:
        done = desk.outbox.cancel(said.reply, time.time())
        code = _shown(done, json=said.json)
        if isinstance(done, Outgoing) and done.wish is Wish.LOOK:
            note(_("You posted it yourself: it stays in the log, and its case stays answered."))
        return code

    return at_desk(profile, office, act)


def act_again(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Have a reply sent once more."""
    return at_desk(profile, office, lambda desk: _shown(desk.outbox.again(said.reply, time.time()), json=said.json))


def act_there(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Take the owner's word that a reply is there, and log it."""

    def act(desk: Desk) -> int:
        code = _shown(desk.outbox.say_there(said.reply, time.time()), json=said.json)
        desk.outbox.settle(time.time())
        return code

    return at_desk(profile, office, act)


def _shown(done: Outgoing | Problem, *, json: bool) -> int:
    if isinstance(done, Problem):
        warn(done)
        return code_of(done)
    with telling_what_is_done():
        if json:
            as_json(_json(done))
        else:
            line(f"{done.id}  {standing_name(done)}  {one_line(done.text, 60)}")
    return OK


def _told(one: Awaited) -> str:
    outgoing = one.outgoing
    is_open = outgoing.stand in {Stand.WAITING, Stand.FAILED, Stand.UNKNOWN}
    why = outgoing.problem if is_open or outgoing.beside else None
    words = f"{one.mention.mention.author or '-'}: {one_line(outgoing.text, 60)}"
    head = f"{outgoing.id}  {local(outgoing.created)}  {standing_name(outgoing):<12}  {outgoing.mention_id:>6}  {words}"
    return f"{head}\n    {told(why)}" if why else head


def _json(outgoing: Outgoing) -> dict[str, object]:
    delivery = outgoing.delivery
    return {
        "id": outgoing.id,
        "mention": outgoing.mention_id,
        "watch_id": outgoing.watch_id,
        "wish": outgoing.wish.value,
        "stand": outgoing.stand.value,
        "text": outgoing.text,
        "created": iso(outgoing.created),
        "changed": iso(delivery.at or None),
        "tries": delivery.tries,
        "where": delivery.where,
        "problem": outgoing.problem.code if outgoing.problem else None,
    }
