"""Ctrl+C ends the program without a trace, however early it comes."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from app.__main__ import main


@pytest.mark.parametrize("when", ["loading", "running"])
def test_ctrl_c_leaves_no_trace(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], when: str) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    loaded = ModuleType("app.bootstrap.main")
    setattr(loaded, "__getattr__" if when == "loading" else "start", interrupted)
    monkeypatch.setitem(sys.modules, "app.bootstrap.main", loaded)
    assert main() == 1
    assert capsys.readouterr() == ("", "")
