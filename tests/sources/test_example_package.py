"""The example package of docs/example-source: installed without a network, found by the registry, heard by a watch."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest
from fakes.web import Web
from hypothesis import given
from hypothesis import strategies as st

from app.core.mention import Mention
from app.core.ports.net import Response
from app.core.ports.source import Poll, Reading, Source
from app.core.watch import Watch, WatchState
from app.listen.poll import poll_watch
from app.sources.registry import GROUP, SourceRegistry

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "example-source"
ADDRESS = "https://www.shop.example/guests.json"
NOW = 1_795_300_000.0

BOOK = [
    {"id": 7, "text": " The cake was stale. ", "name": "Anna K.", "email": "anna@mail.example", "stars": 2,
     "at": "2026-11-20T14:02:00Z", "link": "https://shop.example/guests#7"},
    {"text": "Great bread!", "name": "Jan", "at": "2026-11-19T08:00:00", "stars": 9, "link": "javascript:alert(1)"},
    {"id": 7, "text": "The same id once more."}, {"id": 8, "text": ""}, {"id": 9}, None, 5, [],
]  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the package into a folder of its own: from a copy, so that building leaves nothing in the tree."""
    folder = tmp_path_factory.mktemp("example")
    copy, target = folder / "source", folder / "site"
    shutil.copytree(EXAMPLE, copy)
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--no-deps", "--no-build-isolation", "--no-index", "--quiet",
         "--disable-pip-version-check", "--no-compile", "--target", target, copy],
        check=True, timeout=100, capture_output=True,
    )  # fmt: skip
    return target


@pytest.fixture
def source(installed: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Source]:
    monkeypatch.syspath_prepend(str(installed))
    (found,) = distributions(path=[str(installed)])
    registry = SourceRegistry(lambda: found.entry_points.select(group=GROUP))
    loaded = registry.get("guestbook")
    assert registry.problems() == ()
    assert loaded is not None
    assert loaded in registry.all()
    yield loaded
    sys.modules.pop("counterbell_guestbook", None)


def watch(address: str = ADDRESS) -> Watch:
    return Watch("w1", "Guests", "guestbook", settings={"address": address}, own=True)


def read(source: Source, body: bytes, *, first: bool = False) -> Reading:
    steps: Any = source.poll(Poll(watch(), NOW, bookmark={"kept": "1"}, first=first))
    next(steps)
    with pytest.raises(StopIteration) as stop:
        steps.send(Response(ADDRESS, 200, {}, body))
    reading: Reading = stop.value.value
    return reading


def test_a_book_is_read_by_a_poll_like_that_of_any_source(source: Source) -> None:
    web = Web()
    web.pages[ADDRESS] = json.dumps({"entries": BOOK})
    reached = poll_watch(watch(), WatchState("w1"), source, web, now=NOW)  # type: ignore[arg-type]
    assert reached.problem is None
    first, second = reached.mentions
    assert first == Mention(
        "guestbook", "7", "https://shop.example/guests#7", "", "The cake was stale.", "Anna K.", "anna@mail.example",
        "shop.example", 1_795_183_320.0, stars=2.0,
    )  # fmt: skip
    assert (second.text, second.url, second.stars, second.published) == ("Great bread!", "", None, 1_795_075_200.0)
    assert second.key.startswith("words-")
    again = poll_watch(watch(), reached.state, source, web, now=NOW + 3600)  # type: ignore[arg-type]
    assert (again.mentions, again.problem) == ((), None)


def test_the_first_poll_takes_the_newest_hundred_of_a_week(source: Source) -> None:
    book = [{"id": n, "text": f"Entry {n}", "at": "2026-11-21T00:00:00Z"} for n in range(150)]
    old = {"id": "old", "text": "Long ago", "at": "2026-01-01T00:00:00Z"}
    assert len(read(source, json.dumps([*book, old]).encode(), first=True).mentions) == 100
    assert len(read(source, json.dumps([*book, old]).encode()).mentions) == 151


def test_addresses_are_checked_tidied_and_compared(source: Source) -> None:
    assert source.check({"address": ADDRESS}) is None
    for wrong in (
        "",
        "ftp://shop.example/x",
        "https://",
        "https://a b.example",
        "https://u:p@shop.example/",
        "https://[x",
    ):
        problem = source.check({"address": wrong})
        assert problem is not None, wrong
        assert problem.code == "net.bad_address"
    tidied = source.tidy({"address": " shop.example/guests.json "})
    assert tidied == source.tidy(tidied) == {"address": "https://shop.example/guests.json"}
    assert source.place({"address": "shop.example/Guests/"}) == source.place({"address": "http://shop.example/guests"})


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "text", "name", "at", "stars", "link", "email", "entries"]), inner, max_size=6
        )
    ),
    max_leaves=20,
)


@given(JUNK, st.binary(max_size=60))
def test_whatever_is_sent_is_mentions_or_a_problem(installed: Path, junk: object, raw: bytes) -> None:
    sys.path.insert(0, str(installed))
    try:
        from counterbell_guestbook import SOURCE  # type: ignore[import-not-found]
    finally:
        sys.path.remove(str(installed))
    for body in (json.dumps(junk).encode(), raw):
        reading = read(SOURCE, body)
        assert reading.problem is None or reading.problem.code == "sources.broken_answer"
        assert dict(reading.bookmark) == {"kept": "1"}
        assert all(one.text and one.key for one in reading.mentions)


def test_an_empty_or_endlessly_nested_answer_is_told(source: Source) -> None:
    for body in (b"", b"[" * 100_000, b'{"entries": {}}'):
        problem = read(source, body).problem
        assert problem is not None
        assert problem.code == "sources.broken_answer"


class _Guests(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = json.dumps(BOOK).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class calls it so
        """Say nothing."""


@pytest.fixture
def served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Guests)
    thread = threading.Thread(target=server.serve_forever, args=(0.005,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/guests.json"
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_real_program_adds_a_watch_with_it_and_hears(installed: Path, served: str, tmp_path: Path) -> None:
    def counterbell(*argv: str) -> list[dict[str, Any]]:
        done = subprocess.run(
            [sys.executable, "-m", "app", *argv, "--profile", str(tmp_path), "--json"],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(installed), "LANG": "C"},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    (kept,) = counterbell(
        "watch",
        "add",
        "--source",
        "guestbook",
        "--set",
        f"address={served}",
        "--name",
        "Guests",
        "--own",
        "--allow-private",
    )
    assert (kept["source"], kept["settings"]) == ("guestbook", {"address": served})
    heard = counterbell("listen", "--once", "--all")
    assert sorted(one["text"] for one in heard) == ["Great bread!", "The cake was stale."]
    assert {one["source"] for one in heard} == {"guestbook"}
