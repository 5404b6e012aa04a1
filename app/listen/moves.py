"""Places that have moved: when the new address is asked in place of the typed one, and when the typed one once more."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace

from app.core.address import normal_address
from app.core.moves import MOVE_AGE, believed
from app.core.ports.mail import MailAnswer
from app.core.ports.net import Response
from app.core.problems import Problem
from app.core.watch import Move

PATIENCE = 3
"""Polls in a row that fail in a way that may pass, until the typed address is asked as well."""

_NOTHING_THERE = frozenset({404, 410})
_DEAD = frozenset(
    {
        *("watch.not_found", "watch.gone", "net.name_unknown", "net.redirects", "net.led_astray"),
        *("net.bad_address", "net.private_address", "net.never_asked"),
    }
)
"""What says that a place is not there, or not any more."""
_CLOSED = frozenset({"net.refused", "net.tls", "net.no_tls"})
"""What says that nobody is in at a place: for the minute in which its server starts anew, or for good."""

_LONGEST_SHOWN = 200


def next_moves(moves: Mapping[str, Move], url: str, moved: str, now: float) -> dict[str, Move]:
    """Return the moves after an address answered with a permanent redirect to `moved`, or with none («»)."""
    known = dict(moves)
    before = known.pop(url, None)
    if moved:
        same = before is not None and before.target == moved
        known[url] = Move(moved, before.times + 1, before.first_at) if same and before else Move(moved, 1, now)
    return known


def still_asked(moves: Mapping[str, Move], asked: Container[str]) -> dict[str, Move]:
    """Return the moves of addresses that are asked: a watch whose address was changed forgets where the old one led."""
    return {url: move for url, move in moves.items() if url in asked}


def moves_after(moves: Mapping[str, Move], url: str, asked: str, moved: str, now: float) -> Mapping[str, Move]:
    """Return the moves after `asked`, an address or the one it has moved to, has answered; see `next_moves`.

    A move that is believed is not forgotten because the address itself answers while the new one gives nothing: that may
    be a parked page. Only where it has long given nothing does another redirect count.
    """
    move = moves.get(url)
    if move is None or believed(moves, url, now) == url:
        return next_moves(moves, url, moved, now)
    is_long_dead = move.dead_since > 0 and now - move.dead_since >= MOVE_AGE
    if asked == url and moved and (moved == move.target or is_long_dead):
        return next_moves(moves, url, moved, now)
    dead_since = 0.0 if asked != url else move.dead_since or now
    return {**moves, url: replace(move, dead_since=dead_since)}


def is_dead(answer: Response | MailAnswer | Problem, failures: int, move: Move) -> bool:
    """Say whether nothing is to be had where an address has moved to, now or after so many failed polls in a row."""
    if not isinstance(answer, Problem):
        return is_dead_now(answer)
    passing = answer.is_blameless or answer.code == "net.closed"
    is_waited_for = failures < PATIENCE and not move.dead_since
    return answer.code in _DEAD or not (passing or is_waited_for)


def is_dead_now(answer: Response | MailAnswer | Problem) -> bool:
    """Say whether nothing is to be had at an address at this moment."""
    if isinstance(answer, Problem):
        return answer.code in _DEAD | _CLOSED
    return isinstance(answer, Response) and answer.status in _NOTHING_THERE


def led_to(problem: Problem, url: str, asked: str) -> Problem:
    """Return a problem that says at which address it was met, where that is another one than the watch names.

    Of the address without its query: there may be secrets in that.
    """
    if not asked or problem.is_blameless or normal_address(asked) == normal_address(url):
        return problem
    shown = asked.partition("://")[2].partition("?")[0].partition("#")[0]
    return replace(problem, args={**problem.args, "led_to": shown[:_LONGEST_SHOWN]})
