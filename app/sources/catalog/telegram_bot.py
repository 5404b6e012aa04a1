"""Telegram: the shop's own channel, the comments in its discussion group and messages to the shop, through an own bot."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping

from app.core.mention import Mention
from app.core.ports.answer import Answer, SendSteps, Sent
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import Watch, WatchKind
from app.sources.apis.values import id_at, is_number, json_of, rows_at, text_at
from app.sources.telegram.bot import HOST, LONGEST, ask, result_of, send_refusal
from app.sources.telegram.names import NAME, is_invitation, name_in
from app.sources.telegram.updates import KINDS, THREADS, Threads, chat_id, mention_of, message_of, read_key

RANK = 20

PER_PAGE = 100
"""The most Telegram gives at once, and all that one poll takes: asking for more tells Telegram to forget these.

Where so many came the next poll comes soon.
"""

OFFSET, CHATS = "offset", "chats"
"""Names in the bookmark: the number to go on with; the chats the owner meant, the discussion group among them."""

_NUMBER = re.compile(r"-\d{5,18}")


class TelegramBotSource:
    """One request a poll. Telegram forgets what was asked past, so the offset goes on only from what was stored."""

    id = "telegram_bot"
    title = msgid("Telegram (own channel, group and messages)")
    kinds = (WatchKind.CHANNEL,)
    settings = (
        Setting(
            "token", msgid("Token of your bot"), kind="secret", hint=msgid("BotFather in Telegram gives it to you.")
        ),
        Setting(
            "chat",
            msgid("Only this channel or group"),
            required=False,
            hint=msgid(
                "Its @name or link. Leave it empty for everything the bot sees. Messages to the bot always count."
            ),
        ),
        Setting("bot", msgid("Name of the bot"), required=False, hint=msgid("Only where you have more than one bot.")),
    )
    shortest_interval = 60
    help_page = "telegram_bot"
    own_by_nature = True

    def poll(self, poll: Poll) -> Steps:
        chat, token = self.tidy(poll.watch.settings)["chat"], poll.secrets.get("token", "").strip()
        if not token:
            return Reading(bookmark=poll.bookmark, problem=Problem("sources.telegram_no_token"))
        chats = poll.bookmark.get(CHATS, "")
        if chat and not chats:
            found = yield from _chats(token, chat, poll.now)
            if isinstance(found, Problem):
                return Reading(bookmark=poll.bookmark, problem=found)
            chats = found
        offset = poll.bookmark.get(OFFSET, "")
        asked = {"limit": PER_PAGE, "timeout": 0, "allowed_updates": list(KINDS)}
        response = yield ask(token, "getUpdates", {**asked, "offset": int(offset)} if offset.isdecimal() else asked)
        updates = result_of(response, poll.now)
        if isinstance(updates, Problem):
            return Reading(bookmark=poll.bookmark, problem=updates)
        rows = rows_at({"list": updates}, "list")
        threads = Threads(poll.bookmark)
        told: dict[str, Mention] = {}
        last = int(offset) - 1 if offset.isdecimal() else -1
        for row in rows:
            number = id_at(row, "update_id")
            last = max(last, int(number)) if is_number(number) else last
            message, is_post = message_of(row)
            threads.learn(message)
            mention = mention_of(message, is_post=is_post, threads=threads, now=poll.now)
            if mention and (not chats or _is_private(message) or chat_id(message, "chat") in chats.split()):
                told.pop(mention.key, None)  # of a message and its edit the later one counts
                told[mention.key] = mention
        bookmark = {OFFSET: str(last + 1), CHATS: chats, THREADS: threads.kept()}
        kept = {name: value for name, value in bookmark.items() if value and (name != OFFSET or last >= 0)}
        has_moved = last >= 0 and offset != bookmark[OFFSET]  # else somebody sends the same again and again
        return Reading(tuple(told.values()), kept, more=len(rows) >= PER_PAGE and has_moved)

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the channel or group as typed, or None."""
        chat = self.tidy(settings)["chat"]
        if not chat or _NUMBER.fullmatch(chat):
            return None
        if is_invitation(chat):
            return Problem("sources.telegram_bot_private")
        return None if NAME.fullmatch(chat) else Problem("sources.bad_channel")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        return {**kept, "chat": name_in(kept.get("chat", "")), "bot": name_in(kept.get("bot", ""))}

    def place(self, settings: Mapping[str, str]) -> str:
        """Return the host and the bot: two watches of one bot would take each other's messages away."""
        return f"{HOST}/{self.tidy(settings)['bot'].lower()}"

    def why_no_answer(self, watch: Watch, mention: Mention, secrets: Mapping[str, str]) -> Problem | None:  # noqa: ARG002  the port's
        """Return that there is no token, or that a post of a channel cannot be answered there, or None."""
        key = read_key(mention.key)
        if not secrets.get("token", "").strip():
            return Problem("sources.telegram_no_token")
        if key is None:
            return Problem("sources.answer_not_here")
        return Problem("sources.telegram_own_post") if key[2] else None

    def longest_answer(self, watch: Watch, mention: Mention) -> int | None:  # noqa: ARG002  the port's
        """Return Telegram's limit of a message."""
        return LONGEST

    def answer(self, answer: Answer) -> SendSteps:
        """Send the reply into the chat, tied to the message it answers."""
        if problem := self.why_no_answer(answer.watch, answer.mention, answer.secrets):
            return Sent(problem=problem)
        return (yield from _send(answer))


def _is_private(message: object) -> bool:
    return text_at(message, "chat", "type") == "private"


def _send(answer: Answer) -> Generator[Request, Response, Sent]:
    chat, number, _ = read_key(answer.mention.key) or ("", "", False)
    message = {"chat_id": int(chat), "text": answer.text, "reply_parameters": {"message_id": int(number)}}
    response = yield ask(answer.secrets["token"].strip(), "sendMessage", message)
    if response.status >= 400:
        return Sent(problem=send_refusal(response, answer.now))
    sent = id_at(json_of(response.body), "result", "message_id")
    return Sent(f"{chat}/{sent}" if sent else "")


def _chats(token: str, chat: str, now: float) -> Generator[Request, Response, str | Problem]:
    """Return the numbers of the chat the owner named and of the one linked to it, or why there is none."""
    response = yield ask(token, "getChat", {"chat_id": chat if _NUMBER.fullmatch(chat) else f"@{chat}"})
    if response.status in {400, 403}:
        return Problem("sources.telegram_no_chat", {"name": chat})
    found = result_of(response, now)
    if isinstance(found, Problem):
        return found
    linked = chat_id({"chat": {"id": found.get("linked_chat_id")}}, "chat") if isinstance(found, dict) else ""
    own = chat_id({"chat": found}, "chat")
    return f"{own} {linked}".strip() or Problem("sources.telegram_no_chat", {"name": chat})


SOURCE = TelegramBotSource()
