"""The detector knows what the owner taught: at the start, and at once when it changes; the second process too."""

from __future__ import annotations

import sys
import time
from dataclasses import replace

import pytest
from fakes.profile import Profile

from app.core.correction import Correction, Label
from app.core.messages import Arrived, CorrectionsChanged, Polled, PollNow, ShopChanged
from app.core.preferences import Preferences
from app.core.verdict import Kind
from app.core.views import Folder
from app.listen.listening import Listening
from app.listen.once import poll_once
from app.listen.scout import Scout
from app.listen.teach import Lesson, lesson_of, wanted_names
from app.listen.trial import try_watch

CALM = "The soup of the day was tomato soup with bread."
LESSON = Correction(0, Label.COMPLAINT, CALM, 5.0)


def kinds(profile: Profile) -> list[Kind]:
    found = profile.desk_archive.page(Folder.EVERYTHING, "", 0, 50, 0.0).rows
    return [row.kind for row in found]


def test_at_the_start_it_learns_everything_and_the_names(profile: Profile) -> None:
    profile.desk_archive.teach((), (LESSON,))
    profile.shop.put_preferences(
        Preferences(shop_name=" U Ani sp. z o.o. 🥐", competitors=("Bread & Co", "ООО «Хлеб»", " "))
    )
    profile.watch("a", f"1; Anna @anna; {CALM}")
    with profile.listening() as (_listener, ears):
        ears.expect(Polled)
    assert kinds(profile) == [Kind.COMPLAINT]
    assert profile.detector.names == [(("U Ani",), ("Bread & Co", "Хлеб"))]
    assert [len(taught) for taught in profile.detector.taught] == [1]


def test_told_of_a_correction_it_learns_it_before_the_next_poll(profile: Profile) -> None:
    profile.watch("a", "")
    with profile.listening() as (listener, ears):
        ears.expect(Polled)
        profile.desk_archive.teach((), (LESSON,))
        listener.obey(CorrectionsChanged())
        listener.obey(CorrectionsChanged())
        assert [len(taught) for taught in profile.detector.taught] == [0, 1]
        profile.web.pages["https://a.example/feed"] = f"1; Anna @anna; {CALM}"
        listener.obey(PollNow())
        ears.expect(Arrived)
        profile.desk_archive.teach((1,), ())
        listener.obey(CorrectionsChanged())
        assert profile.detector.taught[-1] == ()
    assert kinds(profile) == [Kind.COMPLAINT]


def test_told_of_the_shop_it_learns_its_names(profile: Profile) -> None:
    with profile.listening() as (listener, _ears):
        profile.shop.put_preferences(replace(profile.shop.preferences(), competitors=("Bread & Co",)))
        listener.obey(ShopChanged())
        assert profile.detector.names[-1] == ((), ("Bread & Co",))


@pytest.mark.parametrize(
    "phrase", ["Kawa Raj", "Joe's Bakery", "TechFix", "Кафе «Уют»", "«Kwiaty Basi»", "The Corner Cafe"]
)
def test_a_name_that_a_watch_wants_is_taken_for_the_shops(profile: Profile, phrase: str) -> None:
    assert wanted_names([profile.watch("a", required=(f"bread|{phrase}", "cake"))]) == (phrase,)


@pytest.mark.parametrize(
    "phrase", ["Reklamacja", "reklamacja", "kawa raj", "Bad service", "NIE POLECAM", "СКАНДАЛ", "ZARA", "7"]
)
def test_other_words_that_a_watch_wants_go_on_speaking_for_themselves(profile: Profile, phrase: str) -> None:
    assert wanted_names([profile.watch("a", required=(phrase,))]) == ()


def test_what_a_watch_wants_is_told_apart_from_the_shops_own_name(profile: Profile) -> None:
    preferences = Preferences(shop_name="Kawa Raj", competitors=("Bread & Co",))
    watch = profile.watch("a", "", required=("Kawa Raj|Nie Polecam", "Bread & Co", "Blue Moon sp. z o.o."))
    assert lesson_of((), preferences, [watch]) == Lesson(
        (), ("Kawa Raj",), ("Bread & Co",), ("Nie Polecam", "Blue Moon")
    )


def test_names_of_watches_are_learnt_and_forgotten_with_them(profile: Profile) -> None:
    profile.shop.put_preferences(Preferences(shop_name="Kawa Raj", competitors=("Bread & Co",)))
    watch = profile.watch("a", "", required=("Kawa Raj|Blue Moon", "Bread & Co"))
    with profile.listening() as (listener, ears):
        ears.expect(Polled)
        assert profile.detector.names[-1] == (("Kawa Raj", "Blue Moon"), ("Bread & Co",))
        profile.shop.put_watch(replace(watch, required=()))
        listener.obey(ShopChanged())
        assert profile.detector.names[-1] == (("Kawa Raj",), ("Bread & Co",))


def test_what_another_process_taught_is_learnt_at_the_next_beat(profile: Profile) -> None:
    with profile.listening(beat=0.05):
        profile.desk_archive.teach((), (LESSON,))
        end = time.monotonic() + 60
        while profile.detector.taught[-1] == () and time.monotonic() < end:
            time.sleep(0.01)
        assert len(profile.detector.taught[-1]) == 1


def test_a_round_of_polls_and_a_watch_test_judge_with_it(profile: Profile) -> None:
    profile.desk_archive.teach((), (LESSON,))
    watch = profile.watch("a", f"1; Anna @anna; {CALM}")
    assert [shown.kind for shown in try_watch(profile.parts, watch).mentions] == [Kind.COMPLAINT]
    profile.detector.taught.clear()
    (turn,) = poll_once(profile.parts, (watch,))
    assert turn.recorded
    assert [verdict.kind for verdict in turn.recorded.verdicts] == [Kind.COMPLAINT]


def test_phrases_typed_meanwhile_count_from_the_next_turn(profile: Profile) -> None:
    watch = profile.watch("a", "")
    listening = Listening(profile.parts)
    rings = []
    try:
        for number, phrases in enumerate(((), ("tomato soup",), ())):
            preferences = Preferences(always_phrases=phrases)
            profile.web.pages["https://a.example/feed"] = f"{number}; P{number} @p; {CALM} Day {number}."
            profile.source.published = profile.clock()
            recorded = listening.take_turn(watch, preferences).recorded
            assert recorded
            rings.append(len(recorded.stored.ringing))
    finally:
        listening.close()
    assert rings == [0, 1, 0]


def test_the_second_process_is_told_the_lesson_first() -> None:
    lesson = lesson_of((LESSON,), Preferences(shop_name="U Ani", competitors=("Bread & Co",)), ())
    assert lesson == Lesson((LESSON,), ("U Ani",), ("Bread & Co",))
    spy = (
        "import sys, struct, pickle; size, = struct.unpack('>Q', sys.stdin.buffer.read(8));"
        "told = pickle.loads(sys.stdin.buffer.read(size)); out = pickle.dumps((0, told[1]));"
        "sys.stdin.buffer.read(8);"
        "sys.stdout.buffer.write(struct.pack('>Q', len(out)) + out); sys.stdout.buffer.flush()"
    )
    scout = Scout((sys.executable, "-c", spy), (), lesson)
    try:
        assert scout.reach("anything") == lesson  # type: ignore[arg-type,comparison-overlap]
    finally:
        scout.close()
