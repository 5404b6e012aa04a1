"""Replies of the shop as sources are asked to post them, and looks for them, without any network."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import replace
from typing import Any

from sources.place import NOW

from app.core.mention import Mention
from app.core.ports.answer import Answer
from app.core.ports.net import Request, Response
from app.core.watch import Watch


def reply_to(
    mention: Mention,
    secrets: Mapping[str, str],
    settings: Mapping[str, str] | None = None,
    *,
    text: str = "Dzień dobry, bardzo przepraszamy. Już szukamy paczki.",
    where: str = "",
) -> Answer:
    """Return a reply that was begun an hour ago."""
    watch = Watch("w1", "Nasz", mention.source, settings=settings or {}, own=True)
    return Answer("reply-1", text, mention, watch, NOW, NOW - 3_600, secrets, where)


def went(steps: Generator[Any, Any, Any], serve: Callable[[Request], Response]) -> tuple[list[Request], Any]:
    """Return what was asked and what came of it; a refusal that is not asked for fails the test."""
    asked: list[Request] = []
    try:
        request = next(steps)
        while len(asked) < 20:
            asked.append(request)
            response = serve(request)
            assert response.status < 400 or response.status in request.errors
            request = steps.send(response if response.url else replace(response, url=request.url))
    except StopIteration as stop:
        return asked, stop.value
    raise AssertionError("a conversation without end")
