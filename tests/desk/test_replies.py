"""Drafts, saved replies, and marking as answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from fakes.counter import Counter

from app.core.case import CaseState
from app.core.customer import Channel, Direction, Draft
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.reply import SavedReply

AWFUL = "The bread was awful and nobody answers the phone."
NOW = 1_800_000_000.0


def test_a_draft_is_on_the_disk_when_saved(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    draft = shop.desk.replies.save_draft(mention, "We are so", "private", NOW)
    assert draft == Draft(shop.desk.inbox.row(mention).case_id, "We are so", NOW, "private")
    assert shop.open_desk().inbox.open(mention).draft == draft


def test_a_newer_draft_replaces_the_older_and_an_empty_one_removes_it(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    for text in ("We", "We are", ""):
        shop.desk.replies.save_draft(mention, text, "public", NOW)
        held = shop.desk.inbox.open(mention).draft
        assert (held.text if held else "") == text


def edited(shop: Counter, author: str = "Anna @anna") -> tuple[int, Draft]:
    """Have somebody chat, an answer begun, and the text edited into a complaint; return the mention and the draft."""
    mention = shop.say(author, "Hello everybody.")
    draft = shop.desk.replies.save_draft(mention, "Dear Anna", "private", NOW)
    assert isinstance(draft, Draft)
    assert draft.case_id == -mention
    shop.edit(mention, AWFUL)
    assert shop.desk.inbox.open(mention).case_id is not None
    return mention, draft


@pytest.mark.parametrize("author", ["Anna @anna", ""])
def test_a_draft_is_found_by_the_case_that_an_edit_made_of_its_mention(shop: Counter, author: str) -> None:
    mention, draft = edited(shop, author)
    view = shop.desk.inbox.open(mention)
    assert view.draft == replace(draft, case_id=view.case_id)
    assert [one.id for one in shop.desk.customers.search("")] == [view.customer.id]
    newer = shop.desk.replies.save_draft(mention, "Dear Anna, sorry", "public", NOW + 1)
    assert newer.case_id == view.case_id
    assert shop.desk.inbox.open(mention).draft == newer
    assert shop.desk.replies.save_draft(mention, "", "public", NOW + 2).text == ""
    assert shop.desk.inbox.open(mention).draft is None
    assert len(shop.desk.customers.search("")) == 1


def test_a_draft_from_before_an_edit_goes_with_the_answer_and_comes_back_with_its_undo(shop: Counter) -> None:
    mention, draft = edited(shop)
    shop.desk.replies.mark_answered(mention, "Dear Anna", Channel.POST, NOW)
    view = shop.desk.inbox.open(mention)
    assert (view.state, view.draft) == (CaseState.ANSWERED, None)
    shop.desk.cases.undo()
    assert shop.desk.inbox.open(mention).draft == replace(draft, case_id=view.case_id)


def test_an_empty_draft_makes_no_card(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    assert shop.desk.replies.save_draft(mention, "", "public", NOW).text == ""
    assert shop.desk.inbox.open(mention).customer is None


def test_a_draft_that_cannot_be_kept_is_a_problem(shop: Counter) -> None:
    assert shop.desk.replies.save_draft(9, "x", "public", NOW) == Problem("desk.no_mention", {"id": 9})


def test_an_answer_is_logged_the_case_marked_and_the_draft_gone(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.replies.save_draft(mention, "We are sorry", "public", NOW)
    contact = shop.desk.replies.mark_answered(mention, "We are sorry", Channel.POST, NOW + 5)
    assert (contact.direction, contact.text) == (Direction.OUT, "We are sorry")
    view = shop.desk.inbox.open(mention)
    assert (view.state, view.draft, view.due_at, view.answered_at) == (CaseState.ANSWERED, None, None, NOW + 5)
    assert view.customer.contacts == (contact,)


def test_a_draft_on_another_persons_card_of_the_case_goes_too(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    case = shop.desk.inbox.row(mention).case_id
    other = shop.desk.customers.create("Her husband", NOW)
    shop.files.put_draft(other.id, Draft(case, "We are sorry", NOW))
    shop.desk.replies.mark_answered(mention, "We are sorry", Channel.POST, NOW)
    assert shop.desk.inbox.open(mention).draft is None


def test_an_answer_that_cannot_be_logged_changes_nothing(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    draft = shop.desk.replies.save_draft(mention, "We are sorry", "public", NOW)
    shop.files.problem = full = Problem("stores.disk_full")
    assert shop.desk.replies.mark_answered(mention, "We are sorry", Channel.POST, NOW) == full
    view = shop.desk.inbox.open(mention)
    assert (view.state, view.draft, view.customer.contacts) == (CaseState.NEW, draft, ())
    shop.files.problem = None
    shop.desk.replies.mark_answered(mention, "We are sorry", Channel.POST, NOW)
    assert len(shop.desk.inbox.open(mention).customer.contacts) == 1


def test_a_state_that_cannot_be_kept_logs_no_answer(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.archive.problem = full = Problem("stores.disk_full")
    assert shop.desk.replies.mark_answered(mention, "We are sorry", Channel.POST, NOW) == full
    assert shop.desk.customers.search("") == ()


def test_an_answer_that_cannot_be_logged_leaves_no_empty_card(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.files.problem = full = Problem("stores.disk_full")
    assert shop.desk.replies.mark_answered(mention, "We are sorry", Channel.POST, NOW) == full
    assert shop.desk.customers.search("") == ()
    assert shop.desk.inbox.open(mention).state is CaseState.NEW


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_answer_without_text_marks_the_case_and_stands_in_no_log(shop: Counter, text: str) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    assert not isinstance(shop.desk.replies.mark_answered(mention, text, Channel.POST, NOW), Problem)
    view = shop.desk.inbox.open(mention)
    assert (view.state, view.answered_at, view.history) == (CaseState.ANSWERED, NOW, ())
    assert shop.desk.customers.contacts() == ()
    shop.desk.cases.undo()
    assert shop.desk.inbox.open(mention).state is CaseState.NEW


@pytest.mark.parametrize("text", ["", "We are sorry"])
@pytest.mark.parametrize("author", ["Anna @anna", ""])
def test_undo_takes_away_the_card_that_the_answer_made(shop: Counter, author: str, text: str) -> None:
    mention = shop.say(author, AWFUL)
    shop.desk.replies.mark_answered(mention, text, Channel.POST, NOW)
    (card,) = shop.desk.customers.search("")
    shop.desk.cases.undo()
    assert shop.desk.customers.search("") == ()
    assert shop.desk.inbox.open(mention).customer is None
    assert not list((shop.profile.folder / "customers").rglob(f"*{card.id}*"))
    shop.desk.replies.mark_answered(mention, "Sorry", Channel.POST, NOW)
    assert [one.text for one in shop.desk.inbox.open(mention).customer.contacts] == ["Sorry"]


def _noted(shop: Counter, card: str, _mention: int) -> None:
    shop.desk.customers.set_note(card, "Has a dog")


def _renamed(shop: Counter, card: str, _mention: int) -> None:
    shop.desk.customers.rename(card, "Anna Nowak")


def _rung(shop: Counter, _card: str, mention: int) -> None:
    shop.desk.customers.log_for(mention, Direction.IN, Channel.PHONE, "Rang", NOW)


def _begun(shop: Counter, _card: str, mention: int) -> None:
    shop.desk.replies.save_draft(mention, "And another thing", "public", NOW)


def _merged(shop: Counter, card: str, _mention: int) -> None:
    shop.desk.customers.merge(shop.desk.customers.create("Her husband", NOW).id, card)


def _joined(shop: Counter, card: str, _mention: int) -> None:
    shop.desk.customers.merge(card, shop.desk.customers.create("Her husband", NOW).id)
    shop.desk.customers.set_note(card, "Two of them")


@pytest.mark.parametrize("since", [_noted, _renamed, _rung, _begun, _merged, _joined])
def test_undo_leaves_a_card_on_which_something_else_stands_by_now(
    shop: Counter, since: Callable[[Counter, str, int], None]
) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.replies.mark_answered(mention, "We are sorry", Channel.POST, NOW)
    since(shop, shop.desk.customers.search("")[0].id, mention)
    shop.desk.cases.undo()
    (card,) = shop.desk.customers.search("")
    assert "We are sorry" not in [contact.text for contact in card.contacts]
    assert shop.desk.inbox.open(mention).customer == card


def test_undo_leaves_an_empty_card_that_was_there_before_the_answer(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    card = shop.desk.customers.card_for(shop.archive.mention(mention), NOW)
    shop.desk.replies.mark_answered(mention, "We are sorry", Channel.POST, NOW)
    shop.desk.cases.undo()
    assert shop.desk.customers.search("") == (card,)


def test_the_draft_of_a_contact_stands_beside_that_of_the_reply(shop: Counter) -> None:
    mention = shop.say("Anna @anna", "Hello everybody.")
    reply = shop.desk.replies.save_draft(mention, "Dear Anna", "private", NOW)
    begun = shop.desk.replies.save_draft(mention, "Rang", "in phone 0 Eva", NOW, contact=True)
    view = shop.open_desk().inbox.open(mention)
    assert (view.draft, view.begun) == (reply, begun)
    shop.edit(mention, AWFUL)
    case = shop.desk.inbox.open(mention).case_id
    assert shop.desk.inbox.open(mention).begun == replace(begun, case_id=case)
    shop.desk.replies.mark_answered(mention, "Dear Anna", Channel.POST, NOW)
    assert shop.desk.inbox.open(mention).begun == replace(begun, case_id=case)
    shop.desk.replies.save_draft(mention, "", "", NOW, contact=True)
    assert shop.desk.inbox.open(mention).begun is None


def test_a_contact_taken_out_of_the_log_is_a_draft_again(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    contact = shop.desk.customers.log_for(mention, Direction.IN, Channel.PHONE, "Rang", NOW, "Eva")
    kept = shop.desk.customers.log_for(mention, Direction.IN, Channel.PHONE, "Rang again", NOW)
    assert shop.desk.replies.unlog(contact, "in phone 0 Eva", NOW + 1) is None
    view = shop.desk.inbox.open(mention)
    assert view.customer.contacts == (kept,)
    assert view.begun == Draft(view.case_id, "Rang", NOW + 1, "in phone 0 Eva")
    assert shop.desk.replies.unlog(kept, "in phone 0 ", NOW + 2) is None
    assert shop.desk.inbox.open(mention).begun == view.begun
    assert shop.desk.inbox.open(mention).customer.contacts == ()
    assert shop.desk.replies.unlog(replace(kept, mention_id=99), "in phone 0 ", NOW) is None


def test_undo_leaves_a_draft_begun_since_as_it_is(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.replies.save_draft(mention, "Old", "public", NOW)
    shop.desk.replies.mark_answered(mention, "Old", Channel.POST, NOW)
    newer = shop.desk.replies.save_draft(mention, "Newer", "public", NOW + 9)
    shop.desk.cases.undo()
    assert shop.desk.inbox.open(mention).draft == newer


def test_what_is_no_mention_cannot_be_answered(shop: Counter) -> None:
    assert shop.desk.replies.mark_answered(9, "x", Channel.POST, NOW) == Problem("desk.no_mention", {"id": 9})


def test_saved_replies_are_kept_filled_and_removed(shop: Counter) -> None:
    reply = SavedReply("r", "Sorry", "Dear {name}, {shop} in {town} is sorry for order {order}. {signature}")
    assert shop.desk.replies.put_saved(reply) is None
    assert shop.desk.replies.saved() == (reply,)
    shop.desk.settings.change(lambda _known: Preferences(shop_name="Rogalik", shop_town="Łódź", signature="Eva"))
    mention = shop.say("Anna @anna", AWFUL)
    unsigned = replace(reply, text="Dear {name}!\n{signature}\n[signature] {order}")
    assert shop.desk.replies.prepared(mention, unsigned).endswith("!\nEva\nEva {order}")
    shop.desk.settings.change(lambda _known: Preferences(shop_name="Rogalik", shop_town="Łódź"))
    assert shop.desk.replies.prepared(mention, unsigned) == "Dear Anna!\n[signature] {order}"
    shop.desk.settings.change(lambda _known: Preferences(shop_name="Rogalik", shop_town="Łódź", signature="Eva"))
    filled = "Dear Anna, Rogalik in Łódź is sorry for order {order}. Eva"
    assert shop.desk.replies.prepared(mention, reply) == filled
    assert shop.desk.replies.prepared(9, reply).startswith("Dear {name}, Rogalik")
    assert shop.desk.replies.put_saved(SavedReply("r", " ", "x")) == Problem("desk.empty_reply")
    assert shop.desk.replies.remove_saved("r") is None
    assert shop.desk.replies.saved() == ()


def test_undo_takes_out_of_the_log_what_it_put_there_and_no_other_entry_of_the_same_words(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    for now in (NOW, NOW + 1):
        assert not isinstance(shop.desk.replies.mark_answered(mention, "Sorry!", Channel.POST, now), Problem)
    shop.desk.cases.undo()
    assert [(contact.text, contact.at) for _, contact in shop.desk.customers.contacts()] == [("Sorry!", NOW)]
