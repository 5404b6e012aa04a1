"""Comments below your pages, as comment systems offer them in feeds: Isso and others."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Mapping
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

from app.core.mention import Mention
from app.core.ports.answer import Answer, LookSteps, Standing
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Setting, Steps, Suggestion, msgid
from app.core.problems import Problem
from app.core.watch import WatchKind
from app.sources.apis.ours import Found, ours
from app.sources.apis.server import broken
from app.sources.apis.values import json_of
from app.sources.apis.web import of_web
from app.sources.feeds.addresses import web_address
from app.sources.feeds.charset import decode
from app.sources.feeds.mention_of import mentions_of
from app.sources.feeds.read import ACCEPT, read_document, read_feed, unchanged
from app.sources.feeds.typed import address_problem, completed, place_of

RANK = 8

OFTEN = 3_600.0
"""Seconds between full readings of an own Isso that does not tell how many comments it has."""

_ISSO_KEY = re.compile(r"tag:[^ ]{1,300},2018:/isso/")
_ISSO_TITLE = re.compile(r"Comment #\d{1,12}")
_ISSO_PAGE = re.compile(r"""\bdata-isso\s*=\s*["']([^"'<>]{1,500})["']""")
_REFUSALS = (400, 401, 403, 404, 405, 410, 411, 415, 429, 500, 501, 502, 503)
_ISSO, _COUNT, _FULL = "isso", "comments", "full"
"""Names in the bookmark: that it is an Isso, how many comments it had, when it was last read in full (Unix seconds)."""


class CommentFeedSource:
    """One request per poll, and a very small one more where an Isso says that nothing changed.

    Isso's «nothing changed» is about comments of the first level only: answers to them stay hidden behind it. So it is
    asked how many comments there are, and read in full when there are others than last time.
    """

    id = "comment_feed"
    title = msgid("Comments of a page (Isso and others)")
    kinds = (WatchKind.CHANNEL,)
    settings = (
        Setting(
            "url",
            msgid("Address of the comments' feed"),
            kind="url",
            hint=msgid(
                "For Isso: https://comments.your.shop/feed?uri=/page/. The address of the page will do as well."
            ),
        ),
    )
    shortest_interval = 300
    help_page = "comment_feed"

    def poll(self, poll: Poll) -> Steps:
        settings = self.tidy(poll.watch.settings)
        feed = Request(settings["url"], headers={"Accept": ACCEPT})
        response = yield feed
        if not response.unchanged:
            return self._read(response, poll, settings)
        count_address = _count_address(settings["url"])
        if response.status != 304 or not (poll.bookmark.get(_ISSO) and count_address):
            return unchanged(poll)
        body = json.dumps([_page_of(settings["url"])]).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        counted = yield Request(
            count_address, method="POST", headers=headers, body=body, unchanged_ok=False, errors=_REFUSALS
        )
        count = _count(counted)
        if count == poll.bookmark.get(_COUNT, "") if count else not _is_due(poll):
            return unchanged(poll)
        whole = yield replace(feed, unchanged_ok=False)
        return self._read(whole, poll, settings, count)

    def look(self, answer: Answer) -> LookSteps:
        """Read the feed in full and look for the answer in it: one request."""
        return of_web(self._look(answer))

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the address as typed, or None."""
        return address_problem(settings.get("url", "").strip())

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        return {**kept, "url": completed(kept.get("url", ""))}

    def place(self, settings: Mapping[str, str]) -> str:
        """Return the address without scheme, «www.», fragment and trailing slash; the query stays."""
        return place_of(settings.get("url", ""))

    def _look(self, answer: Answer) -> Generator[Request, Response, Standing]:
        """Look among what answers the comment, or all comments where the feed does not tell what answers what.

        The times of Isso are local ones by the name of UTC: they may be off by as many hours as there are zones.
        """
        settings = self.tidy(answer.watch.settings)
        response = yield Request(settings["url"], headers={"Accept": ACCEPT}, unchanged_ok=False)
        document = read_document(response.body, response.headers.get("content-type", ""))
        if isinstance(document, Problem):
            return Standing(problem=broken(response))
        place, key = self.place(settings), answer.mention.key
        shown = mentions_of(document, source=self.id, place=place, address=response.url, now=answer.now)
        ties = any(mention.parent for mention in shown)
        above = {key, answer.mention.parent} - {""}  # Isso ties an answer to an answer to the comment above both
        below = [one for one in shown if one.key != key and (one.parent in above or not ties)]
        found = (
            Found(one.key, one.text, None if _ISSO_KEY.match(one.key) else one.published, one.author) for one in below
        )
        return ours(answer, found)

    def _read(self, response: Response, poll: Poll, settings: Mapping[str, str], count: str = "") -> Reading:
        reading = read_feed(response, poll, source=self.id, place=self.place(settings))
        if reading.problem:
            return replace(reading, suggestions=(*_isso_of(response, self.id), *reading.suggestions))
        is_isso = bool(poll.bookmark.get(_ISSO)) or any(_ISSO_KEY.match(mention.key) for mention in reading.mentions)
        if not is_isso:
            return reading
        bookmark = {name: value for name, value in reading.bookmark.items() if name != _COUNT}
        bookmark |= {_ISSO: "1", _FULL: str(int(poll.now))} | ({_COUNT: count} if count else {})
        told = tuple(_isso_comment(mention, poll.now) for mention in reading.mentions)
        return replace(reading, mentions=told, bookmark=bookmark)


def _isso_comment(mention: Mention, now: float) -> Mention:
    """Return a comment without its made-up title. Isso writes local time as if it were UTC: never later than now."""
    published = min(mention.published, now) if mention.published is not None else None
    title = "" if _ISSO_TITLE.fullmatch(mention.title) else mention.title
    return replace(mention, title=title, published=published)


def _page_of(address: str) -> str:
    try:
        return parse_qs(urlsplit(address).query, max_num_fields=50).get("uri", [""])[0]
    except ValueError:  # more parameters than any feed has
        return ""


def _count_address(address: str) -> str:
    """Return where an Isso tells how many comments a page has, «» for an address that is not that of its feed."""
    base, feed, _ = address.partition("/feed?")
    return f"{base}/count" if feed and _page_of(address) else ""


def _count(response: Response) -> str:
    """Return the number of comments an Isso tells, «» where it tells none."""
    found = json_of(response.body[:1_000]) if response.status < 400 else None
    number = found[0] if isinstance(found, list) and found else None
    return str(number) if isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 10**9 else ""


def _is_due(poll: Poll) -> bool:
    """Say whether an Isso that tells no number is to be read in full: the shop's own one, and not too often.

    Others are so once a day, as the net does with every address.
    """
    try:
        return poll.watch.own and poll.now - float(poll.bookmark.get(_FULL, "0")) >= OFTEN
    except ValueError:  # not one of our bookmarks
        return poll.watch.own


def _isso_of(response: Response, source: str) -> tuple[Suggestion, ...]:
    """Return the feed of the Isso that a page carries, where it carries one."""
    text = decode(response.body[:500_000], response.headers.get("content-type", ""))
    found = _ISSO_PAGE.search(text)
    base = web_address(unescape(found[1]), response.url).rstrip("/") if found else ""
    if not base:
        return ()
    page = urlsplit(response.url).path or "/"
    return (Suggestion(source, f"Isso {page}", {"url": f"{base}/feed?uri={quote(page)}"}),)


SOURCE = CommentFeedSource()
