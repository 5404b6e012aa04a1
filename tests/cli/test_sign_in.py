"""«watch sign-in», and secrets out of files: never out of the command line itself."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from fakes.commands import Shop
from fakes.signing_page import CODE, TOKEN, SigningPage

from app.cli import sign_in
from app.core.ports.net import Request
from app.core.ports.source import Poll, Reading, Steps
from app.core.problems import Problem

KEY = "-----BEGIN PRIVATE KEY-----\nMIGT\nAgEA\n-----END PRIVATE KEY-----"
PAGE = "https://b.example/feed"
ADD = ("watch", "add", "--source", "page", "--url", PAGE, "--no-check")


@pytest.fixture
def naps(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []
    monkeypatch.setattr(sign_in.time, "sleep", slept.append)
    shop.counter.profile.source = SigningPage()
    shop.counter.desk = shop.counter.open_desk()
    shop.page(CODE, "ABC-123")
    return slept


def test_the_code_is_shown_and_the_session_goes_to_the_keyring(shop: Shop, naps: list[float]) -> None:
    answers = ["wait", "s3ss10n"]
    shop.page(TOKEN, lambda: answers.pop(0))
    said = shop("watch", "sign-in", "A")
    assert (said.code, said.out) == (0, "Open https://a.example/confirm and confirm the code ABC-123.\n")
    assert said.err == "It is good for 10 minutes.\nSigned in: A.\n"
    assert naps == [5.0, 5.0]
    assert shop.counter.profile.secrets.kept == {("a", "session"): "s3ss10n"}
    (kept,) = shop.counter.shop.watches()
    assert kept.settings["has_session"] == "1"
    assert "s3ss10n" not in (shop.counter.profile.folder / "shop.json").read_text()


def test_a_sign_in_that_fails_changes_nothing(shop: Shop, naps: list[float]) -> None:
    shop.page(TOKEN, "no")
    said = shop("watch", "sign-in", "A", "--json")
    assert (said.code, said.rows) == (1, [{"code": "ABC-123", "address": "https://a.example/confirm", "seconds": 600}])
    assert "refused on the page of a.example" in said.err
    assert shop.counter.profile.secrets.kept == {}
    assert shop("watch", "sign-in", "nobody").code == 1


def test_a_watch_that_needs_a_sign_in_is_added_first(shop: Shop, naps: list[float]) -> None:
    def poll(_poll: Poll) -> Steps:
        yield Request(PAGE)
        return Reading(problem=Problem("sources.needs_sign_in", {"host": "b.example"}))

    shop.counter.profile.source.poll = poll  # type: ignore[method-assign]
    shop.page(PAGE, "x")
    shop.page(TOKEN, "s3ss10n")
    said = shop("watch", "add", "--source", "page", "--url", PAGE, "--name", "Oceny")
    assert said.code == 0
    assert "b.example wants you to sign in first" in said.err
    assert shop("watch", "sign-in", "Oceny").code == 0


def test_a_place_without_a_sign_in_says_so(shop: Shop) -> None:
    said = shop("watch", "sign-in", "A")
    assert (said.code, said.out) == (1, "")
    assert "does not offer sign-in with a code" in said.err


def test_a_whole_file_is_taken_as_a_secret_and_never_printed(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "AuthKey.p8"
    file.write_text(f"\ufeff{KEY}\n", encoding="utf-8")
    said = shop(*ADD, "--secret-file", f"password={file}", "--json")
    assert said.code == 0
    assert list(shop.counter.profile.secrets.kept.values()) == [KEY]
    assert "MIGT" not in said.out + said.err


def test_standard_input_is_taken_whole(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{KEY}\n"))
    assert shop(*ADD, "--secret-file", "password=-").code == 0
    assert list(shop.counter.profile.secrets.kept.values()) == [KEY]


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("password", "does not name a secret and a file"),
        ("=x", "does not name a secret and a file"),
        ("password={missing}", "cannot be read"),
        ("password={empty}", "contains no key"),
        ("password={picture}", "contains no key"),
        ("password={long}", "contains no key"),
    ],
)
def test_what_is_no_key_is_said(
    shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str], named: str, words: str
) -> None:
    files = {name: tmp_path / name for name in ("missing", "empty", "picture", "long")}
    files["empty"].write_text(" \n")
    files["picture"].write_bytes(b"\x89PNG\xff\xff")
    files["long"].write_text("x" * 70_000)
    with pytest.raises(SystemExit) as ended:
        shop(*ADD, "--secret-file", named.format(**files))
    assert ended.value.code == 2
    assert words in " ".join(capsys.readouterr().err.split())
    assert shop.counter.profile.secrets.kept == {}
