"""Telegram: the posts of a public channel, from the page that shows them to anybody."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from app.core.ports.find import FindSteps, InHand
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import WatchKind
from app.sources.apis.walk import Page, walk
from app.sources.feeds.charset import decode
from app.sources.find.channels import find_telegram
from app.sources.telegram.names import NAME, is_invitation, name_in
from app.sources.telegram.page import read_page

HOST = "t.me"


class TelegramChannelSource:
    """One request a poll: the page shows about twenty posts, and older ones before a given one."""

    id = "telegram_channel"
    title = msgid("Telegram channel (public)")
    kinds = (WatchKind.CHANNEL,)
    settings = (
        Setting("channel", msgid("Channel"), hint=msgid("Its name or its link, such as @kawaraj or t.me/kawaraj.")),
    )
    shortest_interval = 600
    help_page = "telegram_channel"

    def poll(self, poll: Poll) -> Steps:
        channel = self.tidy(poll.watch.settings)["channel"]
        return walk(poll, lambda before: _request(channel, before), lambda answer, _: _page(answer, channel, poll.now))

    def find(self, hand: InHand) -> FindSteps:
        """Suggest a public channel in hand."""
        return find_telegram(hand)

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the channel as typed, or None."""
        channel = self.tidy(settings)["channel"]
        if not channel:
            return Problem("sources.no_channel")
        if is_invitation(channel):
            return Problem("sources.telegram_private")
        return None if NAME.fullmatch(channel) else Problem("sources.bad_channel")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        kept["channel"] = name_in(kept.get("channel", ""))
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        return f"{HOST}/{self.tidy(settings)['channel'].lower()}"


def _request(channel: str, before: str) -> Request:
    url = f"https://{HOST}/s/{channel}"
    return Request(f"{url}?before={before}" if before else url, headers={"Accept": "text/html"})


def _page(response: Response, channel: str, now: float) -> Page | Problem:
    """Return the posts; where the channel shows nothing to strangers, Telegram leads to a page without «/s/»."""
    found = read_page(decode(response.body, response.headers.get("content-type", "")), channel, now)
    if not found.is_channel:
        there = "/s/" in urlsplit(response.url).path
        return Problem("sources.broken_answer" if there else "sources.telegram_hidden", {"host": HOST, "name": channel})
    return Page(found.mentions, found.before, found.oldest, title=found.title)


SOURCE = TelegramChannelSource()
