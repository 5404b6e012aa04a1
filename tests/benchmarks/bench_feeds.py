"""Milliseconds per feed of both ways of reading, to mentions with plain text, on a feed of 35 items and 71 KB."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import pytest
from sources.polling import ADDRESS, NOW
from sources.shapes import large_feed

from app.sources.feeds.charset import decode
from app.sources.feeds.entry import Document
from app.sources.feeds.feedparser_reader import read_loosely
from app.sources.feeds.mention_of import mentions_of
from app.sources.feeds.read import read_document
from app.sources.feeds.sniff import look

ROUNDS = 60
TIMES_FASTER = 4
"""What the fast way has to be at least, on any machine; about ten when written. Milliseconds depend on who else works."""


def _mentions(document: object) -> int:
    assert isinstance(document, Document)
    return len(mentions_of(document, source="feed", place="kawaraj.example/feed", address=ADDRESS, now=NOW))


def _milliseconds(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the least and the median time of some rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1_000)
    return min(times), statistics.median(times)


@pytest.mark.benchmark
def test_both_ways_of_reading(capsys: pytest.CaptureFixture[str]) -> None:
    body = large_feed().encode()
    text = look(decode(body)).text
    document = read_document(body)
    rows = {
        "fast: bytes to mentions": _milliseconds(lambda: _mentions(read_document(body)), ROUNDS),
        "  of it: to entries": _milliseconds(lambda: read_document(body), ROUNDS),
        "  of it: entries to mentions": _milliseconds(lambda: _mentions(document), ROUNDS),
        "feedparser: text to mentions": _milliseconds(lambda: _mentions(read_loosely(text, atom=False)), ROUNDS // 6),
    }
    with capsys.disabled():
        print(f"\n{len(body):,} bytes, {_mentions(document)} items; ms per feed, least and median")
        for name, (least, median) in rows.items():
            print(f"{name:32}{least:8.2f}{median:8.2f}")
    fast, patient = rows["fast: bytes to mentions"][0], rows["feedparser: text to mentions"][0]
    assert fast * TIMES_FASTER < patient
