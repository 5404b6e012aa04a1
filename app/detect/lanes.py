"""Adds up rows of a weight table, all columns at once: each column has a lane of one long number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt

from app.detect.weights import HEAVIEST, ZERO, Table

_BYTES = 3
_LANE = 8 * _BYTES
_MASK = (1 << _LANE) - 1
"""Three bytes hold the sum of 8,000 weights, more than the parts of words of the longest text."""

_NOUGHT = 1_024
"""What stands for a weight of nought in a lane: more than `HEAVIEST`, so that no lane ever falls below nought."""

_LOW = bytes((byte - ZERO + _NOUGHT) & 255 for byte in range(256))
_HIGH = bytes((byte - ZERO + _NOUGHT) >> 8 for byte in range(256))


class Lanes:
    """The rows of `table` as long numbers. A sum of rows has one lane more, with their count.

    Adding such numbers adds all columns at once, which is what makes plain Python quick enough.
    """

    def __init__(self, table: Table) -> None:
        width = len(table.columns)
        spread = bytearray(len(table.rows) * _BYTES)
        spread[::_BYTES] = table.rows.translate(_LOW)
        spread[1::_BYTES] = table.rows.translate(_HIGH)
        self._size = size = width * _BYTES
        for row, weights in table.heavy.items():
            lanes = [max(-HEAVIEST, min(HEAVIEST, weight)) + _NOUGHT for weight in weights]
            spread[row * size : row * size + size] = b"".join(lane.to_bytes(_BYTES, "little") for lane in lanes)
        self._spread = bytes(spread)
        self._last = (1 << table.bits) - 1
        self._scale = table.scale
        self._width = width
        self._shifts = tuple(_LANE * column for column in range(width))
        self._count = _LANE * width
        self._bits = _LANE * (width + 1)

    def total(self, rows: Sequence[int]) -> int:
        """Return the sum of rows."""
        spread, size, last = self._spread, self._size, self._last
        whole = int.from_bytes
        found = [whole(spread[(row & last) * size : (row & last) * size + size], "little") for row in rows]
        return sum(found) + (len(rows) << self._count)

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
