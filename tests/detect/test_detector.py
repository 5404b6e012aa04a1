"""The detector as a whole: the contract of `Detector`, traps, stars, robustness, loading."""

from __future__ import annotations

import math
import threading
import time
import unicodedata
from pathlib import Path

import pytest
from detect.resources_folder import RESOURCES
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.bands import RING_AT
from app.core.correction import Correction, Label
from app.core.ports.detector import Detector
from app.core.problems import Problem
from app.core.verdict import Among, Cause, Kind, Severity, judged_text
from app.detect.detector import LONGEST, LearningDetector
from app.detect.reasons import MOST_REASONS

DETECTOR: Detector = LearningDetector(RESOURCES)

CLEAR = "The parcel never arrived and nobody answers. I want my money back!"


def words(text: str, title: str = "") -> list[str]:
    judged = judged_text(title, text)
    return [judged[why.start : why.end] for why in DETECTOR.judge(text, title=title).reasons]


@pytest.mark.parametrize(
    "text",
    [
        CLEAR,
        "Nie polecam.",
        "Никому не рекомендую.",
        "I would not recommend them to anyone.",
        "The soup was not good and we had to wait for an hour.",
        "nie dostalem przesylki, zenada",
        "ochen plohoe obsluzhivanie, dengi ne vernuli",
        "Gdzie jest moja paczka? Czekam już dwa tygodnie.",
        "сплошной обман, верните деньги",
        "WORST. SERVICE. EVER.",
        "sooooo disappointeeeed with this place",
        "🤬🤬",
        "Najgorsza!!!",
    ],
)
def test_a_complaint_is_heard(text: str) -> None:
    assert DETECTOR.judge(text).kind is Kind.COMPLAINT


@pytest.mark.parametrize(
    "text",
    [
        "Nie mam zastrzeżeń.",
        "Никаких претензий, спасибо!",
        "I can't complain, really.",
        "Not bad, not bad at all.",
        "No problems with the delivery, thank you.",
        "Bez problemów, polecam.",
        "Shares of the chain fell 3% after weak quarter.",
        "Компания сообщила об убытке в третьем квартале.",
        "Spółka podała, że strata w trzecim kwartale wyniosła 2 mln zł.",
        "",
        "   \n ",
        "...",
        "12345",
        "😍",
        "@someone https://example.org/broken-terrible-scam",
    ],
)
def test_the_rest_does_not_ring(text: str) -> None:
    assert DETECTOR.judge(text).kind is not Kind.COMPLAINT


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What time do you open tomorrow?", Kind.QUESTION),
        ("Szukam dobrego mechanika w Łodzi, polecicie kogoś?", Kind.LEAD),
        ("Посоветуйте хорошего мастера по окнам", Kind.LEAD),
        ("Dziękuję, przepyszne ciasto!", Kind.PRAISE),
        ("We are hiring a baker, send your CV", Kind.NEUTRAL),
        ("Why has nobody answered my e-mail for two weeks?", Kind.COMPLAINT),
    ],
)
def test_kinds(text: str, kind: Kind) -> None:
    assert DETECTOR.judge(text).kind is kind


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("My new kettle is broken, it does not work at all.", Severity.PROBLEM),
        ("You charged me twice, I want a refund.", Severity.MONEY_OR_REPEATED),
        ("We all got food poisoning after dinner, my son was sick.", Severity.DANGER),
        ("Oddam sprawę do rzecznika konsumentów, oszukaliście mnie.", Severity.DANGER),
        ("What a lovely cake, thank you!", Severity.GRUMBLE),
    ],
)
def test_severity(text: str, severity: Severity) -> None:
    assert DETECTOR.judge(text).severity is severity


def test_stars_decide() -> None:
    assert DETECTOR.judge("Byłem w sobotę.", stars=1).kind is Kind.COMPLAINT
    assert DETECTOR.judge("", stars=2.0).kind is Kind.COMPLAINT
    assert DETECTOR.judge("Byłem w sobotę.", stars=5).kind is Kind.PRAISE
    assert DETECTOR.judge("The bread was cold and the waiter rude.", stars=5).kind is Kind.PRAISE


def test_stars_give_way_to_plain_praise() -> None:
    text = "Excellent, wonderful people, I love this place and recommend it to everybody!"
    assert DETECTOR.judge(text, stars=1).kind is Kind.PRAISE


@pytest.mark.parametrize("stars", [0.5, 1.0, 2.0, 2.5])
@pytest.mark.parametrize(
    "text",
    ["Das Brot war steinhart", "Hrozné", "Жах", "Borzalmas 😍", "Polecam", "Great!", "Czerstwy chleb", "zzyzx", "Meh"],
)
def test_one_or_two_stars_are_a_complaint_in_any_language(text: str, stars: float) -> None:
    verdict = DETECTOR.judge(text, stars=stars)
    assert verdict.kind is Kind.COMPLAINT
    assert verdict.level >= RING_AT


def test_what_the_owner_says_of_such_a_review_counts_all_the_same() -> None:
    detector = LearningDetector(RESOURCES)
    text = "Sobota rano, kolejka do kasy"
    detector.learn([Correction(n, Label.NOT_COMPLAINT, text, float(n), stars=1.0) for n in range(1, 4)])
    assert detector.judge(text, stars=1.0).score < detector.judge("Niedziela", stars=1.0).score


@pytest.mark.parametrize("text", ["Super", "Отлично", "Polecam", "Sobota rano", "Das Brot war steinhart"])
def test_where_stars_decided_no_word_is_said_to_have_done_it(text: str) -> None:
    assert DETECTOR.judge(text, stars=1).kind is Kind.COMPLAINT
    assert DETECTOR.judge(text, stars=1).reasons == ()


@pytest.mark.parametrize("text", [CLEAR, "Suchy kurczak", "Черствый хлеб", "Das Brot war steinhart 🤬🤬"])
def test_beside_stars_words_carry_what_they_bring_by_themselves(text: str) -> None:
    alone, starred = DETECTOR.judge(text), DETECTOR.judge(text, stars=2)
    assert starred.score > alone.score
    assert [(why.start, why.end) for why in starred.reasons] == [(why.start, why.end) for why in alone.reasons]
    assert sum(why.weight for why in starred.reasons) == pytest.approx(alone.score)


@pytest.mark.parametrize("stars", [0.0, -3.0, 77.0, math.nan, math.inf, 3.0])
def test_stars_that_say_nothing_change_nothing(stars: float) -> None:
    assert DETECTOR.judge(CLEAR, stars=stars) == DETECTOR.judge(CLEAR)


def test_a_review_is_not_held_back_for_its_wording() -> None:
    text = "Pokój był, no, nie taki jak na zdjęciach, i w ogóle nie wiem po co to wszystko było."
    assert DETECTOR.judge(text).lean < 0.0
    assert DETECTOR.judge(text, stars=2.0).lean == 0.0


LINKED = [
    ("Chleb był spleśniały", ", zdjęcie: https://example.com/p/0"),
    ("Заказ не привезли, поддержка молчит", " www.example.com/foto.jpg"),
    ("Rude staff and cold food", " t.co/x1"),
]


@pytest.mark.parametrize(("text", "link"), LINKED)
def test_a_link_speaks_against_a_complaint_but_not_where_nobody_shares_news(text: str, link: str) -> None:
    bare = link.partition("https")[0].partition(" www")[0].partition(" t.co")[0]
    assert DETECTOR.judge(text + link).score < DETECTOR.judge(text).score - 0.1
    for where in ({"own": True}, {"stars": 1.0}):
        plain = DETECTOR.judge(text + bare, **where)  # type: ignore[arg-type]
        assert DETECTOR.judge(text + link, **where) == plain  # type: ignore[arg-type]
        assert plain.kind is Kind.COMPLAINT


@pytest.mark.parametrize("text", [
    "My exhaust still rattles, Copperline Autos.", "W Cukierni Pod Lipką na Długiej tort na jedenastą wydano mi o czternastej.",
    "Ресницы у Снежаны в «Бьюти Лаб» отвалились",
])  # fmt: skip
def test_names_and_words_of_ones_own_make_no_news_of_a_complaint_in_an_own_channel(text: str) -> None:
    assert DETECTOR.judge(text).kind is not Kind.COMPLAINT
    assert DETECTOR.judge(text, own=True).kind is Kind.COMPLAINT


@pytest.mark.parametrize("text", [
    "Lovely new bakery on Castle Street, Anna runs it with Tom.", "Będę u Państwa w piątek z Kasią po tort.",
    "Спасибо Ольге из «Уюта», всё понравилось!", "Does Marlowe's Fish Bar open on Boxing Day?",
    "Pozdrowienia z Krakowa dla Piekarni Rogalik!", "Идём с Машей в «Кофе на Крыше» в субботу.",
])  # fmt: skip
def test_harmless_lines_with_names_stay_harmless_in_an_own_channel(text: str) -> None:
    assert DETECTOR.judge(text, own=True).kind is not Kind.COMPLAINT


@pytest.mark.parametrize("text", [
    "one", "video", "photo", "second", "third", "Second!", "One more photo", "Another one", "New video", "bump",
    "same", "The second cake", "zdjęcia", "Wideo", "to samo", "trzeci", "kolejne zdjęcie", "видео", "фото", "третий",
    "ещё одно видео", "снова осень", "July", "data", "system", "strony", "телефон",
])  # fmt: skip
@pytest.mark.parametrize("own", [False, True])
def test_a_few_words_of_nothing_bad_are_no_complaint(text: str, *, own: bool) -> None:
    assert DETECTOR.judge(text, own=own).kind is not Kind.COMPLAINT


@pytest.mark.parametrize("text", [
    "Awful", "Rude!", "stale", "Scam", "Cold again", "Okropne", "Oszuści!", "Zimne", "Dramat", "Хамство", "Ужас", "Обман", "Грязно",
])  # fmt: skip
def test_one_plainly_bad_word_is(text: str) -> None:
    assert DETECTOR.judge(text, own=True).kind is Kind.COMPLAINT


LETTER = """Thanks, that solved it!
From: Kawa Raj <b@kawaraj.example>
Sent: Monday, November 23, 2026 10:00 AM
To: Ola
Subject: parcel
We are sorry that your parcel never arrived and was damaged."""


def test_the_shop_s_own_apology_below_an_answer_is_no_complaint() -> None:
    assert DETECTOR.judge(LETTER, title="Re: parcel", own=True).kind is Kind.PRAISE
    below = LETTER.partition("\n")[2]
    assert DETECTOR.judge(below, title="Fwd: parcel", own=True).kind is Kind.COMPLAINT


def test_a_complaint_at_the_end_of_a_long_article_is_heard_where_the_shop_is_known() -> None:
    detector = LearningDetector(RESOURCES)
    news = "Rada miasta przyjęła wczoraj budżet na przyszły rok. Na rynku odbył się jarmark. " * 100
    complaint = (
        "W piekarni Kawa Raj dostałam spleśniały chleb i nikt nie chciał oddać pieniędzy. Nie polecam Kawy Raju."
    )
    assert len(news) > LONGEST
    assert detector.judge(news + complaint, title="Wieści").kind is not Kind.COMPLAINT
    detector.name(["Kawa Raj"], [])
    verdict = detector.judge(news + complaint, title="Wieści")
    assert verdict.kind is Kind.COMPLAINT
    judged = judged_text("Wieści", news + complaint)
    assert "spleśniały" in [judged[why.start : why.end] for why in verdict.reasons]


POISONED = [
    "Mam po ciastku z Kawa Raj zatrucie, byłem w szpitalu.",
    "Got food poisoning from their cake, ended up in hospital.",
    "Отравился их пирожным, попал в больницу.",
]


@pytest.mark.parametrize("text", POISONED)
def test_plain_words_of_danger_ring_in_an_own_channel(text: str) -> None:
    verdict = DETECTOR.judge(text, own=True)
    assert (verdict.kind, verdict.severity) == (Kind.COMPLAINT, Severity.DANGER)
    assert verdict.heard_among(Among.OWN).level >= RING_AT


@pytest.mark.parametrize("text", ["Nobody got food poisoning, lovely cakes", "Thank you for the lovely cake!"])
def test_danger_that_is_denied_or_absent_does_not(text: str) -> None:
    assert DETECTOR.judge(text, own=True).kind is not Kind.COMPLAINT


def test_what_the_owner_says_of_danger_counts_all_the_same() -> None:
    detector = LearningDetector(RESOURCES)
    detector.learn([Correction(n, Label.NOT_COMPLAINT, POISONED[1], float(n), own=True) for n in range(1, 4)])
    assert detector.judge(POISONED[1], own=True).kind is not Kind.COMPLAINT


def test_words_after_a_link_are_found_where_they_stand() -> None:
    text = "https://example.com/p/0 Obsługa fatalna, nie polecam"
    verdict = DETECTOR.judge(text, own=True)
    assert "nie polecam" in [text[why.start : why.end] for why in verdict.reasons]


def test_a_link_alone_says_nothing_in_an_own_channel() -> None:
    assert DETECTOR.judge("https://example.com/worst-service-ever", own=True).kind is Kind.NEUTRAL


@pytest.mark.parametrize("shout", ["oszuści", "Обман!", "Верните деньги!", "Fatalnie!", "Give me my money back!"])
def test_shouting_it_ten_times_makes_it_no_less_a_complaint(shout: str) -> None:
    for times in (1, 4, 10, 50, 2_000):
        verdict = DETECTOR.judge(" ".join([shout] * times))
        assert verdict.kind is Kind.COMPLAINT
        assert verdict.score > 0.7
    assert DETECTOR.judge(" ".join(["super"] * 50)).kind is Kind.PRAISE


def test_letters_with_their_marks_apart_are_read_as_one() -> None:
    title, text = "Kłos: nigdy więcej", "Chleb był spleśniały, łamał się, a sprzedawczyni bezczelna. Żądam zwrotu!"
    apart, apart_title = unicodedata.normalize("NFD", text), unicodedata.normalize("NFD", title)
    one, other = DETECTOR.judge(text, title=title), DETECTOR.judge(apart, title=apart_title)
    assert (other.kind, other.score) == (one.kind, one.score)
    whole, whole_apart = judged_text(title, text), judged_text(apart_title, apart)
    found = [unicodedata.normalize("NFC", whole_apart[why.start : why.end]) for why in other.reasons]
    assert found == [whole[why.start : why.end] for why in one.reasons]
    assert "spleśniały" in " ".join(found)


def test_stars_without_words_have_no_reasons() -> None:
    assert DETECTOR.judge("12.05.2026", stars=1).reasons == ()


def test_reasons_are_the_words_that_decided() -> None:
    assert "never arrived" in words(CLEAR)
    assert "money back" in " ".join(words(CLEAR))
    assert words("Dzień dobry, «nie polecam» tego sklepu.")[0] == "nie polecam"
    assert "не отвечает" in words("Уже неделю никто   не отвечает!\n\n")


def test_reasons_point_into_title_and_text() -> None:
    found = words("The lid was broken.", title="Terrible shop")
    assert any("Terrible" in span for span in found)
    assert any("broken" in span for span in found)


def test_reasons_sum_to_the_score_and_are_few() -> None:
    verdict = DETECTOR.judge("Broken, late, rude, dirty, refund, awful. " * 30)
    assert 0 < len(verdict.reasons) <= MOST_REASONS
    assert sum(why.weight for why in verdict.reasons) == pytest.approx(verdict.score)
    assert [why.start for why in verdict.reasons] == sorted(why.start for why in verdict.reasons)


def test_irregular_blanks_do_not_shift_reasons() -> None:
    assert words(" \t awful \u00a0\u00a0 broken\r\n\r\n  rude \u2003") == ["awful", "broken", "rude"]


@settings(max_examples=300, deadline=None)
@given(st.text(), st.text(max_size=20), st.one_of(st.none(), st.floats()), st.text(max_size=5))
def test_any_text_is_judged(text: str, title: str, stars: float | None, language: str) -> None:
    verdict = DETECTOR.judge(text, title=title, stars=stars, language=language)
    assert 0.0 <= verdict.score <= 1.0
    assert (verdict.kind is Kind.COMPLAINT) == (verdict.score >= 0.5)
    assert verdict.kind is Kind.COMPLAINT or verdict.level < 0.5
    judged = judged_text(title, text)
    assert all(0 <= why.start < why.end <= len(judged) for why in verdict.reasons)
    total = sum(why.weight for why in verdict.reasons)
    if stars is not None and 0.0 < stars < 2.75:
        assert total <= verdict.score + 1e-9
    elif verdict.reasons:
        assert total == pytest.approx(verdict.score)


@pytest.mark.parametrize(
    "text",
    [
        "\x00" * 1000 + " broken",
        "\ud800\udfff broken \udc00",
        "מוצר גרוע مكسور תודה",
        "😡" * 10_000,
        "a" * 5_000_000,
        "never .. " * 500_000,
        "not " * 1_000_000,
        "!?" * 2_000_000,
        "((((" * 1000 + "x" * 1000,
        "ﬁ ﷺ İ ß ẞ Ǆ",
    ],
    ids=["nul", "surrogates", "rtl", "emoji", "one word", "gaps", "not", "signs", "brackets", "folding"],
)
def test_odd_and_huge_texts_take_bounded_time(text: str) -> None:
    started = time.thread_time()
    verdict = DETECTOR.judge(text, title="x")
    assert time.thread_time() - started < 5.0
    assert 0.0 <= verdict.score <= 1.0


def test_only_the_beginning_is_judged() -> None:
    filler = "word " * (LONGEST // 5)
    assert DETECTOR.judge(filler + CLEAR) == DETECTOR.judge(filler)
    assert DETECTOR.judge(CLEAR + " word" * 20).kind is Kind.COMPLAINT


def test_the_name_of_the_shop_in_front_changes_nothing() -> None:
    detector = LearningDetector(RESOURCES)
    detector.name(["Piekarnia Kowalski"], [])
    for text in (
        "byłam dziś, chleb czerstwy, obsługa niemiła",
        "znów to samo, kierowniczka krzyczy, oszukują na paragonach, skandal",
        "czekałem godzinę i nikt nie podszedł",
    ):
        plain, named = detector.judge(text), detector.judge(f"Piekarnia Kowalski: {text}")
        assert named.score == pytest.approx(plain.score)
        assert named.level == pytest.approx(plain.level)
        assert DETECTOR.judge(f"Piekarnia Kowalski: {text}").score < named.score
    assert detector.judge("Pożar w Piekarni Kowalski. Straty sięgają miliona złotych").score < 0.1


def test_in_another_language_only_stars_and_emoji_speak() -> None:
    text = "Das Paket ist nicht angekommen und der Kundendienst ist sehr unfreundlich"
    unsure = DETECTOR.judge(text)
    assert (unsure.kind, unsure.reasons) == (Kind.NEUTRAL, ())
    assert 0.05 < unsure.score < 0.5
    assert DETECTOR.judge(text, stars=1).kind is Kind.COMPLAINT
    assert DETECTOR.judge(f"{text} 🤬🤬").score > unsure.score
    assert DETECTOR.judge(f"{text} 😍😍").score < unsure.score


@pytest.mark.parametrize("text", ["Das Brot war steinhart", "El pan estaba duro", "Дуже поганий сервіс"])
def test_a_few_words_in_another_language_are_not_sure_either(text: str) -> None:
    unsure = DETECTOR.judge(text)
    assert (unsure.kind, unsure.reasons) == (Kind.NEUTRAL, ())
    assert 0.05 < unsure.score < 0.5
    angry = DETECTOR.judge(f"{text} 😡")
    assert angry.kind is Kind.COMPLAINT
    assert [f"{text} 😡"[why.start : why.end] for why in angry.reasons] == ["😡"]


def test_the_hint_decides_only_where_the_text_does_not() -> None:
    assert DETECTOR.judge("Obsługa była fatalna i nikt nie pomógł.", language="en").kind is Kind.COMPLAINT


def test_threads_agree() -> None:
    detector = LearningDetector(RESOURCES)
    texts = [CLEAR, "Nie polecam.", "Спасибо, всё отлично!", "What time do you open?"] * 20
    alone = [DETECTOR.judge(text) for text in texts]
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda: found.append([detector.judge(text) for text in texts])) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == [alone] * 4


def test_nothing_is_read_before_it_is_needed(tmp_path: Path) -> None:
    detector = LearningDetector(tmp_path)
    (tmp_path / "detect").mkdir()
    for name in ("en", "pl", "ru", "shared"):
        (tmp_path / "detect" / f"{name}.txt").write_text("[grumble complaint 3]\nzzyzx\n", encoding="utf-8")
    assert detector.problems() == (Problem("detect.no_weights", {"file": "weights.bin"}),)
    assert detector.judge("zzyzx").kind is Kind.COMPLAINT


def test_a_missing_lexicon_is_told_and_raises_nothing(tmp_path: Path) -> None:
    detector = LearningDetector(tmp_path)
    assert detector.judge(CLEAR).kind is not Kind.COMPLAINT
    assert Problem("detect.no_lexicon", {"file": "en.txt"}) in detector.problems()


def test_the_shipped_lexicon_is_sound() -> None:
    assert LearningDetector(RESOURCES).problems() == ()


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Грубый продавец, больше не приду", Cause.SERVICE),
        ("Niemiła obsługa, pani przy kasie krzyczała na klientów", Cause.SERVICE),
        ("Посылку так и не доставили, курьер пропал", Cause.DELIVERY),
        ("The courier left my parcel at the wrong house", Cause.DELIVERY),
        ("Charged twice and nobody refunds", Cause.MONEY),
        ("Zapłaciłam dwa razy, zwrotu nie ma", Cause.MONEY),
        ("Прислали не тот цвет", Cause.ORDER),
        ("App crashes every time I log in", Cause.TECHNICAL),
        ("Brudne toalety i śmierdzi w całym lokalu", Cause.PLACE),
        ("Нашла таракана в салате, ребёнка рвало всю ночь", Cause.SAFETY),
        ("Kłamią w żywe oczy, oszuści", Cause.HONESTY),
        ("We waited an hour for a table we had booked", Cause.WAITING),
    ],
)
def test_what_a_complaint_is_about(text: str, cause: Cause) -> None:
    assert DETECTOR.judge(text).cause is cause


@pytest.mark.parametrize("text", [
    "Zdjęcia w załączniku, pozdrawiam", "Odbiorę w piątek", "Dziękuję, paczka już u mnie", "Jutro mamy inwentaryzację",
    "Będę kwadrans po piątej", "Ok, do jutra", "Перевод сделала вечером", "Заберу в пятницу", "Спасибо, посылка уже у меня",
    "Завтра учёт", "Буду в четверть шестого", "Хорошо, до завтра", "Photos attached, thanks", "Transfer done last night",
    "I'll collect on Friday", "Thanks, the parcel is with me", "Stocktaking tomorrow", "Ok, see you tomorrow", "Hello",
    "Здравствуйте", "Dzień dobry",
])  # fmt: skip
def test_short_everyday_lines_of_an_own_channel_do_not_ring(text: str) -> None:
    verdict = DETECTOR.judge(text, own=True).heard_among(Among.OWN)
    assert verdict.kind is not Kind.COMPLAINT
    assert verdict.level < RING_AT


@pytest.mark.parametrize("text", [
    "Paczka nie dotarła", "Zapłacone dwa razy", "Nadal nikt nie odpisał", "Znów zimne", "Посылка не пришла", "Списали дважды",
    "Опять холодное", "The parcel never arrived", "Charged twice", "Still nobody answered", "Cold again",
])  # fmt: skip
def test_what_goes_wrong_in_as_few_words_rings(text: str) -> None:
    assert DETECTOR.judge(text, own=True).heard_among(Among.OWN).level >= RING_AT
