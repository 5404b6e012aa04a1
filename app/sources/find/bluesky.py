"""Accounts on Bluesky, asked of the door that is open to everybody."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from app.core.ports.find import FindSteps, InHand
from app.core.ports.source import Suggestion
from app.core.watch import WatchKind
from app.sources.apis.values import Row, name_of, rows_at, text_at
from app.sources.find.asking import json_request, named_there, parts_of, resembles, said

DOOR = "https://public.api.bsky.app/xrpc"
HOME = "bsky.social"
MOST_ACTORS = 3
"""Accounts suggested for a name, of those that Bluesky finds."""

_PROFILE = re.compile(r"/profile/([\w.:-]{3,250})(?:/.*)?")
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_HANDLE = re.compile(rf"(?:{_NAME.pattern}\.)+[A-Za-z][A-Za-z0-9-]{{1,62}}|did:[a-z]{{1,20}}:[\w.:%-]{{1,200}}")


def find_bluesky(hand: InHand) -> FindSteps:
    """Suggest the account in hand or on the page in hand; for a name those accounts that are called like it."""
    if hand.url:
        return (yield from _account((yield from named_there(hand, _profile))))
    if hand.handle:
        return (yield from _account(f"{hand.handle}.{HOME}" if _NAME.fullmatch(hand.handle) else hand.handle))
    asked = urlencode({"q": hand.name, "limit": "10"}, errors="replace")
    answer = yield json_request(f"{DOOR}/app.bsky.actor.searchActors?{asked}")
    actors = [
        actor
        for actor in rows_at(said(answer), "actors")
        if resembles(hand.name, text_at(actor, "displayName"), text_at(actor, "handle").partition(".")[0])
    ]
    return tuple(found for actor in actors for found in _suggestion(actor))[:MOST_ACTORS]


def _profile(url: str) -> str:
    host, path = parts_of(url)
    profile = _PROFILE.fullmatch(path)
    return profile[1] if profile and host == "bsky.app" else ""


def _account(handle: str) -> FindSteps:
    if not _HANDLE.fullmatch(handle):
        return ()
    answer = yield json_request(f"{DOOR}/app.bsky.actor.getProfile?{urlencode({'actor': handle})}")
    found = said(answer)
    return _suggestion(found) if isinstance(found, dict) else ()


def _suggestion(actor: Row) -> tuple[Suggestion, ...]:
    handle = text_at(actor, "handle")
    if not _HANDLE.fullmatch(handle):
        return ()
    name = name_of(text_at(actor, "displayName"))
    called = f"{name} (@{handle})" if name else f"@{handle}"
    return (Suggestion("bluesky", called, {"what": "account", "name": handle}, kind=WatchKind.CHANNEL),)
