"""Posts, as the AT protocol shows them, to mentions."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from app.core.mention import Mention
from app.sources.apis.values import Row, at, is_true, key_of, language_of, moment_at, name_of, rows_at, text_at
from app.sources.feeds.html_text import plain_text

SITE = "bsky.app"
POST = "app.bsky.feed.post"
MOST_ANSWERS = 500
"""Answers of one thread that are read."""

_URI = re.compile(r"at://(did:[a-z]{1,20}:[A-Za-z0-9._:%-]{1,200})/([A-Za-z0-9.-]{1,200})/([A-Za-z0-9._:~-]{1,100})")


def post_uri(row: object) -> str:
    """Return the address of a post in the network, «» for anything else, likes for instance."""
    match = _URI.fullmatch(text_at(row, "uri")[:600])
    return match[0] if match and match[2] == POST else ""


def moment_of(row: object, now: float) -> float | None:
    """Return when the network took a post in, Unix seconds. `createdAt` is what its author claims: nothing is sorted by it."""
    indexed = moment_at(row, now, "indexedAt")
    return indexed if indexed is not None else moment_at(row, now, "record", "createdAt")


def mention_of(row: Row, now: float) -> Mention | None:
    """Return the mention of a post as lists, searches and notifications show it, None for what is no post or is empty."""
    uri = post_uri(row)
    text = plain_text(text_at(row, "record", "text")) or _described(row)
    if not uri or not text:
        return None
    match = _URI.fullmatch(uri)
    did, key = (match[1], match[3]) if match else ("", "")
    handle = name_of(text_at(row, "author", "handle"))
    handle = handle if handle and handle != "handle.invalid" else did
    languages = at(row, "record", "langs")
    first = languages[0] if isinstance(languages, list) and languages and isinstance(languages[0], str) else ""
    return Mention(
        source="bluesky",
        key=key_of(uri),
        url=f"https://{SITE}/profile/{did}/post/{key}",
        text=text,
        author=name_of(text_at(row, "author", "displayName")) or handle,
        handle=f"@{handle}",
        site=SITE,
        published=moment_of(row, now),
        language=language_of(first),
        parent=_uri_at(row, "parent"),
        thread=_uri_at(row, "root"),
    )


def answers_in(thread: object, now: float) -> Iterator[Mention]:
    """Yield the answers under a post, however deep; deleted and blocked ones are left out."""
    root = post_uri(at(thread, "post"))
    for view in _below(thread):
        post = at(view, "post")
        if isinstance(post, dict) and not is_true(view, "notFound") and (mention := mention_of(post, now)):
            yield mention if mention.thread else replace(mention, thread=root)


def gone_in(thread: object) -> Iterator[str]:
    """Yield the keys of the answers under a post that the network says are gone."""
    for view in _below(thread):
        if is_true(view, "notFound") and (uri := post_uri(view)):
            yield uri


def _below(thread: object) -> Iterator[Row]:
    """Yield what stands under a post, the nearest first, `MOST_ANSWERS` at most."""
    waiting = deque(rows_at(thread, "replies"))
    for _ in range(MOST_ANSWERS):
        if not waiting:
            return
        view = waiting.popleft()
        waiting += rows_at(view, "replies")
        yield view


def _uri_at(row: object, which: str) -> str:
    match = _URI.fullmatch(text_at(row, "record", "reply", which, "uri")[:600])
    return match[0] if match else ""


def _described(row: object) -> str:
    """Return the descriptions of the pictures of a post without words."""
    pictures = rows_at(row, "record", "embed", "images")[:10]
    return plain_text("\n".join(text_at(picture, "alt") for picture in pictures))
