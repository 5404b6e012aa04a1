"""Hacker News: stories and comments that hold the words, through its search by Algolia; and our answers below them."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from urllib.parse import urlencode

from app.core.mention import Mention
from app.core.ports.answer import Answer, LookSteps, Standing
from app.core.ports.find import FindSteps, InHand
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import WatchKind
from app.sources.apis.ours import Found, ours
from app.sources.apis.server import broken
from app.sources.apis.values import Row, id_at, json_of, moment_at, name_of, number_at, rows_at, text_at
from app.sources.apis.walk import Page, walk
from app.sources.apis.web import of_web
from app.sources.apis.words import tidy_words, words_problem
from app.sources.feeds.html_text import html_text, one_line
from app.sources.find.asking import at_once
from app.sources.find.others import hackernews_of

SEARCH = "https://hn.algolia.com/api/v1/search_by_date"
THREAD = "https://hn.algolia.com/api/v1/items/"
ITEM = "https://news.ycombinator.com/item?id="
SITE = "news.ycombinator.com"
PER_PAGE = 100
MOST_ANSWERS = 1_000
"""Comments of one thread that are looked through."""


class HackerNewsSource:
    """One request a poll; older pages are asked for by time, since Algolia shows no more than 1000 hits of a question."""

    id = "hackernews"
    title = msgid("Hacker News")
    kinds = (WatchKind.SEARCH,)
    settings = (
        Setting("words", msgid("Words to look for"), hint=msgid("Put a name of several words in quotation marks.")),
    )
    shortest_interval = 600
    help_page = "hackernews"

    def poll(self, poll: Poll) -> Steps:
        words = self.tidy(poll.watch.settings)["words"]
        return walk(poll, lambda until: _request(words, until), lambda answer, _: _page(answer, poll.now))

    def find(self, hand: InHand) -> FindSteps:
        """Suggest a search for the shop's name, where an address there is in hand."""
        return at_once(hackernews_of(hand))

    def look(self, answer: Answer) -> LookSteps:
        """Look for the answer among the comments below: one request."""
        return of_web(_look(answer))

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return that there is nothing to look for, or None."""
        return words_problem(settings)

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        return tidy_words(settings)

    def place(self, settings: Mapping[str, str]) -> str:
        return f"hn.algolia.com/{tidy_words(settings)['words'].casefold()}"


def _look(answer: Answer) -> Generator[Request, Response, Standing]:
    key = answer.mention.key
    response = yield Request(THREAD + key, headers={"Accept": "application/json"}, unchanged_ok=False, errors=(404,))
    if response.status == 404:  # dead and deleted things leave the search
        return Standing(gone=True)
    found = json_of(response.body)
    if not isinstance(found, dict) or id_at(found, "id") != key:
        return Standing(problem=broken(response))
    return ours(answer, _below(found, answer.now))


def _below(item: Row, now: float) -> Iterator[Found]:
    """Yield the comments below a story or comment, however deep."""
    waiting = list(rows_at(item, "children"))
    for _ in range(MOST_ANSWERS):
        if not waiting:
            return
        row = waiting.pop(0)
        waiting += rows_at(row, "children")
        text = html_text(text_at(row, "text"))
        yield Found(id_at(row, "id"), text, moment_at(row, now, "created_at_i"), name_of(text_at(row, "author")))


def _request(words: str, until: str) -> Request:
    """Ask for the newest hits, or for those up to a second (Unix time)."""
    asked = {
        "query": words,
        "tags": "(story,comment)",
        "hitsPerPage": str(PER_PAGE),
        "advancedSyntax": "true",
        "typoTolerance": "false",
    }
    if until:
        asked["numericFilters"] = f"created_at_i<={until}"
    return Request(f"{SEARCH}?{urlencode(asked)}", headers={"Accept": "application/json"})


def _page(response: Response, now: float) -> Page | Problem:
    found = json_of(response.body)
    if not isinstance(found, dict) or not isinstance(found.get("hits"), list):
        return broken(response)
    rows = rows_at(found, "hits")
    mentions = tuple(mention for row in rows if (mention := _mention(row, now)))
    moments = [moment for row in rows if (moment := number_at(row, "created_at_i")) is not None]
    until = ""
    if len(rows) >= PER_PAGE and moments and min(moments) > 0:
        same = min(moments) == max(moments)
        until = str(int(min(moments)) - (1 if same else 0))
    return Page(mentions, until, min(moments, default=None))


def _mention(row: Row, now: float) -> Mention | None:
    key = id_at(row, "objectID")
    if not key.isdecimal():
        return None
    story, parent = id_at(row, "story_id"), id_at(row, "parent_id")
    title = html_text(text_at(row, "title") or text_at(row, "story_title"))
    text = html_text(text_at(row, "comment_text") or text_at(row, "story_text"))
    if not (title or text):
        return None
    author = name_of(text_at(row, "author"))
    return Mention(
        source="hackernews",
        key=key,
        url=ITEM + key,
        title=one_line(title, 500),
        text=text,
        author=author,
        handle=author,
        site=SITE,
        published=moment_at(row, now, "created_at_i"),
        language="en",
        parent=parent if parent != key else "",
        thread=story if story != key else "",
    )


SOURCE = HackerNewsSource()
