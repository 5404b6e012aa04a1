"""Walking back from the newest page to what was read before, so that nothing is left out however long we were away.

One request where the newest page reaches back far enough, which is nearly always. Where it does not, older pages are
asked for. Where even so many do not reach back, what is left is kept in the bookmark as a gap and read by later polls.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace

from app.core.mention import Mention
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading
from app.core.problems import Problem, ProblemError
from app.sources.apis.told import NAME as TOLD
from app.sources.apis.told import Told

MOST_PAGES = 10
"""Pages asked for in one poll, all of them together; a shop away for a week seldom needs the second."""

REFUSALS = (403, 429, 500, 502, 503, 504)
"""Answers to an older page after which the walk rests: what was read so far counts, and the rest is a gap."""

TOO_LARGE = "net.too_large"
"""The problem of an answer that no later poll would get either: what is asked for is passed over until it changes."""

_NO_SUCH_PAGE = frozenset({"watch.bad_status", "watch.not_found", "watch.gone"})
"""Problems with an older page after which there is nothing to go back to."""

SINCE, GAP, EDGE = "since", "gap", "edge"
"""Names in the bookmark: the moment up to which all was read; where a walk had to stop; the moment it has to reach."""

_LONGEST_CURSOR = 2_000


@dataclass(frozen=True, slots=True)
class Page:
    """One page, the newest first. `next` is the place's own mark of the page before it in time, «» where there is none.

    `first` and `last` are the moments (Unix seconds) of the first and the last thing on the page, where they can be told;
    without `first` it is that of the newest mention. `wait` is how many seconds
    the place wants to be left alone. `title` is the place's own name. `gone` are the keys of what it says was deleted.
    """

    mentions: tuple[Mention, ...] = ()
    next: str = ""
    last: float | None = None
    first: float | None = None
    wait: float = 0.0
    title: str = ""
    gone: tuple[str, ...] = ()


Ask = Callable[[str], Request]
"""Makes the request for a page: «» is the newest, anything else what `Page.next` said."""

Read = Callable[[Response, str], Page | Problem]
"""Reads the answer to the request for a page, whose mark («» for the newest) it is told as well."""


@dataclass(slots=True)
class _Walk:
    """A walk under way. `edge` is the moment to reach, None where the newest page is enough.

    One that is `resumed` goes through a gap: there, a page that is known already says nothing about the next.
    """

    told: Told
    edge: float | None
    left: int
    now: float
    wait: float = 0.0
    resumed: bool = False
    gone: dict[str, None] = field(default_factory=dict)


def walk(poll: Poll, ask: Ask, read: Read, *, most_pages: int = MOST_PAGES) -> Generator[Request, Response, Reading]:
    """Return the reading of a place that shows its newest first; `bookmark` and `told` are this module's own business."""
    since, gap, gap_edge = _moment(poll, SINCE), poll.bookmark.get(GAP, ""), _moment(poll, EDGE)
    response = yield asked_whole(poll, ask(""))
    told = Told(poll.bookmark)
    way = _Walk(told, since, most_pages - 1, poll.now)
    if response.unchanged:
        if not gap:
            return Reading(bookmark=poll.bookmark)
        page: Page | Problem = Page()
    else:
        page = read(response, "")
    if isinstance(page, Problem):
        return Reading(bookmark=poll.bookmark, problem=page)
    title = page.title
    reached_to = _newest(page, since, poll.now)
    rest = ""
    if not response.unchanged:
        way.wait = page.wait
        rest = yield from _back(way, page, ask, read)
    if rest:
        gap, gap_edge = rest, gap_edge if gap and gap_edge is not None else since
    elif gap:
        way.edge, way.resumed = gap_edge, True
        gap = yield from _resumed(way, gap, ask, read)
    bookmark = {TOLD: told.marks(), SINCE: str(reached_to)}
    if gap:
        bookmark |= {GAP: gap, EDGE: str(gap_edge if gap_edge is not None else reached_to)}
    return Reading(told.fresh(first=poll.first), bookmark, wait=way.wait, title=title, gone=tuple(way.gone))


def asked_whole(poll: Poll, request: Request) -> Request:
    """Return a request for a newest page: whole where nothing is known any more, after the owner unblocked somebody for one."""
    return request if TOLD in poll.bookmark else replace(request, unchanged_ok=False)


def kept_apart(poll: Poll, prefix: str) -> Poll:
    """Return a poll that sees only its own part of the bookmark, for a source that reads several places."""
    start = f"{prefix} "
    own = {name.removeprefix(start): value for name, value in poll.bookmark.items() if name.startswith(start)}
    return replace(poll, bookmark=own)


def put_together(prefix: str, reading: Reading) -> dict[str, str]:
    """Return a reading's bookmark under the names that `kept_apart` takes it from."""
    return {f"{prefix} {name}": value for name, value in reading.bookmark.items()}


def _back(way: _Walk, page: Page, ask: Ask, read: Read) -> Generator[Request, Response, str]:
    """Take over a page and the ones before it until the edge; return where the walk had to stop, «» at its end."""
    while True:
        known = bool(page.mentions) and all(way.told.knows(mention) for mention in page.mentions)
        reached = way.edge is None or (page.last is not None and page.last <= way.edge)
        way.told.add(page.mentions)
        way.gone |= dict.fromkeys(page.gone)
        if not page.next or reached or (known and not way.resumed):
            return ""
        if way.left <= 0 or way.wait:
            return page.next[:_LONGEST_CURSOR]
        way.left -= 1
        cursor = page.next
        older = yield from _older(way, cursor, ask, read)
        if older is None:
            return cursor
        if older.next == cursor:
            older = replace(older, next="")
        page = older


def _resumed(way: _Walk, cursor: str, ask: Ask, read: Read) -> Generator[Request, Response, str]:
    """Go on where an earlier poll had to stop; return where this one has to."""
    if way.left <= 0 or way.wait:
        return cursor
    way.left -= 1
    page = yield from _older(way, cursor, ask, read)
    if page is None:
        return cursor
    return (yield from _back(way, replace(page, next="" if page.next == cursor else page.next), ask, read))


def _older(way: _Walk, cursor: str, ask: Ask, read: Read) -> Generator[Request, Response, Page | None]:
    request = ask(cursor)
    response = yield from tried(replace(request, unchanged_ok=False, errors=(*request.errors, *REFUSALS)))
    if isinstance(response, Problem):
        return None
    if response.status >= 400 and response.status not in request.errors:
        way.wait = max(way.wait, response.fresh_for)
        return None
    page = read(response, cursor)
    if isinstance(page, Problem):
        if page.code in _NO_SUCH_PAGE:
            return Page()
        way.wait = max(way.wait, response.fresh_for, (page.retry_at or way.now) - way.now)
        return None
    way.wait = max(way.wait, page.wait)
    return page


def tried(request: Request) -> Generator[Request, Response, Response | Problem]:
    """Return the answer to a request, or why there is none: the poll is told that as well, but keeps what was read."""
    try:
        response = yield request
    except ProblemError as error:
        return error.problem
    return response


def _newest(page: Page, since: float | None, now: float) -> float:
    """Return the moment up to which all is read when this walk ends: that of the newest thing, never one to come."""
    moments = [mention.published for mention in page.mentions if mention.published is not None]
    newest = max(moments, default=0.0) if page.first is None else page.first
    return max(min(newest, now), since if since is not None else 0.0)


def _moment(poll: Poll, name: str) -> float | None:
    """Return a moment of the bookmark as Unix seconds, None where there is none."""
    try:
        moment = float(poll.bookmark[name])
    except (KeyError, ValueError):
        return None
    return moment if math.isfinite(moment) else None
