"""The shop's reply to a post: put into the shop's own repository under a fixed key, and looked for below the post.

The key is made of the reply's id, so a second try meets the first one and cannot make a second post.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from urllib.parse import urlencode

from app.core.ports.answer import Answer, Sent, Standing
from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.apis.ours import Found, ours
from app.sources.apis.server import broken, place_of, usual_problem
from app.sources.apis.values import Row, at, is_true, json_of, language_of, moment_at, rows_at, text_at
from app.sources.bluesky.facets import facets_of, names_in
from app.sources.bluesky.graphemes import graphemes
from app.sources.bluesky.posts import POST, answers_in, post_uri
from app.sources.bluesky.session import TOKEN_ERRORS, Login, Sessions, did_at

LONGEST = 300
LONGEST_BYTES = 3_000
"""Graphemes and bytes of a post."""

DEPTH = "3"
"""How deep below a post is looked: our reply may stand below another one of ours."""

_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
_FIRST, _SPAN = 1_672_531_200_000_000, 94_608_000_000_000
"""Keys are moments in microseconds by their form; ours lie anywhere within three years from 2023 on."""

_NO_SUCH = frozenset({"NotFound", "RecordNotFound"})


@dataclass(frozen=True, slots=True)
class Desk:
    """Where replies are written: the sessions of this process, and the log-in of the shop."""

    sessions: Sessions
    login: Login
    now: float

    @property
    def repo(self) -> str:
        """Return the shop's account as the server knows it."""
        return self.sessions.did(self.login) or self.login.user

    def ask(self, request: Request) -> Generator[Request, Response, Response | Problem]:
        """Ask with a token; where that is refused all the same, once more with a new one."""
        for _ in range(2):
            token = yield from self.sessions.token(self.login, self.now)
            if isinstance(token, Problem):
                return token
            response = yield replace(request, secret_headers={"Authorization": f"Bearer {token}"})
            expired = response.status in {400, 401} and text_at(json_of(response.body), "error") in TOKEN_ERRORS
            if not expired and response.status != 401:
                return response
            self.sessions.forget(self.login, token)
        self.sessions.drop(self.login)
        args = {"host": place_of(self.login.base), "user": self.login.user}
        return Problem("sources.app_password_refused", args)


def key_of_reply(answer_id: str) -> str:
    """Return the key of a reply's record, in the form that posts have (TID)."""
    number = int.from_bytes(blake2b(answer_id.encode("utf-8", "replace"), digest_size=16).digest(), "big")
    moment = _FIRST + (number >> 10) % _SPAN
    value = moment << 10 | number & 0x3FF
    return "".join(_DIGITS[value >> shift & 31] for shift in range(60, -1, -5))


def send_reply(answer: Answer, desk: Desk) -> Generator[Request, Response, Sent]:
    """Post the reply below the post."""
    words = answer.text.strip().encode("utf-8", "replace").decode()
    host = {"host": place_of(desk.login.base)}
    if graphemes(words) > LONGEST or len(words.encode()) > LONGEST_BYTES:
        return Sent(problem=Problem("sources.answer_too_long", host | {"most": LONGEST}))
    tied = yield from _tied(answer, desk)
    if isinstance(tied, Problem):
        return Sent(problem=tied)
    dids: dict[str, str] = {}
    for name in names_in(words):
        found = yield from desk.ask(_get(desk.login.base, "com.atproto.identity.resolveHandle", {"handle": name}))
        if isinstance(found, Response) and (did := did_at(json_of(found.body))):
            dids[name] = did
    language = language_of(answer.mention.language or answer.watch.language)
    record = {
        "$type": POST,
        "text": words,
        "createdAt": datetime.fromtimestamp(answer.now, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "reply": tied,
        **({"langs": [language]} if language else {}),
        **({"facets": facets} if (facets := facets_of(words, dids)) else {}),
    }
    key = key_of_reply(answer.id)
    body = {"repo": desk.repo, "collection": POST, "rkey": key, "record": record}
    posted = yield from desk.ask(
        Request(
            f"{desk.login.base}/xrpc/com.atproto.repo.createRecord",
            method="POST",
            headers={"Content-Type": "application/json", "Accept": "application/json"},
            body=json.dumps(body).encode(),
            unchanged_ok=False,
            errors=(400, 401, 403, 404, 409, 500),
        )
    )
    if isinstance(posted, Problem):
        return Sent(problem=posted)
    if posted.status < 400:
        return Sent(post_uri(json_of(posted.body)) or _uri(desk, key))
    stands = yield from _in_repo(desk, key)  # servers answer with an error, some with 500, where it stands already
    if isinstance(stands, Standing) and stands.stands:
        return Sent(stands.where)
    return Sent(problem=_refusal(posted, desk.login))


def look_below(answer: Answer, base: str, desk: Desk | None) -> Generator[Request, Response, Standing]:
    """Look below the post; with a log-in (`desk`) also in the shop's own repository, which shows a reply at once."""
    request = _get(
        base, "app.bsky.feed.getPostThread", {"uri": answer.mention.key, "depth": DEPTH, "parentHeight": "0"}
    )
    if desk:
        response = yield from desk.ask(request)
        if isinstance(response, Problem):
            return Standing(problem=response)
    else:
        response = yield request
    found = json_of(response.body)
    if response.status >= 400:
        gone = text_at(found, "error") in _NO_SUCH
        return Standing(gone=True) if gone else Standing(problem=usual_problem(response))
    thread = at(found, "thread")
    if is_true(thread, "notFound") or is_true(thread, "blocked"):
        return Standing(gone=True)
    if post_uri(at(thread, "post")) != answer.mention.key:
        return Standing(problem=broken(response))
    key = key_of_reply(answer.id)
    sought = answer if answer.where or not desk else replace(answer, where=_uri(desk, key))
    below = (Found(one.key, one.text, one.published, one.handle) for one in answers_in(thread, answer.now))
    standing = ours(sought, below)
    if standing.stands or not desk:
        return standing
    return (yield from _in_repo(desk, key))


def _tied(answer: Answer, desk: Desk) -> Generator[Request, Response, Mapping[str, object] | Problem]:
    """Return root and parent of a reply, each by address and content, or why there can be no reply."""
    uri, host = answer.mention.key, {"host": place_of(desk.login.base)}
    response = yield from desk.ask(_get(desk.login.base, "app.bsky.feed.getPosts", {"uris": uri}))
    if isinstance(response, Problem):
        return response
    if response.status >= 400:
        return usual_problem(response)
    found = json_of(response.body)
    if not isinstance(found, dict) or not isinstance(found.get("posts"), list):
        return broken(response)
    row = next((row for row in rows_at(found, "posts") if post_uri(row) == uri), None)
    if row is None:
        return Problem("sources.answered_post_gone", host)
    if is_true(row, "viewer", "replyDisabled") or is_true(row, "viewer", "blockedBy"):
        return Problem("sources.answers_closed", host)
    parent = _reference(row)
    if parent is None:
        return broken(response)
    root = at(row, "record", "reply", "root")
    return {"root": (_reference(root) if isinstance(root, dict) else None) or parent, "parent": parent}


def _reference(row: Row) -> Mapping[str, str] | None:
    uri, cid = post_uri(row), text_at(row, "cid")
    return {"uri": uri, "cid": cid} if uri and cid.isalnum() and len(cid) < 200 else None


def _in_repo(desk: Desk, key: str) -> Generator[Request, Response, Standing]:
    """Return whether the shop's own repository holds the reply."""
    asked = {"repo": desk.repo, "collection": POST, "rkey": key}
    response = yield from desk.ask(_get(desk.login.base, "com.atproto.repo.getRecord", asked))
    if isinstance(response, Problem):
        return Standing(problem=response)
    found = json_of(response.body)
    uri = post_uri(found)
    if response.status < 400 and uri.endswith(f"/{key}"):
        return Standing(stands=True, where=uri, at=moment_at(found, desk.now, "value", "createdAt"))
    said = text_at(found, "error"), text_at(found, "message")
    if response.status in {400, 404} and (said[0] in _NO_SUCH or "ould not locate record" in said[1]):
        return Standing()
    return Standing(problem=usual_problem(response) if response.status >= 400 else broken(response))


def _get(base: str, method: str, asked: Mapping[str, str]) -> Request:
    url = f"{base}/xrpc/{method}?{urlencode(asked, errors='replace')}"
    return Request(url, headers={"Accept": "application/json"}, unchanged_ok=False, errors=(400, 401, 403, 404))


def _uri(desk: Desk, key: str) -> str:
    return f"at://{desk.repo}/{POST}/{key}"


def _refusal(response: Response, login: Login) -> Problem:
    host = {"host": place_of(login.base)}
    if text_at(json_of(response.body), "error") in {"AccountTakedown", "AccountDeactivated"}:
        return Problem("sources.account_closed", {**host, "user": login.user[:200]})
    return Problem("sources.answer_refused", host) if response.status < 500 else usual_problem(response)
