"""Instagram, an account of one's own: comments below its posts, posts that tag it; answers below comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from app.core.mention import Mention
from app.core.ports.answer import Answer, LookSteps, SendSteps, Sent, Standing
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import Watch, WatchKind
from app.sources.apis.ours import Found
from app.sources.apis.told import Told
from app.sources.apis.values import Row, at, id_at, moment_at, name_of, rows_at, text_at
from app.sources.feeds.addresses import web_address
from app.sources.feeds.html_text import plain_text
from app.sources.meta.comments import Onward, Rest, is_open_ended
from app.sources.meta.edges import Edge, read_edges
from app.sources.meta.graph import HOST, ask, found_in, onward, post
from app.sources.meta.replies import look_below, send_reply

RANK = 6

POSTS, COMMENTS, FURTHER = 20, 25, 50
COMMENT = "id,text,username,timestamp"
COMMENT_WITH_ANSWERS = f"{COMMENT},replies{{{COMMENT}}}"
MEDIA = f"id,permalink,comments_count,comments.limit({COMMENTS}){{{COMMENT_WITH_ANSWERS}}}"
TAGGED = "id,caption,username,timestamp,permalink"
LONGEST = 2_200
"""Characters of a comment."""

_ID = re.compile(r"\d{1,30}")
_NO_TAGS = frozenset({"sources.meta_no_right"})


class InstagramSource:
    """Two requests a poll: the newest posts with their newest comments, and posts of others that tag the account.

    Up to six more where a post has more new comments than came with it.
    """

    id = "instagram"
    title = msgid("Instagram")
    kinds = (WatchKind.CHANNEL,)
    settings = (
        Setting(
            "account",
            msgid("Number of your account"),
            hint=msgid("Instagram's number for your professional account; the help page shows where to find it."),
        ),
        Setting(
            "token",
            msgid("Page access token"),
            kind="secret",
            hint=msgid("That of the Facebook page your account is linked to. It does not expire."),
        ),
    )
    shortest_interval = 600
    help_page = "instagram"
    own_by_nature = True

    def poll(self, poll: Poll) -> Steps:
        token, account = poll.secrets.get("token", "").strip(), self.tidy(poll.watch.settings)["account"]
        if not token:
            return Reading(bookmark=poll.bookmark, problem=Problem("sources.meta_no_token"))
        media = ask(f"{account}/media", token, {"fields": MEDIA, "limit": str(POSTS)})
        tags = ask(f"{account}/tags", token, {"fields": TAGGED, "limit": "50"})
        edges = (
            Edge(media, lambda row, told: _take(row, told, poll, tagged=False)),
            Edge(tags, lambda row, told: _take(row, told, poll, tagged=True), _NO_TAGS),
        )
        return (yield from read_edges(poll, edges, _further(token), partial(_page, now=poll.now)))

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return that the account is no number, or None."""
        return None if _ID.fullmatch(self.tidy(settings)["account"]) else Problem("sources.meta_bad_account")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        kept["account"] = "".join(kept.get("account", "").split())
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        return f"{HOST}/{self.tidy(settings)['account']}"

    def why_no_answer(self, watch: Watch, mention: Mention, secrets: Mapping[str, str]) -> Problem | None:  # noqa: ARG002  the port's
        """Return that only comments below the own posts can be answered, or that the token is missing."""
        if not mention.thread or not _ID.fullmatch(mention.key):
            return Problem("sources.answer_not_here")
        return None if secrets.get("token", "").strip() else Problem("sources.meta_no_token")

    def longest_answer(self, watch: Watch, mention: Mention) -> int | None:  # noqa: ARG002  the port's
        return LONGEST

    def answer(self, answer: Answer) -> SendSteps:
        """Answer below the comment; an answer to an answer goes below the first one and names its author."""
        if problem := self.why_no_answer(answer.watch, answer.mention, answer.secrets):
            return Sent(problem=problem)
        above, text = _above(answer.mention), answer.text
        if above != answer.mention.key and answer.mention.author:
            text = f"@{answer.mention.author} {text}"
        request = post(f"{above}/replies", answer.secrets["token"].strip(), text)
        return (yield from send_reply(request, answer.now))

    def look(self, answer: Answer) -> LookSteps:
        """Look among the answers below the comment."""
        token = answer.secrets.get("token", "").strip()
        if not token or not _ID.fullmatch(answer.mention.key) or not answer.mention.thread:
            return Standing(problem=None if token else Problem("sources.meta_no_token"))
        request = ask(f"{_above(answer.mention)}/replies", token, {"fields": COMMENT, "limit": str(FURTHER)})
        return (yield from look_below(request, answer, _found))


def _found(row: Row, now: float) -> Found:
    return Found(
        id_at(row, "id"), text_at(row, "text"), moment_at(row, now, "timestamp"), name_of(text_at(row, "username"))
    )


def _take(row: Row, told: Told, poll: Poll, *, tagged: bool) -> list[Rest]:
    """Take over the comments below a post, or a post that tags the account; return the list that may go on."""
    key, page = id_at(row, "id"), web_address(text_at(row, "permalink"))
    if not _ID.fullmatch(key):
        return []
    if tagged:
        text = plain_text(text_at(row, "caption"))
        if text:
            told.add((_mention(row, key, text, page, poll.now),))
        return []
    rows = rows_at(row, "comments", "data")
    mentions = _comments(rows, key, page, poll.now)
    more = onward(at(row, "comments")) if is_open_ended(rows, mentions, told, first=poll.first) else ""
    told.add(mentions)
    return [Rest(key, more)] if more else []


def _further(token: str) -> Callable[[Rest], Request]:
    def request(rest: Rest) -> Request:
        asked = {"fields": COMMENT_WITH_ANSWERS, "limit": str(FURTHER), "after": rest.after}
        return replace(ask(f"{rest.post}/comments", token, asked), unchanged_ok=False)

    return request


def _page(response: Response, rest: Rest, now: float) -> Onward | Problem:
    found = found_in(response, now)
    if isinstance(found, Problem):
        return found
    return Onward(_comments(rows_at(found, "data"), rest.post, "", now), onward(found))


def _comments(rows: tuple[Row, ...], below: str, page: str, now: float) -> tuple[Mention, ...]:
    """Return comments and the answers to them."""
    found = []
    for row in rows:
        top = id_at(row, "id")
        for one, parent in ((row, below), *((answer, top) for answer in rows_at(row, "replies", "data"))):
            key, text = id_at(one, "id"), plain_text(text_at(one, "text"))
            if _ID.fullmatch(key) and text:
                mention = _mention(one, key, text, page, now)
                found.append(replace(mention, parent=parent, thread=below))
    return tuple(found)


def _mention(row: Row, key: str, text: str, page: str, now: float) -> Mention:
    author = name_of(text_at(row, "username"))
    return Mention(
        source="instagram",
        key=key,
        url=page or "https://www.instagram.com/",
        text=text,
        author=author,
        handle=f"https://www.instagram.com/{author}/" if re.fullmatch(r"[\w.]{1,40}", author, re.ASCII) else "",
        site="instagram.com",
        published=moment_at(row, now, "timestamp"),
    )


def _above(mention: Mention) -> str:
    """Return the comment that an answer is put below: Instagram has one level of answers."""
    return mention.parent if mention.parent and mention.parent != mention.thread else mention.key


SOURCE = InstagramSource()
