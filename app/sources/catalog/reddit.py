"""Reddit's feeds: searches, subreddits and the comments below one post, as far as Reddit still lets programs in."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from dataclasses import replace
from urllib.parse import quote, urlencode, urlsplit

from app.core.mention import Mention
from app.core.ports.answer import Answer, LookSteps, Standing
from app.core.ports.find import FindSteps, InHand
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import WatchKind
from app.sources.apis.ours import Found, ours
from app.sources.apis.server import broken
from app.sources.apis.web import of_web
from app.sources.feeds.mention_of import mentions_of
from app.sources.feeds.read import ACCEPT, read_document, unchanged
from app.sources.find.asking import at_once
from app.sources.find.others import reddit_of
from app.sources.searches.results import read_results
from app.sources.searches.words import LONGEST, phrase, tidy_words

RANK = 90

PAUSE = 61.0
"""Seconds between two requests of this laptop to Reddit, of all watches together: since June 2026 one a minute is let
through (NetNewsWire, issues 5328 and 5355; FreshRSS, issue 8928)."""

REFUSED_FOR = 3_600.0
"""Seconds until a watch that Reddit turned away asks again, at the least."""

NO, YES = msgid("No"), msgid("Yes, though it may stay silent")

_HOST = "www.reddit.com"
_SUBREDDIT = re.compile(r"(?:/?r/)?([A-Za-z0-9_]{2,32})/?")
_POST = re.compile(r"(?:/r/[A-Za-z0-9_]{2,32})?/comments/([a-z0-9]{4,12})(?:/.*)?")
_SUBREDDIT_PATH = re.compile(r"/r/([A-Za-z0-9_]{2,32})(?:/.*)?")
_HOSTS = re.compile(r"(?:https?://)?(?:(?:www|old|new|m)\.)?reddit\.com(?=/)", re.IGNORECASE)
_THING = re.compile(r"t[13]_[a-z0-9]{1,13}")
_COMMENT_PAGE = re.compile(r"/r/[^/]+/comments/([a-z0-9]{1,13})/[^/]*/[a-z0-9]{1,13}/?")
_THREAD = re.compile(r"/r/[A-Za-z0-9_]{2,32}/comments/[a-z0-9]{1,13}(?:/[^/]{0,200}(?:/[a-z0-9]{1,13})?)?/?")
_LINE = re.compile(r"\s*submitted by\s+/u/\S+(?: to r/\S+)?\s*(?:\[link\])?\s*(?:\[comments\])?\s*\Z")
_LINKS = re.compile(r"\s*\[link\]\s*\[comments\]\s*\Z")


class RedditSource:
    """One request per poll, the newest 25 things. Off until the owner says that a silent watch is all right.

    The net leaves the whole host alone for `PAUSE` after each request, and for an hour or more after a 403 or 429.
    """

    id = "reddit"
    title = msgid("Reddit")
    kinds = (WatchKind.SEARCH, WatchKind.CHANNEL)
    settings = (
        Setting("words", msgid("What to search for"), required=False),
        Setting(
            "subreddit",
            msgid("Subreddit or address of a post"),
            required=False,
            hint=msgid("On its own: everything new there. With words: only what matches. Left empty: all of Reddit."),
        ),
        Setting(
            "agreed",
            msgid("Try Reddit all the same"),
            kind="choice",
            choices=(NO, YES),
            hint=msgid(
                "Reddit lets programs in about once a minute, and often not at all. It has no free way in any more."
            ),
        ),
    )
    shortest_interval = 3_600
    help_page = "reddit"

    def poll(self, poll: Poll) -> Steps:
        settings = self.tidy(poll.watch.settings)
        if problem := self.check(settings):
            return Reading(bookmark=poll.bookmark, problem=problem)
        response = yield Request(_address(settings), headers={"Accept": ACCEPT}, errors=(403, 429), pause=PAUSE)
        if response.status in {403, 429}:
            return Reading(bookmark=poll.bookmark, problem=_turned_away(response, poll.now))
        if response.unchanged:
            return unchanged(poll)
        return read_results(response, poll, source=self.id, place=_HOST, change=_thing)

    def find(self, hand: InHand) -> FindSteps:
        """Suggest the subreddit whose address is in hand; the owner has to agree to it all the same."""
        return at_once(reddit_of(hand))

    def look(self, answer: Answer) -> LookSteps:
        """Look for the answer in the feed of what stands below: one request, in Reddit's own slow pace."""
        return of_web(_look(answer))

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is missing or wrong: words or a place, and that the owner has agreed."""
        kept = self.tidy(settings)
        words, where = kept["words"], kept["subreddit"]
        if not (any(char.isalnum() for char in words) or where):
            return Problem("sources.no_reddit_place")
        if len(words) > LONGEST:
            return Problem("sources.long_words", {"most": LONGEST})
        if words.count('"') % 2:
            return Problem("sources.open_quote")
        if where and not (_SUBREDDIT.fullmatch(where) or _POST.fullmatch(where)):
            return Problem("sources.no_subreddit", {"name": where[:60]})
        return None if kept["agreed"] == YES else Problem("sources.reddit_off")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = {name: value.strip() for name, value in settings.items()}
        agreed = YES if kept.get("agreed", "").lower() in {"yes", "1", "true", YES.lower()} else NO
        where = _where(kept.get("subreddit", ""))
        return {**kept, "words": tidy_words(kept.get("words", "")), "subreddit": where, "agreed": agreed}

    def place(self, settings: Mapping[str, str]) -> str:
        """Return host, subreddit or post, and words, in which letter case makes no difference."""
        kept = self.tidy(settings)
        return f"{_HOST}/{kept['subreddit']}?{phrase(kept['words'])}".lower()


def _look(answer: Answer) -> Generator[Request, Response, Standing]:
    path = urlsplit(answer.mention.url).path if _HOSTS.match(answer.mention.url) else ""
    if not _THREAD.fullmatch(path):
        return Standing(problem=Problem("sources.post_not_found", {"host": _HOST}))
    response = yield Request(
        f"https://{_HOST}{path.rstrip('/')}/.rss?sort=new",
        headers={"Accept": ACCEPT},
        unchanged_ok=False,
        errors=(403, 404, 429),
        pause=PAUSE,
    )
    if response.status == 404:
        return Standing(gone=True)
    if response.status >= 400:
        return Standing(problem=_turned_away(response, answer.now))
    document = read_document(response.body, response.headers.get("content-type", ""))
    if isinstance(document, Problem):
        return Standing(problem=broken(response))
    shown = mentions_of(document, source="reddit", place=_HOST, address=response.url, now=answer.now)
    below = [one for one in map(_thing, shown) if one.key != answer.mention.key]
    return ours(answer, (Found(one.key, one.text, one.published, one.author) for one in below))


def _turned_away(response: Response, now: float) -> Problem:
    code = "net.rate_limited" if response.status == 429 else "sources.reddit_closed"
    return Problem(code, {"host": _HOST}, now + max(REFUSED_FOR, response.fresh_for))


def _where(typed: str) -> str:
    """Return a subreddit by its bare name, a post by its path; what is neither comes back as typed."""
    path = urlsplit(_HOSTS.sub("", typed, count=1)).path if _HOSTS.match(typed) else typed
    if post := _POST.fullmatch(path):
        return f"/comments/{post[1]}"
    if (inside := _SUBREDDIT_PATH.fullmatch(path)) or (inside := _SUBREDDIT.fullmatch(path)):
        return inside[1]
    return typed


def _address(settings: Mapping[str, str]) -> str:
    where, words = settings["subreddit"], settings["words"]
    if where.startswith("/"):
        return f"https://{_HOST}{where}/.rss?sort=new"
    base = f"https://{_HOST}/r/{quote(where)}" if where else f"https://{_HOST}"
    if not words:
        return f"{base}/new/.rss"
    within = {"restrict_sr": "on"} if where else {}
    return (
        f"{base}/search.rss?{urlencode({'q': phrase(words), 'sort': 'new', 't': 'week', **within}, errors='replace')}"
    )


def _thing(mention: Mention) -> Mention:
    """Return a post or comment under Reddit's own id, with its author's name and without the lines around the text."""
    key = mention.key.rpartition(" ")[2]
    page = _COMMENT_PAGE.fullmatch(urlsplit(mention.url).path) if mention.url else None
    above = f"t3_{page[1]}" if page else ""
    return replace(
        mention,
        key=key if _THING.fullmatch(key) else mention.key,
        author=mention.author.removeprefix("/u/"),
        text=_LINKS.sub("", _LINE.sub("", mention.text)),
        parent=mention.parent or above,
        thread=mention.thread or above,
    )


SOURCE = RedditSource()
