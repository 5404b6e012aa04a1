"""Who is meant by what is said of a customer: one person and no other, never one on whose card the words only stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.cli.say import note, one_line
from app.core.customer import Customer
from app.core.mention import ArchivedMention
from app.core.ports.desk import Desk
from app.core.problems import Problem
from app.words import _

MOST_SUGGESTED = 5
"""Cards at most that are named where nobody is called so."""

_NUMBER = re.compile(r"[0-9]{1,12}")
_LEAST_OF_A_PHONE = 7
"""Digits from which on a number may be that of a phone."""


def whom(desk: Desk, text: str, *, surely: bool) -> Customer | ArchivedMention | Problem:
    """Return who is meant: a card, or the newest of what somebody wrote who may have none.

    A number is that of a mention. `surely` takes nobody of whose name this is only a part; otherwise the only one of
    whom it is, is taken and named. Several who may be meant are named with what tells them apart, those with a card and
    those who only wrote. The problem «desk.no_customer» means that nobody is called so, «desk.not_surely» that there is
    only who may be.
    """
    customers, perhaps = desk.customers.named(text)
    if _NUMBER.fullmatch(text.strip()):
        return _by_number(desk, text.strip(), customers)
    is_id = any(one.id == text.strip() for one in customers)
    writers = () if is_id else _without_these_cards(desk, desk.customers.writers(text), customers)
    if customers and writers:
        return _some_with_cards(text, customers, writers)
    if len(writers) > 1:
        for one in writers:
            note(_mention_told(one))
        return Problem("desk.many_writers", {"name": text, "count": len(writers), "number": writers[0].id})
    if writers:
        return writers[0]
    if len(customers) > 1:
        return _several(text, customers, count=len(customers))
    return customers[0] if customers else _perhaps(text, perhaps, surely=surely)


def _without_these_cards(
    desk: Desk, writers: Sequence[ArchivedMention], customers: Sequence[Customer]
) -> tuple[ArchivedMention, ...]:
    """Return those who wrote and whose card is none of these."""
    ids = {one.id for one in customers}
    return tuple(one for one in writers if not ids or desk.customers.whoever_wrote(one).id not in ids)


def _some_with_cards(text: str, customers: Sequence[Customer], writers: Sequence[ArchivedMention]) -> Problem:
    """Name people of one name, of whom some have a card and some only wrote."""
    for card in customers:
        note(_card_told(card))
    for one in writers:
        note(_mention_told(one))
    return Problem("desk.many_people", {"name": text, "count": len(customers) + len(writers), "number": writers[0].id})


def _perhaps(text: str, cards: Sequence[Customer], *, surely: bool) -> Customer | Problem:
    """Return the only one who may be meant, named, unless it has to be `surely` them."""
    if not cards:
        return Problem("desk.no_customer", {"name": text})
    if len(cards) == 1 and cards[0].unread:
        return cards[0].unread
    if len(cards) > 1 and not surely:
        return _several(text, cards, count=len(cards))
    note(_("Perhaps meant by «{name}»:").format(name=one_line(text)))
    for one in cards:
        note(_card_told(one))
    return Problem("desk.not_surely", {"name": text}) if surely else cards[0]


def tell_whose_card_says(desk: Desk, text: str, but_not: str = "") -> None:
    """Name the cards on which words stand that are nobody's name: somebody may have been looked for by them."""
    if not text.strip() or _NUMBER.fullmatch(text.strip()):
        return
    found = [one for one in desk.customers.search(text) if one.id != but_not][:MOST_SUGGESTED]
    if found:
        note(_("These words are in the log or the note of:"))
    for one in found:
        note(_card_told(one))


def _by_number(desk: Desk, number: str, customers: tuple[Customer, ...]) -> Customer | ArchivedMention | Problem:
    """Return who wrote the mention with a number, or where there is none whose account it is."""
    mention = next(iter(desk.customers.writers(number)), None)
    author = desk.customers.whoever_wrote(mention) if mention else None
    others = [one for one in customers if author is None or one.id != author.id]
    if mention and not others:
        return mention
    if mention:
        note(_mention_told(mention))
    if mention or len(others) > 1:
        return _several(number, others, count=len(others) + (1 if mention else 0))
    if others:
        return others[0]
    is_phone = len(number) >= _LEAST_OF_A_PHONE
    return Problem("desk.no_customer", {"name": number}) if is_phone else Problem("desk.no_mention", {"id": number})


def _several(text: str, customers: Sequence[Customer], *, count: int) -> Problem:
    for one in customers:
        note(_card_told(one))
    return Problem("desk.many_customers", {"name": text, "count": count})


def _card_told(card: Customer) -> str:
    handles = [one.handle for one in card.identities if not one.by_name_only]
    return "  ".join((card.id, *map(one_line, (card.name or "-", *handles[:2]))))


def _mention_told(one: ArchivedMention) -> str:
    mention = one.mention
    return f"{one.id:>6}  {mention.author}  {mention.site or mention.source}  {one_line(mention.text, 60)}"
