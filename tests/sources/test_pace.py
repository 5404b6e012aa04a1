"""What a place asks for between polls holds on while it has nothing new, whichever source reads its feed."""

from __future__ import annotations

import pytest
from sources.conversing import NOW, UNCHANGED, converse
from sources.shapes import item, rss
from sources.test_catalog import SETTINGS

from app.sources.registry import SourceRegistry

FEEDS = (
    "bing_news",
    "comment_feed",
    "feed",
    "google_alerts",
    "google_news",
    "reddit",
    "wordpress_comments",
    "youtube_channel",
)


@pytest.mark.parametrize("source_id", FEEDS)
@pytest.mark.parametrize(("head", "wait"), [("<ttl>240</ttl>", 14_400.0), ("", 0.0)])
def test_a_feed_that_did_not_change_asks_for_what_it_asked_for(source_id: str, head: str, wait: float) -> None:
    source = SourceRegistry(lambda: ()).get(source_id)
    assert source
    told = converse(source, SETTINGS[source_id], [rss(item("<guid>1</guid>"), head)], first=True).reading
    assert told.wait == wait
    bookmark = {**told.bookmark, "kept": "as it was"}
    for hours in (1, 2):
        again = converse(source, SETTINGS[source_id], [UNCHANGED], bookmark=bookmark, now=NOW + 3_600 * hours).reading
        assert again.wait == wait
        assert again.problem is None
        bookmark = dict(again.bookmark)
        assert bookmark["kept"] == "as it was"


def test_a_handle_of_youtube_stays_known_and_its_feeds_wait_too() -> None:
    source = SourceRegistry(lambda: ()).get("youtube_channel")
    assert source
    found = '<link rel="canonical" href="https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv">'
    settings = {"channel": "@kawaraj"}
    told = converse(source, settings, [found, rss(item("<guid>1</guid>"), "<ttl>60</ttl>")]).reading
    again = converse(source, settings, [UNCHANGED], bookmark=told.bookmark)
    assert (again.reading.wait, len(again.requests)) == (3_600.0, 1)


def test_google_news_notes_when_it_searched_though_nothing_changed() -> None:
    source = SourceRegistry(lambda: ()).get("google_news")
    assert source
    again = converse(source, SETTINGS["google_news"], [UNCHANGED], bookmark={"wait": "60"}).reading
    assert (again.wait, dict(again.bookmark)) == (60.0, {"wait": "60", "searched": str(int(NOW))})
