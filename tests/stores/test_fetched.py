"""Answers on their way from a watch test to a first poll."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from app.core.ports.fetched import KEPT_FOR
from app.core.ports.net import Response
from app.core.watch import Validators
from app.stores.fetched import FetchedAnswers

ANSWER = Response(
    "https://a.example/feed",
    200,
    {"content-type": "text/xml", "etag": 'W/"ż"'},
    "Zażółć\0".encode() + b"\xff",
    moved="https://b.example/",
    validators=Validators('W/"ż"', "Monday", "h", 5.0),
    fresh_for=7.0,
)


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def test_an_answer_comes_back_whole_and_once(tmp_path: Path) -> None:
    fetched = FetchedAnswers(tmp_path / "f", Clock())
    fetched.keep("a1", ANSWER)
    assert [path.stat().st_mode & 0o077 for path in (tmp_path / "f").iterdir()] == [0]
    assert fetched.take("other") is None
    assert fetched.take("a1") == ANSWER
    assert fetched.take("a1") is None
    assert not list((tmp_path / "f").iterdir())


@pytest.mark.parametrize(("later", "given"), [(KEPT_FOR, True), (KEPT_FOR + 1, False), (-1.0, False)])
def test_only_for_a_while_and_not_where_the_clock_was_put_back(tmp_path: Path, later: float, given: bool) -> None:
    clock = Clock()
    fetched = FetchedAnswers(tmp_path / "f", clock)
    fetched.keep("a1", ANSWER)
    clock.now += later
    assert (fetched.take("a1") is not None) is given


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"7", b"{}", b'{"at": 1}', b"\xff", b'{"at": "x", "body": 5}'])
def test_what_is_no_answer_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a1.json").write_bytes(content)
    assert FetchedAnswers(tmp_path).take("a1") is None


def test_what_is_too_old_goes_and_all_at_once_where_somebody_is_forgotten(tmp_path: Path) -> None:
    clock = Clock()
    clock.now = time.time()
    fetched = FetchedAnswers(tmp_path / "f", clock)
    fetched.tidy()
    fetched.clear()
    assert not (tmp_path / "f").exists()
    for mark, age in (("old", KEPT_FOR + 60), ("new", 0)):
        fetched.keep(mark, ANSWER)
        os.utime(tmp_path / "f" / f"{mark}.json", (clock.now - age,) * 2)
    (tmp_path / "f" / "0").mkdir()  # what cannot be removed keeps nothing else
    os.utime(tmp_path / "f" / "0", (0, 0))
    fetched.tidy()
    assert {path.name for path in (tmp_path / "f").iterdir()} == {"0", "new.json"}
    fetched.clear()
    assert {path.name for path in (tmp_path / "f").iterdir()} == {"0"}


def test_what_cannot_be_kept_is_not(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("a file, no folder")
    fetched = FetchedAnswers(tmp_path / "f")
    fetched.keep("a1", ANSWER)
    fetched.tidy()
    assert fetched.take("a1") is None
