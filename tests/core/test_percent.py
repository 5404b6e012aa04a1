"""Shares in whole percent."""

from __future__ import annotations

import pytest

from app.core.percent import whole_percent


@pytest.mark.parametrize(
    ("percent", "told"),
    [
        (12.5, 13),
        (100 / 8, 13),
        (0.285 * 100, 29),
        (37.5, 38),
        (12.4999, 12),
        (99.9, 99),
        (100.0, 100),
        (99.5, 99),
        (0.0, 0),
        (0.04, 1),
        (200 / 3, 67),
        (50.0, 50),
    ],
)
def test_halves_go_up_and_all_and_none_are_only_what_is_so(percent: float, told: int) -> None:
    assert whole_percent(percent) == told
