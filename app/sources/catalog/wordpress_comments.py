"""Comments on a WordPress site: of the whole site or below one post, who answers whom, and our own answers."""

from __future__ import annotations

import math
from collections.abc import Generator, Mapping
from dataclasses import replace

from app.core.mention import Mention
from app.core.ports.answer import Answer, LookSteps, SendSteps
from app.core.ports.find import FindSteps, InHand
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import Watch, WatchKind
from app.sources.apis.server import secret_problem
from app.sources.apis.web import of_web
from app.sources.feeds.read import ACCEPT, read_feed, unchanged
from app.sources.feeds.read_before import marks_in
from app.sources.feeds.typed import address_problem, completed, place_of
from app.sources.feeds.wordpress import PER_PAGE, comments_feed, later_comments, rest_comments, tied, where_of
from app.sources.feeds.wordpress_answers import LONGEST, look_below, place_of_comment, send_answer
from app.sources.find.sites import find_wordpress

RANK = 5

MOST_PAGES = 5
"""Pages of `PER_PAGE` comments read at once after a long sleep; the rest comes with the next poll."""

_NEWEST, _BEHIND = "newest", "behind"
"""Names in the bookmark: when the newest comment read was written (Unix seconds), and from when on some are unread."""

_CLOSED = (400, 401, 403, 404, 405, 410, 500, 501)
"""Answers of sites that have closed their interface for programs."""


class WordPressCommentsSource:
    """One request per poll for the newest ten comments (as many as the site shows in feeds).

    Where all of them are new, some may have been missed in between: they are asked for page by page, from the oldest.
    """

    id = "wordpress_comments"
    title = msgid("WordPress comments")
    kinds = (WatchKind.CHANNEL,)
    settings = (
        Setting(
            "url",
            msgid("Address of the site or of one post"),
            kind="url",
            hint=msgid("The front page gives all comments on the site, a post only those below it."),
        ),
        Setting("user", msgid("User name for answers"), required=False, hint=msgid("Empty: this watch only listens.")),
        Setting(
            "password",
            msgid("Application password"),
            kind="secret",
            required=False,
            hint=msgid("WordPress: Users, Profile, Application passwords. Never your own password."),
        ),
    )
    shortest_interval = 300
    help_page = "wordpress_comments"

    def poll(self, poll: Poll) -> Steps:
        settings = self.tidy(poll.watch.settings)
        response = yield Request(comments_feed(settings["url"]), headers={"Accept": ACCEPT})
        behind = _moment(poll.bookmark.get(_BEHIND, ""))
        if response.unchanged and behind is None:
            return unchanged(poll)
        reading = unchanged(poll) if response.unchanged else self._read(response, poll, settings)
        if reading.problem:
            return reading
        before = _moment(poll.bookmark.get(_NEWEST, ""))
        written = [mention.published for mention in reading.mentions if mention.published is not None]
        overlaps = not marks_in(poll.bookmark).isdisjoint(marks_in(reading.bookmark))
        if behind is None and before is not None and written and min(written) > before and not (overlaps or poll.first):
            behind = before
        bookmark = {name: value for name, value in reading.bookmark.items() if name not in {_NEWEST, _BEHIND}}
        newest = max([*written, *([before] if before is not None else [])], default=None)
        bookmark |= {_NEWEST: repr(newest)} if newest is not None else {}
        missed: tuple[Mention, ...] = ()
        if behind is not None:
            missed, behind = yield from _catch_up(response.url, behind, reading.mentions, poll)
            bookmark |= {_BEHIND: repr(behind)} if behind is not None else {}
        mentions = {mention.key: mention for mention in (*missed, *reading.mentions)}
        return replace(reading, mentions=tied(mentions.values()), bookmark=bookmark)

    def find(self, hand: InHand) -> FindSteps:
        """Suggest the comments of a site made with WordPress."""
        return find_wordpress(hand)

    def why_no_answer(self, watch: Watch, mention: Mention, secrets: Mapping[str, str]) -> Problem | None:
        """Return that user name or application password are missing, or that the comment's number is not known, or None."""
        settings = self.tidy(watch.settings)
        host = {"host": self.place(settings).partition("/")[0]}
        if not settings.get("user") or not secrets.get("password", "").strip():
            return Problem("sources.no_wordpress_password", host)
        return self.check(settings) if place_of_comment(mention) else Problem("sources.post_not_found", host)

    def longest_answer(self, watch: Watch, mention: Mention) -> int | None:  # noqa: ARG002  the signature is the port's
        """Return how long a comment may be, whatever its letters are."""
        return LONGEST // 5

    def answer(self, answer: Answer) -> SendSteps:
        """Post the answer below the comment, as the user of the application password."""
        settings = self.tidy(answer.watch.settings)
        password = answer.secrets.get("password", "").strip()
        return of_web(send_answer(answer, settings["url"], settings.get("user", ""), password))

    def look(self, answer: Answer) -> LookSteps:
        """Look for the answer below the comment: one request, two where it is not there."""
        return of_web(look_below(answer, self.tidy(answer.watch.settings)["url"]))

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the address or the user name as typed, or None."""
        problem = address_problem(settings.get("url", "").strip(), missing="sources.no_page_address")
        user = settings.get("user", "").strip()
        if problem or not user:
            return problem
        return Problem("sources.colon_in_user") if ":" in user else secret_problem(settings["url"])

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        return {**kept, "url": completed(kept.get("url", ""))}

    def place(self, settings: Mapping[str, str]) -> str:
        """Return the address that all ways to write the same comments have in common."""
        typed = completed(settings.get("url", "").strip())
        try:
            return place_of(comments_feed(typed))
        except ValueError:  # see check; such an address is equal to itself alone
            return place_of(typed)

    def _read(self, response: Response, poll: Poll, settings: Mapping[str, str]) -> Reading:
        reading = read_feed(response, poll, source=self.id, place=self.place(settings))
        if reading.problem is None or reading.problem.code not in {"sources.page_not_feed", "sources.nothing_feed"}:
            return replace(reading, suggestions=())
        feeds = tuple(replace(one, source="feed") for one in reading.suggestions)
        return replace(reading, problem=Problem("sources.not_wordpress", reading.problem.args), suggestions=feeds)


Caught = tuple[tuple[Mention, ...], float | None]
"""The comments read, and from when on some are still unread (Unix seconds), None where none are."""


def _catch_up(feed: str, after: float, shown: tuple[Mention, ...], poll: Poll) -> Generator[Request, Response, Caught]:
    """Read the comments written after a moment. A site that lets no program ask has only what its feed shows."""
    found: dict[str, Mention] = {}
    where = where_of(feed, shown, SOURCE.id)
    for page in range(1, MOST_PAGES + 1):
        response = yield Request(
            later_comments(feed, after - 1.0, page),
            headers={"Accept": "application/json"},
            unchanged_ok=False,
            errors=_CLOSED,
        )
        comments = rest_comments(response.body, where, poll.now) if response.status < 400 else ()
        found |= {mention.key: mention for mention in comments}
        pages = response.headers.get("x-wp-totalpages", "")
        if page >= int(pages) if pages.isdecimal() and len(pages) < 9 else len(comments) < PER_PAGE:
            return where.those_here(found.values()), None
    last = max((mention.published for mention in found.values() if mention.published is not None), default=None)
    return where.those_here(found.values()), last if last is not None and last > after else None


def _moment(kept: str) -> float | None:
    """Return a moment kept in the bookmark, None where there is none or it is not ours."""
    try:
        moment = float(kept)
    except ValueError:
        return None
    return moment if math.isfinite(moment) and 0 < moment < 1e11 else None


SOURCE = WordPressCommentsSource()
