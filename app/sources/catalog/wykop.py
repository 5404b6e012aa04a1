"""Wykop: entries of the microblog and links that hold the words or the tag, and the comments under them."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from dataclasses import replace
from urllib.parse import quote, urlencode

from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import MOST_AT_FIRST, WatchKind
from app.sources.apis.bearer import signed
from app.sources.apis.counts import PENDING, as_before, counts_in, counts_kept
from app.sources.apis.server import broken, usual_problem
from app.sources.apis.told import NAME as TOLD
from app.sources.apis.told import Told
from app.sources.apis.values import Row, json_of, rows_at
from app.sources.apis.walk import REFUSALS, Page, tried, walk
from app.sources.apis.words import tidy_words, words_problem
from app.sources.feeds.read import newest
from app.sources.wykop.access import API, DENIED, HOST, Access, key_refused, run_out_is_401
from app.sources.wykop.rows import (
    ENTRY,
    LINK,
    comment_count,
    comments_in,
    gone_in,
    is_deleted,
    key_of,
    kind_of,
    mention_of,
    moment,
)

ENTRIES, LINKS, TAG = msgid("entries"), msgid("links"), msgid("hashtag")
PER_PAGE = 25
MOST_PAGES = 3
"""Pages asked for in one poll: Wykop wants few requests, so what is left is read by later polls."""

PAUSE = 10.0
"""Seconds for which nobody asks Wykop again after the last request of a poll."""

WEEK = 7 * 86_400.0

_TAG = re.compile(r"[\w-]{1,60}")


class WykopSource:
    """One request a poll, one more where comments are to be read, one for the log-in every twelve hours."""

    id = "wykop"
    title = msgid("Wykop")
    kinds = (WatchKind.SEARCH,)
    settings = (
        Setting("what", msgid("What to listen to"), kind="choice", choices=(ENTRIES, LINKS, TAG)),
        Setting("name", msgid("Words or hashtag")),
        Setting("key", msgid("Key of your app"), kind="secret", hint=msgid("dev.wykop.pl, your app: key and secret.")),
        Setting("secret", msgid("Secret of your app"), kind="secret"),
    )
    shortest_interval = 600
    help_page = "wykop"

    def poll(self, poll: Poll) -> Steps:
        settings = self.tidy(poll.watch.settings)
        access = Access(poll.secrets.get("key", "").strip(), poll.secrets.get("secret", "").strip(), poll.now)
        if not access.key or not access.secret:
            return Reading(bookmark=poll.bookmark, problem=Problem("sources.wykop_no_key"))
        steps = _read(poll, settings["what"], settings["name"])
        failed = signed(steps, access, lambda problem: Reading(bookmark=poll.bookmark, problem=problem))
        return (yield from run_out_is_401(failed))

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the words or the tag, or None."""
        kept = self.tidy(settings)
        if kept["what"] == TAG:
            return None if _TAG.fullmatch(kept["name"]) else Problem("sources.bad_hashtags", {"most": 1})
        return words_problem({"words": kept["name"]})

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        kept["what"] = kept.get("what") or ENTRIES
        name = kept.get("name", "")
        kept["name"] = name.lstrip("#").strip() if kept["what"] == TAG else tidy_words({"words": name})["words"]
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        kept = self.tidy(settings)
        return f"{HOST}/{kept['what']}/{kept['name'].casefold()}"


def _read(poll: Poll, what: str, name: str) -> Generator[Request, Response, Reading]:
    """Read the list, the newest first, then the comments under one of the entries and links in it."""
    rows: list[Row] = []
    gone: list[str] = []
    usual = LINK if what == LINKS else ENTRY
    pending = PENDING in poll.bookmark

    def read(response: Response, page: str) -> Page | Problem:
        if response.status >= 400:
            return key_refused() if response.status in DENIED else usual_problem(response)
        found = json_of(response.body)
        if not isinstance(found, dict) or not isinstance(found.get("data"), list):
            return broken(response)
        shown = rows_at(found, "data")
        if not page:
            rows.extend(shown)
        gone.extend(key for row in shown if is_deleted(row) and (key := key_of(row, kind_of(row, usual))))
        mentions = []
        for row in shown:
            kind = kind_of(row, usual)
            mention = mention_of(row, kind, poll.now)
            mentions += [mention] if mention else []
            mentions += comments_in(rows_at(row, "comments", "items"), row, kind, poll.now)
        moments = [at for row in shown if (at := moment(row, poll.now)) is not None]
        onward = str(int(page or "1") + 1) if len(shown) >= PER_PAGE else ""
        return Page(tuple(mentions), onward, min(moments, default=None), max(moments, default=None))

    reading = yield from walk(
        poll, lambda page: replace(_list(what, name, page), unchanged_ok=not pending), read, most_pages=MOST_PAGES
    )
    if reading.problem:
        return reading
    if not rows:
        kept = as_before(poll.bookmark)
        return replace(reading, bookmark={**reading.bookmark, **kept}, gone=tuple(dict.fromkeys(gone)))
    reading = yield from _with_comments(poll, reading, rows, usual, gone)
    return replace(reading, gone=tuple(dict.fromkeys(gone)))


def _list(what: str, name: str, page: str) -> Request:
    number = {"page": page or "1", "limit": str(PER_PAGE)}
    if what == TAG:
        url = f"{API}/tags/{quote(name, safe='', errors='replace')}/stream?{urlencode({'sort': 'all', **number})}"
    else:
        asked = {"query": name, "sort": "newest", **number}
        url = f"{API}/search/{'links' if what == LINKS else 'entries'}?{urlencode(asked, errors='replace')}"
    return Request(url, headers={"Accept": "application/json"}, errors=DENIED)


def _with_comments(
    poll: Poll, reading: Reading, rows: list[Row], usual: str, gone: list[str]
) -> Generator[Request, Response, Reading]:
    """Add the comments under the first entry or link that has more than were read; the next polls read the others."""
    before = counts_in(poll.bookmark)
    counts: dict[str, int] = {}
    due: list[tuple[str, Row, str]] = []
    for row in rows:
        kind = kind_of(row, usual)
        key, count = key_of(row, kind), comment_count(row)
        if not key or not count:
            continue
        name = key.replace(" ", "")
        shown = len(rows_at(row, "comments", "items"))
        old = poll.first and (moment(row, poll.now) or 0.0) < poll.now - WEEK
        counts[name] = count if old or count <= shown else min(before.get(name, 0), count)
        if counts[name] < count or (count < before.get(name, 0) and count > shown):
            due.append((name, row, kind))
    told, wait = Told(reading.bookmark), reading.wait
    if due:
        name, row, kind = due[0]
        response = yield from tried(_comments(row, kind, counts[name]))
        if isinstance(response, Problem):
            pass  # the next poll asks again
        elif response.status < 400:
            found = rows_at(json_of(response.body), "data")
            told.add(comments_in(found, row, kind, poll.now))
            gone.extend(gone_in(found, row, kind))
            counts[name] = _read_to(comment_count(row), kind, counts[name])
            due = due if counts[name] < comment_count(row) else due[1:]
        elif response.status in {404, 410}:
            counts[name] = comment_count(row)
        wait = max(wait, response.fresh_for if isinstance(response, Response) and response.status >= 400 else 0.0)
    bookmark = {**reading.bookmark, TOLD: told.marks(), **counts_kept(counts, pending=bool(due))}
    mentions = (*reading.mentions, *told.fresh(first=False))
    mentions = newest(mentions, MOST_AT_FIRST) if poll.first else mentions
    return replace(reading, mentions=mentions, bookmark=bookmark, wait=wait)


def _comments(row: Row, kind: str, known: int) -> Request:
    """Return the request for comments: of an entry the page with the first that is not known, of a link the newest."""
    number = key_of(row, kind).rpartition(" ")[2]
    asked = {"page": str(known // PER_PAGE + 1), "limit": str(PER_PAGE)}
    url = f"{API}/entries/{number}/comments?{urlencode(asked)}"
    if kind == LINK:
        url = f"{API}/links/{number}/comments?{urlencode({'sort': 'newest', 'page': '1', 'limit': str(PER_PAGE)})}"
    return Request(
        url,
        headers={"Accept": "application/json"},
        unchanged_ok=False,
        errors=(*DENIED, 404, 410, *REFUSALS),
        pause=PAUSE,
    )


def _read_to(count: int, kind: str, known: int) -> int:
    """Return how many comments are read once a page was."""
    return count if kind == LINK else min(count, (known // PER_PAGE + 1) * PER_PAGE)


SOURCE = WykopSource()
