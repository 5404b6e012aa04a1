"""What the first poll of a long feed left out is no news later, however the feed is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from hashlib import blake2b

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


def _linked(entries: list[Entry]) -> str:
    """Return a feed without ids; every entry has a page of its own."""
    items = (
        f"<item><link>https://k.example/{name}</link><description>{text}</description></item>" for name, text in entries
    )
    return rss("".join(items))


LONG = [(name, f"{text} o piekarni: chleb był spleśniały, a obsługa nas wyśmiała.") for name, text in OLD]
every_long_feed = pytest.mark.parametrize("feed", [_rss, _messy, _atom, _answers, _json, _linked])


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


def later(feed: Feed, entries: list[Entry], bookmark: Mapping[str, str]) -> tuple[set[str], Mapping[str, str]]:
    """Return what of the entries left out at first a poll tells, and the bookmark after it."""
    reading = polled(feed(entries), bookmark=bookmark)[1]
    at_first = {text for _, text in entries[:100]}
    return texts(reading.mentions) - at_first, reading.bookmark


@every_long_feed
@pytest.mark.parametrize("counted", ["{} likes", "Edytowano {} minut temu · 4 komentarze", "{} просмотров, 5 марта"])
def test_a_counter_that_changes_tells_nothing(feed: Feed, counted: str) -> None:
    bookmark: Mapping[str, str] = polled(feed(LONG), first=True)[1].bookmark
    for number in (12, 13, 14):
        told, bookmark = later(feed, [(name, f"{text} {counted.format(number)}") for name, text in LONG], bookmark)
        assert told == set()


@every_long_feed
@pytest.mark.parametrize(
    ("before", "after"), [("1 polecenie", "2 polecenia"), ("", "12 likes"), ("", "Polecana opinia")]
)
def test_a_label_or_a_counter_of_one_entry_tells_nothing(feed: Feed, before: str, after: str) -> None:
    name, text = LONG[149]
    bookmark = polled(feed([*LONG[:149], (name, f"{text} {before}")]), first=True)[1].bookmark
    assert later(feed, [*LONG[:149], (name, f"{text} {after}")], bookmark)[0] == set()


def test_stars_taken_away_are_an_edit() -> None:
    def rated(entries: list[Entry]) -> str:
        items = (
            f"<item><guid>{i}-x</guid><g:rating>{n}</g:rating><description>Opinia</description></item>"
            for i, n in entries
        )
        return rss("".join(items)).replace("<rss", '<rss xmlns:g="http://base.google.com/ns/1.0"', 1)

    fine = [(f"g{number}", "4") for number in range(150)]
    first = polled(rated(fine), first=True)[1]
    assert first.mentions[0].stars == 4.0
    told = polled(rated([*fine[:148], ("g148", "5"), ("g149", "1")]), bookmark=first.bookmark)[1].mentions
    assert [one.stars for one in told if one.key not in {each.key for each in first.mentions}] == [1.0]


@every_long_feed
def test_what_a_place_writes_beside_many_is_no_edit_however_it_goes_on(feed: Feed) -> None:
    bookmark: Mapping[str, str] = polled(feed(LONG), first=True)[1].bookmark
    labelled = [(name, f"{text} Polecane przez sąsiadów") for name, text in LONG]
    told, bookmark = later(feed, labelled, bookmark)
    assert told == set()
    told, bookmark = later(feed, labelled[::-1][:40], bookmark)
    assert told == set()
    edited = [*labelled[:149], ("g149", f"{labelled[149][1]} Właściciel groził mi pozwem!")]
    assert later(feed, edited, bookmark)[0] == {edited[149][1]}


@every_long_feed
def test_two_edits_are_told_once_and_are_left_out_no_more(feed: Feed) -> None:
    first: Mapping[str, str] = polled(feed(LONG), first=True)[1].bookmark
    edited = [*LONG[:148], *((name, f"{text} Do dziś nikt nie zadzwonił!") for name, text in LONG[148:])]
    told, bookmark = later(feed, edited, first)
    assert told == {text for _, text in edited[148:]}
    assert len(bookmark[NAME].split()) == len(first[NAME].split()) - 2
    again = [*edited[:147], (edited[147][0], f"{edited[147][1]} Nadal nikt nie oddaje."), *edited[148:]]
    assert later(feed, again, bookmark)[0] >= {again[147][1]}


@every_long_feed
@pytest.mark.parametrize("after", ["", " 12 likes"])
def test_a_new_complaint_in_the_words_of_one_left_out_is_told(feed: Feed, after: str) -> None:
    bookmark = polled(feed(LONG), first=True)[1].bookmark
    entries = [("new", LONG[149][1] + after), *((name, text + after) for name, text in LONG)]
    keys = {mention.key for mention in polled(feed(entries), bookmark=bookmark)[1].mentions}
    assert any("new" in key for key in keys)


def _signed(entries: list[Entry]) -> str:
    items = (f"<item><dc:creator>{who}</dc:creator><description>{text}</description></item>" for who, text in entries)
    return rss("".join(items)).replace("<rss", '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"', 1)


def test_without_ids_the_words_and_the_author_tell() -> None:
    people = [(f"Osoba {name}", f"{text} Sklep na rogu {name}a.") for name, text in LONG]
    bookmark = polled(_signed(people), first=True)[1].bookmark
    counted = [(who, f"{text} 12 likes") for who, text in people]
    assert later(_signed, counted, bookmark)[0] == set()
    other = [("Ewa", people[149][1]), *counted]
    assert {
        one.author for one in polled(_signed(other), bookmark=bookmark)[1].mentions if one.text == people[149][1]
    } == {"Ewa"}


def test_without_ids_a_few_words_with_another_number_are_another_complaint() -> None:
    orders = [("", f"Zamówienie {number} nie doszło") for number in range(150)]
    bookmark = polled(_nameless(orders), first=True)[1].bookmark
    reading = polled(_nameless([("", "Zamówienie 777 nie doszło"), *orders]), bookmark=bookmark)[1]
    assert texts(reading.mentions) == {text for _, text in orders[:100]} | {"Zamówienie 777 nie doszło"}


def test_marks_of_older_versions_count_and_are_renewed() -> None:
    first = polled(_json(LONG), first=True)[1].bookmark
    mentions = polled(_json(LONG), bookmark={})[1].mentions[100:]
    formerly = {
        **first,
        NAME: " ".join(
            blake2b(f"{m.key}\n{m.author}\n{m.title}\n{m.text}\n{m.stars}".encode(), digest_size=6).hexdigest()
            for m in mentions
        ),
    }
    told, bookmark = later(_json, LONG, formerly)
    assert (told, set(bookmark[NAME].split())) == (set(), set(first[NAME].split()))
    assert later(_json, [(name, f"{text} 12 likes") for name, text in LONG], bookmark)[0] == set()


PRAISE = "Kupiłam tu tort na urodziny syna, wszystko świetnie, pyszny krem, miła obsługa, polecam!"


@every_long_feed
@pytest.mark.parametrize(
    "after",
    [
        "Kupiłam tu tort na urodziny syna, zatruliśmy się wszyscy, krem zepsuty, chamska obsługa, odradzam!",
        f"{PRAISE} EDIT: zatruliśmy się!",
        f"{PRAISE} Zatruliśmy się.",
        f"{PRAISE} Edit: oszuści!",
        "Kupiłam tu tort na urodziny syna: koszmarnie drogi, spleśniały krem, gburowata obsługa, omijać!",
    ],
)
def test_praise_left_out_and_edited_into_a_complaint_is_told(feed: Feed, after: str) -> None:
    entries = [*LONG[:149], ("g149", PRAISE)]
    bookmark = polled(feed(entries), first=True)[1].bookmark
    assert later(feed, [*entries[:149], ("g149", after)], bookmark)[0] == {after}


@every_long_feed
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (" Polecana opinia", " Zweryfikowany zakup"),
        (" 1 polecenie", " 2 polecenia"),
        (" Dodano wczoraj.", " Dodano 3 dni temu."),
        ("", " Edytowano: 12 minut temu."),
        ("", " ★★★★★ 5/5"),
        (" 12 likes. 3 replies.", " 13 likes. 4 replies. Show more."),
        (" Zakup potwierdzony", ""),
    ],
)
def test_a_label_in_place_of_another_tells_nothing(feed: Feed, before: str, after: str) -> None:
    entries = [*LONG[:149], ("g149", PRAISE + before)]
    bookmark = polled(feed(entries), first=True)[1].bookmark
    assert later(feed, [*entries[:149], ("g149", PRAISE + after)], bookmark)[0] == set()


def test_marks_that_did_not_say_which_words_count_and_are_renewed() -> None:
    entries = [*LONG[:149], ("g149", PRAISE)]
    bookmark = polled(_json(entries), first=True)[1].bookmark
    formerly = {**bookmark, NAME: " ".join(mark[:14] for mark in bookmark[NAME].split())}
    told, renewed = later(_json, entries, formerly)
    assert (told, renewed) == (set(), bookmark)
    rewritten = [*entries[:149], ("g149", f"{PRAISE} Po tygodniu nikt nie odbiera telefonu!")]
    assert later(_json, rewritten, formerly)[0] == {rewritten[149][1]}
