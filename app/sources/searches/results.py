"""The answer of a news search: the mentions in it, or why there are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.core.mention import Mention
from app.core.ports.net import Response
from app.core.ports.source import Poll, Reading
from app.core.problems import Problem
from app.sources.feeds.addresses import host_of
from app.sources.feeds.read import read_feed


def read_results(
    response: Response, poll: Poll, *, source: str, place: str, change: Callable[[Mention], Mention]
) -> Reading:
    """Return what a search brought, each mention as `change` makes it and each key once.

    A page in place of results is a wall against programs: nobody can fill in anything, it is tried again later.
    """
    reading = read_feed(response, poll, source=source, place=place)
    if reading.problem:
        code = "sources.no_results" if reading.problem.code in _NO_RESULTS else reading.problem.code
        problem = Problem(code, {"host": host_of(response.url) or source})
        return replace(reading, problem=problem, suggestions=())
    changed = {mention.key: mention for mention in map(change, reversed(reading.mentions))}
    return replace(reading, mentions=tuple(reversed(changed.values())))


_NO_RESULTS = frozenset({"sources.page_not_feed", "sources.login_page", "sources.nothing_feed", "sources.not_text"})
