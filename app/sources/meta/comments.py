"""The rest of long comment lists: posts come with their newest comments; where all of these are new, there may be more."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass

from app.core.mention import Mention
from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.apis.told import Told
from app.sources.apis.values import Row
from app.sources.apis.walk import tried

LEFT = "left"
"""Where the bookmark keeps lists that could not be read to the end: «post mark» a line."""

MOST_REQUESTS = 6
MOST_LEFT = 20


@dataclass(frozen=True, slots=True)
class Rest:
    """A list of comments that goes on: under which post, and the place's mark of its next page."""

    post: str
    after: str


@dataclass(frozen=True, slots=True)
class Onward:
    """A further page: its comments and where it goes on («» for nowhere)."""

    mentions: tuple[Mention, ...]
    after: str


def left_in(bookmark: Mapping[str, str]) -> list[Rest]:
    """Return the lists an earlier poll had to leave."""
    pairs = (line.split(" ") for line in bookmark.get(LEFT, "").splitlines())
    return [Rest(*pair) for pair in pairs if len(pair) == 2][:MOST_LEFT]


def kept_left(rests: list[Rest]) -> dict[str, str]:
    """Return what the bookmark is to keep of them."""
    lines = [f"{rest.post} {rest.after}" for rest in rests if not (set(rest.post + rest.after) & set(" \n"))]
    return {LEFT: "\n".join(lines[:MOST_LEFT])} if lines else {}


def read_rests(
    rests: list[Rest],
    told: Told,
    request: Callable[[Rest], Request],
    read: Callable[[Response, Rest], Onward | Problem],
) -> Generator[Request, Response, list[Rest]]:
    """Read lists on until what is known; return those that could not be finished.

    A page whose comments are all known ends its list; so does a refusal that says the post is gone.
    """
    waiting, left = list(rests), MOST_REQUESTS
    while waiting and left > 0:
        rest = waiting.pop(0)
        left -= 1
        response = yield from tried(request(rest))
        if isinstance(response, Problem):
            return [rest, *waiting]
        page = read(response, rest)
        if isinstance(page, Problem):
            if page.is_blameless or page.code.startswith("watch."):
                return [rest, *waiting]
            continue
        known = bool(page.mentions) and all(map(told.knows, page.mentions))
        told.add(page.mentions)
        if page.after and not known and page.after != rest.after:
            waiting.insert(0, Rest(rest.post, page.after))
    return waiting


def is_open_ended(rows: tuple[Row, ...], mentions: tuple[Mention, ...], told: Told, *, first: bool) -> bool:
    """Say whether the newest comments of a post may not be all that is new: none of them is known."""
    return bool(rows) and not first and not any(map(told.knows, mentions))
