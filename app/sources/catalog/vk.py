"""VK: public posts that hold the words, and the wall of the shop's own community with the comments on it."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from dataclasses import replace

from app.core.mention import Mention
from app.core.ports.answer import Answer, LookSteps, SendSteps, Sent, Standing
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import MOST_AT_FIRST, Watch, WatchKind
from app.sources.apis.counts import COUNTS
from app.sources.apis.ours import Found, ours
from app.sources.apis.server import path_of
from app.sources.apis.told import NAME as TOLD
from app.sources.apis.told import Told
from app.sources.apis.values import id_at, moment_at, number_at, rows_at, text_at
from app.sources.apis.walk import Page, walk
from app.sources.apis.words import tidy_words, words_problem
from app.sources.feeds.read import newest
from app.sources.vk.calls import HOST, call, error_of, result_of
from app.sources.vk.comments import LEFT, TURN, Comments, Post, asked
from app.sources.vk.posts import Spot, comment_of, names_in, number_of, post_of, spot_of

RANK = 15

SEARCH, COMMUNITY = msgid("search"), msgid("community")
FOUND_PER_PAGE = 100
POSTS_PER_PAGE = 50
DAY = 86_400.0

_NAME = re.compile(r"[A-Za-z0-9_.]{2,40}")
_NUMBER = re.compile(r"-\d{1,12}")
_SENDING = {
    "sources.vk_token_refused": "sources.vk_group_token_refused",
    "sources.vk_token_kind": "sources.vk_group_token_refused",
    "sources.vk_no_access": "sources.vk_may_not_comment",
    "sources.vk_unknown": "sources.answered_post_gone",
}
"""What problems mean where the community speaks in place of the app."""


class VkSource:
    """One request a poll for a search or a wall, and up to six more where posts of the wall have new comments."""

    id = "vk"
    title = msgid("VK")
    kinds = (WatchKind.SEARCH, WatchKind.CHANNEL)
    settings = (
        Setting("what", msgid("What to listen to"), kind="choice", choices=(SEARCH, COMMUNITY)),
        Setting(
            "name",
            msgid("Words or community"),
            hint=msgid("The words of a search, or the address of your community, such as vk.com/kawaraj."),
        ),
        Setting(
            "token",
            msgid("Service key of your VK app"),
            kind="secret",
            hint=msgid("id.vk.com, for business, your app: the service key."),
        ),
        Setting(
            "group_token",
            msgid("Key of your community"),
            kind="secret",
            required=False,
            hint=msgid("Only for answering: Manage, Work with API, Create key, with access to the wall."),
        ),
    )
    shortest_interval = 300
    help_page = "vk"

    def poll(self, poll: Poll) -> Steps:
        settings, token = self.tidy(poll.watch.settings), poll.secrets.get("token", "").strip()
        if not token:
            return Reading(bookmark=poll.bookmark, problem=Problem("sources.vk_no_token"))
        if settings["what"] == COMMUNITY:
            return (yield from _community(poll, settings["name"], token))
        since = _since(poll)
        return (
            yield from walk(
                poll,
                lambda cursor: _search(token, settings["name"], since, cursor),
                lambda answer, _: _finds(answer, poll.now),
            )
        )

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the words or the community, or None."""
        kept = self.tidy(settings)
        if kept["what"] == SEARCH:
            return words_problem({"words": kept["name"]})
        good = _NAME.fullmatch(kept["name"]) or _NUMBER.fullmatch(kept["name"])
        return None if good else Problem("sources.vk_bad_community")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        kept["what"] = kept.get("what") or SEARCH
        name = kept.get("name", "")
        kept["name"] = tidy_words({"words": name})["words"] if kept["what"] == SEARCH else _community_in(name)
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        kept = self.tidy(settings)
        return f"{HOST}/{kept['what']}/{kept['name'].casefold()}"

    def why_no_answer(self, watch: Watch, mention: Mention, secrets: Mapping[str, str]) -> Problem | None:
        """Return that only the own wall can be answered on, or that the community's key is missing, or None."""
        spot = spot_of(mention.key)
        if spot is None or not spot.wall.startswith("-") or self.tidy(watch.settings)["what"] != COMMUNITY:
            return Problem("sources.answer_not_here")
        return None if secrets.get("group_token", "").strip() else Problem("sources.vk_no_group_token")

    def longest_answer(self, watch: Watch, mention: Mention) -> int | None:  # noqa: ARG002  the port's
        """Return that VK names no limit of comments."""
        return None

    def answer(self, answer: Answer) -> SendSteps:
        """Post the reply as a comment of the community. VK takes a second one with the same `guid` for the first."""
        if problem := self.why_no_answer(answer.watch, answer.mention, answer.secrets):
            return Sent(problem=problem)
        return (yield from _send(answer))

    def look(self, answer: Answer) -> LookSteps:
        """Look among the newest hundred comments of the thread."""
        return (yield from _look(answer))


def _community_in(typed: str) -> str:
    """Return the name of a community out of its address, an @name or the name itself; its number as «club123»."""
    lowered = typed.lower()
    if "/" in typed or lowered.startswith(("vk.com", "m.vk.com", "vk.ru")):
        typed = path_of(typed).split("/")[0]
    return typed.removeprefix("@")


def _since(poll: Poll) -> int:
    """Return from when on to search: a day before what was read, since finds come late, at most a week back at first."""
    known = poll.bookmark.get("since", "")
    read_to = float(known) if known.replace(".", "", 1).isdecimal() and known.isascii() and len(known) < 20 else 0.0
    return int(read_to - DAY if read_to > DAY else poll.now - 7 * DAY)


def _search(token: str, words: str, since: int, cursor: str) -> Request:
    asked_for = {"q": words, "count": str(FOUND_PER_PAGE), "start_time": str(since), "extended": "1"}
    return call(
        token, "newsfeed.search", {**asked_for, "fields": "screen_name", **({"start_from": cursor} if cursor else {})}
    )


def _finds(response: Response, now: float) -> Page | Problem:
    found = result_of(response, now)
    return found if isinstance(found, Problem) else _page(found, text_at(found, "next_from"), now)


def _page(found: object, onward: str, now: float) -> Page:
    names, rows = names_in(found), rows_at(found, "items")
    mentions = tuple(mention for row in rows if (mention := post_of(row, names, now)))
    moments = [moment for row in rows if (moment := moment_at(row, now, "date")) is not None]
    return Page(mentions, onward if rows else "", moments[-1] if moments else None, max(moments, default=None))


def _community(poll: Poll, name: str, token: str) -> Steps:
    """Read the wall, then the comments under its newest posts."""
    posts: list[Post] = []
    whose = {"owner_id": name} if _NUMBER.fullmatch(name) else {"domain": name}

    def ask(offset: str) -> Request:
        usual = {"count": str(POSTS_PER_PAGE), "extended": "1", "fields": "screen_name", "offset": offset or "0"}
        return call(token, "wall.get", {**whose, **usual})

    def read(response: Response, offset: str) -> Page | Problem:
        found = result_of(response, poll.now, name)
        if isinstance(found, Problem):
            return found
        rows = rows_at(found, "items")
        if not offset:
            posts.extend(_posts(rows, poll.now))
        onward = str(int(offset or "0") + len(rows)) if len(rows) >= POSTS_PER_PAGE else ""
        return _page(found, onward, poll.now)

    reading = yield from walk(poll, ask, read)
    if reading.problem:
        return reading
    comments = Comments(poll, token, Told(reading.bookmark))
    kept = yield from comments.read(tuple(posts))
    if comments.problem and not comments.problem.is_wait:
        return replace(reading, bookmark=poll.bookmark, problem=comments.problem)
    if comments.problem:
        before = {part: poll.bookmark[part] for part in (COUNTS, LEFT, TURN) if part in poll.bookmark}
        wait = max(reading.wait, (comments.problem.retry_at or poll.now) - poll.now)
        return replace(reading, bookmark={**reading.bookmark, **before}, wait=wait)
    mentions = (*reading.mentions, *comments.told.fresh(first=False))
    mentions = newest(mentions, MOST_AT_FIRST) if poll.first else mentions
    return replace(
        reading,
        mentions=mentions,
        bookmark={**reading.bookmark, TOLD: comments.told.marks(), **kept},
        gone=tuple(dict.fromkeys(comments.gone)),
    )


def _posts(rows: tuple[Mapping[str, object], ...], now: float) -> tuple[Post, ...]:
    found = []
    for row in rows:
        wall, number = number_of(row, "owner_id"), id_at(row, "id")
        if wall and spot_of(f"wall{wall}_{number}"):
            count = int(max(0.0, number_at(row, "comments", "count") or 0.0))
            found.append(Post(Spot(wall, number), count, moment_at(row, now, "date")))
    return tuple(found)


def _send(answer: Answer) -> Generator[Request, Response, Sent]:
    spot = spot_of(answer.mention.key) or Spot("", "")
    asked_for = {
        "owner_id": spot.wall,
        "post_id": spot.post,
        "message": answer.text,
        "from_group": spot.wall.lstrip("-"),
        "guid": answer.id,
        **({"reply_to_comment": spot.comment} if spot.comment else {}),
    }
    response = yield call(answer.secrets["group_token"].strip(), "wall.createComment", asked_for)
    found = result_of(response, answer.now, spot.key)
    if isinstance(found, Problem):
        if found.code == "sources.broken_answer" and response.status < 400 and not error_of(response):
            return Sent()  # taken, as its status says, but the answer does not tell where it stands
        code = _SENDING.get(found.code, found.code)
        return Sent(problem=replace(found, code=code, args={"host": "VK", **found.args}))
    number = id_at(found, "comment_id")
    return Sent(Spot(spot.wall, spot.post, number).key if number else "")


def _look(answer: Answer) -> Generator[Request, Response, Standing]:
    spot, token = spot_of(answer.mention.key), answer.secrets.get("token", "").strip()
    if spot is None or not token:
        return Standing(problem=Problem("sources.answer_not_here" if token else "sources.vk_no_token"))
    thread = spot_of(answer.mention.thread)
    top = thread.comment if thread and thread.comment else spot.comment
    response = yield call(token, "wall.getComments", asked(spot, {"comment_id": top} if top else {}))
    found = result_of(response, answer.now)
    if isinstance(found, Problem):
        return Standing(problem=found)
    names = names_in(found)
    rows = rows_at(found, "items")
    mentions = [mention for row in rows if (mention := comment_of(row, spot, top, names, answer.now))]
    return ours(answer, (Found(one.key, one.text, one.published, one.handle) for one in mentions))


SOURCE = VkSource()
