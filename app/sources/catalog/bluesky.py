"""Bluesky: an account and the answers to it without any key; a search, mentions and our answers with an app password."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urlencode

from app.core.mention import Mention
from app.core.ports.answer import Answer, LookSteps, SendSteps
from app.core.ports.find import FindSteps, InHand
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import Watch, WatchKind
from app.sources.apis.server import base_of, broken, path_of, place_of, secret_problem, usual_problem
from app.sources.apis.values import json_of, rows_at, text_at
from app.sources.apis.walk import Page, walk
from app.sources.apis.web import of_web, through
from app.sources.apis.words import tidy_words, words_problem
from app.sources.bluesky.account import PUBLIC, poll_account
from app.sources.bluesky.posts import mention_of, moment_of, post_uri
from app.sources.bluesky.replies import LONGEST, Desk, look_below, send_reply
from app.sources.bluesky.session import TOKEN_ERRORS, Login, Sessions
from app.sources.find.bluesky import find_bluesky

RANK = 10

ACCOUNT, MENTIONS, SEARCH = msgid("account"), msgid("mentions"), msgid("search")
HOME = "https://bsky.social"
"""Where most accounts live; it passes questions on to where posts are found."""

REASONS = ("mention", "reply", "quote")
PER_PAGE = 100

_HANDLE = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,62}|did:[a-z]{1,20}:[\w.:%-]{1,200}", re.IGNORECASE
)


class BlueskySource:
    """One request a poll as a rule. Order and times are those of the network (`indexedAt`), not of the authors."""

    id = "bluesky"
    title = msgid("Bluesky")
    kinds = (WatchKind.SEARCH, WatchKind.CHANNEL)
    settings = (
        Setting("what", msgid("What to listen to"), kind="choice", choices=(SEARCH, MENTIONS, ACCOUNT)),
        Setting(
            "name",
            msgid("Words or account"),
            required=False,
            hint=msgid(
                "The words of a search, or an account such as kawaraj.bsky.social. Leave it empty for mentions."
            ),
        ),
        Setting("user", msgid("Your handle"), required=False, hint=msgid("For searches, mentions and answers.")),
        Setting(
            "password",
            msgid("App password"),
            kind="secret",
            required=False,
            hint=msgid("Bluesky: Settings, Privacy and security, App passwords. Never your own password."),
        ),
        Setting(
            "server", msgid("Server"), required=False, hint=msgid("Leave it empty if your account is at bsky.social.")
        ),
    )
    shortest_interval = 600
    help_page = "bluesky"

    def __init__(self) -> None:
        self._sessions = Sessions()

    def poll(self, poll: Poll) -> Steps:
        settings = self.tidy(poll.watch.settings)
        if settings["what"] == ACCOUNT:
            return (yield from poll_account(poll, settings["name"], settings["server"]))
        login = _login(settings, poll.secrets)
        if not login.user or not login.password:
            problem = Problem("sources.needs_app_password", {"host": place_of(login.base)})
            return Reading(bookmark=poll.bookmark, problem=problem)
        token = yield from self._sessions.token(login, poll.now)
        if isinstance(token, Problem):
            return Reading(bookmark=poll.bookmark, problem=token)
        return (yield from self._with_session(poll, settings, login, token))

    def find(self, hand: InHand) -> FindSteps:
        """Suggest an account in hand, or accounts called like the shop."""
        return find_bluesky(hand)

    def why_no_answer(self, watch: Watch, mention: Mention, secrets: Mapping[str, str]) -> Problem | None:
        """Return that handle or app password are missing, or that this is no post, or None."""
        login = _login(self.tidy(watch.settings), secrets)
        host = {"host": place_of(login.base)}
        if not login.user or not login.password:
            return Problem("sources.needs_app_password", host)
        if not post_uri({"uri": mention.key}):
            return Problem("sources.post_not_found", host)
        return None if _HANDLE.fullmatch(login.user) or "@" in login.user else Problem("sources.bad_account")

    def longest_answer(self, watch: Watch, mention: Mention) -> int | None:  # noqa: ARG002  the signature is the port's
        """Return 300: Bluesky counts what people see as one character, so some texts may be a little longer."""
        return LONGEST

    def answer(self, answer: Answer) -> SendSteps:
        """Post the reply from the account of the handle."""
        return of_web(send_reply(answer, self._desk(answer)))

    def look(self, answer: Answer) -> LookSteps:
        """Look for the reply below the post, and with an app password in our own repository."""
        desk = self._desk(answer)
        if desk.login.user and desk.login.password:
            return of_web(look_below(answer, desk.login.base, desk))
        return of_web(look_below(answer, base_of(self.tidy(answer.watch.settings)["server"]) or PUBLIC, None))

    def own_accounts(self, watch: Watch) -> tuple[str, ...]:
        """Return the shop's own handle, and the account listened to where that is its own."""
        settings = self.tidy(watch.settings)
        listened = settings["name"] if watch.own and settings["what"] == ACCOUNT else ""
        return tuple(f"@{one}" for one in dict.fromkeys((settings["user"], listened)) if _HANDLE.fullmatch(one))

    def _desk(self, answer: Answer) -> Desk:
        return Desk(self._sessions, _login(self.tidy(answer.watch.settings), answer.secrets), answer.now)

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with words, account, handle or server, or None."""
        kept = self.tidy(settings)
        if kept["server"] and (problem := secret_problem(settings["server"])):
            return problem
        if kept["what"] == ACCOUNT:
            return None if _HANDLE.fullmatch(kept["name"]) else Problem("sources.bad_account")
        if kept["what"] == SEARCH and (problem := words_problem({"words": kept["name"]})):
            return problem
        if not kept["user"]:
            return Problem("sources.no_handle")
        return None if _HANDLE.fullmatch(kept["user"]) or "@" in kept["user"] else Problem("sources.bad_account")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        kept["what"] = kept.get("what") or SEARCH
        name = kept.get("name", "")
        kept["name"] = tidy_words({"words": name})["words"] if kept["what"] == SEARCH else _handle(name)
        kept["user"] = _handle(kept.get("user", ""))
        kept["server"] = base_of(kept.get("server", "")) or kept.get("server", "")
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        kept = self.tidy(settings)
        what = kept["what"]
        name = kept["user"] if what == MENTIONS else kept["name"]
        host = place_of(base_of(kept["server"]) or (PUBLIC if what == ACCOUNT else HOME))
        return f"{host}/{what}/{name.casefold()}"

    def _with_session(self, poll: Poll, settings: Mapping[str, str], login: Login, token: str) -> Steps:
        """Search or look for notifications; where the token is refused all the same, once more with a new one."""
        steps = _steps(poll, settings, login.base)
        for again in (False, True):
            reading = yield from _signed(steps(), token)
            if reading.problem is None or reading.problem.code != EXPIRED:
                return reading
            self._sessions.forget(login, token)
            if again:
                self._sessions.drop(login)
                break
            renewed = yield from self._sessions.token(login, poll.now)
            if isinstance(renewed, Problem):
                return Reading(bookmark=poll.bookmark, problem=renewed)
            token = renewed
        args = {"host": place_of(login.base), "user": login.user}
        return Reading(bookmark=poll.bookmark, problem=Problem("sources.app_password_refused", args))


EXPIRED = "sources.expired_token"
"""A problem between the parts of this file: the token is no good any more. It is never told to anybody."""


def _login(settings: Mapping[str, str], secrets: Mapping[str, str]) -> Login:
    return Login(base_of(settings["server"]) or HOME, settings["user"], secrets.get("password", "").strip())


def _steps(poll: Poll, settings: Mapping[str, str], base: str) -> Callable[[], Steps]:
    if settings["what"] == SEARCH:
        words = settings["name"]
        return lambda: walk(
            poll,
            lambda cursor: _request(base, "app.bsky.feed.searchPosts", cursor, [("q", words), ("sort", "latest")]),
            lambda answer, _: _page(answer, "posts", poll.now),
        )
    reasons = [("reasons", reason) for reason in REASONS]
    return lambda: walk(
        poll,
        lambda cursor: _request(base, "app.bsky.notification.listNotifications", cursor, reasons),
        lambda answer, _: _page(answer, "notifications", poll.now),
    )


def _signed(steps: Steps, token: str) -> Steps:
    """Pass requests on with the token in them."""
    shown = {"Authorization": f"Bearer {token}"}
    return through(steps, lambda answer: answer, lambda request: replace(request, secret_headers=shown))


def _request(base: str, method: str, cursor: str, parameters: list[tuple[str, str]]) -> Request:
    asked = [*parameters, ("limit", str(PER_PAGE)), *([("cursor", cursor)] if cursor else [])]
    url = f"{base}/xrpc/{method}?{urlencode(asked, errors='replace')}"
    return Request(url, headers={"Accept": "application/json"}, errors=(400, 401, 403))


def _page(response: Response, name: str, now: float) -> Page | Problem:
    found = json_of(response.body)
    if response.status >= 400:
        expired = response.status == 401 or text_at(found, "error") in TOKEN_ERRORS
        return Problem(EXPIRED) if expired else usual_problem(response)
    if not isinstance(found, dict) or not isinstance(found.get(name), list):
        return broken(response)
    rows = [row for row in rows_at(found, name) if name == "posts" or text_at(row, "reason") in REASONS]
    mentions = tuple(mention for row in rows if (mention := mention_of(row, now)))
    moments = [moment for row in rows_at(found, name) if (moment := moment_of(row, now)) is not None]
    cursor = text_at(found, "cursor") if found[name] else ""
    return Page(mentions, cursor, moments[-1] if moments else None, moments[0] if moments else None)


def _handle(typed: str) -> str:
    """Return a handle out of an address of a profile, an @name or the handle itself."""
    if typed.startswith(("http://", "https://")):
        parts = path_of(typed).split("/")
        typed = parts[1] if len(parts) > 1 and parts[0] == "profile" else typed
    return typed.removeprefix("@")


SOURCE = BlueskySource()
