"""Allegro: what buyers say of the owner's shop, and answers to it, with the owner's own application."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from app.core.mention import Mention
from app.core.ports.answer import Answer, Sent, Standing
from app.core.ports.net import Request, Response
from app.core.ports.signin import SignedIn, SignInSteps
from app.core.ports.source import Poll, Reading, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import Watch, WatchKind
from app.sources.allegro.session import (
    PRODUCTION,
    SANDBOX,
    SESSION,
    AllegroAccess,
    Client,
    client_refusal,
    in_session,
    new_session,
    session_of,
)
from app.sources.apis.device_flow import GRANT, device_sign_in
from app.sources.apis.server import broken, usual_problem
from app.sources.apis.values import (
    Row,
    at,
    id_at,
    json_of,
    language_of,
    moment_at,
    name_of,
    number_at,
    rows_at,
    text_at,
)
from app.sources.apis.walk import Page, walk
from app.sources.feeds.addresses import host_of
from app.sources.feeds.html_text import plain_text
from app.sources.reviews.reply import GONE, Look, Send, not_seen, put_reply, standing

MEDIA = "application/vnd.allegro.public.v1+json"
PER_PAGE = 100
MOST_SKIPPED = 10_000
"""Ratings that can be passed over at most: Allegro refuses a greater offset."""

REFUSED = (401, 403)
_CLIENT_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
_RATING = re.compile(r"[0-9A-Za-z-]{4,64}")
_RATES = ("delivery", "deliveryCost", "description", "service")


class AllegroSource:
    """One request a poll, the ratings written or changed last first; and one for new tokens about twice a day."""

    id = "allegro"
    title = msgid("Allegro ratings")
    kinds = (WatchKind.CHANNEL,)
    settings = (
        Setting(
            "client_id",
            msgid("Client ID"),
            hint=msgid(
                "Of your own application, registered at apps.developer.allegro.pl for devices without a browser."
            ),
        ),
        Setting("client_secret", msgid("Client secret"), kind="secret"),
        Setting(SESSION, msgid("Sign-in"), kind="session"),
        Setting(
            "server",
            msgid("Server"),
            kind="choice",
            required=False,
            choices=(PRODUCTION, SANDBOX),
            hint=msgid("The second one is for trying out, with an account and an application of its own."),
        ),
    )
    shortest_interval = 900
    help_page = "allegro"

    def poll(self, poll: Poll) -> Steps:
        server = self.tidy(poll.watch.settings)["server"]
        access = self._access(poll.watch.settings, poll.secrets, poll.now)
        steps = walk(poll, lambda skip: _list(server, skip), lambda answer, skip: _page(answer, skip, server, poll.now))
        return (yield from in_session(steps, access, lambda why: Reading(bookmark=poll.bookmark, problem=why)))

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return that the application's id cannot be one, or None."""
        kept = self.tidy(settings)
        return None if _CLIENT_ID.fullmatch(kept["client_id"]) else Problem("sources.allegro_client_id")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        kept["server"] = SANDBOX if kept.get("server") == SANDBOX else PRODUCTION
        kept["client_id"] = kept.get("client_id", "")
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        kept = self.tidy(settings)
        return f"api.{kept['server']}/{kept['client_id']}"

    def sign_in(self, settings: Mapping[str, str], secrets: Mapping[str, str], now: float) -> SignInSteps:
        """Return the steps of signing in; they bring the session."""
        client = self._client(settings, secrets)
        if not client.client_secret:
            return SignedIn(problem=Problem("sources.allegro_no_client"))

        def keep(response: Response) -> Mapping[str, str] | Problem:
            session = new_session(response, now)
            return {SESSION: session.written()} if session else broken(response)

        return (
            yield from device_sign_in(
                client.request("device", client_id=client.client_id),
                lambda device: client.request("token", grant_type=GRANT, device_code=device),
                keep,
                host=client.server,
                refused=client_refusal,
            )
        )

    def why_no_answer(self, watch: Watch, _mention: Mention, secrets: Mapping[str, str]) -> Problem | None:
        if session_of(secrets.get(SESSION, "")) is None:
            return Problem("sources.needs_sign_in", {"host": self.tidy(watch.settings)["server"]})
        return None if secrets.get("client_secret", "").strip() else Problem("sources.allegro_no_client")

    def longest_answer(self, _watch: Watch, _mention: Mention) -> int | None:
        return None

    def answer(self, answer: Answer) -> Send:
        """Put the seller's answer under the rating; sent twice it still stands there once."""
        access = self._access(answer.watch.settings, answer.secrets, answer.now)
        request = _rating(self.tidy(answer.watch.settings)["server"], answer)
        return (yield from in_session(_put(request, answer), access, lambda why: Sent(problem=why)))

    def look(self, answer: Answer) -> Look:
        """Look whether the seller's answer stands under the rating."""
        access = self._access(answer.watch.settings, answer.secrets, answer.now)
        request = _rating(self.tidy(answer.watch.settings)["server"], answer)
        return (yield from in_session(_seen(request, answer), access, lambda why: Standing(problem=why)))

    def _client(self, settings: Mapping[str, str], secrets: Mapping[str, str]) -> Client:
        kept = self.tidy(settings)
        return Client(kept["server"], kept["client_id"], secrets.get("client_secret", "").strip())

    def _access(self, settings: Mapping[str, str], secrets: Mapping[str, str], now: float) -> AllegroAccess:
        return AllegroAccess(self._client(settings, secrets), secrets.get(SESSION, ""), now)


def _request(server: str, path: str) -> Request:
    return Request(f"https://api.{server}/sale/user-ratings{path}", headers={"Accept": MEDIA}, errors=REFUSED)


def _list(server: str, skip: str) -> Request:
    asked = {"limit": str(PER_PAGE), **({"offset": skip} if skip else {})}
    return _request(server, f"?{urlencode(asked)}")


def _rating(server: str, answer: Answer) -> Request:
    key = answer.mention.key
    return _request(server, f"/{key if _RATING.fullmatch(key) else '-'}")


def _put(request: Request, answer: Answer) -> Send:
    request = replace(request, url=f"{request.url}/answer", method="PUT", errors=(*request.errors, *GONE))
    return put_reply(request, {"message": answer.text}, answer, _refusal, MEDIA)


def _seen(request: Request, answer: Answer) -> Look:
    response = yield replace(request, unchanged_ok=False, errors=(*request.errors, *GONE))
    if response.status >= 400:
        return not_seen(response, _refusal(response))
    found = json_of(response.body)
    if not isinstance(found, dict):
        return Standing(problem=broken(response))
    written = moment_at(found, answer.now, "answer", "createdAt")
    return standing(_text(found, "answer"), written, answer, answer.mention.key)


def _page(response: Response, skip: str, server: str, now: float) -> Page | Problem:
    if response.status >= 400:
        return _refusal(response)
    found = json_of(response.body)
    if not isinstance(found, dict) or not isinstance(found.get("ratings"), list):
        return broken(response)
    rows = rows_at(found, "ratings")
    mentions = tuple(mention for row in rows if (mention := _mention(row, server, now)))
    moments = [moment for row in rows if (moment := _moment(row, now)) is not None]
    last, first = (moments[-1], moments[0]) if moments else (None, None)
    further = (int(skip) if skip.isascii() and skip.isdecimal() else 0) + len(rows)
    onward = str(further) if len(rows) >= PER_PAGE and further <= MOST_SKIPPED else ""
    return Page(mentions, onward, last, first)


def _refusal(response: Response) -> Problem:
    """Return what a refusal means: new tokens did not help, so the application lacks rights or the owner took them back."""
    host = host_of(response.url)
    if response.status == 401:
        return Problem("sources.sign_in_ended", {"host": host})
    return Problem("sources.allegro_rights") if response.status == 403 else usual_problem(response)


def _moment(row: Row, now: float) -> float | None:
    """Return when a rating was written, or changed if it was."""
    changed = moment_at(row, now, "lastChangedAt")
    return moment_at(row, now, "createdAt") if changed is None else changed


def _mention(row: Row, server: str, now: float) -> Mention | None:
    key = id_at(row, "id")
    if not _RATING.fullmatch(key):
        return None
    login = name_of(text_at(row, "buyer", "login"))
    return Mention(
        source="allegro",
        key=key,
        url=f"https://salescenter.{server.replace('allegro.pl', 'allegro.com', 1)}",
        text=plain_text(_text(row, "comment")),
        author=login,
        handle=login,
        site=server,
        published=_moment(row, now),
        language=language_of(text_at(row, "comment", "language")),
        stars=_stars(row),
    )


def _text(row: Row, name: str) -> str:
    """Return a text in both shapes Allegro has for it: the text itself, or an object with it."""
    return text_at(row, name) or text_at(row, name, "text") or text_at(row, name, "message")


def _stars(row: Row) -> float | None:
    """Return stars for «I recommend» and «I do not», with the mean of the rates that older ratings have."""
    recommended = at(row, "recommended")
    if not isinstance(recommended, bool):
        return None
    rates = [rate for name in _RATES if (rate := number_at(row, "rates", name)) is not None and 1 <= rate <= 5]
    mean = sum(rates) / len(rates) if rates else (5.0 if recommended else 1.0)
    return max(mean, 3.0) if recommended else min(mean, 2.0)


SOURCE = AllegroSource()
