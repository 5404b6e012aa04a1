"""YouTube channels: the id found from a handle, the videos of a channel, and feeds that fail now and then."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sources.conversing import UNCHANGED, converse, page

from app.sources.catalog.youtube_channel import SOURCE

ID = "UCabcdefghijklmnopqrstuv"
OTHER = "UC0000000000000000000000"
FEED = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
 <link rel="self" href="http://www.youtube.com/feeds/videos.xml?channel_id={ID}"/><id>yt:channel:{ID[2:]}</id><yt:channelId>{ID[2:]}</yt:channelId>
 <title>Kawowy Vlog</title><author><name>Kawowy Vlog</name><uri>https://www.youtube.com/channel/{ID}</uri></author>
 <entry><id>yt:video:dQw4w9WgXcQ</id><yt:videoId>dQw4w9WgXcQ</yt:videoId><yt:channelId>{ID}</yt:channelId><title>KawaRaj: najgorsza kawa w mieście?</title>
  <link rel="alternate" href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"/><author><name>Kawowy Vlog</name><uri>https://www.youtube.com/channel/{ID}</uri></author>
  <published>2026-11-20T10:00:00+00:00</published><updated>2026-11-21T01:02:03+00:00</updated>
  <media:group><media:title>KawaRaj: najgorsza kawa w mieście?</media:title><media:content url="https://www.youtube.com/v/dQw4w9WgXcQ?version=3" type="application/x-shockwave-flash"/>
   <media:description>Czekaliśmy godzinę.\nNigdy więcej.</media:description><media:community><media:starRating count="9" average="5.00" min="1" max="5"/><media:statistics views="123"/></media:community></media:group></entry>
</feed>"""
PAGE = f"""<!doctype html><html><script>{{"channelId":"{OTHER}"}}</script><link rel="canonical" href="https://www.youtube.com/channel/{ID}"><body></body></html>"""


def test_a_handle_is_looked_up_once() -> None:
    heard = converse(SOURCE, {"channel": "@kawowy"}, [page(PAGE), FEED], first=True)
    assert [request.url for request in heard.requests] == [
        "https://www.youtube.com/@kawowy",
        f"https://www.youtube.com/feeds/videos.xml?channel_id={ID}",
    ]
    again = converse(SOURCE, {"channel": "@kawowy"}, [UNCHANGED], bookmark=heard.reading.bookmark)
    assert [request.url for request in again.requests] == [heard.requests[1].url]
    assert dict(again.reading.bookmark) == dict(heard.reading.bookmark)


def test_a_video() -> None:
    heard = converse(SOURCE, {"channel": ID}, [FEED], first=True)
    assert len(heard.requests) == 1
    (mention,) = heard.reading.mentions
    assert (mention.key, mention.url) == ("yt:video:dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    assert (mention.title, mention.text) == ("KawaRaj: najgorsza kawa w mieście?", "Czekaliśmy godzinę.\nNigdy więcej.")
    assert (mention.author, mention.handle) == ("Kawowy Vlog", f"https://www.youtube.com/channel/{ID}")
    assert (mention.published, mention.stars, heard.reading.title) == (1_795_168_800.0, None, "Kawowy Vlog")


@pytest.mark.parametrize("status", [404, 500])
def test_a_feed_that_fails_is_no_wrong_channel(status: int) -> None:
    heard = converse(SOURCE, {"channel": ID}, [page("", status=status)], bookmark={"a": "b"})
    assert heard.reading.problem is not None
    assert (heard.reading.problem.code, dict(heard.reading.bookmark)) == ("sources.youtube_faulty", {"a": "b"})
    assert status in heard.requests[0].errors


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (page("<html></html>"), "sources.unknown_youtube_channel"),
        (page("", status=404), "sources.unknown_youtube_channel"),
        (
            replace(page("<html>Before you continue</html>"), url="https://consent.youtube.com/m?continue=x"),
            "sources.youtube_consent",
        ),
    ],
)
def test_a_handle_that_leads_nowhere(answer: object, code: str) -> None:
    heard = converse(SOURCE, {"channel": "@nikt"}, [answer])  # type: ignore[list-item]
    assert heard.reading.problem is not None
    assert heard.reading.problem.code == code
    assert len(heard.requests) == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (ID, ID),
        (f"https://www.youtube.com/channel/{ID}/videos?view=0", ID),
        (f"https://www.youtube.com/feeds/videos.xml?channel_id={ID}", ID),
        ("https://www.youtube.com/@kawowy", "@kawowy"),
        ("youtube.com/@kawowy/videos", "@kawowy"),
        ("https://m.youtube.com/@Ka%C5%BCdy?si=x", "@Każdy"),
        ("@kawowy", "@kawowy"),
        ("kawowy", "@kawowy"),
        ("https://www.youtube.com/c/Kawowy", "c/Kawowy"),
        ("https://www.youtube.com/user/Kawowy/", "user/Kawowy"),
    ],
)
def test_ways_to_name_a_channel(typed: str, kept: str) -> None:
    assert SOURCE.check({"channel": typed}) is None
    assert SOURCE.tidy({"channel": typed})["channel"] == kept
    assert SOURCE.place({"channel": typed}) == SOURCE.place({"channel": kept})


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "sources.no_youtube_channel"),
        ("https://www.youtube.com/", "sources.no_youtube_channel"),
        ("https://kawaraj.example/@x", "sources.no_youtube_channel"),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "sources.youtube_video"),
        ("https://youtu.be/dQw4w9WgXcQ", "sources.youtube_video"),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", "sources.youtube_video"),
    ],
)
def test_what_is_no_channel(typed: str, code: str) -> None:
    problem = SOURCE.check({"channel": typed})
    assert problem is not None
    assert problem.code == code


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"\xff\xfe\x00",
        b"<" * 100_000,
        b'<link rel="canonical" href="' * 9_000,
        b'"externalId":"UC' * 9_000,
    ],
)
def test_a_page_of_garbage_names_no_channel(body: bytes) -> None:
    heard = converse(SOURCE, {"channel": "@kawowy"}, [page(body)])
    assert heard.reading.problem is not None
    assert heard.reading.problem.code == "sources.unknown_youtube_channel"
