"""Google News: articles in which somebody writes about the shop."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from urllib.parse import urlencode

from app.core.mention import Mention
from app.core.ports.find import FindSteps, InHand
from app.core.ports.net import Request
from app.core.ports.source import Poll, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.text import letters
from app.core.watch import WatchKind
from app.sources.feeds.read import ACCEPT, unchanged
from app.sources.find.asking import at_once
from app.sources.find.news import searches_for
from app.sources.searches.results import read_results
from app.sources.searches.words import (
    EDITIONS,
    edition_of,
    phrase,
    place_of_search,
    tidy_search,
    words_problem,
)

RANK = 2

_HOST = "news.google.com"
_DAY = 86_400.0
_USUAL_DAYS = 7
_MOST_DAYS = 30
_DATED = ("when:", "after:", "before:")
_SEARCHED = "searched"
"""Where the bookmark keeps when results were last read (Unix seconds)."""


class GoogleNewsSource:
    """One request per poll; at most 100 articles, the service has no further pages.

    Google gives an article another id and link at each reading, so headline and publisher are what it is known by.
    """

    id = "google_news"
    title = msgid("Google News search")
    kinds = (WatchKind.SEARCH,)
    reads_news = True
    settings = (
        Setting(
            "words",
            msgid("What to search for"),
            hint=msgid("Several words are searched for as one phrase. Quotes, OR and -word work as on the web page."),
        ),
        Setting("edition", msgid("Country and language"), kind="choice", choices=tuple(EDITIONS)),
    )
    shortest_interval = 1_800
    help_page = "google_news"

    def poll(self, poll: Poll) -> Steps:
        settings = self.tidy(poll.watch.settings)
        edition = edition_of(settings["edition"], poll.watch.language, settings["words"])
        asked = {
            "q": _query(settings["words"], _days(poll)),
            "hl": "pl" if edition.language == "pl" else "ru" if edition.language == "ru" else edition.locale,
            "gl": edition.country,
            "ceid": f"{edition.country}:{edition.language}",
        }
        response = yield Request(
            f"https://{_HOST}/rss/search?{urlencode(asked, errors='replace')}", headers={"Accept": ACCEPT}
        )
        searched = {**poll.bookmark, _SEARCHED: str(int(poll.now))}
        if response.unchanged:
            return replace(unchanged(poll), bookmark=searched)
        reading = read_results(
            response,
            poll,
            source=self.id,
            place=self.place(settings),
            change=partial(_article, language=edition.language),
        )
        return (
            reading
            if reading.problem
            else replace(reading, bookmark={**reading.bookmark, _SEARCHED: searched[_SEARCHED]})
        )

    def find(self, hand: InHand) -> FindSteps:
        """Suggest searches for the shop's name; the text of a result is its headline, which seldom holds that."""
        return at_once(searches_for(hand, self.id, whole_texts=False))

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the words or the edition, or None."""
        return words_problem(settings.get("words", ""), settings.get("edition", ""))

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        return tidy_search(settings)

    def place(self, settings: Mapping[str, str]) -> str:
        return place_of_search(_HOST, settings)


def _days(poll: Poll) -> int:
    """Return how many days back is searched: a week, more after a longer sleep, so that nothing falls in between."""
    try:
        asleep = poll.now - float(poll.bookmark.get(_SEARCHED, poll.now))
    except ValueError:  # not one of our bookmarks
        asleep = 0.0
    if not math.isfinite(asleep) or asleep <= 0:
        return _USUAL_DAYS
    return min(max(_USUAL_DAYS, math.ceil(asleep / _DAY) + 1), _MOST_DAYS)


def _query(words: str, days: int) -> str:
    asked = phrase(words)
    return asked if any(mark in asked for mark in _DATED) else f"{asked} when:{days}d"


def _article(mention: Mention, language: str) -> Mention:
    """Return an article under its lasting key. What the feed has as its text only repeats headlines, of others as well."""
    headline = letters(mention.title.rpartition(" - ")[0] or mention.title)
    key = blake2b(f"{headline}\n{mention.site}".encode("utf-8", "replace"), digest_size=16).hexdigest()
    if not headline:
        return mention
    return replace(mention, key=f"article:{key}", text="", language=mention.language or language)


SOURCE = GoogleNewsSource()
