"""Standard input: read whole, and told in a sentence where there is none."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.commands import Shop

from app.cli.standard_input import text_of
from app.core.problems import Problem
from app.stores.paths import prepare_profile

COMMANDS = (
    ("reply", "posted", "1", "-"),
    ("reply", "send", "1", "-"),
    ("mention", "add", "--text", "-"),
    ("learning", "import", "-"),
    ("detect",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_closed_one_is_told(shop: Shop, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]) -> None:
    shop.counter.say("Anna", "The bread was awful.")
    closed = io.TextIOWrapper(io.BytesIO())
    closed.close()
    for stream in (None, closed):
        monkeypatch.setattr(sys, "stdin", stream)
        said = shop(*command)
        assert (said.code, said.out) == (2, "")
        assert said.err == "Standard input cannot be read. Redirect a file or a pipe into the command.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="closed otherwise there")
def test_the_real_program_says_so(tmp_path: Path) -> None:
    prepare_profile(tmp_path)
    words = [sys.executable, "-m", "app", "reply", "posted", "1", "-", "--profile", str(tmp_path)]
    said = subprocess.run(["sh", "-c", '"$@" <&-', "sh", *words], capture_output=True, timeout=60, check=False)
    assert said.returncode == 2
    assert said.stderr.count(b"\n") == 1


def test_what_is_no_text_of_its_encoding_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Bu\xb3ki"), encoding="utf-8"))
    assert text_of("-") == "Bu\ufffdki"
    assert text_of("--") == "--"
    monkeypatch.setattr(sys, "stdin", None)
    assert text_of("-") == Problem("cli.no_input")


def test_stars_that_are_none_are_told_and_the_line_is_judged(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    line = b'{"id": 1, "text": "The bread was awful.", "stars": 9}'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line)))
    said = shop("detect")
    assert (said.code, [row["id"] for row in said.rows]) == (0, [1])
    assert "The stars in line 1" in said.err
