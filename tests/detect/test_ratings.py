"""Ratings written in a text count as stars do; what may be a date, a page, a fraction or a scale of something else does not."""

from __future__ import annotations

import time

import pytest
from detect.resources_folder import RESOURCES

from app.core.bands import RING_AT
from app.core.correction import Correction, Label
from app.core.verdict import Kind, judged_text
from app.detect.detector import LearningDetector
from app.detect.ratings import rating_in

DETECTOR = LearningDetector(RESOURCES)

LOW = [
    "★☆☆☆☆", "⭐☆☆☆☆", "⭐️☆☆☆☆", "⭐ ☆ ☆ ☆ ☆", "⭐⭐☆☆☆", "★★☆☆☆ Meh", "Never again! ★☆☆☆☆", "Ocena: ⭐☆☆☆☆", "★☆☆☆☆☆☆☆☆☆",
    "1/5", "(1/5)", "1/5!", "0/10", "Rating: 1/5", "RATING 2/5", "My rating: 1/10", "Rating: 1 / 5", "Bad. Rating: 1/5", "1 out of 10",
    "2 out of 5 stars", "1/5 stars", "I'd give it 1/5.", "I rate this 2/10", "Never again. 0/10.",
    "Ocena: 1/5", "Ocena:1,5/5", "Ocena 2/10.", "Moja ocena: 2/10", "Ocena: 1/5 – Jan", "1/5 gwiazdek", "Oceniam na 1/5", "Byłam wczoraj, 0/10",
    "Оценка: 1\u00a0из\u00a05", "Ocena: 1\u00a0/\u00a05", "Rating: 1 out of\u202f10",
    "Оценка: 1\u2009из\u20095", "Ocena: 1\u2009/\u20095", "Rating: 1 out of\n5", "Moja ocena:\t1\tna\t10",
    "Ocena ogólna: 1/5", "Ocena końcowa 2/10.", "Оценка общая: 1 из 5",
    "Overall: 1/5", "Score: 1/5", "Verdict: 1/10", "I'd give 0/10 if I could", "Werdykt: 2/10", "Ode mnie: 2/10", "1 звезда", "1 star",
    "Jedna gwiazdka.", "2/10, не вернусь", "2/10, nie wrócę.", "2/10, won't be back", "Оценка 2 балла из 10", "Поставил бы 0 из 10",
    "2 stars out of 5", "Rating: 1⁄ 5", "1⁄5", "Dałabym 0/10", "За такое хамство поставил бы 0 из 10", "Вчера поставила 1/5",
    "They gave us cold soup. 1/5 stars", "They left us hungry 1/5 stars", "My husband and I gave it 1/5 stars", "My friend gave 1/5 stars and so do I",
    "Idę do konkurencji 1/5 gwiazdek", "Going to another place 1/5 stars", "Соседям рассказала и поставила 1/5",
    "Оценка: 1 из 5", "моя оценка 2 из 10", "1 из 5 звёзд", "Ставлю 1 из 10.", "Вчера заходил, 0/10",
]  # fmt: skip

NONE = [
    "1/5 of the cake", "page 1/5", "part 1/5", "Part: 1/5", "24/7", "5/10/2026", "1/5/2026", "Review 1/5", "1 of 5", "1 z 5", "1/5?",
    "Open: 1/5", "Meet me on 1/5.", "Wedding on 5/10.", "So here is a story 1/5", "1/5 So here is a story", "So it goes\n1/5", "1/5\nSo it goes",
    "1 out of 10 people", "1 na 10 osób", "9 из 10 гостей", "этаж 1/5", "1/10 Scale Land Rover", "Risk rating: 1/5", "Food hygiene rating 1/5",
    "0/5 tables left", "Only 0/10 seats", "2/10, 0/10, 4/10", "0/10, now my husband looks at me", "Difficulty: ★☆☆☆☆", "Moc kawy: ★★☆☆☆",
    "Ocena: 1,9/5 (235 opinii)", "Average rating: 1.8/5", "Rating: 2/5 based on 300 reviews", "Food: 1/5, service: 5/5",
    "Rating: 1/5 food\nRating: 5/5 place", "★☆☆☆☆ mild\n★★★☆☆ hot", "★★★★★ SALE ★★★★★", "☆☆☆☆☆", "⭐", "⭐⭐", "3/5", "4/5", "Rating: 3/5",
    "2.5/5", "11/10", "Ocena 1/50", "Version 1/5.2", "1/5-2/5", "12:1/5", "https://x.example/1/5", "1/5 cala", "Nie daję 1/5.", "Daję 1/5 ceny",
    "Ocena 1/5 z matematyki", "Rated 1/5 of a point higher", "Score: 1/5 at half time", "Поставила бы 10/10, если бы не хамство",
    "I'd give 5/5 if they were open", "2/10, we open at nine", "1/5, more in the next post", "2/10, nie ma nas w sklepie", "1 star hotel",
    "1 star\n2 stars\n3 stars", "Hotels: 1 star", "1 point out of 5 in the quiz", "1⁄5 cup of sugar", "⁄",
    "Подруга поставила 2/5, а мне очень понравилось, спасибо!", "Кто-то поставил 1/5, не знаю почему, место супер",
    "Другому магазину поставила 1/5, а вы лучшие!", "Sąsiad daje 1/5, a ja uwielbiam to miejsce", "Sąsiad i kolega dali 1/5 gwiazdek, a ja uwielbiam to miejsce",
    "Someone gave you 1/5 stars, no idea why, I love this place", "My friend gave 2/5 stars, but I loved it",
    "Innej firmie dałam 1/5, a wy jesteście najlepsi!", "I gave another shop 1/5 stars, you are the best!",
]  # fmt: skip

FULL = [
    "Ocena: 5/5\nTort na urodziny",
    "★★★★★\nOne more photo",
    "5/5",
    "★★★★★",
    "Rating: 5/5",
    "Ocena: 5/5 gwiazdek",
    "Оценка: 5 из 5",
    "10/10",
    "★★★★★\nTort na sobotę",
]


@pytest.mark.parametrize("text", LOW)
def test_a_low_rating_in_the_text_is_a_complaint_that_rings(text: str) -> None:
    verdict = DETECTOR.judge(text)
    assert verdict.kind is Kind.COMPLAINT
    assert verdict.level >= RING_AT


@pytest.mark.parametrize("text", NONE)
def test_what_may_be_something_else_is_no_rating(text: str) -> None:
    assert rating_in(text, titled=False, own=False) is None


@pytest.mark.parametrize("text", FULL)
def test_a_full_rating_is_praise(text: str) -> None:
    assert DETECTOR.judge(text).kind is Kind.PRAISE


@pytest.mark.parametrize(
    "text",
    [
        "Rating: 5/5 for rudeness",
        "5/5\nFatalna obsługa, nie polecam",
        "10/10 would not recommend",
        "★★★★★\nThe bread was stale",
        "Hotel Bryza\n★★★★★\nCzekaliśmy godzinę na pokój i nikt nie przeprosił",
    ],
)
def test_unless_the_words_say_otherwise(text: str) -> None:
    assert DETECTOR.judge(text).kind is Kind.COMPLAINT


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("★☆☆☆☆", "Byłam w sobotę."), ("⭐☆☆☆☆ od Jan", "Tort na urodziny w sobotę"), ("Ocena: 1/5", ""), ("1/5", "Tort na urodziny"),
        ("Rating: 1/5", "Bought bread on Monday"), ("Оценка: 1 из 5", "Заходил в субботу"),
    ],
)  # fmt: skip
def test_it_may_stand_in_the_title(title: str, text: str) -> None:
    verdict = DETECTOR.judge(text, title=title)
    assert verdict.kind is Kind.COMPLAINT
    why = judged_text(title, text)[verdict.reasons[0].start : verdict.reasons[0].end]
    assert why in title
    assert not why.isalpha()


def test_in_an_own_channel_a_row_of_stars_may_stand_behind_the_name_of_the_author() -> None:
    text = "Anna Nowak ★☆☆☆☆\nTort na sobotę"
    assert DETECTOR.judge(text, own=True).kind is Kind.COMPLAINT
    assert rating_in(text, titled=False, own=False) is None


@pytest.mark.parametrize(
    "text",
    [
        "And that is why we moved to our new shop!\n1/5", "1/5\n\nA thread about how we bake our bread",
        "Ostrość ★☆☆☆☆, idealne dla dzieci", "Score: 1/5 at half time", "Rating: 1/5 stars for parking, 5/5 for the cake",
    ],
)  # fmt: skip
def test_numbered_posts_and_scales_are_no_ratings_in_an_own_channel_either(text: str) -> None:
    assert rating_in(text, titled=False, own=True) is None


def test_stars_given_with_a_text_say_more_than_those_in_it() -> None:
    for text in ("1/5", "Rating: 1/5", "★☆☆☆☆"):
        assert DETECTOR.judge(text, stars=5.0).kind is Kind.PRAISE
        assert DETECTOR.judge(text, stars=0.0) == DETECTOR.judge(text)


def test_a_rating_that_others_gave_or_a_shop_quotes_does_not_count() -> None:
    detector = LearningDetector(RESOURCES)
    detector.name(["Kawa Raj"], ["Bixo"])
    assert detector.judge("> Rating: 1/5\nWe go there again on Friday.").reasons == ()
    assert detector.judge("Bixo. Bixo rating: 1/5. Kawa Raj: rating: 5/5").kind is not Kind.COMPLAINT


def test_plain_praise_outweighs_it_as_it_does_stars() -> None:
    text = "Rating: 1/5. Excellent, wonderful people, I love this place and recommend it to everybody!"
    assert DETECTOR.judge(text).kind is Kind.PRAISE


def test_the_rating_is_a_reason_and_brings_what_the_words_do_not() -> None:
    for text in ("Chleb na sobotę. Ocena: 1/5", "Chleb był czerstwy. Ocena: 1/5"):
        verdict = DETECTOR.judge(text)
        assert "1/5" in [text[why.start : why.end] for why in verdict.reasons]
        assert sum(why.weight for why in verdict.reasons) == pytest.approx(verdict.score)
        assert [why.start for why in verdict.reasons] == sorted(why.start for why in verdict.reasons)
    (why,) = DETECTOR.judge("1/5").reasons
    assert (why.start, why.end) == (0, 3)


def test_what_the_owner_says_of_it_counts_all_the_same() -> None:
    detector = LearningDetector(RESOURCES)
    for text in ("1/5", "Rating: 1/5. Bought a loaf"):
        detector.learn([Correction(n, Label.NOT_COMPLAINT, text, float(n)) for n in range(1, 4)])
        assert detector.judge(text).kind is not Kind.COMPLAINT


@pytest.mark.parametrize(
    "text", ["1/5 " * 50_000, "★☆" * 100_000, "Rating: " * 50_000 + "1/5", "rating 1/5, " * 20_000, "0/10\n" * 50_000]
)
def test_long_texts_take_bounded_time(text: str) -> None:
    started = time.thread_time()
    DETECTOR.judge(text, own=True)
    assert time.thread_time() - started < 1.0
