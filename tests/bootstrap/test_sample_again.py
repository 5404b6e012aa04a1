"""A second start on the sample shop shows the first one and leaves its profile alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.bootstrap import window
from app.stores.paths import socket_name


def test_a_sample_shop_that_runs_is_shown_not_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "counterbell-sample"
    own.mkdir()
    kept = own / "shop.json"
    kept.write_text("{}")
    sent: list[tuple[str, str]] = []
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    monkeypatch.setattr(window, "default_profile", lambda: tmp_path / "counterbell")
    monkeypatch.setattr(window, "try_send", lambda *call: not sent.append(call))
    assert window.start_window(None, hidden=False, sample=True, started=time.time()) == 0
    assert sent == [(socket_name(own), "show")]
    assert kept.read_text() == "{}"
    assert list(own.iterdir()) == [kept]
