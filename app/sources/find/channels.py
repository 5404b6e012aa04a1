"""Channels on Telegram and YouTube, and apps in the App Store: in hand, or linked from the page in hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, unquote

from app.core.ports.find import FindSteps, InHand
from app.core.ports.net import Request, Response
from app.core.ports.source import Suggestion
from app.core.watch import WatchKind
from app.sources.find.asking import named_there, parts_of, text_of, title_of
from app.sources.telegram.page import read_page as channel_page

_TELEGRAM = re.compile(r"/(?:s/)?([A-Za-z][A-Za-z0-9_]{3,31})(?:/\d{1,12})?/?")
_NO_CHANNELS = frozenset({"share", "joinchat", "addstickers", "proxy", "socks", "login", "contact", "boost", "addlist"})
_CHANNEL_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_YOUTUBE = re.compile(r"/(@[^\s/@?#]{2,100}|channel/UC[\w-]{22}|(?:c|user)/[^\s/@?#]{1,100})(?:/.*)?")
_YOUTUBE_NAME = re.compile(r"[\w.·-]{3,100}")
_APP = re.compile(r"/(?:[a-z]{2}/)?app/(?:[^/]{1,300}/)?id(\d{5,12})/?")
_COUNTRIES = {"pl": "pl", "ru": "ru", "en": "us"}


def find_telegram(hand: InHand) -> FindSteps:
    """Suggest a public channel, where it shows its posts to strangers."""
    if hand.url:
        name = yield from named_there(hand, _telegram)
    else:
        name = hand.handle if _CHANNEL_NAME.fullmatch(hand.handle) else ""
    if not name:
        return ()
    page = yield Request(f"https://t.me/s/{name}", headers={"Accept": "text/html"}, unchanged_ok=False)
    found = channel_page(text_of(page), name, 0.0)
    if not found.is_channel:
        return ()
    return (Suggestion("telegram_channel", found.title or f"@{name}", {"channel": name}, kind=WatchKind.CHANNEL),)


def _telegram(url: str) -> str:
    host, path = parts_of(url)
    channel = _TELEGRAM.fullmatch(path) if host in {"t.me", "telegram.me"} else None
    return channel[1] if channel and channel[1].lower() not in _NO_CHANNELS else ""


def find_youtube(hand: InHand, headers: dict[str, str], id_on: Callable[[Response], str]) -> FindSteps:
    """Suggest a channel by the id that its page gives; `headers` and `id_on` are those its polls find the id with."""
    if hand.url:
        path = yield from named_there(hand, _youtube)
    else:
        path = f"@{hand.handle}" if _YOUTUBE_NAME.fullmatch(hand.handle) else ""
    if not path:
        return ()
    url = f"https://www.youtube.com/{quote(unquote(path), safe='@/', errors='replace')}"
    page = yield Request(url, headers=headers, unchanged_ok=False)
    channel = id_on(page)
    if not channel:
        return ()
    name = title_of(text_of(page)).removesuffix(" - YouTube") or path
    return (Suggestion("youtube_channel", name, {"channel": channel}, kind=WatchKind.CHANNEL),)


def _youtube(url: str) -> str:
    host, path = parts_of(url)
    channel = _YOUTUBE.fullmatch(path) if host in {"youtube.com", "m.youtube.com", "music.youtube.com"} else None
    return channel[1] if channel else ""


def find_app(hand: InHand) -> FindSteps:
    """Suggest the reviews of an app, in the country of its address and in the one whose language the owner speaks."""
    if not hand.url:
        return ()
    address = yield from named_there(hand, _app)
    if not address:
        return ()
    path = parts_of(address)[1]
    there = path[1:3] if re.match(r"/[a-z]{2}/", path) else ""
    countries = dict.fromkeys(country for country in (there, _COUNTRIES.get(hand.language, "")) if country)
    app = _APP.fullmatch(path)
    named = re.match(r"/(?:[a-z]{2}/)?app/([^/]{1,300})/id", path)
    name = unquote(named[1]).replace("-", " ").strip().capitalize() if named else ""
    settings = {"app": app[1] if app else "", "countries": ", ".join(countries)}
    return (Suggestion("app_store", name or settings["app"], settings, kind=WatchKind.CHANNEL),)


def _app(url: str) -> str:
    host, path = parts_of(url)
    return url if host in {"apps.apple.com", "itunes.apple.com"} and _APP.fullmatch(path) else ""
