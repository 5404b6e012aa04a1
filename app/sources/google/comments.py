"""Comments, as YouTube's interface shows them, to mentions; and the requests that ask for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlencode

from app.core.mention import Mention
from app.core.ports.net import Request
from app.sources.apis.values import Row, moment_at, name_of, number_at, rows_at, text_at
from app.sources.feeds.html_text import plain_text
from app.sources.google.youtube_refusals import YOUTUBE_REFUSED

API = "https://www.googleapis.com/youtube/v3"
SITE = "youtube.com"
PER_PAGE = 100

_ID = re.compile(r"[A-Za-z0-9_-]{5,100}(?:\.[A-Za-z0-9_-]{5,100})?")
_VIDEO = re.compile(r"[A-Za-z0-9_-]{6,20}")


def ask(key: str, what: str, asked: Mapping[str, str]) -> Request:
    """Return a request of YouTube's interface; the key goes in a header, not in the address."""
    return Request(
        f"{API}/{what}?{urlencode(asked)}",
        headers={"Accept": "application/json"},
        secret_headers={"X-Goog-Api-Key": key},
        errors=YOUTUBE_REFUSED,
    )


def ask_replies(key: str, top: str, onward: str = "") -> Request:
    """Return the request for a page of the replies below a comment."""
    asked = {"part": "snippet", "parentId": top, "maxResults": str(PER_PAGE), "textFormat": "plainText"}
    return ask(key, "comments", {**asked, **({"pageToken": onward} if onward else {})})


def comment_id(row: object) -> str:
    """Return the id of a comment or thread, «» for none that can be asked for."""
    written = text_at(row, "id")[:300]
    return written if _ID.fullmatch(written) else ""


def top_of(key: str) -> str:
    """Return the comment that a thread began with, by the key of any comment in it; «» for no such key."""
    return key.partition(".")[0] if _ID.fullmatch(key[:300]) else ""


def reply_count(thread: Row) -> int:
    """Return how many replies a thread has."""
    return int(max(0.0, number_at(thread, "snippet", "totalReplyCount") or 0.0))


def in_thread(thread: Row, now: float) -> Iterator[Mention]:
    """Yield the mentions of a thread as lists show it: its first comment and up to five replies."""
    top = thread.get("snippet")
    first = top.get("topLevelComment") if isinstance(top, dict) else None
    video = text_at(thread, "snippet", "videoId")
    if isinstance(first, dict) and (mention := mention_of(first, video, now)):
        yield mention
    for row in rows_at(thread, "replies", "comments"):
        if mention := mention_of(row, video, now):
            yield mention


def mention_of(row: Row, video: str, now: float) -> Mention | None:
    """Return the mention of a comment, None for what says nothing. `video` is where it stands, unless it says so itself."""
    key = comment_id(row)
    text = plain_text(text_at(row, "snippet", "textDisplay") or text_at(row, "snippet", "textOriginal"))
    if not key or not text:
        return None
    video = text_at(row, "snippet", "videoId") or video
    author = name_of(text_at(row, "snippet", "authorDisplayName"))
    channel = name_of(text_at(row, "snippet", "authorChannelId", "value"))
    top = key.partition(".")[0] if "." in key else text_at(row, "snippet", "parentId")[:200]
    top = top if _ID.fullmatch(top) else ""
    return Mention(
        source="youtube_comments",
        key=key,
        url=f"https://www.{SITE}/watch?v={quote(video)}&lc={key}" if _VIDEO.fullmatch(video) else "",
        text=text,
        author=author,
        handle=author if author.startswith("@") else channel,
        site=SITE,
        published=moment_at(row, now, "snippet", "publishedAt"),
        parent=top,
        thread=top,
    )
