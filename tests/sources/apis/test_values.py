"""Values out of JSON, addresses of servers and Markdown: whatever is wrong comes out empty."""

from __future__ import annotations

import json
import time

import pytest

from app.core.ports.net import Response
from app.sources.apis.markdown import markdown_text
from app.sources.apis.server import base_of, path_of, server_problem, usual_problem
from app.sources.apis.values import id_at, json_of, key_of, language_of, moment_at, number_at, rows_at, text_at

NOW = 1_795_300_000.0


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000, b"9" * 10_000, b"\xff\xfe", b"nonsense"])
def test_what_is_no_json_is_none(body: bytes) -> None:
    assert json_of(body) is None


def test_values_of_a_wrong_type_are_empty() -> None:
    found = json.loads(
        '{"a": {"b": "x", "n": 7, "t": true, "big": 1e300, "list": [1, {"c": 2}, null]}, "id": "\\ud800"}'
    )
    assert text_at(found, "a", "b") == "x"
    assert text_at(found, "a", "n") == text_at(found, "a", "b", "c") == text_at(None, "a") == ""
    assert (id_at(found, "a", "n"), id_at(found, "a", "t"), id_at(found, "id")) == ("7", "", "")
    assert (number_at(found, "a", "n"), number_at(found, "a", "t"), number_at(found, "a", "big")) == (7.0, None, None)
    assert rows_at(found, "a", "list") == ({"c": 2},)
    assert rows_at(found, "a") == ()


@pytest.mark.parametrize(
    ("written", "moment"),
    [(1795165951, 1795165951.0), ("2026-11-20T09:12:31Z", 1795165951.0), ("2026-11-20T09:12:31.5+00:00", 1795165951.0), (-5, None), (9e14, None), (True, None), ("soon", None), (None, None)],
)  # fmt: skip
def test_moments(written: object, moment: float | None) -> None:
    assert moment_at({"at": written}, NOW, "at") == moment


def test_keys_and_languages() -> None:
    assert key_of("https://a.example/1") == "https://a.example/1"
    assert key_of("x" * 5_000).startswith("hash:")
    assert [language_of(tag) for tag in ("pl-PL", "EN", "zh_Hant", "", "polski", "p", "żż")] == [
        "pl",
        "en",
        "zh",
        "",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        ("Forum.Example", "https://forum.example"),
        ("http://localhost:8086/x", "http://localhost:8086"),
        ("https://forum.example:443/c/1", "https://forum.example"),
        ("//forum.example", "https://forum.example"),
        ("localhost:2583", "https://localhost:2583"),
        ("https://[::1]:90/", "https://[::1]:90"),
        ("https://[::1", ""),
        ("ftp://forum.example", ""),
        ("forum.example:port", ""),
        ("", ""),
    ],
)
def test_servers(typed: str, base: str) -> None:
    assert base_of(typed) == base
    assert (server_problem(typed) is None) == bool(base)
    assert base_of(base) == base


def test_paths_and_statuses() -> None:
    assert path_of("forum.example/c/a/7/?x=1#y") == "c/a/7"
    codes = [usual_problem(Response("https://a.example/x?key=1", status)) for status in (401, 404, 410, 418, 500)]
    assert [problem.code for problem in codes] == [
        "watch.denied",
        "watch.not_found",
        "watch.gone",
        "watch.bad_status",
        "watch.server_error",
    ]
    assert codes[0].args == {"status": 401, "host": "a.example"}


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("**Never** _again_ *really* ~~no~~ `code`", "Never _again_ really no code"),
        ('![a cup](https://x.example/i.png) [shop](https://x.example/a_b "t")', "a cup shop"),
        ("# Title\n> quoted\n>> twice\n* one\n- two\n1. three", "Title\n> quoted\n> twice\n• one\n• two\n1. three"),
        ("2 * 3 * 4, snake_case and a\\*b &amp; c", "2 * 3 * 4, snake_case and a*b & c"),
    ],
)
def test_markdown(written: str, plain: str) -> None:
    assert markdown_text(written) == plain


@pytest.mark.parametrize("flood", ["[", "[a](", "![](", "*", "**a", "> ", "\\", "`", "[" + "a" * 500, "# "])
def test_markdown_floods_take_no_time(flood: str) -> None:
    start = time.thread_time()
    markdown_text(flood * (2_000_000 // len(flood)))
    assert time.thread_time() - start < 5.0
