"""Names of the things people see: folders, kinds, states, channels, reports."""

from __future__ import annotations

from app.core.customer import Channel
from app.core.reply import blank_name
from app.core.verdict import Cause, Kind
from app.core.views import Folder
from app.words import LANGUAGES, N_, _
from app.words.names import cause_name as cause
from app.words.names import channel_name as channel
from app.words.names import direction_name as direction
from app.words.names import kind_name as kind
from app.words.names import label_name as correction
from app.words.names import plan_name as plan
from app.words.names import satisfaction_name as satisfaction
from app.words.names import situation_name as situation
from app.words.names import state_name as state
from app.words.problems import check_name as check

__all__ = [
    "CHANNELS",
    "LANGUAGES",
    "about",
    "blank",
    "cause",
    "channel",
    "check",
    "correction",
    "direction",
    "folder",
    "heading",
    "kind",
    "language",
    "plan",
    "report_note",
    "satisfaction",
    "situation",
    "state",
]

_FOLDERS = {
    Folder.COMPLAINTS: N_("Complaints"),
    Folder.QUESTIONS: N_("Questions"),
    Folder.PRAISE: N_("Praise"),
    Folder.LEADS: N_("Leads"),
    Folder.EVERYTHING: N_("Everything"),
    Folder.SNOOZED: N_("Snoozed"),
}
_HEADINGS = {
    "answers": N_("How soon we answered"),
    "places": N_("Where people write"),
    "satisfaction_by_place": N_("Satisfaction by place"),
    "satisfaction_by_cause": N_("Satisfaction by cause"),
    "satisfaction_over_time": N_("Satisfaction over time"),
    "place": N_("Place"),
    "all": N_("All"),
    "complaint": N_("Complaints"),
    "complaints": N_("Complaints"),
    "question": N_("Questions"),
    "praise": N_("Praise"),
    "lead": N_("Leads"),
    "neutral": N_("Neutral"),
    "answered": N_("Answered"),
    "share_answered": N_("Share answered"),
    "median_since_written": N_("Usual wait since written"),
    "median_since_heard": N_("Usual wait since heard"),
    "resolved": N_("Resolved cases"),
    "content": N_("Were content"),
    "so_so": N_("So-so"),
    "not_content": N_("Were not content"),
    "not_marked": N_("Without a mark"),
    "share_content": N_("Share content"),
    "cause": N_("Cause"),
    "week": N_("Week"),
    "month": N_("Month"),
    "watches": N_("Watches"),
    "email": N_("E-mail"),
}
_NOTES = {
    "answers": N_(
        "Complaints heard in this period, each matter counted once. Half of the answers came sooner than the usual wait, half later. Since written is how long the customer waited; since heard is how long you took once you could know of it."
    ),
    "places": N_("What was heard in this period. Reposts, your own posts and what is not about you are not counted."),
    "satisfaction_by_place": N_(
        "Cases resolved in this period. The share shows how many of the cases you marked had a content customer."
    ),
    "satisfaction_by_cause": N_(
        "Complaints resolved in this period. The share shows how many of the cases you marked had a content customer."
    ),
    "satisfaction_over_time": N_(
        "Cases resolved in this period, newest first. The share shows how many of the cases you marked had a content customer."
    ),
}
_BLANKS = {
    "name": N_("name"),
    "full name": N_("full name"),
    "shop": N_("shop"),
    "town": N_("town"),
    "signature": N_("signature"),
    "order": N_("order"),
    "answer": N_("answer"),
    "when": N_("when"),
}
CHANNELS = (
    Channel.PHONE,
    Channel.EMAIL,
    Channel.VISIT,
    Channel.MESSAGE,
    Channel.POST,
    Channel.LETTER,
    Channel.NOTE,
)
"""In the order a shop uses them for contacts it logs by hand."""


def about(what: Kind, why: Cause | None) -> str:
    """Return what a complaint is about, «delivery»; «» where that is not known or it is none."""
    return "" if what is not Kind.COMPLAINT or why in {None, Cause.OTHER} else cause(why)


def blank(name: str) -> str:
    """Return what a blank of a saved reply is called; one of the owner's own goes by the name given to it."""
    known = blank_name(name)
    return _(_BLANKS[known]) if known in _BLANKS else name


def folder(value: Folder) -> str:
    """Return the name of a folder."""
    return _(_FOLDERS[value])


def language(code: str) -> str:
    """Return the name of a language in that language; «» stands for finding out."""
    return LANGUAGES.get(code, code)


def report_note(report_id: str) -> str:
    """Return what a report counts, in a sentence or two; «» for one that nobody wrote that for."""
    return _(_NOTES.get(report_id, ""))


def heading(name: str) -> str:
    """Return the name of a report, a column or a way to hand over; an id nobody named is made readable."""
    return _(_HEADINGS.get(name) or name.replace("_", " ").replace("-", " ").strip().capitalize())
