"""«log»: a customer's contact log, and adding to it by hand."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from app.cli.at_desk import at_desk
from app.cli.office import FAILED, MISUSED, OK, Office
from app.cli.say import as_json, iso, line, local, note, one_line, warn
from app.core.customer import Channel, Contact, Customer, Direction, channel_of
from app.core.outbox import Outgoing
from app.core.ports.desk import Desk
from app.core.problems import Problem
from app.core.views import HistoryEntry
from app.words import _
from app.words.names import channel_name, direction_name, stand_name
from app.words.person_file import all_written, told


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add this command."""
    one = commands.add_parser("log", parents=[common], help=_("print a customer's contact log, or add to it"))
    one.add_argument(
        "customer", help=_("name, handle or id of a customer, or the number of a mention by somebody without a card")
    )
    one.add_argument("--add", metavar=_("TEXT"), help=_("add a contact"))
    channels, ways = [c.value for c in Channel], [d.value for d in Direction]
    one.add_argument("--channel", choices=channels, default=Channel.PHONE.value, help=_("with --add; by default phone"))
    one.add_argument(
        "--direction",
        choices=ways,
        default=Direction.IN.value,
        help=_("with --add: from the customer (by default) or to them"),
    )
    one.add_argument("--json", action="store_true", help=_("print JSON"))
    export = _("write all that is known of the customer into a file that anybody can read; «-» prints it")
    one.add_argument("--export", metavar=_("FILE"), help=export)
    one.set_defaults(act=act)


def act(said: argparse.Namespace, profile: Path | None, office: Office) -> int:
    """Print the log, oldest first; with --add write an entry first, making a card for who has none."""
    if said.add is not None and not said.add.strip():
        warn(Problem("cli.empty_text"))
        return MISUSED

    def look(desk: Desk) -> int:
        found = _one(desk, said.customer, add=said.add is not None, card=said.export is not None)
        customer = found if isinstance(found, Problem) else found.unread or found
        if isinstance(customer, Problem):
            warn(customer)
            return FAILED
        if said.add is not None:
            added = desk.customers.log(
                customer.id, Direction(said.direction), Channel(said.channel), said.add, time.time()
            )
            if isinstance(added, Problem):
                warn(added)
                return FAILED
        if said.export is not None:
            return _export(desk, customer, said.export)
        for entry in desk.customers.history_of(desk.customers.get(customer.id) or customer):
            _print(entry, customer, json=said.json)
        return OK

    return at_desk(profile, office, look)


def _one(desk: Desk, name: str, *, add: bool, card: bool) -> Customer | Problem:
    """Return who is meant: a customer, somebody who wrote under that very name, or to `add` to their log somebody new.

    Whoever wrote and has no card is given one where something is added, or where a `card` is needed.
    """
    found = desk.customers.named(name)
    is_known = any(customer.is_called(name) for customer in found) or (found and name.isdigit())
    writers = () if is_known else desk.customers.writers(name)
    if len(writers) > 1:
        for one in writers:
            note(
                f"{one.id:>6}  {one.mention.author}  {one.mention.site or one.mention.source}  {one_line(one.mention.text, 60)}"
            )
        return Problem("desk.many_writers", {"name": name, "count": len(writers), "number": writers[0].id})
    if writers:
        return (
            desk.customers.card_for(writers[0], time.time())
            if add or card
            else desk.customers.whoever_wrote(writers[0])
        )
    if len(found) > 1:
        for customer in found:
            note(f"{customer.id}  {customer.name}")
        return Problem("desk.many_customers", {"name": name, "count": len(found)})
    if found:
        return found[0]
    return desk.customers.create(name, time.time()) if add else Problem("desk.no_customer", {"name": name})


def _export(desk: Desk, customer: Customer, file: str) -> int:
    """Write all that is known of a customer into a file, or print it."""
    if file != "-":
        problem = desk.customers.export(customer.id, Path(file), told)
        if problem:
            warn(problem)
        else:
            note(all_written(customer.name, Path(file).name))
        return FAILED if problem else OK
    record = desk.customers.record(customer.id)
    if isinstance(record, Problem):
        warn(record)
        return FAILED
    for piece in told(record):
        print(piece, end="")
    return OK


def _print(entry: HistoryEntry, customer: Customer, *, json: bool) -> None:
    if entry.contact:
        _print_contact(entry.contact, customer, json=json)
    elif entry.reply:
        _print_reply(entry.reply, customer, json=json)
    elif entry.mention:
        heard = entry.mention
        if json:
            as_json(
                {
                    "customer": customer.id or None,
                    "at": iso(entry.at),
                    "direction": "in",
                    "channel": channel_of(heard.mention).value,
                    "mention": heard.id,
                    "text": heard.mention.text,
                    "url": heard.mention.url,
                    "edited": iso(heard.edited_at),
                    "gone": iso(heard.gone_at),
                }
            )
        else:
            line(
                f"{local(entry.at)}  {direction_name(Direction.IN)}  {channel_name(channel_of(heard.mention))}  {one_line(heard.mention.title or heard.mention.text)}"
            )


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
            f"{local(reply.created)}  {direction_name(Direction.OUT)}  {stand_name(reply.stand)}  {one_line(reply.text)}"
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
            f"{local(contact.at)}  {direction_name(contact.direction)}  {channel_name(contact.channel)}  {one_line(contact.text)}"
        )
