"""A command at the old place of a profile that was moved finds none, and begins none there."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from app.bootstrap.main import start
from app.cli.office import FAILED, WATCH_FAILED


@pytest.mark.parametrize("command", [["inbox"], ["watch", "list", "--json"], ["doctor"], ["log", "Anna"]], ids=" ".join)
def test_a_look_begins_no_profile(tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "old place"
    assert start([*command, "--profile", str(old)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert str(old) in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("where", [["blog"], ["--url", "https://127.0.0.1:1/feed"]], ids=" ".join)
def test_a_test_begins_no_profile(
    tmp_path: Path, where: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    mistyped = tmp_path / "counterbel"
    assert start(["watch", "test", *where, "--profile", str(mistyped)]) in {FAILED, WATCH_FAILED}
    assert str(mistyped) in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
