"""Answers on WordPress: told to the owner's site only, below the right comment, once, and found again."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sources.place import NOW, answer
from sources.replying import Counter, reply_to

from app.core.mention import Mention
from app.core.ports.answer import Sent, Standing
from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.core.watch import Watch
from app.sources.catalog.wordpress_comments import SOURCE

HOME = "https://kawaraj.example/"
SETTINGS = {"url": "https://kawaraj.example/blog/", "user": "admin"}
SECRETS = {"password": "abcd EFGH ijkl"}
MENTION = Mention("wordpress_comments", f"{HOME}?p=1#comment-2", text="Kawa zimna", author="Anna Nowak")
TEXT = "Przepraszamy, 5 < 7 & <b>wyślemy</b> nową!\n\nKawa Raj"
OURS = f"{HOME}?p=1#comment-9"
REFUSED = {"host": "kawaraj.example"}


def row(number: int = 9, author: str = "Kawa Raj", text: str = "", date: str = "2026-11-22T22:00:00") -> dict[str, Any]:
    text = text or "<p>Przepraszamy, 5 &lt; 7 &amp; &lt;b&gt;wyślemy&lt;/b&gt; nową!</p>\n<p>Kawa Raj</p>\n"
    made = {
        "id": number,
        "post": 1,
        "parent": 2,
        "author_name": author,
        "date_gmt": date,
        "link": f"{HOME}x/#comment-9",
    }
    return {**made, "content": {"rendered": text}, "status": "approved"}


def refusal(code: str, status: int) -> Response:
    return answer({"code": code, "message": "Nie.", "data": {"status": status}}, status)


def site(itself: object = None, below: object = (), posted: object = None, feed: object = b"") -> Counter:
    """Return a site that knows one comment, what stands below it, and how it takes an answer."""

    def serve(request: Request) -> object:
        asked = parse_qs(urlsplit(request.url).query)
        if "feed" in asked:
            return feed
        route = asked["rest_route"][0]
        if request.method == "POST":
            assert route == "/wp/v2/comments"
            return posted or answer({"id": 9, "status": "approved"}, 201)
        assert not request.secret_headers
        if route.endswith("/2"):
            return itself or row(2, "Anna Nowak")
        assert asked["parent"] == ["2"]
        return list(below) if isinstance(below, tuple) else below

    return Counter(serve)


def reply(**more: Any) -> Any:
    return reply_to(MENTION, more.pop("text", TEXT), settings=SETTINGS, **{"secrets": SECRETS, **more})


def test_an_answer() -> None:
    place = site()
    assert place.send(SOURCE, reply()) == Sent(OURS)
    request = place.asked[-1]
    assert request.url == "https://kawaraj.example/blog/?rest_route=%2Fwp%2Fv2%2Fcomments"
    token = base64.b64encode(b"admin:abcd EFGH ijkl").decode()
    assert request.secret_headers == {"Authorization": f"Basic {token}"}
    assert json.loads(request.body) == {
        "post": 1,
        "parent": 2,
        "content": "Przepraszamy, 5 &lt; 7 &amp; &lt;b&gt;wyślemy&lt;/b&gt; nową!\n\nKawa Raj",
    }


@pytest.mark.parametrize(
    ("reached", "asked"),
    [
        ("https://www.kawaraj.example/blog/?rest_route=%2Fx", "https://www.kawaraj.example/blog/"),
        ("https://evil.example/", ""),
        ("http://kawaraj.example/", ""),
    ],
)
def test_the_password_goes_to_the_owners_site_only(reached: str, asked: str) -> None:
    place = site(itself=answer(row(2, "Anna Nowak"), url=reached))
    sent = place.send(SOURCE, reply())
    assert isinstance(sent, Sent)
    posts = [one.url for one in place.asked if one.method == "POST"]
    assert posts == ([f"{asked}?rest_route=%2Fwp%2Fv2%2Fcomments"] if asked else [])
    assert bool(sent.problem) is not bool(asked)


def test_the_same_answer_twice_stands_once() -> None:
    assert site(posted=refusal("comment_duplicate", 409)).send(SOURCE, reply()) == Sent()


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (refusal("comment_flood", 400), Problem("net.rate_limited", REFUSED, NOW + 60)),
        (refusal("comment_flood", 429), Problem("net.rate_limited", REFUSED, NOW + 60)),
        (refusal("incorrect_password", 401), Problem("sources.wordpress_password", REFUSED)),
        (refusal("rest_comment_login_required", 401), Problem("sources.wordpress_password", REFUSED)),
        (refusal("rest_comment_closed", 403), Problem("sources.answers_closed", REFUSED)),
        (refusal("rest_comment_invalid_post_id", 403), Problem("sources.answered_post_gone", REFUSED)),
        (refusal("rest_no_route", 404), Problem("sources.wordpress_closed", REFUSED)),
        (answer(b"<html>Forbidden by plugin", 403), Problem("sources.wordpress_closed", REFUSED)),
        (refusal("rest_forbidden", 403), Problem("watch.denied", {**REFUSED, "status": 403})),
        (refusal("rest_comment_content_invalid", 400), Problem("sources.answer_refused", REFUSED)),
        (answer([row()], 200), Problem("sources.wordpress_closed", REFUSED)),
    ],
)
def test_refusals(said: Response, problem: Problem) -> None:
    assert site(posted=said).send(SOURCE, reply()) == Sent(problem=problem)


@pytest.mark.parametrize(("code", "status"), [("rest_cannot_read", 401), ("rest_comment_invalid_id", 404)])
def test_a_comment_that_is_gone(code: str, status: int) -> None:
    place = site(itself=refusal(code, status))
    assert place.send(SOURCE, reply()) == Sent(problem=Problem("sources.answered_post_gone", REFUSED))
    assert [one.method for one in place.asked] == ["GET"]
    assert place.look(SOURCE, reply()) == Standing(gone=True)


def test_found_again() -> None:
    place = site(below=(row(8, "Anna Nowak"), row(7, text="<p>Inna sprawa zupełnie</p>"), row()))
    found = place.look(SOURCE, reply())
    assert isinstance(found, Standing)
    assert (found.stands, found.where) == (True, OURS)
    assert len(place.asked) == 1
    assert site(below=(row(8, "Anna Nowak"),)).look(SOURCE, reply()) == Standing(), "the customer quotes us"
    assert site(below=(row(date="2026-11-20T10:00:00"),)).look(SOURCE, reply()) == Standing()


def test_found_in_the_feed_where_the_interface_is_closed() -> None:
    entry = (
        "<entry><link rel='alternate' href='{0}x/#comment-{1}'/><author><name>Kawa Raj</name></author><id>{0}?p=1#comment-{1}</id>"
        "<published>2026-11-22T22:00:00Z</published><content type='html'>{2}</content><thr:in-reply-to ref='{0}?p=1#comment-{3}'/></entry>"
    )
    text = "&lt;p>In reply to Anna.&lt;/p>&lt;p>Przepraszamy, 5 &amp;lt; 7 &amp;amp; &amp;lt;b&amp;gt;wyślemy&amp;lt;/b&amp;gt; nową!&lt;/p>&lt;p>Kawa Raj&lt;/p>"

    def feed(parent: int) -> str:
        inside = entry.format(HOME, 9, text, parent)
        return f"<feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0'>{inside}</feed>"

    found = site(below=refusal("rest_no_route", 404), feed=feed(2)).look(SOURCE, reply())
    assert isinstance(found, Standing)
    assert (found.stands, found.where) == (True, OURS)
    assert site(below=answer(b"<html>", 403), feed=feed(5)).look(SOURCE, reply()) == Standing()
    broken = site(below=answer(b"<html>", 403), feed=b"%PDF").look(SOURCE, reply())
    assert broken == Standing(problem=Problem("sources.broken_answer", REFUSED))


def test_who_can_answer() -> None:
    def why(secrets: Mapping[str, str] = SECRETS, mention: Mention = MENTION, **settings: str) -> str:
        watch = Watch("w", "x", "wordpress_comments", settings={**SETTINGS, **settings})
        problem = SOURCE.why_no_answer(watch, mention, secrets)
        return problem.code if problem else ""

    assert why() == ""
    assert why({}) == why(user="") == "sources.no_wordpress_password"
    assert why(user="a:b") == "sources.colon_in_user"
    assert why(url="http://kawaraj.example/") == "sources.plain_server"
    assert why(mention=replace(MENTION, key="https://kawaraj.example/x/#comment-2")) == "sources.post_not_found"
    assert SOURCE.longest_answer(Watch("w", "x", "wordpress_comments"), MENTION) == 12_000
