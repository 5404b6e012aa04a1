"""The dialects of «not so fast» and the ladder of waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email.utils import formatdate

import pytest

from app.core.watch import HostState
from app.net.refusals import DAY, HOUR, judge, waiting

NOW = 1_800_000_000.0
FRESH = HostState("shop.example")


def blocked(headers: dict[str, str], status: int = 429, strikes: int = 0, *, private: bool = False) -> float:
    """Return for how many seconds an answer blocks its host."""
    state = judge(HostState("shop.example", 0.0, strikes), status, headers, NOW, private=private).state
    return max(0.0, state.blocked_until - NOW)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "120"}, 120),
        ({"retry-after": "0"}, 1),
        ({"retry-after": formatdate(NOW + 90, usegmt=True)}, 90),
        ({"retry-after": "100000"}, DAY),
        ({"retry-after": "999999999"}, DAY),
        ({"retry-after": "soon"}, HOUR),
        ({"x-ratelimit-reset": datetime.fromtimestamp(NOW + 200, UTC).isoformat()}, 200),
        ({"x-ratelimit-reset": datetime.fromtimestamp(NOW + 200, UTC).strftime("%Y-%m-%dT%H:%M:%S.000000Z")}, 200),
        ({"x-rate-limit-reset": str(int(NOW + 300))}, 300),
        ({"x-ratelimit-reset": str(int(NOW + 300) * 1000)}, 300),
        ({"x-ratelimit-reset": "42.5"}, 42.5),
        ({"ratelimit-reset": str(int(NOW + 60))}, 60),
        ({"ratelimit-reset": str(int(NOW + 60)), "retry-after": "30"}, 30),
        ({"x-ratelimit-reset": str(int(NOW - 60))}, HOUR),
        ({"x-ratelimit-reset": "whenever"}, HOUR),
        ({"x-ratelimit-reset": str(int(NOW + 10 * DAY))}, DAY),
        ({"x-ratelimit-reset": str(int(NOW * 1_000_000))}, HOUR),
        ({}, HOUR),
    ],
)
def test_how_long_a_refusal_blocks(headers: dict[str, str], seconds: float) -> None:
    assert blocked(headers) == pytest.approx(seconds)


@pytest.mark.parametrize(("strikes", "seconds"), [(0, HOUR), (1, DAY), (2, 2 * DAY), (3, 7 * DAY), (9, 7 * DAY)])
def test_the_ladder(strikes: int, seconds: float) -> None:
    assert blocked({}, 503, strikes) == seconds


@pytest.mark.parametrize(("strikes", "seconds"), [(0, 60), (1, 300), (2, 900), (3, 3600), (9, 3600)])
def test_the_short_ladder_of_own_machines(strikes: int, seconds: float) -> None:
    assert blocked({}, 503, strikes, private=True) == seconds


def test_an_absurd_wait_is_capped_on_own_machines_too() -> None:
    assert blocked({"retry-after": "999999999"}, private=True) == DAY


def test_a_forbidden_page_is_a_refusal_only_after_one() -> None:
    assert judge(FRESH, 403, {}, NOW, private=False).state == FRESH
    assert blocked({}, 403, strikes=1) == DAY
    assert blocked({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "50"}, 403) == 50


@pytest.mark.parametrize("status", [200, 204, 301, 304])
def test_success_clears_the_strikes(status: int) -> None:
    assert judge(HostState("shop.example", NOW - 5, 3), status, {}, NOW, private=False).state == FRESH


@pytest.mark.parametrize("status", [400, 404, 410, 500, 502])
def test_other_errors_change_nothing(status: int) -> None:
    struck = HostState("shop.example", NOW - 5, 3)
    assert judge(struck, status, {"retry-after": "50"}, NOW, private=False).state == struck


def test_waiting_says_until_when() -> None:
    problem = waiting(HostState("shop.example", NOW + 90, 1), "shop.example", NOW)
    assert problem is not None
    assert problem.is_wait
    assert (problem.retry_at, problem.args) == (NOW + 90, {"host": "shop.example", "seconds": 90})
    assert waiting(HostState("shop.example", NOW, 1), "shop.example", NOW) is None


def test_a_clock_that_was_years_ahead_silences_no_host() -> None:
    blocked_by_it = HostState("shop.example", NOW + 3_650 * DAY, 1)
    assert waiting(blocked_by_it, "shop.example", NOW) is None
    assert judge(blocked_by_it, 429, {"retry-after": "50"}, NOW, private=False).state.blocked_until == NOW + 50
    assert waiting(HostState("shop.example", NOW + 7 * DAY, 4), "shop.example", NOW) is not None


def test_a_later_refusal_never_shortens_a_wait() -> None:
    """Two calls may be under way: the first is told to wait for days, the second for a minute."""
    told = HostState("shop.example", NOW + 2 * DAY, 1)
    assert judge(told, 429, {"retry-after": "60"}, NOW, private=False).state == HostState(
        "shop.example", NOW + 2 * DAY, 2
    )
    assert judge(told, 429, {}, NOW, private=True).state.blocked_until == NOW + 2 * DAY
    assert judge(
        replace(told, blocked_until=NOW + 30), 429, {"retry-after": "60"}, NOW, private=False
    ).state == HostState("shop.example", NOW + 60, 2)
