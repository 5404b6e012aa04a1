"""What kinds, states and channels are called."""

from __future__ import annotations

from app.core.case import CaseState
from app.core.correction import Label
from app.core.customer import Channel, Direction
from app.core.verdict import Cause, Kind
from app.words import N_, _

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
_CHANNELS = {
    Channel.POST: N_("post"),
    Channel.EMAIL: N_("e-mail"),
    Channel.PHONE: N_("phone"),
    Channel.VISIT: N_("shop visit"),
    Channel.MESSAGE: N_("message"),
    Channel.LETTER: N_("letter"),
    Channel.NOTE: N_("note"),
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


def channel_name(channel: Channel) -> str:
    """Return what a channel of contact is called."""
    return _(_CHANNELS[channel])


def direction_name(direction: Direction) -> str:
    """Return who spoke to whom."""
    return _(_DIRECTIONS[direction])
