"""All that is known of one person: nothing left out, nothing of others, and written as a whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from fakes.counter import Counter

from app.core.by_hand import Entry, Where
from app.core.case import CaseState
from app.core.customer import Channel, Direction
from app.core.person import PersonRecord
from app.core.problems import Problem
from app.core.verdict import Kind
from app.listen.by_hand import at_once
from app.stores import atomic

AWFUL = "The bread was awful and nobody answers the phone."
PICTURE = b"\x89PNG\r\n\x1a\nnot much of one"
NOW = 1_800_000_000.0


def record(shop: Counter, mention: int) -> PersonRecord:
    found = shop.desk.customers.record(shop.desk.inbox.open(mention).customer.id)
    assert isinstance(found, PersonRecord)
    return found


def test_what_a_person_wrote_and_what_was_done_about_it(shop: Counter) -> None:
    one, other = shop.say("Anna @anna", AWFUL), shop.say("Jan @jan", "What an awful place this is, really.")
    shop.desk.customers.log_for(one, Direction.OUT, Channel.PHONE, "Called back", NOW, "Eva")
    shop.desk.customers.log_for(other, Direction.OUT, Channel.PHONE, "Called Jan", NOW, "Eva")
    shop.desk.replies.save_draft(one, "We are sorry", "public", NOW)
    shop.desk.cases.set_kind(one, Kind.QUESTION, NOW)
    shop.desk.cases.set_state(one, CaseState.WAITING, NOW)
    found = record(shop, one)
    (written,) = found.written
    assert written.mention.text == AWFUL
    assert written.handling.state is CaseState.WAITING
    assert written.handling.kind is Kind.QUESTION
    assert written.correction.text == AWFUL
    assert [contact.text for contact in found.customer.contacts] == ["Called back"]
    assert [draft.text for draft in found.customer.drafts] == ["We are sorry"]
    assert found.titles == {"page": shop.profile.source.title}


def test_more_than_a_page_of_mentions_is_told(shop: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    mentions = [shop.say("Anna @anna", f"{AWFUL} Number {number} of what I have to say.") for number in range(4)]
    shop.desk.customers.log_for(mentions[0], Direction.OUT, Channel.PHONE, "Called back", NOW)
    asked: list[int] = []
    by_identity = shop.archive.by_identity

    def limited(keys: tuple[str, ...], limit: int = 200) -> object:
        asked.append(limit)
        return by_identity(keys, limit)

    monkeypatch.setattr(shop.archive, "by_identity", limited)
    assert [one.heard.id for one in record(shop, mentions[0]).written] == mentions
    assert max(asked) >= 1_000_000


def test_what_waits_is_told_with_its_picture(shop: Counter) -> None:
    kept = shop.desk.by_hand.add(Entry("", Where.PHONE, AWFUL, author="Anna", handle="600 100 200"), PICTURE)
    assert not [step for step in at_once(shop.profile.parts, shop.profile.waiting) if isinstance(step, Problem)]
    heard = shop.desk.by_hand.taken_in(kept.entry)
    shop.desk.by_hand.add(Entry("", Where.SHOP, "Came by as well", author="Anna", handle="600100200"))
    shop.desk.by_hand.add(Entry("", Where.SHOP, "Somebody else", author="Jan", handle="700100200"))
    first, second = record(shop, heard.id).written
    assert (first.heard.id, Path(first.picture).suffix) == (heard.id, ".png")
    assert (second.heard, second.mention.text, second.picture) == (None, "Came by as well", "")


def test_somebody_without_a_name_is_told_of_by_the_case(shop: Counter) -> None:
    one, _other = shop.say("Guest", AWFUL), shop.say("Guest", "Still nobody answers, awful.")
    shop.desk.customers.log_for(one, Direction.OUT, Channel.PHONE, "Called back", NOW)
    assert [each.heard.id for each in record(shop, one).written] == [one]


def test_what_an_account_said_that_was_deleted_since_is_told_as_it_would_be_forgotten(shop: Counter) -> None:
    """Of the mention itself nothing is told: it names nobody by now, and may be somebody else's."""
    one, kept = shop.say("Anna @anna", AWFUL), shop.say("Anna @anna", "What an awful place this is, really.")
    shop.desk.customers.log_for(one, Direction.OUT, Channel.PHONE, "Called back", NOW)
    card = shop.desk.inbox.open(kept).customer.id
    shop.edit(one, "[deleted by the author of this post]", author="")
    found = shop.desk.customers.record(card)
    assert isinstance(found, PersonRecord)
    there, gone = found.written
    assert (there.heard.id, there.wording) == (kept, None)
    assert (gone.heard, gone.mention.text, gone.mention.author) == (None, AWFUL, "")
    assert gone.mention.url == shop.archive.mention(one).mention.url
    assert (gone.wording.text, gone.wording.kind) == (AWFUL, Kind.COMPLAINT)
    assert shop.archive.said_before([card, ""]) == ()
    assert shop.desk.customers.forget(card) is None
    assert shop.archive.said_before([each.key for each in found.customer.identities]) == ()


def test_the_file_is_written_as_a_whole_or_not_at_all(
    shop: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card, path = shop.desk.customers.create("Jan", NOW), tmp_path / "jan.html"
    customers = shop.desk.customers
    assert customers.export(card.id, path, lambda one: ("of ", one.customer.name, " \ud83d")) is None
    assert path.read_text("utf-8") == "of Jan ?"
    missing = tmp_path / "no" / "jan.html"
    refused = Problem("ui.file_not_written", {"file": "jan.html", "reason": "no_folder"})
    assert customers.export(card.id, missing, lambda _one: ("x",)) == refused
    assert customers.export("nobody", path, lambda _one: ("x",)) == Problem("desk.no_customer", {"name": "nobody"})

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(atomic.os, "fsync", full)
    told = customers.export(card.id, path, lambda _one: ("x",))
    assert told == Problem("ui.file_not_written", {"file": "jan.html", "reason": "full"})
    assert path.read_text("utf-8") == "of Jan ?"
    assert [each.name for each in tmp_path.glob("*.tmp")] == []


def test_what_was_learnt_of_them_is_told_though_its_mention_is_gone(shop: Counter) -> None:
    gone, kept = shop.say("Anna @anna", AWFUL), shop.say("Anna @anna", "What an awful place this is, really.")
    jan = shop.say("Jan @jan", f"{AWFUL} Order 2.")
    for mention in (gone, jan):
        shop.desk.cases.set_kind(mention, Kind.PRAISE, NOW)
    shop.desk.customers.log_for(kept, Direction.OUT, Channel.PHONE, "Called back", NOW)
    with shop.profile.archive._handled.writing() as connection:  # an archive put back from before it was heard
        connection.execute("UPDATE corrections SET mention_id = NULL WHERE mention_id = ?", (gone,))
        connection.execute("DELETE FROM mentions WHERE id = ?", (gone,))
    there, learnt = record(shop, kept).written
    assert (there.heard.id, there.correction) == (kept, None)
    assert (learnt.heard, learnt.mention.text, learnt.correction.text) == (None, AWFUL, AWFUL)


def test_what_was_learnt_of_somebody_without_a_name_is_told(shop: Counter) -> None:
    one = shop.say("Guest", AWFUL)
    shop.desk.cases.set_kind(one, Kind.PRAISE, NOW)
    shop.desk.customers.log_for(one, Direction.OUT, Channel.PHONE, "Called back", NOW)
    (written,) = record(shop, one).written
    assert (written.heard.id, written.correction.text, written.correction.author) == (one, AWFUL, "")


def test_an_answer_that_stands_in_the_log_is_not_told_twice(shop: Counter) -> None:
    one = shop.say("Anna @anna", AWFUL)
    shop.desk.replies.mark_answered(one, "We are sorry", Channel.POST, NOW)
    assert shop.desk.outbox.list(), "it is looked for"
    found = record(shop, one)
    (written,) = found.written
    assert ([contact.text for contact in found.customer.contacts], written.replies) == (["We are sorry"], ())
    view = shop.desk.inbox.open(one)
    assert [(entry.contact.text, entry.reply) for entry in view.history] == [("We are sorry", None)]
