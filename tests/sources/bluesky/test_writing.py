"""How a post is counted, and what in it is a link, a name or a tag, by bytes."""

from __future__ import annotations

import pytest

from app.sources.bluesky.facets import facets_of, names_in
from app.sources.bluesky.graphemes import graphemes
from app.sources.bluesky.replies import key_of_reply


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Zażółć", 6),
        ("Zaz\u0307o\u0301łc\u0301", 6),
        ("й и\u0306 ё", 5),
        ("👍🏽", 1),
        ("👨‍👩‍👧‍👦 ok", 4),
        ("👩🏽‍⚕️❤️‍🔥", 2),
        ("🇵🇱🇺🇦🇷", 3),
        ("1️⃣#️⃣", 2),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 1),
        ("a\u200db", 2),
        ("😠😠", 2),
        ("각\u1100\u1161\u11a8", 2),
        ("a\r\nb\n\n", 5),
        ("नि", 1),
        ("©®™", 3),
    ],
)
def test_what_people_take_for_one_character(text: str, count: int) -> None:
    assert graphemes(text) == count


def test_places_are_bytes() -> None:
    text = "Zażółć 😠 (https://kawaraj.example/żółć?a=1). @Anna.bsky.social, #Kawa"
    found = facets_of(text, {"anna.bsky.social": "did:plc:anna"})
    raw = text.encode()
    parts = [raw[one["index"]["byteStart"] : one["index"]["byteEnd"]].decode() for one in found]  # type: ignore[index]
    assert parts == ["https://kawaraj.example/żółć?a=1", "@Anna.bsky.social", "#Kawa"]
    features = [one["features"][0] for one in found]  # type: ignore[index]
    assert [one["$type"].rpartition("#")[2] for one in features] == ["link", "mention", "tag"]
    assert (features[0]["uri"], features[1]["did"], features[2]["tag"]) == (parts[0], "did:plc:anna", "Kawa")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@anna.test i @Anna.TEST", ("anna.test",)),
        ("biuro@kawaraj.example", ()),
        ("@anna bez serwera", ()),
        ("https://mastodon.example/@anna.test", ()),
        (" ".join(f"@a{n}.test" for n in range(9)), tuple(f"a{n}.test" for n in range(5))),
    ],
)
def test_names(text: str, names: tuple[str, ...]) -> None:
    assert names_in(text) == names
    assert facets_of(text, {}) == [] or "https" in text


@pytest.mark.parametrize("text", ["#1", "#123", "a#b", "cena 5 # 6", "https://x.example/#kawa", "http://", "@.", "#"])
def test_what_is_no_tag(text: str) -> None:
    assert not [one for one in facets_of(text, {}) if "#tag" in repr(one)]


def test_keys_of_replies() -> None:
    keys = {key_of_reply(f"r-{number}") for number in range(500)}
    assert len(keys) == 500
    assert key_of_reply("r-1") in keys
    for key in keys:
        assert len(key) == 13
        assert key[0] in "234567abcdefghij"
        assert set(key) <= set("234567abcdefghijklmnopqrstuvwxyz")
