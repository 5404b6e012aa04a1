"""What «doctor» and the settings page say is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes.counter import Counter

from app.core.problems import Problem

HOUR = 3600.0


def failing(shop: Counter) -> list[object]:
    problems = [problem for name, problem in shop.desk.health.checks() if name == "watches" and problem]
    fails = (problem for problem in problems if problem.code == "desk.watch_fails")
    return [problem.args["name"] for problem in fails]


def turn(shop: Counter, code: str) -> None:
    """Have the watch meet a problem at its next turn."""
    shop.profile.web.pages[shop.watch.settings["url"]] = Problem(code)
    shop.profile.clock.shift += 10 * HOUR
    shop._listening.take_turn(shop.watch, shop.shop.preferences())


@pytest.mark.parametrize("code", ["net.waiting", "net.rate_limited"])
def test_a_place_that_only_asks_to_wait_is_no_failure_though_it_failed_before(shop: Counter, code: str) -> None:
    turn(shop, "net.timeout")
    turn(shop, "net.timeout")
    assert failing(shop) == ["A"]
    turn(shop, code)
    assert failing(shop) == []
    turn(shop, "net.timeout")
    assert failing(shop) == ["A"]


@pytest.mark.parametrize("code", ["net.offline", "core.no_memory", "core.no_files"])
def test_what_failed_before_the_network_went_is_still_told(shop: Counter, code: str) -> None:
    turn(shop, code)
    assert failing(shop) == []
    turn(shop, "net.timeout")
    turn(shop, code)
    assert failing(shop) == ["A"]


def test_a_paused_watch_fails_no_more(shop: Counter) -> None:
    turn(shop, "net.timeout")
    shop.shop.put_watch(replace(shop.watch, paused=True))
    assert failing(shop) == []


@pytest.mark.parametrize(("interval", "late"), [(60, 900.0), (3600, 7200.0)])
def test_a_watch_may_be_late_by_two_turns_or_a_quarter_of_an_hour(shop: Counter, interval: int, late: float) -> None:
    shop.shop.put_watch(replace(shop.watch, interval=interval))
    due = shop.archive.states()["a"].next_due
    told = []
    for seconds in (late, late + 1.0):
        shop.desk.health._now = lambda seconds=seconds: due + seconds
        told.append(dict(shop.desk.health.checks())["listening"])
    assert told == [None, Problem("desk.not_listening", {"name": "A"})]


def not_heard(shop: Counter) -> list[Problem]:
    told = (problem for name, problem in shop.desk.health.checks() if name == "watches" and problem)
    return [problem for problem in told if problem.code.endswith("_heard")]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("net.offline", "offline"),
        ("net.login_wanted", "login_wanted"),
        ("net.name_unknown", "not_found"),
        ("core.no_memory", "short"),
    ],
)
def test_a_watch_not_heard_for_days_is_named_though_nobody_failed(shop: Counter, code: str, reason: str) -> None:
    heard = shop.archive.states()["a"].heard_at
    turn(shop, code)
    turn(shop, code)
    assert not_heard(shop) == []
    turn(shop, code)
    assert not_heard(shop) == [Problem("desk.not_heard", {"name": "A", "reason": reason, "since": heard})]


def test_a_watch_that_is_to_wait_for_days_says_until_when(shop: Counter) -> None:
    until = shop.profile.clock() + 7 * 24 * HOUR
    turn(shop, "net.timeout")
    shop.profile.web.pages[shop.watch.settings["url"]] = Problem("net.waiting", {"host": "a.example"}, until)
    shop.profile.clock.shift += 30 * HOUR
    shop._listening.take_turn(shop.watch, shop.shop.preferences())
    (problem,) = not_heard(shop)
    assert (problem.code, problem.args["reason"], problem.retry_at) == ("desk.not_heard", "asked_to_wait", until)


def test_a_watch_asked_to_wait_and_never_heard_is_named_at_once(shop: Counter) -> None:
    fresh = shop.profile.watch("b")
    until = shop.profile.clock() + 7 * 24 * HOUR
    shop.profile.web.pages[fresh.settings["url"]] = Problem("net.rate_limited", {"host": "b.example"}, until)
    shop._listening.take_turn(fresh, shop.shop.preferences())
    assert not_heard(shop) == [Problem("desk.never_heard", {"name": "B", "reason": "asked_to_wait"}, until)]


def fresh_met(shop: Counter, code: str, wait: float | None) -> float:
    """Have a watch never heard meet a problem that asks for so many seconds; return when it was polled."""
    fresh = shop.profile.watch("b", created=shop.profile.clock())
    polled = shop.profile.clock()
    until = None if wait is None else polled + wait
    shop.profile.web.pages[fresh.settings["url"]] = Problem(code, {"host": "b.example"}, until)
    shop._listening.take_turn(fresh, shop.shop.preferences())
    return polled


@pytest.mark.parametrize(
    ("code", "wait"),
    [
        ("net.waiting", 60.0),
        ("net.rate_limited", 6 * HOUR),
        ("net.rate_limited", 24 * HOUR),
        ("net.offline", None),
        ("net.login_wanted", None),
        ("core.no_memory", None),
    ],
)
def test_a_watch_just_made_is_not_named_for_a_short_wait(shop: Counter, code: str, wait: float | None) -> None:
    polled = fresh_met(shop, code, wait)
    assert not_heard(shop) == []
    shop.profile.clock.shift += 25 * HOUR
    (problem,) = (one for one in not_heard(shop) if one.args["name"] == "B")
    assert problem.code == "desk.never_heard"
    assert problem.retry_at == (None if wait is None else polled + wait)


def test_a_watch_heard_an_hour_ago_is_not_named_though_it_is_to_wait_for_days(shop: Counter) -> None:
    until = shop.profile.clock() + 7 * 24 * HOUR
    shop.profile.web.pages[shop.watch.settings["url"]] = Problem("net.waiting", {"host": "a.example"}, until)
    shop.profile.clock.shift += HOUR
    shop._listening.take_turn(shop.watch, shop.shop.preferences())
    assert not_heard(shop) == []


def test_of_a_rare_watch_three_turns_are_awaited_and_of_a_paused_one_none(shop: Counter) -> None:
    shop.shop.put_watch(replace(shop.watch, interval=24 * 3600))
    for _ in range(6):
        turn(shop, "net.offline")
    assert not_heard(shop) == []
    turn(shop, "net.offline")
    turn(shop, "net.offline")
    assert len(not_heard(shop)) == 1
    shop.shop.put_watch(replace(shop.watch, paused=True))
    assert not_heard(shop) == []


def test_a_watch_that_is_heard_or_was_not_polled_is_not_named_for_it(shop: Counter) -> None:
    shop.profile.clock.shift += 100 * HOUR
    assert not_heard(shop) == []
    assert dict(shop.desk.health.checks())["listening"] == Problem("desk.not_listening", {"name": "A"})
    shop._listening.take_turn(shop.watch, shop.shop.preferences())
    assert not_heard(shop) == []


def test_a_check_tells_all_it_found_each_once_and_of_very_many_how_many_more(shop: Counter) -> None:
    def told(*problems: Problem) -> list[Problem | None]:
        shop.desk.health._more = (("folders", lambda: problems),)
        return [problem for name, problem in shop.desk.health.checks() if name == "folders"]

    cards = [Problem("stores.not_readable", {"path": str(number)}) for number in range(23)]
    assert told() == [None]
    assert told(cards[0], cards[1], cards[0]) == cards[:2]
    assert told(*cards[:20]) == cards[:20]
    assert told(*cards) == [*cards[:20], Problem("desk.more_wrong", {"count": 3})]


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"settings": {"url": "https://new.example/feed"}}, "desk.never_heard"), ({"required": ("x",)}, "desk.not_heard")],
)
def test_what_was_heard_at_a_former_address_is_not_heard_at_the_new_one(
    shop: Counter, changed: dict[str, object], code: str
) -> None:
    watch = replace(shop.watch, **changed)  # type: ignore[arg-type]
    shop.shop.put_watch(watch)
    shop.profile.web.pages[watch.settings["url"]] = Problem("net.offline")
    for hours, told in ((10, []), (20, [code])):
        shop.profile.clock.shift += hours * HOUR
        shop._listening.take_turn(watch, shop.shop.preferences())
        assert [problem.code for problem in not_heard(shop)] == told


def test_a_new_address_that_asks_to_wait_for_days_is_named_at_once(shop: Counter) -> None:
    watch = replace(shop.watch, settings={"url": "https://new.example/feed"})
    shop.shop.put_watch(watch)
    until = shop.profile.clock() + 7 * 24 * HOUR
    shop.profile.web.pages[watch.settings["url"]] = Problem("net.rate_limited", {"host": "new.example"}, until)
    shop._listening.take_turn(watch, shop.shop.preferences())
    assert not_heard(shop) == [Problem("desk.never_heard", {"name": "A", "reason": "asked_to_wait"}, until)]
