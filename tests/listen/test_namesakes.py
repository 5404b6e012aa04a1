"""The same words under the same name, or under none: of two people, of one, or of a place that tells one thing anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC

import pytest
from fakes.pages import WordDetector
from fakes.profile import Profile

from app.core.case import CaseState, Handling
from app.core.matching import matcher_for
from app.core.mention import ArchivedMention, Mention
from app.core.preferences import Preferences
from app.core.views import Folder
from app.core.watch import Watch, WatchState
from app.listen.record import Reading, Recorded, Recorder
from app.listen.setting import Setting
from app.listen.stems import SnowballStemmer

NOW = 1_800_000_000.0
HOUR, DAY = 3_600.0, 86_400.0
FEW = "So awful, do not go there at all"
MANY = "The bread was awful, nobody answers the phone and nobody gives the money back, so I never come again."
PLACE = "https://maps.google.com/?cid=77"
GOOGLE = Mention("google_business", "r/AbFv1", PLACE, "", FEW, "", "", "google.com", NOW - 5 * DAY, stars=1)
ANNA = Mention("mastodon", "https://m.social/users/anna/1", text=FEW, author="Anna", handle="@anna@m.social")
ANNA = replace(ANNA, url="https://m.social/@anna/1", site="m.social", published=NOW - 5 * HOUR)
ANN = replace(ANNA, key="https://m.social/users/ann/2", url="https://m.social/@ann/2", handle="@ann@m.social")
ANN = replace(ANN, published=NOW - HOUR)


class Place:
    """A place that is read again and again."""

    def __init__(self, profile: Profile) -> None:
        self._desk = profile.desk_archive
        self.recorder = Recorder(profile.listener_archive, WordDetector())
        self.rung: list[int] = []

    def read(self, *mentions: Mention) -> None:
        watch, state = Watch("a", "a", "page"), WatchState("a", heard_at=NOW)
        setting = Setting(watch, Preferences(), UTC, NOW, first=False)
        about_us = matcher_for((), (), SnowballStemmer())
        done = self.recorder.submit(Reading(setting, about_us, mentions, state, state, NOW, NOW)).result(60)
        assert isinstance(done, Recorded), done
        self.rung += done.stored.ringing

    def heard(self) -> list[ArchivedMention]:
        rows = self._desk.page(Folder.EVERYTHING, "", 0, 99, NOW).rows
        found = (self._desk.mention(row.mention_id) for row in rows)
        return sorted((one for one in found if one), key=lambda one: one.id)

    def close_all(self, state: CaseState, ago: float) -> None:
        """Have the owner close all cases so many seconds before now."""
        for one in self.heard():
            if one.case_id is not None:
                answered = NOW - ago if state is CaseState.ANSWERED else None
                self._desk.put_handling(Handling(one.case_id, state, answered_at=answered, changed_at=NOW - ago))


@pytest.fixture
def place(profile: Profile) -> Iterator[Place]:
    made = Place(profile)
    yield made
    made.recorder.close()


@pytest.mark.parametrize("author", ["", "Anna", "A Google user", "Гость"])
@pytest.mark.parametrize("url", [PLACE, "https://maps.google.com/?review={}", ""])
@pytest.mark.parametrize("beside", [True, False])
def test_ids_of_a_service_prove_two_people(place: Place, author: str, url: str, *, beside: bool) -> None:
    many = [
        replace(GOOGLE, key=f"r/AbFv{n}", url=url.format(n), author=author, published=NOW - n * DAY) for n in (3, 2, 1)
    ]
    for _poll in range(2):
        for number in range(3):
            place.read(*many[: number + 1][::-1]) if beside else place.read(many[number])
    assert len({one.case_id for one in place.heard()}) == len(place.heard()) == len(place.rung) == 3


def test_many_at_once_are_as_many(place: Place) -> None:
    many = [replace(GOOGLE, key=f"r/AbFv{n}", published=NOW - n * HOUR) for n in range(1, 6)]
    for _poll in range(2):
        place.read(*many)
    assert len(place.heard()) == len(place.rung) == 5


def test_another_name_under_an_id_of_its_own_is_another_customer_at_one_address(place: Place) -> None:
    place.read(replace(GOOGLE, author="Anna"))
    place.read(replace(GOOGLE, author="Piotr", key="r/AbFv2", published=NOW - DAY))
    assert [one.mention.author for one in place.heard()] == ["Anna", "Piotr"]
    assert len(place.rung) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("@anna@m.social", "@ann@m.social"),
        ("anna", "ann"),
        ("https://m.social/u/anna", "https://m.social/u/ann/"),
        ("anna@mail.example", "ann@post.example"),
    ],
)
@pytest.mark.parametrize("beside", [True, False])
def test_accounts_tell_namesakes_apart_whatever_their_ids(place: Place, one: str, other: str, *, beside: bool) -> None:
    first, second = replace(ANNA, handle=one), replace(ANN, handle=other)
    for _poll in range(2):
        if not beside:
            place.read(first)
        place.read(second, *([first] if beside else []))
    assert {heard.mention.handle for heard in place.heard()} == {one, other}
    assert len(place.rung) == 2


def test_two_accounts_of_one_moment_are_two_where_ids_are_a_services_own(place: Place) -> None:
    place.read(replace(ANNA, source="x", key="1"), replace(ANN, source="x", key="2", published=ANNA.published))
    assert len(place.rung) == 2


REVIEW = replace(GOOGLE, source="mailbox", key="<1@mail.example>", author="Anna")
FED = replace(ANNA, source="feed", handle="", site="forum.example", url="https://forum.example/1")


@pytest.mark.parametrize(
    ("first", "changed"),
    [
        pytest.param(replace(ANNA, source="x", key="1"), {"key": "2"}, id="one account says it twice"),
        pytest.param(replace(GOOGLE, author="Anna"), {"published": GOOGLE.published}, id="hastily sent twice"),
        pytest.param(
            replace(ANNA, source="telegram_channel", key="bakery/7", handle=""),
            {"key": "bakery_new/7", "url": "https://m.social/new/7", "published": ANNA.published},
            id="a channel was renamed",
        ),
        pytest.param(REVIEW, {"key": "<2@mail.example>", "url": ""}, id="a letter reminds of a review"),
        pytest.param(
            replace(GOOGLE, author="Anna"), {"source": "mailbox", "key": "<1@x>"}, id="a letter tells of a review"
        ),
        pytest.param(FED, {"key": "https://forum.example/2", "url": "https://forum.example/2"}, id="an address"),
        pytest.param(replace(FED, key="f 1"), {"key": "f 2", "url": "https://forum.example/2"}, id="an id of a feed"),
        pytest.param(replace(FED, key="hash:1"), {"key": "hash:2"}, id="a hash of the words"),
        pytest.param(replace(FED, key="article:1"), {"key": "article:2"}, id="a hash of the headline"),
        pytest.param(replace(FED, key="yt:video:1"), {"key": "yt:video:2"}, id="a worldwide id of a feed"),
        pytest.param(replace(FED, source="phone", key="1"), {"key": "2"}, id="entered by hand"),
        pytest.param(
            replace(FED, key="f 1", handle="https://forum.example/u/anna"),
            {"key": "f 2", "handle": "anna@mail.example"},
            id="a page here and a mail address there",
        ),
        pytest.param(
            replace(FED, key="f 1", handle="https://forum.example/u/anna"),
            {"key": "f 2", "handle": "https://forum.example/profile/ania"},
            id="two pages of one author",
        ),
        pytest.param(
            replace(FED, key="f 1", handle="https://forum.example/profile.php?id=4&sid=1"),
            {"key": "f 2", "handle": "https://forum.example/profile.php?id=4&sid=2"},
            id="a page with the number of the visit",
        ),
    ],
)
def test_what_proves_nothing_is_one_mention(place: Place, first: Mention, changed: dict[str, str | float]) -> None:
    second = replace(first, **{"key": "r/other", "published": NOW - HOUR, **changed})  # type: ignore[arg-type]
    place.read(first)
    place.close_all(CaseState.ANSWERED, 2 * HOUR)
    for _poll in range(2):
        place.read(second)
    assert len(place.heard()) == len(place.rung) == 1


def test_a_feed_whose_author_pages_moved_with_everything_else_tells_nothing_anew(place: Place) -> None:
    for year in ("2026", "2027"):
        site = {
            "key": f"f {year}",
            "url": f"https://forum.example/{year}",
            "handle": f"https://forum.example/u/a{year}",
        }
        place.read(replace(FED, **site))  # type: ignore[arg-type]
    assert len(place.heard()) == len(place.rung) == 1


def test_a_long_text_of_a_namesake_is_another_place_of_the_case_without_a_bell(place: Place) -> None:
    place.read(replace(GOOGLE, text=MANY, author="Anna"))
    place.read(replace(GOOGLE, text=MANY, author="Anna", key="r/AbFv2", published=NOW - DAY))
    one, two = place.heard()
    assert (two.repost_of, two.case_id) == (one.id, one.case_id)
    assert place.rung == [one.id]


@pytest.mark.parametrize("copy_first", [True, False])
def test_a_copy_elsewhere_of_what_one_wrote_silences_no_namesake(place: Place, *, copy_first: bool) -> None:
    anna = replace(GOOGLE, author="Anna")
    copied = replace(FED, key="f 1")
    for mention in (copied, anna) if copy_first else (anna, copied):
        place.read(mention)
    assert len(place.rung) == 1
    place.read(replace(anna, key="r/AbFv2", published=NOW - HOUR))
    assert len(place.rung) == 2


@pytest.mark.parametrize("author", ["Anna", "", "A Google user"])
@pytest.mark.parametrize("text", [FEW, MANY])
@pytest.mark.parametrize("link", ["https://b.example/{}", "https://b.example/t?p={}", ""])
def test_a_second_site_whose_feed_is_made_anew_at_each_poll_is_one_more_place(
    place: Place, author: str, text: str, link: str
) -> None:
    first = replace(FED, text=text, author=author, published=NOW - 9 * HOUR)
    place.read(first)
    for number in range(4):
        anew = {"key": f"b {number}", "url": link.format(number), "published": NOW - (8 - number) * HOUR}
        place.read(replace(first, site="b.example", **anew))  # type: ignore[arg-type]
    assert [one.mention.site for one in place.heard()] == ["forum.example", "b.example"]
    assert len(place.rung) == 1


AD = "Cheap loans for everybody, ask us today and get money in ten minutes without any papers at all, nobody is awful"


@pytest.mark.parametrize("ads", [0, 2, 3, 9])
@pytest.mark.parametrize("put_away", [False, True])
def test_the_ads_of_others_silence_nobody_who_says_again_what_was_answered(
    place: Place, ads: int, *, put_away: bool
) -> None:
    anna = replace(FED, key="f 1", published=NOW - 9 * HOUR)
    ad = replace(anna, key="f 2", url="https://forum.example/2", author="Promo Bot", text=AD)
    if put_away:
        place.read(anna, ad)
        place.close_all(CaseState.ANSWERED, 3 * HOUR)
    else:
        place.read(anna)
        place.close_all(CaseState.ANSWERED, 3 * HOUR)
        place.read(ad)
    rung = len(place.rung)
    again = replace(anna, key="f 3", url="https://forum.example/3", published=NOW - 600)
    more = [
        replace(ad, key=f"f {n}", url=f"https://forum.example/{n}", published=NOW - 900.0 * n)
        for n in range(4, 4 + ads)
    ]
    for _poll in range(2):
        place.read(again, *more, anna, ad)
    rings = [one for one in place.heard() if one.id in place.rung[rung:]]
    assert [one.mention.author for one in rings] == (["Anna", "Promo Bot"] if put_away and ads else ["Anna"])
    assert all(one.repost_of is None for one in rings)
