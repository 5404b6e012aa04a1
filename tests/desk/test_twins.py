"""Watches whose addresses led to one place after both were made: which to remove is told, and of no others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from fakes.counter import Counter
from fakes.pages import PageSource

from app.core.moves import MOVE_AGE, MOVE_TIMES
from app.core.ports.net import Response
from app.core.problems import Problem
from app.core.signature import signature
from app.core.watch import Move, Watch, WatchKind, WatchState
from app.desk.twins import led_together
from app.listen.listening import Listening

OLD, NEW, THIRD = "https://b.example/old", "https://b.example/new", "https://c.example/feed"
HEARD = 1_800_000_000.0


class OnePageSource:
    def get(self, source_id: str) -> PageSource | None:
        return PageSource() if source_id == "page" else None


def watch(name: str, url: str, **more: object) -> Watch:
    return replace(Watch(name, name, "page", settings={"url": url}), **more)  # type: ignore[arg-type]


def state(of: Watch, to: str = "", **more: object) -> WatchState:
    moves = {of.settings["url"]: Move(to, MOVE_TIMES, HEARD - MOVE_AGE)} if to else {}
    return replace(WatchState(of.id, moves=moves, heard_at=HEARD, signature=signature(of)), **more)  # type: ignore[arg-type]


def told(*both: tuple[Watch, WatchState]) -> Mapping[str, str]:
    watches, states = [one for one, _state in both], {one.id: its for one, its in both}
    return {id_: other.id for id_, other in led_together(watches, states, OnePageSource()).items()}  # type: ignore[arg-type]


def test_the_one_whose_address_leads_to_the_other_is_to_be_removed() -> None:
    old, new = watch("old", OLD), watch("new", NEW)
    assert told((old, state(old, NEW)), (new, state(new))) == {"old": "new"}
    assert told((new, state(new)), (old, state(old, f"{NEW}/"))) == {"old": "new"}


def test_of_two_that_lead_to_one_place_the_later_is() -> None:
    old, new = watch("old", OLD), watch("new", NEW)
    assert told((old, state(old, THIRD)), (new, state(new, THIRD))) == {"new": "old"}
    third = watch("third", THIRD)
    everywhere = told((old, state(old, THIRD)), (third, state(third)), (new, state(new, THIRD)))
    assert everywhere == {"old": "third", "new": "third"}


@pytest.mark.parametrize("leads", [(NEW, OLD), (NEW, THIRD, OLD), (NEW, THIRD)], ids=["two", "three", "chain"])
def test_in_a_ring_and_in_a_chain_that_ends_elsewhere_nobody_is_told(leads: tuple[str, ...]) -> None:
    watches = [watch(url[-5:], url) for url in (OLD, NEW, THIRD)[: len(leads)]]
    assert told(*((one, state(one, to)) for one, to in zip(watches, leads, strict=True))) == {}


def test_an_address_that_leads_back_to_its_own_place_has_not_moved() -> None:
    old, new = watch("old", OLD), watch("new", NEW)
    assert told((old, state(old, f"{OLD}/")), (new, state(new, OLD))) == {"new": "old"}


@pytest.mark.parametrize(
    "change",
    [
        {"required": ("kawa",)},
        {"excluded": ("kawa",)},
        {"own": True},
        {"language": "pl"},
        {"kind": WatchKind.SEARCH},
        {"source": "unknown"},
        {"paused": True},
        {"settings": {"url": OLD, "has_password": "1"}},
        {"settings": {"url": "https://b.example/older"}},
    ],
    ids=str,
)
def test_what_does_more_or_something_else_is_not(change: Mapping[str, object]) -> None:
    old, new = watch("old", OLD), watch("new", NEW)
    its = state(old, NEW)
    assert told((replace(old, **change), its), (new, state(new))) == {}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"problem": Problem("net.timeout")},
        {"heard_at": 0.0},
        {"signature": "of another place"},
        {"moves": {OLD: Move(NEW, 5, 100.0, dead_since=HEARD - 100.0)}},
        {"moves": {OLD: Move(THIRD, 5, 100.0)}},
        {"moves": {OLD: Move(NEW, MOVE_TIMES - 1, 100.0)}},
        {"moves": {OLD: Move(NEW, 50, HEARD - MOVE_AGE + 1.0)}},
    ],
    ids=str,
)
def test_as_long_as_one_of_them_is_not_heard_there_none_is(wrong: Mapping[str, object]) -> None:
    old, new = watch("old", OLD), watch("new", NEW)
    its = replace(state(old, NEW), **wrong)  # type: ignore[arg-type]
    assert told((old, its), (new, state(new))) == {}
    if "moves" not in wrong:
        assert told((old, state(old, NEW)), (new, replace(state(new), **wrong))) == {}  # type: ignore[arg-type]


def test_it_is_told_of_the_watch_and_by_the_doctor_until_it_is_removed(shop: Counter) -> None:
    shop.profile.web.pages |= {
        OLD: Response(NEW, 200, {}, b"1; Anna; awful kawa", moved=NEW),
        NEW: Response(NEW, 200, {}, b"1; Anna; awful kawa"),
    }
    kept = [
        shop.desk.watches.save(Watch("", name, "page", settings={"url": url}))
        for name, url in (("Old", OLD), ("New", NEW))
    ]
    assert all(isinstance(one, Watch) for one in kept), "nobody has asked either yet"
    listening, heard = Listening(shop.profile.parts), []
    for _day in range(MOVE_TIMES):
        assert not any(view.led for view in shop.desk.watches.list()), "it may be for a day"
        turns = [listening.take_turn(one, shop.shop.preferences()) for one in kept if isinstance(one, Watch)]
        heard += [len(turn.recorded.stored.mention_ids) for turn in turns if turn.recorded]
        shop.profile.clock.shift += 86_400.0
    listening.close()
    assert heard == [1, 0, 0, 0, 0, 0], "heard once"
    problem = Problem("desk.watch_led", {"name": "Old", "other": "New"})
    assert {view.watch.name: view.led for view in shop.desk.watches.list()} == {"A": None, "Old": problem, "New": None}
    assert ("watches", problem) in shop.desk.health.checks()
    assert shop.desk.watches.remove(kept[0].id) is None  # type: ignore[union-attr]
    assert not any(view.led for view in shop.desk.watches.list())
    assert ("watches", problem) not in shop.desk.health.checks()
