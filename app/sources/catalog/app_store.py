"""Apple's App Store: the reviews of an app, country by country."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from app.core.mention import Mention
from app.core.ports.find import FindSteps, InHand
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import WatchKind
from app.sources.apis.walk import Page, kept_apart, put_together, walk
from app.sources.apple.apps import app_number
from app.sources.feeds.mention_of import mentions_of
from app.sources.feeds.read import read_document
from app.sources.find.channels import find_app

HOST = "itunes.apple.com"
PER_PAGE = 50
MOST_PAGES = 10
"""Apple shows no more pages than these."""

MOST_COUNTRIES = 12

_TWIN = re.compile(rb'<content type="html">[^<]*+</content>')
"""The second text of a review: a table of its title, version and stars, made for showing."""

_COUNTRY_IN_ADDRESS = re.compile(r"https?://(?:apps|itunes)\.apple\.com/([a-z]{2})/", re.IGNORECASE)
_COUNTRY = re.compile(r"[a-z]{2}")


class AppStoreSource:
    """One request for each country a poll. The feed is Atom, since its JSON twin often leaves out the dates."""

    id = "app_store"
    title = msgid("App Store reviews")
    kinds = (WatchKind.CHANNEL,)
    settings = (
        Setting("app", msgid("App"), hint=msgid("Its address in the App Store, or the number in it.")),
        Setting("countries", msgid("Countries"), required=False, hint=msgid("Two letters each, such as: pl, de, us.")),
    )
    shortest_interval = 3600
    help_page = "app_store"

    def poll(self, poll: Poll) -> Steps:
        settings = self.tidy(poll.watch.settings)
        app, read = settings["app"], Reading()
        bookmark: dict[str, str] = {}
        mentions: list[Mention] = []
        for country in settings["countries"].split(", "):
            read = yield from self._country(kept_apart(poll, country), app, country)
            if read.problem:
                return Reading(tuple(mentions), bookmark=poll.bookmark, problem=read.problem)
            mentions += read.mentions
            bookmark |= put_together(country, read)
        return Reading(tuple(mentions), bookmark, title=read.title)

    def find(self, hand: InHand) -> FindSteps:
        """Suggest the reviews of an app whose address is in hand."""
        return find_app(hand)

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the app or the countries, or None."""
        if not app_number(settings.get("app", "")):
            return Problem("sources.no_app")
        countries = self.tidy(settings)["countries"].split(", ")
        if len(countries) > MOST_COUNTRIES:
            return Problem("sources.many_countries", {"most": MOST_COUNTRIES})
        odd = next((country for country in countries if not _COUNTRY.fullmatch(country)), None)
        return Problem("sources.no_country", {"text": odd[:40]}) if odd is not None else None

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        typed = kept.get("app", "")
        countries = dict.fromkeys(re.split(r"[\s,;]+", kept.get("countries", "").lower().strip(" ,;")))
        countries.pop("", None)
        there = _COUNTRY_IN_ADDRESS.match(typed)
        kept["countries"] = ", ".join(countries) or (there[1].lower() if there else "us")
        kept["app"] = app_number(typed) or typed
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        kept = self.tidy(settings)
        return f"{HOST}/{kept['app']}/{','.join(sorted(kept['countries'].split(', ')))}"

    def _country(self, poll: Poll, app: str, country: str) -> Steps:
        return walk(
            poll,
            lambda page: _request(app, country, page),
            lambda answer, page: _page(answer, page, app, country, poll.now),
            most_pages=MOST_PAGES,
        )


def _request(app: str, country: str, page: str) -> Request:
    url = f"https://{HOST}/{country}/rss/customerreviews/page={page or '1'}/id={app}/sortby=mostrecent/xml"
    return Request(url, headers={"Accept": "application/atom+xml, application/xml;q=0.9"})


def _page(response: Response, page: str, app: str, country: str, now: float) -> Page | Problem:
    """Return the reviews of a page: its entries with stars; one without is the app itself."""
    body = _TWIN.sub(b"", response.body)
    document = read_document(body, response.headers.get("content-type", ""))
    if isinstance(document, Problem):
        return Problem("sources.broken_answer", {"host": HOST})
    place = f"apps.apple.com/{country}/id{app}"
    found = mentions_of(document, source="app_store", place=f"app {app}", address=f"https://{place}", now=now)
    mentions = tuple(_review(mention, place) for mention in found if mention.stars is not None)
    moments = [mention.published for mention in mentions if mention.published is not None]
    number = int(page or "1") + 1
    onward = str(number) if len(mentions) >= PER_PAGE and number <= MOST_PAGES else ""
    return Page(mentions, onward, moments[-1] if moments else None)


def _review(mention: Mention, place: str) -> Mention:
    """Return a review with an address that opens: those of the feed lead into the shop program of Apple."""
    number = mention.key.rpartition(" ")[2]
    return replace(
        mention, url=f"https://{place}?see-all=reviews&review={number}", site="apps.apple.com", language="", parent=""
    )


SOURCE = AppStoreSource()
