"""Places that have moved: when the new address is asked in place of the typed one, and when the typed one once more."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace

from app.core.address import normal_address
from app.core.ports.mail import MailAnswer
from app.core.ports.net import Response
from app.core.problems import Problem
from app.core.watch import Move

MOVE_TIMES = 3
MOVE_AGE = 2 * 86_400.0
"""A permanent redirect is believed when seen three times in a row over two days: a maintenance page does not last so
long."""

PATIENCE = 3
"""Polls in a row that fail in a way that may pass, until the typed address is asked as well."""

_NOTHING_THERE = frozenset({404, 410})
_DEAD = frozenset(
    {
        *("watch.not_found", "watch.gone", "net.name_unknown", "net.refused", "net.tls", "net.no_tls"),
        *("net.redirects", "net.led_astray", "net.bad_address", "net.private_address", "net.never_asked"),
    }
)
"""What says that a place is not there, or not any more."""

_LONGEST_SHOWN = 200


def believed(moves: Mapping[str, Move], url: str, now: float) -> str:
    """Return the address to ask in place of one that has moved for good, or the same."""
    move = moves.get(url)
    return move.target if move and move.times >= MOVE_TIMES and now - move.first_at >= MOVE_AGE else url


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


def is_dead(answer: Response | MailAnswer | Problem, failures: int) -> bool:
    """Say whether nothing is to be had at an address, now or after so many failed polls of the watch in a row."""
    if isinstance(answer, Problem):
        passing = answer.is_blameless or answer.code == "net.closed"
        return answer.code in _DEAD or (failures >= PATIENCE and not passing)
    return isinstance(answer, Response) and answer.status in _NOTHING_THERE


def led_to(problem: Problem, url: str, asked: str) -> Problem:
    """Return a problem that says at which address it was met, where that is another one than the watch names.

    Of the address without its query: there may be secrets in that.
    """
    if not asked or problem.is_blameless or normal_address(asked) == normal_address(url):
        return problem
    shown = asked.partition("://")[2].partition("?")[0].partition("#")[0]
    return replace(problem, args={**problem.args, "led_to": shown[:_LONGEST_SHOWN]})
