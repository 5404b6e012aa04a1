"""Discourse forums: everything new, one category, or posts that hold the words; and our answers in their topics."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from urllib.parse import urlencode

from app.core.mention import Mention
from app.core.ports.answer import Answer, LookSteps, Standing
from app.core.ports.find import FindSteps, InHand
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Setting, Steps, msgid
from app.core.problems import Problem
from app.core.watch import WatchKind
from app.sources.apis.ours import Found, ours
from app.sources.apis.server import base_of, broken, path_of, place_of, server_problem, usual_problem
from app.sources.apis.values import Row, id_at, is_true, json_of, moment_at, name_of, rows_at, text_at
from app.sources.apis.walk import Page, Read, walk
from app.sources.apis.web import of_web
from app.sources.apis.words import tidy_words, words_problem
from app.sources.feeds.addresses import host_of
from app.sources.feeds.html_text import html_text, one_line
from app.sources.find.sites import find_discourse

NEW, CATEGORY, SEARCH = msgid("everything new"), msgid("category"), msgid("search")
MOST_SEARCHES = 3
"""Pages of a search in one poll: forums let strangers search a few times a minute only."""

WINDOW = 50
"""Ids that one page of new posts spans in older versions of Discourse, whether there are posts under them or not."""

_CATEGORY = re.compile(r"(?:.*/)?c/(?:[^/]+/)*?(\d{1,9})(?:/.*)?")
_PLACE = re.compile(r"(https?://[^\s/]{1,250})/t/(\d{1,12})/(\d{1,9})")
_ORDINARY = "1"
"""`post_type` of what people write; other types are notes of moderators and «closed this topic»."""


class DiscourseSource:
    """One request a poll: the newest posts of a forum, all or of one category, or the newest finds of its search."""

    id = "discourse"
    title = msgid("Discourse forum")
    kinds = (WatchKind.SEARCH, WatchKind.CHANNEL)
    settings = (
        Setting("what", msgid("What to listen to"), kind="choice", choices=(SEARCH, NEW, CATEGORY)),
        Setting(
            "address",
            msgid("Address of the forum"),
            kind="url",
            hint=msgid("For a category, open it in the browser and copy its address."),
        ),
        Setting("words", msgid("Words to look for"), required=False, hint=msgid("Only for a search.")),
    )
    shortest_interval = 600
    help_page = "discourse"

    def poll(self, poll: Poll) -> Steps:
        settings = self.tidy(poll.watch.settings)
        base = base_of(settings["address"])
        if settings["what"] == SEARCH:
            finds: Read = lambda answer, page: _finds(answer, page, base, poll.now)  # noqa: E731
            return walk(poll, lambda page: _search(base, settings["words"], page), finds, most_pages=MOST_SEARCHES)
        category = _category(settings["address"]) if settings["what"] == CATEGORY else ""
        posts: Read = lambda answer, before: _posts(answer, before, base, category, poll.now)  # noqa: E731
        return walk(poll, lambda before: _newest(base, before), posts)

    def find(self, hand: InHand) -> FindSteps:
        """Suggest what is new on a forum whose address is in hand."""
        return find_discourse(hand)

    def look(self, answer: Answer) -> LookSteps:
        """Look for the answer in the topic: one request, two where the topic is long."""
        return of_web(_look(answer))

    def check(self, settings: Mapping[str, str]) -> Problem | None:
        """Return what is wrong with the address or the words, or None."""
        if problem := server_problem(settings.get("address", "")):
            return problem
        settings = self.tidy(settings)
        if settings["what"] == SEARCH:
            return words_problem(settings)
        if settings["what"] == CATEGORY and not _category(settings["address"]):
            return Problem("sources.no_category")
        return None

    def tidy(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        kept = tidy_words(settings)
        kept["what"] = kept.get("what") or SEARCH
        typed = kept.get("address", "")
        base, path = base_of(typed), path_of(typed)
        keeps_path = kept["what"] == CATEGORY and path
        kept["address"] = (f"{base}/{path}" if keeps_path else base) or typed
        return kept

    def place(self, settings: Mapping[str, str]) -> str:
        kept = self.tidy(settings)
        parts = {SEARCH: kept["words"].casefold(), CATEGORY: _category(kept["address"])}
        return f"{place_of(base_of(kept['address']))}/{kept['what']}/{parts.get(kept['what'], '')}"


def _category(address: str) -> str:
    """Return the number of a category out of its address, «» where that is none."""
    match = _CATEGORY.fullmatch(path_of(address)[:500])
    return match[1] if match else ""


def _newest(base: str, before: str) -> Request:
    url = f"{base}/posts.json?before={before}" if before else f"{base}/posts.json"
    return Request(url, headers={"Accept": "application/json"}, errors=(403,))


def _search(base: str, words: str, page: str) -> Request:
    asked = {"q": f"{words} order:latest", "page": page or "1"}
    return Request(f"{base}/search.json?{urlencode(asked)}", headers={"Accept": "application/json"}, errors=(403,))


def _refusal(response: Response) -> Problem:
    """Return that the forum is for members only, or whatever else the status says."""
    closed = text_at(json_of(response.body), "error_type") in {"not_logged_in", "invalid_access"}
    return Problem("sources.forum_closed", {"host": host_of(response.url)}) if closed else usual_problem(response)


def _posts(response: Response, before: str, base: str, category: str, now: float) -> Page | Problem:
    if response.status >= 400:
        return _refusal(response)
    found = json_of(response.body)
    if not isinstance(found, dict) or not isinstance(found.get("latest_posts"), list):
        return broken(response)
    rows = rows_at(found, "latest_posts")
    wanted = [row for row in rows if not category or id_at(row, "category_id") == category]
    mentions = tuple(mention for row in wanted if (mention := _post(row, base, now)))
    moments = [moment for row in rows if (moment := moment_at(row, now, "created_at")) is not None]
    gone = tuple(key for row in wanted if _is_gone(row) and (key := _key(row, base)))
    onward = _onward([int(key) for row in rows if (key := id_at(row, "id")).isdecimal()], before)
    return Page(mentions, onward, min(moments, default=None), max(moments, default=None), gone=gone)


def _onward(ids: list[int], before: str) -> str:
    """Return the id to page back from. Ids without a post leave windows empty, so an empty page is no end."""
    if before:
        known = int(before)
        lowest = min([number for number in ids if number < known], default=known - WINDOW + 1)
    else:
        lowest = min(ids, default=0)
    return str(lowest) if lowest > 1 else ""


def _finds(response: Response, page: str, base: str, now: float) -> Page | Problem:
    if response.status >= 400:
        return _refusal(response)
    found = json_of(response.body)
    if not isinstance(found, dict) or "grouped_search_result" not in found:
        return broken(response)
    rows = rows_at(found, "posts")
    titles = {id_at(row, "id"): row for row in rows_at(found, "topics")}
    mentions = []
    for row in rows:
        topic = titles.get(id_at(row, "topic_id"), {})
        about = {
            "topic_title": text_at(topic, "title"),
            "topic_slug": text_at(topic, "slug"),
            "cooked": text_at(row, "blurb"),
        }
        if mention := _post({**row, **about}, base, now):
            mentions.append(mention)
    more = rows and is_true(found, "grouped_search_result", "more_full_page_results")
    moments = [moment for row in rows if (moment := moment_at(row, now, "created_at")) is not None]
    return Page(tuple(mentions), str(int(page or "1") + 1) if more else "", min(moments, default=None))


def _is_gone(row: Row) -> bool:
    return bool(text_at(row, "deleted_at")) or is_true(row, "user_deleted")


def _key(row: Row, base: str) -> str:
    topic, number = id_at(row, "topic_id"), id_at(row, "post_number")
    return f"{base}/t/{topic}/{number}" if topic.isdecimal() and number.isdecimal() else ""


def _look(answer: Answer) -> Generator[Request, Response, Standing]:
    """Read the topic around the post, and where it goes on for longer, at its end."""
    place = _PLACE.fullmatch(answer.mention.key)
    if place is None:
        return Standing(problem=Problem("sources.post_not_found", {"host": answer.mention.site}))
    base, topic, number = place[1], place[2], place[3]
    standing, last = yield from _look_near(answer, base, topic, number)
    if standing.stands or standing.gone or standing.problem or not last:
        return standing
    return (yield from _look_near(answer, base, topic, last))[0]


def _look_near(
    answer: Answer, base: str, topic: str, number: str
) -> Generator[Request, Response, tuple[Standing, str]]:
    """Return what stands around a post, and the number of the topic's last post where that lies further on."""
    response = yield Request(
        f"{base}/t/{topic}/{number}.json",
        headers={"Accept": "application/json"},
        unchanged_ok=False,
        errors=(403, 404, 410),
    )
    if response.status in {404, 410}:
        return Standing(gone=True), ""
    if response.status >= 400:
        return Standing(problem=_refusal(response)), ""
    found = json_of(response.body)
    rows = [{"topic_id": int(topic), **row} for row in rows_at(found, "post_stream", "posts")]
    if not rows:
        return Standing(problem=broken(response)), ""
    itself = next((row for row in rows if _key(row, base) == answer.mention.key), None)
    if itself is not None and _is_gone(itself):
        return Standing(gone=True), ""
    posts = [mention for row in rows if row is not itself and (mention := _post(row, base, answer.now))]
    standing = ours(answer, (Found(one.key, one.text, one.published, one.handle) for one in posts))
    shown = [int(key) for row in rows if (key := id_at(row, "post_number")).isdecimal() and len(key) < 10]
    last = id_at(found, "highest_post_number")
    further = last.isdecimal() and len(last) < 10 and int(last) > max(shown, default=0)
    return standing, last if further else ""


def _post(row: Row, base: str, now: float) -> Mention | None:
    """Return the mention of a post. Its key is its place in its topic, by which answers name each other."""
    topic, number = id_at(row, "topic_id"), id_at(row, "post_number")
    text = html_text(text_at(row, "cooked"))
    if not (topic.isdecimal() and number.isdecimal() and text) or id_at(row, "post_type") not in {"", _ORDINARY}:
        return None
    if _is_gone(row) or is_true(row, "hidden"):
        return None
    answered = id_at(row, "reply_to_post_number")
    thread = f"{base}/t/{topic}/1" if number != "1" else ""
    username = name_of(text_at(row, "username"))
    return Mention(
        source="discourse",
        key=f"{base}/t/{topic}/{number}",
        url=f"{base}/t/{topic}/{number}",
        title=one_line(html_text(text_at(row, "topic_title")), 500),
        text=text,
        author=name_of(text_at(row, "name")) or username,
        handle=username,
        site=host_of(base),
        published=moment_at(row, now, "created_at"),
        parent=f"{base}/t/{topic}/{answered}" if answered.isdecimal() and thread else thread,
        thread=thread,
    )


SOURCE = DiscourseSource()
