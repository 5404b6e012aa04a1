"""Lemmy: posts and comments that hold the words, through the search of any server of the network; our answers below them."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Mapping
from urllib.parse import urlencode, urlsplit

from app.core.mention import Mention
from app.core.ports.answer import Answer, LookSteps, Standing
from app.core.ports.find import FindSteps, InHand
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import WatchKind
from app.sources.apis.markdown import markdown_text
from app.sources.apis.ours import Found, ours
from app.sources.apis.server import base_of, broken, place_of, server_problem, usual_problem
from app.sources.apis.values import (
    Row,
    at,
    id_at,
    is_true,
    json_of,
    key_of,
    moment_at,
    name_of,
    rows_at,
    text_at,
    title_of,
)
from app.sources.apis.walk import Page, walk
from app.sources.apis.web import of_web
from app.sources.apis.words import tidy_words, words_problem
from app.sources.feeds.addresses import host_of, web_address
from app.sources.find.sites import find_lemmy

PER_PAGE = 50
_COMMUNITY = re.compile(r"[\w-]{1,60}(?:@[\w.:-]{1,120})?")
_THING = re.compile(r"/(post|comment)/(\d{1,18})/?")
_PATH = re.compile(r"0(?:\.\d{1,18}){1,100}")


class LemmySource:
    """One request a poll for posts and comments together, by version 3 of the interface."""

    id = "lemmy"
    title = msgid("Lemmy")
    kinds = (WatchKind.SEARCH,)
    settings = (
        Setting(
            "server", msgid("Server"), hint=msgid("Any one will do, such as lemmy.world: it knows what others send it.")
        ),
        Setting("words", msgid("Words to look for")),
        Setting(
            "community", msgid("Only in this community"), required=False, hint=msgid("Such as coffee@lemmy.world.")
        ),
    )
    shortest_interval = 900
    help_page = "lemmy"

    def poll(self, poll: Poll) -> Steps:
        settings = self.tidy(poll.watch.settings)
        return walk(
            poll,
            lambda page: _request(settings, page),
            lambda answer, page: _page(answer, page, settings, poll.now),
        )

    def find(self, hand: InHand) -> FindSteps:
        """Suggest a search for the shop's name on a server whose address is in hand."""
        return find_lemmy(hand)

    def look(self, answer: Answer) -> LookSteps:
        """Look for the answer on the server where the post or comment was written: one request, two for a post."""
        return of_web(_look(answer))

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with server, words or community, or None."""
        if problem := server_problem(settings.get("server", "")) or words_problem(settings):
            return problem
        community = self.tidy(settings)["community"]
        return None if not community or _COMMUNITY.fullmatch(community) else Problem("sources.bad_community")

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = tidy_words(settings)
        kept["server"] = base_of(kept.get("server", "")) or kept.get("server", "")
        kept["community"] = kept.get("community", "").removeprefix("!").removeprefix("/c/").removeprefix("c/")
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        kept = self.tidy(settings)
        return f"{place_of(kept['server'])}/{kept['community'].lower()}/{kept['words'].casefold()}"


def _request(settings: Mapping[str, str], page: str) -> Request:
    asked = {"q": settings["words"], "type_": "All", "sort": "New", "listing_type": "All", "limit": str(PER_PAGE)}
    if settings["community"]:
        asked["community_name"] = settings["community"]
    if page:
        asked["page"] = page
    url = f"{settings['server']}/api/v3/search?{urlencode(asked)}"
    return Request(url, headers={"Accept": "application/json"}, errors=(400, 404))


def _page(response: Response, page: str, settings: Mapping[str, str], now: float) -> Page | Problem:
    found = json_of(response.body)
    if response.status >= 400:
        if "community" in text_at(found, "error"):
            return Problem("sources.no_community", {"host": host_of(response.url), "name": settings["community"]})
        return usual_problem(response)
    if not isinstance(found, dict) or not isinstance(found.get("comments", found.get("posts")), list):
        return broken(response)
    posts, comments = rows_at(found, "posts"), rows_at(found, "comments")
    base = settings["server"]
    mentions = [mention for row in posts if (mention := _post(row, now))]
    mentions += [mention for row in comments if (mention := _comment(row, base, now))]
    full = [_last(rows, name, now) for rows, name in ((posts, "post"), (comments, "comment")) if len(rows) >= PER_PAGE]
    last = max((moment for moment in full if moment is not None), default=None)
    named = [(row, name) for name, rows in (("post", posts), ("comment", comments)) for row in rows]
    gone = tuple(key for row, name in named if _is_gone(row, name) and (key := _key(row, name)))
    return Page(tuple(mentions), str(int(page or "1") + 1) if full else "", last, gone=gone)


def _last(rows: Iterable[Row], name: str, now: float) -> float | None:
    """Return the moment of the last thing of a list, the newest of which comes first."""
    moments = [moment for row in rows if (moment := moment_at(row, now, name, "published")) is not None]
    return moments[-1] if moments else None


def _key(row: Row, name: str) -> str:
    return key_of(web_address(text_at(row, name, "ap_id")))


def _is_gone(row: Row, name: str) -> bool:
    return is_true(row, name, "deleted") or is_true(row, name, "removed")


def _post(row: Row, now: float) -> Mention | None:
    url = web_address(text_at(row, "post", "ap_id"))
    if not url or _is_gone(row, "post"):
        return None
    author, handle = _person(row)
    return Mention(
        source="lemmy",
        key=key_of(url),
        url=url,
        title=title_of(text_at(row, "post", "name")),
        text=markdown_text(text_at(row, "post", "body")),
        author=author,
        handle=handle,
        site=host_of(url),
        published=moment_at(row, now, "post", "published"),
    )


def _comment(row: Row, base: str, now: float) -> Mention | None:
    url = web_address(text_at(row, "comment", "ap_id"))
    text = markdown_text(text_at(row, "comment", "content"))
    if not url or not text or _is_gone(row, "comment"):
        return None
    author, handle = _person(row)
    thread = key_of(web_address(text_at(row, "post", "ap_id")))
    return Mention(
        source="lemmy",
        key=key_of(url),
        url=url,
        title=title_of(text_at(row, "post", "name")),
        text=text,
        author=author,
        handle=handle,
        site=host_of(url),
        published=moment_at(row, now, "comment", "published"),
        parent=_parent(text_at(row, "comment", "path"), id_at(row, "comment", "id"), base) or thread,
        thread=thread,
    )


def _parent(path: str, own: str, base: str) -> str:
    """Return the key of the comment answered: ids of all above stand in the path, as this server counts them.

    A comment written on another server has another key there; then only the thread ties the two.
    """
    steps = path.split(".") if len(path) < 2_000 and _PATH.fullmatch(path) else []
    above = [step for step in steps[1:] if step != own]
    return f"{base}/comment/{above[-1]}" if above else ""


def _look(answer: Answer) -> Generator[Request, Response, Standing]:
    """Ask the server of the thing itself, which knows all that was said to it."""
    key = answer.mention.key
    base = base_of(key)
    thing = _THING.fullmatch(urlsplit(key).path) if base else None
    if thing is None:  # written with another program than Lemmy
        return Standing(problem=Problem("sources.post_not_found", {"host": answer.mention.site}))
    kind, number = thing[1], thing[2]
    asked = {f"{'post' if kind == 'post' else 'parent'}_id": number, "type_": "All", "sort": "New", "max_depth": "4"}
    response = yield _asked(f"{base}/api/v3/comment/list?{urlencode({**asked, 'limit': str(PER_PAGE)})}")
    if response.status >= 400:
        return _no_answers(response)
    rows = rows_at(json_of(response.body), "comments")
    itself = next((row for row in rows if _key(row, "comment") == key), None)
    if itself is not None and _is_gone(itself, "comment"):
        return Standing(gone=True)
    standing = ours(answer, (_said(row, answer.now) for row in rows if row is not itself))
    if standing.stands or kind == "comment":
        return standing
    response = yield _asked(f"{base}/api/v3/post?id={number}")
    if response.status >= 400:
        return _no_answers(response)
    view = at(json_of(response.body), "post_view")
    return Standing(gone=isinstance(view, dict) and _is_gone(view, "post"))


def _asked(url: str) -> Request:
    return Request(url, headers={"Accept": "application/json"}, unchanged_ok=False, errors=(400, 404))


def _no_answers(response: Response) -> Standing:
    gone = text_at(json_of(response.body), "error") in {"couldnt_find_post", "couldnt_find_comment", "not_found"}
    return Standing(gone=True) if gone else Standing(problem=usual_problem(response))


def _said(row: Row, now: float) -> Found:
    author, handle = _person(row)
    text = markdown_text(text_at(row, "comment", "content")) if not _is_gone(row, "comment") else ""
    return Found(_key(row, "comment"), text, moment_at(row, now, "comment", "published"), handle or author)


def _person(row: Row) -> tuple[str, str]:
    """Return the name shown and the page of the account."""
    name = name_of(text_at(row, "creator", "display_name")) or name_of(text_at(row, "creator", "name"))
    return name, web_address(text_at(row, "creator", "actor_id"))


SOURCE = LemmySource()
