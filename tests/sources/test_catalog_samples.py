"""Every source of the catalogue on a sample of what its place answers: the mentions expected stand beside the samples.

`test_catalog_samples.py` run as a program writes the expectations anew, to be read before they are kept.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

import pytest
from sources.conversing import converse, page
from sources.test_catalog import IDS, _secrets, _settings, _source

from app.core.ports.mail import MailRequest
from app.core.ports.net import Request, Response

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
EXPECTED = SAMPLES / "catalog.expected.json"

ANSWERS: dict[str, dict[str, str]] = {
    "allegro": {"/token": "allegro/token.json", "": "allegro/ratings.json"},
    "app_store": {"": "app_store/reviews.xml"},
    "app_store_connect": {"": "app_store_connect/reviews.json"},
    "bing_news": {"": "bing_news/search.rss"},
    "bluesky": {"createSession": "bluesky/createSession.json", "": "bluesky/searchPosts.json"},
    "comment_feed": {"": "comment_feed/feed2.atom"},
    "discourse": {"": "discourse/posts.json"},
    "disqus": {"": "disqus/listPosts.json"},
    "facebook_page": {"/ratings": "meta/ratings.json", "": "meta/feed.json"},
    "feed": {"": "feeds/redmine-board.atom"},
    "google_alerts": {"": "feeds/google-alerts.atom"},
    "google_business": {
        "/token": "google_business/token.json",
        "/reviews": "google_business/reviews.json",
        "/locations": "google_business/locations.json",
        "": "google_business/accounts.json",
    },
    "google_news": {"": "feeds/google-news.rss"},
    "google_play": {"/token": "google_business/token.json", "": "google_play/reviews.json"},
    "hackernews": {"": "hackernews/search_by_date.json"},
    "instagram": {"/media": "meta/media.json", "": "meta/tags.json"},
    "lemmy": {"": "lemmy/search.json"},
    "mailbox": {"": "mailbox/customer-pl.eml"},
    "mastodon": {"": "mastodon/tag-timeline.json"},
    "reddit": {"": "reddit/search.atom"},
    "stackexchange": {"": "stackexchange/search_advanced.json"},
    "telegram_bot": {"": "telegram_bot/getUpdates.json"},
    "telegram_channel": {"": "telegram_channel/page.html"},
    "trustpilot": {"/find": "trustpilot/find.json", "": "trustpilot/reviews.json"},
    "vk": {"": "vk/newsfeed.search.json"},
    "web_page": {"": "web_page/opinie.html"},
    "wordpress_comments": {"": "wordpress_comments/comments.atom"},
    "wykop": {"/auth": "wykop/auth.json", "/comments": "wykop/entry.comments.json", "": "wykop/search.entries.json"},
    "x": {"": "x/search.json"},
    "youtube_channel": {"": "youtube_channel/videos.xml"},
    "youtube_comments": {"": "youtube_comments/commentThreads.json"},
}
"""What is answered to a request whose address holds these letters; the first that fits counts, «» fits all."""

KINDS = {".json": "application/json", ".html": "text/html; charset=utf-8", ".eml": "message/rfc822"}


def _heard(source_id: str) -> list[dict[str, object]]:
    """Return what a first poll makes of the sample."""
    source = _source(source_id)

    def serve(request: Request | MailRequest) -> Response:
        url = request.url if isinstance(request, Request) else ""
        path = SAMPLES / next(name for letters, name in ANSWERS[source_id].items() if letters in url)
        return page(path.read_bytes(), KINDS.get(path.suffix, "application/xml"))

    reading = converse(source, _settings(source), [serve], secrets=_secrets(source), first=True).reading
    assert reading.problem is None
    return [
        {
            "key": mention.key,
            "url": mention.url,
            "title": mention.title,
            "text": mention.text[:100],
            "author": mention.author,
            "published": mention.published,
            "stars": mention.stars,
            "parent": mention.parent,
            "thread": mention.thread,
        }
        for mention in reading.mentions
    ]


@pytest.mark.parametrize("source_id", IDS)
def test_a_sample_brings_the_expected_mentions(source_id: str) -> None:
    expected = json.loads(EXPECTED.read_text("utf-8"))[source_id]
    assert expected
    assert _heard(source_id) == expected


if __name__ == "__main__":
    EXPECTED.write_text(json.dumps({one: _heard(one) for one in IDS}, ensure_ascii=False, indent=1) + "\n", "utf-8")
