"""Customers' cards and the contact log: one card for each person, made once, forgotten wholly."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.counter import Counter

from app.core.blocked import place_of_forgotten
from app.core.by_hand import Entry, Where
from app.core.case import CaseState
from app.core.customer import Channel, Direction, Identity
from app.core.merging import Merged
from app.core.ports.by_hand import Kept
from app.core.problems import Problem
from app.core.verdict import Kind
from app.listen.by_hand import at_once
from app.listen.poll import blocked_marks

AWFUL = "The bread was awful and nobody answers the phone."
MORE = "Still nobody answers, the service is awful beyond words."
NOW = 1_800_000_000.0


def log(shop: Counter, mention: int, text: str = "Called back") -> str:
    """Log a call with whoever wrote a mention; returns the id of the card."""
    contact = shop.desk.customers.log_for(mention, Direction.OUT, Channel.PHONE, text, NOW, "Eva")
    assert not isinstance(contact, Problem)
    (owner,) = [c for c, one in shop.desk.customers.contacts() if one.id == contact.id]
    return owner.id


@pytest.mark.parametrize("author", ["Anna @anna", "Anna Kowalska", "Guest", ""])
def test_draft_log_and_answer_make_one_card(shop: Counter, author: str) -> None:
    mention = shop.say(author, AWFUL)
    shop.desk.replies.save_draft(mention, "We are", "public", NOW)
    first = log(shop, mention)
    shop.desk.replies.save_draft(mention, "", "public", NOW)
    second = log(shop, mention)
    shop.desk.replies.mark_answered(mention, "We are sorry", Channel.POST, NOW)
    assert first == second == log(shop, mention)
    assert len(shop.desk.customers.search("")) <= 1
    assert shop.desk.inbox.open(mention).customer.id == first


def test_a_card_is_made_once_though_several_threads_want_it(shop: Counter) -> None:
    mention = shop.say("Guest", AWFUL)
    with ThreadPoolExecutor(4) as pool:
        owners = set(pool.map(lambda n: log(shop, mention, f"Call {n}"), range(12)))
    assert len(owners) == 1
    assert len(shop.desk.customers.contacts()) == 12


def test_two_nameless_authors_have_two_cards(shop: Counter) -> None:
    one, two = shop.say("Guest", AWFUL), shop.say("Guest", MORE)
    assert log(shop, one) != log(shop, two)
    assert shop.desk.inbox.open(one).times == 1


def test_one_account_has_one_card_and_one_history(shop: Counter) -> None:
    one, two = shop.say("Anna @anna", AWFUL), shop.say("Anna K. @anna", "What a great shop after all.")
    card = log(shop, one)
    assert card == log(shop, two)
    history = shop.desk.customers.history(card)
    assert len([e for e in history if e.contact]) == 2
    assert len([e for e in history if e.mention]) == 2
    assert [e.at for e in history] == sorted(e.at for e in history)
    view = shop.desk.inbox.open(two)
    assert view.times == 2
    assert [e.mention.id for e in view.history if e.mention] == (
        [] if view.case_id == shop.desk.inbox.open(one).case_id else [one]
    )


def test_a_contact_knows_what_it_is_about(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    contact = shop.desk.customers.log_for(mention, Direction.IN, Channel.VISIT, "  Came by ", NOW, "Eva")
    assert (contact.text, contact.who, contact.mention_id) == ("Came by", "Eva", mention)
    assert contact.case_id == shop.desk.inbox.row(mention).case_id
    assert contact.url.startswith("https://a.example/")


def test_cards_made_by_hand(shop: Counter) -> None:
    made = shop.desk.customers.create("  Jan Nowak ", NOW)
    assert made.name == "Jan Nowak"
    logged = shop.desk.customers.log(made.id, Direction.IN, Channel.PHONE, "Asked about order 1182", NOW)
    assert shop.desk.customers.get(made.id).contacts == (logged,)
    assert shop.desk.customers.set_note(made.id, "Likes rye").note == "Likes rye"
    assert shop.desk.customers.rename(made.id, "Jan N.").name == "Jan N."
    assert shop.desk.customers.create(" ", NOW) == Problem("desk.no_name")
    assert shop.desk.customers.rename(made.id, " ") == Problem("desk.no_name")


def called(shop: Counter, text: str) -> tuple[list[str], list[str]]:
    surely, perhaps = shop.desk.customers.named(text)
    return [one.id for one in surely], [one.id for one in perhaps]


def test_customers_are_found_by_id_name_and_handle(shop: Counter) -> None:
    made = shop.desk.customers.create("Łukasz Żak", NOW)
    written = log(shop, shop.say("Anna @anna_k", AWFUL))
    assert shop.desk.customers.named(made.id) == ((shop.desk.customers.get(made.id),), ())
    assert called(shop, "zak lukasz") == ([made.id], [])
    assert called(shop, "ANNA_K") == ([written], [])
    assert called(shop, "luk") == ([], [made.id])
    assert called(shop, "nobody") == called(shop, " ") == ([], [])


def test_a_name_that_is_exact_goes_before_those_that_only_hold_it(shop: Counter) -> None:
    one = shop.desk.customers.create("Anna", NOW)
    other = shop.desk.customers.create("Anna Nowak", NOW)
    assert called(shop, "anna") == ([one.id], [])
    surely, perhaps = called(shop, "ann")
    assert (surely, set(perhaps)) == ([], {one.id, other.id})


def test_a_person_is_forgotten_wholly(shop: Counter) -> None:
    mention, other = shop.say("Anna @anna", AWFUL), shop.say("Jan @jan", MORE)
    card = log(shop, mention)
    assert shop.desk.customers.forget(card) is None
    assert shop.desk.customers.get(card) is None
    assert shop.desk.inbox.open(mention) is None
    assert shop.desk.inbox.open(other)
    assert shop.desk.customers.forget(card) == Problem("desk.no_customer", {"name": card})


def test_pages_that_watch_tests_were_given_go_with_a_forgotten_person(shop: Counter) -> None:
    card = log(shop, shop.say("Anna @anna", AWFUL))
    assert shop.desk.watches.test(shop.watch).problem is None
    kept = shop.profile.folder / "just-fetched"
    assert list(kept.iterdir())
    assert shop.desk.customers.forget(card) is None
    assert not list(kept.iterdir())


def test_how_often_somebody_wrote_goes_by_when_it_was_written(shop: Counter) -> None:
    shop.profile.source.published = shop.profile.clock() - 100
    newest = shop.say("Anna @anna", AWFUL)
    shop.profile.source.published = shop.profile.clock() - 900
    oldest = shop.say("Anna @anna", MORE)
    assert [shop.desk.inbox.open(one).times for one in (oldest, newest)] == [1, 2]


def test_no_undo_brings_back_a_trace_of_somebody_forgotten(shop: Counter) -> None:
    mention, other = shop.say("Anna @anna", AWFUL), shop.say("Jan @jan", MORE)
    case_id = shop.desk.inbox.open(mention).case_id
    shop.desk.cases.set_state(other, CaseState.IN_WORK, NOW)
    shop.desk.cases.set_kind(mention, Kind.QUESTION, NOW)
    shop.desk.cases.set_state(mention, CaseState.RESOLVED, NOW)
    assert shop.desk.customers.forget(log(shop, mention)) is None
    for _decision in range(2):
        assert shop.desk.cases.undo() == case_id
        assert shop.archive.handling(case_id) is None
    shop.desk.cases.undo()
    assert shop.desk.inbox.open(other).state is CaseState.NEW


def test_forgetting_that_fails_can_be_tried_again(shop: Counter) -> None:
    card = log(shop, shop.say("Anna @anna", AWFUL))
    shop.archive.problem = Problem("stores.busy")
    assert shop.desk.customers.forget(card) == Problem("stores.busy")
    shop.archive.problem = None
    assert shop.desk.customers.forget(card) is None


def test_what_is_no_mention_has_no_card(shop: Counter) -> None:
    assert shop.desk.customers.log_for(9, Direction.IN, Channel.PHONE, "x", NOW) == Problem(
        "desk.no_mention", {"id": 9}
    )
    assert shop.desk.customers.history("nobody") == ()
    assert shop.desk.inbox.open(9) is None
    assert shop.desk.inbox.row(9) is None


def test_two_cards_of_one_person_become_one_and_two_again(shop: Counter) -> None:
    one, two = shop.say("Anna @anna", AWFUL), shop.say("Ania @ania", MORE)
    card, other = log(shop, one), log(shop, two)
    shop.desk.replies.save_draft(two, "We are", "public", NOW)
    before = (shop.desk.customers.get(card), shop.desk.customers.get(other))
    done = shop.desk.customers.merge(card, other)
    assert isinstance(done, Merged)
    again = shop.say("Ania @ania", "Once more: the service is awful at your shop.")
    assert log(shop, again, "Called again") == card
    for mention in (one, two, again):
        assert shop.desk.inbox.open(mention).customer.id == card
    assert shop.desk.inbox.open(two).draft.text == "We are"
    history = shop.desk.customers.history(card)
    assert len([e for e in history if e.mention]) == len([e for e in history if e.contact]) == 3
    assert shop.desk.customers.history(other) == history
    assert shop.desk.customers.part(done) is None
    assert shop.desk.customers.get(other) == before[1]
    assert shop.desk.inbox.open(again).customer.id == other
    assert [c.text for c in shop.desk.customers.get(card).contacts] == ["Called back", "Called again"]


def test_what_is_entered_for_a_card_that_was_merged_goes_to_the_one_it_is_in(shop: Counter) -> None:
    card, other = log(shop, shop.say("Anna @anna", AWFUL)), shop.desk.customers.create("Ania", NOW).id
    assert isinstance(shop.desk.customers.merge(card, other), Merged)
    kept = shop.desk.by_hand.add(Entry("", Where.PHONE, MORE, author="Ania", handle="600100200"), b"", other)
    assert isinstance(kept, Kept)
    assert shop.files.find(Identity("phone", "600100200")).id == card


def test_taking_an_entry_back_leaves_the_card_that_its_own_was_merged_into(shop: Counter) -> None:
    kept = shop.desk.by_hand.add(Entry("", Where.PHONE, MORE, author="Ania", handle="600100200"))
    card = shop.desk.customers.create("Anna", NOW).id
    assert isinstance(shop.desk.customers.merge(card, kept.card), Merged)
    shop.desk.customers.set_note(card, "")
    assert shop.desk.by_hand.take_back(kept) is None
    assert shop.desk.customers.get(kept.card) == shop.desk.customers.get(card)
    assert shop.desk.customers.get(card).name == "Anna"


def test_a_merged_person_is_forgotten_wholly_by_either_id(shop: Counter) -> None:
    one, two = shop.say("Anna @anna", AWFUL), shop.say("Ania @ania", MORE)
    card, other = log(shop, one), log(shop, two)
    shop.desk.customers.merge(card, other)
    assert shop.desk.customers.forget(other) is None
    assert shop.desk.customers.search("") == ()
    assert shop.desk.inbox.open(one) is shop.desk.inbox.open(two) is None
    assert not [path for path in (shop.profile.folder / "customers").rglob("*") if path.is_file()]


def test_who_has_no_name_is_forgotten_with_what_they_said(shop: Counter) -> None:
    mention = shop.say("Guest", AWFUL)
    card = log(shop, mention)
    assert shop.desk.customers.forget(card) is None
    assert shop.archive.mention(mention) is None


def test_who_has_no_name_is_forgotten_on_the_card_that_theirs_went_into(shop: Counter) -> None:
    anna = shop.say("Anna @anna", AWFUL)
    kept = shop.desk.by_hand.add(Entry("", Where.SHOP, "Came by and shouted"), b"\x89PNG\r\n\x1a\nnot much of one")
    assert not [step for step in at_once(shop.profile.parts, shop.profile.waiting) if isinstance(step, Problem)]
    nameless = shop.desk.by_hand.taken_in(kept.entry).id
    card, other = log(shop, anna), log(shop, nameless)
    assert isinstance(shop.desk.customers.merge(card, other), Merged)
    assert shop.desk.customers.forget(card) is None
    assert shop.archive.mention(anna) is shop.archive.mention(nameless) is None
    assert [path for path in (shop.profile.folder / "pictures").rglob("*") if path.is_file()] == []


def test_of_cards_forgotten_since_a_merge_nothing_is_taken_back(shop: Counter) -> None:
    done = shop.desk.customers.merge(log(shop, shop.say("Anna @anna", AWFUL)), log(shop, shop.say("Ania @ania", MORE)))
    assert isinstance(done, Merged)
    assert shop.desk.customers.forget(done.now.id) is None
    assert shop.desk.customers.part(done) is None
    assert shop.desk.customers.search("") == ()


def written(folder: Path) -> str:
    """Return all that stands in the shop file and its copies."""
    return "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("shop*.json*") if path.is_file())


def test_who_was_blocked_and_is_forgotten_stays_blocked_without_a_name(shop: Counter) -> None:
    card = log(shop, mention := shop.say("Zenobia Qxowska", AWFUL))
    anna = shop.say("Anna @anna", MORE)
    shop.desk.cases.block_author(anna, NOW)
    shop.desk.cases.block_author(mention, NOW)
    typed = ("ZENOBIA  Qxowska", "Zenobia", "Jan Kowalski")
    shop.desk.settings.change(lambda known: replace(known, blocked_authors=(*known.blocked_authors, *typed)))
    (shop.profile.folder / "shop.json.broken-20261121T203000Z").write_text(
        '{"preferences": {"shop": {"blocked_authors": ["b.example x", "a.example name:zenobia qxowska", "Ola'
    )
    assert "qxowska" in written(shop.profile.folder).lower()
    marks = blocked_marks(shop.shop.preferences())
    assert shop.desk.customers.forget(card) is None
    assert "qxowska" not in written(shop.profile.folder).lower()
    assert '["b.example x", "a.example print:' in written(shop.profile.folder)
    kept = shop.shop.preferences().blocked_authors
    assert (kept[0], kept[3:]) == ("a.example anna", ("Zenobia", "Jan Kowalski"))
    assert place_of_forgotten(kept[1]) == "a.example"
    assert place_of_forgotten(kept[2]) == ""
    assert blocked_marks(shop.shop.preferences()) == marks  # else all places would be read once more
    with pytest.raises(ValueError, match="not enough values"):  # nothing is heard
        shop.say("Zenobia Qxowska", "Awful once more, and the bread is cold.")
    assert shop.say("Zenobia Other", "Awful once more, and the bread is cold.")


def test_undo_frees_somebody_who_was_forgotten_since(shop: Counter) -> None:
    card = log(shop, mention := shop.say("Zenobia Qxowska", AWFUL))
    shop.desk.cases.block_author(mention, NOW)
    assert shop.desk.customers.forget(card) is None
    assert len(shop.shop.preferences().blocked_authors) == 1
    shop.desk.cases.undo()
    assert shop.shop.preferences().blocked_authors == ()
    assert shop.say("Zenobia Qxowska", "Awful once more, and the bread is cold.")


def test_nobody_is_forgotten_while_the_blocks_cannot_be_written(shop: Counter) -> None:
    card = log(shop, mention := shop.say("Zenobia Qxowska", AWFUL))
    shop.desk.cases.block_author(mention, NOW)
    shop.shop.problem = Problem("stores.disk_full", {"path": "shop.json"})
    assert shop.desk.customers.forget(card) == shop.shop.problem
    assert shop.desk.inbox.open(mention)
    shop.shop.problem = None
    assert shop.desk.customers.forget(card) is None


def test_a_contact_begun_on_the_card_is_not_written_over_by_one_taken_out_of_the_log(shop: Counter) -> None:
    card = shop.desk.customers.create("Jan", NOW)
    logged = shop.desk.customers.log(card.id, Direction.IN, Channel.PHONE, "Rang about the rolls", NOW)
    shop.desk.customers.save_begun(card.id, "Came by as", "in visit", NOW + 1)
    assert shop.desk.customers.unlog(card.id, logged, "in phone", NOW + 2) is None
    now = shop.desk.customers.get(card.id)
    assert (now.contacts, now.begun.text) == ((), "Came by as")


def test_forgetting_somebody_without_a_name_leaves_what_others_wrote_to_the_same_case(shop: Counter) -> None:
    guest = shop.say("Guest", AWFUL)
    case = shop.desk.inbox.row(guest).case_id
    others = [shop.say("Jan @jan", f"{AWFUL} Order {n}.") for n in range(2)]
    with shop.profile.archive._handled.writing() as connection:
        connection.execute("UPDATE mentions SET case_id = ? WHERE id IN (?, ?)", (case, *others))
        connection.execute(
            "UPDATE mentions SET identity_key = '', handle = '', site = 'b.example' WHERE id = ?", others[1:]
        )
        connection.execute("UPDATE texts SET author = 'Guest' WHERE id = ?", others[1:])
    shop.desk.customers.log_for(guest, Direction.OUT, Channel.PHONE, "Called back", NOW)
    card = shop.desk.inbox.open(guest).customer
    assert [one.heard.id for one in shop.desk.customers.record(card.id).written] == [guest]
    assert shop.desk.customers.forget(card.id) is None
    assert shop.archive.mention(guest) is None
    assert [one.id for one in shop.archive.case_mentions(case)] == others
