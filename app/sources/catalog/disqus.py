"""Disqus: the comments of the shop's own forum, with the key of an own application."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from app.core.mention import Mention
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import WatchKind
from app.sources.apis.server import base_of, broken, place_of, usual_problem
from app.sources.apis.values import Row, at, id_at, is_true, json_of, moment_at, name_of, number_at, rows_at, text_at
from app.sources.apis.walk import Page, walk
from app.sources.feeds.addresses import host_of, web_address
from app.sources.feeds.html_text import html_text, one_line

HOST = "disqus.com"
LIST = f"https://{HOST}/api/3.0/forums/listPosts.json"
PER_PAGE = 100
HOUR, DAY = 3_600.0, 86_400.0
REFUSED = (400, 401, 403, 404, 429)

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{1,60}")
_CODES = {
    "2": "sources.disqus_unknown_forum",
    "8": "sources.disqus_unknown_forum",
    "5": "sources.disqus_key_refused",
    "11": "sources.disqus_key_refused",
    "4": "sources.disqus_key_rights",
    "9": "sources.disqus_key_rights",
    "12": "sources.disqus_key_rights",
    "17": "sources.disqus_key_rights",
}
_TOO_FAST = {"13", "14"}


class DisqusSource:
    """One request a poll. The key has to stand in the address, so it is put there only when that is sent."""

    id = "disqus"
    title = msgid("Disqus comments")
    kinds = (WatchKind.CHANNEL,)
    settings = (
        Setting("forum", msgid("Forum"), hint=msgid("Its short name, as in kawaraj.disqus.com.")),
        Setting("key", msgid("API key"), kind="secret", hint=msgid("disqus.com/api/applications: the public key.")),
    )
    shortest_interval = 300
    help_page = "disqus"

    def poll(self, poll: Poll) -> Steps:
        forum, key = self.tidy(poll.watch.settings)["forum"], poll.secrets.get("key", "").strip()
        if not key:
            return Reading(bookmark=poll.bookmark, problem=Problem("sources.disqus_no_key"))
        gone: dict[str, None] = {}
        reading = yield from walk(
            poll,
            lambda cursor: _request(forum, key, cursor),
            lambda answer, _: _page(answer, forum, gone, poll.now),
        )
        return replace(reading, gone=tuple(gone))

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return that no forum is named, or None."""
        return None if _NAME.fullmatch(self.tidy(settings)["forum"]) else Problem("sources.disqus_no_forum")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        return {**kept, "forum": _forum(kept.get("forum", ""))}

    def place(self, settings: Mapping[str, str]) -> str:
        return f"{HOST}/{self.tidy(settings)['forum']}"


def _forum(typed: str) -> str:
    """Return the short name of a forum, of its address or as typed."""
    typed = typed.lower()
    host = place_of(base_of(typed)) if f".{HOST}" in typed else ""
    return host.removesuffix(f".{HOST}") if host.endswith(f".{HOST}") else typed


def _request(forum: str, key: str, cursor: str) -> Request:
    asked = {
        "forum": forum,
        "limit": str(PER_PAGE),
        "order": "desc",
        "related": "thread",
        **({"cursor": cursor} if cursor else {}),
    }
    return Request(
        f"{LIST}?{urlencode(asked, errors='replace')}&api_key={{secret}}",
        headers={"Accept": "application/json"},
        errors=REFUSED,
        url_secret=key,
    )


def _page(response: Response, forum: str, gone: dict[str, None], now: float) -> Page | Problem:
    found = json_of(response.body)
    if response.status >= 400 or id_at(found, "code") not in {"", "0"}:
        return _refusal(response, id_at(found, "code"), forum, now)
    if not isinstance(found, dict) or not isinstance(found.get("response"), list):
        return broken(response)
    rows = rows_at(found, "response")
    gone.update({id_at(row, "id"): None for row in rows if is_true(row, "isDeleted") and id_at(row, "id").isdecimal()})
    mentions = tuple(mention for row in rows if (mention := _mention(row, forum, now)))
    moments = [moment for row in rows if (moment := _moment(row, now)) is not None]
    more = rows and (is_true(found, "cursor", "hasNext") or is_true(found, "cursor", "more"))
    onward = text_at(found, "cursor", "next") if more else ""
    return Page(mentions, onward, min(moments, default=None), max(moments, default=None))


def _refusal(response: Response, code: str, forum: str, now: float) -> Problem:
    if code in _TOO_FAST or response.status == 429:
        return Problem(
            "net.rate_limited", {"host": HOST, "status": response.status}, retry_at=now + _wait(response, now)
        )
    if known := _CODES.get(code):
        return Problem(known, {"name": forum[:100]})
    return usual_problem(response)


def _wait(response: Response, now: float) -> float:
    """Return the seconds until the thousand requests of an hour start anew."""
    reset = number_at(json_of(response.headers.get("x-ratelimit-reset", "").encode("ascii", "replace")))
    left = reset - now if reset is not None else 0.0
    return left if 0 < left <= DAY else response.fresh_for or HOUR


def _moment(row: Row, now: float) -> float | None:
    """Return when a post was written: Disqus leaves out the zone, which is UTC."""
    written = text_at(row, "createdAt")[:40]
    return moment_at({"at": written if written.endswith("Z") else f"{written}Z"}, now, "at")


def _mention(row: Row, forum: str, now: float) -> Mention | None:
    key, text = id_at(row, "id"), html_text(text_at(row, "message") or text_at(row, "raw_message"))
    if not key.isdecimal() or not text or is_true(row, "isDeleted") or is_true(row, "isSpam"):
        return None
    page = web_address(text_at(row, "thread", "link"))
    thread = id_at(row, "thread", "id") or id_at(row, "thread")
    username = "" if is_true(row, "author", "isAnonymous") else name_of(text_at(row, "author", "username"))
    parent = id_at(row, "parent")
    title = text_at(row, "thread", "clean_title") or html_text(text_at(row, "thread", "title"))
    return Mention(
        source="disqus",
        key=key,
        url=f"{page.partition('#')[0]}#comment-{key}" if page else "",
        title=one_line(title, 500) if isinstance(at(row, "thread"), dict) else "",
        text=text,
        author=name_of(text_at(row, "author", "name")) or username,
        handle=f"@{username}" if username else "",
        site=host_of(page) or f"{forum}.{HOST}",
        published=_moment(row, now),
        parent=parent if parent.isdecimal() else "",
        thread=f"thread {thread}" if thread.isdecimal() else "",
    )


SOURCE = DisqusSource()
