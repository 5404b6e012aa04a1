"""Where a reply stands next, purely: after a try, after a look, after what was heard, with time."""

from __future__ import annotations

from dataclasses import replace

from app.core.mention import ArchivedMention
from app.core.our_reply import EARLY, is_our_text
from app.core.outbox import (
    HOLD,
    LOOK_FOR,
    MOST_LOOKS,
    MOST_UNSURE,
    SETTLING,
    STALE,
    Awaited,
    Delivery,
    Outgoing,
    Stand,
    Wish,
    next_look,
    next_try,
)
from app.core.ports.answer import Standing
from app.core.problems import Problem
from app.listen.answering import Tried
from app.listen.due import CLOCK_SLACK

UNSURE, UNREACHED = "outbox.no_answer", "outbox.unreachable"


def due_at(outgoing: Outgoing, now: float) -> float | None:
    """Return when something is to be done for a reply whether its watch is polled or not, None for nothing.

    What was planned by a clock that has been put back since is due now: it would wait for as long as that was ahead.
    """
    delivery = outgoing.delivery
    if _is_settled(outgoing):
        return None
    if outgoing.to_be_sent:
        hold = outgoing.not_before if outgoing.not_before <= now + HOLD + CLOCK_SLACK else now
        retry = (_next_at(delivery, now) or 0.0) if delivery.order == outgoing.order else 0.0
        return max(hold, retry)
    return _next_at(delivery, now) if outgoing.stand is Stand.UNKNOWN else None


def wants_look(outgoing: Outgoing, now: float) -> bool:
    """Say whether a reply is to be looked for after a poll."""
    next_at = _next_at(outgoing.delivery, now)
    return _is_looked_for(outgoing) and next_at is not None and next_at <= now


def after_try(sending: Delivery, tried: Tried, *, can_look: bool, now: float) -> Delivery:
    """Return what became of a reply that was «sending»."""
    problem = tried.problem
    if tried.unsure:
        next_at = now + SETTLING if can_look else None
        unsure = sending.unsure + 1
        return replace(
            sending, stand=Stand.UNKNOWN, unsure=unsure, at=now, next_at=next_at, problem=_of_a_reply(problem, UNSURE)
        )
    if problem is None:
        return replace(
            sending, stand=Stand.SENT, at=now, next_at=now, where=tried.where, there_at=now, problem=tried.beside
        )
    if problem.code == "net.closed":
        return replace(sending, stand=Stand.WAITING, at=now, next_at=now)
    if passes(problem):
        later = next_try(sending.tries - 1, problem, now)
        return replace(sending, stand=Stand.WAITING, at=now, next_at=later, problem=problem)
    broken = problem.code in {"net.timeout", "net.broken", "watch.server_error"}
    return replace(sending, stand=Stand.FAILED, at=now, problem=_of_a_reply(problem, UNREACHED) if broken else problem)


def after_look(outgoing: Outgoing, found: Standing, now: float) -> Delivery:
    """Return what a look says of a reply."""
    before = replace(_begun(outgoing), at=now)
    in_doubt = before.stand is Stand.UNKNOWN
    stays = in_doubt or outgoing.beside is not None
    looked = replace(before, looks=before.looks + 1, problem=before.problem if stays else found.problem)
    if found.refused is not None:
        return replace(looked, stand=Stand.FAILED, next_at=None, problem=found.refused)
    if found.stands:
        return _seen(looked, found.where, found.at)
    if found.problem is not None and passes(found.problem):
        return replace(before, next_at=next_try(before.looks, found.problem, now), problem=looked.problem)
    if in_doubt:
        return _still_unknown(looked, found, now)
    if found.gone or looked.looks >= MOST_LOOKS:
        return _given_up(looked)
    return replace(looked, next_at=next_look(looked.looks, now))


def after_hearing(outgoing: Outgoing, heard: ArchivedMention, now: float) -> Delivery:
    """Return that a reply was heard among what the watches bring."""
    mention = heard.mention
    at = heard.heard_at if mention.published is None else mention.published
    return _seen(replace(_begun(outgoing), at=now), mention.url or mention.key, at)


def grown_old(outgoing: Outgoing, now: float) -> Delivery | None:
    """Return that a reply is not looked for any more, None where that is not so."""
    if not _is_looked_for(outgoing) or outgoing.delivery.next_at is None or now - outgoing.created <= LOOK_FOR:
        return None
    return _given_up(replace(_begun(outgoing), at=now))


def grown_stale(outgoing: Outgoing, now: float) -> Delivery | None:
    """Return that a reply has waited too long to be sent without another word of the owner, None where that is not so."""
    if not outgoing.to_be_sent or now - outgoing.not_before <= STALE:
        return None
    return replace(_begun(outgoing), stand=Stand.FAILED, at=now, next_at=None, problem=Problem("outbox.too_old"))


def is_heard(one: Awaited, heard: ArchivedMention) -> bool:
    """Say whether what the shop was heard to write is this reply.

    An answer to the very mention is, where it only is to be confirmed; where it decides whether the reply is sent once
    more, and within a thread of many, the words have to be the same.
    """
    outgoing, said = one.outgoing, heard.mention
    begun = outgoing.delivery.begun or outgoing.created
    if said.published is not None and said.published < begun - EARLY:
        return False
    if _is_looked_for(outgoing) and said.parent and said.parent == one.mention.mention.key:
        return True
    in_doubt = outgoing.stand is Stand.UNKNOWN or (outgoing.to_be_sent and outgoing.delivery.unsure > 0)
    return (in_doubt or _is_looked_for(outgoing)) and is_our_text(outgoing.text, said.text, mended=False)


def _next_at(delivery: Delivery, now: float) -> float | None:
    is_of_the_future = delivery.next_at is not None and delivery.at > now + CLOCK_SLACK
    return now if is_of_the_future else delivery.next_at


def _of_a_reply(problem: Problem | None, code: str) -> Problem | None:
    """Return what a broken connection means for a reply: it is not tried again by itself, as a poll is."""
    if problem is None or problem.code.startswith("outbox."):
        return problem
    return Problem(code, {"host": problem.args.get("host", "?")})


def passes(problem: Problem) -> bool:
    """Say whether a problem goes by itself: no network, a wish to wait, a server that says when to come again."""
    return problem.is_blameless or problem.retry_at is not None


def _is_settled(outgoing: Outgoing) -> bool:
    return outgoing.cancelled_at is not None or outgoing.said_at is not None


def _is_looked_for(outgoing: Outgoing) -> bool:
    if _is_settled(outgoing):
        return False
    posted = outgoing.wish is Wish.LOOK and outgoing.stand is Stand.WAITING
    return posted or (outgoing.stand is Stand.SENT and outgoing.delivery.stand is Stand.SENT)


def _begun(outgoing: Outgoing) -> Delivery:
    delivery = outgoing.delivery
    return replace(delivery, order=outgoing.order, begun=delivery.begun or outgoing.created)


def _seen(delivery: Delivery, where: str, at: float | None) -> Delivery:
    there_at = delivery.there_at if at is None else at
    return replace(
        delivery,
        stand=Stand.SEEN,
        next_at=None,
        where=where or delivery.where,
        there_at=delivery.at if there_at is None else there_at,
        problem=None,
    )


def _still_unknown(looked: Delivery, found: Standing, now: float) -> Delivery:
    """Return what a look that did not find a reply means where nobody knew: only a sure «no» has it sent once more."""
    if found.gone:
        return replace(looked, stand=Stand.FAILED, next_at=None, problem=Problem("outbox.mention_gone"))
    if found.problem is not None:
        return replace(looked, next_at=next_look(looked.looks, now) if looked.looks < MOST_LOOKS else None)
    if looked.unsure < MOST_UNSURE:
        return replace(looked, stand=Stand.WAITING, next_at=now, problem=None)
    return replace(looked, stand=Stand.FAILED, next_at=None, problem=Problem("outbox.not_there"))


def _given_up(delivery: Delivery) -> Delivery:
    stand = Stand.NOT_SEEN if delivery.stand is Stand.WAITING else delivery.stand
    return replace(delivery, stand=stand, next_at=None)
