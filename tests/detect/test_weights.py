"""The weights file: written, read, damaged; and the sums that are made of it."""

from __future__ import annotations

from math import sqrt
from pathlib import Path

import pytest
from detect.resources_folder import RESOURCES
from hypothesis import given
from hypothesis import strategies as st

from app.core.problems import Problem
from app.core.verdict import Cause, Kind, Severity
from app.detect.detector import KINDS, TRAITS
from app.detect.hashed import BITS, row_of
from app.detect.lanes import Lanes
from app.detect.weights import HEAVIEST, ZERO, Table, has_bit, pack, read_weights, unpack
from app.detect.wording import EVEN, STEPS

SMALL = Table(("a", "b"), bytes([ZERO, ZERO, 255, 0, 130, 100, ZERO, ZERO]), 0.5, {3: (900, -1000)})
VALUES = {0: (0.0, 0.0), 1: (63.5, -64.0), 2: (1.0, -14.0), 3: (450.0, -500.0)}


def test_what_is_packed_comes_back() -> None:
    found = unpack(pack({"bias": [0.25]}, SMALL, SMALL, b"\x05", b"\x80\x81\x00\xff"))
    assert found.header["bias"] == [0.25]
    assert (found.kinds, found.traits) == (SMALL, SMALL)
    assert found.kinds.bits == 2
    assert found.wording == b"\x80\x81\x00\xff"
    assert [has_bit(found.usual, number) for number in range(10)] == [n in {0, 2, 8, 9} for n in range(10)]


@pytest.mark.parametrize("damage", [b"", b"something else", None])
def test_a_damaged_file_is_told(tmp_path: Path, damage: bytes | None) -> None:
    whole = pack({}, SMALL, SMALL, b"", b"\x80\x80\x80\x80")
    path = tmp_path / "weights.bin"
    path.write_bytes(whole[:-20] if damage is None else damage)
    assert read_weights(path) == Problem("detect.no_weights", {"file": "weights.bin"})


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert isinstance(read_weights(tmp_path / "weights.bin"), Problem)


def test_the_shipped_weights_fit_the_program() -> None:
    weights = read_weights(RESOURCES / "detect" / "weights.bin")
    assert not isinstance(weights, Problem)
    assert weights.kinds.columns == tuple(kind.value for kind in KINDS)
    assert weights.kinds.bits == BITS
    assert 8 * len(weights.usual) == 1 << BITS
    for word in (b"waited", b"refund", b"reklamacja", b"dostavka"):
        assert has_bit(weights.usual, row_of(word))
    assert not has_bit(weights.usual, row_of(b"bundesliga"))
    assert len(weights.wording) == 1 << BITS
    for word in (b"refund", b"reklamacje", b"vozvrat"):
        assert weights.wording[row_of(word)] > EVEN + STEPS
    for word in (b"president", b"minister", b"wojna"):
        assert weights.wording[row_of(word)] < EVEN - STEPS
    assert weights.traits.columns == TRAITS
    assert set(KINDS) == set(Kind)
    assert len(TRAITS) == len(Cause) + len(Severity)
    assert (RESOURCES / "detect" / "weights.bin").stat().st_size < 10_000_000


@given(st.lists(st.integers(0, 1 << 20), max_size=200), st.lists(st.integers(0, 1 << 20), max_size=50))
def test_lanes_add_up_as_plain_sums_do(one: list[int], two: list[int]) -> None:
    lanes = Lanes(SMALL)
    found = lanes.weights((lanes.total(one), lanes.total(two)))
    plain = [
        sum(sum(VALUES[row & 3][column] for row in rows) / sqrt(len(rows)) for rows in (one, two) if rows)
        for column in (0, 1)
    ]
    assert found == pytest.approx(plain)
    assert lanes.weighed(lanes.total(one), (1.0, -2.0)) == pytest.approx(
        sum(VALUES[row & 3][0] - 2.0 * VALUES[row & 3][1] for row in one)
    )
    assert lanes.count(lanes.total(one)) == len(one)


def test_the_longest_text_of_the_heaviest_rows_overflows_no_lane() -> None:
    lanes = Lanes(Table(("a", "b"), SMALL.rows, 1.0, {3: (HEAVIEST, -HEAVIEST)}))
    rows = [3] * 6_000
    assert lanes.weights([lanes.total(rows)]) == pytest.approx([HEAVIEST * sqrt(6_000), -HEAVIEST * sqrt(6_000)])
