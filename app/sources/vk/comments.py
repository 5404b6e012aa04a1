"""The comments under the posts of a wall, within a few requests a poll.

A post is read when the number of its comments is another than when it was read last, and one post a poll in turn
besides: where one comment went and another came the number says nothing, and edits and deletions show there only.
What a poll could not read to the end is kept with the place to go on from.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field

from app.core.ports.net import Request, Response
from app.core.ports.source import Poll
from app.core.problems import Problem
from app.sources.apis.counts import COUNTS, counts_in, counts_told
from app.sources.apis.told import Told
from app.sources.apis.values import Row, id_at, number_at, rows_at
from app.sources.apis.walk import tried
from app.sources.vk.calls import call, result_of
from app.sources.vk.posts import Spot, comment_of, gone_of, names_in

LEFT, TURN = "left", "turn"
"""Names in the bookmark beside the counts (of posts, and of long threads): where reading goes on; the post that was read in
turn last."""

MOST_REQUESTS = 6
PER_PAGE = 100
IN_THREADS = 10
"""Answers that VK shows with the comment their thread began with."""

WEEK = 7 * 86_400.0
OVERLAP = 20
"""Comments read again where reading goes on: some may have been deleted since."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the newest page: where it stands, how many comments it has, when it was written (Unix seconds)."""

    spot: Spot
    comments: int
    at: float | None = None


@dataclass(slots=True)
class Comments:
    """One poll's reading of comments. `gone` are the keys of deleted ones, `problem` is why it had to stop."""

    poll: Poll
    token: str
    told: Told
    left: int = MOST_REQUESTS
    gone: list[str] = field(default_factory=list)
    problem: Problem | None = None
    _counts: dict[str, int] = field(default_factory=dict)
    _onward: dict[str, int] = field(default_factory=dict)

    def read(self, posts: tuple[Post, ...]) -> Generator[Request, Response, dict[str, str]]:
        """Read what is new under the posts; return what the bookmark is to keep."""
        self._counts, self._onward = counts_in(self.poll.bookmark), counts_in(self.poll.bookmark, LEFT)
        turn = self.poll.bookmark.get(TURN, "")
        if self.poll.first:
            old = [post for post in posts if post.at is not None and post.at < self.poll.now - WEEK]
            self._counts |= {post.spot.post: post.comments for post in old}
        changed = [post for post in posts if self._is_due(post)]
        for post in changed:
            yield from self._post(post)
        again = [post for post in posts if post.comments and post not in changed]
        if again and self.left > 0 and not self.problem and not self.poll.first:
            names = [post.spot.post for post in again]
            post = again[(names.index(turn) + 1) % len(again) if turn in names else 0]
            turn = post.spot.post
            yield from self._page(post, 0)
        shown = {post.spot.post for post in posts}
        counts = {name: count for name, count in self._counts.items() if name.partition("_")[0] in shown and count}
        onward = {name: offset for name, offset in self._onward.items() if name in shown}
        kept = {COUNTS: counts_told(counts), LEFT: counts_told(onward), TURN: turn}
        return {name: value for name, value in kept.items() if value}

    def _is_due(self, post: Post) -> bool:
        name = post.spot.post
        return post.comments != self._counts.get(name, 0) or name in self._onward

    def _post(self, post: Post) -> Generator[Request, Response, None]:
        """Read a post from its newest comments back to known ones; to the end where an earlier poll had to stop."""
        name = post.spot.post
        resumed = self._onward.get(name)
        page = yield from self._page(post, 0)
        if page is None:
            return
        more, known = page
        offset = PER_PAGE if more and not known and not self.poll.first else 0
        if not offset and resumed is not None:
            offset = max(PER_PAGE, resumed - OVERLAP)
        while offset:
            self._onward[name] = offset
            page = yield from self._page(post, offset)
            if page is None:
                return
            more, known = page
            offset = offset + PER_PAGE if more and (resumed is not None or not known) else 0
        self._onward.pop(name, None)
        self._counts[name] = post.comments

    def _page(self, post: Post, offset: int) -> Generator[Request, Response, tuple[bool, bool] | None]:
        """Read a page of comments and the long threads on it; return whether more follow and whether some were known."""
        found = yield from self._ask(post, {"offset": str(offset), "thread_items_count": str(IN_THREADS)})
        if found is None:
            return None
        rows = rows_at(found, "items")
        known = self._take(found, rows, post.spot)
        for row in rows:
            top, count = id_at(row, "id"), int(max(0.0, number_at(row, "thread", "count") or 0.0))
            name = f"{post.spot.post}_{top}"
            if count <= len(rows_at(row, "thread", "items")) or count == self._counts.get(name, 0):
                continue
            thread = yield from self._ask(post, {"comment_id": top})
            if thread is None:
                return None
            self._take(thread, rows_at(thread, "items"), post.spot, top)
            self._counts[name] = count
        return len(rows) >= PER_PAGE, known

    def _ask(self, post: Post, more: Mapping[str, str]) -> Generator[Request, Response, dict[str, object] | None]:
        if self.left <= 0 or self.problem:
            return None
        self.left -= 1
        response = yield from tried(call(self.token, "wall.getComments", asked(post.spot, more)))
        found = response if isinstance(response, Problem) else result_of(response, self.poll.now)
        if isinstance(found, Problem):
            if found.code == "sources.vk_no_access":
                return {}  # closed comments are no trouble of the watch
            self.problem = found
            return None
        return found

    def _take(self, found: object, rows: tuple[Row, ...], post: Spot, top: str = "") -> bool:
        """Take over comments and the answers below them; return whether any was told in an earlier poll."""
        names, known = names_in(found), False
        for row in rows:
            mention = comment_of(row, post, top, names, self.poll.now)
            known = known or bool(mention and self.told.knows(mention))
            self.told.add([mention] if mention else [])
            if gone := gone_of(row, post):
                self.gone.append(gone)
            if not top and (inner := rows_at(row, "thread", "items")):
                self._take(found, inner, post, id_at(row, "id"))
        return known


def asked(spot: Spot, more: Mapping[str, str]) -> dict[str, str]:
    """Return what is asked of `wall.getComments`: the newest comments under a post, with the names of their authors."""
    usual = {"owner_id": spot.wall, "post_id": spot.post, "count": str(PER_PAGE), "sort": "desc", "extended": "1"}
    return {**usual, "fields": "screen_name", **more}
