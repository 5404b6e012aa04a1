"""One poll of the feed source with a given answer, without any network."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading
from app.core.watch import Watch
from app.sources.catalog.feed import SOURCE

ADDRESS = "https://kawaraj.example/feed/"
NOW = 1_795_300_000.0
"""Unix seconds: 22 November 2026, the day after the samples were recorded."""


def polled(
    body: bytes | str,
    content_type: str = "application/xml",
    *,
    address: str = ADDRESS,
    final: str = "",
    settings: Mapping[str, str] | None = None,
    secrets: Mapping[str, str] | None = None,
    first: bool = False,
    unchanged: bool = False,
    bookmark: Mapping[str, str] | None = None,
) -> tuple[Request, Reading]:
    """Return what the source asked for, and what it made of the answer."""
    watch = Watch("w1", "Opinie", "feed", settings={"url": address, **(settings or {})})
    poll = Poll(watch, NOW, bookmark=bookmark or {"kept": "as it was"}, secrets=secrets or {}, first=first)
    steps = SOURCE.poll(poll)
    request = next(steps)
    body = body.encode() if isinstance(body, str) else body
    try:
        steps.send(Response(final or address, 200, {"content-type": content_type}, body, unchanged=unchanged))
    except StopIteration as stop:
        reading = stop.value
        assert isinstance(reading, Reading)
        return request, reading
    raise AssertionError("one request is all a feed needs")
