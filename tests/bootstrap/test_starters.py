"""The saved replies and plans that a profile begins with."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fakes.counter import Counter, counter_in

from app.bootstrap.desk import open_desk
from app.bootstrap.main import start
from app.bootstrap.starters import EDITION, FIRST, MARK, PLANS_MARK, give_plans, give_starters
from app.core.playbook import CRISIS, DANGER
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.reply import BLANK, SavedReply, blank_name, blanks, check_draft, fitting
from app.core.verdict import Cause, Kind
from app.stores.paths import Profile, resources
from app.stores.shop_file import TinyShopFile
from app.words import LANGUAGES, use

SHIPPED = [SavedReply(**one) for one in json.loads((resources() / "saved_replies.json").read_text("utf-8"))]
SHORTEST_LIMIT = 280
"""Characters of the shortest place, X (app/desk/inbox.py)."""

KNOWN = {"name", "signature", "order", "answer", "when"}


@pytest.fixture
def shop(tmp_path: Path) -> Counter:
    with counter_in(tmp_path) as made:
        yield made


def test_each_language_has_the_same_ones() -> None:
    by_language = {code: {(r.kind, r.cause, r.audience) for r in SHIPPED if r.language == code} for code in LANGUAGES}
    assert by_language["pl"] == by_language["ru"] == by_language["en"]
    assert sum(map(len, by_language.values())) == len(SHIPPED) == len({reply.id for reply in SHIPPED})


@pytest.mark.parametrize("reply", SHIPPED, ids=lambda reply: reply.id)
def test_one_is_as_an_owner_would_make_it(reply: SavedReply) -> None:
    assert reply.kind in {kind.value for kind in Kind}
    assert reply.cause in {"", *(cause.value for cause in Cause)}
    assert reply.audience in {"", "public", "private"}
    left = {blank_name(name) for name in blanks(reply.text)}
    assert left <= KNOWN
    values = {"name": "Anna Kowalska", "signature": "Piekarnia Rogalik, Poznań"}
    filled = BLANK.sub(lambda found: values.get(blank_name(found[1]), found[0]), reply.text)
    failed = [check.code for check in check_draft(filled, "public", SHORTEST_LIMIT) if not check.passed]
    assert failed in ([], ["blank"])
    assert reply.audience == "private" or not {"order", "when"} & left


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", ["public", "private"])
def test_all_that_wants_an_answer_has_one(language: str, audience: str) -> None:
    for kind in set(Kind) - {Kind.NEUTRAL}:
        for cause in ("", *(one.value for one in Cause)) if kind is Kind.COMPLAINT else ("",):
            found = fitting(SHIPPED, language=language, kind=kind.value, cause=cause, audience=audience)
            assert found
            assert found[0].language == language


def test_a_new_profile_gets_them_once(shop: Counter, tmp_path: Path) -> None:
    give_starters(shop.desk, tmp_path)
    assert list(shop.desk.replies.saved()) == SHIPPED
    shop.desk.replies.remove_saved("pl-sorry")
    give_starters(shop.desk, tmp_path)
    assert len(shop.desk.replies.saved()) == len(SHIPPED) - 1


def test_who_had_the_first_edition_keeps_their_words_and_gets_the_rest(shop: Counter, tmp_path: Path) -> None:
    (tmp_path / MARK).touch()
    mine = SavedReply("pl-refund", "Zwrot", "Oddamy pieniądze.", "pl", "complaint")
    shop.desk.replies.put_saved(mine)
    give_starters(shop.desk, tmp_path)
    held = {one.id: one for one in shop.desk.replies.saved()}
    assert held["pl-refund"] == replace(mine, cause="money", audience="private")
    assert held.keys() == {one.id for one in SHIPPED} - FIRST | {"pl-refund"}, "what was taken out stays out"
    assert (tmp_path / MARK).read_text() == EDITION


def test_replies_of_a_language_added_later_were_never_taken_out(shop: Counter, tmp_path: Path) -> None:
    (tmp_path / MARK).touch()
    shop.desk.replies.put_saved(SavedReply("pl-refund", "Zwrot", "Oddamy pieniądze.", "pl", "complaint"))
    assert {one.partition("-")[0] for one in FIRST} == {"pl", "ru", "en"}, (
        "the languages of the first edition, for good"
    )
    give_starters(shop.desk, tmp_path)
    assert all(one in shop.desk.replies.saved() for one in SHIPPED if one.id not in FIRST)


def test_who_took_them_all_out_gets_none(shop: Counter, tmp_path: Path) -> None:
    (tmp_path / MARK).touch()
    mine = SavedReply("mine", "Mine", "Sorry!")
    shop.desk.replies.put_saved(mine)
    give_starters(shop.desk, tmp_path)
    assert shop.desk.replies.saved() == (mine,)


def test_a_full_disk_is_tried_again(shop: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shop.desk.replies, "put_saved", lambda *_replies: Problem("stores.full"))
    give_starters(shop.desk, tmp_path)
    assert not (tmp_path / MARK).exists()
    monkeypatch.undo()
    give_starters(shop.desk, tmp_path)
    assert (tmp_path / MARK).exists()


PLANS = json.loads((resources() / "playbook.json").read_text("utf-8"))


def test_there_are_plans_for_danger_and_a_crisis_in_each_language() -> None:
    assert set(PLANS) == set(LANGUAGES)
    for plans in PLANS.values():
        assert set(plans) == {DANGER, CRISIS}
        for text in plans.values():
            assert [step.partition(". ")[0] for step in text.splitlines()] == list("1234567")


@pytest.fixture
def polish() -> None:
    use("pl", resources() / "translations")


@pytest.mark.usefixtures("polish")
def test_a_new_profile_gets_plans_once_in_the_language_of_the_program(shop: Counter, tmp_path: Path) -> None:
    shop.desk.settings.change(lambda _known: Preferences(shop_name="U Ani"))
    give_plans(shop.desk, tmp_path)
    assert shop.desk.settings.get() == Preferences(shop_name="U Ani", plans=PLANS["pl"])
    shop.desk.settings.change(lambda _known: Preferences(shop_name="U Ani"))
    give_plans(shop.desk, tmp_path)
    assert not shop.desk.settings.get().plans, "the owner emptied them"


def test_who_wrote_plans_keeps_them(shop: Counter, tmp_path: Path) -> None:
    shop.desk.settings.change(lambda _known: Preferences(plans={"money": "Pay."}))
    give_plans(shop.desk, tmp_path)
    assert shop.desk.settings.get().plans == {"money": "Pay."}
    assert (tmp_path / PLANS_MARK).exists()


def test_plans_on_a_full_disk_are_tried_again(shop: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shop.desk.settings, "change", lambda _change: Problem("stores.full"))
    give_plans(shop.desk, tmp_path)
    assert not (tmp_path / PLANS_MARK).exists()
    monkeypatch.undo()
    give_plans(shop.desk, tmp_path)
    assert shop.desk.settings.get().plans == PLANS["en"]


def test_where_a_language_has_no_plans_and_replies_the_english_and_all_others_are_given(
    shop: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LANGUAGES, "xx", "Xx")
    use("xx", resources() / "translations")
    give_plans(shop.desk, tmp_path)
    give_starters(shop.desk, tmp_path)
    assert shop.desk.settings.get().plans == PLANS["en"]
    assert list(shop.desk.replies.saved()) == SHIPPED


@pytest.mark.usefixtures("polish")
def test_a_profile_begun_in_a_terminal_has_them_from_its_first_command_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.setenv(name, "pl_PL.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)
    profile = Profile(tmp_path / "p")
    command = ["watch", "add", "--url", "https://b.example/feed", "--no-check", "--profile", str(profile.folder)]
    assert start(command) == 0
    kept = TinyShopFile(profile.shop, profile.backups)
    assert list(kept.saved_replies()) == SHIPPED
    assert kept.preferences().plans == PLANS["pl"]


def test_what_the_owner_took_out_comes_back_with_no_later_command(tmp_path: Path) -> None:
    for took in range(3):
        opened = open_desk(tmp_path / "p")
        assert not isinstance(opened, Problem)
        desk, _sources, _notices = opened
        try:
            assert len(desk.replies.saved()) == len(SHIPPED) - took
            assert bool(desk.settings.get().plans) is (took == 0)
            desk.replies.remove_saved(desk.replies.saved()[0].id)
            desk.settings.change(lambda known: replace(known, plans={}))
        finally:
            desk.close()


@pytest.mark.parametrize("name", [MARK, PLANS_MARK])
@pytest.mark.parametrize("broken", ["folder", "link", "unreadable", "rubbish"])
def test_a_mark_that_cannot_be_read_stops_nothing_and_brings_nothing_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, broken: str
) -> None:
    opened = open_desk(tmp_path)
    assert not isinstance(opened, Problem)
    opened[0].replies.remove_saved("pl-thanks")
    opened[0].settings.change(lambda known: replace(known, plans={}))
    opened[0].close()
    (tmp_path / name).unlink()
    if broken == "folder":
        (tmp_path / name).mkdir()
    elif broken == "link":
        (tmp_path / name).symlink_to(tmp_path / "nowhere")
    else:
        (tmp_path / name).write_bytes(b"\xff\xfe")
    if broken == "unreadable":
        deny(monkeypatch, tmp_path / name)
    again = open_desk(tmp_path)
    assert not isinstance(again, Problem)
    try:
        assert "pl-thanks" not in {reply.id for reply in again[0].replies.saved()}
        assert not again[0].settings.get().plans
        assert len(again[0].replies.saved()) == len(SHIPPED) - 1
    finally:
        again[0].close()


def deny(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Let nobody read a file."""
    read = Path.read_text

    def denied(self: Path, *args: Any, **more: Any) -> str:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return read(self, *args, **more)

    monkeypatch.setattr(Path, "read_text", denied)
