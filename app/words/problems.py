"""What each problem is called, and what to do about it: one sentence or two, in the owner's language."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from app.core.problems import Problem
from app.words import N_, _
from app.words.problem_texts import TEXTS

UNKNOWN = N_("Something went wrong ({code}). «counterbell doctor» may say more.")
NOT_BEFORE = N_("Next try at {time}.")

_REASONS = {
    "missing": N_("it is not there"),
    "folder": N_("it is a folder"),
    "denied": N_("you may not open it"),
    "read_only": N_("the disk can only be read"),
    "full": N_("the disk is full"),
}

_UNKEPT = {
    "stores.folder_gone": N_("the folder with the shop's data is gone"),
    "stores.archive_gone": N_("the archive is gone"),
    "stores.archive_replaced": N_("another archive lies in its place"),
    "stores.archive_damaged": N_("the archive is damaged"),
    "stores.disk_full": N_("the disk is full"),
    "stores.not_writable": N_("the folder may not be written"),
    "stores.busy": N_("another program holds the archive"),
}

_ANY_DISK = N_("the disk fails")

_CHECKS = {
    "archive": N_("Archive"),
    "shop_file": N_("Shop file"),
    "customers": N_("Customers' files"),
    "detector": N_("Complaint detector"),
    "sources": N_("Sources"),
    "keyring": N_("Keyring"),
    "network": N_("Network"),
    "notifications": N_("Notifications"),
    "disk": N_("Disk"),
    "watches": N_("Watches"),
    "listening": N_("Listening"),
}


def sentence(problem: Problem) -> str:
    """Return what a problem is and what to do, for people; never raises, whatever the arguments."""
    values = defaultdict(lambda: "?", {key: str(value) for key, value in problem.args.items()})
    values["code"] = problem.code
    if (reason := _REASONS.get(values.get("reason", ""))) is not None:
        values["reason"] = _(reason)
    text = _(TEXTS.get(problem.code, UNKNOWN)).format_map(values)
    if problem.retry_at is None:
        return text
    moment = datetime.fromtimestamp(problem.retry_at).astimezone()
    return f"{text} {_(NOT_BEFORE).format(time=moment.strftime('%H:%M'))}"


def why_unkept(code: str) -> str:
    """Return in a few words why nothing can be kept, by the code of the problem."""
    return _(_UNKEPT.get(code, _ANY_DISK))


def check_name(check: str) -> str:
    """Return what a health check looks at."""
    return _(_CHECKS[check]) if check in _CHECKS else check
