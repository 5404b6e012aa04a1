"""RSS, Atom and JSON feeds: blogs, comments, forums, saved searches, news."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from app.core.ports.find import FindSteps, InHand
from app.core.ports.net import Request
from app.core.ports.source import Poll, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import WatchKind
from app.sources.feeds.read import ACCEPT, read_feed, unchanged
from app.sources.feeds.typed import address_problem, completed, place_of

RANK = 0


class FeedSource:
    """Reads one feed per watch: one request, whatever the feed's dialect and however broken it is."""

    id = "feed"
    title = msgid("Feed")
    kinds = (WatchKind.CHANNEL, WatchKind.SEARCH)
    settings = (
        Setting(
            "url",
            msgid("Address of the feed"),
            kind="url",
            hint=msgid("The address of a web page will do: its feeds are found."),
        ),
        Setting(
            "user", msgid("User name"), required=False, hint=msgid("Only for feeds that ask for a name and a password.")
        ),
        Setting("password", msgid("Password"), kind="secret", required=False),
    )
    shortest_interval = 300
    help_page = "feed"

    def poll(self, poll: Poll) -> Steps:
        settings = self.tidy(poll.watch.settings)
        response = yield Request(
            url=settings["url"],
            headers={"Accept": ACCEPT},
            secret_headers=_credentials(settings.get("user", ""), poll.secrets.get("password", "")),
        )
        if response.unchanged:
            return unchanged(poll)
        is_place = poll.watch.kind is WatchKind.CHANNEL
        return read_feed(response, poll, source=self.id, place=self.place(settings), signs=is_place)

    def find(self, hand: InHand) -> FindSteps:
        """Suggest the feeds that an address is or its page names."""
        from app.sources.find.sites import find_feeds  # noqa: PLC0415  start-up time: nearly every listener reads feeds

        return find_feeds(hand)

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the address or the user name as typed, or None.

        With a user name there is a password, which goes over the web only encrypted.
        """
        from app.sources.apis.server import secret_problem  # noqa: PLC0415  start-up time: only where a watch is edited

        if problem := address_problem(settings.get("url", "").strip()):
            return problem
        user = settings.get("user", "").strip()
        if ":" in user:
            return Problem("sources.colon_in_user")
        return secret_problem(completed(settings["url"].strip())) if user else None

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        kept["url"] = completed(kept.get("url", ""))
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        """Return the address without scheme, «www.», fragment and trailing slash; the query stays."""
        return place_of(settings.get("url", ""))


def _credentials(user: str, password: str) -> Mapping[str, str]:
    if not (user or password):
        return {}
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")}


SOURCE = FeedSource()
