"""Adds up rows of a weight table, all columns at once: each column has a lane of one long number."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Sequence
from math import sqrt
from operator import itemgetter, lshift

from app.detect.hashed import MASK
from app.detect.weights import HEAVIEST, ZERO, Table

_LANE = 24
_HALF = _LANE // 2
_MASK = (1 << _LANE) - 1
"""Three bytes hold the sum of 8,000 weights, more than the parts of words of the longest text."""

_NOUGHT = 1_024
"""What stands for a weight of nought in a lane: more than `HEAVIEST`, so that no lane ever falls below nought."""

_ABREAST = 5
"""Columns in one number of eight bytes, with lanes of half the width: 0, 2 and 4 are the even ones, 1 and 3 the odd ones."""

_FEW = 16
"""Rows that such a number holds the sum of."""

_EVEN = 0xFFF_000_FFF_000_FFF
_ODD = 0xFFF_000_FFF
_HEAVY = 1 << 60
"""Marks the first number of a row that needs more than its bytes."""

_ODD_AT = 3 * _LANE
_PLACES = (0, 3, 1, 4, 2)
_LOW = bytes(byte << 4 & 255 for byte in range(256))
_HIGH = bytes(byte >> 4 for byte in range(256))


class Lanes:
    """The rows of `table`. A sum of rows is a long number with a lane for each column and one for their count.

    Adding such numbers adds all columns at once, which is what makes plain Python quick enough.
    """

    def __init__(self, table: Table) -> None:
        width = len(table.columns)
        columns = [bytearray(table.rows[column::width]) for column in range(width)]
        for column in columns:
            for row in table.heavy:
                column[row] = 0
        groups = range(0, width, _ABREAST)
        self._groups = tuple((_LANE * start, _abreast(columns[start : start + _ABREAST])) for start in groups)
        self._last = (1 << table.bits) - 1
        self._scale = table.scale
        self._width = width
        self._shifts = tuple(
            _LANE * (column - column % _ABREAST + _PLACES[column % _ABREAST]) for column in range(width)
        )
        self._count = _LANE * _ABREAST * len(groups)
        self._bits = self._count + _LANE
        self._each = (1 << self._count) + sum((_NOUGHT - ZERO) << shift for shift in self._shifts)
        self._heavy = {
            row: sum(map(lshift, [max(-HEAVIEST, min(HEAVIEST, weight)) + ZERO for weight in weights], self._shifts))
            for row, weights in table.heavy.items()
        }
        for row in self._heavy:
            self._groups[0][1][row] |= _HEAVY

    def total(self, rows: Sequence[int]) -> int:
        """Return the sum of rows, which are those of a table as long as `MASK` tells."""
        if not rows:
            return 0
        last, heavy = self._last, False
        if last < MASK:
            rows = [row & last for row in rows]
        pick = itemgetter(*rows, last + 1)
        total = len(rows) * self._each
        for shift, group in self._groups:
            found = pick(group)
            for start in range(0, len(rows), _FEW):
                part = sum(found[start : start + _FEW])
                total += (part & _EVEN | (part >> _HALF & _ODD) << _ODD_AT) << shift
                heavy = heavy or part >= _HEAVY
        return total + sum([self._heavy.get(row, 0) for row in rows]) if heavy else total

    def joined(self, one: int, other: int) -> int:
        """Return two sums as one number; such numbers add up as sums do."""
        return one | other << self._bits

    def parted(self, joined: int) -> tuple[int, int]:
        """Return the two sums that a number holds."""
        other = joined >> self._bits
        return joined ^ other << self._bits, other

    def count(self, total: int) -> int:
        """Return how many rows a sum has."""
        return total >> self._count

    def weights(self, totals: Iterable[int]) -> list[float]:
        """Return what sums of rows bring to each column: each sum divided by the root of its count."""
        found = [0.0] * self._width
        for total in totals:
            if count := total >> self._count:
                share, nought = self._scale / sqrt(count), _NOUGHT * count
                for column, lane in enumerate(self._shifts):
                    found[column] += share * ((total >> lane & _MASK) - nought)
        return found

    def weighed(self, total: int, factors: Sequence[float]) -> float:
        """Return the columns of one sum, each times its factor, undivided, as one number."""
        nought = _NOUGHT * (total >> self._count)
        parts = [
            factor * ((total >> lane & _MASK) - nought) for factor, lane in zip(factors, self._shifts, strict=True)
        ]
        return self._scale * sum(parts)


def _abreast(columns: Sequence[bytearray]) -> array[int]:
    """Return the bytes of up to `_ABREAST` columns as numbers, each byte in a lane of twelve bits; then one of nought."""
    spread = bytearray(8 * len(columns[0]))
    for number, column in enumerate(columns):
        at = 3 * number // 2
        if number % 2:
            spread[at::8], spread[at + 1 :: 8] = column.translate(_LOW), column.translate(_HIGH)
        else:
            spread[at::8] = column
    numbers = array("Q", spread)
    if sys.byteorder == "big":
        numbers.byteswap()
    numbers.append(0)
    return numbers
