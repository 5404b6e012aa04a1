"""X: a search of the last seven days and mentions of an account, paid by the post, within a limit that stops it."""

from __future__ import annotations

import calendar
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import urlencode

from app.core.mention import Mention
from app.core.ports.net import Request, Response
from app.core.ports.source import LASTING, Poll, Reading, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import WatchKind
from app.sources.apis.server import broken, path_of, usual_problem
from app.sources.apis.values import Row, id_at, json_of, language_of, moment_at, name_of, rows_at, text_at
from app.sources.apis.walk import Page, walk
from app.sources.apis.words import tidy_words, words_problem
from app.sources.feeds.html_text import plain_text

RANK = 20

HOST = "api.x.com"
BASE = f"https://{HOST}/2"
SEARCH, MENTIONS = msgid("search"), msgid("mentions")
NAMED, UNNAMED = msgid("with the names of authors"), msgid("without names, a third of the price")

POST_PRICE, NAME_PRICE = 5, 10
"""Thousandths of a dollar for reading a post and for reading who wrote it (facts of 2026-08; the console has today's)."""

FEWEST, MOST = 10, 100
"""Posts of one answer; X takes no other numbers."""

MONTH, SPENT, SINCE_ID, ACCOUNT = LASTING + "month", LASTING + "spent", "since_id", "account"
"""Names in the bookmark: the month in which money was spent, how much (thousandths of a dollar), the newest post read,
the number of the account."""

REFUSED = (400, 401, 402, 403, 404)
DAY = 86_400.0
_HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")
_ID = re.compile(r"\d{1,25}")
_DOLLARS = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?")


@dataclass(slots=True)
class Purse:
    """What this month's reading cost so far and may cost, in thousandths of a dollar."""

    spent: int
    limit: int
    price: int

    def posts(self) -> int:
        """Return how many posts may be asked for now, 0 where the rest does not do for the fewest."""
        affordable = (self.limit - self.spent) // self.price
        return 0 if affordable < FEWEST else min(MOST, affordable)


class XSource:
    """One request a poll, more only after a storm. Every post that is read costs money: the limit stops reading."""

    id = "x"
    title = msgid("X (Twitter)")
    kinds = (WatchKind.SEARCH, WatchKind.CHANNEL)
    settings = (
        Setting("what", msgid("What to listen to"), kind="choice", choices=(SEARCH, MENTIONS)),
        Setting(
            "name",
            msgid("Words or account"),
            hint=msgid("The words of a search as X writes them, or your account such as @kawaraj."),
        ),
        Setting(
            "limit",
            msgid("Most to spend in a month, in dollars"),
            hint=msgid("X charges for every post read. Reading stops at this sum until the next month."),
        ),
        Setting("authors", msgid("Authors"), kind="choice", choices=(NAMED, UNNAMED)),
        Setting("token", msgid("Bearer token"), kind="secret", hint=msgid("console.x.com, your app, Keys and tokens.")),
    )
    shortest_interval = 900
    help_page = "x"

    def poll(self, poll: Poll) -> Steps:
        settings, token = self.tidy(poll.watch.settings), poll.secrets.get("token", "").strip()
        if not token:
            return Reading(bookmark=poll.bookmark, problem=Problem("sources.x_no_token"))
        purse = _purse(poll, settings)
        if not purse.posts():
            return Reading(bookmark=poll.bookmark, problem=_empty(purse, poll.now))
        account = poll.bookmark.get(ACCOUNT, "")
        if settings["what"] == MENTIONS and not _ID.fullmatch(account):
            response = yield _request(f"/users/by/username/{settings['name']}", token, {})
            purse.spent += NAME_PRICE
            account = id_at(json_of(response.body), "data", "id")
            if response.status >= 400 or not _ID.fullmatch(account):
                unknown = Problem("sources.no_account", {"host": HOST, "name": settings["name"]})
                refused = response.status >= 400 and response.status != 404
                return Reading(bookmark=poll.bookmark, problem=_refusal(response, poll.now) if refused else unknown)
        since = poll.bookmark.get(SINCE_ID, "")
        asking = _Asking(settings, token, account, since if _ID.fullmatch(since) else "", purse, poll.now)
        reading = yield from walk(poll, asking.request, asking.page)
        kept = {**_kept(purse, poll.now), SINCE_ID: asking.newest, ACCOUNT: account}
        if reading.problem:
            return replace(reading, bookmark={**poll.bookmark, **{name: text for name, text in kept.items() if text}})
        return replace(reading, bookmark={**reading.bookmark, **{name: text for name, text in kept.items() if text}})

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with words or account, or with the limit, or None."""
        kept = self.tidy(settings)
        if kept["what"] == SEARCH and (problem := words_problem({"words": kept["name"]})):
            return problem
        if kept["what"] == MENTIONS and not _HANDLE.fullmatch(kept["name"]):
            return Problem("sources.bad_account")
        return None if _limit(kept["limit"]) else Problem("sources.x_no_limit")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        kept["what"] = kept.get("what") or SEARCH
        kept["authors"] = kept.get("authors") or NAMED
        kept["limit"] = kept.get("limit", "").removeprefix("$").strip()
        name = kept.get("name", "")
        kept["name"] = tidy_words({"words": name})["words"] if kept["what"] == SEARCH else _handle(name)
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        kept = self.tidy(settings)
        return f"{HOST}/{kept['what']}/{kept['name'].casefold()}"


@dataclass(slots=True)
class _Asking:
    """One poll's questions. A mark of an older page is «since token»: X wants both together."""

    settings: Mapping[str, str]
    token: str
    account: str
    since: str
    purse: Purse
    now: float
    newest: str = ""

    def request(self, cursor: str) -> Request:
        since, _, onward = cursor.partition(" ") if cursor else (self.since, "", "")
        named = self.settings["authors"] == NAMED
        asked = {
            "max_results": str(self.purse.posts() or FEWEST),
            "tweet.fields": "created_at,lang,conversation_id,referenced_tweets",
            **({"expansions": "author_id", "user.fields": "username,name"} if named else {}),
            **({"since_id": since} if _ID.fullmatch(since) else {}),
        }
        if self.settings["what"] == MENTIONS:
            return _request(
                f"/users/{self.account}/mentions", self.token, asked | ({"pagination_token": onward} if onward else {})
            )
        query = self.settings["name"]
        asked["query"] = query if "is:retweet" in query else f"{query} -is:retweet"
        return _request("/tweets/search/recent", self.token, asked | ({"next_token": onward} if onward else {}))

    def page(self, response: Response, cursor: str) -> Page | Problem:
        """Read a page and count what it cost; where the purse is empty then, the rest waits for the next month."""
        if response.status >= 400:
            too_old = cursor and response.status == 400  # a mark of an older page is good for a week
            return Problem("watch.gone") if too_old else _refusal(response, self.now)
        found = json_of(response.body)
        if not isinstance(found, dict) or not (isinstance(found.get("data"), list) or found.get("meta")):
            return broken(response)  # a search that finds nothing has a «meta» that says so
        rows = rows_at(found, "data")
        self.purse.spent += len(rows) * POST_PRICE + len(rows_at(found, "includes", "users")) * NAME_PRICE
        self.newest = max((self.newest, self.since, *(id_at(row, "id") for row in rows)), key=_size)
        names = {id_at(row, "id"): row for row in rows_at(found, "includes", "users")}
        mentions = tuple(mention for row in rows if (mention := _mention(row, names, self.now)))
        moments = [moment for row in rows if (moment := moment_at(row, self.now, "created_at")) is not None]
        onward = text_at(found, "meta", "next_token")
        onward = "" if " " in onward else onward
        since = cursor.partition(" ")[0] if cursor else self.since or "0"
        mark = f"{since} {onward}" if onward else ""
        wait = 0.0 if self.purse.posts() else _next_month(self.now) - self.now
        return Page(mentions, mark, moments[-1] if moments else None, moments[0] if moments else None, wait)


def _size(written: str) -> int:
    return int(written) if _ID.fullmatch(written) else 0


def _request(path: str, token: str, asked: Mapping[str, str]) -> Request:
    url = f"{BASE}{path}?{urlencode(asked, errors='replace')}" if asked else BASE + path
    head = {"Authorization": f"Bearer {token}"}
    return Request(url, headers={"Accept": "application/json"}, secret_headers=head, unchanged_ok=False, errors=REFUSED)


def _refusal(response: Response, now: float) -> Problem:
    if response.status == 401:
        return Problem("sources.x_token_refused")
    if response.status == 402:
        return Problem("sources.x_no_credit", retry_at=now + DAY)
    if response.status == 403:
        return Problem("sources.x_no_access")
    return Problem("sources.x_not_understood") if response.status == 400 else usual_problem(response)


def _limit(written: str) -> int:
    """Return a sum in dollars as thousandths of one, 0 for what is none."""
    return round(float(written.replace(",", ".")) * 1_000) if _DOLLARS.fullmatch(written) else 0


def _month(now: float) -> str:
    return time.strftime("%Y-%m", time.gmtime(now))


def _purse(poll: Poll, settings: Mapping[str, str]) -> Purse:
    known = poll.bookmark.get(SPENT, "0")
    same = poll.bookmark.get(MONTH) == _month(poll.now) and _ID.fullmatch(known)
    price = POST_PRICE + (NAME_PRICE if settings["authors"] == NAMED else 0)
    return Purse(int(known) if same else 0, _limit(settings["limit"]), price)


def _kept(purse: Purse, now: float) -> dict[str, str]:
    return {MONTH: _month(now), SPENT: str(purse.spent)}


def _empty(purse: Purse, now: float) -> Problem:
    """Return that the month's sum is spent, until the first day of the next month."""
    return Problem("sources.x_limit_reached", {"sum": f"{purse.limit / 1000:.2f}"}, retry_at=_next_month(now))


def _next_month(now: float) -> float:
    """Return when the next month begins in UTC, Unix seconds."""
    year, month = time.gmtime(now)[:2]
    return float(calendar.timegm((year + month // 12, month % 12 + 1, 1, 0, 0, 0)))


def _handle(typed: str) -> str:
    if "/" in typed:
        typed = path_of(typed).split("/")[0]
    return typed.removeprefix("@")


def _mention(row: Row, names: Mapping[str, Row], now: float) -> Mention | None:
    key, text = id_at(row, "id"), plain_text(unescape(text_at(row, "text")))
    if not _ID.fullmatch(key) or not text:
        return None
    user = names.get(id_at(row, "author_id"), {})
    handle = text_at(user, "username")
    handle = handle if _HANDLE.fullmatch(handle) else ""
    answered = [id_at(one, "id") for one in rows_at(row, "referenced_tweets") if text_at(one, "type") == "replied_to"]
    thread = id_at(row, "conversation_id")
    return Mention(
        source="x",
        key=key,
        url=f"https://x.com/{handle or 'i'}/status/{key}",
        text=text,
        author=name_of(text_at(user, "name")) or handle,
        handle=f"@{handle}" if handle else "",
        site="x.com",
        published=moment_at(row, now, "created_at"),
        language=language_of(text_at(row, "lang")),
        parent=answered[0] if answered else "",
        thread=thread if thread != key else "",
    )


SOURCE = XSource()
