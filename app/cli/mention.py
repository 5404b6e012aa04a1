"""«mention»: what was said on the phone or in the shop, a link or a text, entered by hand; tables in and out."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from app.cli.argument import path_of
from app.cli.at_desk import at_desk
from app.cli.listen import show
from app.cli.mention_table import act_export, act_import
from app.cli.office import FAILED, OK, Office, code_of
from app.cli.say import NO_OUTPUT, as_json, drop_output, iso, mention_json, note, telling_what_is_done, warn
from app.cli.standard_input import text_of
from app.cli.watch_words import ANY_LANGUAGE
from app.cli.whom import tell_whose_card_says, whom
from app.core.by_hand import Entry, Where
from app.core.mention import ArchivedMention
from app.core.ports.by_hand import Kept
from app.core.ports.desk import Desk
from app.core.problems import Problem, ProblemError, reason_of
from app.words import LANGUAGES, _
from app.words.names import where_name


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands."""
    whole = commands.add_parser(
        "mention", parents=[common], help=_("enter what was said by hand; import and export tables")
    )
    words = whole.add_subparsers(dest="word", required=True, metavar=_("COMMAND"))

    def add(word: str, help_: str, act: Callable[..., int]) -> argparse.ArgumentParser:
        one: argparse.ArgumentParser = words.add_parser(word, parents=[common], help=help_)
        one.set_defaults(act=act)
        return one

    _describe_add(add("add", _("enter what somebody said or wrote"), act_add))
    one = add("import", _("import mentions from a table (CSV)"), act_import)
    one.add_argument("file", metavar=_("FILE"), help=_("the table: a file that a spreadsheet saved as CSV"))
    one.add_argument("--dry-run", action="store_true", help=_("only say what would be imported"))
    one.add_argument(
        "--dates", choices=["day-first", "month-first"], help=_("how 03/05/2026 is meant: 3 May or 5 March")
    )
    one.add_argument("--place", default="", metavar=_("NAME"), help=_("place for rows that do not name one"))
    one.add_argument("--encoding", default="", metavar=_("NAME"), help=_("encoding of the file; detected if left out"))
    one.add_argument("--delimiter", type=_delimiter, metavar=_("SIGN"), help=_("what separates cells"))
    one.add_argument("--open-old", action="store_true", help=_("open cases for old complaints too"))
    one.add_argument("--json", action="store_true", help=_("print JSON"))
    add("export", _("print all mentions as a table (CSV)"), act_export)


def _describe_add(one: argparse.ArgumentParser) -> None:
    one.add_argument("--text", default="", metavar=_("TEXT"), help=_("what was said; «-» reads standard input"))
    one.add_argument("--title", default="", metavar=_("TEXT"), help=_("its title, where it has one"))
    one.add_argument("--url", default="", help=_("where it was written; nothing is fetched from there"))
    one.add_argument("--picture", type=path_of, metavar=_("FILE"), help=_("a picture; give its words with --text"))
    one.add_argument(
        "--said",
        choices=[where.value for where in Where],
        help=_("where it was said: on the phone, in the shop, by letter, on a web page, elsewhere"),
    )
    one.add_argument("--author", default="", metavar=_("NAME"), help=_("who said it"))
    one.add_argument("--handle", default="", metavar=_("NAME"), help=_("their phone number, mail address or account"))
    one.add_argument(
        "--customer",
        default="",
        metavar=_("NAME"),
        help=_("which customer said it: their name, handle or id, or the number of a mention by them"),
    )
    one.add_argument("--at", metavar=_("TIME"), help=_("when, such as 2026-03-05 or 2026-03-05 14:02; now otherwise"))
    one.add_argument("--stars", type=float, metavar=_("NUMBER"), help=_("1 to 5"))
    one.add_argument(
        "--language",
        type=lambda language: language or ANY_LANGUAGE,
        choices=[*LANGUAGES, ANY_LANGUAGE],
        default=ANY_LANGUAGE,
        help=_("language of the text; «any», the default: found out"),
    )
    one.add_argument("--again", action="store_true", help=_("add a link even if it was heard before"))
    one.add_argument("--json", action="store_true", help=_("print JSON"))


def _delimiter(text: str) -> str:
    """Return the one sign meant; raises ValueError for anything else."""
    sign = {"tab": "\t", "\\t": "\t"}.get(text, text)
    if len(sign) != 1:
        raise ValueError(text)
    return sign


def act_add(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Enter something and print the mention it became."""
    entry, picture = _entry(said), _picture(said, office)
    for problem in (entry, picture):
        if isinstance(problem, Problem):
            warn(problem)
            return code_of(problem)
    assert isinstance(entry, Entry)  # noqa: S101  for the type checker: told above
    assert isinstance(picture, bytes)  # noqa: S101  as above
    found: list[Kept] = []

    def add(desk: Desk) -> int:
        customer = _customer(desk, said.customer)
        if isinstance(customer, Problem):
            warn(customer)
            if customer.code == "desk.no_customer":
                tell_whose_card_says(desk, said.customer)
            return FAILED
        kept = desk.by_hand.add(entry, picture, customer)
        if isinstance(kept, Problem):
            warn(kept)
            return code_of(kept)
        found.append(kept)
        return OK

    if code := at_desk(profile, office, add):
        return code
    (kept,) = found
    if kept.mention_id is None:
        for told in office.take_in(profile):
            if isinstance(told, Problem):  # entered it is all the same: who did so must not do it twice
                warn(told)
                return _tell_kept()
            if told.batch == kept.batch and told.known:
                kept = replace(kept, mention_id=told.mention_id)
    return _printed(profile, office, kept, json=said.json)


def _printed(profile: Path | None, office: Office, kept: Kept, *, json: bool) -> int:
    """Print what was entered. It is done, whatever keeps it from being printed: who did it must not do it twice."""

    def act(desk: Desk) -> int:
        codes = [OK]
        with telling_what_is_done():
            codes.append(_print(desk, kept, json=json))
        return codes[-1]

    try:
        code = at_desk(profile, office, act)
    except ProblemError as error:
        warn(error.problem)
        if error.problem.code != NO_OUTPUT:
            return _tell_kept()
        drop_output()
        return OK
    return OK if code == OK else _tell_kept()


def _tell_kept() -> int:
    note(_("Saved. It appears as soon as Counterbell is listening."))
    return OK


def _customer(desk: Desk, name: str) -> str | Problem:
    """Return the id of the card that is meant, made now for somebody who wrote and has none; «» for none."""
    if not name:
        return ""
    found = whom(desk, name, surely=True)
    card = desk.customers.card_for(found, time.time()) if isinstance(found, ArchivedMention) else found
    return card if isinstance(card, Problem) else card.id


def _entry(said: argparse.Namespace) -> Entry | Problem:
    at = time.time() if said.at is None else _moment(said.at)
    if at is None:
        return Problem("cli.bad_time", {"text": said.at})
    text = text_of(said.text)
    if isinstance(text, Problem):
        return text
    if not (text.strip() or said.url.strip() or said.picture):
        return Problem("desk.nothing_said")
    where = Where(said.said) if said.said else Where.WEB if said.url else Where.OTHER
    return Entry(
        "",
        where,
        text=text,
        title=said.title,
        url=said.url,
        author=said.author,
        handle=said.handle,
        at=at,
        stars=said.stars,
        language=said.language.replace(ANY_LANGUAGE, ""),
        again=said.again,
    )


def _moment(text: str) -> float | None:
    """Return a local time as Unix seconds, None for what is none or still to come."""
    try:
        at = datetime.fromisoformat(text.strip()).astimezone().timestamp()
    except (ValueError, OverflowError, OSError):
        return None
    return at if 0 < at <= time.time() + 60 else None


def _picture(said: argparse.Namespace, office: Office) -> bytes | Problem:
    if said.picture is None:
        return b""
    try:
        raw = said.picture.read_bytes()
    except OSError as error:
        return Problem("cli.no_file", {"file": str(said.picture), "reason": reason_of(error)})
    return office.picture(raw)


def _print(desk: Desk, kept: Kept, *, json: bool) -> int:
    heard = desk.by_hand.taken_in(kept.entry) if kept.mention_id is None else desk.inbox.mention(kept.mention_id)
    if heard is None:
        return _tell_kept()
    is_new = kept.mention_id is None
    if not is_new:
        note(_("This was heard before; use --again to add the link again."))
    if json:
        view = desk.inbox.open(heard.id)
        as_json(
            {
                **mention_json(heard, where_name(kept.entry.where)),
                "new": is_new,
                "case": heard.case_id,
                "due": iso(view.due_at if view else None),
                "customer": view.customer.id if view and view.customer else None,
            }
        )
    else:
        show(heard, where_name(kept.entry.where), json=False)
    return OK
