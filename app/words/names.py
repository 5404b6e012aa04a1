"""What kinds, states and channels are called."""

from __future__ import annotations

from app.core.by_hand import BY_HAND, Where
from app.core.case import CaseState, Satisfaction
from app.core.correction import Label
from app.core.customer import Channel, Direction
from app.core.outbox import Outgoing, Stand, Wish
from app.core.playbook import ANY_OTHER, CRISIS, DANGER, Plan
from app.core.verdict import Cause, Kind
from app.core.views import Found
from app.core.watch import MOST_AT_FIRST
from app.words import N_, _


def only_newest(found: int) -> str:
    """Return that a first look leaves older mentions alone, «» where it found fewer than it takes."""
    if found < MOST_AT_FIRST:
        return ""
    return _("At first only the newest {most} are taken; older ones are left alone.").format(most=MOST_AT_FIRST)


_KINDS = {
    Kind.COMPLAINT: N_("complaint"),
    Kind.QUESTION: N_("question"),
    Kind.PRAISE: N_("praise"),
    Kind.LEAD: N_("lead"),
    Kind.NEUTRAL: N_("neutral"),
}
_CAUSES = {
    Cause.DELIVERY: N_("delivery"),
    Cause.ORDER: N_("wrong order"),
    Cause.QUALITY: N_("quality"),
    Cause.SERVICE: N_("service"),
    Cause.MONEY: N_("money"),
    Cause.WAITING: N_("waiting"),
    Cause.TECHNICAL: N_("technical trouble"),
    Cause.HONESTY: N_("honesty"),
    Cause.SAFETY: N_("safety"),
    Cause.PLACE: N_("the place"),
    Cause.OTHER: N_("something else"),
}
_LABELS = {
    Label.COMPLAINT: N_("complaint"),
    Label.NOT_COMPLAINT: N_("not a complaint"),
    Label.NOT_US: N_("not about us"),
}
_STATES = {
    CaseState.NEW: N_("new"),
    CaseState.IN_WORK: N_("in work"),
    CaseState.WAITING: N_("waiting for the customer"),
    CaseState.ANSWERED: N_("answered"),
    CaseState.RESOLVED: N_("resolved"),
    CaseState.NO_REPLY: N_("needs no reply"),
    CaseState.NOT_US: N_("not about us"),
}
_SATISFACTIONS = {
    Satisfaction.CONTENT: N_("content"),
    Satisfaction.SO_SO: N_("so-so"),
    Satisfaction.NOT_CONTENT: N_("not content"),
}
_STANDS = {
    Stand.WAITING: N_("waits"),
    Stand.SENDING: N_("being sent"),
    Stand.SENT: N_("sent"),
    Stand.UNKNOWN: N_("not certain"),
    Stand.SEEN: N_("seen there"),
    Stand.NOT_SEEN: N_("not found"),
    Stand.FAILED: N_("not sent"),
    Stand.CANCELLED: N_("taken back"),
}
_CHANNELS = {
    Channel.POST: N_("post"),
    Channel.EMAIL: N_("e-mail"),
    Channel.PHONE: N_("phone"),
    Channel.VISIT: N_("shop visit"),
    Channel.MESSAGE: N_("message"),
    Channel.LETTER: N_("letter"),
    Channel.NOTE: N_("note"),
}
_WHERES = {
    Where.PHONE: N_("on the phone"),
    Where.SHOP: N_("in the shop"),
    Where.LETTER: N_("by letter"),
    Where.WEB: N_("on a web page"),
    Where.OTHER: N_("elsewhere"),
}
_SITUATIONS = {
    CRISIS: N_("Crisis"),
    DANGER: N_("Danger"),
    ANY_OTHER: N_("Other complaints"),
}
_HAND_SOURCES = {"phone": N_("Phone"), "visit": N_("Shop visit"), "letter": N_("Letter"), BY_HAND: N_("By hand")}
_COLUMNS = {
    "text": N_("text"),
    "title": N_("title"),
    "author": N_("author"),
    "handle": N_("account, phone or mail"),
    "url": N_("link"),
    "date": N_("date"),
    "stars": N_("stars"),
    "place": N_("place"),
    "language": N_("language"),
    "source": N_("source"),
    "key": N_("key"),
    "parent": N_("answered post"),
    "thread": N_("thread"),
}
_DIRECTIONS = {Direction.IN: N_("from the customer"), Direction.OUT: N_("from us")}


def kind_name(kind: Kind) -> str:
    """Return what a kind of mention is called."""
    return _(_KINDS[kind])


def cause_name(cause: Cause) -> str:
    """Return what a complaint of this cause is about."""
    return _(_CAUSES[cause])


def label_name(label: Label) -> str:
    """Return what a correction says."""
    return _(_LABELS[label])


def state_name(state: CaseState) -> str:
    """Return what a state of a case is called."""
    return _(_STATES[state])


def satisfaction_name(satisfaction: Satisfaction) -> str:
    """Return how content a customer was in the end."""
    return _(_SATISFACTIONS[satisfaction])


def stand_name(stand: Stand) -> str:
    """Return what it is called that a reply stands so."""
    return _(_STANDS[stand])


def standing_name(reply: Outgoing) -> str:
    """Return what it is called that a reply stands so; one that was posted by hand is not sent by anybody, only looked for."""
    if reply.wish is Wish.LOOK and reply.stand in {Stand.WAITING, Stand.CANCELLED}:
        return _("not seen there yet") if reply.stand is Stand.WAITING else _("no longer looked for")
    return stand_name(reply.stand)


def channel_name(channel: Channel) -> str:
    """Return what a channel of contact is called."""
    return _(_CHANNELS[channel])


def where_name(where: Where) -> str:
    """Return where something entered by hand was said."""
    return _(_WHERES[where])


def hand_source_name(source: str) -> str:
    """Return what people call a source of things entered by hand, «» for any other."""
    return _(_HAND_SOURCES.get(source, ""))


def column_name(meaning: str) -> str:
    """Return what a column of a table holds."""
    return _(_COLUMNS[meaning])


def situation_name(situation: str) -> str:
    """Return what a situation of the playbook is called."""
    if situation in _SITUATIONS:
        return _(_SITUATIONS[situation])
    name = cause_name(Cause(situation))
    return name[:1].upper() + name[1:]


def plan_name(plan: Plan) -> str:
    """Return what the owner's plan for a case is called, by what it is for."""
    if plan.situation == CRISIS:
        return _("Plan in a crisis")
    situation = situation_name(plan.situation)
    return _("Plan: {situation}").format(situation=situation[:1].lower() + situation[1:])


def direction_name(direction: Direction) -> str:
    """Return who spoke to whom."""
    return _(_DIRECTIONS[direction])


def watch_name(found: Found) -> str:
    """Return what a watch that was found is kept as: what its place calls itself, and where that is."""
    return f"{found.watch.name} – {_(found.source_title)}"
