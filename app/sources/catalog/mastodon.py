"""Mastodon and its kin: hashtags and accounts without any key; mentions, a search and answers with the owner's token."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from dataclasses import replace
from urllib.parse import quote, urlencode

from app.core.mention import Mention
from app.core.ports.answer import Answer, LookSteps, SendSteps
from app.core.ports.find import FindSteps, InHand
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import Watch, WatchKind
from app.sources.apis.counts import COUNTS, PENDING
from app.sources.apis.server import base_of, broken, path_of, place_of, secret_problem, usual_problem
from app.sources.apis.values import Row, json_of, moment_at, rows_at, text_at, title_of
from app.sources.apis.walk import Page, walk
from app.sources.apis.web import of_web
from app.sources.apis.words import tidy_words, words_problem
from app.sources.feeds.addresses import host_of
from app.sources.find.mastodon import find_mastodon
from app.sources.mastodon.answers import read_answers
from app.sources.mastodon.replies import LONGEST, look_below, named, send_reply
from app.sources.mastodon.statuses import Entry, learn_keys, list_id, mention_of
from app.sources.mastodon.timeline import PER_PAGE, Timeline

RANK = 10

HASHTAG, ACCOUNT, MENTIONS, SEARCH = msgid("hashtag"), msgid("account"), msgid("mentions"), msgid("search")
MOST_TAGS = 5
REFUSED = (401, 403, 404, 422)
ACCOUNT_ID = "account"
"""Where the bookmark keeps the id of the account on this server."""

_TAG = re.compile(r"\w{1,100}")
_ACCOUNT = re.compile(r"[\w.-]{1,100}(?:@[\w.:-]{1,200})?")
_SEPARATORS = re.compile(r"[\s,;]+")


class MastodonSource:
    """One request a poll as a rule: the newest forty posts of a hashtag or account, mentions or finds of a search."""

    id = "mastodon"
    title = msgid("Mastodon")
    kinds = (WatchKind.SEARCH, WatchKind.CHANNEL)
    settings = (
        Setting("what", msgid("What to listen to"), kind="choice", choices=(HASHTAG, ACCOUNT, MENTIONS, SEARCH)),
        Setting("server", msgid("Server"), hint=msgid("Where your account is, such as mastodon.social.")),
        Setting(
            "name",
            msgid("Hashtags, account or words"),
            required=False,
            hint=msgid("Up to five hashtags, one account or the words of a search. For mentions it may stay empty."),
        ),
        Setting(
            "token",
            msgid("Access token"),
            kind="secret",
            required=False,
            hint=msgid("For mentions, searches and answers, and where a server shows hashtags to its own users only."),
        ),
    )
    shortest_interval = 300
    help_page = "mastodon"

    def poll(self, poll: Poll) -> Steps:
        settings = self.tidy(poll.watch.settings)
        token = poll.secrets.get("token", "").strip()
        what, base = settings["what"], base_of(settings["server"])
        if what in {MENTIONS, SEARCH} and not token:
            return Reading(bookmark=poll.bookmark, problem=Problem("sources.needs_token", {"host": place_of(base)}))
        asker = _Asker(base, token)
        if what == SEARCH:
            words = settings["name"]
            return (
                yield from walk(
                    poll,
                    lambda offset: asker.search(words, offset),
                    lambda got, offset: asker.finds(got, offset, poll.now),
                )
            )
        if what == ACCOUNT:
            return (yield from _account(poll, asker, settings["name"]))
        path, title = "/api/v1/notifications", ""
        parameters: list[tuple[str, str]] = [("types[]", "mention")]
        if what == HASHTAG:
            tag, *others = settings["name"].split(", ")
            path, title = f"/api/v1/timelines/tag/{quote(tag, safe='')}", f"#{tag}"
            parameters = [("any[]", other) for other in others]
        timeline = asker.timeline(poll, path, parameters)
        problem = yield from timeline.read_on()
        return Reading(bookmark=poll.bookmark, problem=problem) if problem else timeline.reading({}, title)

    def find(self, hand: InHand) -> FindSteps:
        """Suggest an account in hand, or the hashtag of the shop's name."""
        return find_mastodon(hand)

    def why_no_answer(self, watch: Watch, mention: Mention, secrets: Mapping[str, str]) -> Problem | None:
        """Return that there is no token to answer with, or that the post has no address, or None."""
        host = {"host": place_of(self.tidy(watch.settings)["server"])}
        if not secrets.get("token", "").strip():
            return Problem("sources.needs_token", host)
        reachable = mention.url or mention.key.startswith(("https://", "http://"))
        return self.check(watch.settings) if reachable else Problem("sources.post_not_found", host)

    def longest_answer(self, watch: Watch, mention: Mention) -> int | None:  # noqa: ARG002  the signature is the port's
        """Return what is left of 500 characters beside the name of who is answered; no server allows fewer."""
        return LONGEST - len(named(mention.handle))

    def answer(self, answer: Answer) -> SendSteps:
        """Post the reply from the account the token belongs to."""
        return of_web(send_reply(answer, *_server_and_token(self.tidy(answer.watch.settings), answer.secrets)))

    def look(self, answer: Answer) -> LookSteps:
        """Look for the reply below the post: one request, two where the post was written on another server."""
        return of_web(look_below(answer, *_server_and_token(self.tidy(answer.watch.settings), answer.secrets)))

    def own_accounts(self, watch: Watch) -> tuple[str, ...]:
        """Return the shop's own account, where that is what is listened to."""
        settings = self.tidy(watch.settings)
        if not (watch.own and settings["what"] == ACCOUNT):
            return ()
        name = settings["name"]
        return (f"@{name}" if "@" in name else f"@{name}@{place_of(settings['server'])}",)

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the server, or with hashtags, account or words, or None."""
        kept = self.tidy(settings)
        if problem := secret_problem(settings.get("server", "")):
            return problem
        if kept["what"] == SEARCH:
            return words_problem({"words": kept["name"]})
        if kept["what"] == ACCOUNT:
            return None if _ACCOUNT.fullmatch(kept["name"]) else Problem("sources.bad_account")
        if kept["what"] == HASHTAG:
            tags = kept["name"].split(", ")
            fine = len(tags) <= MOST_TAGS and all(_TAG.fullmatch(tag) for tag in tags)
            return None if fine else Problem("sources.bad_hashtags", {"most": MOST_TAGS})
        return None

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        kept["what"] = kept.get("what") or HASHTAG
        kept["server"] = base_of(kept.get("server", "")) or kept.get("server", "")
        name = kept.get("name", "")
        if kept["what"] == HASHTAG:
            tags = dict.fromkeys(tag.lstrip("#") for tag in _SEPARATORS.split(name))
            name = ", ".join(tag for tag in tags if tag)
        elif kept["what"] == ACCOUNT:
            name = (path_of(name) if name.startswith(("http://", "https://")) else name).removeprefix("@")
        elif kept["what"] == SEARCH:
            name = tidy_words({"words": name})["words"]
        kept["name"] = name
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        kept = self.tidy(settings)
        return f"{place_of(kept['server'])}/{kept['what']}/{kept['name'].casefold()}"


def _server_and_token(settings: Mapping[str, str], secrets: Mapping[str, str]) -> tuple[str, str]:
    return base_of(settings["server"]), secrets.get("token", "").strip()


class _Asker:
    """Asks one server, with the owner's token where there is one."""

    def __init__(self, base: str, token: str) -> None:
        self.base = base
        self.server = place_of(base)
        self._token = token

    def request(self, path: str, parameters: list[tuple[str, str]]) -> Request:
        url = f"{self.base}{path}?{urlencode(parameters)}" if parameters else self.base + path
        secret = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        return Request(url, headers={"Accept": "application/json"}, secret_headers=secret, errors=REFUSED)

    def timeline(self, poll: Poll, path: str, parameters: list[tuple[str, str]]) -> Timeline:
        def ask(after: str) -> Request:
            paging = [("limit", str(PER_PAGE)), *([("min_id", after)] if after else [])]
            return self.request(path, [*paging, *parameters])

        return Timeline(poll, ask, lambda answer, keys: self.entries(answer, keys, poll.now))

    def search(self, words: str, offset: str) -> Request:
        parameters = [("q", words), ("type", "statuses"), ("resolve", "false"), ("limit", str(PER_PAGE))]
        return self.request("/api/v2/search", [*parameters, *([("offset", offset)] if offset else [])])

    def finds(self, response: Response, offset: str, now: float) -> Page | Problem:
        if response.status >= 400:
            return self.refusal(response)
        found = json_of(response.body)
        if not isinstance(found, dict) or not isinstance(found.get("statuses"), list):
            return broken(response)
        rows = rows_at(found, "statuses")
        mentions = tuple(mention for row in rows if (mention := mention_of(row, self.server, {}, now)))
        moments = [moment for row in rows if (moment := moment_at(row, now, "created_at")) is not None]
        onward = str(int(offset or "0") + len(rows)) if len(rows) >= PER_PAGE else ""
        return Page(mentions, onward, moments[-1] if moments else None)

    def entries(self, response: Response, keys: dict[str, str], now: float) -> tuple[Entry, ...] | Problem:
        """Return the entries of a list of statuses, or of one of notifications, which hold a status each."""
        if response.status >= 400:
            return self.refusal(response)
        found = json_of(response.body)
        if not isinstance(found, list):
            return broken(response)
        rows = [row for row in rows_at({"list": found}, "list") if list_id(row)]
        statuses = [_status_of(row) for row in rows]
        known = dict(keys)
        learn_keys(known, statuses)
        return tuple(
            Entry(list_id(row), status, mention_of(status, self.server, known, now) if _is_meant(row) else None)
            for row, status in zip(rows, statuses, strict=True)
        )

    def refusal(self, response: Response) -> Problem:
        """Return what a refusal means: a token is missing, no longer good, or not allowed what it is asked for."""
        args = {"host": host_of(response.url)}
        said = title_of(text_at(json_of(response.body), "error"))
        if response.status in {401, 403, 422} and not self._token:
            return Problem("sources.needs_token", args)
        if response.status == 403 and "scope" in said:
            return Problem("sources.token_scope", args)
        return Problem("sources.token_refused", args) if response.status in {401, 403} else usual_problem(response)


def _status_of(row: Row) -> Row:
    """Return the status of an entry: the one a notification holds, or the entry itself."""
    inner = row.get("status")
    return inner if isinstance(inner, dict) else row


def _is_meant(row: Row) -> bool:
    """Say whether an entry is a status or a notification of a mention: some servers send the other kinds as well."""
    return text_at(row, "type") in {"", "mention"}


def _account(poll: Poll, asker: _Asker, name: str) -> Steps:
    """Read the posts of an account; of the shop's own account the answers below them as well."""
    account = poll.bookmark.get(ACCOUNT_ID, "")
    if not account:
        found = yield from _look_up(asker, name)
        if isinstance(found, Problem):
            return Reading(bookmark=poll.bookmark, problem=found)
        account = found
    timeline = asker.timeline(poll, f"/api/v1/accounts/{account}/statuses", [("exclude_reblogs", "true")])
    problem = yield from timeline.read_on(whole=PENDING in poll.bookmark or ACCOUNT_ID not in poll.bookmark)
    if problem:
        if problem.code in {"watch.not_found", "watch.gone"}:
            problem = Problem("sources.no_account", {"host": asker.server, "name": name})
        return Reading(bookmark=poll.bookmark, problem=problem)
    if timeline.unchanged:
        return timeline.reading({})
    kept = {ACCOUNT_ID: account, COUNTS: poll.bookmark.get(COUNTS, "")}
    if poll.watch.own:
        request = replace(asker.request("", []), unchanged_ok=False)
        kept |= yield from read_answers(timeline, poll.bookmark, asker.base, request, poll.now)
    return timeline.reading(kept, f"@{name}")


def _look_up(asker: _Asker, name: str) -> Generator[Request, Response, str | Problem]:
    """Return the id of an account on the server asked, or why there is none."""
    response = yield replace(asker.request("/api/v1/accounts/lookup", [("acct", name)]), unchanged_ok=False)
    if response.status == 404:
        return Problem("sources.no_account", {"host": asker.server, "name": name})
    if response.status >= 400:
        return asker.refusal(response)
    found = json_of(response.body)
    one = list_id(found) if isinstance(found, dict) else ""
    return one or broken(response)


SOURCE = MastodonSource()
