"""Google Business Profile: the owner's locations, and who asks for them."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.core.text import fold
from app.sources.apis.server import broken
from app.sources.apis.values import json_of, name_of, rows_at, text_at
from app.sources.feeds.addresses import web_address
from app.sources.google.refusals import DAY, REFUSED, google_refusal, no_quota

ACCOUNTS = "https://mybusinessaccountmanagement.googleapis.com/v1/accounts"
LOCATIONS = "https://mybusinessbusinessinformation.googleapis.com/v1"
MOST_ACCOUNTS = 5
MOST_LOCATIONS = 10
"""Locations read by one watch, one request each."""

PLACES, FOUND_AT = "places", "places_at"
"""Names in the bookmark: the locations found, and when (Unix seconds)."""

_ACCOUNT = re.compile(r"accounts/\w{1,40}", re.ASCII)
_LOCATION = re.compile(r"locations/\w{1,40}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """One location: its path for reviews, how it is called, and its page on the map («» for none)."""

    path: str
    title: str
    url: str = ""


def asked(url: str, **parameters: str) -> Request:
    """Return a request for an address with these parameters."""
    query = f"?{urlencode(parameters, errors='replace')}" if parameters else ""
    return Request(url + query, headers={"Accept": "application/json"}, errors=REFUSED)


def refusal(response: Response, now: float) -> Problem:
    """Return what a refusal means; a quota of nought is Google's way to say that it has not let the owner in yet."""
    if response.status == 401:  # with a new token as well
        return Problem("sources.google_grant_ended")
    if response.status == 429 and no_quota(response):
        return Problem("sources.google_no_access", retry_at=now + DAY)
    return google_refusal(response, now)


def find_places(wanted: str, now: float) -> Generator[Request, Response, tuple[Place, ...] | Problem]:
    """Return the owner's locations that are wanted («» for all), or why there are none."""
    found = yield from _rows(asked(ACCOUNTS, pageSize="20"), "accounts", now)
    if isinstance(found, Problem):
        return found
    places: dict[str, Place] = {}
    accounts = [name for row in found if _ACCOUNT.fullmatch(name := text_at(row, "name"))]
    for account in accounts[:MOST_ACCOUNTS]:
        request = asked(
            f"{LOCATIONS}/{account}/locations", readMask="name,title,storefrontAddress,metadata", pageSize="100"
        )
        rows = yield from _rows(request, "locations", now)
        if isinstance(rows, Problem):
            return rows
        for row in rows:
            name = text_at(row, "name")
            town, title = name_of(text_at(row, "storefrontAddress", "locality")), name_of(text_at(row, "title"))
            place = Place(f"{account}/{name}", title, web_address(text_at(row, "metadata", "mapsUri")))
            if _LOCATION.fullmatch(name) and _is_wanted(wanted, name, title, town):
                places.setdefault(name, place)
    if not places:
        return Problem("sources.google_no_location", {"name": wanted or "*"})
    if len(places) > MOST_LOCATIONS:
        return Problem("sources.google_many_locations", {"count": len(places), "most": MOST_LOCATIONS})
    return tuple(places.values())


def known_places(bookmark: Mapping[str, str], now: float) -> tuple[Place, ...]:
    """Return the locations found by an earlier poll, none where that is a day ago: shops open and close."""
    found_at = bookmark.get(FOUND_AT, "")
    if not (found_at.isascii() and found_at.isdecimal() and now - DAY < int(found_at[:15]) <= now):
        return ()
    kept = json_of(bookmark.get(PLACES, "").encode("utf-8", "replace"))
    rows = rows_at(kept, "places")
    return tuple(Place(text_at(row, "path"), text_at(row, "title"), web_address(text_at(row, "url"))) for row in rows)


def kept_places(places: tuple[Place, ...], found_at: str) -> dict[str, str]:
    """Return what the bookmark is to keep of them."""
    rows = [{"path": place.path, "title": place.title, "url": place.url} for place in places]
    return {PLACES: json.dumps({"places": rows}), FOUND_AT: found_at}


def _is_wanted(wanted: str, name: str, title: str, town: str) -> bool:
    words = fold(wanted).split()
    said = fold(f"{title} {town} {name}")
    return all(word in said for word in words)


def _rows(
    request: Request, name: str, now: float
) -> Generator[Request, Response, tuple[Mapping[str, object], ...] | Problem]:
    response = yield Request(request.url, headers=request.headers, errors=request.errors, unchanged_ok=False)
    if response.status >= 400:
        return refusal(response, now)
    found = json_of(response.body)
    return rows_at(found, name) if isinstance(found, dict) else broken(response)
