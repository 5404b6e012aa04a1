"""Whatever is sent to a source that looks: suggestions or none, three requests at most, never an exception."""

from __future__ import annotations

import json

import pytest
from sources.conversing import Response, page
from sources.find.looking import SOURCES, hand_of, look
from sources.malformed import case

from app.core.ports.find import Finding
from app.core.ports.net import Request
from app.listen.find import MOST_REQUESTS

IDS = [source.id for source in SOURCES.all() if isinstance(source, Finding)]
HANDS = (
    "https://kawaraj.example/", "https://youtube.com/@x", "https://t.me/kawaraj", "https://bsky.app/profile/a.b", "Kawa Raj, Łódź",
    "https://social.example/@anna", "https://[::1", "https://kawaraj.example:99999/", "@kawaraj", "@anna@kawaraj.example", "\ud800",
    "@anna.bsky.social", "https://apps.apple.com/pl/app/id1234567890", "news.ycombinator.com", "reddit.com/r/a", "«»", "a, ,",
)  # fmt: skip
LINKS = "".join(
    f'<a href="{url}">x</a>'
    for url in (
        "https://[", "https://t.me/\x00", "https://t.me/s/kawaraj", "javascript:x", "https://bsky.app/profile/..", "//", "/@x",
        "https://youtube.com/channel/UC", "https://apps.apple.com/app/id99999", "https://social.example/@a/../b", "http://10.0.0.1/@root",
    )
)  # fmt: skip
BODIES: tuple[bytes, ...] = (
    b"", b"{}", b"[]", b"null", b'{"links": [{"rel": "self", "href": 7}]}', b'{"links": {"rel": "self"}}', b"<" * 50_000,
    json.dumps({"actors": [None, {"handle": 1}, {"handle": "a.b", "displayName": ["x"]}], "id": "1", "acct": "x\n"}).encode(),
    f'<html><meta name="generator" content="Discourse"><link rel="https://api.w.org/" href="http://[">{LINKS}lemmy'.encode(),
    f'<html><link rel="alternate" type="application/rss+xml" href="http://[">{LINKS * 200}'.encode(),
    *(case(seed, 200_000).body for seed in range(12)),
)  # fmt: skip


@pytest.mark.parametrize("source_id", IDS)
def test_it_bears_anything(source_id: str) -> None:
    for typed in HANDS:
        try:
            hand = hand_of(typed, name="Kawa Raj", town="Łódź")
        except ValueError:  # nothing in hand
            continue
        for body in BODIES:
            for status in (200, 404):
                found, asked = look(source_id, hand, _always(body, status))
                assert len(asked) <= MOST_REQUESTS
                assert all(one.name and len(one.name) < 400 for one in found)
                assert all(url.isprintable() and url.startswith("http") for url in asked if url != hand.url)


def _always(body: bytes, status: int) -> object:
    def answer(_request: Request) -> Response:
        return page(body, status=status)

    return answer


def test_all_that_should_can_look() -> None:
    assert set(IDS) >= {"feed", "wordpress_comments", "mastodon", "bluesky", "youtube_channel", "telegram_channel"}
    assert set(IDS) >= {"google_news", "bing_news", "app_store", "discourse", "lemmy", "web_page"}
