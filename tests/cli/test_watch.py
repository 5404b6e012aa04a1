"""«watch»: add, list, edit, remove and test, and what is said when something is wrong."""

from __future__ import annotations

import io
import sys

import pytest
from fakes.commands import Shop

from app.cli.watch_words import interval_text, seconds
from app.core.ports.net import Response
from app.core.ports.source import Setting
from app.core.problems import Problem
from app.core.views import Trial
from app.core.watch import Watch
from app.desk.watches import Watches
from app.words import LANGUAGES

AWFUL = "1; Anna @anna; The bread was awful and nobody answers the phone."
PAGE = "https://b.example/feed"
ADD = ("watch", "add", "--source", "page")


def names(shop: Shop) -> list[str]:
    return [row["name"] for row in shop("watch", "list", "--json").rows]


def test_a_watch_is_fetched_once_named_and_kept(shop: Shop) -> None:
    shop.page(PAGE, AWFUL)
    said = shop(*ADD, "--url", f" {PAGE} ", "--interval", "15m", "--require", "bread|cake", "--own", "--json")
    assert (said.code, said.err) == (0, "")
    (row,) = said.rows
    assert (row["name"], row["interval"], row["settings"]) == ("Page title", 900, {"url": PAGE})
    assert (row["own"], row["kind"], row["required"], row["paused"]) == (True, "channel", ["bread|cake"], False)
    assert names(shop) == ["A", "Page title"]
    assert shop("inbox", "--folder", "everything", "--json").out == ""


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        ((), 2, "sources.no_address"),
        (("--url", ""), 2, "sources.no_address"),
        (("--url", "not an address"), 2, "sources.bad_address"),
        (("--url", "not an address", "--name", "B", "--no-check"), 2, "sources.bad_address"),
        (("--url", "https://nowhere.example/"), 1, "net.name_unknown"),
        (("--url", "https://broken.example/"), 1, "sources.page_not_feed"),
        (("--url", "https://a.example/feed"), 1, "listens to this place for the same words already"),
        (("--url", PAGE, "--name", " a "), 1, "There is a watch called «A» already"),
        (("--url", PAGE, "--interval", "soon"), 2, "«soon» is not a time between polls"),
        (("--url", PAGE, "--interval", "0"), 2, "«0» is not a time between polls"),
        (("--url", PAGE, "--set", "nonsense"), 2, "«nonsense» is not a setting"),
        (("--url", PAGE, "--require", "bread", "--require", "|"), 2, "«|» has no letter or digit"),
        (("--url", PAGE, "--exclude", '"'), 2, "has no letter or digit"),
        (
            ("--url", PAGE, "--set", "foo=1"),
            2,
            "«page» has no setting «foo». It has: url (Address), password (Password).",
        ),
        (("--url", PAGE, "--set", "password=1"), 2, "«password» is a secret"),
        (("--url", PAGE, "--secret", "token"), 2, "«page» has no setting «token»"),
        (("--url", PAGE, "--source", "vanished"), 2, "no source called «vanished». Choose from: page."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_wrong_is_one_clear_sentence_and_nothing_is_added(
    shop: Shop, argv: tuple[str, ...], code: int, words: str
) -> None:
    shop.page(PAGE, AWFUL)
    shop.page("https://broken.example/", "broken")
    said = shop(*ADD, *argv)
    assert (said.code, said.out) == (code, "")
    assert words in said.err or "." in words
    assert said.err.count("\n") == 1
    assert names(shop) == ["A"]


def test_a_page_that_leads_to_a_feed_is_replaced_by_it(shop: Shop) -> None:
    shop.page("https://page.example/", f"see {PAGE}")
    shop.page(PAGE, AWFUL)
    said = shop(*ADD, "--url", "https://page.example/", "--json")
    assert said.code == 0
    assert said.rows[0]["settings"] == {"url": PAGE}
    assert PAGE in said.err


def test_a_page_that_leads_to_a_feed_watched_already_is_a_duplicate(shop: Shop) -> None:
    shop.page("https://page.example/", "see https://a.example/feed")
    said = shop(*ADD, "--url", "https://page.example/")
    assert said.code == 1
    assert "listens to this place" in said.err


@pytest.mark.parametrize("code", ["net.timeout", "sources.broken_feed"])
def test_a_place_that_is_only_down_today_is_added_all_the_same(shop: Shop, code: str) -> None:
    shop.page(PAGE, Problem(code, {"host": "b.example"}))
    said = shop(*ADD, "--url", PAGE, "--name", "Down")
    assert said.code == 0
    assert "added all the same" in said.err
    assert names(shop) == ["A", "Down"]


def test_it_can_be_added_unseen(shop: Shop) -> None:
    said = shop(*ADD, "--url", PAGE, "--name", "Unseen", "--no-check")
    assert said.code == 0
    assert PAGE not in shop.counter.profile.web.asked
    assert shop(*ADD, "--url", f"{PAGE}2", "--no-check").code == 0
    assert names(shop)[1:] == ["Unseen", f"{PAGE}2"]


def test_a_comma_stands_between_words_as_in_the_window_and_options_can_be_repeated(shop: Shop) -> None:
    words = ("--require", "Żabka | Zabka, Poznań", "--require", "kawa", "--exclude", "szuka pracownik, praca")
    (row,) = shop(*ADD, "--url", PAGE, "--name", "B", "--no-check", "--json", *words).rows
    assert row["required"] == ["Żabka | Zabka", "Poznań", "kawa"]
    assert row["excluded"] == ["szuka pracownik", "praca"]
    (row,) = shop("watch", "edit", "B", "--require", "Łódź,Zgierz", "--json").rows
    assert (row["required"], row["excluded"]) == (["Łódź", "Zgierz"], ["szuka pracownik", "praca"])
    assert shop("watch", "edit", "B", "--exclude", "", "--json").rows[0]["excluded"] == []


def test_what_options_take_is_said(
    shop: Shop, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit):
        shop("watch", "add", "--help")
    said = " ".join(capsys.readouterr().out.split())
    assert "a comma between words that must all occur" in said
    assert said.count("can be repeated") == 2
    assert "7d at most" in said


def test_a_language_there_is_not_is_answered_with_those_there_are(
    shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        shop(*ADD, "--url", PAGE, "--language", "xx")
    assert f"Choose from: {', '.join(LANGUAGES)}, any." in capsys.readouterr().err
    for said in ("any", ""):
        (row,) = shop("watch", "edit", "A", "--language", said, "--json").rows
        assert row["language"] == ""


def test_an_interval_longer_than_the_longest_is_said(shop: Shop) -> None:
    said = shop(*ADD, "--url", PAGE, "--name", "B", "--no-check", "--interval", "400d", "--json")
    assert said.rows[0]["interval"] == 7 * 86_400
    assert "longest time between polls is 7 days" in said.err


def test_a_place_in_the_own_network_is_answered_with_the_option(shop: Shop) -> None:
    shop.page(PAGE, Problem("net.private_address", {"host": "b.example"}))
    for argv in ((*ADD, "--url", PAGE), ("watch", "test", "--source", "page", "--url", PAGE)):
        said = shop(*argv)
        assert "add --allow-private" in said.err
        assert "tick" not in said.err


@pytest.mark.parametrize("code", ["net.never_asked", "net.no_tls"])
def test_a_place_that_waiting_will_not_mend_is_not_added(shop: Shop, code: str) -> None:
    shop.page(PAGE, Problem(code, {"host": "b.example"}))
    assert shop(*ADD, "--url", PAGE).code == 1
    assert names(shop) == ["A"]


def test_a_place_that_asks_to_be_left_alone_is_added_and_until_when_is_said(shop: Shop) -> None:
    shop.page(PAGE, Problem("net.waiting", {"host": "b.example"}, 4e9))
    said = shop(*ADD, "--url", PAGE, "--name", "Later")
    assert (said.code, said.err.count("\n")) == (0, 1)
    assert said.err.startswith("b.example asks to be left alone until 2096-10-02 ")
    assert "The watch is added" in said.err
    assert names(shop) == ["A", "Later"]


def test_a_place_that_may_be_read_in_either_way_is_not_added_while_it_may_not_be_asked(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    guess = Watch("", "Lab", "page", settings={"url": "https://127.0.0.1:81/rss"}, allow_private=True)
    trial = Trial(guess, "", (), Problem("desk.scheme_not_known", {"host": "127.0.0.1:81"}, 4e9))
    monkeypatch.setattr(Watches, "test", lambda *_args: trial)
    said = shop(*ADD, "--url", "127.0.0.1:81/rss", "--allow-private")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("127.0.0.1:81 asks to be left alone until 2096-10-02 ")
    assert "http://" in said.err
    assert said.err.endswith("The watch is not added.\n")
    assert names(shop) == ["A"]
    assert "not added" not in shop("watch", "test", "--source", "page", "--url", "127.0.0.1:81/rss").err


def test_what_is_read_without_tls_is_said(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Watch("", "Plain", "page", settings={"url": "http://127.0.0.1/rss"}, allow_private=True)
    trial = Trial(plain, "Lab", (), Problem("net.no_tls", {"host": "127.0.0.1"}), plain)
    monkeypatch.setattr(Watches, "test", lambda *_args: trial)
    said = shop("watch", "test", "--source", "page", "--url", "127.0.0.1/rss")
    assert (said.code, said.err.count("\n")) == (0, 2)
    assert "it is read at this address: http://127.0.0.1/rss" in said.err
    said = shop(*ADD, "--url", "127.0.0.1/rss", "--json")
    assert said.rows[0]["settings"] == plain.settings


def test_an_interval_too_short_for_the_place_is_made_polite_and_said(shop: Shop) -> None:
    shop.counter.profile.source.shortest_interval = 300
    shop.page(PAGE, AWFUL)
    said = shop(*ADD, "--url", PAGE, "--interval", "5")
    assert said.code == 0
    assert "5 minutes" in said.err
    assert shop("watch", "list", "--json").rows[1]["interval"] == 300


def test_a_watch_is_edited_and_keeps_the_rest(shop: Shop) -> None:
    said = shop("watch", "edit", "A", "--name", "Blog", "--exclude", "cake", "--pause", "--language", "pl", "--json")
    (row,) = said.rows
    assert (row["id"], row["name"], row["excluded"], row["paused"], row["language"]) == (
        "a",
        "Blog",
        ["cake"],
        True,
        "pl",
    )
    assert row["settings"] == {"url": "https://a.example/feed"}
    assert not shop("watch", "edit", "blog", "--resume", "--json").rows[0]["paused"]
    assert shop("watch", "edit", "blog", "--interval", "x").code == 2
    assert shop("watch", "edit", "blog", "--url", "not an address").code == 2
    assert shop("watch", "edit", "blog", "--name", " ").code == 2
    assert shop("watch", "edit", "blog", "--source", "vanished").code == 2
    assert shop("watch", "edit", "nobody", "--name", "x").code == 1


def test_a_watch_is_removed_by_name_or_id(shop: Shop) -> None:
    assert shop("watch", "remove", "A").code == 0
    said = shop("watch", "remove", "A")
    assert (said.code, said.out) == (1, "")
    assert "There is no watch «A»" in said.err


def test_the_list_says_how_watches_do(shop: Shop) -> None:
    shop.page("https://a.example/feed", Problem("watch.gone", {"host": "a.example"}))
    shop("listen", "--once", "--all")
    said = shop("watch", "list")
    assert "a.example says this place is gone for good" in said.out
    (row,) = shop("watch", "list", "--json").rows
    assert (row["failures"], row["problem"]) == (1, "watch.gone")
    shop("watch", "edit", "a", "--pause")
    assert "paused" in shop("watch", "list").out


def test_of_two_that_hear_the_same_by_now_the_list_and_the_doctor_name_the_one_to_remove(shop: Shop) -> None:
    there = "https://c.example/new"
    shop("watch", "add", "--no-check", "--source", "page", "--url", there, "--name", "New")
    shop.page("https://a.example/feed", Response(there, 200, {}, b"1; Anna; kawa", moved=there))
    shop.page(there, "1; Anna; kawa")
    said = "The address of «A» now leads to the same place as «New»"
    for _day in range(3):
        for command in (("watch", "list"), ("doctor",)):
            assert said not in shop(*command).out, "it may be for a day"
        shop("listen", "--once", "--all")
        shop.counter.profile.clock.shift += 86_400.0
    for command in (("watch", "list"), ("doctor",)):
        assert said in shop(*command).out
    assert [row["same_as"] for row in shop("watch", "list", "--json").rows] == ["New", None]


SILENT_NAMES = {"host": "b.example", "why": "silent"}


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (Problem("net.offline", SILENT_NAMES), "No name server says where b.example is"),
        (Problem("net.name_unknown", SILENT_NAMES), "No name server says where b.example is"),
        (Problem("net.offline", {"host": "b.example"}), "There is no connection to the internet"),
        (Problem("net.name_unknown", {"host": "b.example"}), "There is no host called b.example"),
    ],
)
def test_silent_name_servers_are_told_alike_whoever_else_answered(shop: Shop, problem: Problem, said: str) -> None:
    shop.page(PAGE, problem)
    assert said in shop("watch", "test", "--source", "page", "--url", PAGE).err
    added = shop(*ADD, "--url", PAGE, "--name", "B")
    assert said in added.err
    assert len(names(shop)) == (1 if "no host" in said else 2), "only a misspelt name is hopeless"


def test_a_place_heard_before_is_not_doubted_where_name_servers_are_silent(shop: Shop) -> None:
    shop("listen", "--once", "--all")
    shop.page("https://a.example/feed", Problem("net.offline", {"host": "a.example", "why": "silent"}))
    assert "There is no connection to the internet" in shop("watch", "test", "a").err
    assert "No name server answers" in shop("listen", "--once", "--all").err


def test_a_test_shows_what_a_watch_would_hear(shop: Shop) -> None:
    shop.page(PAGE, f"{AWFUL}\n2; Jan @jan; What a great cake.")
    said = shop("watch", "test", "--source", "page", "--url", PAGE, "--require", "bread", "--json")
    assert said.code == 0
    assert [(row["author"], row["about_us"], row["kind"]) for row in said.rows] == [
        ("Anna", True, "complaint"),
        ("Jan", False, "praise"),
    ]
    assert said.err == "2 mentions found, 1 about the shop\n"
    assert "not about us" in shop("watch", "test", "--source", "page", "--url", PAGE, "--require", "bread").out
    assert shop("watch", "test", "A").code == 0
    assert names(shop) == ["A"]


def test_a_test_that_fails_ends_with_3(shop: Shop) -> None:
    said = shop("watch", "test", "--source", "page", "--url", "https://nowhere.example/")
    assert (said.code, said.out) == (3, "")
    assert shop("watch", "test", "nobody").code == 1
    assert shop("watch", "test", "A", "--interval", "x").code == 2


def test_a_test_of_what_makes_no_sense_ends_with_2(shop: Shop) -> None:
    for argv in (("--source", "vanished"), ("--source", "page"), ("A", "--url", "not an address")):
        assert shop("watch", "test", *argv).code == 2


def test_what_was_kept_before_is_no_wrong_call(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shop.counter.profile.source, "check", lambda _settings: Problem("sources.no_address"))
    assert shop("watch", "edit", "A", "--pause").code == 1
    assert shop("watch", "test", "A").code == 3
    assert shop("watch", "edit", "A", "--url", PAGE).code == 2


def test_a_secret_is_read_from_standard_input_and_never_printed(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.page(PAGE, AWFUL)
    monkeypatch.setattr(sys, "stdin", io.StringIO("s3cret\n"))
    said = shop(*ADD, "--url", PAGE, "--secret", "password", "--json")
    assert said.code == 0
    assert list(shop.counter.profile.secrets.kept.values()) == ["s3cret"]
    assert "s3cret" not in said.out + said.err
    assert said.rows[0]["settings"] == {"url": PAGE}
    assert shop.counter.profile.source.polls[-1].secrets == {"password": "s3cret"}


@pytest.mark.parametrize("how", ["at its end", "closed", "none"])
def test_a_secret_that_standard_input_does_not_give_adds_nothing(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    stdin = io.StringIO()
    if how == "closed":
        stdin.close()
    monkeypatch.setattr(sys, "stdin", None if how == "none" else stdin)
    said = shop(*ADD, "--url", PAGE, "--secret", "password")
    assert (said.code, said.out) == (2, "")
    assert "«password»" in said.err
    assert not shop.counter.profile.secrets.kept
    assert [view.watch.id for view in shop.counter.desk.watches.list()] == [shop.counter.watch.id]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("900", 900),
        ("15m", 900),
        (" 1 H ", 3600),
        ("2d", 172_800),
        ("5s", 5),
        ("", None),
        ("m", None),
        ("-5", None),
        ("1w", None),
    ],
)
def test_times_are_read(text: str, value: int | None) -> None:
    assert seconds(text) == value


def test_times_are_said_in_the_largest_unit() -> None:
    assert [interval_text(n) for n in (3600, 7200, 900, 61)] == ["1 hour", "2 hours", "15 minutes", "61 seconds"]


def test_to_test_nothing_is_told_what_could_be(shop: Shop) -> None:
    said = shop("watch", "test")
    assert (said.code, said.out, said.err) == (2, "", "Name a watch of yours, or a place with --source and --url.\n")


def test_an_address_alone_is_taken_for_that_of_a_feed(shop: Shop) -> None:
    said = shop("watch", "add", "--url", PAGE)
    assert said.code == 2
    assert "no source called «feed»" in said.err


def test_settings_are_listed_and_a_refusal_names_those_without_a_value(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = shop.counter.profile.source
    more = (
        Setting("what", "What", kind="choice", choices=("one", "two")),
        Setting("user", "User name", required=False),
    )
    monkeypatch.setattr(source, "settings", (*source.settings, *more), raising=False)
    said = shop("watch", "sources", "page")
    assert said.out.splitlines() == [
        "page  Page",
        "  --url …                      Address",
        "  --secret password            Password (may be left out)",
        "  --set what=…                 What",
        "                               «one»",
        "                               «two»",
        "  --set user=…                 User name (may be left out)",
    ]
    assert shop("watch", "sources").out == "page                 Page\n"
    (row,) = shop("watch", "sources", "--json").rows
    assert [one["name"] for one in row["settings"]] == ["url", "password", "what", "user"]
    said = shop("watch", "sources", "vanished")
    assert (said.code, said.out, "Choose from: page." in said.err) == (2, "", True)
    for argv in (ADD, (*ADD, "--name", "B", "--no-check"), ("watch", "test", "--source", "page")):
        said = shop(*argv, "--set", "what=one")
        assert said.code != 0
        assert "Settings without a value: url (Address). " not in said.err  # its own refusal says that
        assert "User name" not in said.err  # may be left out
        said = shop(*argv)
        assert "Settings without a value: url (Address), what (What). «counterbell watch sources page»" in said.err
    assert names(shop) == ["A"]


def test_an_edit_keeps_no_setting_that_its_source_has_not(shop: Shop) -> None:
    said = shop("watch", "edit", "A", "--set", "foo=1")
    assert (said.code, said.out) == (2, "")
    assert "has no setting «foo»" in said.err
