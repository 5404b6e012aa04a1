"""Drafts: saved in time and in order, never in another case, never lost."""

from __future__ import annotations

import pytest
from fakes.counter import Counter
from pytestqt.qtbot import QtBot
from ui.fake_background import AtOnce, Later
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW
from ui.window_samples import AWFUL, OpenShop, type_reply

from app.core.problems import Problem
from app.ui.bench import Bench
from app.ui.drafts import DraftKeeper
from app.ui.keeper import LATEST_MS, PAUSE_MS


def saves(desk: FakeDesk) -> list[tuple[int, str]]:
    return [(call[1], call[2]) for call in desk.calls if call[0] == "replies.save_draft"]


def keeper_with(desk: FakeDesk, background: object) -> DraftKeeper:
    bench = Bench(background, lambda: NOW)
    bench.open(desk, ())
    keeper = DraftKeeper(bench)
    bench.setParent(keeper)
    return keeper


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


def test_a_pause_in_typing_saves(qtbot: QtBot, desk: FakeDesk) -> None:
    keeper = keeper_with(desk, AtOnce())
    keeper.switch(1)
    for text in ("D", "Dz", "Dzień"):
        keeper.typed(1, text, "public")
    assert saves(desk) == []
    assert keeper._timers._pause.interval() == PAUSE_MS
    keeper._timers._latest.stop()
    with qtbot.waitSignal(keeper.saved):
        pass
    assert saves(desk) == [(1, "Dzień")]
    assert not keeper._unsaved


def test_typing_on_and_on_is_saved_all_the_same(qtbot: QtBot, desk: FakeDesk) -> None:
    keeper = keeper_with(desk, AtOnce())
    keeper.switch(1)
    keeper.typed(1, "a", "public")
    assert keeper._timers._latest.isActive()
    assert keeper._timers._latest.interval() == LATEST_MS <= 1000
    before = keeper._timers._latest.remainingTime()
    keeper.typed(1, "ab", "public")
    assert keeper._timers._latest.remainingTime() <= before
    keeper._timers._latest.timeout.emit()
    assert saves(desk) == [(1, "ab")]


def test_switching_cases_saves_the_old_one_to_the_old_one(desk: FakeDesk, qtbot: QtBot) -> None:
    keeper = keeper_with(desk, AtOnce())
    keeper.switch(1)
    keeper.typed(1, "for Anna", "public")
    keeper.switch(2)
    keeper.typed(2, "for Jan", "private")
    keeper.switch(1)
    assert saves(desk) == [(1, "for Anna"), (2, "for Jan")]
    assert desk.drafts[2].audience == "private"


def test_saves_come_in_the_order_typed_and_saved_is_told_of_the_newest_only(desk: FakeDesk, qtbot: QtBot) -> None:
    later = Later()
    keeper = keeper_with(desk, later)
    told = []
    keeper.saved.connect(lambda place, at: told.append(place))
    keeper.switch(1)
    keeper.typed(1, "one", "public")
    keeper.flush()
    keeper.typed(1, "one two", "public")
    later.go("write", 1)
    assert told == []
    assert keeper.newest(1, 0).text == "one two"
    keeper.flush()
    keeper.flush()
    later.go("write")
    assert saves(desk) == [(1, "one"), (1, "one two")]
    assert told == [1]
    assert not keeper._unsaved


def test_a_failed_save_is_kept_and_tried_again(desk: FakeDesk, qtbot: QtBot) -> None:
    keeper = keeper_with(desk, AtOnce())
    desk.problem = Problem("stores.disk_full")
    keeper.switch(1)
    keeper.typed(1, "precious", "public")
    with qtbot.waitSignal(keeper.failed):
        keeper.flush()
    assert keeper.newest(1, 0).text == "precious"
    assert keeper._timers._retry.isActive()
    desk.problem = None
    keeper._timers._retry.timeout.emit()
    assert desk.drafts[1].text == "precious"
    assert not keeper._unsaved


def test_a_reading_begun_before_a_save_does_not_bring_back_the_older_text(desk: FakeDesk, qtbot: QtBot) -> None:
    keeper = keeper_with(desk, AtOnce())
    begun = keeper.serial
    keeper.switch(1)
    keeper.typed(1, "newer", "public")
    keeper.flush()
    assert keeper.newest(1, begun).text == "newer"
    assert keeper.newest(1, keeper.serial) is None


def test_what_is_sent_is_not_saved_again(desk: FakeDesk, qtbot: QtBot) -> None:
    keeper = keeper_with(desk, AtOnce())
    keeper.switch(1)
    keeper.typed(1, "sent", "public")
    keeper.discard(1)
    keeper.flush()
    assert saves(desk) == []
    assert keeper.newest(1, -1) is None


def test_what_is_moved_to_the_case_an_edit_made_is_saved_there(desk: FakeDesk, qtbot: QtBot) -> None:
    keeper = keeper_with(desk, AtOnce())
    keeper.switch(-5)
    keeper.typed(5, "begun before", "public")
    assert not keeper.move(-5, 7)
    assert saves(desk) == [(5, "begun before")]
    keeper.typed(5, "begun before, and more", "public")
    assert (keeper.unsaved(-5), keeper.unsaved(7).text) == (None, "begun before, and more")


@pytest.mark.parametrize(
    ("there", "brought", "kept"),
    [
        ("To the case", "To the mention", "To the case\n\nTo the mention"),
        ("Dear Anna", "Dear Anna, sorry", "Dear Anna, sorry"),
        ("Dear Anna, sorry", "Dear Anna", "Dear Anna, sorry"),
        ("", "To the mention", "To the mention"),
        ("To the case", "", "To the case"),
    ],
)
def test_of_two_texts_for_what_is_one_case_by_now_none_is_lost(
    desk: FakeDesk, qtbot: QtBot, there: str, brought: str, kept: str
) -> None:
    """Possible only while the disk takes nothing: else one of both is saved long since."""
    desk.problem = Problem("stores.disk_full")
    keeper = keeper_with(desk, AtOnce())
    keeper.switch(-5)
    keeper.typed(5, brought, "public")
    keeper.switch(7)
    keeper.typed(6, there, "public")
    keeper.switch(-5)
    assert keeper.move(-5, 7)
    desk.problem = None
    keeper._timers._retry.timeout.emit()
    assert saves(desk)[-1][1] == kept
    assert not keeper._unsaved


def test_a_save_that_never_answers_is_asked_for_again(desk: FakeDesk, qtbot: QtBot) -> None:
    later = Later()
    keeper = keeper_with(desk, later)
    keeper.switch(1)
    keeper.typed(1, "precious", "public")
    keeper.flush()
    later.jobs.clear()
    keeper._timers._retry.timeout.emit()
    later.go()
    assert desk.drafts[1].text == "precious"
    assert not keeper._unsaved
    assert not keeper._timers._retry.isActive()


def test_before_the_desk_is_open_nothing_is_lost(qtbot: QtBot, desk: FakeDesk) -> None:
    bench = Bench(AtOnce(), lambda: NOW)
    keeper = DraftKeeper(bench, bench)
    keeper.switch(1)
    keeper.typed(1, "early", "public")
    keeper.flush()
    assert keeper.newest(1, 0).text == "early"
    bench.open(desk, ())
    keeper._timers._retry.timeout.emit()
    assert desk.drafts[1].text == "early"


def test_a_draft_for_somebody_forgotten_is_not_tried_again(shop: Counter, open_shop: OpenShop) -> None:
    mention, later = shop.say("Anna @anna", AWFUL), Later()
    window = open_shop(later)
    later.go()
    window.show_case(mention)
    later.go()
    type_reply(window, "We are")
    window.flush()
    later.go()
    view = shop.desk.inbox.open(mention)
    assert view is not None
    assert view.customer is not None
    card = view.customer.id
    window._bench.write(window, lambda desk: desk.customers.forget(card))
    type_reply(window, "We are sorry")
    window.case.drafts.flush()
    later.go()
    assert shop.archive.mention(mention) is None
    told: list[object] = []
    window._bench.announced.connect(told.append)
    window.case.drafts._save_again()
    later.go()
    assert (told, window.case.drafts._unsaved) == ([], {})


def test_while_anything_is_not_safe_it_is_tried_again_though_another_text_is(desk: FakeDesk, qtbot: QtBot) -> None:
    later = Later()
    keeper = keeper_with(desk, later)
    for place, text in ((1, "for Anna"), (2, "for Jan")):
        keeper.switch(place)
        keeper.typed(place, text, "public")
    keeper.flush()
    desk.problem = Problem("stores.disk_full")
    later.go("write", 1)
    desk.problem = None
    later.go("write", 1)
    assert (desk.drafts.keys(), keeper.unsaved(1).text) == ({2}, "for Anna")
    assert keeper._timers._retry.isActive()
    keeper._timers._retry.timeout.emit()
    later.go()
    assert desk.drafts[1].text == "for Anna"
    assert not keeper._timers._retry.isActive()


def test_what_was_typed_before_the_desk_was_open_is_saved_with_the_next_pause(qtbot: QtBot, desk: FakeDesk) -> None:
    bench = Bench(AtOnce(), lambda: NOW)
    keeper = DraftKeeper(bench, bench)
    keeper.switch(1)
    keeper.typed(1, "early", "public")
    keeper.flush()
    bench.open(desk, ())
    keeper.switch(2)
    assert desk.drafts[1].text == "early"
