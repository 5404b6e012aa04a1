"""How figures are said on the command line."""

from __future__ import annotations

import io
import json
import sys

import pytest

from app.cli.say import as_json, sure


@pytest.mark.parametrize(("score", "said"), [(0.9999, "0.99"), (1.0, "0.99"), (0.934, "0.93"), (0.0, "0.00")])
def test_no_verdict_is_quite_sure(score: float, said: str) -> None:
    assert sure(score) == said


@pytest.mark.parametrize(
    "written",
    ['"\\ud800"', '"a\\udc00b"', '"\\udc00\\ud800"', '"\\ud83d\\ude00"', '"\\\\ud800"', '"żółw"', '"\\ud83d\\u00e9"'],
)
def test_a_text_of_half_a_character_comes_back_as_it_was_given(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="utf-8", errors="replace", write_through=True))
    as_json({"id": json.loads(written)})
    assert json.loads(raw.getvalue().decode()) == {"id": json.loads(written)}
