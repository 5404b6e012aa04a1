"""A status, as servers of Mastodon's kind send it, to a mention."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.core.mention import Mention
from app.sources.apis.values import Row, id_at, key_of, language_of, moment_at, name_of, rows_at, text_at
from app.sources.feeds.addresses import host_of, web_address
from app.sources.feeds.html_text import html_text, one_line, plain_text

KEYS = "keys"
"""Where the bookmark keeps the worldwide keys of statuses by their ids on this server, to name what is answered."""

MOST_KEYS = 60
LONGEST_KEPT = 300
"""Keys that are kept, and characters of the longest of them; what is not kept is named by its id."""

_ID = re.compile(r"[0-9A-Za-z]{1,40}")
_EMOJI = re.compile(r":\w{1,60}:")


class Entry(NamedTuple):
    """One entry of a list: its id in that list, the status in it and its mention, None where it says nothing."""

    id: str
    status: Row
    mention: Mention | None


def list_id(row: Row) -> str:
    """Return an entry's id, «» where it has none that can be asked for. Never a number: some servers use letters."""
    written = id_at(row, "id")
    return written if _ID.fullmatch(written) else ""


def order(list_id: str) -> tuple[int, str]:
    """Return what ids are sorted by: both kinds in use grow in length first, then letter by letter."""
    return len(list_id), list_id


def keys_in(bookmark: Mapping[str, str]) -> dict[str, str]:
    """Return the worldwide keys of earlier statuses by their ids."""
    parts = bookmark.get(KEYS, "").split()
    return dict(zip(parts[::2], parts[1::2], strict=False))


def keys_kept(keys: Mapping[str, str]) -> str:
    """Return what the bookmark keeps of the keys: the last ones learnt."""
    kept = [f"{one} {key}" for one, key in keys.items() if len(key) <= LONGEST_KEPT and not re.search(r"\s", key)]
    return " ".join(kept[-MOST_KEYS:])


def learn_keys(keys: dict[str, str], statuses: Iterable[Row]) -> None:
    """Take over the keys of statuses."""
    for status in statuses:
        if (one := list_id(status)) and (key := key_of(text_at(status, "uri"))):
            keys.pop(one, None)
            keys[one] = key


def mention_of(status: Row, server: str, keys: Mapping[str, str], now: float) -> Mention | None:
    """Return the mention of a status, None for one that only repeats another or says nothing.

    `server` is the host asked; `keys` are the known keys by ids there. What is answered is named by its key where that
    is known, else by its id on this server, which is the same for all who answer it.
    """
    key = key_of(text_at(status, "uri"))
    text = html_text(text_at(status, "content")) or _described(status)
    title = one_line(plain_text(text_at(status, "spoiler_text")), 500)
    if not key or isinstance(status.get("reblog"), dict) or not (text or title):
        return None
    url = web_address(text_at(status, "url")) or web_address(text_at(status, "uri"))
    author, handle = _person(status, server)
    parent = _known(id_at(status, "in_reply_to_id"), server, keys)
    return Mention(
        source="mastodon",
        key=key,
        url=url,
        title=title,
        text=text,
        author=author,
        handle=handle,
        site=host_of(url) or server,
        published=moment_at(status, now, "created_at"),
        language=language_of(text_at(status, "language")),
        parent=parent,
        thread=parent,
    )


def _known(answered: str, server: str, keys: Mapping[str, str]) -> str:
    return (keys.get(answered) or f"{server} {answered}") if _ID.fullmatch(answered) else ""


def _described(status: Row) -> str:
    """Return the descriptions of the pictures of a status without words."""
    pictures = rows_at(status, "media_attachments")[:10]
    return plain_text("\n".join(text_at(picture, "description") for picture in pictures))


def _person(status: Row, server: str) -> tuple[str, str]:
    """Return the name shown, without the codes of little pictures, and the account as «@name@server»."""
    acct = name_of(text_at(status, "account", "acct"))
    shown = text_at(status, "account", "display_name")
    if rows_at(status, "account", "emojis"):
        shown = _EMOJI.sub("", shown)
    home = host_of(web_address(text_at(status, "account", "url"))) or server
    handle = "" if not acct else f"@{acct}" if "@" in acct else f"@{acct}@{home}"
    return name_of(shown) or name_of(text_at(status, "account", "username")) or acct, handle
