"""Who is meant by a name or a number: that person and nobody else, whatever stands on other cards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes.commands import Shop

from app.core.customer import Identity

TALK = "Spoke to Maria, comes on 2 December for 4 rolls and 3 loaves, order 1182"


@pytest.fixture
def jan(shop: Shop) -> str:
    """A card whose log holds what others are looked for by, and then mentions 1 to 4 by Anna, who has none."""
    card = shop("log", "Jan Wilk", "--add", TALK, "--json").rows[0]["customer"]
    shop.counter.desk.customers.set_note(card, "Knows Piotr, likes rye")
    for number in range(4):
        shop.counter.say("Anna Nowak @anna_n", f"The bread of day {number} was awful and nobody answers.")
    return str(card)


def give(shop: Shop, card: str, identity: Identity) -> None:
    shop.counter.files.change(card, lambda one: replace(one, identities=(*one.identities, identity)))


def texts(shop: Shop, card: str) -> list[str]:
    customer = shop.counter.desk.customers.get(card)
    assert customer
    return [one.text for one in customer.contacts]


@pytest.mark.parametrize("number", ["2", "3", "4", " 4 "])
def test_a_number_is_that_of_a_mention_whatever_stands_in_the_log_of_another(
    shop: Shop, jan: str, tmp_path: Path, number: str
) -> None:
    assert {row["customer"] for row in shop("log", number, "--json").rows} == {None}
    assert "The bread of day" in shop("log", number).out
    file = tmp_path / "all.html"
    assert shop("log", number, "--export", str(file)).code == 0
    assert "Anna Nowak" in file.read_text("utf-8")
    assert TALK not in file.read_text("utf-8")
    assert shop("log", number, "--add", "Called back").code == 0
    assert texts(shop, jan) == [TALK]


@pytest.mark.parametrize("word", ["Maria", "rolls", "Piotr", "rye", "1182 order", "2 December"])
def test_words_of_a_log_or_a_note_name_nobody_but_are_a_hint(shop: Shop, jan: str, word: str) -> None:
    for more in ((), ("--json",), ("--export", "-")):
        said = shop("log", word, *more)
        assert (said.code, said.out) == (1, "")
        assert said.err.startswith(f"There is no customer «{word}».\nThese words are in the log or the note of:\n{jan}")
    said = shop("mention", "add", "--said", "phone", "--text", "Cold soup.", "--customer", word)
    assert (said.code, said.out) == (1, "")
    assert jan in said.err
    said = shop("log", word, "--add", "Called")
    assert said.code == 0
    assert f"«{word}» had no card; one was made." in said.err
    assert jan in said.err
    assert texts(shop, jan) == [TALK]


@pytest.mark.parametrize("name", ["jan wilk", "WILK", "Jan", "wil ja", "Wilk, Jan"])
def test_a_whole_name_or_the_beginnings_of_its_words_name_somebody(shop: Shop, jan: str, name: str) -> None:
    assert shop("log", name, "--json").rows[0]["customer"] == jan


@pytest.mark.parametrize(
    "account", ["+48 600 100 200", "600100200", "600-100-200", "jan.w@mail.example", "jan.w", "@jan.w"]
)
def test_an_account_names_somebody_however_it_is_written(shop: Shop, jan: str, account: str) -> None:
    for identity in (Identity("phone", "+48600100200"), Identity("mailbox", "jan.w@mail.example")):
        give(shop, jan, identity)
    assert shop("log", account, "--json").rows[0]["customer"] == jan
    assert shop("log", "mail").code == 1


def test_at_most_five_are_named_as_a_hint(shop: Shop) -> None:
    for number in range(7):
        shop("log", f"Customer{number}", "--add", "Met Maria")
    assert len(shop("log", "Maria").err.splitlines()) == 7


def test_a_number_that_nothing_has_makes_no_card(shop: Shop, jan: str) -> None:
    said = shop("log", "1182", "--add", "Called")
    assert (said.code, said.err) == (1, "There is no mention 1182.\n")
    assert len(shop.counter.desk.customers.search("")) == 1


def test_a_number_that_is_a_mention_and_the_account_of_another_asks_for_an_id(shop: Shop, jan: str) -> None:
    give(shop, jan, Identity("vk", "2"))
    said = shop("log", "2", "--add", "Called")
    assert (said.code, said.out) == (1, "")
    assert jan in said.err
    assert "Anna Nowak" in said.err
    assert "2 customers match" in said.err
    assert texts(shop, jan) == [TALK]


def test_several_that_may_be_meant_are_named_with_their_ids(shop: Shop, jan: str) -> None:
    other = shop("log", "Jan Zając", "--add", "Hello", "--json").rows[0]["customer"]
    said = shop("log", "jan", "--add", "Called")
    assert (said.code, said.out) == (1, "")
    assert jan in said.err
    assert other in said.err
    assert shop("mention", "add", "--text", "x", "--customer", "jan").code == 1
    assert texts(shop, jan) == [TALK]


@pytest.fixture
def annas(shop: Shop, jan: str) -> str:
    """The card of Anna, who wrote mentions 1 to 4; another Anna has written mention 5 and has none."""
    card = str(shop("log", "1", "--add", "Called Anna", "--json").rows[0]["customer"])
    shop.counter.say("Anna Nowak @anna_other", "My cake was awful and late.")
    return card


@pytest.mark.parametrize(
    "more", [(), ("--json",), ("--export", "-"), ("--add", "Called"), ("--add", "Called", "--json")]
)
@pytest.mark.parametrize("name", ["Anna Nowak", "anna nowak"])
def test_of_two_of_one_name_the_card_is_not_meant_by_itself(
    shop: Shop, annas: str, name: str, more: tuple[str, ...]
) -> None:
    said = shop("log", name, *more)
    assert (said.code, said.out) == (1, "")
    card, mention, problem = said.err.splitlines()
    assert card.startswith(f"{annas}  Anna Nowak")
    assert mention.split()[:3] == ["5", "Anna", "Nowak"]
    assert problem.startswith(f"2 people are called «{name}». Choose one by the id of the card")
    assert problem.endswith("such as 5.")
    assert texts(shop, annas) == ["Called Anna"]


def test_each_of_two_of_one_name_is_chosen_by_what_tells_them_apart(shop: Shop, annas: str) -> None:
    for who in (annas, "anna_n", "3"):
        assert shop("log", who, "--add", f"As {who}").code == 0
    assert len(texts(shop, annas)) == 4
    other = shop("log", "5", "--add", "Called the other", "--json").rows[0]["customer"]
    assert other != annas
    said = shop("log", "Anna Nowak", "--add", "Called")
    assert said.code == 1
    assert "2 customers match" in said.err


def test_who_wrote_what_is_on_the_card_is_nobody_else(shop: Shop, jan: str) -> None:
    card = shop("log", "1", "--add", "Called", "--json").rows[0]["customer"]
    shop.counter.say("Anna Nowak @anna_n", "Still no bread, awful.")
    for who in ("Anna Nowak", "Nowak Anna", "nowak, anna"):
        assert shop("log", who, "--add", "Again", "--json").rows[0]["customer"] == card


@pytest.mark.parametrize("who", ["3", "Anna Nowak"])
def test_what_is_entered_by_hand_goes_to_whoever_wrote(shop: Shop, jan: str, who: str) -> None:
    said = shop("mention", "add", "--said", "phone", "--text", "Cold soup, awful.", "--customer", who, "--json")
    assert said.code == 0
    assert said.rows[0]["author"] == "Anna Nowak"
    assert said.rows[0]["customer"] not in {jan, None}
    assert "Cold soup" in shop("log", "3").out
    assert "Cold soup" not in shop("log", jan).out


@pytest.mark.parametrize("name", ["Jan", "wil", "ja wil", "@jan.w"])
def test_a_part_of_a_name_is_enough_to_read_and_says_whose_card_it_is(shop: Shop, jan: str, name: str) -> None:
    give(shop, jan, Identity("mailbox", "jan.w@mail.example"))
    said = shop("log", name)
    assert said.code == 0
    assert TALK in said.out
    assert said.err.startswith(f"Perhaps meant by «{name}»:\n{jan}  Jan Wilk")
    for more in (("--add", "Called"), ("--export", "-")):
        said = shop("log", name, *more)
        assert (said.code, said.out) == (1, "")
        assert f"{jan}  Jan Wilk" in said.err
        assert f"It is not certain who «{name}» is." in said.err
        assert ("--new" in said.err) == (more[0] == "--add")
    said = shop("mention", "add", "--said", "phone", "--text", "Cold soup.", "--customer", name)
    assert (said.code, said.out) == (1, "")
    assert f"{jan}  Jan Wilk" in said.err
    assert texts(shop, jan) == [TALK]
    assert len(shop.counter.desk.customers.search("")) == 1


@pytest.mark.parametrize("name", ["jan wilk", "WILK, Jan", "jan.w@mail.example", "600-100-200", "0048 600100200", "id"])
def test_who_is_surely_called_so_is_written_to_and_exported(shop: Shop, jan: str, name: str) -> None:
    for identity in (Identity("phone", "+48600100200"), Identity("mailbox", "jan.w@mail.example")):
        give(shop, jan, identity)
    name = jan if name == "id" else name
    said = shop("log", name, "--add", "Called")
    assert (said.code, said.err) == (0, "")
    assert texts(shop, jan) == [TALK, "Called"]
    assert TALK in shop("log", name, "--export", "-").out
    assert shop("mention", "add", "--said", "phone", "--text", "Cold soup.", "--customer", name).code == 0
    assert "Cold soup." in shop("log", jan).out


def test_whose_number_only_ends_alike_gets_a_card(shop: Shop, jan: str) -> None:
    give(shop, jan, Identity("phone", "+48601234567"))
    give(shop, jan, Identity("telegram", "705234567"))
    for number in ("+49 601 234 567", "+48 705 234 567"):
        said = shop("log", number, "--add", "Called")
        assert f"«{number}» had no card; one was made." in said.err
    assert texts(shop, jan) == [TALK]


@pytest.mark.parametrize("name", ["Jan", "Jan Wilk"])
def test_somebody_new_of_a_name_alike_gets_a_card_of_their_own(shop: Shop, jan: str, name: str) -> None:
    said = shop("log", name, "--add", "Asked about a cake", "--new", "--json")
    card = said.rows[0]["customer"]
    assert card != jan
    assert said.err == f"A card was made for «{name}»: {card}\n"
    assert texts(shop, jan) == [TALK]
    assert texts(shop, card) == ["Asked about a cake"]
    said = shop("log", name, "--new")
    assert (said.code, said.out) == (2, "")
    assert "--new only works with --add" in said.err
