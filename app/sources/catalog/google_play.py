"""Google Play: the reviews of the owner's app, and answers to them, with a service account."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from app.core.mention import Mention
from app.core.ports.answer import Answer, Sent, Standing
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import Watch, WatchKind
from app.sources.apis.bearer import signed
from app.sources.apis.server import broken
from app.sources.apis.values import Row, at, id_at, json_of, language_of, name_of, number_at, rows_at, text_at, title_of
from app.sources.apis.walk import Page, walk
from app.sources.feeds.dates import AHEAD, EARLIEST
from app.sources.feeds.html_text import plain_text
from app.sources.google.refusals import REFUSED, google_refusal, reason_of
from app.sources.google.service_account import ServiceAccess, account_of
from app.sources.reviews.reply import GONE, Look, Send, not_seen, put_reply, standing

HOST = "androidpublisher.googleapis.com"
SCOPE = "https://www.googleapis.com/auth/androidpublisher"
PER_PAGE = 100
MOST_LETTERS = 350
"""Characters of an answer; Google refuses longer ones."""

_PACKAGE = re.compile(r"[a-z]\w{0,100}(?:\.[a-z]\w{0,100}){1,10}", re.IGNORECASE | re.ASCII)
_REVIEW = re.compile(r"[\w:.-]{4,300}", re.ASCII)


class GooglePlaySource:
    """One request a poll and one for a token each hour. Only reviews written or changed in the last week are shown."""

    id = "google_play"
    title = msgid("Google Play reviews")
    kinds = (WatchKind.CHANNEL,)
    settings = (
        Setting(
            "package", msgid("App"), hint=msgid("Its address in Google Play, or its name, such as pl.kawaraj.app.")
        ),
        Setting(
            "account",
            msgid("Key file of the service account"),
            kind="secret_text",
            hint=msgid("The JSON file that Google Cloud gave you for it."),
        ),
    )
    shortest_interval = 1_800
    help_page = "google_play"

    def poll(self, poll: Poll) -> Steps:
        package = self.tidy(poll.watch.settings)["package"]
        account = account_of(poll.secrets.get("account", ""), SCOPE)
        if isinstance(account, Problem):
            return Reading(bookmark=poll.bookmark, problem=account)
        steps = walk(poll, lambda page: _list(package, page), lambda answer, _: _page(answer, package, poll.now))
        access = ServiceAccess(account, poll.now)
        return (yield from signed(steps, access, lambda why: Reading(bookmark=poll.bookmark, problem=why)))

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return that there is no app, or None."""
        return None if _PACKAGE.fullmatch(self.tidy(settings)["package"]) else Problem("sources.no_play_app")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        kept["package"] = _package(kept.get("package", ""))
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        return f"{HOST}/{self.tidy(settings)['package']}"

    def why_no_answer(self, _watch: Watch, _mention: Mention, secrets: Mapping[str, str]) -> Problem | None:
        account = account_of(secrets.get("account", ""), SCOPE)
        return account if isinstance(account, Problem) else None

    def longest_answer(self, _watch: Watch, _mention: Mention) -> int | None:
        return MOST_LETTERS

    def answer(self, answer: Answer) -> Send:
        """Post the answer, which takes the place of an earlier one."""
        account = account_of(answer.secrets.get("account", ""), SCOPE)
        if isinstance(account, Problem):
            return Sent(problem=account)
        request = replace(_request(_review_path(self, answer) + ":reply"), method="POST")
        steps = put_reply(request, {"replyText": answer.text}, answer, partial(_refusal, now=answer.now))
        access = ServiceAccess(account, answer.now)
        return (yield from signed(steps, access, lambda why: Sent(problem=why)))

    def look(self, answer: Answer) -> Look:
        """Look whether a developer's comment stands under the review."""
        account = account_of(answer.secrets.get("account", ""), SCOPE)
        if isinstance(account, Problem):
            return Standing(problem=account)
        steps = _seen(_request(_review_path(self, answer)), answer)
        access = ServiceAccess(account, answer.now)
        return (yield from signed(steps, access, lambda why: Standing(problem=why)))


def _package(typed: str) -> str:
    """Return the name of an app out of its address or as typed."""
    if not typed.startswith(("http://", "https://")):
        return typed
    try:
        return parse_qs(urlsplit(typed[:2_000]).query, max_num_fields=50).get("id", [""])[0] or typed
    except ValueError:
        return typed


def _request(path: str) -> Request:
    return Request(
        f"https://{HOST}/androidpublisher/v3/applications/{path}",
        headers={"Accept": "application/json"},
        errors=REFUSED,
    )


def _list(package: str, page: str) -> Request:
    asked = {"maxResults": str(PER_PAGE), **({"token": page} if page else {})}
    return _request(f"{quote(package, safe='')}/reviews?{urlencode(asked, errors='replace')}")


def _review_path(source: GooglePlaySource, answer: Answer) -> str:
    package = source.tidy(answer.watch.settings)["package"]
    return f"{quote(package, safe='')}/reviews/{quote(answer.mention.key, safe='')}"


def _seen(request: Request, answer: Answer) -> Look:
    response = yield replace(request, unchanged_ok=False, errors=(*request.errors, *GONE))
    if response.status >= 400:
        return not_seen(response, _refusal(response, answer.now))
    found = json_of(response.body)
    if not isinstance(found, dict) or not rows_at(found, "comments"):
        return Standing(problem=broken(response))
    replies = [row for row in rows_at(found, "comments") if isinstance(at(row, "developerComment"), dict)]
    reply = replies[-1] if replies else {}
    at_ = _moment(reply, answer.now, "developerComment")
    return standing(text_at(reply, "developerComment", "text"), at_, answer, answer.mention.key)


def _page(response: Response, package: str, now: float) -> Page | Problem:
    if response.status == 404:
        return Problem("sources.play_unknown_app", {"name": package})
    if response.status >= 400:
        return _refusal(response, now)
    found = json_of(response.body)
    rows = rows_at(found, "reviews")
    if not isinstance(found, dict) or ("reviews" in found and not isinstance(found["reviews"], list)):
        return broken(response)  # an app without reviews of this week is an empty object
    mentions = tuple(mention for row in rows if (mention := _mention(row, package, now)))
    moments = [mention.published for mention in mentions if mention.published is not None]
    onward = text_at(found, "tokenPagination", "nextPageToken") if rows else ""
    return Page(mentions, onward, moments[-1] if moments else None, moments[0] if moments else None)


def _refusal(response: Response, now: float) -> Problem:
    if response.status == 401:  # with a new token as well
        return Problem("sources.google_account_refused")
    if response.status == 403 and reason_of(response) in {"PERMISSION_DENIED", "permissionDenied", "forbidden"}:
        return Problem("sources.play_rights")
    return google_refusal(response, now)


def _mention(row: Row, package: str, now: float) -> Mention | None:
    key = id_at(row, "reviewId")
    said = next((one for one in rows_at(row, "comments") if isinstance(at(one, "userComment"), dict)), None)
    if not _REVIEW.fullmatch(key) or said is None:
        return None
    written = text_at(said, "userComment", "text")
    title, tab, body = written.partition("\t")
    stars = number_at(said, "userComment", "starRating")
    return Mention(
        source="google_play",
        key=key,
        url=f"https://play.google.com/store/apps/details?{urlencode({'id': package, 'reviewId': key})}",
        title=title_of(title) if tab else "",
        text=plain_text(body if tab else written),
        author=name_of(text_at(row, "authorName")),
        site="play.google.com",
        published=_moment(said, now, "userComment"),
        language=language_of(text_at(said, "userComment", "reviewerLanguage")),
        stars=stars if stars is not None and 1 <= stars <= 5 else None,
    )


def _moment(row: Row, now: float, name: str) -> float | None:
    """Return when a comment was last changed: Google writes the seconds as text."""
    written = id_at(row, name, "lastModified", "seconds")
    seconds = float(written) if written.isascii() and written.isdecimal() and len(written) < 13 else None
    return seconds if seconds is not None and EARLIEST <= seconds <= now + AHEAD else None


SOURCE = GooglePlaySource()
