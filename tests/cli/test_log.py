"""«log --export»: all that is known of a customer, in a file or printed."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

import pytest
from fakes.commands import Shop
from fakes.held import Held

from app.core.case import CaseState

AWFUL = "The bread was awful and nobody answers."


def test_a_person_is_exported(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "jan.html"
    shop("log", "Jan <Nowak>", "--add", "Asked about order 1182")
    said = shop("log", "Jan <Nowak>", "--export", str(path))
    assert (said.code, said.out) == (0, "")
    assert "Jan <Nowak>" in said.err
    assert "jan.html" in said.err
    page = path.read_text("utf-8")
    assert "Asked about order 1182" in page
    assert "Jan &lt;Nowak&gt;" in page
    printed = shop("log", "Jan <Nowak>", "--export", "-")
    assert printed.code == 0
    assert printed.out.startswith("<!DOCTYPE html>")
    assert printed.out.endswith("</html>\n")


def test_nobody_named_makes_no_sense(shop: Shop) -> None:
    for more in ((), ("--add", "Called"), ("--add", "Called", "--new"), ("--export", "-")):
        said = shop("log", " ", *more)
        assert (said.code, said.out, said.err) == (2, "", "Write a name.\n")


def test_a_folder_that_is_not_there_is_told(shop: Shop, tmp_path: Path) -> None:
    shop("log", "Jan Nowak", "--add", "Asked about order 1182")
    said = shop("log", "Jan Nowak", "--export", str(tmp_path / "no" / "jan.html"))
    assert said.code == 1
    assert "The file jan.html cannot be written (there is no such folder)." in said.err
    assert shop("log", "Nobody", "--export", "-").code == 1


def test_somebody_who_wrote_and_has_no_card_is_found_by_name(shop: Shop) -> None:
    mention = shop.counter.say("Anna K.", "The bread was awful.")
    said = shop("log", "anna k.")
    assert said.code == 0
    assert "The bread was awful." in said.out
    assert shop.counter.desk.customers.search("Anna") == ()
    assert shop("log", str(mention), "--json").rows[0]["customer"] is None


def test_what_is_added_goes_onto_the_card_that_case_and_export_know(shop: Shop) -> None:
    mention = shop.counter.say("Anna K. @anna", "The bread was awful.")
    for text in ("Asked for her money", "Got it back"):
        assert shop("log", "Anna K.", "--add", text).code == 0
    (card,) = shop.counter.desk.customers.search("Anna")
    assert [contact.text for contact in card.contacts] == ["Asked for her money", "Got it back"]
    view = shop.counter.desk.inbox.open(mention)
    assert view
    assert [entry.contact.text for entry in view.history if entry.contact] == ["Asked for her money", "Got it back"]
    page = shop("log", "Anna K.", "--export", "-").out
    assert "The bread was awful." in page
    assert "Got it back" in page


def test_of_several_who_write_under_one_name_the_number_says_who_is_meant(shop: Shop) -> None:
    first = shop.counter.say("Anna K. @anna", "The bread was awful.")
    second = shop.counter.say("Anna K. @other", "The rolls were awful.")
    said = shop("log", "Anna K.", "--add", "Called")
    assert (said.code, said.out) == (1, "")
    assert "2 people called «Anna K.» wrote" in said.err
    assert "The rolls were awful." in said.err
    assert shop("log", str(first), "--add", "Called").code == 0
    (card,) = shop.counter.desk.customers.search("Anna")
    assert [one.handle for one in card.identities] == ["anna"]
    assert "The rolls" in shop("log", str(second)).out


def test_whose_name_only_begins_alike_is_not_taken_for_somebody_who_wrote(shop: Shop) -> None:
    shop("log", "Anna Kowalska", "--add", "Asked about order 1182")
    shop.counter.say("Anna", "The bread was awful.")
    assert "The bread was awful." in shop("log", "Anna").out
    assert "order 1182" in shop("log", "Kowalska").out
    assert shop("log", "An").code == 0
    shop("log", "An", "--add", "Asked again")
    assert len(shop.counter.desk.customers.search("Anna")) == 1


def test_a_post_with_a_title_is_printed_with_its_words(shop: Shop) -> None:
    words = "The bread was awful, " * 12
    said = shop("mention", "add", "--title", "Never again", "--text", words, "--author", "Anna K.", "--json")
    assert said.code == 0
    out = shop("log", "Anna K.").out
    assert "Never again The bread was awful, The bread" in out
    assert len(out.splitlines()) == 1
    (row,) = shop("log", "Anna K.", "--json").rows
    assert (row["title"], row["text"]) == ("Never again", words.strip())


@pytest.mark.parametrize("author", ["", "Guest"])
def test_somebody_without_a_name_has_their_post_in_the_log_and_a_heading(shop: Shop, author: str) -> None:
    mention = str(shop.counter.say(author, "The bread was awful."))
    other = str(shop.counter.say(author, "The rolls were awful."))
    assert "The bread was awful." in shop("log", mention).out
    assert shop("log", mention, "--add", "Came by").code == 0
    out = shop("log", mention).out
    assert "The bread was awful." in out
    assert "Came by" in out
    assert "The rolls" not in out
    assert "The bread" not in shop("log", other).out
    page = shop("log", mention, "--export", "-").out
    assert f"<title>What is kept about {author or 'somebody'}</title>" in page
    assert "by name only" not in page
    assert "neither a name nor an account" in page


def test_what_goes_only_with_an_entry_is_refused_without_one(shop: Shop) -> None:
    shop("log", "Jan Nowak", "--add", "Came by")
    for option, value in (("--channel", "visit"), ("--direction", "out")):
        said = shop("log", "Jan Nowak", option, value)
        assert (said.code, said.out) == (2, "")
        assert f"{option} only works with --add" in said.err
    assert shop("log", "Jan Nowak", "--add", "Rang", "--channel", "visit", "--direction", "out").code == 0


def test_until_when_a_case_is_put_aside_is_told_wherever_it_is_found(shop: Shop) -> None:
    first, second = shop.counter.say("Anna @anna", AWFUL), shop.counter.say("Anna @anna", "Great rolls, thanks!")
    due = shop("inbox").out.split("  ")
    end = time.time() + 86_400
    moment = datetime.fromtimestamp(end).astimezone().strftime("%Y-%m-%d %H:%M")
    told = f"Snoozed until {moment}"
    assert "Snoozed" not in shop("show", str(first)).out + shop("log", "Anna").out + "".join(due)
    shop.counter.desk.cases.snooze(first, end, time.time())
    assert told in shop("show", str(first)).out
    assert told in shop("log", "Anna").out
    assert told in shop("show", str(second)).out
    for more in (
        ("--folder", "everything"),
        ("--folder", "snoozed"),
        ("--search", "bread"),
        ("--folder", "everything", "--search", "bread"),
    ):
        assert told in shop("inbox", *more).out
    assert [row["snoozed"] is None for row in shop("log", "Anna", "--json").rows] == [False, True]
    shop.counter.desk.cases.set_state(first, CaseState.RESOLVED, time.time())
    assert told not in shop("show", str(first)).out + shop("log", "Anna").out


def test_of_a_card_that_cannot_be_read_nothing_is_shown_and_no_second_one_is_made(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.counter.say("Anna K.", "The bread was awful.")
    assert shop("log", "Anna K.", "--add", "Called").code == 0
    (card,) = shop.counter.desk.customers.search("Anna")
    file = shop.counter.profile.folder / "customers" / card.id[:2] / f"{card.id}.json"
    held = Held(monkeypatch)
    held.hold(file)
    for more in ((), ("--add", "Called again"), ("--export", "-")):
        said = shop("log", "Anna K.", *more)
        assert (said.code, said.out) == (1, "")
        assert f"Check the permissions of customers/{card.id[:2]}/{file.name}" in said.err
    held.let_go()
    assert shop("log", "Anna K.", "--add", "Called again").code == 0
    (card,) = shop.counter.desk.customers.search("Anna")
    assert [contact.text for contact in card.contacts] == ["Called", "Called again"]


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_nothing_is_no_entry_and_makes_no_card(shop: Shop, text: str) -> None:
    assert shop("log", "Jan Nowak", "--add", text).code == 2
    assert shop.counter.desk.customers.search("") == ()


def test_of_several_cards_of_one_name_none_is_guessed(shop: Shop) -> None:
    cards = [shop.counter.files.create("Jan Nowak", None, 1.0) for _ in range(2)]
    said = shop("log", "Jan Nowak", "--add", "Rang")
    assert (said.code, said.out) == (1, "")
    assert all(card.id in said.err for card in cards)
    assert [len(shop.counter.files.get(card.id).contacts) for card in cards] == [0, 0]
    assert shop("log", cards[1].id, "--add", "Rang").code == 0
    assert [len(shop.counter.files.get(card.id).contacts) for card in cards] == [0, 1]
