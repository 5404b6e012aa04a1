"""The shop's reply to a status: posted with the owner's token, and looked for below the status."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterable
from hashlib import blake2b
from urllib.parse import urlencode, urlsplit

from app.core.mention import Mention
from app.core.ports.answer import Answer, Sent, Standing
from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.apis.ours import Found, ours
from app.sources.apis.server import base_of, place_of, usual_problem
from app.sources.apis.values import Row, json_of, key_of, rows_at, text_at, title_of
from app.sources.mastodon.statuses import list_id, mention_of

LONGEST = 500
"""Characters of a status, unless a server allows more; who is answered counts by name, without the server."""

GONE = (404, 410)
GONE_CODE = "sources.answered_post_gone"
REFUSED = (401, 403, 404, 410, 422)
NARROW = ("direct", "private")
"""Who may read a status: a reply to one of these is read by no more people. All other replies are «unlisted»."""

_OWN_ID = re.compile(r"/(?:.{1,200}/statuses|notice|@[^/]{1,100})/([0-9A-Za-z]{1,40})/?")


def named(handle: str) -> str:
    """Return how a reply begins for an author: «@name », as servers count it."""
    name = handle.removeprefix("@").partition("@")[0]
    return f"@{name} " if name else ""


def send_reply(answer: Answer, base: str, token: str) -> Generator[Request, Response, Sent]:
    """Post the reply below the status, as wide as the status and no wider; `base` is the owner's server."""
    status = yield from _status(answer.mention, base, token)
    if isinstance(status, Problem):
        return Sent(problem=status)
    acct = title_of(text_at(status, "account", "acct"))
    words = answer.text.strip()
    if acct and f"@{acct}".casefold() not in words.casefold():
        words = f"@{acct} {words}"
    seen_by = text_at(status, "visibility")
    body = {
        "status": words,
        "in_reply_to_id": list_id(status),
        "visibility": seen_by if seen_by in NARROW else "unlisted",
    }
    response = yield Request(
        f"{base}/api/v1/statuses",
        method="POST",
        headers={
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Idempotency-Key": blake2b(answer.id.encode("utf-8", "replace"), digest_size=16).hexdigest(),
        },
        secret_headers=_secret(token),
        body=json.dumps(body).encode(),
        unchanged_ok=False,
        errors=REFUSED,
    )
    if response.status >= 400:
        return Sent(problem=_refusal(response, base, words=words))
    return Sent(key_of(text_at(json_of(response.body), "uri")))


def look_below(answer: Answer, base: str, token: str) -> Generator[Request, Response, Standing]:
    """Look below the status, on the owner's server where that knows it, else where it was written, as anybody may."""
    mention = answer.mention
    one = _id_there(mention, base)
    if not one and token:
        status = yield from _status(mention, base, token)
        if isinstance(status, Problem):
            return Standing(gone=True) if status.code == GONE_CODE else Standing(problem=status)
        one = list_id(status)
    elif not one:
        base = base_of(mention.key) if mention.key.startswith(("https://", "http://")) else ""
        one = _id_there(mention, base)
        if not one:
            return Standing(problem=Problem("sources.post_not_found", {"host": mention.site or place_of(base)}))
    response = yield _asked(f"{base}/api/v1/statuses/{one}/context", token)
    if response.status in GONE:
        return Standing(gone=True)
    if response.status >= 400:
        return Standing(problem=_refusal(response, base, signed=bool(token)))
    return ours(answer, _found(rows_at(json_of(response.body), "descendants"), base, answer.now))


def _status(mention: Mention, base: str, token: str) -> Generator[Request, Response, Row | Problem]:
    """Return the status as the owner's server knows it, or why there is none."""
    if one := _id_there(mention, base):
        response = yield _asked(f"{base}/api/v1/statuses/{one}", token)
        if response.status >= 400:
            return _refusal(response, base)
        rows: Iterable[Row] = rows_at({"one": [json_of(response.body)]}, "one")
    else:
        asked = {"q": mention.url or mention.key, "type": "statuses", "resolve": "true", "limit": "5"}
        response = yield _asked(f"{base}/api/v2/search?{urlencode(asked, errors='replace')}", token)
        if response.status >= 400:
            return _refusal(response, base)
        rows = rows_at(json_of(response.body), "statuses")
    for row in rows:
        same = key_of(text_at(row, "uri")) == mention.key or (mention.url and text_at(row, "url") == mention.url)
        if same and list_id(row):
            return row
    return Problem("sources.post_not_found", {"host": place_of(base)})


def _id_there(mention: Mention, base: str) -> str:
    """Return the id of a status that was written on this very server, as its address tells, «» for any other."""
    for address in (mention.key, mention.url):
        if base and base_of(address) == base:
            found = _OWN_ID.fullmatch(urlsplit(address).path)
            if found:
                return found[1]
    return ""


def _found(rows: Iterable[Row], base: str, now: float) -> Iterable[Found]:
    for row in rows:
        mention = mention_of(row, place_of(base), {}, now)
        if mention:
            yield Found(mention.key, mention.text, mention.published, mention.handle)


def _asked(url: str, token: str) -> Request:
    return Request(
        url,
        headers={"Accept": "application/json"},
        secret_headers=_secret(token) if token else {},
        unchanged_ok=False,
        errors=REFUSED,
    )


def _secret(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _refusal(response: Response, base: str, *, words: str = "", signed: bool = True) -> Problem:
    """Return what a refusal means: of a token, of what it may do, of the status answered, or of the reply."""
    args = {"host": place_of(base)}
    if response.status in {401, 403} and not signed:
        return Problem("sources.needs_token", args)
    if response.status == 403 and "scope" in text_at(json_of(response.body), "error"):
        return Problem("sources.token_may_not_answer", args)
    if response.status in {401, 403}:
        return Problem("sources.token_refused", args)
    if response.status in GONE:
        return Problem(GONE_CODE, args)
    if response.status == 422 and words:
        if len(words) > LONGEST:
            return Problem("sources.answer_too_long", args | {"most": LONGEST})
        return Problem("sources.answer_refused", args)
    return usual_problem(response)
