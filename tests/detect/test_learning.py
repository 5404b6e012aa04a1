"""Corrections act at once, on near texts too, are undone exactly, and hurt little where they are nonsense."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from detect.own_sentences import SENTENCES
from detect.resources_folder import RESOURCES

from app.core.bands import RING_AT
from app.core.correction import Correction, Label
from app.core.verdict import Kind
from app.detect.detector import LearningDetector
from app.detect.learning import MOST, NOTHING_TAUGHT, Lesson, Taught, learn

RUNG = "The coffee machine in your shop window has been broken since the third week of May"
NEAR = "The coffee machine in their shop window was broken since the last week of May"


def taught(*told: tuple[str, Label]) -> LearningDetector:
    detector = LearningDetector(RESOURCES)
    detector.learn(corrections(told))
    return detector


def corrections(told: Sequence[tuple[str, Label]]) -> list[Correction]:
    return [Correction(number, label, text, float(number)) for number, (text, label) in enumerate(told, 1)]


def scores(detector: LearningDetector) -> list[float]:
    return [detector.judge(text).score for _, text, _ in SENTENCES]


@pytest.mark.parametrize("text", [RUNG, "Nie polecam, obsługa fatalna.", "Заказ не привезли, деньги не вернули"])
def test_a_text_changes_sides_after_at_most_three_corrections(text: str) -> None:
    assert taught().judge(text).kind is Kind.COMPLAINT
    assert taught(*[(text, Label.NOT_COMPLAINT)] * 3).judge(text).kind is not Kind.COMPLAINT
    assert taught(*[(text, Label.NOT_US)] * 3).judge(text).kind is not Kind.COMPLAINT


def test_the_other_way_too() -> None:
    text = "We were at the market on Saturday and saw the lanterns"
    assert taught().judge(text).kind is not Kind.COMPLAINT
    assert taught(*[(text, Label.COMPLAINT)] * 3).judge(text).kind is Kind.COMPLAINT


def test_near_texts_follow() -> None:
    before = taught().judge(NEAR).score
    assert taught(*[(RUNG, Label.NOT_COMPLAINT)] * 3).judge(NEAR).score < before - 0.15


def test_what_was_called_a_complaint_rings() -> None:
    text = "Premier otworzył wczoraj nową drogę, a stadion stoi pusty."
    assert taught().judge(text).lean < -1.0
    now = taught(*[(text, Label.COMPLAINT)] * 2).judge(text)
    assert now.kind is Kind.COMPLAINT
    assert now.level >= RING_AT


def test_undo_is_exact() -> None:
    detector = LearningDetector(RESOURCES)
    shipped = scores(detector)
    told = corrections([(text, Label.NOT_COMPLAINT) for _, text, _ in SENTENCES[:30]])
    detector.learn(told[:29])
    before = scores(detector)
    detector.learn(told)
    assert scores(detector) != before
    detector.learn(told[:29])
    assert scores(detector) == before
    detector.learn(())
    assert scores(detector) == shipped


def test_the_same_corrections_teach_the_same_after_a_restart() -> None:
    told = [(text, random.Random(1).choice(list(Label))) for _, text, _ in SENTENCES[:40]]
    assert scores(taught(*told)) == scores(taught(*told))


def test_fifty_corrections_at_random_cost_little() -> None:
    chance = random.Random(7)
    chosen = chance.sample(SENTENCES, 50)
    told = [(text, chance.choice([Label.COMPLAINT, Label.NOT_COMPLAINT])) for _, text, _ in chosen]
    others = [(text, kind) for _, text, kind in SENTENCES if text not in {text for text, _ in told}]

    def right(detector: LearningDetector) -> float:
        same = [(detector.judge(text).kind is Kind.COMPLAINT) == (kind is Kind.COMPLAINT) for text, kind in others]
        return sum(same) / len(same)

    assert right(taught(*told)) > right(taught()) - 0.03


def test_one_correction_moves_its_own_text_only_so_far() -> None:
    lesson = Lesson(frozenset({1, 2, 3}), 20.0, complaint=False)
    moved = -learn([lesson]).odds(lesson.features)
    assert 0.5 * MOST < moved <= MOST + 1e-9


def test_what_is_right_already_teaches_nothing() -> None:
    assert learn([Lesson(frozenset({1, "x"}), 5.0, complaint=True)]).weights == {}


def test_a_text_without_features_teaches_nothing() -> None:
    assert learn([Lesson(frozenset(), 1.0, complaint=False)]) == NOTHING_TAUGHT


@pytest.mark.parametrize(
    "text",
    [
        "Das Brot war schimmlig und die Verkäuferin unverschämt",
        "😡😡😡🤮",
        "❤️",
        "Хліб був зіпсований і ніхто не вибачився",
    ],
)
def test_a_text_that_cannot_be_read_tells_of_its_like_and_of_no_other(text: str) -> None:
    before, others = taught(), [text for _, text, _ in SENTENCES]
    for complaint in (True, False):
        after = taught((text, Label.COMPLAINT if complaint else Label.NOT_COMPLAINT))
        assert (after.judge(text).kind is Kind.COMPLAINT) is complaint
        assert (after.judge(text.upper() + "  ").level >= RING_AT) is complaint
        assert [after.judge(other) for other in others] == [before.judge(other) for other in others]
    assert taught((text, Label.COMPLAINT), (text, Label.NOT_COMPLAINT)).judge(text).kind is not Kind.COMPLAINT


def test_what_was_told_of_a_text_without_words_leaves_the_reasons_the_whole_score() -> None:
    unsure = taught().judge("🙄😒")
    sure = taught(("🙄😒", Label.COMPLAINT)).judge("🙄😒")
    assert sure.score > unsure.score
    assert sure.reasons
    assert sure.by_words == pytest.approx(sure.score)


def test_an_empty_text_teaches_nothing() -> None:
    after = taught(("", Label.COMPLAINT))
    assert after.judge("") == taught().judge("")
    assert after.judge("Byłem wczoraj z żoną.") == taught().judge("Byłem wczoraj z żoną.")


def test_nothing_taught_changes_nothing() -> None:
    assert NOTHING_TAUGHT.odds(frozenset({1, 2})) == 0.0


def test_names_and_corrections_go_together() -> None:
    text = "Bixo lost my parcel again, what a shame. Lumaro is fine."
    detector = LearningDetector(RESOURCES)
    assert detector.judge(text).score > 0.4
    detector.name(["Lumaro"], ["Bixo"])
    assert detector.judge(text).kind is not Kind.COMPLAINT


@pytest.mark.parametrize("own", [True, False])
def test_a_text_with_a_link_is_taught_as_it_is_judged_where_it_stands(own: bool) -> None:
    text = "Chleb był spleśniały, zdjęcie https://example.com/p/0"
    detector = LearningDetector(RESOURCES)
    shipped = detector.judge(text, own=own)
    assert (shipped.kind is Kind.COMPLAINT) == own
    said = Label.NOT_COMPLAINT if own else Label.COMPLAINT
    detector.learn([Correction(number, said, text, float(number), own=own) for number in range(1, 4)])
    assert (detector.judge(text, own=own).kind is Kind.COMPLAINT) != own


def test_what_was_taught_is_summed_exactly() -> None:
    """Sets of words have another order at each start of the program."""
    assert Taught({"a": 1e16, "b": 1.0, "c": -1e16}).odds(frozenset("abc")) == 1.0 / 3**0.5
