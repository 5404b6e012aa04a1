"""500 feeds of 35 items on loopback, cold and unchanged, through the installed command; beside it a plain loop."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import feedparser
import pytest
import requests
from benchmarks import corpus, profiles

FEEDS, ITEMS = 500, 35
COMMAND = Path(sys.executable).with_name("counterbell")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with corpus.serving(FEEDS, ITEMS) as number:
        yield number


def _speed() -> float:
    """Return how long this machine takes for the same plain work now: shared machines differ from minute to minute."""
    begun = time.perf_counter()
    total = 0
    for number in range(5_000_000):
        total += number * number
    return time.perf_counter() - begun


def _round(profile: Path) -> tuple[float, int]:
    begun = time.perf_counter()
    done = subprocess.run(
        [COMMAND, "listen", "--once", "--all", "--json", "--profile", profile], capture_output=True, check=True
    )
    return time.perf_counter() - begun, len(done.stdout.splitlines())


def _plain_loop(port: int, feeds: int) -> float:
    """Fetch with requests in 8 threads and parse with feedparser, storing and judging nothing."""

    def one(number: int) -> int:
        body = requests.get(profiles.address(number, port), timeout=20).content
        return len(feedparser.parse(io.BytesIO(body)).entries)

    begun = time.perf_counter()
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(feeds))) == feeds * ITEMS
    return time.perf_counter() - begun


@pytest.mark.benchmark
@pytest.mark.timeout(900)
def test_500_feeds(port: int, tmp_path: Path) -> None:
    profile = profiles.with_watches(tmp_path / "p", port, FEEDS)
    before = _speed()
    cold, heard = _round(profile)
    assert heard == FEEDS * ITEMS
    unchanged = min(_round(profile)[0] for _ in range(3))
    corpus.turn(port)
    changed, new = _round(profile)
    assert new == FEEDS
    plain = _plain_loop(port, 50) * FEEDS / 50
    print(f"\nfive million additions in plain Python take {before:.2f} s before and {_speed():.2f} s after")
    print(f"{FEEDS} feeds, {heard} mentions, whole command with its start    seconds")
    print(f"  cold: fetched, parsed, judged, stored, searchable, printed  {cold:8.2f}")
    print(f"  one new mention in each feed                                {changed:8.2f}")
    print(f"  unchanged                                                   {unchanged:8.2f}")
    print(f"  requests and feedparser alone, in 8 threads (of 50 feeds)   {plain:8.2f}")
