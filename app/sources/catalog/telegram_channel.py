"""Telegram: the posts of a public channel, from the page that shows them to anybody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import WatchKind
from app.sources.apis.walk import Page, walk
from app.sources.feeds.charset import decode
from app.sources.telegram.page import read_page

HOST = "t.me"

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_LINK = re.compile(r"(?:https?://)?(?:www\.)?(?:t|telegram)\.(?:me|dog)/(?:s/)?(.*)", re.IGNORECASE)


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
        return (
            yield from walk(
                poll, lambda before: _request(channel, before), lambda answer, _: _page(answer, channel, poll.now)
            )
        )

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the channel as typed, or None."""
        channel = self.tidy(settings)["channel"]
        if not channel:
            return Problem("sources.no_channel")
        if channel.startswith("+") or channel.lower().startswith("joinchat"):
            return Problem("sources.telegram_private")
        return None if _NAME.fullmatch(channel) else Problem("sources.bad_channel")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        kept["channel"] = _channel(kept.get("channel", ""))
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        return f"{HOST}/{self.tidy(settings)['channel'].lower()}"


def _channel(typed: str) -> str:
    """Return the name of a channel out of a link, an @name or the name itself."""
    if typed.lower().startswith("tg://"):
        try:
            return parse_qs(urlsplit(typed).query, max_num_fields=20).get("domain", [""])[0]
        except ValueError:  # more parameters than any such link has
            return ""
    link = _LINK.fullmatch(typed)
    name = link[1] if link else typed.removeprefix("@")
    return re.split(r"[/?#]", name, maxsplit=1)[0] or name


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
