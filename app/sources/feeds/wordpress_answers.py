"""The shop's answer to a comment on its WordPress site: posted with an application password, and looked for again."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Generator, Iterable, Mapping
from html import escape
from urllib.parse import urlencode, urlsplit, urlunsplit

from app.core.mention import Mention
from app.core.ports.answer import Answer, Sent, Standing
from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.apis.ours import Found, ours
from app.sources.apis.server import broken, secret_problem, usual_problem
from app.sources.apis.values import id_at, json_of, text_at
from app.sources.feeds.addresses import host_of
from app.sources.feeds.mention_of import mentions_of
from app.sources.feeds.read import ACCEPT, read_document
from app.sources.feeds.wordpress import PER_PAGE, Where, comments_feed, rest_comments, rest_root, tied

FLOOD_SECONDS = 60.0
"""Seconds until a site that found us too quick is asked again; WordPress itself wants fifteen."""

LONGEST = 60_000
"""Bytes of a comment; the table has room for 65,525, and letters in it may be written as entities."""

CLOSED = (400, 401, 403, 404, 405, 410, 501)
_KEY = re.compile(r"(https?://[^\s#]{1,500})\?p=(\d{1,18})#comment-(\d{1,18})")
_HIDDEN, _NO_COMMENT = "rest_cannot_read", "rest_comment_invalid_id"
"""What the interface says of a comment in the bin or held back, and of one that is deleted for good."""


def place_of_comment(mention: Mention) -> tuple[str, str, str] | None:
    """Return the beginning of a site's comment ids, post and comment by number; None where the key does not tell them."""
    match = _KEY.fullmatch(mention.key)
    return (match[1], match[2], match[3]) if match else None


def send_answer(answer: Answer, url: str, user: str, password: str) -> Generator[Request, Response, Sent]:
    """Post the answer below the comment. Name and password go to the site the owner named, and nowhere else."""
    known = place_of_comment(answer.mention)
    if known is None:
        return Sent(problem=Problem("sources.post_not_found", {"host": host_of(url)}))
    home, post, comment = known
    there = yield _asked(_address(rest_root(comments_feed(url)), f"/{comment}"))
    host = {"host": host_of(there.url)}
    code = _code(there)
    if code in {_HIDDEN, _NO_COMMENT}:
        return Sent(problem=Problem("sources.answered_post_gone", host))
    if problem := _stranger(url, there.url):
        return Sent(problem=problem)
    body = {"post": int(post), "parent": int(comment), "content": escape(answer.text.strip(), quote=False)}
    token = base64.b64encode(f"{user}:{password}".encode("utf-8", "replace")).decode("ascii")
    posted = yield Request(
        _address(rest_root(there.url), ""),
        method="POST",
        headers={"Accept": "application/json", "Content-Type": "application/json"},
        secret_headers={"Authorization": f"Basic {token}"},
        body=json.dumps(body).encode(),
        unchanged_ok=False,
        errors=(*CLOSED, 409, 429),
    )
    number = id_at(json_of(posted.body), "id")
    if posted.status == 201:
        return Sent(f"{home}?p={post}#comment-{number}" if number.isdecimal() else "")
    if _code(posted) == "comment_duplicate" or posted.status == 409:
        return Sent()  # the same words of ours stand below that comment already
    return Sent(problem=_refusal(posted, answer.now))


def look_below(answer: Answer, url: str) -> Generator[Request, Response, Standing]:
    """Look for the answer below the comment, as anybody may; where the interface is closed, in the feed."""
    known = place_of_comment(answer.mention)
    if known is None:
        return Standing(problem=Problem("sources.post_not_found", {"host": host_of(url)}))
    home, _, comment = known
    root = rest_root(comments_feed(url))
    asked = {"parent": comment, "per_page": str(PER_PAGE), "order": "desc", "orderby": "date_gmt"}
    below = yield _asked(_address(root, "", asked))
    if below.status < 400 and isinstance(json_of(below.body), list):
        standing = ours(answer, _found(rest_comments(below.body, Where(answer.mention.source, home), answer.now)))
        if standing.stands:
            return standing
        itself = yield _asked(_address(root, f"/{comment}"))
        return Standing(gone=_code(itself) in {_HIDDEN, _NO_COMMENT})
    feed = yield Request(comments_feed(url), headers={"Accept": ACCEPT}, unchanged_ok=False)
    document = read_document(feed.body, feed.headers.get("content-type", ""))
    if isinstance(document, Problem):
        return Standing(problem=broken(feed))
    shown = mentions_of(document, source=answer.mention.source, place=url, address=feed.url, now=answer.now)
    return ours(answer, _found(one for one in tied(shown) if one.parent == answer.mention.key))


def _found(mentions: Iterable[Mention]) -> Iterable[Found]:
    for mention in mentions:
        yield Found(mention.key, mention.text, mention.published, mention.author)


def _address(root: str, path: str, asked: Mapping[str, str] | None = None) -> str:
    """Return an address of the interface for comments; this form works with every kind of permalinks."""
    parts = urlsplit(root)
    query = urlencode({"rest_route": f"/wp/v2/comments{path}", **(asked or {})})
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _asked(url: str) -> Request:
    return Request(url, headers={"Accept": "application/json"}, unchanged_ok=False, errors=CLOSED)


def _stranger(named: str, reached: str) -> Problem | None:
    """Return that the site leads to another one, which is told no password, or None; «www.» makes no difference."""
    one, other = host_of(named).removeprefix("www."), host_of(reached).removeprefix("www.")
    if one != other:
        return Problem("net.redirects", {"host": host_of(named)})
    return secret_problem(reached)


def _code(response: Response) -> str:
    return text_at(json_of(response.body), "code") if response.status >= 400 else ""


def _refusal(response: Response, now: float) -> Problem:
    """Return what a refusal means; the interface names its reasons."""
    code, host = _code(response), {"host": host_of(response.url)}
    if code == "comment_flood" or response.status == 429:
        return Problem("net.rate_limited", host, retry_at=now + max(FLOOD_SECONDS, response.fresh_for))
    if response.status == 401:
        return Problem("sources.wordpress_password", host)
    if code == "rest_comment_closed":
        return Problem("sources.answers_closed", host)
    if code in {"rest_comment_invalid_post_id", "rest_comment_trash_post"}:
        return Problem("sources.answered_post_gone", host)
    if code in {"rest_no_route", ""} or response.status == 405:
        return Problem("sources.wordpress_closed", host)
    if code == "comment_content_column_length":
        return Problem("sources.answer_too_long", {**host, "most": LONGEST})
    return Problem("sources.answer_refused", host) if response.status == 400 else usual_problem(response)
