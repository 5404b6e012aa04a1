"""Google Alerts: what Google finds on the web, as the feed of an alert that the owner has set up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from app.core.ports.net import Request
from app.core.ports.source import Poll, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import WatchKind
from app.sources.feeds.read import ACCEPT, read_feed, unchanged
from app.sources.feeds.typed import address_problem, completed, place_of

RANK = 3

_HOST = re.compile(r"(?:www\.)?google\.[a-z.]{2,6}")
_FEED = re.compile(r"/alerts/feeds/\w+/\w+/?")
_ACCOUNT = re.compile(r"/u/\d+(?=/alerts/)")


class GoogleAlertsSource:
    """One request per poll; the feed holds the newest twenty finds, each linked straight to its page."""

    id = "google_alerts"
    title = msgid("Google Alerts")
    kinds = (WatchKind.SEARCH,)
    settings = (
        Setting(
            "url",
            msgid("Address of the alert's feed"),
            kind="url",
            hint=msgid(
                "On google.com/alerts: Show options, Deliver to: RSS feed; then copy the address behind the orange icon."
            ),
        ),
    )
    shortest_interval = 900
    help_page = "google_alerts"

    def poll(self, poll: Poll) -> Steps:
        settings = self.tidy(poll.watch.settings)
        response = yield Request(settings["url"], headers={"Accept": ACCEPT})
        if response.unchanged:
            return unchanged(poll)
        reading = read_feed(response, poll, source=self.id, place=self.place(settings))
        if reading.problem is None:
            return reading
        if reading.problem.code in {"sources.page_not_feed", "sources.login_page", "sources.nothing_feed"}:
            return replace(reading, problem=Problem("sources.no_alert"), suggestions=())
        return replace(reading, suggestions=())

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the address: any but that of an alert's feed is refused."""
        typed = settings.get("url", "").strip()
        if problem := address_problem(typed):
            return problem
        parts = urlsplit(self.tidy(settings)["url"])
        alert = _HOST.fullmatch(parts.hostname or "") and _FEED.fullmatch(parts.path)
        return None if alert else Problem("sources.not_alert")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        return {**kept, "url": _ACCOUNT.sub("", completed(kept.get("url", "")), count=1)}

    def place(self, settings: Mapping[str, str]) -> str:
        """Return host and path of the feed."""
        return place_of(self.tidy(settings)["url"])


SOURCE = GoogleAlertsSource()
