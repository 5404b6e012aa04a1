"""A problem in a sentence."""

from __future__ import annotations

from datetime import UTC, datetime

from app.core.problems import Problem
from app.words.problems import sentence


def test_until_when_a_host_wants_to_be_left_alone_stands_behind_the_sentence() -> None:
    moment = datetime(2027, 1, 15, 14, 32, tzinfo=UTC)
    plain = sentence(Problem("net.rate_limited", {"host": "h"}))
    said = sentence(Problem("net.rate_limited", {"host": "h"}, moment.timestamp()))
    assert said.startswith(f"{plain} ")
    assert moment.astimezone().strftime("%H:%M") in said
