"""JSON feeds with odd members: what is good in them is read."""

from __future__ import annotations

import json

import pytest

from app.core.problems import Problem
from app.sources.feeds.entry import Document
from app.sources.feeds.json_feed import read_json
from app.sources.feeds.read import read_document

GOOD = '{"id": "1", "content_text": "Terrible [service], \\"refund}\\" \\\\"}'


def feed(second: str, head: str = "") -> str:
    return f'{{"version": "https://jsonfeed.org/version/1.1", {head} "items": [{GOOD}, {second}, {GOOD.replace("1", "3")}]}}'


def read(text: str) -> list[tuple[str, str]]:
    document = read_document(text.encode(), "application/feed+json")
    assert isinstance(document, Document), document
    return [(entry.id, entry.bodies[0].value if entry.bodies else "") for entry in document.entries]


SAID = json.loads(GOOD)["content_text"]


@pytest.mark.parametrize(
    "odd", ["[" * 1_200 + "]" * 1_200, '{"a":' * 5_000 + "1" + "}" * 5_000, '[{"]":"}"},' * 1_500 + "1" + "]" * 1_500]
)
def test_a_member_nested_deeper_than_anybody_reads_spoils_nothing(odd: str) -> None:
    second = f'{{"id": "2", "_odd": {odd}, "content_text": "x"}}'
    assert read(feed(second)) == [("1", SAID), ("2", "x"), ("3", SAID)]
    assert len(read(feed(second, head=f'"_odd": {odd},'))) == 3


def test_a_number_of_thousands_of_digits_is_an_id_like_any_other() -> None:
    assert read(feed(f'{{"id": {"9" * 4_400}, "content_text": "x"}}'))[1:] == [("9" * 4_400, "x"), ("3", SAID)]
    assert read(feed('{"id": 17, "content_text": "x"}'))[1] == ("17", "x")
    assert read(feed('{"id": -1.5, "content_text": "x"}'))[1] == ("-1.5", "x")


@pytest.mark.parametrize(
    "text",
    [
        feed("{")[:-40],
        feed("[" * 1_200),
        feed('{"id": "2", "_odd": ' + "[" * 1_200 + "}" * 1_200 + "}"),
        feed("nonsense").replace("/", "\\/"),
        feed('"' + '\\"' * 100_000)[:-40],  # a string that does not end
        feed("[" * 1_200 + '"' + '\\"' * 100_000)[:-40],
    ],
)
def test_a_damaged_feed_is_called_so(text: str) -> None:
    assert read_document(text.encode(), "application/json") == Problem("sources.broken_feed")


@pytest.mark.parametrize(
    "text", ['{"error": "not found"', '{"items": [', "[1, 2]", "[" * 3_000, '{"items": "none"}', '{"a": ' + "9" * 5_000]
)
def test_what_says_nothing_of_a_feed_is_none(text: str) -> None:
    assert read_json(text) is None
    assert read_document(text.encode(), "application/json") == Problem("sources.nothing_feed")
