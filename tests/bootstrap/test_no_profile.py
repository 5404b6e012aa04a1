"""A command at the old place of a profile that was moved finds none, and begins none there."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.bootstrap.main import start


@pytest.mark.parametrize("command", [["inbox"], ["watch", "list", "--json"], ["doctor"], ["log", "Anna"]], ids=" ".join)
def test_a_look_begins_no_profile(tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "old place"
    assert start([*command, "--profile", str(old)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert str(old) in err
    assert list(tmp_path.iterdir()) == []
