"""The reply that waits in the box of a case: which saved reply it is made of, and when there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes.counter import Counter

from app.core.case import CaseState
from app.core.customer import Channel
from app.core.preferences import Preferences
from app.core.reply import SavedReply
from app.core.verdict import Kind
from app.desk.inbox import REPLY_LIMITS

AWFUL = "The bread was awful and nobody answers the phone."
NOW = 1_800_000_000.0

SORRY = SavedReply("sorry", "Sorry", "Hello, {name}. Sorry!\n{signature}", "en", "complaint", audience="public")
LETTER = SavedReply("letter", "Letter", "Hello, {name}. We answer {when}.", "en", "complaint", audience="private")
PRZYKRO = SavedReply("przykro", "Przykro", "Przykro nam, {name}!", "pl", "complaint")
THANKS = SavedReply("thanks", "Thanks", "Thank you, {name}!", "en", "praise")


@pytest.fixture
def shop(shop: Counter) -> Counter:
    for one in (SORRY, LETTER, PRZYKRO, THANKS):
        assert shop.desk.replies.put_saved(one) is None
    return shop


def proposed(shop: Counter, mention: int) -> dict[str, str]:
    return dict(shop.desk.inbox.open(mention).proposals)


def test_a_complaint_has_a_reply_waiting_for_each_audience(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    assert proposed(shop, mention) == {"public": "Hello, Anna. Sorry!", "private": "Hello, Anna. We answer {when}."}


def test_nothing_of_it_is_kept(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    assert proposed(shop, mention)
    view = shop.open_desk().inbox.open(mention)
    assert (view.draft, view.history, view.replies) == (None, (), ())


@pytest.mark.parametrize(
    ("author", "text"),
    [
        ("", "Hello. Sorry!"),
        ("Anna K.", "Hello, Anna. Sorry!"),
        ("Anna [she/her]", "Hello, Anna. Sorry!"),
        ("{signature}", "Hello. Sorry!"),
        ("anna_k", "Hello. Sorry!"),
        ("J. Nowak", "Hello. Sorry!"),
        ("\u202eאנה", "Hello. Sorry!"),
    ],
)
def test_somebody_is_spoken_to_by_first_name_or_without_one(shop: Counter, author: str, text: str) -> None:
    assert proposed(shop, shop.say(author, AWFUL))["public"] == text


@pytest.mark.parametrize("author", [".", "…", "4711", "Anna " * 20])
def test_what_is_no_name_is_not_said(shop: Counter, author: str) -> None:
    assert proposed(shop, shop.say(author, AWFUL))["public"] == "Hello. Sorry!"


def test_a_pole_is_spoken_to_as_poles_are(shop: Counter) -> None:
    polish = replace(SORRY, id="pl", text="Dzień dobry, {name}. ({full name})", language="pl")
    mention = shop.say("Marek Nowak @marek", AWFUL)
    assert shop.desk.replies.prepared(mention, polish) == "Dzień dobry, Panie Marku. (Marek Nowak)"
    assert shop.desk.replies.prepared(mention, replace(polish, language="")) == "Dzień dobry, Marek. (Marek Nowak)"


def test_only_in_private_somebody_is_called_by_the_name_on_their_card(shop: Counter) -> None:
    mention = shop.say("bread_lover @lover", AWFUL)
    shop.desk.replies.save_draft(mention, "x", "public", NOW)
    card = shop.desk.inbox.open(mention).customer
    shop.desk.customers.rename(card.id, "Anna Kowalska")
    assert proposed(shop, mention) == {"public": "Hello. Sorry!", "private": "Hello, Anna. We answer {when}."}
    assert shop.desk.replies.prepared(mention, SORRY) == "Hello. Sorry!"
    assert shop.desk.replies.prepared(mention, SORRY, "private") == "Hello, Anna. Sorry!"


def test_it_is_made_for_the_kind_that_the_owner_says(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.cases.set_kind(mention, Kind.PRAISE, NOW)
    assert proposed(shop, mention) == dict.fromkeys(("public", "private"), "Thank you, Anna!")
    shop.desk.cases.set_kind(mention, Kind.NEUTRAL, NOW)
    assert proposed(shop, mention) == {}


def test_none_waits_in_a_language_nobody_wrote(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.replies.remove_saved(SORRY.id)
    shop.desk.replies.remove_saved(LETTER.id)
    assert proposed(shop, mention) == {}
    shop.desk.replies.put_saved(replace(PRZYKRO, language=""))
    assert set(proposed(shop, mention)) == {"public", "private"}


def test_a_reply_for_anything_is_never_proposed(shop: Counter) -> None:
    mention = shop.say("Piotr @piotr", "Where can I park?")
    shop.desk.cases.set_kind(mention, Kind.QUESTION, NOW)
    shop.desk.replies.put_saved(SavedReply("any", "Any", "Hello!", "en"))
    assert proposed(shop, mention) == {}


def test_the_owners_own_comes_before_the_one_given_at_first(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.replies.put_saved(replace(SORRY, id="mine", text="We are ashamed."))
    assert proposed(shop, mention)["public"] == "We are ashamed."


def test_danger_is_answered_as_danger(shop: Counter) -> None:
    mention = shop.say("Anna @anna", f"{AWFUL} There was poison in it.")
    shop.desk.replies.put_saved(replace(SORRY, id="safety", cause="safety", text="Please call us."))
    assert proposed(shop, mention)["public"] == "Please call us."
    assert proposed(shop, shop.say("Jan @jan", AWFUL))["public"] == "Hello, Jan. Sorry!"
    assert proposed(shop, shop.say("Piotr @piotr", f"{AWFUL} You get a lawsuit."))["public"] == "Hello, Piotr. Sorry!"


def test_harm_told_in_a_case_is_answered_as_danger_beside_a_threat_as_bad(shop: Counter) -> None:
    assert shop.desk.replies.put_saved(replace(SORRY, id="safety", cause="safety", text="Please call us.")) is None
    threat = shop.say("Anna @anna", "They were awful liars! You get a lawsuit.")
    assert proposed(shop, threat)["public"] == "Hello, Anna. Sorry!"
    harm = shop.say("Anna @anna", "It was awful. I slipped on your stairs and broke a rib, you get a lawsuit.")
    assert proposed(shop, threat)["public"] == proposed(shop, harm)["public"] == "Please call us."


def test_what_is_no_complaint_takes_no_cause_from_one_as_mild(shop: Counter) -> None:
    assert shop.desk.replies.put_saved(replace(SORRY, id="q", cause="quality", text="Our soup!")) is None
    grumble = shop.say("Anna @anna", "The soup was cold 0.85")
    hello = shop.say("Anna @anna", "Hello there.", answers=grumble)
    shop.desk.cases.set_kind(grumble, Kind.COMPLAINT, NOW)
    assert proposed(shop, hello)["public"] == proposed(shop, grumble)["public"] == "Our soup!"


def test_none_waits_once_it_is_answered_until_that_is_undone(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.replies.mark_answered(mention, "", Channel.POST, NOW)
    assert proposed(shop, mention) == {}
    shop.desk.cases.undo()
    assert proposed(shop, mention)
    shop.desk.cases.set_state(mention, CaseState.RESOLVED, NOW)
    assert proposed(shop, mention) == {}


def test_the_owner_can_do_without(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.settings.change(lambda _known: Preferences(propose=False))
    assert proposed(shop, mention) == {}


def test_there_is_nobody_to_answer_under_the_news(shop: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    mention = shop.say("Gazeta", AWFUL)
    monkeypatch.setattr(shop.profile.source, "reads_news", True)
    assert proposed(shop, mention) == {}


def test_one_too_long_for_its_place_gives_way_to_a_shorter_one(shop: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.replies.put_saved(replace(SORRY, id="long", text="We are so very sorry, and shall do all we can."))
    monkeypatch.setitem(REPLY_LIMITS, shop.profile.source.id, 22)
    assert proposed(shop, mention) == {"public": "Hello, Anna. Sorry!"}
