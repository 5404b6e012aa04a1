"""The page of a public channel: its posts, found by the marks that Telegram's own script goes by, in linear time."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from app.core.mention import Mention
from app.sources.feeds.dates import unix_time
from app.sources.feeds.html_text import html_text, one_line

MOST_POSTS = 200
LONGEST_POST = 200_000
"""Characters of one post's markup that are looked at; Telegram allows 4096 letters, and pictures are addresses."""

_POST = re.compile(r'data-post="([A-Za-z0-9_]{1,40})/(\d{1,12})"')
_NOTE = "service_message"
_TEXT = re.compile(r'<div class="[^"<>]{0,200}\bjs-message_text\b[^"<>]{0,200}"[^<>]{0,500}>')
_QUESTION = re.compile(r'<div class="tgme_widget_message_poll_question[^"<>]{0,100}"[^<>]{0,200}>')
_DIV = re.compile(r"<(/?)div\b", re.IGNORECASE)
_TIME = re.compile(r'<time datetime="([^"<>]{1,40})"')
_REPLY = re.compile(
    r'class="tgme_widget_message_reply[^"<>]{0,100}" href="https://t\.me/(\w{1,40})/(\d{1,12})[^"<>]{0,100}"'
)
_SIGNED = re.compile(r'<span class="tgme_widget_message_from_author"[^<>]{0,200}>([^<>]{1,400})</span>')
_OWNER = re.compile(r'<a class="tgme_widget_message_owner_name"[^<>]{0,400}>')
_TITLE = re.compile(r'<div class="tgme_channel_info_header_title[^"<>]{0,100}"[^<>]{0,200}>')


class ChannelPage(NamedTuple):
    """What a page shows, the newest post first. `before` is the id to page back from, «» at the beginning.

    `oldest` is the moment of its oldest post (Unix seconds). A page that is not `is_channel` shows no posts to strangers.
    """

    mentions: tuple[Mention, ...]
    before: str
    oldest: float | None
    title: str
    is_channel: bool


def read_page(text: str, channel: str, now: float) -> ChannelPage:
    """Return what stands on the page of a channel; `now` is Unix seconds."""
    starts = list(islice(_POST.finditer(text), MOST_POSTS))
    head = text[: starts[0].start()] if starts else text
    title = one_line(_inside(head, _TITLE), 200)
    ends = [*(match.start() for match in starts[1:]), len(text)][: len(starts)]
    posts = [
        mention
        for match, end in zip(starts, ends, strict=True)
        if not _is_note(text[max(0, match.start() - 400) : match.start()])
        and (mention := _post(match, text[match.end() : min(end, match.end() + LONGEST_POST)], title, now))
    ]
    own = [int(match[2]) for match in starts if match[1].lower() == channel.lower()]
    moments = [post.published for post in posts if post.published is not None]
    before = str(min(own)) if own and min(own) > 1 else ""
    is_channel = bool(own) or "tgme_channel_history" in text
    return ChannelPage(tuple(reversed(posts)), before, min(moments, default=None), title, is_channel)


def _is_note(before: str) -> bool:
    """Say whether the tag that a post begins in is that of a note such as «channel photo changed»."""
    return _NOTE in before[before.rfind("<") :]


def _post(match: re.Match[str], markup: str, title: str, now: float) -> Mention | None:
    """Return the mention of a post; a picture without words is none."""
    channel, number = match[1], match[2]
    text = _inside(markup, _TEXT) or _inside(markup, _QUESTION)
    if not text:
        return None
    time = _TIME.search(markup)
    answered = _REPLY.search(markup)
    signed = _SIGNED.search(markup)
    name = one_line(_inside(markup, _OWNER, closing="</a>"), 200) or title or channel
    parent = f"{answered[1].lower()}/{answered[2]}" if answered else ""
    return Mention(
        source="telegram_channel",
        key=f"{channel.lower()}/{number}",
        url=f"https://t.me/{channel}/{number}",
        text=text,
        author=one_line(html_text(signed[1]), 200) if signed else name,
        handle=f"@{channel}" if not signed else "",
        site="t.me",
        published=unix_time(time[1], now) if time else None,
        parent=parent,
        thread=parent,
    )


def _inside(markup: str, opening: re.Pattern[str], closing: str = "") -> str:
    """Return the plain text of the first element that opens so: to `closing`, or to the end of the same `div`."""
    start = opening.search(markup)
    if start is None:
        return ""
    rest = markup[start.end() :]
    return html_text(rest[: _end_of_div(rest)] if not closing else rest.partition(closing)[0])


def _end_of_div(markup: str) -> int:
    depth = 1
    for tag in _DIV.finditer(markup):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.start()
    return len(markup)
