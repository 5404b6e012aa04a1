"""One case as the desk shows it: the customer's story with all that is known of them elsewhere."""

from __future__ import annotations

from dataclasses import replace

from fakes.counter import Counter

from app.core.customer import Channel, Direction, Identity
from app.core.problems import Problem

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
