"""YouTube: the comments under all videos of the shop's own channel, with the owner's own key."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Mapping
from dataclasses import replace

from app.core.mention import Mention
from app.core.ports.answer import Answer, LookSteps, SendSteps, Sent, Standing
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import MOST_AT_FIRST, Watch, WatchKind
from app.sources.apis.bearer import signed
from app.sources.apis.counts import PENDING, as_before, counts_in, counts_kept
from app.sources.apis.ours import Found, ours
from app.sources.apis.server import broken, path_of
from app.sources.apis.told import NAME as TOLD
from app.sources.apis.told import Told
from app.sources.apis.values import Row, json_of, moment_at, rows_at, text_at
from app.sources.apis.walk import REFUSALS, Page, tried, walk
from app.sources.feeds.read import newest
from app.sources.google.comments import (
    API,
    PER_PAGE,
    ask,
    ask_replies,
    comment_id,
    in_thread,
    mention_of,
    reply_count,
    top_of,
)
from app.sources.google.tokens import OwnersAccess, grant_of
from app.sources.google.youtube_refusals import YOUTUBE_REFUSED, reasons_of, youtube_refusal

RANK = 20

MOST_PAGES, MOST_THREADS = 10, 5
"""Pages of threads, and of replies, asked for in one poll; each costs a unit of the 10,000 that Google gives a day."""

LOOKED_AT = 3
LONGEST_ANSWER = 10_000
CHANNEL = "channel"
"""Name in the bookmark: the id found for a @handle."""

WEEK = 7 * 86_400.0

_CHANNEL = re.compile(r"UC[A-Za-z0-9_-]{22}")
_HANDLE = re.compile(r"@[\w.·-]{3,100}")


class YouTubeCommentsSource:
    """One unit a poll as a rule, 16 at most: 2,304 a day at the shortest interval. A reply costs 50."""

    id = "youtube_comments"
    title = msgid("YouTube comments")
    kinds = (WatchKind.CHANNEL,)
    settings = (
        Setting(
            "channel",
            msgid("Channel"),
            hint=msgid("The address of its page, its @handle, or its id that begins with UC."),
        ),
        Setting("key", msgid("API key"), kind="secret", hint=msgid("console.cloud.google.com, Credentials.")),
        Setting(
            "client_id",
            msgid("Client ID"),
            kind="secret",
            required=False,
            hint=msgid("These three are only for answering; the help page says how to get them."),
        ),
        Setting("client_secret", msgid("Client secret"), kind="secret", required=False),
        Setting("refresh_token", msgid("Refresh token"), kind="secret", required=False),
    )
    shortest_interval = 600
    help_page = "youtube_comments"

    def poll(self, poll: Poll) -> Steps:
        named, key = self.tidy(poll.watch.settings)["channel"], poll.secrets.get("key", "").strip()
        if not key:
            return Reading(bookmark=poll.bookmark, problem=Problem("sources.google_no_key"))
        channel = named if _CHANNEL.fullmatch(named) else poll.bookmark.get(CHANNEL, "")
        if not _CHANNEL.fullmatch(channel):
            found = yield from _channel(named, key, poll.now)
            if isinstance(found, Problem):
                return Reading(bookmark=poll.bookmark, problem=found)
            channel = found
        reading = yield from _comments(poll, channel, key)
        return reading if reading.problem else replace(reading, bookmark={**reading.bookmark, CHANNEL: channel})

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return that no channel is named, or None."""
        named = self.tidy(settings)["channel"]
        return None if _CHANNEL.fullmatch(named) or _HANDLE.fullmatch(named) else Problem("sources.no_youtube_channel")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        return {**kept, "channel": _named(kept.get("channel", ""))}

    def place(self, settings: Mapping[str, str]) -> str:
        named = self.tidy(settings)["channel"]
        return f"www.googleapis.com/youtube/{named if _CHANNEL.fullmatch(named) else named.lower()}"

    def why_no_answer(self, watch: Watch, mention: Mention, secrets: Mapping[str, str]) -> Problem | None:  # noqa: ARG002  the port's
        """Return that the owner's permission to write is missing, or None."""
        if not top_of(mention.key):
            return Problem("sources.answer_not_here")
        return None if grant_of(secrets).is_whole else Problem("sources.google_no_grant")

    def longest_answer(self, watch: Watch, mention: Mention) -> int | None:  # noqa: ARG002  the port's
        """Return YouTube's limit of a comment."""
        return LONGEST_ANSWER

    def answer(self, answer: Answer) -> SendSteps:
        """Post the reply below the comment its thread began with: YouTube knows no deeper ones."""
        if problem := self.why_no_answer(answer.watch, answer.mention, answer.secrets):
            return Sent(problem=problem)
        access = OwnersAccess(grant_of(answer.secrets), answer.now)
        return (yield from signed(_send(answer), access, lambda problem: Sent(problem=problem)))

    def look(self, answer: Answer) -> LookSteps:
        """Look through the replies of the thread, with the key alone."""
        return (yield from _look(answer))


def _named(typed: str) -> str:
    """Return a channel as its id or @handle; anything else as typed."""
    if "/" in typed:
        parts = path_of(typed).split("/")
        typed = (
            parts[1] if parts[0] == "channel" and len(parts) > 1 else parts[0] if parts[0].startswith("@") else typed
        )
    bare = not _CHANNEL.fullmatch(typed) and re.fullmatch(r"[\w.·-]{3,100}", typed)
    return f"@{typed}" if bare else typed


def _channel(named: str, key: str, now: float) -> Generator[Request, Response, str | Problem]:
    """Return the id of a channel by its @handle, or why there is none."""
    response = yield replace(ask(key, "channels", {"part": "id", "forHandle": named}), unchanged_ok=False)
    if response.status >= 400:
        return youtube_refusal(response, now)
    rows = rows_at(json_of(response.body), "items")
    found = text_at(rows[0], "id") if rows else ""
    return found if _CHANNEL.fullmatch(found) else Problem("sources.unknown_youtube_channel", {"name": named[:100]})


def _comments(poll: Poll, channel: str, key: str) -> Generator[Request, Response, Reading]:
    """Read the threads, the newest first, then the replies that the list of threads does not show."""
    threads: list[Row] = []
    pending = PENDING in poll.bookmark

    def request(onward: str) -> Request:
        asked = {
            "part": "snippet,replies",
            "allThreadsRelatedToChannelId": channel,
            "order": "time",
            "maxResults": str(PER_PAGE),
            "textFormat": "plainText",
            **({"pageToken": onward} if onward else {}),
        }
        return replace(ask(key, "commentThreads", asked), unchanged_ok=not pending)

    def read(response: Response, onward: str) -> Page | Problem:
        if response.status >= 400:
            return _refusal(response, poll.now, channel)
        found = json_of(response.body)
        if not isinstance(found, dict) or not isinstance(found.get("items"), list):
            return broken(response)
        rows = rows_at(found, "items")
        if not onward:
            threads.extend(rows)
        mentions = tuple(mention for row in rows for mention in in_thread(row, poll.now))
        moments = [moment for row in rows if (moment := _written(row, poll.now)) is not None]
        return Page(mentions, text_at(found, "nextPageToken"), min(moments, default=None), max(moments, default=None))

    reading = yield from walk(poll, request, read, most_pages=MOST_PAGES)
    if reading.problem:
        return reading
    if not threads:
        return replace(reading, bookmark={**reading.bookmark, **as_before(poll.bookmark)})
    return (yield from _with_replies(poll, reading, threads, key))


def _with_replies(poll: Poll, reading: Reading, threads: list[Row], key: str) -> Generator[Request, Response, Reading]:
    """Add the replies of threads that have more than the list shows, and others than when they were read."""
    before = counts_in(poll.bookmark)
    counts = {top: reply_count(row) for row in threads if (top := comment_id(row))}
    videos = {comment_id(row): text_at(row, "snippet", "videoId") for row in threads}
    hidden = {comment_id(row): reply_count(row) > len(rows_at(row, "replies", "comments")) for row in threads}
    old = {comment_id(row) for row in threads if poll.first and (_written(row, poll.now) or 0.0) < poll.now - WEEK}
    left = [top for top in counts if hidden[top] and counts[top] != before.get(top, 0) and top not in old]
    told, wait = Told(reading.bookmark), reading.wait
    waiting = list(left)
    for _ in range(MOST_THREADS):
        if not waiting:
            break
        top, _, onward = waiting.pop(0).partition(" ")
        request = ask_replies(key, top, onward)
        errors = tuple({*YOUTUBE_REFUSED, *REFUSALS})
        response = yield from tried(replace(request, unchanged_ok=False, errors=errors))
        if isinstance(response, Problem):
            break
        if response.status >= 400 and _is_for_now(response, poll.now):
            retry_at = youtube_refusal(response, poll.now).retry_at or poll.now
            wait = max(wait, response.fresh_for, retry_at - poll.now)
            break
        found = json_of(response.body)
        mentions = [mention_of(row, videos[top], poll.now) for row in rows_at(found, "items")]
        told.add(mention for mention in mentions if mention)
        if more := text_at(found, "nextPageToken")[:500]:
            waiting.insert(0, f"{top} {more}")
        else:
            left.remove(top)
    kept = {top: before.get(top, 0) if top in left else count for top, count in counts.items()}
    bookmark = {**reading.bookmark, TOLD: told.marks(), **counts_kept(kept, pending=bool(left))}
    mentions_read = (*reading.mentions, *told.fresh(first=False))
    mentions_read = newest(mentions_read, MOST_AT_FIRST) if poll.first else mentions_read
    return replace(reading, mentions=mentions_read, bookmark=bookmark, wait=wait)


def _is_for_now(response: Response, now: float) -> bool:
    """Say whether a refusal passes; of a thread that is gone or closed nothing more is read."""
    return response.status >= 500 or youtube_refusal(response, now).is_wait


def _written(thread: Row, now: float) -> float | None:
    return moment_at(thread, now, "snippet", "topLevelComment", "snippet", "publishedAt")


def _refusal(response: Response, now: float, channel: str) -> Problem:
    reasons = reasons_of(response)
    if "commentsDisabled" in reasons:
        return Problem("sources.youtube_comments_off")
    if "channelNotFound" in reasons or response.status == 404:
        return Problem("sources.unknown_youtube_channel", {"name": channel[:100]})
    return youtube_refusal(response, now)


def _send(answer: Answer) -> Generator[Request, Response, Sent]:
    said = {"snippet": {"parentId": top_of(answer.mention.key), "textOriginal": answer.text}}
    response = yield Request(
        f"{API}/comments?part=snippet",
        method="POST",
        headers={"Content-Type": "application/json", "Accept": "application/json"},
        body=json.dumps(said).encode(),
        unchanged_ok=False,
        errors=YOUTUBE_REFUSED,
    )
    if response.status < 400:
        return Sent(comment_id(json_of(response.body)))
    reasons = reasons_of(response)
    if response.status == 404 or reasons & {"parentCommentNotFound", "commentNotFound", "invalidParentId"}:
        return Sent(problem=Problem("sources.answered_post_gone", {"host": "YouTube"}))
    if "commentTextTooLong" in reasons:
        return Sent(problem=Problem("sources.answer_too_long", {"host": "YouTube", "most": LONGEST_ANSWER}))
    if reasons & {"commentsDisabled", "ineligibleAccount", "parentCommentIsPrivate", "forbidden"}:
        return Sent(problem=Problem("sources.youtube_may_not_comment"))
    return Sent(problem=youtube_refusal(response, answer.now))


def _look(answer: Answer) -> Generator[Request, Response, Standing]:
    top, key = top_of(answer.mention.key), answer.secrets.get("key", "").strip()
    if not top or not key:
        return Standing(problem=Problem("sources.answer_not_here" if key else "sources.google_no_key"))
    onward = ""
    for _ in range(LOOKED_AT):
        response = yield replace(ask_replies(key, top, onward), unchanged_ok=False)
        if response.status == 404:
            return Standing(gone=True)
        if response.status >= 400:
            return Standing(problem=youtube_refusal(response, answer.now))
        found = json_of(response.body)
        mentions = [mention for row in rows_at(found, "items") if (mention := mention_of(row, "", answer.now))]
        standing = ours(answer, (Found(one.key, one.text, one.published, one.handle) for one in mentions))
        onward = text_at(found, "nextPageToken")[:500]
        if standing.stands or not onward:
            return standing
    return Standing()


SOURCE = YouTubeCommentsSource()
