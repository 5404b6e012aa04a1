"""The sample shop's feeds and server."""

import urllib.request
from pathlib import Path
from urllib.error import HTTPError
from xml.etree import ElementTree as ET

import pytest

from app.core.verdict import Kind
from app.detect.detector import LearningDetector
from app.sample.server import SampleServer
from app.sample.shop import PACE, load, watches

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
NOW = 1_800_000_000.0


def _titles(feed: str) -> list[str]:
    return [guid.text or "" for guid in ET.fromstring(feed).iter("guid")]


def test_feeds_grow_with_time() -> None:
    shop = load(RESOURCES, NOW)
    before, after = shop.feed("opinie", NOW), shop.feed("opinie", NOW + 10 * PACE)
    assert before is not None
    assert after is not None
    assert set(_titles(before)) < set(_titles(after))
    assert shop.feed("nonsense", NOW) is None


def test_every_watch_has_its_feed_and_all_three_languages_are_heard() -> None:
    shop = load(RESOURCES, NOW)
    made = watches(shop, "http://127.0.0.1:1")
    assert {one.language for one in made} == {"pl", "ru", "en"}
    assert all(one.allow_private for one in made)
    for one in made:
        feed_id = one.settings["url"].rsplit("/", 1)[-1].removesuffix(".xml")
        assert shop.feed(feed_id, NOW)


def test_each_text_is_judged_as_what_it_is_meant_to_show() -> None:
    shop, detector = load(RESOURCES, NOW), LearningDetector(RESOURCES)
    shown = set()
    for watch in shop.watches:
        for item in shop.feeds[watch["feed"]]["items"]:
            text = f"{item['title']}\n{item['text']}"
            words = [word for entry in watch.get("required", ()) for word in entry.split(" | ")]
            about_us = not words or any(word in text for word in words)
            assert about_us is bool(item["meant"]), f"what is not about the shop is meant to show nothing: {text}"
            if about_us:
                judged = detector.judge(item["text"], title=item["title"], language=watch["language"])
                assert judged.kind.value == item["meant"], text
                assert (judged.score > 0.9) is (judged.kind is Kind.COMPLAINT), text
                shown.add(judged.kind)
    assert shown == set(Kind)


def test_server_serves_on_loopback_only_while_open() -> None:
    server = SampleServer(load(RESOURCES, NOW), lambda: NOW)
    try:
        with urllib.request.urlopen(f"{server.address}/forum.xml", timeout=5) as answer:
            assert "Рогалик" in answer.read().decode()
        with pytest.raises(HTTPError) as wrong:
            urllib.request.urlopen(f"{server.address}/nothing.xml", timeout=5)
        wrong.value.close()
        assert server.address.startswith("http://127.0.0.1:")
    finally:
        server.close()
