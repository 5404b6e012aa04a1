"""Bing News: a second search for articles, since no search finds all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from app.core.mention import Mention
from app.core.ports.find import FindSteps, InHand
from app.core.ports.net import Request
from app.core.ports.source import Poll, Setting, Steps, msgid
from app.core.problems import Problem
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

RANK = 4

_HOST = "www.bing.com"


class BingNewsSource:
    """One request per poll: the newest dozen of articles, their links led straight to the publisher."""

    id = "bing_news"
    title = msgid("Bing News search")
    kinds = (WatchKind.SEARCH,)
    reads_news = True
    settings = (
        Setting("words", msgid("What to search for"), hint=msgid("Several words are searched for as one phrase.")),
        Setting("edition", msgid("Country and language"), kind="choice", choices=tuple(EDITIONS)),
    )
    shortest_interval = 1_800
    help_page = "bing_news"

    def poll(self, poll: Poll) -> Steps:
        settings = self.tidy(poll.watch.settings)
        edition = edition_of(settings["edition"], poll.watch.language, settings["words"])
        asked = {
            "q": phrase(settings["words"]),
            "format": "rss",
            "setlang": edition.language,
            "cc": edition.country,
            "qft": 'sortbydate="1"',
        }
        response = yield Request(
            f"https://{_HOST}/news/search?{urlencode(asked, errors='replace')}", headers={"Accept": ACCEPT}
        )
        if response.unchanged:
            return unchanged(poll)
        change = partial(_article, language=edition.language)
        return read_results(response, poll, source=self.id, place=self.place(settings), change=change)

    def find(self, hand: InHand) -> FindSteps:
        """Suggest searches for the shop's name."""
        return at_once(searches_for(hand, self.id, whole_texts=True))

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the words or the edition, or None."""
        return words_problem(settings.get("words", ""), settings.get("edition", ""))

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        return tidy_search(settings)

    def place(self, settings: Mapping[str, str]) -> str:
        return place_of_search(_HOST, settings)


def _article(mention: Mention, language: str) -> Mention:
    return mention if mention.language else replace(mention, language=language)


SOURCE = BingNewsSource()
