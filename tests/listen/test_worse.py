"""A complaint that was answered and is edited for the worse since: it is open again and rings, once for each such edit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC

import pytest
from fakes.counter import Counter
from fakes.pages import WordDetector
from fakes.profile import Profile

from app.core.case import CaseState
from app.core.identity import Archived, Prints
from app.core.matching import phrases_for
from app.core.mention import Mention
from app.core.messages import Arrived, Polled, PollNow
from app.core.outbox import Outgoing, Wish
from app.core.ports.archive import Known
from app.core.preferences import Preferences
from app.core.verdict import Kind, Verdict
from app.core.views import Folder
from app.core.watch import Watch
from app.listen.setting import Setting
from app.listen.sift import sift
from app.listen.stems import SnowballStemmer

FEED = "https://a.example/feed"
AWFUL = "1; Anna @anna; Bought a loaf at the bakery on the corner: awful, and nobody answers the phone."
WORSE = f"{AWFUL} Update: they promised a refund, an awful lie!"
WORST = f"{WORSE} Edit: now they threaten me, simply awful."
OURS = "We are sorry that the loaf was awful, please come and get your money back."
OTHERS = "".join(f"\n{n}; Guest {n} @g{n}; Came on day {n} to the shop: awful." for n in range(2, 6))
MINUTE = 60.0


@pytest.fixture
def shop(profile: Profile) -> Iterator[Counter]:
    made = Counter(profile)
    yield made
    made.close()


def reads(shop: Counter, *pages: str) -> list[Arrived]:
    """Have the watch read the page as it is, a while after what the owner did, and return what was told."""
    shop.profile.clock.shift += 3 * MINUTE
    with shop.profile.listening() as (listener, ears):
        for number, page in enumerate(pages, 1):
            shop.profile.web.pages[FEED] = page
            listener.obey(PollNow(("a",)))
            ears.expect(Polled, number)
        return ears.of(Arrived)


def now(shop: Counter) -> float:
    return shop.profile.clock() + MINUTE


def rung(shop: Counter) -> list[int]:
    """Have the bells look round, and return what they ring for."""
    alert = shop.desk.bells.catch_up(now(shop))
    return [row.mention_id for row in alert.rows] if alert else []


def complaints(shop: Counter) -> list[int]:
    return [row.mention_id for row in shop.desk.inbox.page(Folder.COMPLAINTS, "", 0, 9, now(shop)).rows]


def answered(shop: Counter, page: str = AWFUL, state: CaseState = CaseState.ANSWERED) -> int:
    """Have a complaint be heard, ring and be settled; returns its mention."""
    mention = int(reads(shop, page)[0].mention_ids[0])
    rung(shop)
    shop.desk.cases.set_state(mention, state, now(shop))
    return mention


@pytest.mark.parametrize("state", [CaseState.ANSWERED, CaseState.WAITING, CaseState.RESOLVED, CaseState.NO_REPLY])
def test_it_is_open_again_and_rings_once(shop: Counter, state: CaseState) -> None:
    mention = answered(shop, state=state)
    told = reads(shop, WORSE, WORSE, f"{WORSE} 12 likes")
    assert [one.ringing for one in told] == [(mention,), ()]
    alert = shop.desk.bells.ring((mention,), now(shop))
    assert alert
    assert [row.mention_id for row in alert.rows] == complaints(shop) == [mention]
    row = shop.desk.inbox.row(mention)
    assert (row.state, bool(row.back_at)) == (CaseState.NEW, True)
    assert shop.desk.bells.ring((mention,), now(shop)) is None
    assert rung(shop) == []


def test_it_comes_back_as_it_does_for_a_follow_up_of_the_customer(
    shop: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stands(mention: int) -> tuple[object, ...]:
        row = shop.desk.inbox.row(mention)
        return row.state, row.kind, row.case_id, row.due_at, bool(row.back_at), complaints(shop)

    mention = answered(shop)
    reads(shop, WORSE)
    assert rung(shop) == [mention]
    edited = stands(mention)
    shop.desk.cases.set_state(mention, CaseState.ANSWERED, now(shop))
    read = shop.profile.source._mention
    monkeypatch.setattr(shop.profile.source, "_mention", lambda line, url: replace(read(line, url), parent="1"))
    follow_up = reads(shop, f"{WORSE}\n7; Anna @anna; They lie to everybody who asks, awful!")[0].mention_ids[0]
    assert rung(shop) == [follow_up]
    assert stands(mention) == edited


def test_each_edit_for_the_worse_rings_and_none_twice(shop: Counter) -> None:
    mention = answered(shop)
    for page in (WORSE, WORST):
        reads(shop, page)
        assert rung(shop) == [mention]
        assert rung(shop) == []
        shop.desk.cases.set_state(mention, CaseState.ANSWERED, now(shop))
    assert [one.ringing for one in reads(shop, AWFUL, WORST, WORSE, WORST)] == [()] * 4
    assert rung(shop) == []


def test_it_rings_though_the_clock_was_put_back(shop: Counter) -> None:
    mention = answered(shop)
    reads(shop, WORSE)
    shop.profile.clock.shift -= 30 * MINUTE
    assert rung(shop) == [mention]
    assert rung(shop) == []


NO_WORSE = [
    f"{AWFUL} 12 likes",
    f"{AWFUL} Edited 3 minutes ago",
    AWFUL.replace(", and nobody answers the phone", ""),
    AWFUL.replace("awful", "awfull"),
    f"{AWFUL} I posted it elsewhere as well.",
    f"{AWFUL} Update: they gave everything back, great people!",
    f"{AWFUL} Response from the owner: {OURS}",
    f"{AWFUL} Odpowiedź właściciela (3 dni temu): {OURS}",
    f"{AWFUL} Reply: {OURS}",
    f"{AWFUL} Merchant reply: {OURS}",
    f"{AWFUL} Crumbs Bakery responded: {OURS}",
    f"{AWFUL} Dear Anna, {OURS}",
    f"{AWFUL} One more photo.",
    f"{AWFUL} Update: they replaced the damaged loaf without asking.",
    f"{AWFUL} EDIT: my mistake, I gave them the wrong address.",
]


@pytest.mark.parametrize("page", NO_WORSE)
def test_what_is_no_worse_stays_answered(shop: Counter, page: str) -> None:
    mention = answered(shop)
    assert [one.ringing for one in reads(shop, page)] == [()]
    assert rung(shop) == complaints(shop) == []
    assert shop.desk.inbox.row(mention).state is CaseState.ANSWERED


@pytest.mark.parametrize(("there", "rings"), [(OURS, False), (f"{OURS} What awful liars, nobody was there!", True)])
def test_our_own_answer_in_the_text_is_no_complaint(shop: Counter, there: str, *, rings: bool) -> None:
    mention = answered(shop)
    shop.profile.archive.out_tray().put(Outgoing("r", mention, "a", OURS, Wish.LOOK, now(shop)))
    assert [one.ringing for one in reads(shop, f"{AWFUL} Bakery wrote: {there}")] == [(mention,) if rings else ()]


QUOTED = [
    'Update. Reply from the owner: "eat elsewhere". So awful, he called me an idiot!',
    "Owner's response: awful, he laughed at me.",
    f"Response from the owner: {OURS} Update: awful liars, nothing came.",
    "Update: refund received after three awful months.",
    "Update: they replaced it with another awful loaf.",
    "Again awful.",
]


@pytest.mark.parametrize("added", QUOTED)
def test_what_only_looks_like_an_answer_or_like_peace_comes_back(shop: Counter, added: str) -> None:
    mention = answered(shop)
    assert [one.ringing for one in reads(shop, f"{AWFUL} {added}")] == [(mention,)]


def test_what_a_place_adds_to_many_is_no_edit_of_an_author(shop: Counter) -> None:
    page = f"{AWFUL}{OTHERS}"
    first, *_others = reads(shop, page)[0].mention_ids
    rung(shop)
    shop.desk.cases.set_state(first, CaseState.ANSWERED, now(shop))
    labelled = "\n".join(f"{line} Rated awful by neighbours" for line in page.splitlines())
    assert [one.ringing for one in reads(shop, labelled)] == [()]


def test_what_several_customers_add_alike_is_theirs(shop: Counter) -> None:
    page = f"{AWFUL}{OTHERS}"
    first, second, *_others = reads(shop, page)[0].mention_ids
    rung(shop)
    for mention in (first, second):
        shop.desk.cases.set_state(mention, CaseState.ANSWERED, now(shop))
    again = "\n".join(f"{line} Liars, awful!" for line in page.splitlines())
    assert [one.ringing for one in reads(shop, again)] == [(first, second)]


@pytest.mark.parametrize("state", [CaseState.NEW, CaseState.IN_WORK, CaseState.NOT_US])
def test_what_is_open_or_not_about_the_shop_stays_as_it_is(shop: Counter, state: CaseState) -> None:
    mention = answered(shop, state=state)
    assert [one.ringing for one in reads(shop, WORSE)] == [()]
    assert rung(shop) == []
    assert shop.desk.inbox.row(mention).state is state


def test_what_the_owner_calls_something_else_stays_so(shop: Counter) -> None:
    mention = answered(shop)
    shop.desk.cases.set_kind(mention, Kind.PRAISE, now(shop))
    shop.desk.cases.set_state(mention, CaseState.ANSWERED, now(shop))
    assert [one.ringing for one in reads(shop, WORSE)] == [()]
    assert rung(shop) == complaints(shop) == []


def test_what_only_the_owner_called_a_complaint_is_one(shop: Counter) -> None:
    plain = "1; Anna @anna; Bought a loaf at the bakery on the corner, it fell apart."
    mention = int(reads(shop, plain)[0].mention_ids[0])
    shop.desk.cases.set_kind(mention, Kind.COMPLAINT, now(shop))
    shop.desk.cases.set_state(mention, CaseState.ANSWERED, now(shop))
    assert [one.ringing for one in reads(shop, f"{plain} Update: the answer was awful and rude.")] == [(mention,)]
    assert rung(shop) == complaints(shop) == [mention]


def test_what_the_owner_does_meanwhile_counts(shop: Counter) -> None:
    mention = answered(shop)
    reads(shop, WORSE)
    shop.desk.cases.set_state(mention, CaseState.RESOLVED, now(shop))
    assert rung(shop) == complaints(shop) == []


NOON = 1_800_000_000.0
REVIEW = Mention(
    "google", "r1", "https://g.example/1", "", "Zimna zupa.", "Anna", "", "g.example", NOON - 90 * 86_400, stars=2.0
)
THERE = Archived(6, "Anna", "", REVIEW.url, "", REVIEW.text, 0, stars=2.0)
CLOSED = Known(by_key=6, kind=Kind.COMPLAINT, case=4, rang=True, settled=True, closed=True, there=THERE)
MORE = f"{REVIEW.text} Właściciel mnie obraził!"
SETTING = Setting(Watch("w", "Reviews", "google"), Preferences(), UTC, NOON, first=False)


def judged(mention: Mention) -> Verdict:
    level = 0.55 if mention.text.startswith("Właściciel") else 0.9
    return (
        Verdict(Kind.NEUTRAL, 0.1)
        if "Zdjęcia" in mention.text and len(mention.text) < 20
        else Verdict(Kind.COMPLAINT, level)
    )


def rings(text: str = MORE, stars: float | None = 2.0, known: Known = CLOSED, setting: Setting = SETTING) -> bool:
    mention = replace(REVIEW, text=text, stars=stars)
    (edit,) = sift([mention], [Prints(1, 2, 3)], [known], judged, setting).edits
    assert edit.turned is None or (edit.turned.rings and edit.turned.joins_case == 4)
    return edit.turned is not None


def test_an_old_review_rings_for_words_and_for_stars_taken_away() -> None:
    assert rings()
    assert rings(REVIEW.text, stars=1.0)
    assert not rings(f"{REVIEW.text} Zdjęcia.")
    assert not rings(f"{REVIEW.text} Zdjęcia.", stars=4.0)


PEACE = ["Jeszcze jedno zdjęcie.", "EDIT: reklamacja uznana po dwóch dniach.", "Edit: moja pomyłka, podałam zły adres."]
AGAIN = ["Znowu.", "Trzeci raz u was.", "Same again next week."]
NO_PEACE = [
    "Zdjęcie pleśni.",
    "EDIT: reklamacja uznana po dwóch miesiącach.",
    "Edit: moja pomyłka, że im zaufałam.",
    "Edit: oddali połowę.",
    "Znowu zimna.",
]


@pytest.mark.parametrize("more", [*PEACE, *AGAIN, *NO_PEACE])
def test_that_all_is_well_or_next_to_nothing_is_no_complaint_though_its_few_words_look_like_one(more: str) -> None:
    assert rings(f"{REVIEW.text} {more}") is (more not in PEACE)
    praise = replace(CLOSED, kind=Kind.PRAISE, case=None, rang=False, settled=False, closed=False)
    mention = replace(REVIEW, text=f"{REVIEW.text} {more}", stars=5.0)
    known = replace(praise, there=replace(THERE, stars=5.0))
    (edit,) = sift([mention], [Prints(1, 2, 3)], [known], warmly, SETTING).edits
    assert bool(edit.turned and edit.turned.rings) is (more in NO_PEACE)


@pytest.mark.parametrize(("now", "rung"), [("Czekałam znowu tam.", True), ("Czekałam tam. Znowu.", False)])
def test_such_words_within_a_sentence_are_judged_with_it(now: str, *, rung: bool) -> None:
    there = replace(THERE, text=f"{REVIEW.text} Czekałam tam.", stars=5.0)
    known = replace(CLOSED, kind=Kind.PRAISE, case=None, rang=False, settled=False, closed=False, there=there)
    mention = replace(REVIEW, text=f"{REVIEW.text} {now}", stars=5.0)
    (edit,) = sift([mention], [Prints(1, 2, 3)], [known], warmly, SETTING).edits
    assert bool(edit.turned and edit.turned.rings) is rung


def warmly(mention: Mention) -> Verdict:
    """Take the review for praise, whatever follows, and all else for a complaint, as few words often are."""
    return Verdict(Kind.PRAISE, 0.1) if REVIEW.text in mention.text else Verdict(Kind.COMPLAINT, 0.9)


def test_where_it_may_be_no_edit_or_is_not_wanted_nothing_rings() -> None:
    never = phrases_for(("zupa",), SnowballStemmer())
    assert not rings(setting=replace(SETTING, first=True))
    assert not rings(setting=replace(SETTING, never=never))
    assert not rings(setting=replace(SETTING, preferences=Preferences(ring_at=0.95)))
    assert not rings(setting=replace(SETTING, preferences=Preferences(shop_name="Anna")))
    assert not rings(setting=replace(SETTING, of_place=frozenset(("wlasciciel", "mnie", "obrazil"))))
    assert not rings(known=replace(CLOSED, fuller=True))
    assert not rings(known=replace(CLOSED, closed=False))
    assert not rings(known=replace(CLOSED, by_text=3))
    assert not rings(known=replace(CLOSED, there=replace(THERE, earlier=MORE)))


def test_praise_to_which_complaints_are_added_comes_back_after_each_answer(shop: Counter) -> None:
    warm = "1; Anna @anna; Came on Monday, great bread and great people."
    shop.profile.detector.judge = Warm().judge  # type: ignore[method-assign]
    mention = answered(shop, warm, CaseState.NO_REPLY)
    once = f"{warm} Edit: an awful wait today."
    for page in (once, f"{once} 12 likes", f"{once} Edit: and now an awful letter from them."):
        reads(shop, page)
        told = rung(shop)
        assert told == ([] if "likes" in page else [mention])
        assert complaints(shop) == ([] if "likes" in page else [mention])
        shop.desk.cases.set_state(mention, CaseState.ANSWERED, now(shop))


class Warm(WordDetector):
    """Takes for praise what begins so, whatever follows."""

    def judge(self, text: str, **more: object) -> Verdict:  # type: ignore[override]
        return Verdict(Kind.PRAISE, 0.1) if text.startswith("Came") else super().judge(text, **more)  # type: ignore[arg-type]
