"""What stands under the posts of an account: the answers, which need neither an account nor a token to be read."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.apis.counts import counts_in, counts_kept
from app.sources.apis.values import json_of, number_at, rows_at
from app.sources.apis.walk import REFUSALS, TOO_LARGE, tried
from app.sources.mastodon.statuses import learn_keys, mention_of
from app.sources.mastodon.timeline import Timeline

MOST_THREADS = 5
"""Posts whose answers are read in one poll: one request each."""

CLOSED = (401, 403, 404, 410)
"""Answers that say that a thread is not shown to us: it is not asked for again until it grows."""


def read_answers(
    timeline: Timeline, bookmark: Mapping[str, str], base: str, request: Request, now: float
) -> Generator[Request, Response, dict[str, str]]:
    """Read the answers under posts of the newest page that have others than before; return what is to be kept.

    `request` is what is sent for a thread, but for its address.
    """
    before, server = counts_in(bookmark), base.partition("://")[2]
    counts = {entry.id: max(0, int(number_at(entry.status, "replies_count") or 0)) for entry in timeline.entries}
    left = [one for one, count in counts.items() if count != before.get(one, 0)]
    for one in left[:MOST_THREADS]:
        asked = replace(request, url=f"{base}/api/v1/statuses/{one}/context", errors=(*CLOSED, *REFUSALS))
        response = yield from tried(asked)
        if isinstance(response, Problem):
            if response.code != TOO_LARGE:
                break
            left.remove(one)
            continue
        if response.status >= 400 and response.status not in CLOSED:
            timeline.wait = max(timeline.wait, response.fresh_for)
            break
        left.remove(one)
        below = rows_at(json_of(response.body), "descendants") if response.status < 400 else ()
        learn_keys(timeline.keys, below)
        mentions = [mention_of(row, server, timeline.keys, now) for row in below]
        root = timeline.keys.get(one, "")
        timeline.told.add(replace(mention, thread=root or mention.thread) for mention in mentions if mention)
    return counts_kept({**counts, **{one: before.get(one, 0) for one in left}}, pending=bool(left))
