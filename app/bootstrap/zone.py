"""The time zone of this laptop, whatever way it is set."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, tzinfo

from tzlocal import get_localzone


class SystemZone(tzinfo):
    """Local time as the system reckons it, where nothing says what the zone is called."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        if moment is None:
            return None
        try:
            return moment.replace(tzinfo=None).astimezone().utcoffset()
        except (OSError, OverflowError, ValueError):  # before 1970 on Windows, or at the ends of the calendar
            return timedelta(seconds=-time.timezone)

    def dst(self, _moment: datetime | None) -> timedelta | None:
        return None

    def tzname(self, _moment: datetime | None) -> str | None:
        return time.tzname[0]

    def fromutc(self, moment: datetime) -> datetime:
        offset = datetime.fromtimestamp(moment.replace(tzinfo=UTC).timestamp(), UTC).astimezone().utcoffset()
        local = moment + (offset or timedelta())
        return local if local.utcoffset() == offset else local.replace(fold=1)


def local_zone() -> tzinfo:
    """Return the zone of this laptop.

    By name where there is one; TZ may hold rules instead of a name («CET-1CEST»), and two files of a system may
    contradict each other: then local time is what the system says it is.
    """
    try:
        return get_localzone()
    except (LookupError, ValueError, OSError):
        return SystemZone()
