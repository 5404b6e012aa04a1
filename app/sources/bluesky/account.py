"""The posts of an account and, for the shop's own, the answers under them; anybody may read these without a key."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from urllib.parse import urlencode

from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Steps
from app.core.problems import Problem
from app.sources.apis.counts import PENDING, as_before, counts_in, counts_kept
from app.sources.apis.server import base_of, broken, usual_problem
from app.sources.apis.told import NAME as TOLD
from app.sources.apis.told import Told
from app.sources.apis.values import Row, at, json_of, number_at, rows_at, text_at
from app.sources.apis.walk import REFUSALS, TOO_LARGE, Page, tried, walk
from app.sources.bluesky.posts import answers_in, gone_in, mention_of, moment_of, post_uri
from app.sources.feeds.addresses import host_of

PUBLIC = "https://public.api.bsky.app"
"""The door for everybody; it shows accounts and threads, but no searches."""

PER_PAGE = 50
MOST_THREADS = 5
"""Posts whose answers are read in one poll: one request each."""

_CLOSED = (400, 401, 403, 404)


def poll_account(poll: Poll, account: str, server: str) -> Steps:
    """Read the posts of an account; `server` is asked in place of the public door where the owner named one."""
    base = base_of(server) or PUBLIC
    posts: list[Row] = []
    pending = PENDING in poll.bookmark

    def ask(cursor: str) -> Request:
        asked = {"actor": account, "limit": str(PER_PAGE), **({"cursor": cursor} if cursor else {})}
        url = f"{base}/xrpc/app.bsky.feed.getAuthorFeed?{urlencode(asked, errors='replace')}"
        return Request(url, headers={"Accept": "application/json"}, unchanged_ok=not pending, errors=(400,))

    def read(response: Response, cursor: str) -> Page | Problem:
        return _page(response, account, poll.now, posts if not cursor else [])

    reading = yield from walk(poll, ask, read)
    if not poll.watch.own or reading.problem or not posts:
        return (
            replace(reading, bookmark={**reading.bookmark, **as_before(poll.bookmark)})
            if not reading.problem
            else reading
        )
    return (yield from _with_answers(poll, reading, posts, base))


def _page(response: Response, account: str, now: float, posts: list[Row]) -> Page | Problem:
    """Return a page of an account's own posts; what it only passed on, and pinned a second time, is left out."""
    found = json_of(response.body)
    if response.status >= 400:
        unknown = "rofile not found" in text_at(found, "message") or "ctor not found" in text_at(found, "message")
        args = {"host": host_of(response.url), "name": account[:200]}
        return Problem("sources.no_account", args) if unknown else usual_problem(response)
    if not isinstance(found, dict) or not isinstance(found.get("feed"), list):
        return broken(response)
    rows = [row for row in rows_at(found, "feed") if isinstance(row.get("post"), dict) and not row.get("reason")]
    posts += [post for row in rows if isinstance(post := row["post"], dict)]
    mentions = tuple(mention for post in posts if (mention := mention_of(post, now)))
    moments = [moment for post in posts if (moment := moment_of(post, now)) is not None]
    cursor = text_at(found, "cursor") if found["feed"] else ""
    return Page(mentions, cursor, moments[-1] if moments else None, moments[0] if moments else None)


def _with_answers(poll: Poll, reading: Reading, posts: list[Row], base: str) -> Generator[Request, Response, Reading]:
    """Add the answers under posts that have others than last time."""
    before = counts_in(poll.bookmark)
    counts = {uri: max(0, int(number_at(post, "replyCount") or 0)) for post in posts if (uri := post_uri(post))}
    left = [uri for uri, count in counts.items() if count != before.get(_short(uri), 0)]
    told, wait = Told(reading.bookmark), reading.wait
    gone: list[str] = []
    for uri in left[:MOST_THREADS]:
        asked = urlencode({"uri": uri, "depth": "10", "parentHeight": "0"})
        request = Request(
            f"{base}/xrpc/app.bsky.feed.getPostThread?{asked}",
            headers={"Accept": "application/json"},
            unchanged_ok=False,
            errors=(*_CLOSED, *REFUSALS),
        )
        response = yield from tried(request)
        if isinstance(response, Problem):
            if response.code != TOO_LARGE:
                break
            left.remove(uri)
            continue
        if response.status >= 400 and response.status not in _CLOSED:
            wait = max(wait, response.fresh_for)
            break
        left.remove(uri)
        found = json_of(response.body)
        if response.status < 400:
            told.add(answers_in(at(found, "thread"), poll.now))
            gone += gone_in(at(found, "thread"))
        elif text_at(found, "error") == "NotFound":
            gone.append(uri)
    kept = {_short(uri): before.get(_short(uri), 0) if uri in left else count for uri, count in counts.items()}
    bookmark = {**reading.bookmark, TOLD: told.marks(), **counts_kept(kept, pending=bool(left))}
    mentions = (*reading.mentions, *told.fresh(first=False))
    return replace(
        reading, mentions=mentions[:100] if poll.first else mentions, bookmark=bookmark, wait=wait, gone=tuple(gone)
    )


def _short(uri: str) -> str:
    """Return what tells a post from others of its account."""
    return uri.rpartition("/")[2]
