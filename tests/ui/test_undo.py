"""What can be taken back, and what is over."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from ui.fake_background import AtOnce
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW

from app.core.ports.desk import Desk
from app.core.problems import Problem, ProblemError
from app.ui.bench import Bench
from app.ui.undo import DEPTH, Step, Undo

FULL = Problem("stores.disk_full")


@pytest.fixture
def undo(qtbot: QtBot) -> Undo:
    bench = Bench(AtOnce(), lambda: NOW)
    bench.open(FakeDesk(), ())
    made = Undo(bench)
    bench.setParent(made)
    return made


def told(undo: Undo) -> list[str]:
    heard: list[str] = []
    for signal in (undo.over, undo.undone):
        signal.connect(heard.append)
    return heard


def test_one_whose_time_is_over_goes_and_leaves_the_newer_ones(undo: Undo) -> None:
    heard = told(undo)
    sending = undo.remember(Step("Sent.", lambda _desk: None, lasts=60.0))
    newer = undo.push("Resolved.", lambda _desk: None)
    undo.end(sending)
    assert (undo.newest, heard) == (newer, ["Sent."])
    undo.end(sending)
    assert heard == ["Sent."]
    undo.undo()
    assert (undo.newest, len(heard)) == (None, 2)


def test_one_that_could_not_be_taken_back_can_be_tried_again_unless_its_time_is_over(undo: Undo) -> None:
    announced: list[object] = []
    undo._bench.announced.connect(announced.append)
    lasting = undo.push("Resolved.", lambda _desk: FULL)
    undo.undo()
    assert undo.newest is lasting
    undo.remember(Step("Sent.", lambda _desk: FULL, lasts=60.0))
    undo.undo()
    assert undo.newest is lasting
    assert announced == [FULL, FULL]


def test_one_about_somebody_forgotten_is_not_in_the_way_of_earlier_ones(undo: Undo) -> None:
    earlier = undo.push("Resolved.", lambda _desk: None)
    undo.push("Answered.", lambda _desk: Problem("desk.no_mention", {"id": 1}))
    undo.undo()
    assert undo.newest is earlier


def test_a_hundred_are_remembered(undo: Undo) -> None:
    taken: list[int] = []
    for number in range(DEPTH + 5):
        undo.push(str(number), lambda _desk, number=number: taken.append(number))
    for _ in range(DEPTH + 5):
        undo.undo()
    assert taken == list(range(DEPTH + 4, 4, -1))


def test_what_follows_is_told_once_it_is_taken_back(undo: Undo) -> None:
    followed: list[str] = []
    undo._bench.shop_changed.connect(lambda: followed.append("shop"))
    undo.push("Blocked.", lambda _desk: None, shop=True, then=lambda: followed.append("then"))
    undo.undo()
    undo.push("Noted.", lambda _desk: FULL, shop=True, then=lambda: followed.append("never"))
    undo.undo()
    assert followed == ["then", "shop"]


def test_one_that_met_a_problem_on_its_way_can_be_tried_again(undo: Undo) -> None:
    announced: list[object] = []
    undo._bench.announced.connect(announced.append)

    def busy(_desk: Desk) -> None:
        raise ProblemError(FULL)

    lasting = undo.push("Removed.", busy)
    undo.undo()
    assert undo.newest is lasting
    assert announced == [FULL]
