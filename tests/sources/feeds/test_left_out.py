"""What the first poll of a long feed left out is no news later, however the feed is read."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from sources.polling import polled
from sources.shapes import atom, rss

from app.core.mention import Mention
from app.core.ports.source import LASTING
from app.sources.feeds.left_out import NAME

Entry = tuple[str, str]
"""An id and a text."""


def _rss(entries: list[Entry]) -> str:
    return rss(
        "".join(f"<item><guid>{name}-x</guid><description>{text}</description></item>" for name, text in entries)
    )


def _messy(entries: list[Entry]) -> str:
    return _rss(entries).replace("<rss", "<!DOCTYPE rss><rss").replace("</channel>", "&nbsp;</channel>")


def _atom(entries: list[Entry]) -> str:
    return atom("".join(f"<entry><id>tag:k:{name}</id><content>{text}</content></entry>" for name, text in entries))


def _answers(entries: list[Entry]) -> str:
    return _atom(entries).replace("<content>", '<thr:in-reply-to ref="tag:k:above"/><content>')


def _nameless(entries: list[Entry]) -> str:
    return rss("".join(f"<item><description>{text}</description></item>" for _, text in entries))


def _json(entries: list[Entry]) -> str:
    items = [{"id": name, "content_text": text} for name, text in entries]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})


Feed = Callable[[list[Entry]], str]
OLD = [(f"g{number}", f"Opinia {number}") for number in range(150)]
NEW = ("new", "Zimna kawa")
every_feed = pytest.mark.parametrize("feed", [_rss, _messy, _atom, _answers, _nameless, _json])


def texts(mentions: tuple[Mention, ...]) -> set[str]:
    return {mention.text for mention in mentions}


@every_feed
def test_only_the_new_entry_is_more_than_what_was_told_at_first(feed: Feed) -> None:
    first = polled(feed(OLD), first=True)[1]
    told = texts(first.mentions)
    assert len(told) == 100
    bookmark = first.bookmark
    for entries in ([NEW, *OLD], OLD, [NEW, *OLD[:40]], [NEW, *OLD]):
        reading = polled(feed(entries), bookmark=bookmark)[1]
        assert texts(reading.mentions) <= told | {NEW[1]}
        bookmark = reading.bookmark
    assert NEW[1] in texts(polled(feed([NEW, *OLD]), bookmark=first.bookmark)[1].mentions)


@every_feed
def test_an_entry_left_out_is_told_once_it_reads_otherwise(feed: Feed) -> None:
    first = polled(feed(OLD), first=True)[1]
    edited = [*OLD[:149], ("g149", "Najgorsza obsługa w mieście")]
    assert "Najgorsza obsługa w mieście" in texts(polled(feed(edited), bookmark=first.bookmark)[1].mentions)


def test_the_same_words_of_another_are_told() -> None:
    first = polled(_json(OLD), first=True)[1]
    again = polled(_json([("other", OLD[149][1]), *OLD]), bookmark=first.bookmark)[1]
    assert OLD[149][1] in texts(again.mentions)


def test_it_outlasts_that_everything_is_read_anew() -> None:
    first = polled(_json(OLD), first=True)[1]
    lasting = {name: value for name, value in first.bookmark.items() if name.startswith(LASTING)}
    assert len(polled(_json(OLD), bookmark=lasting)[1].mentions) == 100


def test_another_first_poll_leaves_out_anew() -> None:
    bookmark = polled(_json(OLD), first=True)[1].bookmark
    assert len(bookmark[NAME].split()) == 50
    turned = polled(_json(OLD[::-1]), first=True, bookmark=bookmark)[1]
    assert texts(turned.mentions) == {text for _, text in OLD[50:]}
    assert NAME not in polled(_json(OLD[:100]), first=True, bookmark=bookmark)[1].bookmark


def test_a_short_feed_leaves_out_nothing() -> None:
    assert NAME not in polled(_rss(OLD[:100]), first=True)[1].bookmark
    assert len(polled(_rss(OLD))[1].mentions) == 150


@pytest.mark.parametrize("tail", ["", "&nbsp;"])
def test_the_same_words_at_another_time_are_told_where_nothing_else_tells_them_apart(tail: str) -> None:
    def dated(entries: list[tuple[str, str]]) -> str:
        items = (f"<item><description>{text}</description><pubDate>{day}</pubDate></item>" for day, text in entries)
        return rss("".join(items)).replace("</rss>", f"{tail}</rss>")

    old = [(f"2026-09-{number % 28 + 1:02}", f"Opinia {number}") for number in range(120)] + [
        ("2026-01-01", "Nie polecam")
    ]
    first = polled(dated(old), first=True)[1]
    assert "Nie polecam" not in texts(first.mentions)
    again = polled(dated(old), bookmark=first.bookmark)[1]
    assert "Nie polecam" not in texts(again.mentions)
    later = polled(dated([("2026-11-22", "Nie polecam"), *old[:100]]), bookmark=again.bookmark)[1]
    assert "Nie polecam" in texts(later.mentions)
