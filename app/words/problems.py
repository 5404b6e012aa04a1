"""What each problem is called, and what to do about it: one sentence or two, in the owner's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from app.core.host_shown import host_shown
from app.core.problems import Problem
from app.words import N_, _
from app.words.command_texts import COMMAND_TEXTS
from app.words.problem_texts import TEXTS
from app.words.quotes import nested

UNKNOWN = N_("Something went wrong ({code}). «counterbell doctor» may say more.")
NOT_BEFORE = N_("Next try at {time}.")
LED_TO = N_("This address leads to {led_to}.")

_REASONS = {
    "missing": N_("it is not there"),
    "folder": N_("it is a folder"),
    "no_folder": N_("there is no such folder"),
    "denied": N_("you may not open it"),
    "read_only": N_("the disk is read-only"),
    "full": N_("the disk is full"),
    "offline": N_(
        "there was no network at its turns. Connect this laptop to the internet: what was missed is caught up then"
    ),
    "asked_to_wait": N_(
        "its place asks to be left alone and is not asked earlier. Choose a longer interval, so that it does not happen again"
    ),
    "login_wanted": N_("this network seems to want a login first. Open any page in your browser and log in"),
    "not_found": N_(
        "its host cannot be found just now. Check whether it opens in your browser; Counterbell tries again every minute"
    ),
    "short": N_("this laptop was short of memory or open files. Close other programs"),
}

_UNKEPT = {
    "stores.folder_gone": N_("the folder with the shop's data is gone"),
    "stores.archive_gone": N_("the archive is gone"),
    "stores.archive_replaced": N_("there is another archive in its place"),
    "stores.archive_damaged": N_("the archive is damaged"),
    "stores.archive_altered": N_("the archive is damaged"),
    "stores.disk_full": N_("the disk is full"),
    "stores.not_readable": N_("the archive cannot be read"),
    "stores.not_writable": N_("the folder cannot be written to"),
    "stores.busy": N_("another program is using the archive"),
}

_ANY_DISK = N_("the disk is failing")

_FACE: dict[str, Callable[[float], str] | None] = {"moment": None}
"""How the face that speaks writes moments."""

_CHECKS = {
    "archive": N_("Archive"),
    "shop_file": N_("Shop file"),
    "customers": N_("Customers' files"),
    "folders": N_("Folders and copies"),
    "detector": N_("Complaint detector"),
    "sources": N_("Sources"),
    "keyring": N_("Keyring"),
    "network": N_("Network"),
    "notifications": N_("Notifications"),
    "disk": N_("Disk"),
    "watches": N_("Watches"),
    "listening": N_("Listening"),
}


def sentence(problem: Problem, *, command: bool = False) -> str:
    """Return what a problem is and what to do, for people; never raises, whatever the arguments.

    With `command` it is the command line that speaks: what to do is said in its options, not in the window's fields.
    """
    values = defaultdict(lambda: "?", {key: str(value) for key, value in problem.args.items()})
    values["code"] = problem.code
    for place in {"host", "led_to"} & values.keys():
        host, slash, path = values[place].partition("/")
        values[place] = values[place] if "://" in values[place] else f"{host_shown(host)}{slash}{path}"
    if (reason := _REASONS.get(values.get("reason", ""))) is not None:
        values["reason"] = _(reason)
    if isinstance(since := problem.args.get("since"), int | float):
        values["since"] = _moment(since, command=command)
    text = _text(problem, command=command)
    where = f" {_(LED_TO).format_map(values)}" if problem.args.get("led_to") else ""
    if problem.retry_at is None:
        return nested(f"{text.format_map(values)}{where}")
    values["until"] = moment = _moment(problem.retry_at, command=command)
    said = nested(f"{text.format_map(values)}{where}")
    return said if "{until}" in text else f"{said} {_(NOT_BEFORE).format(time=moment)}"


def _text(problem: Problem, *, command: bool) -> str:
    """Return the sentence of a problem, its blanks not filled in: that of its `why` where there is one."""
    exact = f"{problem.code}/{problem.args.get('why', '')}"
    for texts in (COMMAND_TEXTS, TEXTS) if command else (TEXTS,):
        for key in (exact, problem.code):
            if key in texts:
                return _(texts[key])
    return _(UNKNOWN)


def write_moments(how: Callable[[float], str] | None) -> None:
    """Have moments (Unix seconds) written as a face writes them elsewhere; None for the way of the command line."""
    _FACE["moment"] = how


def _moment(at: float, *, command: bool) -> str:
    """Return a time of this laptop's zone, with its day where that is not today; «?» where no calendar has it."""
    try:
        moment = datetime.fromtimestamp(at).astimezone()
        if not command and (written := _FACE["moment"]):
            return written(at)
    except (ValueError, OverflowError, OSError):
        return "?"
    return moment.strftime("%H:%M" if moment.date() == datetime.now(moment.tzinfo).date() else "%Y-%m-%d %H:%M")


def why_unkept(code: str) -> str:
    """Return in a few words why nothing can be kept, by the code of the problem."""
    return _(_UNKEPT.get(code, _ANY_DISK))


def check_name(check: str) -> str:
    """Return what a health check looks at."""
    return _(_CHECKS[check]) if check in _CHECKS else check
