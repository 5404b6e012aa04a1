"""«reply»: replies on the command line, and the log that follows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk.sending import SORRY, Sending
from fakes.commands import Shop
from fakes.profile import profile_in
from fakes.replies import TIMEOUT, ReplySource

from app.cli.office import FAILED, OK
from app.core.messages import ReplyMoved


@pytest.fixture
def sending(tmp_path: Path) -> Iterator[Sending]:
    with profile_in(tmp_path) as profile:
        made = Sending(profile, ReplySource())
        try:
            yield made
        finally:
            made.close()


@pytest.fixture
def shop(sending: Sending, capsys: pytest.CaptureFixture[str]) -> Shop:
    return Shop(sending, capsys)


def test_a_reply_is_written_off_and_sent_by_whoever_listens(shop: Shop, sending: Sending) -> None:
    said = shop("reply", "send", "1", SORRY, "--json")
    assert said.code == OK
    assert said.rows[0]["stand"] == "waiting"
    assert "as soon as Counterbell is listening" in said.err
    assert shop("reply", "list").out.split()[-6:] == SORRY.split()
    shop("listen", "--once", "--all")
    assert sending.board.said == [SORRY]
    shown = shop("show", "1", "--json").rows[0]
    assert shown["state"] == "answered"
    assert [one["stand"] for one in shown["replies"]] == ["sent"]
    assert [row["text"] for row in shop("log", "Anna", "--json").rows if row["direction"] == "out"] == [SORRY]
    assert len(shop("reply", "list", "--all", "--json").rows) == 1


def test_what_was_posted_by_hand_is_only_looked_for_no_longer(shop: Shop) -> None:
    shop("reply", "posted", "1", SORRY)
    (row,) = shop("reply", "list", "--json").rows
    said = shop("reply", "cancel", row["id"])
    assert (said.code, said.out) == (OK, f"{row['id']}  no longer looked for  {SORRY}\n")
    assert "its case stays answered" in said.err
    assert shop("show", "1", "--json").rows[0]["state"] == "answered"


def test_a_reply_that_waits_is_taken_back_without_more_words(shop: Shop) -> None:
    sent = shop("reply", "send", "1", SORRY, "--json").rows[0]["id"]
    said = shop("reply", "cancel", sent)
    assert (said.out, said.err) == (f"{sent}  taken back  {SORRY}\n", "")


def test_a_reply_is_read_from_standard_input(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{SORRY}\n"))
    assert shop("reply", "send", "1", "-", "--json").rows[0]["text"] == SORRY


@pytest.mark.parametrize("text", ["", " \n", "\u200b"])
@pytest.mark.parametrize("word", ["send", "posted"])
def test_nothing_is_no_reply(shop: Shop, monkeypatch: pytest.MonkeyPatch, word: str, text: str) -> None:
    said = [shop("reply", word, "1", text)]
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    said.append(shop("reply", word, "1", "-"))
    assert [(one.code, one.out) for one in said] == [(2, "")] * 2
    assert all(one.err for one in said)
    assert shop("show", "1", "--json").rows[0]["state"] == "new"


def test_what_was_posted_by_hand_is_looked_for_and_does_not_wait_to_be_sent(shop: Shop) -> None:
    assert shop("reply", "posted", "1", SORRY).code == OK
    for said in (shop("reply", "list"), shop("show", "1")):
        assert "not seen there yet" in said.out
        assert "waits" not in said.out
    (row,) = shop("reply", "list", "--json").rows
    assert (row["wish"], row["stand"]) == ("look", "waiting")
    assert shop("show", "1", "--json").rows[0]["replies"][0]["wish"] == "look"


def test_what_is_to_be_sent_waits(shop: Shop) -> None:
    assert shop("reply", "send", "1", SORRY).code == OK
    assert "waits" in shop("reply", "list").out
    assert "waits" in shop("show", "1").out


def test_a_reply_is_taken_back_by_the_beginning_of_its_id(shop: Shop, sending: Sending) -> None:
    reply = shop("reply", "send", "1", SORRY, "--json").rows[0]["id"]
    assert shop("reply", "cancel", reply[:5], "--json").rows[0]["stand"] == "cancelled"
    shop("listen", "--once", "--all")
    assert sending.board.posts == 0
    assert shop("reply", "cancel", "nothing").code == FAILED


def test_what_is_not_certain_is_decided_by_the_owner(shop: Shop, sending: Sending) -> None:
    sending.board.then = [TIMEOUT, TIMEOUT]
    reply = shop("reply", "send", "1", SORRY, "--json").rows[0]["id"]
    shop("listen", "--once", "--all")
    told = shop("reply", "list")
    assert "not certain" in told.out
    assert "a.example did not confirm" in told.out
    assert shop("reply", "again", reply).code == OK
    shop("listen", "--once", "--all")
    assert sending.board.posts == 2
    assert shop("reply", "there", reply, "--json").rows[0]["stand"] == "sent"
    assert shop("show", "1", "--json").rows[0]["state"] == "answered"
    assert shop("reply", "again", reply).code == FAILED


def test_a_listener_names_a_reply_that_failed_once(shop: Shop, sending: Sending) -> None:
    sending.board.then = [403]
    reply = shop("reply", "send", "1", SORRY, "--json").rows[0]["id"]
    shop("listen", "--once", "--all")
    shop.messages = [ReplyMoved(reply, 1, "failed")] * 2
    assert shop("listen").err.count(reply) == 1


def test_what_was_deleted_is_shown(shop: Shop, sending: Sending) -> None:
    sending.source.take_away("1")
    shop("listen", "--once", "--all")
    assert shop("show", "1", "--json").rows[0]["gone"]
    assert "Deleted there" in shop("show", "1").out


def test_what_the_owner_says_is_there_is_logged_at_once(shop: Shop, sending: Sending) -> None:
    sending.board.then = [TIMEOUT]
    reply = shop("reply", "send", "1", SORRY, "--json").rows[0]["id"]
    shop("listen", "--once", "--all")
    assert shop("reply", "there", reply).code == OK
    assert [answer.text for answer in sending.answers] == [SORRY]


def test_a_list_shows_what_is_under_way_and_all_only_when_asked(shop: Shop, sending: Sending) -> None:
    gone = shop("reply", "send", "1", SORRY, "--json").rows[0]["id"]
    assert shop("reply", "cancel", gone).code == OK
    waits = shop("reply", "send", "1", f"{SORRY} Again.", "--json").rows[0]["id"]
    assert [row["id"] for row in shop("reply", "list", "--json").rows] == [waits]
    assert {row["id"] for row in shop("reply", "list", "--all", "--json").rows} == {gone, waits}
