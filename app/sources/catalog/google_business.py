"""Google reviews of the owner's own locations, and answers to them: Google Business Profile."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from app.core.mention import Mention
from app.core.ports.answer import Answer, Sent, Standing
from app.core.ports.net import Response
from app.core.ports.source import Poll, Reading, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import MOST_AT_FIRST, Watch, WatchKind
from app.sources.apis.bearer import signed
from app.sources.apis.server import broken
from app.sources.apis.values import Row, is_true, json_of, moment_at, name_of, rows_at, text_at
from app.sources.apis.walk import Page, kept_apart, put_together, walk
from app.sources.feeds.html_text import plain_text
from app.sources.feeds.read import newest
from app.sources.google.business import (
    FOUND_AT,
    Place,
    asked,
    find_places,
    kept_places,
    known_places,
    refusal,
)
from app.sources.google.tokens import OwnersAccess, grant_of
from app.sources.reviews.reply import GONE, Look, Send, not_seen, put_reply, standing

HOST = "mybusiness.googleapis.com"
BASE = f"https://{HOST}/v4"
PER_PAGE = 50
MOST_PAGES = 20
MOST_LETTERS = 2_000
"""Google takes 4,096 bytes of UTF-8, and a Russian letter has two."""

_STARS = {"ONE": 1.0, "TWO": 2.0, "THREE": 3.0, "FOUR": 4.0, "FIVE": 5.0}
_REVIEW = re.compile(r"accounts/\w{1,40}/locations/\w{1,40}/reviews/[\w=-]{1,300}", re.ASCII)
_BY_GOOGLE = "(Translated by Google)"
_BY_AUTHOR = "(Original)"
_CLOSED = frozenset({"watch.not_found", "watch.gone"})


class GoogleBusinessSource:
    """One request a poll for each location, newest changes first; the locations themselves are looked up once a day."""

    id = "google_business"
    title = msgid("Google reviews (Business Profile)")
    kinds = (WatchKind.CHANNEL,)
    settings = (
        Setting(
            "location",
            msgid("Location"),
            required=False,
            hint=msgid("Empty for all, or words of its name and its town."),
        ),
        Setting(
            "client_id", msgid("Client ID"), kind="secret", hint=msgid("Of your own OAuth client at Google Cloud.")
        ),
        Setting("client_secret", msgid("Client secret"), kind="secret"),
        Setting(
            "refresh_token",
            msgid("Refresh token"),
            kind="secret",
            hint=msgid("Google must have approved your project first; until then use the e-mail notices."),
        ),
    )
    shortest_interval = 900
    help_page = "google_business"

    def poll(self, poll: Poll) -> Steps:
        wanted = self.tidy(poll.watch.settings)["location"]
        access = OwnersAccess(grant_of(poll.secrets), poll.now)
        return (
            yield from signed(_read(poll, wanted), access, lambda why: Reading(bookmark=poll.bookmark, problem=why))
        )

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return None: a location may be called anything."""
        return Problem("sources.long_words", {"most": 200}) if len(self.tidy(settings)["location"]) > 200 else None

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        kept["location"] = " ".join(kept.get("location", "").split())
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        return f"{HOST}/{self.tidy(settings)['location'].casefold()}"

    def why_no_answer(self, _watch: Watch, _mention: Mention, secrets: Mapping[str, str]) -> Problem | None:
        return None if grant_of(secrets).is_whole else Problem("sources.google_no_grant")

    def longest_answer(self, _watch: Watch, _mention: Mention) -> int | None:
        return MOST_LETTERS

    def answer(self, answer: Answer) -> Send:
        """Put the owner's reply under the review; sent twice it still stands there once."""
        access = OwnersAccess(grant_of(answer.secrets), answer.now)
        return (yield from signed(_send(answer), access, lambda why: Sent(problem=why)))

    def look(self, answer: Answer) -> Look:
        """Look whether the owner's reply stands under the review."""
        access = OwnersAccess(grant_of(answer.secrets), answer.now)
        return (yield from signed(_seen(answer), access, lambda why: Standing(problem=why)))


def _read(poll: Poll, wanted: str) -> Steps:
    """Read all locations; where one is gone that was known, look once more which there are."""
    places, found_at = known_places(poll.bookmark, poll.now), poll.bookmark.get(FOUND_AT, "")
    if places:
        reading = yield from _read_all(poll, places, found_at)
        if reading.problem is None or reading.problem.code not in _CLOSED:
            return reading
    found = yield from find_places(wanted, poll.now)
    if isinstance(found, Problem):
        return Reading(bookmark=poll.bookmark, problem=found)
    return (yield from _read_all(poll, found, str(int(poll.now))))


def _read_all(poll: Poll, places: tuple[Place, ...], found_at: str) -> Steps:
    mentions: list[Mention] = []
    bookmark = kept_places(places, found_at)
    wait = 0.0
    for place in places:
        name = place.path.rpartition("/")[2]
        read = yield from _read_one(kept_apart(poll, name), place)
        if read.problem:
            return Reading(tuple(mentions), bookmark=poll.bookmark, problem=read.problem)
        mentions += read.mentions
        bookmark |= put_together(name, read)
        wait = max(wait, read.wait)
    told = newest(tuple(mentions), MOST_AT_FIRST) if poll.first else tuple(mentions)
    return Reading(told, bookmark, wait=wait, title=places[0].title if len(places) == 1 else "")


def _read_one(poll: Poll, place: Place) -> Steps:
    url = f"{BASE}/{place.path}/reviews"
    order = {"pageSize": str(PER_PAGE), "orderBy": "updateTime desc"}
    return (
        yield from walk(
            poll,
            lambda page: asked(url, **order, **({"pageToken": page} if page else {})),
            lambda answer, _: _page(answer, place, poll.now),
            most_pages=MOST_PAGES,
        )
    )


def _page(response: Response, place: Place, now: float) -> Page | Problem:
    if response.status >= 400:
        return refusal(response, now)
    found = json_of(response.body)
    if not isinstance(found, dict) or ("reviews" in found and not isinstance(found["reviews"], list)):
        return broken(response)  # a location without reviews is an empty object
    rows = rows_at(found, "reviews")
    mentions = tuple(mention for row in rows if (mention := _mention(row, place, now)))
    moments = [moment for row in rows if (moment := _moment(row, now)) is not None]
    last, first = (moments[-1], moments[0]) if moments else (None, None)
    return Page(mentions, text_at(found, "nextPageToken") if rows else "", last, first)


def _moment(row: Row, now: float) -> float | None:
    """Return when a review was written, or changed if it was: then it says what it says since then."""
    changed = moment_at(row, now, "updateTime")
    return moment_at(row, now, "createTime") if changed is None else changed


def _mention(row: Row, place: Place, now: float) -> Mention | None:
    key = text_at(row, "name")
    if not _REVIEW.fullmatch(key):
        return None
    anonymous = is_true(row, "reviewer", "isAnonymous")
    return Mention(
        source="google_business",
        key=key,
        url=place.url or "https://business.google.com/reviews",
        title="",
        text=plain_text(_own_words(text_at(row, "comment"))),
        author="" if anonymous else name_of(text_at(row, "reviewer", "displayName")),
        site="google.com",
        published=_moment(row, now),
        stars=_STARS.get(text_at(row, "starRating")),
    )


def _own_words(comment: str) -> str:
    """Return what the customer wrote, without the translation that Google puts before or after it."""
    if _BY_AUTHOR in comment:
        return comment.partition(_BY_AUTHOR)[2]
    return comment.partition(_BY_GOOGLE)[0] or comment


def _send(answer: Answer) -> Send:
    if not _REVIEW.fullmatch(answer.mention.key):
        return Sent(problem=Problem("sources.google_no_review"))
    request = replace(asked(f"{BASE}/{answer.mention.key}/reply"), method="PUT")
    return (yield from put_reply(request, {"comment": answer.text}, answer, partial(refusal, now=answer.now)))


def _seen(answer: Answer) -> Look:
    if not _REVIEW.fullmatch(answer.mention.key):
        return Standing()
    request = asked(f"{BASE}/{answer.mention.key}")
    response = yield replace(request, unchanged_ok=False, errors=(*request.errors, *GONE))
    if response.status >= 400:
        return not_seen(response, refusal(response, answer.now))
    found = json_of(response.body)
    if not isinstance(found, dict):
        return Standing(problem=broken(response))
    at = moment_at(found, answer.now, "reviewReply", "updateTime")
    return standing(text_at(found, "reviewReply", "comment"), at, answer, answer.mention.key)


SOURCE = GoogleBusinessSource()
