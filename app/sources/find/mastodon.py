"""Accounts on Mastodon and its kin, and the hashtag that a shop's name makes."""

from __future__ import annotations

import re
from collections.abc import Generator
from urllib.parse import quote

from app.core.ports.find import FindSteps, InHand
from app.core.ports.net import Request, Response
from app.core.ports.source import Suggestion
from app.core.watch import WatchKind
from app.sources.apis.server import base_of
from app.sources.apis.values import id_at, name_of, rows_at, text_at
from app.sources.feeds.addresses import web_address
from app.sources.find.asking import json_request, named_there, parts_of, said
from app.sources.find.shop_words import is_common

COMMON_SERVER = "https://mastodon.social"
"""The largest server: where an account typed without a server is looked for, and where hashtags are read."""

_PROFILE = re.compile(r"/@([\w.-]{1,100}(?:@[\w.:-]{1,200})?)/?")
_OTHERS = frozenset(
    {"youtube.com", "m.youtube.com", "tiktok.com", "threads.net", "threads.com", "medium.com", "t.me", "x.com"}
)
"""Hosts with such addresses that are none of the network."""

_USER = re.compile(r"[\w.-]{1,100}")


def find_mastodon(hand: InHand) -> FindSteps:
    """Suggest the account in hand or on the page in hand, where its server knows it; for a name its hashtag, unasked."""
    if hand.url:
        profile = yield from named_there(hand, _profile)
        if not profile:
            return ()
        base, _, account = profile.partition(" ")
        return (yield from _account(base, account))
    if hand.handle:
        user, _, server = hand.handle.partition("@")
        if not server:
            return () if "." in user else (yield from _account(COMMON_SERVER, user))
        base = yield from _home(user, server)
        return (yield from _account(base, user)) if base else ()
    return _hashtag(hand)


def _profile(url: str) -> str:
    """Return server and account of a profile's address with a blank between them."""
    host, path = parts_of(url)
    profile = _PROFILE.fullmatch(path)
    base = base_of(url)
    return f"{base} {profile[1]}" if profile and base and host not in _OTHERS else ""


def _home(user: str, server: str) -> Generator[Request, Response, str]:
    """Return where an account really lives, which may be another host than the one in its name; «» for nowhere."""
    base = base_of(server)
    if not base:
        return ""
    resource = quote(f"acct:{user}@{server}", safe="")
    answer = yield json_request(f"{base}/.well-known/webfinger?resource={resource}")
    for link in rows_at(said(answer), "links"):
        if text_at(link, "rel") == "self" and (address := web_address(text_at(link, "href"))):
            return base_of(address)
    return ""


def _account(base: str, account: str) -> FindSteps:
    if not _USER.fullmatch(account.partition("@")[0]):
        return ()
    answer = yield json_request(f"{base}/api/v1/accounts/lookup?acct={quote(account, safe='@')}")
    found = said(answer)
    known = text_at(found, "acct") or text_at(found, "username")
    if not (id_at(found, "id") and known):
        return ()
    settings = {"what": "account", "server": base, "name": known}
    name = name_of(text_at(found, "display_name")) or f"@{known}"
    return (Suggestion("mastodon", name, settings, kind=WatchKind.CHANNEL),)


def _hashtag(hand: InHand) -> tuple[Suggestion, ...]:
    """Return the shop's name as a hashtag; one that is a common word would bring everybody's posts."""
    tag = re.sub(r"[\W_]+", "", hand.name)
    if not 2 < len(tag) <= 60 or tag.isdecimal() or is_common(hand.name):
        return ()
    settings = {"what": "hashtag", "server": COMMON_SERVER, "name": tag}
    return (Suggestion("mastodon", f"#{tag}", settings, kind=WatchKind.SEARCH),)
