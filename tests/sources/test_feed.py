"""The feed source: what it asks for, what it takes for an address, and what it does with answers of every kind."""

from __future__ import annotations

import base64
import builtins
import io
import socket
from typing import Any

import pytest
from sources.polling import ADDRESS, polled
from sources.shapes import atom, entry, item, rss

from app.core.ports.source import Source
from app.core.watch import WatchKind
from app.sources.catalog.feed import SOURCE


def test_it_is_a_source() -> None:
    source: Source = SOURCE
    assert (source.id, source.shortest_interval) == ("feed", 300)
    assert set(source.kinds) == {WatchKind.CHANNEL, WatchKind.SEARCH}
    assert [(setting.name, setting.kind, setting.required) for setting in source.settings] == [
        ("url", "url", True),
        ("user", "text", False),
        ("password", "secret", False),
    ]


def test_one_request_for_the_address_as_kept() -> None:
    request, _ = polled(rss(""))
    assert (request.url, request.method, request.unchanged_ok) == (ADDRESS, "GET", True)
    assert "application/atom+xml" in request.headers["Accept"]
    assert request.secret_headers == {}


def test_name_and_password_go_into_a_secret_header_only() -> None:
    request, _ = polled(rss(""), settings={"user": "anna"}, secrets={"password": "zażółć"})
    scheme, _, coded = request.secret_headers["Authorization"].partition(" ")
    assert (scheme, base64.b64decode(coded).decode()) == ("Basic", "anna:zażółć")
    assert "anna" not in repr((request.url, dict(request.headers)))


def test_nothing_changed_means_nothing_heard_and_the_same_bookmark() -> None:
    _, reading = polled(b"", unchanged=True)
    assert (reading.mentions, reading.problem, dict(reading.bookmark)) == ((), None, {"kept": "as it was"})


@pytest.mark.parametrize("text", [rss(""), atom(""), '{"version": "https://jsonfeed.org/version/1", "items": []}'])
def test_an_empty_feed_is_no_problem(text: str) -> None:
    _, reading = polled(text)
    assert (reading.mentions, reading.problem, dict(reading.bookmark)) == ((), None, {"kept": "as it was"})


@pytest.mark.parametrize(
    ("head", "wait"),
    [
        ("<ttl>240</ttl>", 14_400.0),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", 3_600.0),
        ("<ttl>9999999</ttl>", 86_400.0),
        ("", 0.0),
    ],
)
def test_what_a_feed_asks_for_holds_until_it_asks_otherwise(head: str, wait: float) -> None:
    told = polled(rss("", head=head))[1]
    assert told.wait == wait
    again = polled(b"", unchanged=True, bookmark=told.bookmark)[1]
    assert (again.wait, again.bookmark) == (wait, told.bookmark)
    assert polled(b"", unchanged=True, bookmark=again.bookmark)[1].wait == wait
    without = polled(rss(""), bookmark=again.bookmark)[1]
    assert (without.wait, dict(without.bookmark)) == (0.0, {"kept": "as it was"})
    assert polled(b"", unchanged=True, bookmark=without.bookmark)[1].wait == 0.0


@pytest.mark.parametrize("kept", ["", "-5", "nan", "inf", "soon", "9" * 400])
def test_a_wait_that_is_not_ours_is_none(kept: str) -> None:
    assert polled(b"", unchanged=True, bookmark={"wait": kept})[1].wait == 0.0


def test_a_feed_that_ends_in_its_middle_says_so() -> None:
    for whole in (
        rss(item("<guid>1</guid>") + item("<guid>2</guid>")),
        atom(entry("<title>x</title>") + entry("<title>y</title>", "tag:2")),
    ):
        assert not polled(whole)[1].cut
        assert not polled(whole.replace("kawa<", "kawa & nic<"))[1].cut
        reading = polled(whole[: max(whole.rfind("</item>"), whole.rfind("</entry>")) - 5])[1]
        assert (len(reading.mentions), reading.cut) == (1, True)


def test_the_first_poll_takes_the_newest_hundred_in_the_order_of_the_feed() -> None:
    days = [f"<guid>g{n}</guid><pubDate>2026-{1 + n // 28:02}-{1 + n % 28:02}T00:00:00Z</pubDate>" for n in range(150)]
    feed = rss("".join(map(item, days)))
    assert len(polled(feed)[1].mentions) == 150
    first = polled(feed, first=True)[1].mentions
    assert [mention.key.split()[1] for mention in first] == [f"g{n}" for n in range(50, 150)]


def test_the_first_hundred_where_nothing_has_a_date() -> None:
    _, reading = polled(rss("".join(f"<item><guid>g{n}</guid><title>t</title></item>" for n in range(120))), first=True)
    assert [mention.key.split()[1] for mention in reading.mentions] == [f"g{n}" for n in range(100)]


def test_links_are_resolved_against_the_final_address_and_keys_are_not() -> None:
    body = rss("<item><title>x</title><link>/o/1</link><guid isPermaLink='false'>7</guid></item>")
    _, asked = polled(body)
    _, moved = polled(body, final="https://nowa.example/feed")
    assert moved.mentions[0].url == "https://nowa.example/o/1"
    assert moved.mentions[0].key == asked.mentions[0].key == "kawaraj.example/feed 7"


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        (b"", "application/rss+xml", "sources.empty_answer"),
        (b" \n\t ", "", "sources.empty_answer"),
        (b"%PDF-1.7 ...", "application/rss+xml", "sources.not_text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "image/png", "sources.not_text"),
        (b"PK\x03\x04....", "", "sources.not_text"),
        (bytes(range(32)) * 20, "", "sources.not_text"),
        (b"Hello, this is no feed.", "text/plain", "sources.nothing_feed"),
        (b'<?xml version="1.0"?><urlset><url/></urlset>', "text/xml", "sources.nothing_feed"),
        (b'{"error": "not found"}', "application/json", "sources.nothing_feed"),
        (b"<html><body>no feed</body></html>", "text/html", "sources.nothing_feed"),
        (b"<!doctype html><form><input type='password' name=p></form>", "text/html", "sources.login_page"),
        (b"<rss", "", "sources.broken_feed"),
        (b"<rss><channel><item", "", "sources.broken_feed"),
    ],
)
def test_what_is_no_feed_is_a_problem_that_names_the_host(body: bytes, content_type: str, code: str) -> None:
    _, reading = polled(body, content_type)
    assert reading.problem is not None
    assert (reading.problem.code, dict(reading.problem.args)) == (code, {"host": "kawaraj.example"})
    assert reading.mentions == ()
    assert dict(reading.bookmark) == {"kept": "as it was"}


def test_a_page_suggests_the_feeds_it_names() -> None:
    page = (
        "<!doctype html><html><head><title>Blog &amp; opinie</title>"
        '<link rel="alternate" type="application/rss+xml" title="Wpisy" href="/feed/">'
        '<link rel="alternate" type="application/rss+xml" title="Komentarze" href="/comments/feed/"></head></html>'
    )
    _, reading = polled(page, "text/html")
    assert reading.problem is not None
    assert reading.problem.code == "sources.page_not_feed"
    assert [(one.source, one.name, dict(one.settings)) for one in reading.suggestions] == [
        ("feed", "Wpisy", {"url": "https://kawaraj.example/feed/"}),
        ("feed", "Komentarze", {"url": "https://kawaraj.example/comments/feed/atom/"}),
    ]


@pytest.mark.parametrize(
    "body", ["http://127.0.0.1:{port}/", "/etc/passwd", "file:///etc/passwd", "tests/conftest.py", "<rss>&x;</rss>"]
)
def test_reading_opens_no_file_and_no_socket(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    polled("<rss><channel><item><title>a & b</title></item></channel></rss>")  # feedparser is imported by now
    opened: list[str] = []

    def refuse(*args: Any, **kwargs: Any) -> Any:
        opened.append(repr(args))
        raise AssertionError(args)

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.0)
        port = server.getsockname()[1]
        monkeypatch.setattr(builtins, "open", refuse)
        monkeypatch.setattr(io, "open", refuse)
        monkeypatch.setattr(socket, "socket", refuse)
        doctype = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "http://127.0.0.1:{port}/"><!ENTITY % y SYSTEM "file:///etc/passwd">%y;]>'
        for text in (
            body.format(port=port),
            doctype + "<rss>&x;<channel><item><title>&x;</title></item></channel></rss>",
        ):
            polled(text)
        monkeypatch.undo()
        with pytest.raises(BlockingIOError):
            server.accept()
    assert opened == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "sources.no_address"),
        ("   ", "sources.no_address"),
        ("kawa", "sources.bad_address"),
        ("https://", "sources.bad_address"),
        ("https://[::1", "sources.bad_address"),
        ("https://a..b/", "sources.bad_address"),
        ("https://a.example:port/", "sources.bad_address"),
        ("https://a.example/a b", "sources.space_in_address"),
        ("zimna kawa.pl", "sources.space_in_address"),
        ("ftp://a.example/feed", "sources.not_web_address"),
        ("mailto:anna@a.example", "sources.not_web_address"),
        ("javascript:alert(1)", "sources.not_web_address"),
        ("https://anna:secret@a.example/feed", "sources.password_in_address"),
        ("anna:secret@a.example/feed", "sources.password_in_address"),
        ("/home/anna/feed.xml", "sources.file_address"),
        ("~/feed.xml", "sources.file_address"),
        ("./feed.xml", "sources.file_address"),
        ("C:\\feeds\\a.xml", "sources.file_address"),
        ("\\\\server\\a.xml", "sources.file_address"),
        ("file:///etc/passwd", "sources.file_address"),
    ],
)
def test_what_cannot_be_an_address_is_told_before_anything_is_sent(typed: str, code: str) -> None:
    problem = SOURCE.check({"url": typed})
    assert problem is not None
    assert problem.code == code
    assert "secret" not in repr(problem)
    assert (checked_again := SOURCE.check(SOURCE.tidy({"url": typed}))) is None or checked_again.code.startswith(
        "sources."
    )


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("http://a.example/feed", "sources.plain_server"),
        ("feed:http://a.example/feed", "sources.plain_server"),
        ("HTTP://8.8.8.8/", "sources.plain_server"),
        ("a.example/feed", None),
        ("https://a.example/feed", None),
        ("feed://a.example/feed", None),
        ("http://192.168.1.5/feed", None),
        ("http://localhost:8080/feed", None),
    ],
)
def test_a_password_goes_over_the_web_only_encrypted(typed: str, code: str | None) -> None:
    problem = SOURCE.check({"url": typed, "user": "anna"})
    assert (problem.code if problem else None) == code
    assert SOURCE.check({"url": typed, "user": " "}) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://a.example/feed", "https://a.example/feed"),
        ("  a.example/feed \n", "https://a.example/feed"),
        ("feed://a.example/rss", "https://a.example/rss"),
        ("feed:https://a.example/rss", "https://a.example/rss"),
        ("feed://http://a.example/rss", "http://a.example/rss"),
        ("//a.example/rss", "https://a.example/rss"),
        ("localhost:8080/rss", "https://localhost:8080/rss"),
        ("http://nas/feed.xml", "http://nas/feed.xml"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("żółw.example/ó", "https://żółw.example/ó"),
        ("HTTP://A.example/", "HTTP://A.example/"),
    ],
)
def test_addresses_are_completed(typed: str, kept: str) -> None:
    assert SOURCE.check({"url": typed}) is None
    tidied = SOURCE.tidy({"url": typed, "user": " anna "})
    assert dict(tidied) == {"url": kept, "user": "anna"}
    assert SOURCE.tidy(tidied) == tidied
    assert SOURCE.check({**tidied, "user": ""}) is None


def test_a_user_name_cannot_hold_a_colon() -> None:
    problem = SOURCE.check({"url": "a.example", "user": "a:b"})
    assert problem is not None
    assert problem.code == "sources.colon_in_user"


def test_the_same_place_however_it_is_written() -> None:
    same = (
        "https://www.a.example/feed/",
        "http://a.example/feed",
        "A.example:443/feed#top",
        "feed://a.example/feed",
        "http://a.example:80/feed",
    )
    assert {SOURCE.place({"url": url}) for url in same} == {"a.example/feed"}
    others = (
        "a.example/feed?p=1",
        "a.example/feed?p=2",
        "a.example:8080/feed",
        "b.example/feed",
        "a.example/Feed",
        "https://[x",
    )
    assert len({SOURCE.place({"url": url}) for url in (*same, *others)}) == 1 + len(others)


def test_what_lies_in_the_future_has_no_date() -> None:
    _, reading = polled(rss(item("<pubDate>2026-11-25T00:00:00Z</pubDate>")))
    assert reading.mentions[0].published is None
    _, reading = polled(rss(item("<pubDate>2026-11-23T00:00:00Z</pubDate>")))
    assert reading.mentions[0].published == 1_795_392_000.0


def test_what_nobody_sees_is_no_part_of_an_address() -> None:
    assert SOURCE.tidy({"url": "\ufeffblog.example/own.xml\u200b"})["url"] == "https://blog.example/own.xml"


@pytest.mark.parametrize("messy", [False, True])
@pytest.mark.parametrize(
    ("written", "key", "url"),
    [
        ("msg-17", "https://a.example/f/msg-17", ""),
        ("17", "https://a.example/f/17", ""),
        ("/opinie/17", "https://a.example/opinie/17", ""),
        ("tag:a.example,2026:17", "tag:a.example,2026:17", ""),
        ("urn:uuid:17", "urn:uuid:17", ""),
        ("https://b.example/17?a=1&amp;b=2", "https://b.example/17?a=1&b=2", "https://b.example/17?a=1&b=2"),
        ("http://a.example/f/msg-17", "http://a.example/f/msg-17", "http://a.example/f/msg-17"),
        ("<![CDATA[https://b.example/17?a=1&b=2]]>", "https://b.example/17?a=1&b=2", "https://b.example/17?a=1&b=2"),
    ],
)
def test_an_atom_id_is_an_address_only_if_it_is_written_as_one(
    written: str, key: str, url: str, *, messy: bool
) -> None:
    """The key stays what it was: archives know mentions by it."""
    body = atom(entry("<title>x</title>", written), attributes='xml:base="https://a.example/f/"')
    _, reading = polled(body.replace("</feed>", "&nbsp;</feed>") if messy else body)
    (mention,) = reading.mentions
    assert (mention.key.replace("&amp;", "&"), mention.url) == (key, url)


@pytest.mark.parametrize("messy", [False, True])
def test_a_permalink_of_rss_may_be_a_relative_one(*, messy: bool) -> None:
    body = rss(
        '<item><title>x</title><guid isPermaLink="true">/o/17</guid></item>', attributes='xml:base="https://a.example/"'
    )
    _, reading = polled(body.replace("</rss>", "&nbsp;</rss>") if messy else body)
    assert [mention.url for mention in reading.mentions] == ["https://a.example/o/17"]


@pytest.mark.parametrize("messy", [False, True])
def test_the_link_of_an_entry_counts_whatever_its_id_is(*, messy: bool) -> None:
    body = atom(entry("<title>x</title><link href='17.html'/>", "msg-17"), attributes='xml:base="https://a.example/f/"')
    _, reading = polled(body.replace("</feed>", "&nbsp;</feed>") if messy else body)
    assert [mention.url for mention in reading.mentions] == ["https://a.example/f/17.html"]
