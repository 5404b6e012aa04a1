"""YouTube channels: each new video of a channel, with its title and description."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote, unquote, urlsplit

from app.core.ports.find import FindSteps, InHand
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import WatchKind
from app.sources.feeds.addresses import host_of
from app.sources.feeds.charset import decode
from app.sources.feeds.read import ACCEPT, read_feed, unchanged
from app.sources.find.channels import find_youtube

RANK = 12

_HOST = "www.youtube.com"
_ID = r"UC[A-Za-z0-9_-]{22}"
_CHANNEL = re.compile(_ID)
_SITE = re.compile(r"(?:https?://)?(?:(?:www|m|music)\.)?youtube\.com(?=[/?]|\Z)", re.IGNORECASE)
_PAGE = re.compile(r"(@[^\s/@?#]{2,100}|(?:c|user)/[^\s/@?#]{1,100})")
_ON_PAGE = (
    re.compile(rf"""<link rel="canonical" href="https://www\.youtube\.com/channel/({_ID})\""""),
    re.compile(rf"""<meta itemprop="(?:identifier|channelId)" content="({_ID})\""""),
    re.compile(rf'"externalId":\s?"({_ID})"'),
    re.compile(rf"feeds/videos\.xml\?channel_id=({_ID})"),
)
"""Where the page of a channel names its own id, the surest place first; other channels' ids stand there too."""

_LOOKED_AT = 3_000_000
_FOUND = "channel"
"""Where the bookmark keeps the id found for a @handle."""

_FAULTS = (404, 500)
"""What the feeds of sound channels answer at times (NetNewsWire#5212, FreshRSS#8808 of 2026): no sign of a wrong id."""

_NO_CONSENT = {"Cookie": "SOCS=CAI"}
"""Says no to all cookies; without it visitors from the EU get a page of questions instead of the channel."""


class YouTubeChannelSource:
    """One request per poll for the 15 newest videos; a @handle takes another one the first time, to find the id."""

    id = "youtube_channel"
    title = msgid("YouTube channel")
    kinds = (WatchKind.CHANNEL,)
    settings = (
        Setting(
            "channel",
            msgid("Channel"),
            hint=msgid("The address of its page, its @handle, or its id that begins with UC."),
        ),
    )
    shortest_interval = 900
    help_page = "youtube_channel"

    def poll(self, poll: Poll) -> Steps:
        named = _named(poll.watch.settings.get("channel", ""))
        channel = named if _CHANNEL.fullmatch(named) else poll.bookmark.get(_FOUND, "")
        if not _CHANNEL.fullmatch(channel):
            page = yield Request(
                f"https://{_HOST}/{quote(named, safe='@/', errors='replace')}",
                headers=_NO_CONSENT,
                unchanged_ok=False,
                errors=(404,),
            )
            channel = _id_on(page)
            if not channel:
                return Reading(bookmark=poll.bookmark, problem=_no_id(page, named))
        response = yield Request(
            f"https://{_HOST}/feeds/videos.xml?channel_id={channel}", headers={"Accept": ACCEPT}, errors=_FAULTS
        )
        bookmark = poll.bookmark if named == channel else {**poll.bookmark, _FOUND: channel}
        if response.status in _FAULTS:
            return Reading(
                bookmark=poll.bookmark, problem=Problem("sources.youtube_faulty", {"status": response.status})
            )
        if response.unchanged:
            return replace(unchanged(poll), bookmark=bookmark)
        reading = read_feed(response, replace(poll, bookmark=bookmark), source=self.id, place=_HOST)
        return replace(reading, suggestions=())

    def find(self, hand: InHand) -> FindSteps:
        return find_youtube(hand, _NO_CONSENT, _id_on)

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return that no channel is named, or None."""
        typed = settings.get("channel", "").strip()
        named = _named(typed)
        if _CHANNEL.fullmatch(named) or _PAGE.fullmatch(named):
            return None
        code = "sources.youtube_video" if re.search(r"youtu\.be/|/watch|/shorts/|/playlist", typed) else ""
        return Problem(code or "sources.no_youtube_channel")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        return {**kept, "channel": _named(kept.get("channel", ""))}

    def place(self, settings: Mapping[str, str]) -> str:
        """Return the host and the channel; the letter case of a handle makes no difference."""
        named = _named(settings.get("channel", ""))
        return f"{_HOST}/{named if _CHANNEL.fullmatch(named) else named.lower()}"


def _named(typed: str) -> str:
    """Return a channel as its id, its @handle or the older c/name and user/name; anything else as typed."""
    typed = typed.strip()
    if _CHANNEL.fullmatch(typed):
        return typed
    site = _SITE.match(typed)
    rest = typed[site.end() :] if site else typed
    if site and (found := re.match(rf"/(?:channel/|feeds/videos\.xml\?channel_id=)({_ID})", rest)):
        return found[1]
    path = unquote(urlsplit(rest).path).strip("/") if site else rest
    if page := _PAGE.match(path):
        whole = page.end() == len(path) or path[page.end()] == "/"
        return page[1] if whole else typed
    bare = not site and re.fullmatch(r"[\w.·-]{3,100}", typed) and not re.search(r"\.(?:com|be|pl|ru|net|org)\Z", typed)
    return f"@{typed}" if bare else typed


def _id_on(page: Response) -> str:
    """Return the id that the page of a channel gives as its own, or «»."""
    text = decode(page.body[:_LOOKED_AT], page.headers.get("content-type", "")) if page.status < 400 else ""
    return next((found[1] for pattern in _ON_PAGE if (found := pattern.search(text))), "")


def _no_id(page: Response, named: str) -> Problem:
    if host_of(page.url).startswith("consent."):
        return Problem("sources.youtube_consent")
    return Problem("sources.unknown_youtube_channel", {"name": named[:100]})


SOURCE = YouTubeChannelSource()
