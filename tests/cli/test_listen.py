"""«listen», «detect»: results on standard output, everything else on standard error, exit codes to go by."""

from __future__ import annotations

import io
import json
import sys

import pytest
from fakes.commands import Shop

from app.core.case import CaseState
from app.core.messages import Arrived, Failed, Polled, Status
from app.core.problems import Problem

AWFUL = "1; Anna @anna; The bread was awful and nobody answers the phone."
FIELDS = [
    "id",
    "watch",
    "watch_id",
    "source",
    "url",
    "author",
    "title",
    "text",
    "stars",
    "published",
    "kind",
    "score",
    "severity",
    "cause",
]


def test_once_prints_new_mentions_as_json_lines(shop: Shop) -> None:
    shop.page("https://a.example/feed", AWFUL)
    said = shop("listen", "--once", "--all", "--json")
    assert (said.code, said.err) == (0, "")
    (row,) = said.rows
    assert list(row) == FIELDS
    assert (row["watch"], row["author"], row["kind"], row["score"]) == ("A", "Anna", "complaint", 0.9)
    assert row["text"].startswith("The bread")
    assert shop("listen", "--once", "--all", "--json").out == ""


def test_once_prints_what_an_edit_made_ring(shop: Shop) -> None:
    for text, printed in (("The bread was great today.", 1), ("The bread was awful, sadly.", 1), ("It was awful!", 0)):
        shop.page("https://a.example/feed", f"1; Anna @anna; {text}")
        rows = shop("listen", "--once", "--all", "--json").rows
        assert [row["text"] for row in rows] == [text] * printed


def test_once_prints_a_line_for_people(shop: Shop) -> None:
    shop.page("https://a.example/feed", AWFUL)
    said = shop("listen", "--once", "--all")
    assert said.out.count("\n") == 1
    assert "complaint" in said.out
    assert "Anna: The bread" in said.out


def test_once_polls_only_what_is_due_and_nothing_paused(shop: Shop) -> None:
    web = shop.counter.profile.web
    web.asked.clear()
    assert shop("listen", "--once").code == 0
    assert web.asked == []
    shop("watch", "edit", "a", "--pause")
    shop("listen", "--once", "--all")
    assert web.asked == []


def test_a_failed_watch_is_named_and_ends_with_3_while_others_are_heard(shop: Shop) -> None:
    shop.page("https://a.example/feed", Problem("watch.gone", {"host": "a.example"}))
    shop.counter.profile.watch("b", AWFUL)
    said = shop("listen", "--once", "--all", "--json")
    assert said.code == 3
    assert said.err.startswith("A: a.example says")
    assert [row["watch"] for row in said.rows] == ["B"]


@pytest.mark.parametrize(
    ("code", "ends"), [("net.offline", 0), ("net.waiting", 0), ("net.login_wanted", 0), ("net.rate_limited", 3)]
)
def test_offline_and_waiting_are_no_failures(shop: Shop, code: str, ends: int) -> None:
    shop.page("https://a.example/feed", Problem(code, {"host": "a.example"}))
    said = shop("listen", "--once", "--all")
    assert said.code == ends
    assert said.err.startswith("A: ")


def test_a_watch_that_is_left_alone_for_its_failure_still_fails(shop: Shop) -> None:
    wait = Problem("net.waiting", {"host": "a.example", "seconds": 60}, 4e9)
    for first, ends in ((AWFUL, 0), (Problem("net.rate_limited", {"host": "a.example", "status": 503}), 3), (AWFUL, 0)):
        shop.page("https://a.example/feed", first)
        shop("listen", "--once", "--all")
        shop.page("https://a.example/feed", wait)
        for _ in range(2):
            said = shop("listen", "--once", "--all")
            assert said.code == ends
            assert ("asks for fewer visits" in said.err) is (ends == 3)


def test_a_crash_of_a_source_is_named_too(shop: Shop, allowed_logs: list[str]) -> None:
    allowed_logs.append("crashed")
    shop.page("https://a.example/feed", "crash")
    assert shop("listen", "--once", "--all").code == 3


def test_listening_on_prints_what_arrives_and_names_trouble_once(shop: Shop) -> None:
    mention = shop.counter.say("Anna @anna", "The bread was awful and nobody answers the phone.")
    gone = Polled("a", 1.0, 2.0, Problem("watch.gone", {"host": "a.example"}))
    good = Polled("a", 1.0, 2.0)
    shop.messages = [
        Arrived("a", (mention, 999), (mention,)),
        *(gone, gone, good, gone),
        Status(1, False, False, 0, 0.0),
        Failed(Problem("desk.no_name")),
    ]
    said = shop("listen", "--json")
    assert said.code == 0
    assert [row["id"] for row in said.rows] == [mention]
    assert said.err.count("A: a.example says") == 2
    assert "Write a name." in said.err


def test_what_arrives_in_an_answered_case_brings_it_back_to_the_inbox(shop: Shop) -> None:
    first = shop.counter.say("Anna @anna", "The bread was awful and nobody answers the phone.")
    answered_at = shop.counter.profile.clock()
    second = shop.counter.say("Anna @anna", "Still nobody answers, the service is awful beyond words.")
    shop.counter.desk.cases.set_state(first, CaseState.ANSWERED, answered_at)
    assert shop("inbox").out == ""
    shop.messages = [Arrived("a", (second,), (second,))]
    assert shop("listen").code == 0
    assert shop("inbox").out.count("\n") == 1


def test_what_opening_the_profile_came_upon_is_said_once(shop: Shop) -> None:
    restored = Problem("stores.archive_restored", {"date": "2026-11-21", "aside": "archive.db.broken-1"})
    skipped = Problem("stores.entry_skipped", {"table": "watches", "entry": "a", "fields": "name"})
    shop.notices = (restored, skipped)
    shop.messages = [Failed(skipped)]  # the listener opens it once more, when what was mended is whole
    said = shop("listen").err
    assert said.count("2026-11-21") == 1
    assert said.count("Entry a of watches") == 1
    shop.messages *= 2
    assert shop("listen").err.count("Entry a of watches") == 2


def test_the_listener_of_a_window_is_started_by_its_word(shop: Shop) -> None:
    assert shop("listen", "--pipe").code == 0
    assert shop.asked == ["pipe"]


def test_detect_judges_lines_and_names_bad_ones(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [b'{"id": 1, "text": "awful \xc5\xbb"}', b"nonsense", b"\xff\xfe", b"", b'{"id": "x", "text": "great"}']
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n".join(lines))))
    said = shop("detect")
    assert said.code == 1
    assert [(row["id"], row["kind"]) for row in said.rows] == [(1, "complaint"), ("x", "praise")]
    assert said.err.count("\n") == 2


def test_detect_ends_well_with_good_lines_and_with_none(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in (b"", json.dumps({"id": 1, "text": "great"}).encode()):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
        said = shop("detect")
        assert (said.code, said.err) == (0, "")


def test_who_stands_by_says_that_another_listens_and_when_it_has_ended(shop: Shop) -> None:
    beside = Status(1, False, False, 0, 0.0, stands_by=True)
    alone = Status(1, False, False, 0, 0.0)
    shop.messages = [beside, beside, alone, alone]
    said = shop("listen").err
    assert said.count("Another Counterbell is listening on this profile.") == 1
    assert said.count("The other one has ended") == 1
    shop.messages = [alone]
    assert "other" not in shop("listen").err


def test_all_means_nothing_without_once(shop: Shop) -> None:
    said = shop("listen", "--all")
    assert (said.code, said.out) == (2, "")
    assert said.err == "--all only works with --once: give both, or leave --all out.\n"
