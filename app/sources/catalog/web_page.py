"""Any web page without a feed: a list on it is watched for new entries."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.ports.find import FindSteps, InHand
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Setting, Steps, Suggestion, msgid
from app.core.problems import Problem
from app.core.watch import WatchKind
from app.sources.apis.told import NAME as TOLD
from app.sources.apis.told import Told
from app.sources.feeds.addresses import host_of
from app.sources.feeds.charset import decode
from app.sources.feeds.html_text import one_line
from app.sources.feeds.page_links import read_page
from app.sources.feeds.sniff import Kind, is_binary, look
from app.sources.feeds.typed import address_problem, completed, place_of
from app.sources.find.lists import find_lists
from app.sources.pages.entries import Where, mentions_on
from app.sources.pages.lists import lists_on
from app.sources.pages.selector import read_selector, select
from app.sources.pages.tree import Page, read_tree

RANK = 15

ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"

_LONGEST_TITLE = 200


class WebPageSource:
    """One request per poll: the page, nothing that it would load, and no script of it is run.

    Without a part chosen it says which lists the page has: each is a suggestion, the likeliest first.
    """

    id = "web_page"
    title = msgid("Part of a web page")
    kinds = (WatchKind.CHANNEL, WatchKind.SEARCH)
    settings = (
        Setting("url", msgid("Address of the page"), kind="url"),
        Setting(
            "selector",
            msgid("Part of the page"),
            required=False,
            hint=msgid(
                "A CSS selector of one entry, such as li.review. Leave it empty and test: the lists found are offered."
            ),
        ),
    )
    shortest_interval = 1_800
    help_page = "web_page"

    def poll(self, poll: Poll) -> Steps:
        settings = self.tidy(poll.watch.settings)
        response = yield Request(settings["url"], headers={"Accept": ACCEPT})
        if response.unchanged:
            return Reading(bookmark=poll.bookmark)
        host = {"host": host_of(response.url) or response.url}
        if is_binary(response.body):
            return Reading(bookmark=poll.bookmark, problem=Problem("sources.not_text", host))
        text = decode(response.body, response.headers.get("content-type", ""))
        found = look(text)
        if found.kind is Kind.EMPTY:
            return Reading(bookmark=poll.bookmark, problem=Problem("sources.empty_answer", host))
        if found.kind in {Kind.FEED, Kind.MESSY}:
            feed = Suggestion("feed", "", {"url": settings["url"]})
            return Reading(bookmark=poll.bookmark, problem=Problem("sources.feed_not_page", host), suggestions=(feed,))
        page = read_tree(text)
        selector = read_selector(settings["selector"])
        if selector is None:
            return self._offer(page, text, response, poll)
        numbers = select(page, selector)
        where = Where(self.id, place_of(settings["url"]), response.url, poll.now)
        told = Told(poll.bookmark)
        mentions = mentions_on(page, numbers, where)
        told.add(mentions)
        if not mentions:
            code = "sources.login_page" if read_page(text, response.url).asks_password else "sources.nothing_selected"
            return Reading(bookmark=poll.bookmark, problem=Problem(code, host))
        return Reading(
            mentions=told.fresh(first=poll.first),
            bookmark={**poll.bookmark, TOLD: told.marks()},
            title=one_line(page.title, _LONGEST_TITLE),
        )

    def find(self, hand: InHand) -> FindSteps:
        """Suggest the lists on a page that has no feed."""
        return find_lists(hand)

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the address or the selector as typed, or None."""
        if problem := address_problem(settings.get("url", "").strip(), missing="sources.no_page_address"):
            return problem
        selector = settings.get("selector", "").strip()
        return Problem("sources.bad_selector") if selector and read_selector(selector) is None else None

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        selector = " ".join(kept.get("selector", "").split())
        return {**kept, "url": completed(kept.get("url", "")), "selector": selector}

    def place(self, settings: Mapping[str, str]) -> str:
        """Return the address without scheme, «www.», fragment and trailing slash, and the selector."""
        return f"{place_of(settings.get('url', ''))} {' '.join(settings.get('selector', '').split())}".rstrip()

    def _offer(self, page: Page, text: str, response: Response, poll: Poll) -> Reading:
        """Say which parts of the page can be watched, and which feeds it has."""
        links = read_page(text, response.url)
        address = poll.watch.settings.get("url", "")
        parts = tuple(
            Suggestion(
                self.id,
                f"{one.count} × {''.join(one.examples[:1]) or one.selector}",
                {"url": completed(address.strip()), "selector": one.selector},
                count=one.count,
                examples=one.examples,
            )
            for one in lists_on(page)
        )
        feeds = tuple(Suggestion("feed", name, {"url": found}) for found, name in links.feeds)
        code = "sources.choose_part" if parts else "sources.login_page" if links.asks_password else "sources.no_part"
        problem = Problem(code, {"host": host_of(response.url) or response.url})
        title = one_line(page.title, _LONGEST_TITLE)
        return Reading(bookmark=poll.bookmark, problem=problem, suggestions=(*parts, *feeds), title=title)


SOURCE = WebPageSource()
