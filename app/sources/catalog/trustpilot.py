"""Trustpilot: the public reviews of a shop, with the API key of its business account."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from dataclasses import replace
from urllib.parse import urlencode

from app.core.mention import Mention
from app.core.ports.answer import Answer, Standing
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import WatchKind
from app.sources.apis.server import base_of, broken, place_of, usual_problem
from app.sources.apis.values import (
    Row,
    id_at,
    json_of,
    language_of,
    moment_at,
    name_of,
    number_at,
    rows_at,
    text_at,
    title_of,
)
from app.sources.apis.walk import Page, walk
from app.sources.feeds.html_text import plain_text
from app.sources.reviews.reply import Look, not_seen, standing

HOST = "api.trustpilot.com"
BASE = f"https://{HOST}/v1"
PER_PAGE = 100
UNIT = "unit"
"""Where the bookmark keeps the shop's id at Trustpilot."""

REFUSED = (401, 403)
_ID = re.compile(r"[0-9A-Za-z_-]{8,64}")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,61}", re.IGNORECASE)


class TrustpilotSource:
    """One request a poll, and one more to find the shop the first time. Trustpilot asks for fewer than 833 in five minutes."""

    id = "trustpilot"
    title = msgid("Trustpilot reviews")
    kinds = (WatchKind.CHANNEL,)
    settings = (
        Setting("domain", msgid("Address of your shop"), hint=msgid("As Trustpilot has it, such as kawaraj.pl.")),
        Setting(
            "key",
            msgid("API key"),
            kind="secret",
            hint=msgid(
                "Trustpilot Business: Integrations, Developers, APIs. Only plans with the Connect module have it."
            ),
        ),
    )
    shortest_interval = 900
    help_page = "trustpilot"

    def poll(self, poll: Poll) -> Steps:
        key, domain = poll.secrets.get("key", "").strip(), self.tidy(poll.watch.settings)["domain"]
        if not key:
            return Reading(bookmark=poll.bookmark, problem=Problem("sources.trustpilot_no_key"))
        unit = poll.bookmark.get(UNIT, "")
        if not _ID.fullmatch(unit):
            found = yield from _find(domain, key)
            if isinstance(found, Problem):
                return Reading(bookmark=poll.bookmark, problem=found)
            unit = found
        reading = yield from walk(
            poll, lambda page: _list(unit, key, page), lambda answer, page: _page(answer, page, poll.now)
        )
        if reading.problem and reading.problem.code in {"watch.not_found", "watch.gone"}:
            unknown = Problem("sources.trustpilot_unknown", {"name": domain})
            return replace(reading, bookmark={**reading.bookmark, UNIT: ""}, problem=unknown)
        return replace(reading, bookmark={**reading.bookmark, UNIT: unit}, title=domain)

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return that there is no address of a shop, or that it is none."""
        domain = self.tidy(settings)["domain"]
        if not domain:
            return Problem("sources.no_server")
        return None if _DOMAIN.fullmatch(domain) and len(domain) < 254 else Problem("sources.bad_address")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        typed = kept.get("domain", "")
        kept["domain"] = (place_of(base_of(typed)) or typed).removeprefix("www.")
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        return f"{HOST}/{self.tidy(settings)['domain'].casefold()}"

    def look(self, answer: Answer) -> Look:
        """Look whether the company's reply stands under the review."""
        key = answer.secrets.get("key", "").strip()
        if not key or not _ID.fullmatch(answer.mention.key):
            return Standing(problem=Problem("sources.trustpilot_no_key") if not key else None)
        response = yield replace(
            _request(f"/reviews/{answer.mention.key}", key), unchanged_ok=False, errors=(*REFUSED, 404, 410)
        )
        if response.status >= 400:
            return not_seen(response, _refusal(response) if response.status in REFUSED else None)
        found = json_of(response.body)
        if not isinstance(found, dict):
            return Standing(problem=broken(response))
        at = moment_at(found, answer.now, "companyReply", "updatedAt")
        at = moment_at(found, answer.now, "companyReply", "createdAt") if at is None else at
        return standing(text_at(found, "companyReply", "text"), at, answer, answer.mention.url)


def _find(domain: str, key: str) -> Generator[Request, Response, str | Problem]:
    """Return the id of a shop, or why there is none."""
    response = yield replace(
        _request(f"/business-units/find?{urlencode({'name': domain})}", key), unchanged_ok=False, errors=(*REFUSED, 404)
    )
    if response.status == 404:
        return Problem("sources.trustpilot_unknown", {"name": domain})
    if response.status >= 400:
        return _refusal(response)
    unit = id_at(json_of(response.body), "id")
    return unit if _ID.fullmatch(unit) else broken(response)


def _request(path: str, key: str) -> Request:
    return Request(BASE + path, headers={"Accept": "application/json"}, secret_headers={"apikey": key}, errors=REFUSED)


def _list(unit: str, key: str, page: str) -> Request:
    asked = {"perPage": str(PER_PAGE), "orderBy": "createdat.desc", **({"page": page} if page else {})}
    request = _request(f"/business-units/{unit}/reviews?{urlencode(asked)}", key)
    return replace(request, errors=(*REFUSED, 404, 410))


def _page(response: Response, page: str, now: float) -> Page | Problem:
    if response.status >= 400:
        return _refusal(response)
    found = json_of(response.body)
    if not isinstance(found, dict) or not isinstance(found.get("reviews"), list):
        return broken(response)
    rows = rows_at(found, "reviews")
    mentions = tuple(mention for row in rows if (mention := _mention(row, now)))
    moments = [moment for row in rows if (moment := moment_at(row, now, "createdAt")) is not None]
    onward = str(int(page or "1") + 1) if len(rows) >= PER_PAGE and (page or "1").isdecimal() else ""
    return Page(mentions, onward, moments[-1] if moments else None, moments[0] if moments else None)


def _refusal(response: Response) -> Problem:
    return Problem("sources.trustpilot_key") if response.status in REFUSED else usual_problem(response)


def _mention(row: Row, now: float) -> Mention | None:
    key = id_at(row, "id")
    if not _ID.fullmatch(key):
        return None
    stars = number_at(row, "stars")
    author = id_at(row, "consumer", "id")
    edited = moment_at(row, now, "updatedAt")
    return Mention(
        source="trustpilot",
        key=key,
        url=f"https://www.trustpilot.com/reviews/{key}",
        title=title_of(text_at(row, "title")),
        text=plain_text(text_at(row, "text")),
        author=name_of(text_at(row, "consumer", "displayName")),
        handle=f"https://www.trustpilot.com/users/{author}" if _ID.fullmatch(author) else "",
        site="trustpilot.com",
        published=moment_at(row, now, "createdAt") if edited is None else edited,
        language=language_of(text_at(row, "language")),
        stars=stars if stars is not None and 1 <= stars <= 5 else None,
    )


SOURCE = TrustpilotSource()
