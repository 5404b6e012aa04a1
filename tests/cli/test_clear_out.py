"""What an uninstaller asks for: no password stays in the keyring."""

from __future__ import annotations

import io
import sys

import pytest
from fakes.commands import Shop

from app.core.problems import Problem

PAGE = "https://b.example/feed"


def test_no_watch_and_no_password_stays(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("s3cret\n"))
    assert shop("watch", "add", "--source", "page", "--no-check", "--url", PAGE, "--secret", "password").code == 0
    assert shop.counter.profile.secrets.kept
    assert shop("--clear-out").code == 0
    assert shop.counter.profile.secrets.kept == {}
    assert shop("watch", "list", "--json").rows == []


def test_where_no_profile_is_there_is_nothing_to_clear_out(shop: Shop) -> None:
    shop.absent = Problem("stores.no_profile", {"path": "/p"})
    said = shop("--clear-out")
    assert (said.code, said.err, shop.profiles) == (0, "", [])


def test_a_profile_that_does_not_open_is_told(shop: Shop) -> None:
    shop.broken = Problem("stores.profile_unusable", {"path": "/p"})
    said = shop("--clear-out")
    assert said.code == 1
    assert "/p" in said.err
