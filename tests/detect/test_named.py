"""A name is no evidence: who complains in one sentence may say of whom. The names and sentences are not among the texts trained on."""

from __future__ import annotations

import pytest
from detect.resources_folder import RESOURCES

from app.core.correction import Correction, Label
from app.core.verdict import Kind
from app.detect.detector import LearningDetector

NOW = 1_800_000_000.0
COMPLAINTS = {
    "en": (
        "{} is a joke, stale bread two days running",
        "Waited an hour and a half at {} and nobody apologised",
        "{} sold me a broken kettle and won't refund it",
        "Awful coffee and rude staff at {}",
        "Never order from {}",
        "{} still has not answered my complaint",
    ),
    "pl": (
        "{} to porażka, czerstwy chleb drugi dzień z rzędu",
        "Czekałam w {} półtorej godziny i nikt nie przeprosił",
        "{} sprzedał mi zepsuty czajnik i nie chce oddać pieniędzy",
        "Okropna kawa i niemiła obsługa w {}",
        "Nie zamawiajcie w {}",
        "{} nadal nie odpowiedział na moją reklamację",
    ),
    "ru": (
        "{} — позор, второй день чёрствый хлеб",
        "Ждала в {} полтора часа, никто не извинился",
        "{} продали мне сломанный чайник и деньги не возвращают",
        "Отвратительный кофе и грубый персонал в {}",
        "Никогда не заказывайте в {}",
        "{} так и не ответили на мою жалобу",
    ),
}
NAMES = {
    "en": ("Harlow & Finch", "Dottie's Diner", "Fixwell"),
    "pl": ("Kuźnia Smaku", "Cafe Pralinka", "Elektromax"),
    "ru": ("Кафе Ладья", "Пекарня Колос", "ТехноДом"),
}

MISSED = {"en": 1, "pl": 1, "ru": 5}
"""How many of the eighteen may be missed: one more than are, in Russian none. Before names were no evidence it was 7, 1 and 6."""


@pytest.fixture(scope="module")
def detector() -> LearningDetector:
    return LearningDetector(RESOURCES)


@pytest.mark.parametrize("language", COMPLAINTS)
def test_a_complaint_may_name_whom_it_is_about(detector: LearningDetector, language: str) -> None:
    texts = [line.format(name) for line in COMPLAINTS[language] for name in NAMES[language]]
    missed = [text for text in texts if detector.judge(text).kind is not Kind.COMPLAINT]
    assert len(missed) <= MISSED[language], missed


@pytest.mark.parametrize(
    "text",
    [
        "Harlow & Finch opens a second bakery in Leeds",
        "Fire at Dottie's Diner in Bristol",
        "Kuźnia Smaku otwiera drugi lokal w Łodzi",
        "Pożar w hali Elektromax pod Radomiem",
        "Пекарня Колос открылась в Туле",
        "Пожар на складе ТехноДом в Казани",
    ],
)
def test_a_headline_with_a_name_is_none(detector: LearningDetector, text: str) -> None:
    assert detector.judge(text).kind is not Kind.COMPLAINT


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("Nie Polecam", "Zdecydowanie nie polecam Kawa Raj"),
        ("Bad Service", "Bad service at Kawa Raj again"),
        ("Не Рекомендую", "Не рекомендую эту пекарню"),
        ("Never Again", "Never again!! Kawa Raj"),
        ("Opóźniona Paczka", "Opóźniona paczka z Kawa Raj"),
        ("Obsługa Klienta", "Obsługa klienta nie istnieje"),
        ("Obsługa Klienta", "Obsługa klienta na dnie"),
        ("Billing Error", "Billing error on my account for months"),
        ("Still Waiting", "still waiting for my sofa"),
        ("Cold Chips", "cold chips for a tenner"),
        ("Hidden Fees", "hidden fees everywhere, a disgrace"),
        ("Wyciek Oleju", "wyciek oleju po serwisie"),
        ("Dział Obsługi Klienta", "Dział obsługi klienta na dnie, nikt nie odbiera"),
    ],
)
def test_a_phrase_of_a_watch_takes_nothing_from_a_complaint(phrase: str, text: str) -> None:
    detector = LearningDetector(RESOURCES)
    plain = detector.judge(text)
    detector.name((), (), (phrase,))
    assert detector.judge(text).kind is plain.kind is Kind.COMPLAINT
    assert detector.judge(text).level >= plain.level


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("Szukam Fryzjera", "Szukam fryzjera w Toruniu"),
        ("Szukam Mechanika", "Szukam mechanika, Toruń i okolice."),
        ("Poszukuję Cukierni", "Poszukuję cukierni na tort weselny"),
        ("Looking For Plumber", "looking for plumber in Leeds asap"),
        ("Ищу Мастера", "Ищу мастера по ремонту стиралок, Тверь"),
        ("Gdzie Kupić", "Gdzie kupić dobry chleb w Toruniu"),
        ("Kto Naprawi", "Kto naprawi laptopa w Toruniu?"),
        ("Where To Buy", "where to buy sourdough in Leeds"),
        ("Tort Weselny", "Dziękuję za tort weselny, przepyszny!"),
    ],
)
def test_and_leaves_leads_and_praise_what_they_are(phrase: str, text: str) -> None:
    detector = LearningDetector(RESOURCES)
    plain = detector.judge(text)
    detector.name((), (), (phrase,))
    assert detector.judge(text) == plain
    assert plain.kind in {Kind.LEAD, Kind.PRAISE}


@pytest.mark.parametrize(
    "name",
    [
        "Kawa Raj",
        "TechFix",
        "Polski Bus",
        "The Corner Cafe",
        "Кафе «Уют»",
        "Joe's Bakery",
        "Auto Serwis Nowak",
        "Burger King",
    ],
)
def test_a_name_that_a_watch_wants_makes_no_news_of_a_complaint(name: str) -> None:
    """As far as the words are plainly bad: then it counts as the shop's own name does."""
    detector, named = LearningDetector(RESOURCES), LearningDetector(RESOURCES)
    detector.name((), (), (name,))
    named.name((name,), ())
    for line in ("{}: awful, never again", "Terrible service at {}", "Okropna obsługa w {}", "Ужасный сервис в {}"):
        text = line.format(name)
        assert detector.judge(text).kind is Kind.COMPLAINT
        assert detector.judge(text).level >= named.judge(text).level


def test_a_name_that_a_watch_wants_is_never_learnt() -> None:
    detector = LearningDetector(RESOURCES)
    detector.name((), (), ("Kawa Raj",))
    before = detector.judge("Coffee, Kawa Raj, Friday")
    detector.learn([Correction(n, Label.COMPLAINT, f"Kawa Raj {n}: the lid is loose", NOW) for n in range(1, 6)])
    assert detector.judge("Kawa Raj: the lid is loose").kind is Kind.COMPLAINT
    assert detector.judge("Coffee, Kawa Raj, Friday").score == pytest.approx(before.score, abs=0.1)


@pytest.mark.parametrize(
    "text", ["Terrible service at Kawa Raj", "My third coffee at Kawa Raj", "Byłam w Kawa Raj, zimna kawa"]
)
@pytest.mark.parametrize("label", Label)
def test_what_the_owner_says_of_a_text_with_such_a_name_counts(text: str, label: Label) -> None:
    detector = LearningDetector(RESOURCES)
    detector.name((), (), ("Kawa Raj",))
    detector.learn([Correction(n, label, text, NOW) for n in range(1, 4)])
    assert (detector.judge(text).kind is Kind.COMPLAINT) is (label is Label.COMPLAINT)


def test_an_article_counts_where_it_names_what_a_watch_wants() -> None:
    detector = LearningDetector(RESOURCES)
    detector.name((), (), ("Kawa Raj",))
    far = "The bus company is a scam, its drivers are rude, my refund never came. " * 20
    text = f"A walk through the town in spring.\n{far}\nThe old mill is closed.\nKawa Raj opens at nine.\nThe park is open.\n{far}"
    assert detector.judge(text).kind is not Kind.COMPLAINT
