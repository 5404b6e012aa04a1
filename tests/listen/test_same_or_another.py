"""Which items of feeds are one mention and which are two, from the feed's text to the archive and the bell."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

import pytest
from fakes.pages import WordDetector
from fakes.profile import Profile

from app.core.case import CaseState, Handling
from app.core.customer import identity_of
from app.core.matching import matcher_for
from app.core.mention import ArchivedMention, Mention
from app.core.ports.net import Response
from app.core.ports.source import Poll
from app.core.preferences import Preferences
from app.core.verdict import Kind
from app.core.views import Folder
from app.core.watch import Watch, WatchState
from app.listen.record import Reading, Recorded, Recorder
from app.listen.setting import Setting
from app.listen.stems import SnowballStemmer
from app.sources.feeds.read import read_feed

NOW = 1_800_000_000.0
SHOP = "https://shop.example"
COLD = "The pizza was cold and awful, and the waiter did not even look at us, never again."
HAIR = "There was a hair in the soup, which is awful, and nobody said a word of sorry to us."
FINE = "They called me back, all is well now: great people, and the best pizza of the town."


def item(text: str, author: str = "", link: str = "", guid: str = "", title: str = "", ago: float = 600) -> str:
    parts = {"title": title, "description": text, "link": link and SHOP + link, "guid": guid, "author": author}
    written = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in parts.items() if value)
    written = written.replace("<guid>", '<guid isPermaLink="false">')
    date = format_datetime(datetime.fromtimestamp(NOW - ago, UTC))
    return f"<item>{written}<pubDate>{date}</pubDate></item>"


class Feeds:
    """Feeds that are polled one after another."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._recorder = Recorder(profile.listener_archive, WordDetector())
        self.rung: list[int] = []

    def close(self) -> None:
        self._recorder.close()

    def poll(self, *items: str, feed: str = "a") -> Recorded:
        """Have a feed be these items and poll it."""
        body = f"<rss><channel><title>x</title>{''.join(items)}</channel></rss>"
        watch = Watch(feed, feed, "feed")
        read = read_feed(
            Response(f"{SHOP}/{feed}", 200, {}, body.encode()), Poll(watch, NOW), source="feed", place=feed
        )
        setting, state = Setting(watch, Preferences(), UTC, NOW, first=False), WatchState(feed, heard_at=NOW)
        matcher = matcher_for((), (), SnowballStemmer())
        reading = Reading(setting, matcher, read.mentions, state, state, NOW, NOW)
        recorded = self._recorder.submit(reading).result(60)
        assert isinstance(recorded, Recorded), recorded
        self.rung += recorded.stored.ringing
        return recorded

    def heard(self) -> list[ArchivedMention]:
        """Return all mentions, in the order they were first heard."""
        rows = self._profile.desk_archive.page(Folder.EVERYTHING, "", 0, 99, NOW).rows
        found = (self._profile.desk_archive.mention(row.mention_id) for row in rows)
        return sorted((one for one in found if one), key=lambda one: one.id)

    def people(self) -> list[str]:
        return [one.mention.author for one in self.heard()]


@pytest.fixture
def feeds(profile: Profile) -> Iterator[Feeds]:
    made = Feeds(profile)
    yield made
    made.close()


def test_another_author_under_the_same_address_overwrites_nobody(feeds: Feeds) -> None:
    feeds.poll(item(COLD, "Adam", "/opinie"))
    feeds.poll(item(HAIR, "Beata", "/opinie"))
    assert [(one.mention.author, one.mention.text, one.edited_at) for one in feeds.heard()] == [
        ("Adam", COLD, None),
        ("Beata", HAIR, None),
    ]
    assert len(feeds.rung) == 2


def test_whoever_comes_back_under_it_is_known(feeds: Feeds) -> None:
    for text, author in ((COLD, "Adam"), (HAIR, "Beata"), (COLD, "Adam"), (HAIR, "Beata")):
        feeds.poll(item(text, author, "/opinie"))
    feeds.poll(item(f"{HAIR} Awful!", "Beata", "/opinie"))
    assert feeds.people() == ["Adam", "Beata"]
    assert feeds.heard()[1].mention.text == f"{HAIR} Awful!"
    assert len(feeds.rung) == 2


def test_under_the_key_of_somebody_forgotten_others_are_heard(feeds: Feeds, profile: Profile) -> None:
    feeds.poll(item(COLD, "Adam", "/opinie"))
    assert profile.desk_archive.forget(["shop.example name:adam"]) == 1
    for text, author in ((COLD, "Adam"), (FINE, "Adam"), (FINE, ""), (HAIR, "Beata"), (HAIR, "Beata")):
        feeds.poll(item(text, author, "/opinie?utm_source=" + author))
    assert feeds.people() == ["Beata"]
    assert profile.desk_archive.forget(["shop.example name:beata"]) == 1
    feeds.poll(item(HAIR, "Beata", "/opinie"))
    feeds.poll(item(COLD, "Adam", "/opinie"))
    assert feeds.people() == []


def test_one_id_for_everything_at_different_addresses_is_as_many_mentions(feeds: Feeds) -> None:
    for number, text in enumerate((COLD, HAIR, HAIR)):
        feeds.poll(item(text, "Adam", f"/o/{min(number, 1)}?utm_source={number}", "g"))
    assert [one.mention.text for one in feeds.heard()] == [COLD, HAIR]
    assert len(feeds.rung) == 2


@pytest.mark.parametrize(
    ("author", "link"),
    [
        ("Adam", "/o/1?utm_source=rss"),
        ("", "/o/1"),
        ("ADAM", "/o/1/"),
        ("Adam, Beata", "/o/1"),
    ],
)
def test_other_words_of_the_same_author_there_are_an_edit(feeds: Feeds, author: str, link: str) -> None:
    feeds.poll(item(COLD, "Adam", "/o/1", "g"))
    feeds.poll(item(HAIR, author, link, "g"))
    (one,) = feeds.heard()
    assert one.edited_at
    assert one.mention.text == HAIR


def test_a_host_that_was_renamed_is_no_other_address(feeds: Feeds) -> None:
    feeds.poll(item(COLD, "Adam", "/o/1", "g"))
    feeds.poll(item(HAIR, "Adam", "/o/1", "g").replace(SHOP, "http://www.bistro.example"))
    assert len(feeds.heard()) == 1


def test_an_author_renamed_is_no_new_mention(feeds: Feeds) -> None:
    for author, text in (("Adam", COLD), ("Adam K.", COLD)):
        feeds.poll(item(text, author, "/o/1", "g"), item("Dno", author, "/o/2", "h"))
    assert feeds.people() == ["Adam", "Adam"]


def test_few_words_with_a_new_id_at_each_poll_ring_once(feeds: Feeds) -> None:
    for number in range(3):
        feeds.poll(
            item("awful.", "Ola", "/y/5", f"t{number}", "Cold coffee"), item("awful!", "Ola", "/y/6", f"u{number}")
        )
    assert len(feeds.heard()) == len(feeds.rung) == 2


def test_few_words_of_two_people_at_one_address_are_two_mentions(feeds: Feeds) -> None:
    feeds.poll(item("Super!", "Ola", "/y/5", "t0"))
    feeds.poll(item("Super!", "Ela", "/y/5", "t1"))
    feeds.poll(item("Super!", "Ola", "/y/6", "t2"))
    assert feeds.people() == ["Ola", "Ela", "Ola"]


def test_few_words_that_change_are_an_edit(feeds: Feeds) -> None:
    feeds.poll(item("great", "Ola", "/y/5", "t"))
    feeds.poll(item("awful", "Ola", "/y/5", "t"))
    (one,) = feeds.heard()
    assert one.mention.text == "awful"
    assert feeds.rung == [one.id]


LABELS = ("Komentarz do Torty, autor: Ola", "Autor: Ola")


@pytest.mark.parametrize("guid", ["g1", "g2"])
@pytest.mark.parametrize("titles", [LABELS, ("Beware", "My visit")])
def test_the_same_words_under_another_title_at_the_same_address_are_one(
    feeds: Feeds, guid: str, titles: tuple[str, str]
) -> None:
    for _again in range(2):
        feeds.poll(item(COLD, "Ola", "/post#c1", "g1", titles[0]))
        feeds.poll(item(COLD, "Ola", "/post#c1", guid, titles[1]), feed="b")
    assert len(feeds.heard()) == len(feeds.rung) == 1


@pytest.mark.parametrize("titles", [LABELS, ("Beware", "My visit"), ("", "My visit")])
def test_the_same_words_under_another_title_elsewhere_are_a_repost(feeds: Feeds, titles: tuple[str, str]) -> None:
    feeds.poll(item(f"{COLD} {HAIR}", "Ola", "/one", "g1", titles[0]).replace(SHOP, "https://forum.example"))
    feeds.poll(item(f"{COLD} {HAIR}", "Ola", "/two", "g2", titles[1]), feed="b")
    one, two = feeds.heard()
    assert (two.repost_of, two.case_id) == (one.id, one.case_id)
    assert feeds.rung == [one.id]


def test_the_same_words_of_somebody_else_under_another_title_ring(feeds: Feeds) -> None:
    feeds.poll(item(f"{COLD} {HAIR}", "Ola", "/one", "g1", "Beware"))
    feeds.poll(item(f"{COLD} {HAIR}", "", "/two", "g2", "My visit"), feed="b")
    assert len(feeds.rung) == 2


@pytest.mark.parametrize("end", [" […]", "…", " [...]"])
def test_a_text_cut_at_its_end_is_the_one_that_is_whole(feeds: Feeds, end: str) -> None:
    cut = COLD[:50] + end
    for text, feed in ((COLD, "a"), (cut, "b"), (COLD, "a"), (cut, "b")):
        feeds.poll(item(text, "Ola", "/post#c1", feed), feed=feed)
    (one,) = feeds.heard()
    assert (one.mention.text, one.edited_at) == (COLD, None)


def test_a_text_heard_cut_first_is_made_whole(feeds: Feeds) -> None:
    cut = COLD[:25] + "…"
    for text, feed in ((cut, "b"), (COLD, "a"), (cut, "b"), (COLD, "a")):
        feeds.poll(item(text, "Ola", "/post#c1", feed), feed=feed)
    (one,) = feeds.heard()
    assert (one.mention.text, one.earlier) == (COLD, ())
    assert feeds.rung == [one.id]


@pytest.mark.parametrize("link", ["/opinie", ""])
def test_the_same_few_words_of_two_people_without_ids_are_both_heard(feeds: Feeds, link: str) -> None:
    for people in ("AB", "BCA", "B", "CB"):
        feeds.poll(*(item("awful", who, link, title="Review") for who in people))
    assert sorted(feeds.people()) == ["A", "B", "C"]
    assert len(feeds.rung) == 3


def test_a_feed_without_ids_that_grows_tells_nothing_twice(feeds: Feeds) -> None:
    adam, ewa = item("awful pizza", "Adam", "/opinie"), item("awful", "Ewa", "/opinie")
    for items in ((adam,), (adam, ewa), (ewa,), (adam,)):
        feeds.poll(*items)
    assert feeds.people() == ["Adam", "Ewa"]
    assert len(feeds.rung) == 2


def test_a_complaint_that_is_edited_away_stays_to_be_read(feeds: Feeds, profile: Profile) -> None:
    feeds.poll(item(COLD, "Adam", "/o/1", "g", "Cold"))
    before = feeds.heard()[0].verdict.score
    feeds.poll(item(FINE, "Adam", "/o/1", "g"))
    (one,) = feeds.heard()
    assert one.verdict.kind is Kind.PRAISE
    assert [(was.title, was.text, was.kind, was.score, was.until) for was in one.earlier] == [
        ("Cold", COLD, Kind.COMPLAINT, before, NOW)
    ]
    (row,) = profile.desk_archive.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows
    assert (row.kind, row.score) == (Kind.COMPLAINT, before)


def test_wordings_that_take_turns_are_kept_once_and_never_without_end(feeds: Feeds) -> None:
    for text in (COLD, FINE, COLD, FINE, *(f"{FINE} {number} people like this." for number in range(40))):
        feeds.poll(item(text, "Adam", "/o/1", "g"))
    (one,) = feeds.heard()
    texts = [was.text for was in one.earlier]
    assert (len(texts), len(set(texts)), COLD in texts) == (30, 30, True)


HOUR = 3_600.0
FIRST_TIME = item(COLD, "Ola", "/topic/1", "f1", "Beware", ago=5 * HOUR)
ONCE_MORE = item(COLD, "Ola", "/topic/2", "f5", "Beware", ago=100)


@pytest.mark.parametrize("polls", [((FIRST_TIME,), (FIRST_TIME, ONCE_MORE)), ((ONCE_MORE, FIRST_TIME),)])
def test_the_same_words_posted_once_more_are_another_place_of_the_open_case_without_a_bell(
    feeds: Feeds, profile: Profile, polls: tuple[tuple[str, ...], ...]
) -> None:
    for items in (*polls, polls[-1], polls[-1]):
        feeds.poll(*items)
    one, two = feeds.heard()
    assert two.repost_of == one.id
    assert {one.mention.url, two.mention.url} == {f"{SHOP}/topic/1", f"{SHOP}/topic/2"}
    assert feeds.rung == [one.id]
    (row,) = profile.desk_archive.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows
    assert row.places == 2


def close(profile: Profile, state: CaseState, ago: float) -> None:
    """Have the owner close the newest case so many seconds before now."""
    (case, *_) = (row.case_id for row in profile.desk_archive.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows)
    assert case
    answered = NOW - ago if state is CaseState.ANSWERED else None
    profile.desk_archive.put_handling(Handling(case, state, answered_at=answered, changed_at=NOW - ago))


@pytest.mark.parametrize("state", [CaseState.ANSWERED, CaseState.RESOLVED, CaseState.WAITING, CaseState.NO_REPLY])
def test_the_same_words_posted_after_they_were_answered_ring(feeds: Feeds, profile: Profile, state: CaseState) -> None:
    feeds.poll(FIRST_TIME)
    close(profile, state, HOUR)
    third = item(COLD, "Ola", "/topic/3", "f6", "Beware", ago=-700)
    for items in ((ONCE_MORE, FIRST_TIME), (ONCE_MORE, FIRST_TIME), (third, ONCE_MORE)):
        feeds.poll(*items)
    one, two, three = feeds.heard()
    assert feeds.rung == [one.id, two.id]
    assert (two.repost_of, three.repost_of, three.case_id) == (None, one.id, two.case_id)
    assert two.case_id != one.case_id
    (row,) = profile.desk_archive.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows
    assert (row.case_id, row.places) == (two.case_id, 2)


@pytest.mark.parametrize(
    ("again", "places"),
    [
        (item(COLD, "Ola", "/topic/2", "f5", "Beware", ago=2 * HOUR), 2),
        (item(COLD, "Ola", "/topic/1?utm_source=rss", "f5", "Beware", ago=100), 1),
        (item(COLD, "Ola", "/topic/2", "f5", "Beware", ago=5 * HOUR - 500), 1),
        (item(COLD, "Ola", "", "f5", "Beware", ago=100), 1),
        (item(COLD, "Ola", "/topic/1?page=2", "f5", "Beware", ago=100), 1),
        (item(COLD, "Ola", "/topic/2", "f5", "Beware").replace("pubDate", "date"), 1),
        (item(COLD, "Piotr", "/topic/2", "f5", "Beware", ago=100).replace(SHOP, "https://b.example"), 2),
    ],
)
def test_what_looks_like_it_and_was_not_said_after_the_answer_stays_silent(
    feeds: Feeds, profile: Profile, again: str, places: int
) -> None:
    feeds.poll(FIRST_TIME)
    close(profile, CaseState.ANSWERED, HOUR)
    for _poll in range(2):
        feeds.poll(again, FIRST_TIME)
    heard = feeds.heard()
    assert len(heard) == places
    assert {one.case_id for one in heard} == {heard[0].case_id}
    assert feeds.rung == [heard[0].id]


def test_who_was_set_aside_rings_no_more_with_the_same_words(feeds: Feeds, profile: Profile) -> None:
    feeds.poll(FIRST_TIME)
    close(profile, CaseState.NOT_US, HOUR)
    feeds.poll(ONCE_MORE, FIRST_TIME)
    assert len(feeds.heard()) == 2
    assert len(feeds.rung) == 1


def test_an_article_that_portals_copy_after_the_answer_does_not_ring(feeds: Feeds, profile: Profile) -> None:
    feeds.poll(FIRST_TIME)
    close(profile, CaseState.ANSWERED, HOUR)
    copies = [ONCE_MORE.replace(SHOP, f"https://portal{number}.example") for number in range(3)]
    feeds.poll(*copies, feed="b")
    feeds.poll(FIRST_TIME, *copies)
    heard = feeds.heard()
    assert [one.repost_of for one in heard] == [None, 1, 1, 1]
    assert len(feeds.rung) == 1


@pytest.mark.parametrize("author", ["Ola", ""])
@pytest.mark.parametrize("link", ["/r?sid={}", "/r#{}", "/r/{}", "/viewtopic.php?t=1&p={}"])
def test_a_feed_whose_links_ids_and_dates_are_new_at_each_poll_rings_once(
    feeds: Feeds, profile: Profile, author: str, link: str
) -> None:
    """Topics that the shop's own answer has moved up as well: their text is the first post's, link and date the last one's."""
    for number in range(5):
        feeds.poll(item(COLD, author, link.format(number), f"g{number}", "Beware", ago=HOUR - 700 * number))
        if number == 0:
            close(profile, CaseState.ANSWERED, 2_900)
    assert len(feeds.heard()) == len(feeds.rung) == 1


@pytest.mark.parametrize("both", [False, True])
def test_answered_complaints_that_a_site_publishes_anew_do_not_ring(
    feeds: Feeds, profile: Profile, *, both: bool
) -> None:
    old, anew = (
        [
            item(f"{COLD} Table {letter}!", f"Ola {letter}", f"/{year}/{letter}", f"{year}{letter}", ago=ago)
            for letter in "abcdefgh"
        ]
        for year, ago in ((2026, 30 * HOUR), (2027, 100.0))
    )
    feeds.poll(*old)
    for row in profile.desk_archive.page(Folder.COMPLAINTS, "", 0, 99, NOW).rows:
        handling = Handling(row.case_id or 0, CaseState.ANSWERED, answered_at=NOW - HOUR, changed_at=NOW - HOUR)
        profile.desk_archive.put_handling(handling)
    for _poll in range(2):
        feeds.poll(*anew, *(old if both else ()))
    assert len(feeds.heard()) == (16 if both else 8)
    assert len(feeds.rung) == 8


def test_two_people_who_post_again_after_the_answer_both_ring(feeds: Feeds, profile: Profile) -> None:
    elas = item(HAIR, "Ela", "/topic/3", "f3", ago=5 * HOUR)
    feeds.poll(FIRST_TIME, elas)
    for _case in range(2):
        close(profile, CaseState.ANSWERED, HOUR)
    feeds.poll(ONCE_MORE, FIRST_TIME, elas, item(HAIR, "Ela", "/topic/4", "f4", ago=100))
    assert len(feeds.rung) == 4


def test_one_review_in_two_feeds_that_date_it_differently_rings_once(feeds: Feeds, profile: Profile) -> None:
    feeds.poll(item(COLD, "Ola", "/opinie/1", "g1", ago=5 * HOUR))
    close(profile, CaseState.ANSWERED, 4 * HOUR)
    feeds.poll(item(COLD, "Ola", "/widget/1", "u1", ago=3 * HOUR), feed="b")
    assert len(feeds.heard()) == len(feeds.rung) == 1


def test_copies_of_somebody_forgotten_stay_forgotten(feeds: Feeds, profile: Profile) -> None:
    few = item("awful", "Ola", "/topic/9", "t0", ago=HOUR)
    feeds.poll(FIRST_TIME, ONCE_MORE, few)
    assert profile.desk_archive.forget(["shop.example name:ola"]) == 3
    feeds.poll(
        item(COLD, "Ola", "/topic/7", "f7", "Beware", ago=4 * HOUR),
        item(COLD, "Ola", "/topic/8", "f8", "Beware").replace("pubDate", "date"),
        item("awful", "Ola", "/topic/9", "t1", ago=HOUR),
        feed="b",
    )
    assert feeds.people() == []
    later = item(COLD, "Ola", "/topic/9", "f10", "Beware", ago=-60)
    other = item(COLD, "Ela", "/topic/7", "f11", "Beware", ago=4 * HOUR)
    feeds.poll(later, other, item(HAIR, "Ola", "/topic/10", "f12", ago=HOUR))
    assert sorted(feeds.people()) == ["Ela", "Ola", "Ola"]
    assert profile.desk_archive.forget(["shop.example name:ola"]) == 2
    feeds.poll(item(COLD, "Ola", "/topic/11", "f13", "Beware", ago=0))
    assert feeds.people() == ["Ela"]


@pytest.mark.parametrize("name", ["Anna", "Gość"])
@pytest.mark.parametrize("link", ["/opinie", "/opinie#2"])
def test_another_of_the_same_name_is_heard_where_somebody_was_forgotten(
    feeds: Feeds, profile: Profile, name: str, link: str
) -> None:
    feeds.poll(item(COLD, name, "/opinie", "g1", ago=2 * HOUR))
    (one,) = feeds.heard()
    person = identity_of(one.mention)
    assert profile.desk_archive.forget([person.key] if person else [], [one.id]) == 1
    feeds.poll(item(HAIR, name, link, "g2", ago=HOUR))
    assert feeds.people() == [name]
    assert len(feeds.rung) == 2


def test_the_same_words_of_another_guest_are_heard_where_one_was_forgotten(feeds: Feeds, profile: Profile) -> None:
    feeds.poll(item("awful", "Gość", "/opinie", "g1", ago=2 * HOUR))
    assert profile.desk_archive.forget([], [1]) == 1
    feeds.poll(item("awful", "Gość", "/opinie", "g2", ago=HOUR))
    assert feeds.people() == ["Gość"]


class Reviews:
    """A service whose reviews all bear the address of the shop, each under an id of its own."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self.recorder = Recorder(profile.listener_archive, WordDetector())

    def poll(self, *mentions: Mention) -> None:
        watch, state = Watch("a", "a", "reviews"), WatchState("a", heard_at=NOW)
        setting = Setting(watch, Preferences(), UTC, NOW, first=False)
        about_us = matcher_for((), (), SnowballStemmer())
        done = self.recorder.submit(Reading(setting, about_us, mentions, state, state, NOW, NOW)).result(60)
        assert isinstance(done, Recorded)

    def heard(self) -> list[ArchivedMention | None]:
        desk = self._profile.desk_archive
        return [desk.mention(row.mention_id) for row in desk.page(Folder.EVERYTHING, "", 0, 99, NOW).rows]


@pytest.fixture
def reviews(profile: Profile) -> Iterator[Reviews]:
    made = Reviews(profile)
    yield made
    made.recorder.close()


FIRST = Mention("reviews", "id-1", SHOP, text="Awful!", author="Anna", published=NOW - 9_000)


@pytest.mark.parametrize("words", ["Awful!", ""])
@pytest.mark.parametrize("handles", [("", ""), ("u1", "u2")])
def test_few_words_under_another_id_of_a_service_are_another_review(
    reviews: Reviews, words: str, handles: tuple[str, str]
) -> None:
    first = replace(FIRST, text=words, stars=5.0, handle=handles[0])
    second = replace(first, key="id-2", stars=1.0, handle=handles[1], published=NOW - 60)
    reviews.poll(first)
    reviews.poll(first, second)
    assert len(reviews.heard()) == 2


def test_what_stood_before_an_account_was_deleted_goes_with_the_person(reviews: Reviews, profile: Profile) -> None:
    said = replace(FIRST, text=f"{COLD} Anna Nowak, Main Street 5.", handle="anna")
    reviews.poll(said)
    reviews.poll(replace(said, text="[deleted by the author of this post]", author="", handle=""))
    identity = identity_of(said)
    assert identity
    profile.desk_archive.forget([identity.key])
    with closing(sqlite3.connect(profile.folder / "archive.sqlite")) as archive:
        assert archive.execute("SELECT text FROM earlier").fetchall() == []
