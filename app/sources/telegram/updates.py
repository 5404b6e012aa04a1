"""What a bot is told: posts of a channel, comments in its discussion group, private messages, and edits of them.

A comment under a post is a message in the discussion group. Telegram forwards each post there by itself, and comments
answer that copy, or each other; `Threads` remembers which copy stands for which post.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.core.mention import Mention
from app.sources.apis.values import Row, at, id_at, is_number, is_true, moment_at, name_of, text_at
from app.sources.feeds.html_text import plain_text

SITE = "t.me"
POST = "c"
"""What the key of a channel's post begins with; those of messages begin with the number of their chat."""

KINDS = ("message", "edited_message", "channel_post", "edited_channel_post")
THREADS = "threads"
"""Where the bookmark keeps which copy in a discussion group stands for which post of the channel."""

MOST_THREADS = 300

_KEY = re.compile(r"(c?)(-?\d{1,19})/(\d{1,19})")
_SUPERGROUP = "-100"


class Threads:
    """The copies of posts in discussion groups, by chat and number, with the keys of the posts."""

    def __init__(self, bookmark: Mapping[str, str]) -> None:
        parts = bookmark.get(THREADS, "").split()
        self._posts = dict(zip(parts[::2], parts[1::2], strict=False))

    def learn(self, message: object) -> None:
        """Take over what a message, or the one it answers, says about copies of posts."""
        for one in (message, at(message, "reply_to_message")):
            if is_true(one, "is_automatic_forward") and (post := _origin(one)):
                copy = _place(one)
                self._posts.pop(copy, None)
                self._posts[copy] = post

    def post(self, chat: str, number: str) -> str:
        """Return the key of the post that a copy stands for, «» where it is none or not known."""
        return self._posts.get(f"{chat}/{number}", "")

    def kept(self) -> str:
        """Return what the bookmark is to keep."""
        return " ".join(f"{copy} {post}" for copy, post in list(self._posts.items())[-MOST_THREADS:])


def chat_id(row: object, *path: str) -> str:
    """Return the number of a chat as text: above zero for a person, below for groups and channels; «» for none."""
    found = at(row, *path, "id")
    good = isinstance(found, int) and not isinstance(found, bool) and 0 < abs(found) < 10**18
    return str(found) if good else ""


def read_key(key: str) -> tuple[str, str, bool] | None:
    """Return chat and number of a message, and whether it is a post of a channel; None for no such key."""
    match = _KEY.fullmatch(key)
    return (match[2], match[3], bool(match[1])) if match else None


def message_of(update: Row) -> tuple[object, bool]:
    """Return the message of an update, new or edited, and whether it is a post of a channel."""
    for kind in KINDS:
        if isinstance(message := update.get(kind), dict):
            return message, kind.endswith("channel_post")
    return None, False


def mention_of(message: object, *, is_post: bool, threads: Threads, now: float) -> Mention | None:
    """Return the mention of a message, None for what says nothing, only repeats a post, or is a bot's."""
    place = _place(message)
    text = plain_text(text_at(message, "text") or text_at(message, "caption"))
    private = text_at(message, "chat", "type") == "private"
    if not place or not text or not _is_said(message) or (private and text.startswith("/start")):
        return None
    author, handle = _person(message, is_post=is_post)
    parent = _answered(message, threads)
    return Mention(
        source="telegram_bot",
        key=f"{POST}{place}" if is_post else place,
        url=_address(message, private=private),
        text=text,
        author=author,
        handle=handle,
        site=SITE,
        published=moment_at(message, now, "date"),
        parent=parent,
        thread=_thread(message, threads) or parent,
    )


def _is_said(message: object) -> bool:
    """Say whether somebody speaks: no copy of a post and no bot, though channels and groups speak through one."""
    speaks = not is_true(message, "from", "is_bot") or isinstance(at(message, "sender_chat"), dict)
    return speaks and not is_true(message, "is_automatic_forward")


def _place(message: object) -> str:
    chat, number = chat_id(message, "chat"), id_at(message, "message_id")
    return f"{chat}/{number}" if chat and is_number(number) else ""


def _origin(message: object) -> str:
    """Return the key of the post that an automatic forward repeats, in the newer or older way of writing it."""
    chat = chat_id(message, "forward_origin", "chat") or chat_id(message, "forward_from_chat")
    number = id_at(message, "forward_origin", "message_id") or id_at(message, "forward_from_message_id")
    return f"{POST}{chat}/{number}" if chat and is_number(number) else ""


def _answered(message: object, threads: Threads) -> str:
    answered = at(message, "reply_to_message")
    place = _place(answered)
    return threads.post(*place.split("/")) or place if place else ""


def _thread(message: object, threads: Threads) -> str:
    """Return what a message belongs to: the post of the channel, or the message its thread began with."""
    chat, root = chat_id(message, "chat"), id_at(message, "message_thread_id")
    if not chat or not is_number(root) or is_true(message, "is_topic_message"):
        return ""
    return threads.post(chat, root) or f"{chat}/{root}"


def _person(message: object, *, is_post: bool) -> tuple[str, str]:
    """Return the name shown and the account: of the person, or of the channel or group that speaks."""
    speaker = at(message, "sender_chat") or (at(message, "chat") if is_post else None)
    account = name_of(text_at(speaker or at(message, "from"), "username"))
    if speaker:
        return name_of(text_at(speaker, "title")) or account, f"@{account}" if account else chat_id(speaker)
    first, last = (name_of(text_at(message, "from", part)) for part in ("first_name", "last_name"))
    number = chat_id(message, "from")
    return f"{first} {last}".strip() or account or number, f"@{account}" if account else number


def _address(message: object, *, private: bool) -> str:
    """Return where a message can be opened: for members only where the chat has no public name."""
    if private:
        account = _account(message, "from")
        return f"https://{SITE}/{account}" if account else ""
    number = id_at(message, "message_id")
    if account := _account(message, "chat"):
        return f"https://{SITE}/{account}/{number}"
    chat = chat_id(message, "chat")
    return f"https://{SITE}/c/{chat.removeprefix(_SUPERGROUP)}/{number}" if chat.startswith(_SUPERGROUP) else ""


def _account(message: object, whose: str) -> str:
    written = text_at(message, whose, "username")
    return written if re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{2,40}", written) else ""
