"""«inbox», «show», «log» and «doctor»."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes.commands import Shop

from app.core.case import CaseState, Satisfaction
from app.core.customer import Channel
from app.core.problems import Problem
from app.core.reply import SavedReply
from app.desk.health import Health
from app.words.problems import sentence

AWFUL = "The bread was awful and nobody answers the phone."


def test_the_inbox_lists_open_complaints_the_most_urgent_first(shop: Shop) -> None:
    one = shop.counter.say("Anna @anna", AWFUL)
    shop.counter.say("Piotr @piotr", "What a great shop, thank you.")
    said = shop("inbox", "--json")
    assert (said.code, said.err) == (0, "")
    (row,) = said.rows
    assert (row["id"], row["kind"], row["author"], row["state"]) == (one, "complaint", "Anna", "new")
    assert (row["level"], row["band"]) == (row["score"], "ring")
    assert row["due"].endswith("+00:00")
    assert shop("inbox", "--folder", "praise", "--json").rows[0]["author"] == "Piotr"
    assert "Anna: The bread" in shop("inbox").out


def test_the_stars_of_a_review_are_told(shop: Shop) -> None:
    (added,) = shop("mention", "add", "--text", AWFUL, "--author", "Anna", "--stars", "2", "--json").rows
    assert added["stars"] == 2
    number = str(added["id"])
    assert shop("inbox", "--json").rows[0]["stars"] == 2
    assert shop("show", number, "--json").rows[0]["stars"] == 2
    assert shop("show", number).out.splitlines()[0].endswith("  Stars: 2/5")
    plain = shop.counter.say("Piotr @piotr", AWFUL)
    assert shop("show", str(plain), "--json").rows[0]["stars"] is None
    assert "Stars" not in shop("show", str(plain)).out


def test_a_name_as_long_as_a_letter_is_cut_in_lists_and_whole_in_json(shop: Shop) -> None:
    name = "A" * 5_000
    (added,) = shop("mention", "add", "--text", AWFUL, "--author", name, "--json").rows
    assert len(shop("inbox").out) < 300
    assert len(shop("show", str(added["id"])).out) < 600
    assert {len(row["author"]) for row in (*shop("inbox", "--json").rows, added)} == {5_000}
    shop.page("https://a.example/feed", f"9; {name} @anna; Awful, awful soup.")
    assert len(shop("listen", "--once", "--all").out) < 300


def test_the_inbox_is_searched_and_cut(shop: Shop) -> None:
    for number in range(3):
        shop.counter.say(f"P{number} @p{number}", f"{AWFUL} Order {number}.")
    assert len(shop("inbox", "--search", "order 2", "--json").rows) == 1
    said = shop("inbox", "--limit", "1")
    assert said.out.count("\n") == 1
    assert said.err == "1 of 3 shown; --limit shows more\n"


def test_a_search_is_for_everything_unless_a_list_is_named(shop: Shop) -> None:
    shop.counter.say("Anna @anna", f"{AWFUL} Order 7.")
    shop.counter.say("Piotr @piotr", "A great shop. Order 7 🥐.")
    assert [row["author"] for row in shop("inbox", "--search", "order 7", "--json").rows] == ["Piotr", "Anna"]
    assert [row["author"] for row in shop("inbox", "--search", "🥐", "--json").rows] == ["Piotr"]
    assert len(shop("inbox", "--search", "order 7", "--folder", "complaints", "--json").rows) == 1
    assert len(shop("inbox", "--search", "order 7", "--folder", "praise", "--json").rows) == 1
    for none in ("", "  "):
        assert [row["author"] for row in shop("inbox", "--search", none, "--json").rows] == ["Anna"]


@pytest.mark.parametrize("words", ["(", "-", '"', "...", "„”", "!?"])
def test_signs_that_are_no_words_find_nothing(shop: Shop, words: str) -> None:
    shop.counter.say("Anna @anna", AWFUL)
    for said in (shop("inbox", f"--search={words}"), shop("inbox", f"--search={words}", "--folder", "everything")):
        assert (said.code, said.out, said.err) == (0, "", "Nothing here.\n")


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**30])
def test_a_number_too_large_for_a_mention_is_no_mention(shop: Shop, number: int) -> None:
    told = (1, "", f"There is no mention {number}.\n")
    for words in (["show"], ["reply", "send"], ["reply", "posted"]):
        said = shop(*words, str(number), *(["x"] if words[0] == "reply" else []))
        assert (said.code, said.out, said.err) == told


@pytest.mark.parametrize("command", [["inbox"], ["reply", "list"]])
def test_a_count_of_rows_too_large_is_a_wrong_call(shop: Shop, command: list[str]) -> None:
    assert shop(*command, "--limit", str(2**63 - 1)).code == 0
    with pytest.raises(SystemExit) as ended:
        shop(*command, "--limit", str(2**63))
    assert ended.value.code == 2


def test_an_empty_inbox_is_an_empty_result(shop: Shop) -> None:
    said = shop("inbox", "--json")
    assert (said.code, said.out) == (0, "")


def test_show_tells_what_the_bell_went_by(shop: Shop) -> None:
    first = shop.counter.say("Anna @anna", "The soup was cold 0.85 leant")
    (row,) = shop("show", str(first), "--json").rows
    (listed,) = shop("inbox", "--json").rows
    assert (row["score"], row["level"], row["band"]) == (0.85, 0.434, "silent")
    assert (listed["level"], listed["band"]) == (row["level"], row["band"])


def test_show_tells_what_was_said_before_an_edit(shop: Shop) -> None:
    for text in (AWFUL, "They called me back: great people."):
        shop.page("https://a.example/feed", f"1; Anna @anna; {text}")
        shop("listen", "--once", "--all")
    (listed,) = shop("inbox", "--json").rows
    assert (listed["kind"], listed["score"]) == ("complaint", 0.9)
    (row,) = shop("show", str(listed["id"]), "--json").rows
    assert [(was["text"], was["kind"], was["score"]) for was in row["earlier"]] == [(AWFUL, "complaint", 0.9)]
    shown = shop("show", str(listed["id"])).out
    assert f"complaint 0.90): «{AWFUL}»" in shown
    assert "Before it was edited (noticed " in shown


def test_show_prints_everything_about_a_mention(shop: Shop) -> None:
    first = shop.counter.say("Anna @anna", AWFUL)
    desk = shop.counter.desk
    desk.replies.mark_answered(first, "We are sorry", Channel.POST, 1_700_000_000.0)
    desk.replies.save_draft(first, "One more word", "public", 1_700_000_000.0)
    (row,) = shop("show", str(first), "--json").rows
    assert (row["state"], row["draft"], row["times"], row["mentions"]) == ("answered", "One more word", 1, [first])
    assert (row["level"], row["band"]) == (row["score"], "ring")
    assert row["answered"] == "2023-11-14T22:13:20+00:00"
    assert row["history"][0]["text"] == "We are sorry"
    said = shop("show", str(first))
    for words in ("Anna", AWFUL, "We are sorry", "One more word", "https://a.example/1"):
        assert words in said.out


def test_show_prints_the_reply_that_waits_unless_one_was_begun(shop: Shop) -> None:
    first = shop.counter.say("Anna @anna", AWFUL)
    shop.counter.desk.replies.put_saved(SavedReply("r", "Sorry", "Hello, {name}. Sorry!", "en", "complaint"))
    (row,) = shop("show", str(first), "--json").rows
    assert (row["draft"], row["proposed"]) == (None, dict.fromkeys(("public", "private"), "Hello, Anna. Sorry!"))
    assert "Proposed reply:\nHello, Anna. Sorry!" in shop("show", str(first)).out
    shop.counter.desk.replies.save_draft(first, "Dear Anna", "public", 1_700_000_000.0)
    assert "Proposed" not in shop("show", str(first)).out


def test_show_prints_the_plan_for_it(shop: Shop) -> None:
    first = shop.counter.say("Anna @anna", AWFUL)
    assert shop("show", str(first), "--json").rows[0]["plans"] == []
    assert "Plan" not in shop("show", str(first)).out
    settings = shop.counter.desk.settings
    settings.change(lambda known: replace(known, plans={"other": "1. Call.\n2. Say sorry."}))
    assert shop("show", str(first), "--json").rows[0]["plans"] == [
        {"situation": "other", "text": "1. Call.\n2. Say sorry."}
    ]
    assert "\nPlan: other complaints:\n1. Call.\n2. Say sorry.\n" in shop("show", str(first)).out


def test_what_is_no_mention_cannot_be_shown(shop: Shop) -> None:
    said = shop("show", "99", "--json")
    assert (said.code, said.out, said.err) == (1, "", "There is no mention 99.\n")


def test_what_opening_came_upon_is_said_beside_the_result(shop: Shop) -> None:
    shop.notices = (Problem("desk.no_name"),)
    said = shop("inbox", "--json")
    assert (said.code, said.out, said.err) == (0, "", "Write a name.\n")


def test_the_log_is_written_by_hand_and_printed(shop: Shop) -> None:
    said = shop("log", "Jan Nowak", "--add", "Asked about order 1182", "--channel", "phone", "--json")
    (row,) = said.rows
    assert (said.code, row["direction"], row["channel"], row["text"]) == (0, "in", "phone", "Asked about order 1182")
    shop("log", "jan nowak", "--add", "Called back", "--direction", "out")
    rows = shop("log", "Jan Nowak", "--json").rows
    assert [row["text"] for row in rows] == ["Asked about order 1182", "Called back"]
    assert len({row["customer"] for row in rows}) == 1
    assert "Called back" in shop("log", "Jan Nowak").out


def test_the_log_holds_what_a_customer_published(shop: Shop) -> None:
    mention = shop.counter.say("Anna @anna", AWFUL)
    shop.counter.desk.replies.mark_answered(mention, "We are sorry", Channel.POST, 2_000_000_000.0)
    rows = shop("log", "anna", "--json").rows
    assert [(row["direction"], row["channel"], row["mention"]) for row in rows] == [
        ("in", "post", mention),
        ("out", "post", mention),
    ]
    assert "The bread" in shop("log", "anna").out


def test_an_unknown_customer_or_an_empty_entry_is_said(shop: Shop) -> None:
    said = shop("log", "Nobody")
    assert (said.code, said.out, said.err) == (1, "", "There is no customer «Nobody».\n")
    assert shop("log", "Nobody", "--add", "  ").code == 2
    assert shop("log", "Nobody").code == 1


def test_a_name_that_fits_several_asks_for_an_id(shop: Shop) -> None:
    made = [shop.counter.desk.customers.create(f"Anna {n}", 1.0) for n in range(2)]
    said = shop("log", "anna", "--add", "x")
    assert said.code == 1
    assert all(one.id in said.err for one in made)
    assert "It is not certain who «anna» is." in said.err
    assert shop("log", made[0].id, "--add", "x").code == 0


def test_the_doctor_finds_nothing_in_a_healthy_profile(shop: Shop) -> None:
    said = shop("doctor")
    assert said.code == 0
    assert said.out.splitlines() == ["✓ Archive: fine", "✓ Disk: fine", "✓ Watches: fine", "✓ Listening: fine"]


def test_the_doctor_names_what_is_wrong_and_why(shop: Shop) -> None:
    shop.page("https://a.example/feed", Problem("watch.gone", {"host": "a.example"}))
    shop("listen", "--once", "--all")
    shop.notices = (Problem("desk.no_name"),)
    said = shop("doctor")
    assert said.code == 1
    assert "! Write a name." in said.out
    told = [row for row in said.out.splitlines() if "a.example" in row or "«A»" in row]
    assert len(told) == 1
    assert told[0].startswith("! Watches: A: a.example says this place is gone for good.")


def test_the_doctor_does_not_count_what_was_asked_out_of_turn(shop: Shop) -> None:
    shop.page("https://a.example/feed", Problem("watch.server_error", {"host": "a.example", "status": 500}))
    for _ in range(3):
        shop("listen", "--once", "--all")
    told = [row for row in shop("doctor").out.splitlines() if row.startswith("!")]
    assert len(told) == 1
    assert not any(map(str.isdigit, told[0].replace("500", "")))


def test_the_doctor_says_nothing_twice(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    lost, other = Problem("stores.card_lost", {"aside": "a.broken"}), Problem("desk.no_name")
    checks = (("customers", lost), ("disk", None), ("sources", other))
    monkeypatch.setattr(Health, "checks", lambda _health: checks)
    shop.notices = (lost, lost, Problem("stores.shop_lost", {"aside": "s"}))
    said = shop("doctor")
    assert said.code == 1
    lines = said.out.splitlines()
    assert sum(sentence(lost) in line for line in lines) == 1
    assert f"! Customers' files: {sentence(lost)}" in lines
    assert lines[0] == f"! {sentence(shop.notices[2])}"
    assert "! Sources: Write a name." in lines
    assert len(lines) == 4


def test_the_doctor_names_all_that_is_in_the_way_of_a_profile_that_cannot_be_opened(shop: Shop) -> None:
    shop.broken = Problem("stores.not_writable", {"path": "/p/customers"})
    full = Problem("stores.disk_full", {"path": "backups"})
    shop.hindrances = (Problem("stores.not_writable", {"path": "backups"}), full, full)
    said = shop("doctor")
    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines() == [sentence(one, command=True) for one in (shop.broken, *shop.hindrances[:2])]


def test_the_doctor_fails_for_what_opening_came_upon_alone(shop: Shop) -> None:
    shop.notices = (Problem("stores.shop_lost", {"aside": "s"}),)
    said = shop("doctor")
    assert said.code == 1
    assert said.out.splitlines()[0] == f"! {sentence(shop.notices[0])}"


def test_the_mark_of_a_resolved_case_is_told(shop: Shop) -> None:
    mention = shop.counter.say("Anna @anna", AWFUL)
    (row,) = shop("inbox", "--json").rows
    assert row["satisfaction"] is None
    shop.counter.desk.cases.set_state(mention, CaseState.RESOLVED, 1_700_000_000.0)
    assert "customer" not in shop("show", str(mention)).out
    shop.counter.desk.cases.set_satisfaction(mention, Satisfaction.NOT_CONTENT, 1_700_000_000.0)
    (row,) = shop("inbox", "--folder", "everything", "--json").rows
    assert (row["state"], row["satisfaction"]) == ("resolved", "not_content")
    (row,) = shop("show", str(mention), "--json").rows
    assert (row["state"], row["satisfaction"]) == ("resolved", "not_content")
    assert "resolved, customer not content" in shop("show", str(mention)).out
