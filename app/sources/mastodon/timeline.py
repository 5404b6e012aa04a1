"""Lists of statuses read forward: the newest page, and where that does not reach back, page by page by `min_id`.

`since_id` would not do: it gives the newest page after an id and leaves out what lies between. The newest page is asked
for first all the same: it shows edits, and posts of other servers that came late and stand below ones already read.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace

from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading
from app.core.problems import Problem
from app.sources.apis.told import NAME as TOLD
from app.sources.apis.told import Told
from app.sources.apis.walk import REFUSALS, asked_whole, tried
from app.sources.mastodon.statuses import KEYS, Entry, keys_in, keys_kept, learn_keys, order

PER_PAGE = 40
"""The most that all servers give in one page."""

MOST_PAGES = 10
LAST, BEHIND = "last", "behind"
"""Names in the bookmark: the id up to which everything was read; set where a poll could not read up to the newest."""

NOTHING = "0"
"""The id before all ids, for a list that was empty at the first poll."""

Ask = Callable[[str], Request]
"""Makes the request for the page that follows an id, «» for the newest page."""

Read = Callable[[Response, dict[str, str]], tuple[Entry, ...] | Problem]
"""Reads a page with the keys known so far."""


class Timeline:
    """One poll of one list. `entries` is the newest page once `read_on` is through."""

    def __init__(self, poll: Poll, ask: Ask, read: Read) -> None:
        self._poll, self._ask, self._read = poll, ask, read
        self._last = poll.bookmark.get(LAST, "")
        self._behind = bool(poll.bookmark.get(BEHIND))
        self.told = Told(poll.bookmark)
        self.keys = keys_in(poll.bookmark)
        self.entries: tuple[Entry, ...] = ()
        self.unchanged = False
        self.wait = 0.0

    def read_on(self, *, whole: bool = False) -> Generator[Request, Response, Problem | None]:
        """Read what is new; `whole` asks for the newest page even where nothing changed in it."""
        request = asked_whole(self._poll, self._ask(""))
        response = yield replace(request, unchanged_ok=request.unchanged_ok and not (whole or self._behind))
        if response.unchanged:
            self.unchanged = True
            return None
        found = self._take(response)
        if isinstance(found, Problem):
            return found
        self.entries = found
        if not found:
            self._last = self._last or NOTHING
            return None
        ids = sorted((entry.id for entry in found), key=order)
        self._behind = bool(self._last) and order(ids[0]) > order(self._last)
        if self._behind:
            yield from self._catch_up(ids[0])
        if not self._behind:
            self._last = max(ids[-1], self._last or NOTHING, key=order)
        return None

    def reading(self, more: dict[str, str], title: str = "") -> Reading:
        """Return what the poll brought; `more` is what else the bookmark is to keep."""
        if self.unchanged and not more:
            return Reading(bookmark=self._poll.bookmark, title=title)
        bookmark = {TOLD: self.told.marks(), LAST: self._last, KEYS: keys_kept(self.keys), **more}
        if self._behind:
            bookmark[BEHIND] = "1"
        return Reading(self.told.fresh(first=self._poll.first), bookmark, wait=self.wait, title=title)

    def _catch_up(self, bottom: str) -> Generator[Request, Response, None]:
        """Read forward from the last id until the newest page begins; where that is too far, the next poll goes on."""
        for _ in range(MOST_PAGES - 1):
            request = self._ask(self._last)
            response = yield from tried(replace(request, unchanged_ok=False, errors=(*request.errors, *REFUSALS)))
            if isinstance(response, Problem):
                return
            if response.status >= 400:
                self.wait = max(self.wait, response.fresh_for)
                return
            found = self._take(response)
            if isinstance(found, Problem):
                return
            highest = max((entry.id for entry in found), default=NOTHING, key=order)
            if order(highest) >= order(bottom) or order(highest) <= order(self._last):
                self._behind = False
                return
            self._last = highest

    def _take(self, response: Response) -> tuple[Entry, ...] | Problem:
        found = self._read(response, self.keys)
        if not isinstance(found, Problem):
            learn_keys(self.keys, (entry.status for entry in reversed(found)))
            self.told.add(entry.mention for entry in found if entry.mention)
        return found
