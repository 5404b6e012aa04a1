"""Our answers seen at places where they are only posted by hand, in the forms their interfaces are documented to have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sources.place import NOW, Place, answer, sample
from sources.replying import BEGUN, Counter, reply_to

from app.core.mention import Mention
from app.core.ports.answer import Answering, Seeing, Standing
from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.sources.catalog.comment_feed import SOURCE as COMMENTS
from app.sources.catalog.discourse import SOURCE as DISCOURSE
from app.sources.catalog.hackernews import SOURCE as HACKERNEWS
from app.sources.catalog.lemmy import SOURCE as LEMMY
from app.sources.catalog.reddit import PAUSE
from app.sources.catalog.reddit import SOURCE as REDDIT
from app.sources.catalog.stackexchange import SOURCE as STACK
from app.sources.registry import SourceRegistry

TEXT = "Przepraszamy, sprawdzamy Pani zamówienie!"
AT, WHEN = NOW - 600, "2026-11-22T22:16:40Z"


def look(
    source: object, mention: Mention, serve: Callable[[Request], object], **settings: str
) -> tuple[Standing, list[str]]:
    place = Counter(serve)
    found = place.look(source, reply_to(mention, TEXT, settings=settings))
    assert isinstance(found, Standing), found
    return found, place.urls


def test_who_can_answer_and_who_can_see() -> None:
    sources = SourceRegistry(lambda: ()).all()
    answers = {source.id for source in sources if isinstance(source, Answering)}
    sees = {source.id for source in sources if isinstance(source, Seeing)}
    assert {"mailbox", "mastodon", "bluesky", "wordpress_comments"} <= answers & sees, "what is sent is looked for"
    assert {"comment_feed", "discourse", "lemmy", "hackernews", "stackexchange", "reddit"} <= sees
    assert not {"telegram_channel", "youtube_channel", "app_store", "feed", "google_news"} & sees, "these tell nothing"


def test_isso() -> None:
    recorded = sample("comment_feed/feed2.atom").decode()
    mine = recorded.replace("odpowiedz czwarta", TEXT)
    settings = {"url": "https://c.example/feed?uri=/blog/kawa/"}
    third = Mention("comment_feed", "tag:127.0.0.1:8090,2018:/isso/1/3", text="trzeci", author="Ewa")
    found, urls = look(COMMENTS, third, lambda _: mine, **settings)
    assert (found.stands, found.where) == (True, "tag:127.0.0.1:8090,2018:/isso/1/4")
    assert urls == [settings["url"]]
    assert look(COMMENTS, third, lambda _: recorded, **settings)[0] == Standing()
    first = replace(third, key="tag:127.0.0.1:8090,2018:/isso/1/1")
    assert look(COMMENTS, first, lambda _: mine, **settings)[0] == Standing(), "it answers another one"
    second = replace(third, key="tag:127.0.0.1:8090,2018:/isso/1/5", parent=third.key)
    assert look(COMMENTS, second, lambda _: mine, **settings)[0].stands, "Isso ties it to the comment above both"
    broken = look(COMMENTS, third, lambda _: b"%PDF", **settings)[0]
    assert broken == Standing(problem=Problem("sources.broken_answer", {"host": "c.example"}))


def hit(number: int, text: str, author: str = "kawaraj", at: float = AT, *below: object) -> dict[str, Any]:
    return {"id": number, "author": author, "text": text, "created_at_i": int(at), "children": list(below)}


@pytest.mark.parametrize(
    ("below", "where"),
    [
        ([hit(7, "No."), hit(8, f"<p>{TEXT}</p>")], "8"),
        ([hit(7, "No.", "x", AT, hit(9, TEXT))], "9"),
        ([hit(7, TEXT, "anna")], ""),
        ([hit(7, TEXT, "kawaraj", BEGUN - 9_000)], ""),
        ([hit(7, None)], ""),  # type: ignore[arg-type]
    ],
)
def test_hacker_news(below: list[Any], where: str) -> None:
    mention = Mention("hackernews", "5", text="x", author="anna", handle="anna")
    found, urls = look(HACKERNEWS, mention, lambda _: hit(5, "x", "anna", AT, *below))
    assert found.where == where
    assert urls == ["https://hn.algolia.com/api/v1/items/5"]


def test_hacker_news_gone() -> None:
    mention = Mention("hackernews", "5", text="x")
    assert look(HACKERNEWS, mention, lambda _: answer({"status": 404, "error": "Not Found"}, 404))[0] == Standing(
        gone=True
    )
    assert look(HACKERNEWS, mention, lambda _: hit(6, "x"))[0].problem is not None, "another thing says nothing"


QUESTION = Mention(
    "stackexchange", "superuser 4711", text="x", author="anna", handle="https://superuser.com/users/1/anna"
)


class Stack:
    def __init__(self, answers: int = 1, text: str = TEXT, **more: Any) -> None:
        self.answers, self.text, self.more = answers, text, more

    def __call__(self, request: Request) -> object:
        path = urlsplit(request.url).path.rpartition("/")[2]
        asked = parse_qs(urlsplit(request.url).query)
        assert asked["site"] == ["superuser"]
        if path == "4711":
            return {"items": [{"question_id": 4711, "answer_count": self.answers}], **self.more}
        assert float(asked["fromdate"][0]) <= BEGUN
        owner = {"display_name": "Kawa Raj", "link": "https://superuser.com/users/9/kawa-raj"}
        made = {"creation_date": int(AT), "body": f"<p>{self.text}</p>", "owner": owner}
        number = {"answer_id": 99} if path == "answers" else {"comment_id": 77}
        mine = path == ("answers" if self.answers else "comments")
        return {"items": [{**made, **number}] if mine else [], **self.more}


@pytest.mark.parametrize(("answers", "where", "requests"), [(1, "99", 2), (0, "77", 2)])
def test_stack_exchange(answers: int, where: str, requests: int) -> None:
    found, urls = look(STACK, QUESTION, Stack(answers), site="superuser.com", words="x")
    assert (found.stands, found.where, len(urls)) == (True, where, requests)
    found, urls = look(STACK, QUESTION, Stack(answers, "Coś innego"), site="superuser.com", words="x")
    assert (found, len(urls)) == (Standing(), 3 if answers else 2)


def test_stack_exchange_gone_or_tired() -> None:
    settings = {"site": "superuser.com", "words": "x"}
    assert look(STACK, QUESTION, lambda _: {"items": []}, **settings)[0] == Standing(gone=True)
    found, urls = look(STACK, QUESTION, Stack(backoff=10), **settings)
    assert found.problem == Problem("net.rate_limited", {"host": "api.stackexchange.com", "status": 200}, NOW + 10)
    assert len(urls) == 1, "it asked for a pause"
    refused = answer(
        {"error_name": "throttle_violation", "error_message": "more requests available in 60 seconds"}, 400
    )
    found, _ = look(STACK, QUESTION, lambda _: refused, **settings)
    assert found.problem
    assert found.problem.retry_at == NOW + 60


BASE = "https://forum.kawaraj.example"
POST = Mention("discourse", f"{BASE}/t/12/3", text="x", author="anna", handle="anna", site="forum.kawaraj.example")


def topic(*posts: dict[str, Any], highest: int = 0) -> dict[str, Any]:
    return {"post_stream": {"posts": list(posts)}, "highest_post_number": highest or len(posts)}


def post(number: int, text: str = "Inny wpis", **more: Any) -> dict[str, Any]:
    made = {"post_number": number, "topic_id": 12, "post_type": 1, "username": "kawaraj", "created_at": WHEN}
    return {**made, "cooked": f"<p>{text}</p>", **more}


def test_discourse() -> None:
    settings = {"what": "everything new", "address": BASE}
    found, urls = look(DISCOURSE, POST, lambda _: topic(post(3), post(4, TEXT)), **settings)
    assert (found.stands, found.where) == (True, f"{BASE}/t/12/4")
    assert urls == [f"{BASE}/t/12/3.json"]

    def long(request: Request) -> object:
        return (
            topic(post(3), post(4), highest=90)
            if "/3.json" in request.url
            else topic(post(89), post(90, TEXT), highest=90)
        )

    found, urls = look(DISCOURSE, POST, long, **settings)
    assert (found.where, urls) == (f"{BASE}/t/12/90", [f"{BASE}/t/12/3.json", f"{BASE}/t/12/90.json"])
    for gone in (answer({}, 404), answer({}, 410), topic(post(3, user_deleted=True), post(4))):
        assert look(DISCOURSE, POST, lambda _, gone=gone: gone, **settings)[0] == Standing(gone=True)
    closed = look(DISCOURSE, POST, lambda _: answer({"error_type": "not_logged_in"}, 403), **settings)[0]
    assert closed.problem == Problem("sources.forum_closed", {"host": "forum.kawaraj.example"})
    assert look(DISCOURSE, POST, lambda _: topic(post(3, TEXT, username="anna")), **settings)[0] == Standing()


COMMENT = Mention(
    "lemmy", "https://lemmy.example/comment/5", text="x", author="anna", handle="https://lemmy.example/u/anna"
)


def said(number: int, text: str = "x", creator: str = "kawaraj", **more: Any) -> dict[str, Any]:
    made = {"id": number, "ap_id": f"https://lemmy.example/comment/{number}", "content": text, "published": WHEN}
    return {"comment": {**made, **more}, "creator": {"name": creator, "actor_id": f"https://lemmy.example/u/{creator}"}}


def test_lemmy() -> None:
    settings = {"server": "https://other.example", "words": "kawa"}
    found, urls = look(LEMMY, COMMENT, lambda _: {"comments": [said(5), said(6, f"**{TEXT}**")]}, **settings)
    assert found.where == "https://lemmy.example/comment/6"
    assert urls[0].startswith("https://lemmy.example/api/v3/comment/list?parent_id=5&"), "where it was written"
    for more in ({"deleted": True}, {"removed": True}):
        assert look(LEMMY, COMMENT, lambda _, more=more: {"comments": [said(5, **more)]}, **settings)[0] == Standing(
            gone=True
        )
    assert look(LEMMY, COMMENT, lambda _: {"comments": [said(6, TEXT, deleted=True)]}, **settings)[0] == Standing()
    assert look(LEMMY, COMMENT, lambda _: answer({"error": "couldnt_find_comment"}, 404), **settings)[0] == Standing(
        gone=True
    )
    foreign = replace(COMMENT, key="https://kbin.example/m/x/t/5", site="kbin.example")
    found, urls = look(LEMMY, foreign, lambda _: {}, **settings)
    assert (found.problem, urls) == (Problem("sources.post_not_found", {"host": "kbin.example"}), [])


def test_a_post_on_lemmy() -> None:
    settings = {"server": "https://other.example", "words": "kawa"}
    mention = replace(COMMENT, key="https://lemmy.example/post/8")

    def serve(request: Request, *, gone: bool = False) -> object:
        if "/api/v3/post?" in request.url:
            return {"post_view": {"post": {"id": 8, "removed": gone}}}
        return {"comments": [said(6, TEXT)] if not gone else []}

    assert look(LEMMY, mention, serve, **settings)[0].where == "https://lemmy.example/comment/6"
    found, urls = look(LEMMY, mention, lambda request: serve(request, gone=True), **settings)
    assert (found, len(urls)) == (Standing(gone=True), 2)


def test_reddit() -> None:
    mention = Mention(
        "reddit", "t1_abc", url="https://www.reddit.com/r/poland/comments/1x2y3z/kawa/abc/", text="x", author="anna"
    )
    entry = (
        "<entry><author><name>/u/kawaraj</name></author><id>t1_def</id><link href='https://www.reddit.com/r/poland/comments/1x2y3z/kawa/def/'/>"
        f"<updated>2026-11-22T22:16:40+00:00</updated><title>/u/kawaraj on Kawa</title><content type='html'>&lt;p>{TEXT}&lt;/p></content></entry>"
    )
    place = Counter(lambda _: f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>")
    found = place.look(REDDIT, reply_to(mention, TEXT, settings={"words": "kawa", "agreed": "yes"}))
    assert isinstance(found, Standing)
    assert (found.stands, found.where) == (True, "t1_def")
    (request,) = place.asked
    assert request.url == "https://www.reddit.com/r/poland/comments/1x2y3z/kawa/abc/.rss?sort=new"
    assert request.pause == PAUSE
    assert look(REDDIT, mention, lambda _: answer({}, 404))[0] == Standing(gone=True)
    turned = look(REDDIT, mention, lambda _: answer({}, 403, wait=9_000.0))[0]
    assert turned.problem == Problem("sources.reddit_closed", {"host": "www.reddit.com"}, NOW + 9_000)
    away = look(REDDIT, replace(mention, url="https://evil.example/r/x/comments/1"), lambda _: {})
    assert away == (Standing(problem=Problem("sources.post_not_found", {"host": "www.reddit.com"})), [])


def test_polls_tell_what_was_deleted() -> None:
    def lemmy(_: Request) -> Response:
        post = {"post": {"ap_id": "https://lemmy.example/post/1", "removed": True}}
        return answer({"posts": [post], "comments": [said(5, deleted=True), said(6)]})

    reading = Place(lemmy).poll(LEMMY, {"server": "https://lemmy.example", "words": "x"}, first=True)
    assert reading.gone == ("https://lemmy.example/post/1", "https://lemmy.example/comment/5")
    assert [mention.key for mention in reading.mentions] == ["https://lemmy.example/comment/6"]

    rows = [post(3, deleted_at=WHEN), post(4), post(5, user_deleted=True)]
    reading = Place(lambda _: {"latest_posts": rows}).poll(
        DISCOURSE, {"what": "everything new", "address": BASE}, first=True
    )
    assert reading.gone == (f"{BASE}/t/12/3", f"{BASE}/t/12/5")
