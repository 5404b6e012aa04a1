"""When an address that answers with a permanent redirect is believed to have moved."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.watch import Move

MOVE_TIMES = 3
MOVE_AGE = 2 * 86_400.0
"""A permanent redirect is believed when seen three times in a row over two days: a maintenance page does not last so
long."""


def believed(moves: Mapping[str, Move], url: str, now: float) -> str:
    """Return the address to ask in place of one that has moved for good, or the same."""
    move = moves.get(url)
    return move.target if move and move.times >= MOVE_TIMES and now - move.first_at >= MOVE_AGE else url


def answered_last(moves: Mapping[str, Move], url: str, now: float) -> str:
    """Return which address gave what was heard of one last: the one it has moved to, or itself."""
    move = moves.get(url)
    return url if move and move.dead_since else believed(moves, url, now)
