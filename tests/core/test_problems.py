"""Problems that are nobody's fault."""

from __future__ import annotations

import pytest

from app.core.problems import Problem, ProblemError


@pytest.mark.parametrize(
    ("code", "offline", "wait"),
    [
        ("net.offline", True, False),
        ("net.waiting", False, True),
        ("net.rate_limited", False, True),
        ("net.timeout", False, False),
    ],
)
def test_what_is_counted_against_nobody(code: str, offline: bool, wait: bool) -> None:
    assert (Problem(code).is_offline, Problem(code).is_wait) == (offline, wait)


def test_a_problem_can_be_carried_out_of_a_call() -> None:
    problem = Problem("stores.disk_full", {"free": 0})
    with pytest.raises(ProblemError, match=r"stores\.disk_full") as caught:
        raise ProblemError(problem)
    assert caught.value.problem is problem
