"""Posts and comments, as VK sends them, to mentions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from app.core.mention import Mention
from app.sources.apis.values import Row, at, id_at, is_number, is_true, moment_at, name_of, rows_at, text_at
from app.sources.feeds.html_text import decode_entities, plain_text
from app.sources.vk.calls import SITE

_KEY = re.compile(r"wall(-?\d{1,18})_(\d{1,18})(?:\?reply=(\d{1,18}))?")
_NAMED = re.compile(r"\[(?:id|club|public|event)\d{1,18}(?::bp-?\d+_\d+)?\|([^\]\[]{1,200})\]")
_LINKED = re.compile(r"\[(?:https?://)?[^\s\[\]|]{1,500}\|([^\]\[]{1,200})\]")

Names = Mapping[str, tuple[str, str]]
"""Names shown and accounts, by the number of the person or (below zero) the community."""


class Spot(NamedTuple):
    """Where something stands: the wall, the post, and the comment («» for the post itself)."""

    wall: str
    post: str
    comment: str = ""

    @property
    def key(self) -> str:
        """Return the key of the mention there."""
        return f"wall{self.wall}_{self.post}" + (f"?reply={self.comment}" if self.comment else "")


def spot_of(key: str) -> Spot | None:
    """Return where the mention of a key stands, None for no such key."""
    match = _KEY.fullmatch(key)
    return Spot(match[1], match[2], match[3] or "") if match else None


def number_of(row: object, *path: str) -> str:
    """Return the number of a person or, below zero, of a community as text; «» for none."""
    found = at(row, *path)
    good = isinstance(found, int) and not isinstance(found, bool) and 0 < abs(found) < 10**17
    return str(found) if good else ""


def names_in(found: object) -> dict[str, tuple[str, str]]:
    """Return the names of the people and communities an answer speaks of (`extended=1`)."""
    names = {}
    for row in rows_at(found, "profiles"):
        if number := number_of(row, "id"):
            shown = name_of(f"{text_at(row, 'first_name')} {text_at(row, 'last_name')}")
            names[number] = (shown, name_of(text_at(row, "screen_name")) or f"id{number}")
    for row in rows_at(found, "groups"):
        if number := number_of(row, "id").lstrip("-"):
            shown = name_of(text_at(row, "name"))
            names[f"-{number}"] = (shown, name_of(text_at(row, "screen_name")) or f"club{number}")
    return names


def post_of(row: Row, names: Names, now: float) -> Mention | None:
    """Return the mention of a post, or of a comment as searches find them, None for what says nothing."""
    wall, number = number_of(row, "owner_id"), id_at(row, "id")
    if not wall or not is_number(number):
        return None
    if text_at(row, "post_type") == "reply":
        post = id_at(row, "post_id")
        return comment_of(row, Spot(wall, post), "", names, now) if is_number(post) else None
    return _mention(row, Spot(wall, number), names, now)


def comment_of(row: Row, post: Spot, top: str, names: Names, now: float) -> Mention | None:
    """Return the mention of a comment; `top` is the number of the comment its thread began with, «» where it is one."""
    number = id_at(row, "id")
    if not is_number(number) or is_true(row, "deleted"):
        return None
    answered = id_at(row, "reply_to_comment")
    parent = Spot(post.wall, post.post, answered if is_number(answered) else top)
    thread = Spot(post.wall, post.post, top).key
    return _mention(row, Spot(post.wall, post.post, number), names, now, parent.key, thread)


def gone_of(row: Row, post: Spot) -> str:
    """Return the key of a comment that is marked as deleted, «» for any other."""
    number = id_at(row, "id")
    return Spot(post.wall, post.post, number).key if is_true(row, "deleted") and is_number(number) else ""


def _mention(row: Row, spot: Spot, names: Names, now: float, parent: str = "", thread: str = "") -> Mention | None:
    text = _text(text_at(row, "text"))
    if not text or is_true(row, "deleted"):
        return None
    by = number_of(row, "from_id") or spot.wall
    author, account = names.get(by, ("", f"club{by[1:]}" if by.startswith("-") else f"id{by}"))
    return Mention(
        source="vk",
        key=spot.key,
        url=f"https://{SITE}/{spot.key}",
        text=text,
        author=author or account,
        handle=f"@{account}",
        site=SITE,
        published=moment_at(row, now, "date"),
        parent=parent,
        thread=thread,
    )


def _text(written: str) -> str:
    """Return a text without VK's way of naming people and links in brackets."""
    return plain_text(_LINKED.sub(r"\1", _NAMED.sub(r"\1", decode_entities(written))))
