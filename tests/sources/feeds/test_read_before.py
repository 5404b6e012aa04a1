"""A feed that changed is told without what the last poll told; nothing new and no edit is lost by that."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sources.polling import polled
from sources.shapes import atom, rss

from app.core.mention import Mention
from app.core.ports.source import Reading
from app.sources.feeds import read
from app.sources.feeds.read_before import MOST, NAME, pieces_of


def post(number: int, text: str = "Kawa była zimna.", more: str = "") -> str:
    return (
        f"<item><guid isPermaLink='false'>post-{number}-x</guid><title>Wpis {number}</title>"
        f"<link>https://kawaraj.example/p/{number}-x</link><description>{text}</description>{more}</item>\n"
    )


def read_twice(before: str, after: str) -> tuple[Mention, ...]:
    """Return what is told of a feed that read otherwise at the poll before."""
    return polled(after, bookmark=polled(before)[1].bookmark)[1].mentions


def titles(mentions: tuple[Mention, ...]) -> list[str]:
    return [mention.title for mention in mentions]


def test_only_what_is_new_is_told() -> None:
    old = post(2) + post(1)
    mentions = read_twice(rss(old), rss(post(3) + old))
    assert mentions == polled(rss(post(3)))[1].mentions


def test_an_edit_is_told() -> None:
    mentions = read_twice(rss(post(2) + post(1)), rss(post(2) + post(1, "Kawa była gorąca.")))
    assert [mention.text for mention in mentions] == ["Kawa była gorąca."]


def test_an_edit_taken_back_is_told() -> None:
    bookmark: Mapping[str, str] = {}
    for text in ("Zimna.", "Gorąca.", "Zimna."):
        reading: Reading = polled(rss(post(1, text)), bookmark=bookmark)[1]
        assert [mention.text for mention in reading.mentions] == [text]
        bookmark = reading.bookmark


def test_a_new_date_in_the_head_tells_nothing() -> None:
    items = post(2) + post(1)
    after = rss(items, head="<lastBuildDate>Sat, 21 Nov 2026 18:44:58 +0100</lastBuildDate><ttl>90</ttl>")
    reading = polled(after, bookmark=polled(rss(items))[1].bookmark)[1]
    assert (reading.mentions, reading.problem, reading.wait) == ((), None, 5_400.0)


def test_what_was_read_before_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    old = "".join(post(number) for number in range(30))
    bookmark = polled(rss(old))[1].bookmark
    lengths: list[int] = []
    monkeypatch.setattr(read, "read_xml", lambda text, made=read.read_xml: (lengths.append(len(text)), made(text))[1])
    polled(rss(post(99) + old), bookmark=bookmark)
    assert len(lengths) == 1
    assert lengths[0] < len(old) / 4


def test_atom_as_well() -> None:
    entries = [f"<entry><id>tag:k,2026:{n}-x</id><title>Wpis {n}</title></entry>" for n in range(3)]
    assert titles(read_twice(atom(entries[1] + entries[0]), atom("".join(reversed(entries))))) == ["Wpis 2"]


def test_an_id_shared_with_what_was_read_before_is_still_none() -> None:
    before = rss(post(1) + post(1, "Inny tekst."))
    after = rss(post(1, "Trzeci.") + post(1) + post(1, "Inny tekst."))
    assert read_twice(before, after) == polled(after)[1].mentions


@pytest.mark.parametrize("written", ["", "<guid></guid>", "<guid>żółć</guid>"])
def test_an_entry_whose_id_says_little_is_told_beside_all_others(written: str) -> None:
    old = post(2) + post(1)
    after = rss(f"<item>{written}<title>Bez id</title></item>" + old)
    assert read_twice(rss(old), after) == polled(after)[1].mentions


def test_an_answer_finds_its_thread_among_what_was_read_before() -> None:
    old = (
        "<entry><id>tag:k,2026:a</id><title>A</title></entry>"
        '<entry><id>tag:k,2026:b</id><title>B</title><thr:in-reply-to ref="tag:k,2026:a"/></entry>'
    )
    after = atom('<entry><id>tag:k,2026:c-x</id><title>C</title><thr:in-reply-to ref="tag:k,2026:b"/></entry>' + old)
    told = read_twice(atom(old), after)
    assert told[0].thread == "tag:k,2026:a"


@pytest.mark.parametrize(
    "hidden",
    [
        "<item><guid>h-1</guid><description><![CDATA[ a </item><item> b ]]></description></item>",
        "<!-- <item> --><item><guid>h-2</guid></item>",
        "<item><guid>h-3</guid></item><ttl>5</ttl><item><guid>h-4</guid></item>",
        "<item><guid>h-5</guid></item><item/>",
    ],
)
def test_what_cannot_be_taken_apart_safely_is_read_whole(hidden: str) -> None:
    before = rss(hidden)
    assert NAME not in polled(before)[1].bookmark
    assert read_twice(before, rss(post(9) + hidden)) == polled(rss(post(9) + hidden))[1].mentions


def test_a_new_entry_that_swallows_the_next_hides_nothing() -> None:
    old = post(2) + post(1)
    after = rss("<item><guid>n-1</guid><description><![CDATA[ open </item>" + old + post(7, "]]>"))
    assert read_twice(rss(old), after) == polled(after)[1].mentions


def test_a_bookmark_keeps_what_else_is_in_it_and_stays_small() -> None:
    assert polled(rss(post(1)))[1].bookmark["kept"] == "as it was"
    assert not pieces_of("<rss>" + post(1) * (MOST + 1) + "</rss>").marks


def test_a_date_that_others_explain_is_read_beside_them() -> None:
    dated = [
        post(number, more=f"<pubDate>{date} 10:00</pubDate>") for number, date in ((1, "10/23/2026"), (2, "11/04/2026"))
    ]
    [told] = [one for one in read_twice(rss(dated[0]), rss(dated[1] + dated[0])) if one.title == "Wpis 2"]
    assert told.published == 1_793_786_400.0
