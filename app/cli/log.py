"""«log»: a customer's contact log, and adding to it by hand."""

from __future__ import annotations

import argparse
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from app.cli.argument import path_of
from app.cli.at_desk import at_desk
from app.cli.office import FAILED, MISUSED, OK, Office
from app.cli.say import as_json, aside_until, iso, line, local, note, one_line, telling_what_is_done, warn, write
from app.cli.whom import tell_whose_card_says, whom
from app.core.customer import Channel, Contact, Customer, Direction, channel_of
from app.core.mention import ArchivedMention
from app.core.outbox import Outgoing
from app.core.ports.desk import Desk
from app.core.problems import Problem
from app.core.verdict import judged_text
from app.core.views import HistoryEntry
from app.words import _
from app.words.names import channel_name, direction_name, standing_name
from app.words.person_file import all_written, told

LONGEST = 400
"""Characters of one line of the log."""


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add this command."""
    one = commands.add_parser("log", parents=[common], help=_("print a customer's contact log, or add to it"))
    one.add_argument(
        "customer",
        metavar=_("CUSTOMER"),
        help=_("name, handle or id of a customer, or the number of a mention by somebody without a card"),
    )
    one.add_argument("--add", metavar=_("TEXT"), help=_("add a contact"))
    channels, ways = [c.value for c in Channel], [d.value for d in Direction]
    one.add_argument("--channel", choices=channels, help=_("with --add; by default phone"))
    one.add_argument("--direction", choices=ways, help=_("with --add: from the customer (by default) or to them"))
    new = _("with --add: make a new card, whoever else may be called so")
    one.add_argument("--new", action="store_true", default=None, help=new)
    one.add_argument("--json", action="store_true", help=_("print JSON"))
    export = _("write everything known about the customer to a readable file; «-» prints it")
    one.add_argument("--export", metavar=_("FILE"), help=export)
    one.set_defaults(act=act)


def act(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Print the log, oldest first; with --add write an entry first, making a card for who has none."""
    if problem := _misused(said):
        warn(problem)
        return MISUSED

    def look(desk: Desk) -> int:
        found = _new(desk, said.customer) if said.new else _one(desk, said)
        customer = found if isinstance(found, Problem) else found.unread or found
        if isinstance(customer, Problem):
            warn(customer)
            if customer.code == "desk.no_customer":
                tell_whose_card_says(desk, said.customer)
            return FAILED
        if said.add is not None and (problem := _added(desk, customer, said)):
            warn(problem)
            return FAILED
        if said.export is not None:
            return _export(desk, customer, said.export)
        now = time.time()
        with nullcontext() if said.add is None else telling_what_is_done():
            for entry in desk.customers.history_of(desk.customers.get(customer.id) or customer):
                _print(entry, customer, now, json=said.json)
        return OK

    return at_desk(profile, office, look)


def _misused(said: argparse.Namespace) -> Problem | None:
    """Return what of the call makes no sense."""
    if not said.customer.strip():
        return Problem("desk.no_name")
    if said.add is not None:
        return None if said.add.strip() else Problem("cli.empty_text")
    needless = next((one for one in ("channel", "direction", "new") if getattr(said, one) is not None), "")
    return Problem("cli.only_with", {"option": f"--{needless}", "other": "--add"}) if needless else None


def _new(desk: Desk, name: str) -> Customer | Problem:
    """Make a card and tell its id: others may be called alike."""
    made = desk.customers.create(name, time.time())
    if not isinstance(made, Problem):
        note(_("A card was made for «{name}»: {id}").format(name=made.name, id=made.id))
    return made


def _one(desk: Desk, said: argparse.Namespace) -> Customer | Problem:
    """Return who is meant: a customer, somebody who wrote, or to add to their log somebody new.

    Whoever wrote and has no card is given one where something is added or all of theirs is exported; only then it has to
    be certain who is meant.
    """
    name, adds = said.customer, said.add is not None
    needs_card = adds or said.export is not None
    found = whom(desk, name, surely=needs_card)
    if isinstance(found, ArchivedMention):
        return desk.customers.card_for(found, time.time()) if needs_card else desk.customers.whoever_wrote(found)
    if isinstance(found, Problem) and found.code == "desk.not_surely" and adds:
        note(_("For somebody else called so, add --new."))
    if isinstance(found, Customer) or not adds or found.code != "desk.no_customer":
        return found
    made = desk.customers.create(name, time.time())
    if not isinstance(made, Problem):
        note(_("«{name}» had no card; one was made.").format(name=made.name))
        tell_whose_card_says(desk, name, but_not=made.id)
    return made


def _added(desk: Desk, customer: Customer, said: argparse.Namespace) -> Problem | None:
    """Write the entry said into the log."""
    way, channel = Direction(said.direction or Direction.IN), Channel(said.channel or Channel.PHONE)
    added = desk.customers.log(customer.id, way, channel, said.add, time.time())
    return added if isinstance(added, Problem) else None


def _export(desk: Desk, customer: Customer, file: str) -> int:
    """Write all that is known of a customer into a file, or print it."""
    if file != "-":
        problem = desk.customers.export(customer.id, path_of(file), told)
        if problem:
            warn(problem)
        else:
            note(all_written(customer.name, Path(file).name))
        return FAILED if problem else OK
    record = desk.customers.record(customer.id)
    if isinstance(record, Problem):
        warn(record)
        return FAILED
    write("".join(told(record)))
    return OK


def _print(entry: HistoryEntry, customer: Customer, now: float, *, json: bool) -> None:
    if entry.contact:
        _print_contact(entry.contact, customer, json=json)
    elif entry.reply:
        _print_reply(entry.reply, customer, json=json)
    elif entry.mention:
        _print_mention(entry, entry.mention, customer, now, json=json)


def _print_mention(entry: HistoryEntry, heard: ArchivedMention, customer: Customer, now: float, *, json: bool) -> None:
    mention, row = heard.mention, entry.row
    aside = row.snoozed_until if row and row.is_aside(now) else None
    if json:
        as_json(
            {
                "customer": customer.id or None,
                "at": iso(entry.at),
                "direction": "in",
                "channel": channel_of(mention).value,
                "mention": heard.id,
                "title": mention.title,
                "text": mention.text,
                "url": mention.url,
                "edited": iso(heard.edited_at),
                "gone": iso(heard.gone_at),
                "snoozed": iso(aside),
            }
        )
        return
    words = one_line(judged_text(mention.title, mention.text), LONGEST)
    until = f"  {aside_until(aside)}" if aside else ""
    line(f"{local(entry.at)}  {direction_name(Direction.IN)}  {channel_name(channel_of(mention))}  {words}{until}")


def _print_reply(reply: Outgoing, customer: Customer, *, json: bool) -> None:
    if json:
        as_json(
            {
                "customer": customer.id or None,
                "at": iso(reply.created),
                "direction": "out",
                "mention": reply.mention_id,
                "text": reply.text,
                "reply": reply.id,
                "stand": reply.stand.value,
            }
        )
    else:
        line(
            f"{local(reply.created)}  {direction_name(Direction.OUT)}  {standing_name(reply)}  {one_line(reply.text, LONGEST)}"
        )


def _print_contact(contact: Contact, customer: Customer, *, json: bool) -> None:
    if json:
        as_json(
            {
                "customer": customer.id or None,
                "at": iso(contact.at),
                "direction": contact.direction.value,
                "channel": contact.channel.value,
                "mention": contact.mention_id,
                "text": contact.text,
                "url": contact.url,
                "seen": iso(contact.seen_at),
            }
        )
    else:
        line(
            f"{local(contact.at)}  {direction_name(contact.direction)}  {channel_name(contact.channel)}  {one_line(contact.text, LONGEST)}"
        )
