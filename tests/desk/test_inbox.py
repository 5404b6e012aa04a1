"""One case as the desk shows it: the customer's story with all that is known of them elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes.counter import Counter

from app.core.customer import Channel, Direction, Identity
from app.core.first_names import FirstName, FirstNames
from app.core.problems import Problem
from app.core.reply import SavedReply
from app.core.verdict import Severity
from app.core.views import Folder

AWFUL = "The bread was awful and nobody answers the phone."
NOW = 1_800_000_000.0


def test_what_they_wrote_under_another_account_of_their_card_is_of_the_story(shop: Counter) -> None:
    elsewhere = shop.say("Anna Other @ann", "Good morning everybody.")
    one = shop.say("Anna @anna", AWFUL)
    shop.desk.customers.log_for(one, Direction.IN, Channel.PHONE, "Rang", NOW)
    card = shop.desk.inbox.open(one).customer
    assert (shop.desk.inbox.open(one).times, len(shop.desk.inbox.open(one).history)) == (1, 1)
    both = (*card.identities, Identity("a.example", "ann"))
    assert not isinstance(shop.files.change(card.id, lambda known: replace(known, identities=both)), Problem)
    view = shop.desk.inbox.open(one)
    assert view.times == 2
    assert [entry.mention.id for entry in view.history if entry.mention] == [elsewhere]
    assert shop.desk.inbox.open(elsewhere).times == 1


def test_mentions_of_the_case_are_beside_the_story_not_in_it(shop: Counter) -> None:
    one, two = shop.say("Anna @anna", AWFUL), shop.say("Anna @anna", f"{AWFUL} Still.")
    view = shop.desk.inbox.open(two)
    assert ([each.id for each in view.mentions], view.history, view.times) == ([one, two], (), 2)


@pytest.mark.parametrize(("name", "times"), [("Redakcja", 1), ("A.example", 1), ("Anna Nowak", 2), ("Redaktor", 2)])
def test_of_a_paper_it_is_not_counted_how_often_it_writes(shop: Counter, name: str, times: int) -> None:
    one, two = shop.say(name, AWFUL), shop.say(name, "Awful service again, and the cake was stale. Never again!")
    view = shop.desk.inbox.open(two)
    assert view.times == times
    known = {entry.mention.id for entry in view.history if entry.mention} | {each.id for each in view.mentions}
    assert known == {one, two}, "what they wrote is shown all the same"


def test_who_has_a_card_is_counted_whatever_the_name(shop: Counter) -> None:
    one = shop.say("A.example", AWFUL)
    shop.desk.customers.log_for(one, Direction.IN, Channel.PHONE, "Rang", NOW)
    two = shop.say("A.example", "Awful service again, and the cake was stale. Never again!")
    assert shop.desk.inbox.open(two).times == 2


def test_who_bears_a_first_name_is_counted_on_a_site_called_so(shop: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    bears_it = FirstNames({"aexample": FirstName("f", "")}, {}, frozenset(), frozenset())
    monkeypatch.setattr(shop.desk.inbox._proposals, "_first_names", lambda: bears_it)
    shop.say("Aexample", AWFUL)
    two = shop.say("Aexample", "Awful service again, and the cake was stale. Never again!")
    assert shop.desk.inbox.open(two).times == 2


def test_what_is_answered_is_due_no_more(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    assert shop.desk.inbox.open(mention).due_at
    shop.desk.replies.mark_answered(mention, "Sorry", Channel.POST, NOW)
    assert shop.desk.inbox.open(mention).due_at is None


def test_what_a_complaint_in_another_s_thread_answers_is_told(shop: Counter) -> None:
    first = shop.say("Anna @anna", AWFUL)
    other = shop.say("Jan @jan", f"{AWFUL} I was charged twice.", answers=first)
    comment = shop.say("Ola @ola", "Oh dear, what happened?", answers=first)
    assert shop.desk.inbox.open(other).case_id != shop.desk.inbox.open(first).case_id
    answered = shop.desk.inbox.open(other).answers
    assert answered is not None
    assert answered.id == first
    inside = shop.desk.inbox.open(comment)
    assert inside.answers is None, "it stands in the case itself"
    assert {one.id for one in inside.mentions} == {first, comment}
    assert shop.desk.inbox.open(first).answers is None
    card = shop.desk.customers.log_for(first, Direction.IN, Channel.PHONE, "Rang", NOW)
    assert not isinstance(card, Problem)
    shop.desk.customers.forget(shop.desk.inbox.open(first).customer.id)
    assert shop.desk.inbox.open(other).answers is None, "who is forgotten is named nowhere"


def test_what_opens_behind_the_row_is_of_the_worst_in_the_case(shop: Counter) -> None:
    """A complaint that grows dangerous: «sorry that we let you down» would be proposed for the stale cake it began with."""
    said = SavedReply("sorry", "Sorry", "Sorry that we let you down.", "en", "complaint", audience="public")
    for one in (said, replace(said, id="safety", cause="safety", text="Please call us at once.")):
        assert shop.desk.replies.put_saved(one) is None
    stale = shop.say("Anna @anna", "The cake was awful and stale.")
    shop.say("Bob @bob", "They were awful to me.")
    poison = shop.say("Anna @anna", "The awful cake was poison, my son is in hospital.")
    first = shop.desk.inbox.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows[0]
    view = shop.desk.inbox.open(first.mention_id)
    assert view is not None
    assert [one.id for one in view.mentions] == [stale, poison]
    assert (first.mention_id, view.mention.id, first.severity) == (poison, poison, Severity.DANGER)
    assert view.proposals["public"] == "Please call us at once."
    older = shop.desk.inbox.open(stale)
    assert older is not None
    assert older.proposals == view.proposals, "the reply is the case's, whichever mention of it is looked at"
