"""Sifting: what is new, what is it, what follows."""

from dataclasses import replace
from datetime import UTC

import pytest

from app.core.identity import Prints
from app.core.matching import phrases_for
from app.core.mention import Mention
from app.core.ports.archive import Known, NewMention
from app.core.preferences import Preferences
from app.core.verdict import Kind, Verdict
from app.core.watch import Watch
from app.listen.setting import Setting
from app.listen.sift import Sifted, sift
from app.listen.stems import SnowballStemmer

NOW = 1_800_000_000.0
SETTING = Setting(Watch("w", "Blog", "feed"), Preferences(), UTC, NOW, first=False)
TEXT = "Paczka nie dotarła, nikt nie odbiera telefonu i nikt nie oddaje pieniędzy."
MENTION = Mention("feed", "k1", "https://a.example/1", "", TEXT, "Anna", "", "a.example", NOW - 60)
PRINTS = Prints(1, 2, 3)
COMPLAINT = Verdict(Kind.COMPLAINT, 0.9)


def one(
    mention: Mention = MENTION,
    known: Known | None = None,
    prints: Prints = PRINTS,
    verdict: Verdict = COMPLAINT,
    setting: Setting = SETTING,
) -> Sifted:
    return sift([mention], [prints], [known or Known()], lambda _m: verdict, setting)


def test_a_new_complaint_opens_a_case_with_a_target_and_rings() -> None:
    (new,) = one().new
    assert new.opens_case
    assert new.rings
    assert new.due_at == NOW - 60 + 240 * 60


def test_own_channels_and_reviews_have_targets_of_their_own() -> None:
    own = replace(SETTING, watch=replace(SETTING.watch, own=True))
    assert one(setting=own).new[0].due_at == NOW - 60 + 3600
    assert one(replace(MENTION, stars=1.0)).new[0].due_at == NOW - 60 + 86_400


@pytest.mark.parametrize(
    ("kind", "opens", "due"),
    [(Kind.QUESTION, True, True), (Kind.LEAD, True, True), (Kind.PRAISE, True, False), (Kind.NEUTRAL, False, False)],
)
def test_only_complaints_ring_and_only_what_asks_has_a_target(kind: Kind, opens: bool, due: bool) -> None:
    (new,) = one(verdict=Verdict(kind, 0.1)).new
    assert (new.opens_case, new.due_at is not None, new.rings) == (opens, due, False)


def test_the_owner_sets_how_sure_the_bell_must_be() -> None:
    strict = replace(SETTING, preferences=Preferences(ring_at=0.95))
    (new,) = one(setting=strict).new
    assert new.opens_case
    assert not new.rings


def test_same_key_is_known() -> None:
    assert one(known=Known(by_key=5, text_print=3)) == Sifted((), (), ())


def test_same_key_with_other_words_is_an_edit() -> None:
    sifted = one(known=Known(by_key=5, text_print=99))
    assert not sifted.new
    assert [edit.id for edit in sifted.edits] == [5]


def test_a_new_id_at_the_same_address_with_the_same_text_is_known() -> None:
    assert one(known=Known(by_address=5, text_print=3)) == Sifted((), (), ())


def test_another_comment_at_the_same_address_is_new() -> None:
    assert len(one(known=Known(by_address=5, text_print=99)).new) == 1


def test_short_texts_at_one_address_are_not_taken_for_the_same() -> None:
    assert len(one(known=Known(by_address=5, text_print=0), prints=Prints(1, 2, 0)).new) == 1


def test_same_text_by_the_same_author_at_the_same_site_is_known_whatever_its_ids() -> None:
    known = Known(by_text=5, said_here=True)
    assert one(known=known) == Sifted((), (), ())


def test_same_text_elsewhere_is_a_repost_without_a_second_bell() -> None:
    (new,) = one(known=Known(by_text=5)).new
    assert new.repost_of == 5
    assert not new.rings
    assert not new.opens_case


def test_the_same_short_words_of_another_person_are_a_complaint_of_their_own() -> None:
    short = replace(MENTION, text="Nie polecam tego sklepu nikomu")
    (new,) = one(short, Known(by_text=5, by_another=True)).new
    assert new.repost_of is None
    assert new.rings


def test_what_was_set_aside_of_one_author_silences_no_other_who_says_the_same() -> None:
    aside = Known(by_text=5, by_another=True, text_case=8, text_not_us=True)
    (new,) = one(known=aside).new
    assert (new.repost_of, new.joins_case, new.opens_case, new.rings) == (None, None, True, True)
    (new,) = one(known=replace(aside, by_another=False)).new
    assert (new.repost_of, new.joins_case, new.rings) == (5, 8, False)


def test_a_comment_joins_the_case_of_its_thread_and_still_rings() -> None:
    (new,) = one(known=Known(thread_case=8)).new
    assert (new.joins_case, new.opens_case, new.rings) == (8, False, True)


def test_a_second_complaint_of_the_same_account_joins_its_open_case() -> None:
    assert one(known=Known(identity_case=9)).new[0].joins_case == 9
    assert one(known=Known(identity_case=9), verdict=Verdict(Kind.NEUTRAL, 0.0)).new[0].joins_case is None


def test_old_news_is_kept_without_a_bell() -> None:
    old = replace(MENTION, published=NOW - 8 * 86_400)
    assert not one(old).new[0].rings
    first = replace(SETTING, first=True)
    assert not one(replace(MENTION, published=NOW - 3 * 86_400), setting=first).new[0].rings
    assert one(replace(MENTION, published=NOW - 86_400), setting=first).new[0].rings
    assert not one(replace(MENTION, published=None), setting=first).new[0].rings
    assert one(replace(MENTION, published=None)).new[0].rings


def test_what_the_shop_itself_writes_never_rings() -> None:
    us = replace(SETTING, preferences=Preferences(shop_name="Żabka "))
    (new,) = one(replace(MENTION, author="żabka"), setting=us).new
    assert not new.rings
    assert not new.opens_case


def test_repeats_within_one_reading_wait_for_the_id_of_the_first() -> None:
    twin = replace(MENTION, key="k2", site="b.example")
    sifted = sift([MENTION, twin], [PRINTS, Prints(7, 8, 3)], [Known(), Known()], lambda _m: COMPLAINT, SETTING)
    assert [n.mention.key for n in sifted.new] == ["k1"]
    assert [m.key for m in sifted.later] == ["k2"]
    again = sift([twin], [Prints(7, 8, 3)], [Known()], lambda _m: COMPLAINT, SETTING, again=True)
    assert [n.mention.key for n in again.new] == ["k2"]


def test_the_same_key_twice_in_one_reading_counts_once() -> None:
    sifted = sift([MENTION, MENTION], [PRINTS, PRINTS], [Known(), Known()], lambda _m: COMPLAINT, SETTING)
    assert len(sifted.new) == 1
    assert not sifted.later


def with_phrases(always: tuple[str, ...] = (), never: tuple[str, ...] = (), **more: object) -> Setting:
    stemmer = SnowballStemmer()
    return replace(SETTING, always=phrases_for(always, stemmer), never=phrases_for(never, stemmer), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("score", "rings", "digests"), [(0.8, True, False), (0.7, False, True), (0.51, False, True), (0.49, False, False)]
)
def test_less_sure_complaints_are_for_the_digest_and_open_cases_all_the_same(
    score: float, rings: bool, digests: bool
) -> None:
    (new,) = one(verdict=Verdict(Kind.COMPLAINT, score)).new
    assert (new.rings, new.digests, new.opens_case) == (rings, digests, True)


def test_what_is_old_repeated_or_our_own_is_in_no_digest() -> None:
    doubtful = Verdict(Kind.COMPLAINT, 0.65)
    ours = replace(SETTING, preferences=Preferences(shop_name="anna"))
    for new in (
        one(replace(MENTION, published=NOW - 30 * 86_400), verdict=doubtful).new,
        one(known=Known(by_text=5), verdict=doubtful).new,
        one(setting=ours, verdict=doubtful).new,
    ):
        assert [(n.rings, n.digests) for n in new] == [(False, False)]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("oddajcie kasę", "No i kiedy ODDAJCIE KASE?!", True),
        ("sanepid", "Zgłosiłem was do sanepidu.", True),
        ("паршивый хлеб", "Паршивого хлеба больше не куплю", True),
        ("lawyer|attorney", "You will hear from my attorney.", True),
        ("rat", "A great place, rather cheap", False),
        ("oddajcie kasę", "oddajcie mi kasę", False),
        ("  ", "anything", False),
    ],
)
def test_the_owners_phrases_overrule_the_verdict(phrase: str, text: str, found: bool) -> None:
    mention = replace(MENTION, text=text)
    neutral = Verdict(Kind.NEUTRAL, 0.01)
    (loud,) = one(mention, verdict=neutral, setting=with_phrases(always=("nothing", phrase))).new
    assert (loud.rings, loud.digests) == (found, False)
    (mute,) = one(mention, setting=with_phrases(never=(phrase,))).new
    assert (mute.rings, mute.digests, mute.opens_case) == (not found, False, True)
    (both,) = one(mention, verdict=neutral, setting=with_phrases((phrase,), (phrase,))).new
    assert not both.rings


def test_a_phrase_in_the_title_counts_and_an_old_text_rings_for_no_phrase() -> None:
    setting = with_phrases(always=("sanepid",))
    neutral = Verdict(Kind.NEUTRAL, 0.01)
    titled = replace(MENTION, title="Sanepid w piekarni")
    assert one(titled, verdict=neutral, setting=setting).new[0].rings
    assert not one(replace(titled, published=NOW - 30 * 86_400), verdict=neutral, setting=setting).new[0].rings


HEARD = Known(by_key=5, text_print=99, kind=Kind.NEUTRAL, heard_at=NOW - 60)


def turned(known: Known = HEARD, mention: Mention = MENTION, **more: object) -> NewMention | None:
    sifted = one(mention, known, **more)  # type: ignore[arg-type]
    assert not sifted.new
    (edit,) = sifted.edits
    assert edit.id == 5
    return edit.turned


def test_an_edit_that_makes_a_complaint_rings_opens_a_case_and_has_a_target() -> None:
    new = turned()
    assert new
    assert (new.rings, new.opens_case, new.due_at) == (True, True, NOW + 240 * 60)
    assert turned(mention=replace(MENTION, published=None), verdict=Verdict(Kind.COMPLAINT, 0.65)).digests


def test_an_edit_stays_in_its_case_or_joins_one_as_a_new_mention_does() -> None:
    for known, case in (
        (replace(HEARD, case=7, thread_case=8, kind=Kind.PRAISE), 7),
        (replace(HEARD, thread_case=8), 8),
        (replace(HEARD, identity_case=9), 9),
    ):
        new = turned(known)
        assert (new.joins_case, new.opens_case, new.rings, new.due_at is None) == (case, False, True, False)


@pytest.mark.parametrize(
    "known",
    [
        replace(HEARD, kind=Kind.COMPLAINT, case=7),
        replace(HEARD, kind=None),
        replace(HEARD, kind=Kind.PRAISE, case=7, settled=True, judged=True),
    ],
)
def test_a_complaint_before_what_was_forgotten_and_what_is_settled_do_not_turn(known: Known) -> None:
    assert turned(known) is None


def test_an_edit_to_anything_else_and_our_own_do_not_turn() -> None:
    assert turned(verdict=Verdict(Kind.QUESTION, 0.2)) is None
    assert turned(setting=with_phrases(always=("paczka",)), verdict=Verdict(Kind.NEUTRAL, 0.1)) is None
    assert turned(setting=replace(SETTING, preferences=Preferences(shop_name="Anna"))) is None


def test_the_bell_for_an_edit_follows_the_rules_for_a_new_mention() -> None:
    undated = replace(MENTION, published=None)
    first = replace(SETTING, first=True)
    for silent in (
        turned(setting=with_phrases(never=("paczka",))),
        turned(setting=replace(SETTING, preferences=Preferences(ring_at=0.99))),
        turned(mention=replace(MENTION, published=NOW - 8 * 86_400)),
        turned(mention=replace(MENTION, published=NOW - 3 * 86_400), setting=first),
        turned(mention=undated, setting=first),
        turned(replace(HEARD, heard_at=NOW - 8 * 86_400), undated),
        turned(replace(HEARD, rang=True)),
        turned(replace(HEARD, by_text=3)),
    ):
        assert silent
        assert not silent.rings
    assert turned(mention=undated).rings
    assert turned(verdict=Verdict(Kind.COMPLAINT, 0.55), setting=with_phrases(always=("paczka",))).rings


def test_the_target_of_what_became_a_complaint_counts_from_when_it_was_noticed() -> None:
    hours_old = replace(MENTION, published=NOW - 20 * 3600)
    assert turned(mention=hours_old).due_at == turned(mention=replace(MENTION, published=None)).due_at == NOW + 4 * 3600
    assert one(hours_old).new[0].due_at == NOW - 16 * 3600


def test_what_the_owner_has_in_hand_rings_and_gets_no_second_case() -> None:
    new = turned(replace(HEARD, in_hand=True, thread_case=8))
    assert (new.rings, new.opens_case, new.joins_case) == (True, False, None)


def test_two_edits_to_the_same_words_in_one_reading_wait_for_each_other() -> None:
    twin, marks = replace(MENTION, key="k2", site="b.example"), Prints(7, 8, 3)
    both = [HEARD, replace(HEARD, by_key=6)]
    sifted = sift([MENTION, twin], [PRINTS, marks], both, lambda _m: COMPLAINT, SETTING)
    assert ([edit.id for edit in sifted.edits], [m.key for m in sifted.later]) == ([5], ["k2"])
    repeats = replace(both[1], by_text=5, text_case=4)
    again = sift([twin], [marks], [repeats], lambda _m: COMPLAINT, SETTING, again=True)
    (edit,) = again.edits
    assert (edit.id, edit.turned.rings, edit.turned.repost_of, edit.turned.joins_case) == (6, False, 5, 4)
