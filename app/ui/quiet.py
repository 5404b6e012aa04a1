"""«Quiet for an hour»: what the act is called, until when it holds, and how that is kept over a restart."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from app.ui.format import DAY, clock, to_the_minute
from app.words import _

HOUR = 3600.0
KEY = "quiet_until"


def act_text(hushed_until: float, now: float) -> str:
    """Return what the act is called in a menu: it ends the hour asked for where one holds at `now` (Unix seconds)."""
    if hushed_until > now:
        return _("End the q&uiet (until {time})").format(time=clock(hushed_until))
    return _("Q&uiet for an hour")


def told(quiet_until: float, now: float) -> str:
    """Return until when the bell is quiet, in a few words; «» where it is not."""
    if quiet_until <= now:
        return ""
    return _("quiet until {time}").format(time=end_told(quiet_until, now))


def end_told(quiet_until: float, now: float) -> str:
    """Return when the quiet ends: the hour where it is the next one of that name, else the day as well."""
    return clock(quiet_until) if quiet_until - now < DAY else to_the_minute(quiet_until, now)


def kept(settings: QSettings, now: float) -> float:
    """Return until when an hour kept here lasts (Unix seconds), 0.0 where none does or what is there cannot be one."""
    try:
        until = float(str(settings.value(KEY, "")))
    except ValueError:
        return 0.0
    return until if now < until <= now + HOUR else 0.0


def keep(settings: QSettings, until: float) -> None:
    """Note until when the hour lasts; 0.0 for none."""
    if until:
        settings.setValue(KEY, str(until))
    else:
        settings.remove(KEY)
