"""Whatever a server sends ends in mentions or a problem: never an exception, never long."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from fakes.growth import is_linear
from sources.malformed import CAP, case
from sources.polling import polled
from sources.shapes import item, large_feed, rss

from app.core.mention import LONGEST_TEXT
from app.core.ports.source import Reading
from app.sources.feeds.charset import decode
from app.sources.feeds.sniff import Kind, look
from app.sources.feeds.xml_reader import read_xml

LONGEST = 10.0
"""Seconds for one answer."""

FOLDER = Path(__file__).parents[1] / "samples" / "feeds"


def _check(body: bytes, content_type: str, name: str) -> Reading:
    start = time.thread_time()
    _, reading = polled(body, content_type)
    assert time.thread_time() - start < LONGEST, name
    assert reading.problem is None or reading.problem.code.startswith("sources."), name
    if reading.problem is None and not reading.mentions:
        found = look(decode(body, content_type))
        assert found.kind in {Kind.JSON, Kind.MESSY} or read_xml(found.text) is not None, name
    keys = [mention.key for mention in reading.mentions]
    assert len(keys) == len(set(keys)), name
    assert all(keys), name
    for mention in reading.mentions:
        assert len(mention.text) <= LONGEST_TEXT, name
        assert mention.url.startswith(("http://", "https://", "")), name
        repr(mention).encode("utf-8")
        assert not set(mention.title + mention.text) & set("\0\x1b\u202e\ud800"), name
    return reading


def test_two_hundred_malformed_answers() -> None:
    readings = [_check(made.body, made.content_type, made.name) for made in (case(seed, 30_000) for seed in range(210))]
    assert sum(bool(reading.mentions) for reading in readings) > 60
    assert sum(reading.problem is not None for reading in readings) > 40


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("start", range(0, 2_000, 100))
def test_two_thousand_malformed_answers(start: int) -> None:
    for seed in range(start, start + 100):
        made = case(seed, CAP)
        _check(made.body, made.content_type, made.name)


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_samples_with_bytes_changed(path: Path) -> None:
    chance = random.Random(path.name)
    for _ in range(15):
        body = bytearray(path.read_bytes())
        for _ in range(chance.randrange(1, 30)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        _check(bytes(body), "application/xml", path.name)


def test_an_item_survives_every_common_fault_of_its_feed() -> None:
    good = rss(item("<guid>1</guid><description>Zimna kawa</description>"))
    faults = {
        "bare ampersand": good.replace("Zimna", "Zimna & "),
        "undefined entity": good.replace("Zimna", "&oacute;&nbsp;Zimna"),
        "control character": good.replace("Zimna", "\x0b\x00Zimna"),
        "missing end": good.removesuffix("</channel></rss>"),
        "warning before": "<br />\n<b>Warning</b>: something in <b>x.php</b>\n" + good,
        "blank lines before": "\n\n  " + good,
        "unclosed element": good.replace("<description>Zimna", "<b><description>Zimna"),
        "undeclared prefix": good.replace("<guid>", "<x:y>z</x:y><guid>"),
        "unquoted attribute": good.replace("<guid>", "<guid isPermaLink=false>"),
        "own entities": '<!DOCTYPE rss [<!ENTITY a "b">]>' + good.partition("?>")[2],
        "junk after": good + "<script>x</script>",
        "text after cut comment": good.replace("<item>", "<!-- never closed <item>", 1).replace("-->", ""),
    }
    for name, text in faults.items():
        _, reading = polled(text)
        assert reading.problem is None, name
        assert next(mention.text for mention in reading.mentions).endswith(
            "Zimna kawa" if "ampersand" not in name else "kawa"
        ), name


def test_a_document_cut_off_gives_its_whole_entries_only() -> None:
    whole = large_feed()
    _, all_of_it = polled(whole)
    for share in (3, 5, 7, 8):
        _, reading = polled(whole[: len(whole) * share // 9])
        assert reading.problem is None
        assert 5 < len(reading.mentions) < 35
        assert set(reading.mentions) <= set(all_of_it.mentions)


def test_five_megabytes_are_read() -> None:
    def read(items: int) -> None:
        texts = (f"<guid>g{number}</guid><description>{'Zimna kawa. ' * 90}</description>" for number in range(items))
        _, reading = polled(rss("".join(map(item, texts))))
        assert len(reading.mentions) == items

    assert is_linear(read, 4_000)
