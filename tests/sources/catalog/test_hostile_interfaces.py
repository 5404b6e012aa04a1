"""Answers of interfaces with anything in the place of anything: never an exception, never a mention that cannot be kept."""

from __future__ import annotations

import json
import random
from dataclasses import asdict

import pytest
from sources.conversing import Response, converse, page
from sources.place import NOW, sample
from sources.signing import account_file, apple_key, pem
from sources.spoiling import spoilt

from app.core.mention import LONGEST_TEXT
from app.core.ports.net import Request
from app.sources.registry import SourceRegistry

TOKEN = "Tajny-token-1234567890"
SERVER = {"server": "https://kawaraj.example"}
APPLE = {"app": "1234567890", "issuer": "57246542-96fe-1a63-e053-0824d011072a", "key_id": "2X9R4HXF34"}
SECRETS = {"app_store_connect": {"key": pem(apple_key())}, "google_play": {"account": account_file()}}
FIRST = {
    "/oauth2.googleapis.com/": ("token", "google_business/token.json"),
    "mybusinessaccountmanagement": ("accounts", "google_business/accounts.json"),
    "mybusinessbusinessinformation": ("locations", "google_business/locations.json"),
    "/business-units/find": ("find", "trustpilot/find.json"),
    "/auth/oauth/token": ("token", "allegro/token.json"),
    "/api/v3/auth": ("auth", "wykop/auth.json"),
}
"""What some places are asked before anything else: sound, unless it is what the way is about."""

WAYS: dict[str, tuple[str, dict[str, str], str]] = {
    "mastodon tag": ("mastodon", {**SERVER, "what": "hashtag", "name": "kawaraj"}, "mastodon/tag-timeline.json"),
    "mastodon mentions": ("mastodon", {**SERVER, "what": "mentions"}, "mastodon/notifications.mention.json"),
    "mastodon account": ("mastodon", {**SERVER, "what": "account", "name": "a"}, "mastodon/context.json"),
    "mastodon statuses": ("mastodon", {**SERVER, "what": "account", "name": "a"}, "mastodon/tag-timeline.json"),
    "mastodon search": ("mastodon", {**SERVER, "what": "search", "name": "a"}, "mastodon/search-v2.json"),
    "bluesky search": ("bluesky", {"what": "search", "name": "a", "user": "a.test"}, "bluesky/searchPosts.json"),
    "bluesky session": ("bluesky", {"what": "search", "name": "a", "user": "a.test"}, "bluesky/createSession.json"),
    "bluesky mentions": ("bluesky", {"what": "mentions", "user": "a.test"}, "bluesky/listNotifications.json"),
    "bluesky account": ("bluesky", {"what": "account", "name": "a.test"}, "bluesky/getAuthorFeed.anna.json"),
    "bluesky thread": ("bluesky", {"what": "account", "name": "a.test"}, "bluesky/getPostThread.json"),
    "hackernews": ("hackernews", {"words": "a"}, "hackernews/search_by_date.json"),
    "stackexchange": ("stackexchange", {"site": "cooking", "words": "a"}, "stackexchange/search_advanced.json"),
    "discourse new": ("discourse", {"what": "everything new", "address": "forum.example"}, "discourse/posts.json"),
    "discourse category": (
        "discourse",
        {"what": "category", "address": "forum.example/c/x/7"},
        "discourse/posts.json",
    ),
    "discourse search": ("discourse", {"address": "forum.example", "words": "a"}, "discourse/search.json"),
    "trustpilot": ("trustpilot", {"domain": "kawaraj.pl"}, "trustpilot/reviews.json"),
    "trustpilot find": ("trustpilot", {"domain": "kawaraj.pl"}, "trustpilot/find.json"),
    "app_store_connect": ("app_store_connect", APPLE, "app_store_connect/reviews.json"),
    "google_play": ("google_play", {"package": "pl.kawaraj.app"}, "google_play/reviews.json"),
    "google_play token": ("google_play", {"package": "pl.kawaraj.app"}, "google_business/token.json"),
    "google_business": ("google_business", {}, "google_business/reviews.json"),
    "google_business accounts": ("google_business", {}, "google_business/accounts.json"),
    "google_business locations": ("google_business", {}, "google_business/locations.json"),
    "allegro": ("allegro", {"client_id": "0123456789abcdef"}, "allegro/ratings.json"),
    "allegro token": ("allegro", {"client_id": "0123456789abcdef"}, "allegro/token.json"),
    "lemmy": ("lemmy", {**SERVER, "words": "a"}, "lemmy/search.json"),
    "telegram_bot": ("telegram_bot", {}, "telegram_bot/getUpdates.json"),
    "vk search": ("vk", {"what": "search", "name": "a"}, "vk/newsfeed.search.json"),
    "vk wall": ("vk", {"what": "community", "name": "kawaraj"}, "vk/wall.get.json"),
    "vk comments": ("vk", {"what": "community", "name": "kawaraj"}, "vk/wall.getComments.json"),
    "youtube_comments": (
        "youtube_comments",
        {"channel": "UCabcdefghijklmnopqrstuv"},
        "youtube_comments/commentThreads.json",
    ),
    "disqus": ("disqus", {"forum": "kawaraj"}, "disqus/listPosts.json"),
    "wykop entries": ("wykop", {"what": "entries", "name": "a"}, "wykop/search.entries.json"),
    "wykop links": ("wykop", {"what": "links", "name": "a"}, "wykop/link.comments.json"),
    "wykop auth": ("wykop", {"what": "entries", "name": "a"}, "wykop/auth.json"),
}
JUNK = (
    None, True, False, 0, -1, 7, 1e300, float("nan"), float("inf"), 10**400, "", " ", "x", "\ud800", "\x00\u202e", "a" * 70_000, "0",
    "9" * 60, "2026-99-99", "javascript:x", "http://[", "https://kawaraj.example/x", [], {}, [[]], [{}], [None, 1], {"a": 1}, {"id": 1},
    "<" * 5_000, "&#x110000;", "at://did:plc:a/app.bsky.feed.post/b", "1.2.3", "٣", "²",
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_anything_may_stand_anywhere(way: str) -> None:
    source_id, settings, name = WAYS[way]
    source = SourceRegistry(lambda: ()).get(source_id)
    assert source
    recorded = json.loads(sample(name))
    for seed in range(50):
        chance = random.Random(f"{way} {seed}")
        share = chance.choice((0.02, 0.05, 0.2))

        def serve(request: Request, chance: random.Random = chance, share: float = share) -> Response:
            first = next((FIRST[part] for part in FIRST if part in request.url), None)
            if first and first[0] not in way:
                return page(sample(first[1]), "application/json")
            if "Session" in request.url and "session" not in way:
                return page(json.dumps({"accessJwt": "a.b.c", "refreshJwt": "c"}))
            if way == "vk comments" and request.url.endswith("/wall.get"):
                return page(sample("vk/wall.get.json"), "application/json")
            if "/lookup" in request.url:
                return page('{"id": "5"}')
            if "/statuses" in request.url and "context" not in request.url and way == "mastodon account":
                return page(json.dumps([{"id": "7", "uri": "https://a/7", "content": "x", "replies_count": 4}]))
            if "getAuthorFeed" in request.url and way == "bluesky thread":
                return page(json.dumps({"feed": [{"post": {**recorded["thread"]["post"], "replyCount": 3}}]}))
            body = json.dumps(spoilt(recorded, chance, share, JUNK))
            return page(body, "application/json", status=chance.choice((200, 200, 200, 400, 401, 403, 404, 422, 500)))

        session = json.dumps({"access": "a.b", "refresh": f"{way} {seed}", "until": 0 if "token" in way else NOW * 2})
        names = ("token", "password", "key", "client_id", "client_secret", "refresh_token", "secret")
        secrets = {**dict.fromkeys(names, TOKEN), "session": session, **SECRETS.get(source_id, {})}
        bookmark: dict[str, str] = {}
        for first in (True, False):
            heard = converse(source, settings, [serve], secrets=secrets, first=first, bookmark=bookmark, own=True)
            reading = heard.reading
            bookmark = dict(reading.bookmark)
            keys = [mention.key for mention in reading.mentions]
            assert len(keys) == len(set(keys))
            assert TOKEN not in repr((reading, [request.url for request in heard.requests]))
            assert all(isinstance(value, str) and len(value) < 60_000 for value in bookmark.values())
            for mention in reading.mentions:
                repr(asdict(mention)).encode()
                assert 0 < len(mention.key) <= 1_100
                assert len(mention.text) <= LONGEST_TEXT
                assert mention.url == "" or mention.url.startswith(("http://", "https://"))
                assert mention.published is None or 0 < mention.published < NOW + 1e6
