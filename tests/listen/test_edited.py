"""A post edited into a complaint is news whenever it was published; what only looks like it rings no bell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC

import pytest
from detect.resources_folder import RESOURCES
from fakes.pages import WordDetector
from fakes.profile import Profile

from app.core.matching import matcher_for
from app.core.mention import Mention
from app.core.preferences import Preferences
from app.core.verdict import Among, Kind, Reason, Verdict, judged_text
from app.core.views import Folder
from app.core.watch import Watch, WatchState
from app.detect.detector import LearningDetector
from app.listen.record import Reading, Recorded, Recorder
from app.listen.setting import Setting
from app.listen.stems import SnowballStemmer

NOW, DAY = 1_800_000_000.0, 86_400.0
PLAIN = "Bought a loaf at the bakery on the corner this morning, and a bun for the way home."
AWFUL = f"{PLAIN} Update: it was awful, and nobody answers the phone."
MILD = "Bought a loaf at the bakery on the corner, it was stale, and nobody said sorry."
MONTH_OLD = Mention("page", "1", "https://a.example/1", "", PLAIN, "Anna", "@anna", "a.example", NOW - 30 * DAY)
UNDATED = replace(MONTH_OLD, published=None)
REVIEW = replace(MONTH_OLD, stars=5.0)


class Learner(WordDetector):
    """Once it has `learnt` that «stale» is a complaint, it says so; few stars are one for any words.

    What stands first on a blog it takes for none, and what is of a page for one.
    """

    learnt = False

    def judge(self, text: str, *, stars: float | None = None, **more: object) -> Verdict:  # type: ignore[override]
        if "first on" in text:
            return Verdict(Kind.NEUTRAL, 0.2)
        if "of the page" in text and "stale" in text:
            return Verdict(Kind.COMPLAINT, 0.9)
        if (self.learnt and "stale" in text) or (stars is not None and stars < 3):
            return Verdict(Kind.COMPLAINT, 0.9)
        return super().judge(text, stars=stars, **more)  # type: ignore[arg-type]


class Place:
    """What several watches hear, poll after poll, a day apart."""

    def __init__(self, profile: Profile) -> None:
        self.desk = profile.desk_archive
        self.detector = Learner()
        self._recorder = Recorder(profile.listener_archive, self.detector)
        self._polled: set[str] = set()
        self.now = NOW - 20 * DAY
        self.rung: list[int] = []
        self.among = Among.ANYTHING

    def close(self) -> None:
        self._recorder.close()

    def poll(self, *mentions: Mention, watch: str = "w") -> Recorded:
        self.now += DAY
        first = watch not in self._polled
        setting = Setting(Watch(watch, watch, "page"), Preferences(), UTC, self.now, first=first, among=self.among)
        self._polled.add(watch)
        state = WatchState(watch, heard_at=self.now)
        matcher = matcher_for((), (), SnowballStemmer())
        reading = Reading(setting, matcher, mentions, state, state, self.now, self.now)
        recorded = self._recorder.submit(reading).result(60)
        assert isinstance(recorded, Recorded), recorded
        self.rung += recorded.stored.ringing
        return recorded


@pytest.fixture
def place(profile: Profile) -> Iterator[Place]:
    made = Place(profile)
    yield made
    made.close()


@pytest.mark.parametrize("before", [MONTH_OLD, UNDATED, replace(MONTH_OLD, text="Great bread!")])
def test_an_old_post_edited_into_a_complaint_rings_once(place: Place, before: Mention) -> None:
    place.poll(before)
    for _day in range(10):
        place.poll(before)
    for text in (AWFUL, AWFUL, f"{AWFUL} Awful!", PLAIN, AWFUL):
        place.poll(replace(before, text=text))
    assert place.rung == [1]
    (row,) = place.desk.page(Folder.COMPLAINTS, "", 0, 9, place.now).rows
    assert row.due_at


def test_it_waits_for_its_bell_while_nobody_listens(place: Place) -> None:
    place.poll(MONTH_OLD)
    place.now += 12 * DAY
    place.poll(replace(MONTH_OLD, text=AWFUL))
    edited = place.now
    place.poll(replace(MONTH_OLD, text=f"{AWFUL} 3 people like this."))
    assert place.desk.unrung(edited) == (1,)
    assert place.desk.unrung(edited + 1) == ()


def test_one_for_the_digest_is_in_the_next_digest(place: Place) -> None:
    place.poll(MONTH_OLD)
    place.now += 12 * DAY
    place.poll(replace(MONTH_OLD, text=f"{PLAIN} Hmm, 0.61"))
    edited = place.now
    place.poll(replace(MONTH_OLD, text=f"{PLAIN} Hmm, 0.61 Edited 3 minutes ago."))
    assert place.rung == []
    assert place.desk.undigested(edited, edited + 1) == (1,)
    assert place.desk.undigested(edited + 1, edited + 9 * DAY) == ()


@pytest.mark.parametrize("after", [1.0, 2.0])
def test_a_review_whose_stars_alone_are_taken_away_is_a_complaint(place: Place, after: float) -> None:
    for text in (PLAIN, ""):
        review = replace(REVIEW, key=f"r{len(text)}", url=f"https://a.example/r{len(text)}", text=text)
        place.poll(review)
        for stars in (after, after, 5.0, after):
            place.poll(replace(review, stars=stars))
    assert place.rung == [1, 2]
    kept = place.desk.mention(1)
    assert kept
    assert (kept.mention.stars, kept.earlier, kept.edited_at is not None) == (after, (), True)


WHOLE = replace(REVIEW, title="About the bakery", text=f"{PLAIN} The buns were soft, and we sat by the window.")


@pytest.mark.parametrize("title", ["About the bakery", "About that bakery"])
def test_a_review_heard_shortened_with_other_stars_keeps_its_words(place: Place, title: str) -> None:
    place.poll(replace(WHOLE, stars=2.0))
    cut = replace(WHOLE, title=title, text=f"{PLAIN[:60]}…", stars=1.0)
    for poll in (cut, cut, replace(WHOLE, title=title, stars=1.0), replace(cut, stars=4.0)):
        place.poll(poll)
        kept = place.desk.mention(1)
        assert kept
        assert (kept.mention.title, kept.mention.text, kept.mention.stars) == (title, WHOLE.text, poll.stars)
    assert place.desk.page(Folder.EVERYTHING, "window", 0, 9, place.now).rows
    assert len(place.desk.mention(1).earlier) == (title != WHOLE.title)


@pytest.mark.parametrize(
    "text", ["Awful…", f"{PLAIN[:60]}… Awful!", f"{PLAIN[:60]}", PLAIN.replace("loaf", "brick"), f"{WHOLE.text} Awful…"]
)
def test_other_words_with_other_stars_are_an_edit_as_they_are(place: Place, text: str) -> None:
    place.poll(WHOLE)
    place.poll(replace(WHOLE, text=text, stars=2.0))
    kept = place.desk.mention(1)
    assert kept
    assert (kept.mention.text, kept.mention.stars) == (text, 2.0)


@pytest.mark.parametrize("other", [4.5, None])
def test_stars_that_are_only_told_otherwise_are_no_edit(place: Place, other: float | None) -> None:
    place.poll(REVIEW)
    place.poll(replace(REVIEW, stars=other))
    kept = place.desk.mention(1)
    assert kept
    assert (kept.edited_at, kept.mention.stars) == (None, 5.0)


def test_a_first_poll_rings_for_no_old_post_that_reads_otherwise_there(place: Place) -> None:
    place.poll(MONTH_OLD)
    place.poll(replace(MONTH_OLD, text=AWFUL), watch="another")
    assert place.rung == []


def test_two_watches_that_are_shown_two_texts_ring_at_no_poll(place: Place) -> None:
    place.poll(MONTH_OLD)
    place.poll(replace(MONTH_OLD, text=AWFUL), watch="another")
    for _day in range(3):
        place.poll(MONTH_OLD)
        place.poll(replace(MONTH_OLD, text=AWFUL), watch="another")
    assert place.rung == []


@pytest.mark.parametrize("published", [MONTH_OLD.published, None, NOW - 18.5 * DAY])
@pytest.mark.parametrize(
    "note", ["Edited 3 minutes ago.", "12 comments, 4 likes", "Posted on 3 March 2026", "The shop: page 2 of 7"]
)
def test_what_the_detector_has_learnt_since_rings_for_no_trivial_change(
    place: Place, published: float | None, note: str
) -> None:
    mild = replace(MONTH_OLD, text=MILD, published=published)
    place.poll(mild)
    place.detector.learnt = True
    place.poll(replace(mild, text=f"{MILD} {note}"))
    assert place.rung == []
    assert [row.mention_id for row in place.desk.page(Folder.COMPLAINTS, "", 0, 9, place.now).rows] == [1]


def test_what_is_added_rings_though_the_detector_has_learnt_that_the_rest_was_a_complaint(place: Place) -> None:
    mild = replace(MONTH_OLD, text=MILD)
    place.poll(mild)
    place.detector.learnt = True
    place.poll(replace(mild, text=f"{MILD} And the staff was awful."))
    assert place.rung == [1]


def test_an_old_post_that_was_heard_shortened_first_rings_as_an_old_one(place: Place) -> None:
    place.poll(replace(MONTH_OLD, key="cut", text=f"{PLAIN}…"))
    place.poll(replace(MONTH_OLD, text=AWFUL))
    assert place.rung == []
    kept = place.desk.mention(1)
    assert kept
    assert kept.mention.text == AWFUL


def test_old_posts_of_a_feed_published_anew_with_other_counters_ring_for_nobody(place: Place) -> None:
    posts = [
        replace(MONTH_OLD, key=str(n), url=f"https://a.example/{n}", text=text)
        for n, text in enumerate((PLAIN, AWFUL, MILD))
    ]
    place.poll(*posts)
    place.detector.learnt = True
    for poll in range(3):
        place.poll(*(replace(one, text=f"{one.text} {poll} likes, edited {poll} days ago") for one in posts))
    assert place.rung == []


@pytest.mark.parametrize(("days", "rung"), [(30, []), (4, [1])])
def test_a_note_that_goes_makes_no_old_post_news(place: Place, days: int, rung: list[int]) -> None:
    place.now = NOW - 3 * DAY
    post = replace(MONTH_OLD, published=NOW - days * DAY, text=f"{AWFUL} The post appeared first on Blog.")
    place.poll(post)
    place.poll(replace(post, text=AWFUL))
    assert place.rung == rung


@pytest.mark.parametrize(("others", "rung"), [(2, []), (1, [1])])
def test_what_a_place_adds_to_many_posts_makes_none_of_them_news(place: Place, others: int, rung: list[int]) -> None:
    posts = [replace(MONTH_OLD, text=MILD)] + [
        replace(MONTH_OLD, key=f"k{n}", url=f"https://a.example/k{n}", text=f"{PLAIN} Day {n}") for n in range(others)
    ]
    place.poll(*posts)
    place.poll(*(replace(post, text=f"{post.text} Top of the page") for post in posts))
    assert place.rung == rung


def test_what_a_place_adds_is_known_of_posts_that_had_to_wait_for_others_of_their_author_too(place: Place) -> None:
    posts = [
        replace(MONTH_OLD, key=f"k{n}", url=f"https://a.example/k{n}", text=f"{MILD} Day {'abcdefg'[n]}")
        for n in range(3)
    ]
    place.poll(*posts)
    place.poll(*(replace(post, text=f"{post.text} Top of the page") for post in posts))
    assert place.rung == []
    assert {place.desk.mention(n).case_id for n in (1, 2, 3)} == {1}  # type: ignore[union-attr]


REAL = LearningDetector(RESOURCES)
PRAISE = "Great bread, and the people of this bakery are so kind!"
SINCE = "Edit: mine was awful today, and nobody answers the phone."


class Warm(WordDetector):
    """Takes for praise what begins so, whatever follows; tells «awful» as the word that decided."""

    def judge(self, text: str, **more: object) -> Verdict:  # type: ignore[override]
        if text.startswith("Great"):
            return Verdict(Kind.PRAISE, 0.1)
        verdict, at = super().judge(text, **more), text.find("awful")  # type: ignore[arg-type]
        return replace(verdict, reasons=(Reason(at, at + 5, verdict.score),)) if at >= 0 else verdict


@pytest.fixture
def warm(place: Place) -> Place:
    place.detector.judge = Warm().judge  # type: ignore[method-assign]
    return place


@pytest.mark.parametrize("title", ["", "Our bakery"])
@pytest.mark.parametrize("stars", [None, 5.0])
def test_praise_to_which_a_complaint_is_added_rings_and_shows_what_decided(
    warm: Place, title: str, stars: float | None
) -> None:
    before = replace(MONTH_OLD, text=PRAISE, title=title, stars=stars)
    after = replace(before, text=f"{PRAISE} {SINCE}")
    for mention in (before, before, after, after, replace(after, text=f"{after.text} 12 likes")):
        warm.poll(mention)
    assert warm.rung == [1]
    (row,) = warm.desk.page(Folder.COMPLAINTS, "", 0, 9, warm.now).rows
    assert row.due_at
    assert next(earlier.text for earlier in warm.desk.mention(1).earlier) == PRAISE


def test_the_reasons_of_what_was_added_point_into_the_whole(warm: Place) -> None:
    before = replace(MONTH_OLD, text=PRAISE, title="Our bakery")
    after = replace(before, text=f"{PRAISE} {SINCE}")
    warm.poll(before)
    warm.poll(after)
    (why,) = warm.desk.mention(1).verdict.reasons
    assert judged_text(after.title, after.text)[why.start : why.end] == "awful"


@pytest.mark.parametrize(
    "added",
    [
        "Edit: the second time was just as good.",
        "12 likes, 3 comments, edited 5 minutes ago",
        "Edit: parking is hard to find nearby.",
        "Response from the owner: We are sorry that it was awful.",
        "Reply: Thank you! We are sorry that the parking is awful.",
        "Owner: Hello! Sorry to hear that it was awful.",
        "Again.",
        "Update: they replaced the damaged loaf without asking.",
        "Edit: fixed a typo.",
        "Edit: hmm, 0.31",
    ],
)
def test_praise_to_which_no_complaint_is_added_stays_praise(warm: Place, added: str) -> None:
    warm.poll(replace(MONTH_OLD, text=PRAISE))
    warm.poll(replace(MONTH_OLD, text=f"{PRAISE} {added}"))
    assert (warm.rung, warm.desk.mention(1).verdict.kind) == ([], Kind.PRAISE)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("Reply: We are sorry that the wait was awful.", Kind.PRAISE),
        ("Reply: they were awful to me.", Kind.COMPLAINT),
        ("Edit: Reply: We are sorry that it was awful.", Kind.COMPLAINT),
        ('Reply: "We are sorry", such an awful lie.', Kind.COMPLAINT),
        ("Owner: awful, he shouted at everybody.", Kind.COMPLAINT),
        ("Reply: We are sorry. Update: awful liars.", Kind.COMPLAINT),
    ],
)
def test_the_shops_answer_makes_no_complaint_of_praise(place: Place, answer: str, kind: Kind) -> None:
    praise = replace(MONTH_OLD, text="We sat by the window and had great buns.")
    place.poll(praise)
    for note in ("", " 12 likes"):
        place.poll(replace(praise, text=f"{praise.text}\n{answer}{note}"))
        assert place.desk.mention(1).verdict.kind is kind
    assert place.rung == [1] * (kind is Kind.COMPLAINT)


def test_what_a_place_adds_to_much_praise_is_no_complaint(warm: Place) -> None:
    many = [replace(MONTH_OLD, key=f"m{n}", url=f"https://a.example/m{n}", text=f"{PRAISE} {n}!") for n in range(4)]
    many = [replace(one, author=f"Guest {one.key}", handle=f"@{one.key}") for one in many]
    warm.poll(*many)
    warm.poll(*(replace(one, text=f"{one.text} An awful advertisement for phones.") for one in many))
    assert warm.rung == []


def test_praise_that_was_heard_shortened_is_judged_as_a_whole(warm: Place) -> None:
    whole = f"{PRAISE} {SINCE}"
    warm.poll(replace(MONTH_OLD, key="cut", text=f"{PRAISE} Edit: mine was …"))
    warm.poll(replace(MONTH_OLD, text=whole))
    assert warm.rung == []


def test_what_a_newspaper_adds_to_its_praise_is_no_complaint_of_a_customer(warm: Place) -> None:
    warm.among = Among.NEWS
    warm.poll(replace(MONTH_OLD, text=PRAISE))
    warm.poll(replace(MONTH_OLD, text=f"{PRAISE} {SINCE}"))
    assert (warm.rung, warm.desk.mention(1).verdict.kind) == ([], Kind.PRAISE)


@pytest.mark.parametrize("note", ["12 likes", "Edited 3 minutes ago", "13 likes · Reply"])
def test_such_a_complaint_stays_one_when_only_counters_change(warm: Place, note: str) -> None:
    text = f"{PRAISE} {SINCE}"
    for said in (PRAISE, text, f"{text} {note}", f"{text} {note} 1"):
        warm.poll(replace(MONTH_OLD, text=said))
    verdict = warm.desk.mention(1).verdict
    assert (verdict.kind, [f"{text}"[why.start : why.end] for why in verdict.reasons]) == (Kind.COMPLAINT, ["awful"])
    warm.poll(replace(MONTH_OLD, text=f"{PRAISE} Edit: all is well again."))
    assert warm.desk.mention(1).verdict.kind is Kind.PRAISE
    assert warm.rung == [1]


def test_what_is_a_complaint_by_its_stars_is_none_with_others(place: Place) -> None:
    for stars in (1.0, 5.0):
        place.poll(replace(REVIEW, stars=stars))
    assert place.desk.mention(1).verdict.kind is not Kind.COMPLAINT


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Great shop, no delays. I like it!", "Great shop, no delays or problems with broken parcels. I like it!"),
        ("Wonderful staff, I never had any problems!", "Wonderful staff, I never had any problems with rude waiters!"),
        (
            "Świetny sklep, nigdy nie miałam problemów!",
            "Świetny sklep, nigdy nie miałam problemów z uszkodzoną paczką!",
        ),
        ("Отличный магазин, никаких задержек!", "Отличный магазин, никаких задержек и бракованного товара!"),
        (
            "Super sklep!",
            "Super sklep!\n> Oszuści, nie oddali mi pieniędzy!\nNie zgadzam się, u mnie wszystko w porządku.",
        ),
        ("Отличное кафе!", "Отличное кафе!\n> Ужасное обслуживание, обманули!\nНе согласна, у меня всё хорошо."),
        ("I love this shop!", "I love this shop!\n\n> Awful shop, they cheated me!"),
    ],
)
def test_what_denies_or_quotes_a_complaint_is_none(place: Place, before: str, after: str) -> None:
    place.detector.judge = REAL.judge  # type: ignore[method-assign]
    place.poll(replace(MONTH_OLD, text=before))
    place.poll(replace(MONTH_OLD, text=after))
    assert (place.rung, place.desk.mention(1).verdict.kind) == ([], Kind.PRAISE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Great place, no complaints!", "Great place, no complaints! They stole my deposit."),
        (
            "Świetna obsługa polecam każdemu",
            "Świetna obsługa polecam każdemu edit po tygodniu się zepsuło i nikt nie odpisał",
        ),
        (
            "Отличный сервис милые люди всем рекомендую",
            "Отличный сервис милые люди всем рекомендую через неделю всё сломалось никто не отвечает",
        ),
        ("Nigdy się nie zawiodłam, cudo", "Nigdy się nie zawiodłam, cudo dzisiaj spleśniały chleb i chamska pani"),
    ],
)
def test_what_speaks_for_itself_rings_whatever_was_said_before_it(place: Place, before: str, after: str) -> None:
    place.detector.judge = REAL.judge  # type: ignore[method-assign]
    place.poll(replace(MONTH_OLD, text=before))
    place.poll(replace(MONTH_OLD, text=after))
    assert place.rung == [1]


def test_what_was_a_question_is_judged_as_a_whole(warm: Place) -> None:
    warm.poll(replace(MONTH_OLD, text="Is the bread here good?"))
    warm.poll(replace(MONTH_OLD, text=f"Great, never mind! {PRAISE} {SINCE}"))
    assert warm.rung == []
