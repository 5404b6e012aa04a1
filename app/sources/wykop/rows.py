"""Entries, links and comments, as Wykop sends them, to mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.core.mention import Mention
from app.sources.apis.markdown import markdown_text
from app.sources.apis.values import Row, at, id_at, is_number, name_of, number_at, rows_at, text_at, title_of
from app.sources.feeds.dates import AHEAD, EARLIEST
from app.sources.wykop.access import HOST

ENTRY, LINK = "entry", "link"

_SLUG = re.compile(r"[a-z0-9-]{1,300}")
_SPOILER = re.compile(r"^! ?", re.MULTILINE)


def kind_of(row: Row, usual: str) -> str:
    """Return what a row of a list is, entry or link; `usual` is what it is where it does not say."""
    said = text_at(row, "resource")
    return said if said in {ENTRY, LINK} else usual


def key_of(row: Row, kind: str) -> str:
    """Return the key of an entry or link, «» where it has none."""
    number = id_at(row, "id")
    return f"{kind} {number}" if is_number(number) else ""


def comment_count(row: Row) -> int:
    """Return how many comments an entry or link has."""
    return int(max(0.0, number_at(row, "comments", "count") or 0.0))


def is_deleted(row: Row) -> bool:
    """Say whether a row is marked as deleted, by whom ever."""
    return at(row, "deleted") not in (None, False, "", 0)


def mention_of(row: Row, kind: str, now: float) -> Mention | None:
    """Return the mention of an entry or link, None for what is deleted or says nothing."""
    key, number = key_of(row, kind), id_at(row, "id")
    title = title_of(text_at(row, "title")) if kind == LINK else ""
    text = _text(text_at(row, "description") if kind == LINK else text_at(row, "content"))
    if not key or not (text or title) or is_deleted(row):
        return None
    path = f"link/{number}" if kind == LINK else f"wpis/{number}"
    return replace(_said(row, key, text, now), url=f"https://{HOST}/{path}", title=title)


def comments_in(rows: tuple[Row, ...], about: Row, kind: str, now: float, parent: str = "") -> Iterator[Mention]:
    """Yield the mentions of comments under an entry or link, and of those that answer them."""
    thread, number = key_of(about, kind), id_at(about, "id")
    slug = text_at(about, "slug")
    for row in rows if thread else ():
        own = id_at(row, "id")
        if not is_number(own):
            continue
        key = f"{thread} comment {own}"
        written = f"/{slug if _SLUG.fullmatch(slug) else '-'}/komentarz/{own}" if kind == LINK else f"#{own}"
        url = f"https://{HOST}/{'link' if kind == LINK else 'wpis'}/{number}{written}"
        text = _text(text_at(row, "content"))
        if text and not is_deleted(row):
            yield replace(_said(row, key, text, now), url=url, parent=parent or thread, thread=thread)
        if not parent:
            yield from comments_in(rows_at(row, "comments", "items"), about, kind, now, key)


def gone_in(rows: tuple[Row, ...], about: Row, kind: str) -> Iterator[str]:
    """Yield the keys of comments that are marked as deleted."""
    thread = key_of(about, kind)
    for row in rows:
        if thread and is_deleted(row) and is_number(id_at(row, "id")):
            yield f"{thread} comment {id_at(row, 'id')}"


def moment(row: Row, now: float) -> float | None:
    """Return when something was written, Unix seconds. Wykop writes the time of Warsaw, without a zone."""
    try:
        written = datetime.fromisoformat(text_at(row, "created_at")[:19].strip())
        found = written.replace(tzinfo=_warsaw()).astimezone(UTC).timestamp()
    except (ValueError, OverflowError):
        return None
    return found if EARLIEST <= found <= now + AHEAD else None


def _warsaw() -> ZoneInfo | timezone:
    """Return the time of Warsaw; the winter one where this computer knows no zones."""
    try:
        return ZoneInfo("Europe/Warsaw")
    except ZoneInfoNotFoundError:
        return timezone(timedelta(hours=1))


def _said(row: Row, key: str, text: str, now: float) -> Mention:
    """Return the mention of anything that somebody wrote, without its address and place."""
    author = name_of(text_at(row, "author", "username"))
    return Mention(
        source="wykop",
        key=key,
        text=text,
        author=author,
        handle=f"@{author}" if author else "",
        site=HOST,
        published=moment(row, now),
    )


def _text(written: str) -> str:
    """Return plain text: Wykop writes Markdown, and «!» before a line that is shown at a click."""
    return markdown_text(_SPOILER.sub("", written))
