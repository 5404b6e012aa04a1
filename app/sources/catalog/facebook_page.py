"""A Facebook page of one's own: posts and comments on it, posts that tag it, recommendations; answers as the page."""

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
from app.sources.apis.server import path_of
from app.sources.apis.told import Told
from app.sources.apis.values import Row, at, id_at, moment_at, name_of, rows_at, text_at
from app.sources.feeds.addresses import web_address
from app.sources.feeds.html_text import plain_text
from app.sources.meta.comments import Onward, Rest, is_open_ended
from app.sources.meta.edges import Edge, read_edges
from app.sources.meta.graph import HOST, ask, found_in, onward, post
from app.sources.meta.replies import look_below, send_reply

RANK = 4

POSTS, COMMENTS, FURTHER = 20, 25, 100
FIELDS = "id,message,from{id,name},created_time,permalink_url"
WITH_COMMENTS = (
    f"{FIELDS},story,comments.filter(stream).order(reverse_chronological).limit({COMMENTS})"
    f"{{id,message,from{{id,name}},created_time,permalink_url,parent{{id}}}}"
)
RATINGS = "created_time,rating,recommendation_type,review_text,reviewer{id,name},open_graph_story{id}"
LONGEST = 8_000
"""Characters of a comment."""

_PAGE = re.compile(r"[\w.-]{2,100}", re.ASCII)
_ID = re.compile(r"\d{1,30}(?:_\d{1,30})?")
_NO_RATINGS = frozenset({"sources.meta_no_right", "sources.meta_unknown"})
"""A page without recommendations, or a token without the right to them."""


class FacebookPageSource:
    """Three requests a poll: the newest posts with their newest comments, posts that tag the page, recommendations.

    Up to six more where a post has more new comments than came with it.
    """

    id = "facebook_page"
    title = msgid("Facebook page")
    kinds = (WatchKind.CHANNEL,)
    settings = (
        Setting("page", msgid("Your page"), hint=msgid("Its address, name or number, such as facebook.com/kawaraj.")),
        Setting(
            "token",
            msgid("Page access token"),
            kind="secret",
            hint=msgid("Made with an app of your own; the help page shows how. It does not expire."),
        ),
    )
    shortest_interval = 600
    help_page = "facebook_page"
    own_by_nature = True

    def poll(self, poll: Poll) -> Steps:
        token, page = poll.secrets.get("token", "").strip(), self.tidy(poll.watch.settings)["page"]
        if not token:
            return Reading(bookmark=poll.bookmark, problem=Problem("sources.meta_no_token"))
        edges = tuple(
            Edge(
                ask(path, token, asked),
                lambda row, told: _take(row, told, poll),
                frozenset() if path.endswith("/feed") else _NO_RATINGS,
            )
            for path, asked in _places(page)
        )
        rest_of = partial(_page, now=poll.now)
        return (yield from read_edges(poll, edges, _further(token), rest_of, title=page))

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return that no page is named, or None."""
        return None if _PAGE.fullmatch(self.tidy(settings)["page"]) else Problem("sources.meta_bad_page")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        typed = kept.get("page", "")
        if "/" in typed:
            typed = next((part for part in reversed(path_of(typed).split("/")) if part), "")
        kept["page"] = typed.removeprefix("@")
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        return f"{HOST}/{self.tidy(settings)['page'].casefold()}"

    def why_no_answer(self, watch: Watch, mention: Mention, secrets: Mapping[str, str]) -> Problem | None:  # noqa: ARG002  the port's
        """Return that the token is missing, or that there is nothing to comment on."""
        if not _ID.fullmatch(mention.key):
            return Problem("sources.answer_not_here")
        return None if secrets.get("token", "").strip() else Problem("sources.meta_no_token")

    def longest_answer(self, watch: Watch, mention: Mention) -> int | None:  # noqa: ARG002  the port's
        return LONGEST

    def answer(self, answer: Answer) -> SendSteps:
        """Comment as the page, below the comment or post; an answer to an answer goes below the first one, as Facebook does."""
        if problem := self.why_no_answer(answer.watch, answer.mention, answer.secrets):
            return Sent(problem=problem)
        token = answer.secrets["token"].strip()
        return (yield from send_reply(post(f"{_above(answer.mention)}/comments", token, answer.text), answer.now))

    def look(self, answer: Answer) -> LookSteps:
        """Look among the newest comments below the comment or post."""
        token = answer.secrets.get("token", "").strip()
        if not token or not _ID.fullmatch(answer.mention.key):
            return Standing(problem=None if token else Problem("sources.meta_no_token"))
        asked = {"fields": FIELDS, "order": "reverse_chronological", "filter": "stream", "limit": str(FURTHER)}
        return (yield from look_below(ask(f"{_above(answer.mention)}/comments", token, asked), answer, _found))


def _found(row: Row, now: float) -> Found:
    return Found(
        id_at(row, "id"),
        text_at(row, "message"),
        moment_at(row, now, "created_time"),
        name_of(text_at(row, "from", "name")),
    )


def _places(page: str) -> tuple[tuple[str, dict[str, str]], ...]:
    return (
        (f"{page}/feed", {"fields": WITH_COMMENTS, "limit": str(POSTS)}),
        (f"{page}/tagged", {"fields": FIELDS, "limit": "50"}),
        (f"{page}/ratings", {"fields": RATINGS, "limit": "50"}),
    )


def _take(row: Row, told: Told, poll: Poll) -> list[Rest]:
    """Take over a post with its comments, or a recommendation; return the list of comments that may go on."""
    if at(row, "recommendation_type") or at(row, "review_text"):
        told.add(_some(_recommendation(row, poll.now)))
        return []
    told.add(_some(_post(row, poll.now)))
    key, rows = id_at(row, "id"), rows_at(row, "comments", "data")
    mentions = tuple(mention for one in rows if (mention := _comment(one, key, poll.now)))
    more = onward(at(row, "comments")) if is_open_ended(rows, mentions, told, first=poll.first) else ""
    told.add(mentions)
    return [Rest(key, more)] if more and _ID.fullmatch(key) else []


def _some(mention: Mention | None) -> tuple[Mention, ...]:
    return (mention,) if mention else ()


def _further(token: str) -> Callable[[Rest], Request]:
    fields = f"{FIELDS},parent{{id}}"

    def request(rest: Rest) -> Request:
        asked = {"fields": fields, "order": "reverse_chronological", "filter": "stream", "limit": str(FURTHER)}
        return replace(ask(f"{rest.post}/comments", token, {**asked, "after": rest.after}), unchanged_ok=False)

    return request


def _page(response: Response, rest: Rest, now: float) -> Onward | Problem:
    found = found_in(response, now)
    if isinstance(found, Problem):
        return found
    rows = rows_at(found, "data")
    return Onward(tuple(mention for row in rows if (mention := _comment(row, rest.post, now))), onward(found))


def _above(mention: Mention) -> str:
    """Return what an answer is put below."""
    is_answer = mention.parent and mention.parent != mention.thread and _ID.fullmatch(mention.parent)
    return mention.parent if is_answer else mention.key


def _post(row: Row, now: float) -> Mention | None:
    key, text = id_at(row, "id"), plain_text(text_at(row, "message") or text_at(row, "story"))
    return _mention(row, key, text, now) if _ID.fullmatch(key) and text else None


def _comment(row: Row, below: str, now: float) -> Mention | None:
    key, text = id_at(row, "id"), plain_text(text_at(row, "message"))
    if not _ID.fullmatch(key) or not text:
        return None
    parent = id_at(row, "parent", "id") or below
    return replace(_mention(row, key, text, now), parent=parent, thread=below)


def _mention(row: Row, key: str, text: str, now: float) -> Mention:
    author = id_at(row, "from", "id")
    return Mention(
        source="facebook_page",
        key=key,
        url=web_address(text_at(row, "permalink_url"), "") or f"https://www.facebook.com/{key}",
        text=text,
        author=name_of(text_at(row, "from", "name")),
        handle=f"https://www.facebook.com/{author}" if _ID.fullmatch(author) else "",
        site="facebook.com",
        published=moment_at(row, now, "created_time"),
    )


def _recommendation(row: Row, now: float) -> Mention | None:
    """Return a recommendation: «positive» or «negative» today, one to five stars in the old ones."""
    key, text = id_at(row, "open_graph_story", "id"), plain_text(text_at(row, "review_text"))
    if not _ID.fullmatch(key):
        return None
    said = text_at(row, "recommendation_type")
    stars = at(row, "rating")
    given = float(stars) if isinstance(stars, int) and not isinstance(stars, bool) and 1 <= stars <= 5 else None
    author = id_at(row, "reviewer", "id")
    return Mention(
        source="facebook_page",
        key=key,
        url=f"https://www.facebook.com/{key}",
        text=text,
        author=name_of(text_at(row, "reviewer", "name")),
        handle=f"https://www.facebook.com/{author}" if _ID.fullmatch(author) else "",
        site="facebook.com",
        published=moment_at(row, now, "created_time"),
        stars=given or {"positive": 5.0, "negative": 1.0}.get(said),
    )


SOURCE = FacebookPageSource()
