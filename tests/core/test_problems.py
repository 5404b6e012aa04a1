"""Problems that are nobody's fault."""

from __future__ import annotations

import errno
import math
import os

import pytest

from app.core.problems import Problem, ProblemError, problem_of, reason_of, shortage_of


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
    assert Problem(code).is_blameless == (offline or wait)


def test_a_problem_can_be_carried_out_of_a_call() -> None:
    problem = Problem("stores.disk_full", {"free": 0})
    with pytest.raises(ProblemError, match=r"stores\.disk_full") as caught:
        raise ProblemError(problem)
    assert caught.value.problem is problem


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.ENOENT, "missing"), (errno.EACCES, "denied"), (errno.ENOSPC, "full"), (errno.EIO, "Input/output error")],
)
def test_why_a_file_was_refused_is_a_word_of_ours_where_we_have_one(number: int, reason: str) -> None:
    assert reason_of(OSError(number, os.strerror(number))) == reason


def test_a_refusal_without_a_number_is_told_by_its_kind() -> None:
    assert reason_of(OSError()) == "OSError"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (MemoryError(), "core.no_memory"),
        (OSError(errno.ENOMEM, ""), "core.no_memory"),
        (OSError(errno.EMFILE, ""), "core.no_files"),
        (OSError(errno.ENFILE, ""), "core.no_files"),
        (RuntimeError("can't start new thread"), "core.no_memory"),
        (RuntimeError("can't allocate lock"), "core.no_memory"),
    ],
)
def test_what_this_laptop_is_short_of_is_nobodys_fault(error: Exception, code: str) -> None:
    short = shortage_of(error)
    assert short == Problem(code)
    assert short.is_shortage
    assert short.is_blameless
    assert not short.is_offline


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, ""), RuntimeError("another"), ValueError(), OSError()])
def test_other_errors_are_no_shortage(error: Exception) -> None:
    assert shortage_of(error) is None


@pytest.mark.parametrize(
    "number", [10**400, -(10**400), math.inf, -math.inf, math.nan, None, [1]], ids=lambda one: str(one)[:5]
)
def test_what_is_no_number_to_reckon_with_is_left_out(number: object) -> None:
    kept = {"code": "net.timeout", "args": {"host": "a.example", "seconds": number}, "retry_at": number}
    assert problem_of(kept) == Problem("net.timeout", {"host": "a.example"})


@pytest.mark.parametrize("number", [0, -1, 2**70, 0.5, 1.7e308])
def test_every_other_number_stays(number: float) -> None:
    assert problem_of({"code": "x", "args": {"n": number}, "retry_at": number}) == Problem("x", {"n": number}, number)
