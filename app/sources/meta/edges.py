"""One poll of an account at Facebook or Instagram: its lists of posts, then what is left of long lists of comments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Steps
from app.core.problems import Problem
from app.sources.apis.server import broken
from app.sources.apis.told import NAME as TOLD
from app.sources.apis.told import Told
from app.sources.apis.values import Row, rows_at
from app.sources.apis.walk import tried
from app.sources.meta.comments import Onward, Rest, kept_left, left_in, read_rests
from app.sources.meta.graph import found_in, usage_wait


@dataclass(frozen=True, slots=True)
class Edge:
    """A list of posts. `take` adds a post with its comments to what is told, and returns the lists that go on.

    `lacking` are codes of problems that only mean: this account has no such list, or its token no right to it.
    """

    request: Request
    take: Callable[[Row, Told], list[Rest]]
    lacking: frozenset[str] = frozenset()


def read_edges(
    poll: Poll,
    edges: tuple[Edge, ...],
    further: Callable[[Rest], Request],
    page: Callable[[Response, Rest], Onward | Problem],
    *,
    title: str = "",
) -> Steps:
    """Read the newest of each list, then go on with long lists of comments; a refused list ends the poll."""
    told, rests, wait = Told(poll.bookmark), left_in(poll.bookmark), 0.0
    for edge in edges:
        response = yield from tried(replace(edge.request, unchanged_ok=False))
        if isinstance(response, Problem):
            return Reading(told.fresh(first=poll.first), poll.bookmark, problem=response)
        found = found_in(response, poll.now)
        if isinstance(found, Problem):
            if found.code in edge.lacking:
                continue
            return Reading(bookmark=poll.bookmark, problem=found)
        if not isinstance(found.get("data"), list):
            return Reading(bookmark=poll.bookmark, problem=broken(response))
        wait = max(wait, usage_wait(response))
        for row in rows_at(found, "data"):
            rests += edge.take(row, told)
    left = yield from read_rests(rests, told, further, page)
    return Reading(told.fresh(first=poll.first), {TOLD: told.marks(), **kept_left(left)}, wait=wait, title=title)
