"""A customer's story in the order in which it happened."""

from __future__ import annotations

from app.core.customer import Channel, Contact, Customer, Direction
from app.core.mention import ArchivedMention, Mention
from app.core.outbox import Outgoing, Wish
from app.core.verdict import Kind, Verdict
from app.desk.story import story


def heard(number: int, heard_at: float, published: float | None) -> ArchivedMention:
    mention = Mention("page", f"k{number}", text="Words", published=published)
    return ArchivedMention(number, "w", mention, Verdict(Kind.NEUTRAL, 0.1), heard_at)


def test_what_was_written_stands_where_it_was_written_and_what_nobody_dated_where_it_was_heard() -> None:
    call = Contact("c", 50.0, Direction.IN, Channel.PHONE, "Rang")
    reply = Outgoing("r", 1, "w", "Sorry", Wish.SEND, created=65.0)
    mentions = (heard(1, 90.0, 40.0), heard(2, 60.0, None), heard(3, 95.0, 70.0))
    entries = story(Customer("a" * 16, "Anna", contacts=(call,)), mentions, (reply,))
    assert [entry.at for entry in entries] == [40.0, 50.0, 60.0, 65.0, 70.0]
    assert [bool(entry.mention) for entry in entries] == [True, False, True, False, True]
    assert (entries[1].contact, entries[3].reply) == (call, reply)


def test_nobody_has_a_story_yet() -> None:
    assert story(None, ()) == ()
