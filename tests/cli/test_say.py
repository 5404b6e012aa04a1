"""How figures are said on the command line."""

from __future__ import annotations

import pytest

from app.cli.say import sure


@pytest.mark.parametrize(("score", "said"), [(0.9999, "0.99"), (1.0, "0.99"), (0.934, "0.93"), (0.0, "0.00")])
def test_no_verdict_is_quite_sure(score: float, said: str) -> None:
    assert sure(score) == said
