"""Every source of the catalogue: what all of them have to be and to bear."""

from __future__ import annotations

import json
import re
import time
from dataclasses import asdict
from pathlib import Path

import pytest
from sources.conversing import converse, page
from sources.malformed import MAKERS, case
from sources.signing import account_file, apple_key, pem

from app.core.mention import LONGEST_TEXT
from app.core.ports.mail import MailRequest
from app.core.ports.net import Request
from app.core.ports.source import Source, among_of
from app.core.verdict import Among
from app.sources.registry import SourceRegistry
from app.words.problem_texts import TEXTS

ROOT = Path(__file__).resolve().parents[2]
IDS = sorted(path.stem for path in (ROOT / "app/sources/catalog").glob("*.py") if not path.stem.startswith("_"))
KINDS = {"url", "text", "number", "choice", "secret", "secret_text", "session"}
TOKEN = "Tajny-token-1234567890"

SETTINGS: dict[str, dict[str, str]] = {
    "feed": {"url": "https://kawaraj.example/feed/"},
    "google_news": {"words": "Kawa Raj", "edition": "Poland (Polish)"},
    "bing_news": {"words": "Kawa Raj", "edition": "Poland (Polish)"},
    "google_alerts": {"url": "https://www.google.com/alerts/feeds/01234/98765"},
    "wordpress_comments": {"url": "https://kawaraj.example/"},
    "comment_feed": {"url": "https://comments.kawaraj.example/feed?uri=/blog/kawa/"},
    "youtube_channel": {"channel": "UCabcdefghijklmnopqrstuv"},
    "reddit": {"words": "Kawa Raj", "agreed": "yes"},
    "mailbox": {"user": "biuro@kawaraj.example"},
    "web_page": {"url": "https://kawaraj.example/opinie", "selector": "li.review"},
    "mastodon": {"what": "hashtag", "server": "mastodon.example", "name": "kawaraj"},
    "bluesky": {"what": "search", "name": "KawaRaj", "user": "kawaraj.bsky.social"},
    "telegram_channel": {"channel": "@kawaraj"},
    "telegram_bot": {},
    "vk": {"what": "community", "name": "vk.com/kawaraj"},
    "youtube_comments": {"channel": "UCabcdefghijklmnopqrstuv"},
    "disqus": {"forum": "kawaraj"},
    "wykop": {"what": "entries", "name": "KawaRaj"},
    "hackernews": {"words": "KawaRaj"},
    "stackexchange": {"site": "superuser.com", "words": "KawaRaj"},
    "discourse": {"what": "everything new", "address": "https://forum.kawaraj.example"},
    "lemmy": {"server": "lemmy.example", "words": "KawaRaj"},
    "facebook_page": {"page": "kawaraj"},
    "instagram": {"account": "17841400000000000"},
    "x": {"what": "search", "name": "kawaraj", "limit": "5"},
    "app_store": {"app": "id1234567890", "countries": "pl, de"},
    "app_store_connect": {
        "app": "id1234567890",
        "issuer": "57246542-96fe-1a63-e053-0824d011072a",
        "key_id": "2X9R4HXF34",
    },
    "google_play": {"package": "pl.kawaraj.app"},
    "google_business": {"location": "Poznań"},
    "trustpilot": {"domain": "kawaraj.pl"},
    "allegro": {"client_id": "0123456789abcdef0123456789abcdef"},
}
"""Settings an owner could fill in. A source that is not named here is polled with words made from what it declares."""

SECRETS = {
    "app_store_connect": pem(apple_key()),
    "google_play": account_file(),
    "allegro": json.dumps({"access": TOKEN, "refresh": TOKEN, "until": 4_000_000_000}),
}
"""Secrets that are more than a word."""

GARBAGE = (
    b"", b"null", b"[]", b"{}", b"0", b'"x"', b"true", b"[[]]", b"[{}]", b"[null, 1, true]", b"{" * 5_000, b"[" * 100_000,
    b'{"a":' * 50_000, b"<" * 100_000, b"\xff\xfe\x00", b"%PDF-1.7", b"<html>", b"<rss", b"9" * 10_000, b'{"error": 1}',
)  # fmt: skip


def _source(source_id: str) -> Source:
    source = SourceRegistry(lambda: ()).get(source_id)
    assert source is not None
    return source


def _settings(source: Source) -> dict[str, str]:
    if source.id in SETTINGS:
        return SETTINGS[source.id]
    made = {}
    for setting in source.settings:
        if setting.is_secret:
            made[f"has_{setting.name}"] = "1"
        elif setting.kind == "choice":
            made[setting.name] = setting.choices[0]
        elif setting.required or setting.kind == "url":
            made[setting.name] = {"url": "https://kawaraj.example/", "number": "1"}.get(setting.kind, "kawaraj")
    return made


def _secrets(source: Source) -> dict[str, str]:
    return {setting.name: SECRETS.get(source.id, TOKEN) for setting in source.settings if setting.is_secret}


@pytest.mark.parametrize("source_id", IDS)
def test_it_says_who_it_is(source_id: str) -> None:
    source = _source(source_id)
    assert source.id == source_id
    assert source.title
    assert source.kinds
    assert source.shortest_interval >= 60
    assert (ROOT / "docs" / "sources" / f"{source.help_page}.md").is_file()


@pytest.mark.parametrize("source_id", IDS)
def test_its_settings_are_declared(source_id: str) -> None:
    names = [setting.name for setting in _source(source_id).settings]
    assert len(names) == len(set(names))
    for setting in _source(source_id).settings:
        assert setting.kind in KINDS
        assert setting.label
        assert bool(setting.choices) == (setting.kind == "choice")
        assert re.fullmatch(r"[a-z][a-z_]*", setting.name)
        if setting.only_with:
            name, value = setting.only_with
            assert value in next(one.choices for one in _source(source_id).settings if one.name == name)


def test_the_sources_of_nothing_but_the_owners_own_say_so() -> None:
    own = [source_id for source_id in IDS if getattr(_source(source_id), "own_by_nature", False)]
    assert own == ["facebook_page", "instagram", "mailbox", "telegram_bot"]


def test_searches_of_news_say_so() -> None:
    news = [source_id for source_id in IDS if among_of(_source(source_id), own=True) is Among.NEWS]
    assert news == ["bing_news", "google_news"]


@pytest.mark.parametrize("source_id", IDS)
def test_settings_are_checked_without_any_network(source_id: str) -> None:
    source = _source(source_id)
    for typed in ({}, {setting.name: "" for setting in source.settings}, _settings(source)):
        problem = source.check(typed)
        assert problem is None or problem.code in TEXTS
        tidied = source.tidy(typed)
        assert source.tidy(tidied) == tidied
        assert source.place(tidied) == source.place(typed)
    for text in ("https://[::1", "a b", "\x00", "ż" * 3_000, "../..", "https://u:p@h/", "?", "//", "@", "#", "\ud800"):
        typed = {setting.name: text for setting in source.settings if not setting.is_secret}
        problem = source.check(typed)
        assert problem is None or problem.code in TEXTS, (text, problem)
        tidied = source.tidy(typed)
        assert source.tidy(tidied) == tidied
        source.place(typed)


@pytest.mark.parametrize("source_id", IDS)
def test_its_first_request_is_made_without_sending(source_id: str) -> None:
    source = _source(source_id)
    if not source.settings:
        return
    heard = converse(source, _settings(source), [page(b"")], secrets=_secrets(source), first=True)
    for request in heard.requests:
        if isinstance(request, MailRequest):
            assert TOKEN not in repr(request)
            continue
        assert isinstance(request, Request)
        assert request.url.startswith("https://")
        assert request.method in {"GET", "POST", "PUT", "HEAD"}
        shown = repr((dict(request.headers), request.headers, request))
        assert not any(secret in shown for secret in _secrets(source).values())


def _bears(source: Source, body: bytes, content_type: str, name: str) -> None:
    start = time.thread_time()
    bookmark = {"kept": "x", "last": "nonsense", "newest": "nan", "told": "zz zz"}
    for first in (True, False):
        heard = converse(
            source,
            _settings(source),
            [page(body, content_type)],
            secrets=_secrets(source),
            first=first,
            bookmark=bookmark,
        )
        reading = heard.reading
        assert time.thread_time() - start < 20.0, name
        if reading.problem:
            assert reading.problem.code in TEXTS, name
        keys = [mention.key for mention in reading.mentions]
        assert all(keys), name
        assert len(keys) == len(set(keys)), name
        assert not first or len(reading.mentions) <= 100, name
        said = repr((reading.problem, dict(reading.bookmark), reading.title, keys))
        assert not any(secret in said for secret in (TOKEN, *_secrets(source).values())), name
        for mention in reading.mentions:
            assert mention.source == source.id, name
            assert len(mention.text) <= LONGEST_TEXT, name
            assert mention.url == "" or mention.url.startswith(("http://", "https://")), name
            repr(asdict(mention)).encode("utf-8")


@pytest.mark.parametrize("source_id", IDS)
def test_it_bears_garbage(source_id: str) -> None:
    source = _source(source_id)
    for body in GARBAGE:
        for content_type in ("application/json", "text/html", ""):
            _bears(source, body, content_type, f"{source_id} {body[:20]!r}")
    assert source


@pytest.mark.parametrize("source_id", IDS)
def test_it_bears_malformed_answers(source_id: str) -> None:
    source = _source(source_id)
    for seed in range(
        len(MAKERS)
    ):  # one of each kind; of the reader that most share, test_malformed.py tries many more
        made = case(seed, 20_000)
        _bears(source, made.body, made.content_type, f"{source_id} {made.name}")
    assert source
