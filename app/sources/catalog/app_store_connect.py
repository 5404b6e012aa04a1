"""App Store Connect: the reviews of the owner's app from all countries, and answers to them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

from app.core.mention import Mention
from app.core.ports.answer import Answer, Sent, Standing
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import Watch, WatchKind
from app.sources.apis.server import broken
from app.sources.apis.values import Row, at, id_at, json_of, moment_at, name_of, number_at, rows_at, text_at, title_of
from app.sources.apis.walk import Page, walk
from app.sources.apple.apps import app_number
from app.sources.apple.connect import HOST, Key, refusal, wait_after
from app.sources.feeds.html_text import plain_text
from app.sources.reviews.reply import GONE, NOT_TAKEN, Look, Send, not_seen, not_taken, standing

PER_PAGE = 100
MOST_LETTERS = 5_970
"""Characters of an answer that Apple takes."""

_ISSUER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_KEY_ID = re.compile(r"[0-9A-Z]{8,20}")
_REVIEW = re.compile(r"[\w-]{4,100}", re.ASCII)
_NO_KEY = "sources.apple_no_key"


class AppStoreConnectSource:
    """One request a poll; every key has some 3,500 an hour. A token is signed for each request and never kept."""

    id = "app_store_connect"
    title = msgid("App Store Connect reviews")
    kinds = (WatchKind.CHANNEL,)
    settings = (
        Setting("app", msgid("App"), hint=msgid("Its address in the App Store, or the number in it.")),
        Setting(
            "issuer",
            msgid("Issuer ID"),
            hint=msgid("App Store Connect: Users and Access, Integrations, App Store Connect API; above the keys."),
        ),
        Setting("key_id", msgid("Key ID"), hint=msgid("Ten letters and digits beside the key.")),
        Setting(
            "key",
            msgid("Private key"),
            kind="secret_text",
            hint=msgid("The file AuthKey_….p8. Apple lets you download it only once."),
        ),
    )
    shortest_interval = 900
    help_page = "app_store_connect"

    def poll(self, poll: Poll) -> Steps:
        settings = self.tidy(poll.watch.settings)
        key = _key(settings, poll.secrets)
        trial = key.request("", poll.now)
        if isinstance(trial, Problem):
            return Reading(bookmark=poll.bookmark, problem=trial)
        return (
            yield from walk(
                poll,
                lambda cursor: _list(trial, settings["app"], cursor),
                lambda answer, _: _page(answer, settings["app"], poll.now),
            )
        )

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the app, the issuer or the key's id, or None."""
        kept = self.tidy(settings)
        if not app_number(kept["app"]):
            return Problem("sources.no_app")
        if not _ISSUER.fullmatch(kept["issuer"]):
            return Problem("sources.apple_issuer")
        return None if _KEY_ID.fullmatch(kept["key_id"]) else Problem("sources.apple_key_id")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        kept["app"] = app_number(kept.get("app", "")) or kept.get("app", "")
        kept["issuer"] = kept.get("issuer", "").lower()
        kept["key_id"] = kept.get("key_id", "").removeprefix("AuthKey_").removesuffix(".p8")
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        return f"{HOST}/{self.tidy(settings)['app']}"

    def why_no_answer(self, _watch: Watch, _mention: Mention, secrets: Mapping[str, str]) -> Problem | None:
        return None if secrets.get("key", "").strip() else Problem(_NO_KEY)

    def longest_answer(self, _watch: Watch, _mention: Mention) -> int | None:
        return MOST_LETTERS

    def answer(self, answer: Answer) -> Send:
        """Post the answer, which takes the place of an earlier one; Apple shows it after a while."""
        review = {"type": "customerReviews", "id": answer.mention.key}
        data = {
            "type": "customerReviewResponses",
            "attributes": {"responseBody": answer.text},
            "relationships": {"review": {"data": review}},
        }
        body = json.dumps({"data": data}).encode()
        key = _key(self.tidy(answer.watch.settings), answer.secrets)
        request = key.request("/customerReviewResponses", answer.now, method="POST", body=body)
        if isinstance(request, Problem):
            return Sent(problem=request)
        response = yield replace(request, errors=(*request.errors, *NOT_TAKEN))
        if response.status >= 400:
            return Sent(problem=not_taken(response) or refusal(response, answer.now))
        return Sent(id_at(json_of(response.body), "data", "id"))

    def look(self, answer: Answer) -> Look:
        """Look whether an answer belongs to the review, published or about to be."""
        if not _REVIEW.fullmatch(answer.mention.key):
            return Standing()
        key = _key(self.tidy(answer.watch.settings), answer.secrets)
        request = key.request(f"/customerReviews/{answer.mention.key}?include=response", answer.now)
        if isinstance(request, Problem):
            return Standing(problem=request)
        response = yield replace(request, unchanged_ok=False, errors=(*request.errors, *GONE))
        if response.status >= 400:
            return not_seen(response, refusal(response, answer.now))
        found = json_of(response.body)
        if not isinstance(found, dict) or not isinstance(found.get("data"), dict):
            return Standing(problem=broken(response))
        replies = [row for row in rows_at(found, "included") if text_at(row, "type") == "customerReviewResponses"]
        reply: Row = replies[0] if replies else {}
        at_ = moment_at(reply, answer.now, "attributes", "lastModifiedDate")
        return standing(text_at(reply, "attributes", "responseBody"), at_, answer, id_at(reply, "id"))


def _key(settings: Mapping[str, str], secrets: Mapping[str, str]) -> Key:
    return Key(settings["issuer"], settings["key_id"], secrets.get("key", ""))


def _list(signed: Request, app: str, cursor: str) -> Request:
    asked = {
        "sort": "-createdDate",
        "include": "response",
        "limit": str(PER_PAGE),
        **({"cursor": cursor} if cursor else {}),
    }
    return replace(signed, url=f"{signed.url}/apps/{app}/customerReviews?{urlencode(asked, errors='replace')}")


def _page(response: Response, app: str, now: float) -> Page | Problem:
    if response.status == 404:
        return Problem("sources.apple_no_app")
    if response.status >= 400:
        return refusal(response, now)
    found = json_of(response.body)
    if not isinstance(found, dict) or not isinstance(found.get("data"), list):
        return broken(response)
    rows = rows_at(found, "data")
    mentions = tuple(mention for row in rows if (mention := _mention(row, app, now)))
    moments = [moment for row in rows if (moment := moment_at(row, now, "attributes", "createdDate")) is not None]
    last, first = (moments[-1], moments[0]) if moments else (None, None)
    return Page(mentions, _cursor(text_at(found, "links", "next")) if rows else "", last, first, wait_after(response))


def _cursor(address: str) -> str:
    """Return the mark of the next page out of its address: only the mark, the address is ours."""
    try:
        return parse_qs(urlsplit(address[:4_000]).query, max_num_fields=50).get("cursor", [""])[0]
    except ValueError:
        return ""


def _mention(row: Row, app: str, now: float) -> Mention | None:
    key, told = id_at(row, "id"), at(row, "attributes")
    if not _REVIEW.fullmatch(key) or not isinstance(told, dict):
        return None
    stars = number_at(told, "rating")
    return Mention(
        source="app_store_connect",
        key=key,
        url=f"https://appstoreconnect.apple.com/apps/{app}",
        title=title_of(text_at(told, "title")),
        text=plain_text(text_at(told, "body")),
        author=name_of(text_at(told, "reviewerNickname")),
        site="apps.apple.com",
        published=moment_at(told, now, "createdDate"),
        stars=stars if stars is not None and 1 <= stars <= 5 else None,
    )


SOURCE = AppStoreConnectSource()
