"""The time zone: found by its name, and where it has none, as the system reckons."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.bootstrap.zone import SystemZone, local_zone

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="TZ is an affair of Unix")


@pytest.fixture(params=["CET-1CEST,M3.5.0,M10.5.0/3", "Nonsense/Zone", "../../etc/passwd", "Europe/Warsaw"])
def zone_named(request: pytest.FixtureRequest) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        patch.setattr("tzlocal.unix._cache_tz", None)
        time.tzset()
        yield request.param
    time.tzset()


def test_whatever_stands_in_tz_there_is_a_zone_that_agrees_with_the_system(zone_named: str) -> None:
    zone = local_zone()
    assert isinstance(zone, ZoneInfo) == (zone_named == "Europe/Warsaw")
    start = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
    for half_hour in range(0, 365 * 48, 7):
        moment = datetime.fromtimestamp(start + half_hour * 1800, zone)
        assert moment.timestamp() == start + half_hour * 1800
        assert moment.utcoffset() == datetime.fromtimestamp(start + half_hour * 1800).astimezone().utcoffset()


@pytest.mark.parametrize("zone_named", ["CET-1CEST,M3.5.0,M10.5.0/3"], indirect=True)
def test_the_hour_that_comes_twice_is_told_apart(zone_named: str) -> None:
    zone, start = SystemZone(), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    twice = [(start + timedelta(hours=hour)).astimezone(zone) for hour in (0, 1)]
    assert [(each.hour, each.minute, each.fold) for each in twice] == [(2, 30, 0), (2, 30, 1)]
    assert datetime.min.replace(tzinfo=zone).utcoffset() is not None
    assert zone.dst(None) is zone.utcoffset(None) is None
    assert zone.tzname(None) == "CET"
