"""Reddit: off by default, one request in 61 seconds for the host, honest when it is turned away."""

from __future__ import annotations

import pytest
from sources.conversing import NOW, UNCHANGED, converse, page

from app.sources.catalog.reddit import NO, PAUSE, SOURCE, YES

SETTINGS = {"words": "Kawa Raj", "subreddit": "r/warszawa", "agreed": YES}
POST = (
    "<entry><author><name>/u/anna_k</name><uri>https://www.reddit.com/user/anna_k</uri></author><category term='warszawa' label='r/warszawa'/>"
    "<content type='html'>&lt;!-- SC_OFF --&gt;&lt;div class=&quot;md&quot;&gt;&lt;p&gt;Zimna kawa w Kawa Raj.&lt;/p&gt;&lt;/div&gt;&lt;!-- SC_ON --&gt; &amp;#32; submitted by "
    "&amp;#32; &lt;a href=&quot;https://www.reddit.com/user/anna_k&quot;&gt; /u/anna_k &lt;/a&gt; &lt;br/&gt; &lt;span&gt;&lt;a href=&quot;https://www.reddit.com/x&quot;&gt;[link]&lt;/a&gt;&lt;/span&gt; "
    "&amp;#32; &lt;span&gt;&lt;a href=&quot;https://www.reddit.com/x&quot;&gt;[comments]&lt;/a&gt;&lt;/span&gt;</content><id>t3_abc123</id>"
    "<link href='https://www.reddit.com/r/warszawa/comments/abc123/zimna_kawa/'/><updated>2026-11-20T10:00:00+00:00</updated>"
    "<published>2026-11-20T10:00:00+00:00</published><title>Zimna kawa</title></entry>"
)
COMMENT = (
    "<entry><author><name>/u/jan</name></author><content type='html'>&lt;div class=&quot;md&quot;&gt;&lt;p&gt;U mnie też&lt;/p&gt;&lt;/div&gt;</content>"
    "<id>t1_def456</id><link href='https://www.reddit.com/r/warszawa/comments/abc123/zimna_kawa/def456/'/><updated>2026-11-20T11:00:00+00:00</updated>"
    "<title>/u/jan on Zimna kawa</title></entry>"
)
FEED = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>reddit.com: search</title>{POST}{COMMENT}</feed>"


def test_posts_and_comments() -> None:
    post, comment = converse(SOURCE, SETTINGS, [FEED], first=True).reading.mentions
    assert (post.key, post.author, post.handle) == ("t3_abc123", "anna_k", "https://www.reddit.com/user/anna_k")
    assert (post.title, post.text, post.published) == ("Zimna kawa", "Zimna kawa w Kawa Raj.", 1_795_168_800.0)
    assert post.url == "https://www.reddit.com/r/warszawa/comments/abc123/zimna_kawa/"
    assert (comment.key, comment.parent, comment.thread, comment.text) == (
        "t1_def456",
        "t3_abc123",
        "t3_abc123",
        "U mnie też",
    )


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ({"words": "Kawa Raj"}, "https://www.reddit.com/search.rss?q=%22Kawa+Raj%22&sort=new&t=week"),
        (
            {"words": "kawa", "subreddit": "r/warszawa"},
            "https://www.reddit.com/r/warszawa/search.rss?q=kawa&sort=new&t=week&restrict_sr=on",
        ),
        ({"subreddit": "https://old.reddit.com/r/warszawa/new/"}, "https://www.reddit.com/r/warszawa/new/.rss"),
        (
            {"subreddit": "https://www.reddit.com/r/warszawa/comments/abc123/zimna_kawa/"},
            "https://www.reddit.com/comments/abc123/.rss?sort=new",
        ),
    ],
)
def test_what_is_asked(settings: dict[str, str], url: str) -> None:
    (request,) = converse(SOURCE, {**settings, "agreed": "yes"}, [FEED]).requests
    assert (request.url, request.pause) == (url, PAUSE)
    assert request.pause >= 61.0


@pytest.mark.parametrize(("status", "code"), [(403, "sources.reddit_closed"), (429, "net.rate_limited")])
def test_it_says_when_it_is_turned_away_and_waits_an_hour(status: int, code: str) -> None:
    heard = converse(SOURCE, SETTINGS, [page("Blocked", status=status)], bookmark={"a": "b"})
    assert heard.reading.problem is not None
    assert (heard.reading.problem.code, heard.reading.problem.retry_at) == (code, NOW + 3_600)
    assert dict(heard.reading.bookmark) == {"a": "b"}
    assert status in heard.requests[0].errors


def test_a_wall_in_place_of_results() -> None:
    reading = converse(SOURCE, SETTINGS, [page("<html><body>whoa there, pardner!</body></html>")]).reading
    assert reading.problem is not None
    assert reading.problem.code == "sources.no_results"


def test_it_is_off_until_the_owner_agrees() -> None:
    for agreed in ("", NO, "no"):
        settings = {**SETTINGS, "agreed": agreed}
        problem = SOURCE.check(settings)
        assert problem is not None
        assert problem.code == "sources.reddit_off"
        assert converse(SOURCE, settings, [FEED]).requests == []
    assert SOURCE.check(SETTINGS) is None
    assert next(setting for setting in SOURCE.settings if setting.name == "agreed").choices[0] == NO
    assert SOURCE.shortest_interval >= 3_600


@pytest.mark.parametrize(
    ("settings", "code"),
    [({}, "sources.no_reddit_place"), ({"words": '"x'}, "sources.open_quote"), ({"subreddit": "https://a.example/r/x/"}, "sources.no_subreddit")],
)  # fmt: skip
def test_what_is_typed_wrongly(settings: dict[str, str], code: str) -> None:
    problem = SOURCE.check({**settings, "agreed": YES})
    assert problem is not None
    assert problem.code == code


def test_nothing_new_and_the_place() -> None:
    assert converse(SOURCE, SETTINGS, [UNCHANGED], bookmark={"a": "b"}).reading.bookmark == {"a": "b"}
    assert SOURCE.place(SETTINGS) == SOURCE.place({**SETTINGS, "subreddit": "https://www.reddit.com/r/Warszawa/"})
    assert SOURCE.place(SETTINGS).startswith("www.reddit.com/")
