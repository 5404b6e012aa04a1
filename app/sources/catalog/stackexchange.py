"""Stack Exchange: questions on Stack Overflow and its sister sites that hold the words; and our answers to them."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from urllib.parse import urlencode

from app.core.mention import Mention
from app.core.our_reply import EARLY
from app.core.ports.answer import Answer, LookSteps, Standing
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import WatchKind
from app.sources.apis.ours import Found, is_ours, ours
from app.sources.apis.server import base_of, broken, place_of, usual_problem
from app.sources.apis.values import Row, id_at, is_true, json_of, moment_at, name_of, number_at, rows_at, text_at
from app.sources.apis.walk import Page, walk
from app.sources.apis.web import of_web
from app.sources.apis.words import tidy_words, words_problem
from app.sources.feeds.addresses import host_of, web_address
from app.sources.feeds.html_text import html_text, one_line

HOST = "api.stackexchange.com"
SEARCH = f"https://{HOST}/2.3/search/advanced"
QUESTIONS = f"https://{HOST}/2.3/questions"
PER_PAGE = 100
DAY = 86_400.0

_SITE = re.compile(r"[a-z0-9][a-z0-9.-]{1,60}")
_SECONDS = re.compile(r"\b(\d{1,6}) seconds")
_LANGUAGE = re.compile(r"(ru|es|pt|ja)\.stackoverflow")


class StackExchangeSource:
    """One request a poll. The interface lets 300 a day pass without a key; what it asks for in `backoff` is obeyed."""

    id = "stackexchange"
    title = msgid("Stack Exchange")
    kinds = (WatchKind.SEARCH,)
    settings = (
        Setting("site", msgid("Site"), hint=msgid("Its address, such as superuser.com or cooking.stackexchange.com.")),
        Setting("words", msgid("Words to look for"), hint=msgid("Put a name of several words in quotation marks.")),
        Setting(
            "key",
            msgid("Key of your own app"),
            required=False,
            hint=msgid("Not secret, and needed only for more than 300 polls a day."),
        ),
    )
    shortest_interval = 900
    help_page = "stackexchange"

    def poll(self, poll: Poll) -> Steps:
        settings = self.tidy(poll.watch.settings)
        return walk(
            poll,
            lambda page: _request(settings, page),
            lambda answer, page: _page(answer, page, settings, poll.now),
        )

    def look(self, answer: Answer) -> LookSteps:
        """Look for the answer below the question, then among its comments: one to three requests of the day's 300."""
        return of_web(_look(answer, self.tidy(answer.watch.settings)))

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the site or the words, or None."""
        site = self.tidy(settings)["site"]
        if not site:
            return Problem("sources.no_server")
        return words_problem(settings) if _SITE.fullmatch(site) else Problem("sources.bad_address")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = tidy_words(settings)
        kept["site"] = _site(kept.get("site", ""))
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        kept = self.tidy(settings)
        return f"{HOST}/{kept['site']}/{kept['words'].casefold()}"


def _site(typed: str) -> str:
    """Return the name of a site as the interface has it, of its address or its name as typed."""
    host = place_of(base_of(typed)).removeprefix("www.") if typed else ""
    host = host.removesuffix(".stackexchange.com")
    return host.removesuffix(".com")


def _look(answer: Answer, settings: Mapping[str, str]) -> Generator[Request, Response, Standing]:
    number = answer.mention.key.rpartition(" ")[2]
    if not number.isdecimal():
        return Standing(problem=Problem("sources.post_not_found", {"host": answer.mention.site}))
    questions = yield from _items(answer, settings, number)
    if isinstance(questions, Problem):
        return Standing(problem=questions)
    question = next((row for row in questions if id_at(row, "question_id") == number), None)
    if question is None:
        return Standing(gone=True)
    parts = ("answers", "comments") if number_at(question, "answer_count") else ("comments",)
    for part in parts:
        rows = yield from _items(answer, settings, f"{number}/{part}", fromdate=str(int(answer.begun - EARLY)))
        if isinstance(rows, Problem):
            return Standing(problem=rows)
        standing = ours(answer, (_found(row, answer.now) for row in rows))
        if standing.stands:
            return standing
    return Standing()


def _items(
    answer: Answer, settings: Mapping[str, str], path: str, **more: str
) -> Generator[Request, Response, tuple[Row, ...] | Problem]:
    """Return what stands at a place of the interface; one that asks for a pause is not asked again in this look."""
    key = {"key": settings["key"]} if settings.get("key") else {}
    asked = {"site": settings["site"], "filter": "withbody", "pagesize": str(PER_PAGE), **more, **key}
    response = yield Request(
        f"{QUESTIONS}/{path}?{urlencode(asked)}",
        headers={"Accept": "application/json"},
        unchanged_ok=False,
        errors=(400,),
    )
    found = json_of(response.body)
    if response.status >= 400:
        return _refusal(response, found, settings, answer.now)
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        return broken(response)
    rows = rows_at(found, "items")
    if (wait := _wait(found, answer.now)) and not any(is_ours(answer, _found(row, answer.now)) for row in rows):
        return Problem("net.rate_limited", {"host": HOST, "status": response.status}, retry_at=answer.now + wait)
    return rows


def _found(row: Row, now: float) -> Found:
    where = id_at(row, "answer_id") or id_at(row, "comment_id")
    name = name_of(html_text(text_at(row, "owner", "display_name")))
    text = html_text(text_at(row, "body"))
    return Found(where, text, moment_at(row, now, "creation_date"), web_address(text_at(row, "owner", "link")) or name)


def _request(settings: Mapping[str, str], page: str) -> Request:
    asked = {
        "q": settings["words"],
        "site": settings["site"],
        "sort": "creation",
        "order": "desc",
        "pagesize": str(PER_PAGE),
        "filter": "withbody",
        **({"page": page} if page else {}),
        **({"key": settings["key"]} if settings.get("key") else {}),
    }
    return Request(f"{SEARCH}?{urlencode(asked)}", headers={"Accept": "application/json"}, errors=(400,))


def _page(response: Response, page: str, settings: Mapping[str, str], now: float) -> Page | Problem:
    found = json_of(response.body)
    if response.status >= 400:
        return _refusal(response, found, settings, now)
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        return broken(response)
    rows = rows_at(found, "items")
    mentions = tuple(mention for row in rows if (mention := _mention(row, settings["site"], now)))
    onward = str(int(page or "1") + 1) if rows and is_true(found, "has_more") else ""
    moments = [moment for row in rows if (moment := number_at(row, "creation_date")) is not None]
    return Page(mentions, onward, min(moments, default=None), wait=_wait(found, now))


def _wait(found: object, now: float) -> float:
    """Return the seconds asked for: `backoff`, or until midnight (UTC) where today's quota is used up."""
    wait = max(0.0, min(number_at(found, "backoff") or 0.0, DAY))
    return max(wait, DAY - now % DAY) if number_at(found, "quota_remaining") == 0 else wait


def _refusal(response: Response, found: object, settings: Mapping[str, str], now: float) -> Problem:
    """Return what an error 400 says: its name tells, and sometimes its message when to come again."""
    name, message = text_at(found, "error_name"), text_at(found, "error_message")[:500]
    if name == "throttle_violation":
        seconds = _SECONDS.search(message)
        wait = min(float(seconds[1]), DAY) if seconds else 3_600.0
        return Problem("net.rate_limited", {"host": HOST, "status": response.status}, retry_at=now + wait)
    if name == "bad_parameter" and "site" in message:
        return Problem("sources.no_such_site", {"site": settings["site"]})
    if "key" in message and settings.get("key"):
        return Problem("sources.key_refused", {"host": HOST})
    return usual_problem(response)


def _mention(row: Row, site: str, now: float) -> Mention | None:
    key = id_at(row, "question_id")
    if not key.isdecimal():
        return None
    url = web_address(text_at(row, "link"))
    author = name_of(html_text(text_at(row, "owner", "display_name")))
    language = _LANGUAGE.fullmatch(site)
    return Mention(
        source="stackexchange",
        key=f"{site} {key}",
        url=url,
        title=one_line(html_text(text_at(row, "title")), 500),
        text=html_text(text_at(row, "body")),
        author=author,
        handle=web_address(text_at(row, "owner", "link")),
        site=host_of(url) or site,
        published=moment_at(row, now, "creation_date"),
        language=language[1] if language else "",
    )


SOURCE = StackExchangeSource()
