"""Names that lose a vowel or change one, short ones above all, in Polish and Russian: what is found, what is not."""

from __future__ import annotations

import pytest

from app.core.matching import Matcher, matcher_for
from app.core.mention import Mention

FOUND = """
Kawa Raj: Kawa_Raj Kawy_Raju kawie_raj Kawą-Rajem KawaRaj kawaraj #kawaraj @kawaraj KawaRaju #KawaRaju kawarajem KAWARAJ
кофейня Рай: кофейне_Раю кофейни_Рай кофейней_Раем кофейню_«Рай» Кофейня_рая
Raj: raju Rajem Rajowi Raje rajów
Kot: kota kotem kotowi kocie koty kotów kotami
Ul: ulu Ulem ule uli ulach
Bar: baru barze barem barów
Las: lasu lesie lasem lasy
Ser: sera serze serów
Róg: rogu rogiem rogi
Dół: dole dołu dołem
Koń: Konia Koniem koni
Gaj: gaju gajem
Sok: soku sokiem soków
Mak: maku makiem
Dąb: Dębu Dębem dębowi dębie Dęby dębów
Ząb: zęba zębie zębów
Wąż: węża wężem węży
Mąż: męża mężowi
Lew: lwa lwem Lwie lwów
Pies: psa psem psu psy psów psie
Sen: snu snem snach
Mech: mchu mchem
Dzień: dnia dniem dniu dni dniach
Wieś: wsi wsią wsiach
Ewa: Ewy Ewie Ewę Ewą
Ula: uli Ulę Ulą
Iga: Igi Idze Igę
Era: ery erze
Orzeł: Orła Orłem orle Orły orłów
Kocioł: Kotła kotłem kotłów
Kozioł: kozła kozłem
Kozieł: Kozła
Osioł: osła osłem
Ogień: ognia ogniem
Kwiecień: kwietnia kwietniu
Grudzień: grudnia grudniu
Wrzesień: września
Marzec: marca marcem marcu
Korzec: korca
Owies: owsa owsem
Gołąb: Gołębia Gołębiem gołębie
Jastrząb: Jastrzębia
Okrąg: okręgu okręgiem
Urząd: urzędu urzędem
Miesiąc: miesiąca miesięcy
Sowa: Sów sowy sowie sową
Krowa: krów krowy
Woda: wód wody
Лев: Льва Львом Льву льве Львы львов
День: Дня днём дни дней днях
Пень: пня пнём пни
Лёд: льда льду льдом
Пёс: пса псом псы
Лоб: лба лбу
Улей: Улья улью ульем ульев
Ул: Улья ульев
Ручей: ручья ручью
Соловей: Соловья соловьи
Воробей: воробья
Рай: рая Раем
Чай: чая чаем чаи
Кот: кота котом коты котов
Мир: мира миром мире
Сад: сада садом сады
Ева: Евы Еве Еву Евой
Оля: Оли Олю Олей
Ель: ели елью елей
Орёл: Орла Орлом орлы
Камень: Камня камнем камни
Корень: корня корнем
Огонь: огня огнём
Уголь: угля углём
Стебель: стебля
Стул: стулья стула
Лист: листья листа листьев
Кухня: кухонь кухни
Деревня: деревень деревне
Капля: капель капли
Любовь: любви любовью
Церковь: церкви
Сова: сов совы
"""

ALIKE = """
Raj: rajd rajski rajdy rajstopy rajza Rajmund kraj
кофейня Рай: кофейня_района кофейня_райская район
Рай: район райский раёк край райком
Kawa Raj: kawa_rajska kawałrajd kawarajd kawara
Kot: kotlet kotek kotwica kotara kotły Kotowski kotlina kto
Ul: ulica ulga ulotka ulewa
Bar: barok baran barwa bardzo bark
Las: laska laser lasagne lasso
Ser: serce seria serio serwis serwer
Sok: sokół soczek
Mak: mąka makijaż makaron makler
Gaj: gajowy
Koń: koniec koniak konto kontakt konik
Dąb: dębowy debata debil debiut
Ząb: zębatka zebra zebranie
Wąż: wąski węzeł
Lew: lewa lewy lewo lewica
Pies: pieśń piesek pieszo pieśni
Sen: senior senat
Dzień: dziennik dzienny dno dna dziecko
Wieś: wsiąść wieszak wieść wsiadać
Sowa: sowity sowizdrzał
Woda: wodzirej wodny
Ewa: ewolucja ewentualnie
Ula: ulepszyć
Al: ale
Ida: idę
Ona Bar: ona_barwna ona_baran
Orzeł: orlik Orlen orzech
Osioł: osiem osiedle
Ogień: ogon ogóle
Marzec: marka marzenie marcepan
Zając: zajęcie zajęcia zajęć zajęty
Pająk: pajęczyna
Gołąb: gołe golf
Moda: modem model modny mod
Mod: moda
Lot: lotu lotem lotnisko
Кот: котлета котёл который котик
Мир: мирный мировой мираж
Лев: левый лево левша слева
День: деньги дно дна дневник
Пень: пенсия пена пенка
Лёд: ледяной леди
Пёс: песня песок
Лоб: лобби
Дом: дома домой домик
Чай: чайник чайка
Сад: садик садиться
Ева: Евгений евро
Оля: олень
Ель: ельцин
Ул: улица улыбка
Улей: улейка уличный
Орёл: орать ореол орлёнок
Камень: каменный камин
Олень: оленина
Корень: коренной корма
Стул: ступень
Сыр: сырья
Уголь: угол угла углом
Marzec: Marcia
Ser: series
Wół: wola wolę
Лист: листать листовка
Любовь: любой любимый
Сова: совет совсем советский
LOT: lotu loty
KFC: kfcu
Era: erotyka
Krowa: król krok
Mia: Miami
Tan: tanie
Mat: macie
Dan: danie
Aga: ago
Ana: any
Man: many
Lea: Leo
Tea: teach
Sea: see
Spa: śpię
Bus: busy
Lad: lady
Pan: panie
Raz: razem
Bal: bała
Mal: mała małe
Dal: dała
Pit: picie
Bol: boli
Nora: nor
Nowa: now
Fora: for
Coda: cod
Кода: код
Йога: йог
Вора: вор
"""


class NoStemmer:
    """A stemmer that knows no word."""

    def stems(self, word: str) -> frozenset[str]:
        return frozenset({word})


def _rows(table: str) -> list[tuple[str, str]]:
    lines = (line.partition(": ") for line in table.strip().splitlines())
    return [(name, word.replace("_", " ")) for name, _, words in lines for word in words.split()]


def _about(matcher: Matcher, word: str) -> bool:
    return matcher.about_us(Mention("feed", "k", text=f"Tam jest {word}, вот"))


@pytest.mark.parametrize(("name", "word"), _rows(FOUND))
def test_a_name_is_found_in_every_form(name: str, word: str) -> None:
    assert _about(matcher_for([name], [], NoStemmer()), word)
    assert _about(matcher_for([name.lower()], [], NoStemmer()), word)


@pytest.mark.parametrize(("name", "word"), _rows(ALIKE))
def test_a_word_that_looks_like_a_name_is_not_it(name: str, word: str) -> None:
    assert not _about(matcher_for([name], [], NoStemmer()), word)


def test_initials_are_found_as_they_stand_and_with_an_apostrophe() -> None:
    initials = matcher_for(["KFC|LOT"], [], NoStemmer())
    assert all(_about(initials, word) for word in ("KFC", "kfc", "KFC's", "LOT-em", "KFC’u"))


def test_a_name_typed_in_capitals_is_not_made_of_initials() -> None:
    assert _about(matcher_for(["KAWA RAJ"], [], NoStemmer()), "w Kawie Raju")


def test_small_words_inside_a_name_have_no_cases() -> None:
    assert _about(matcher_for(["Dom na Rogu"], [], NoStemmer()), "w Domu na Rogu")
    assert not _about(matcher_for(["Dom na Rogu"], [], NoStemmer()), "w domu nie rogu")


def test_everyday_words_are_cases_of_a_short_name_only_beside_another_word_of_it() -> None:
    assert _about(matcher_for(["Дом Пекаря"], [], NoStemmer()), "у Дома Пекаря")
    assert not _about(matcher_for(["Дом"], [], NoStemmer()), "сижу дома")


def test_in_an_english_watch_short_latin_names_are_not_declined_in_polish() -> None:
    english = matcher_for(["Bar"], [], NoStemmer(), language="en")
    assert not _about(english, "baru")
    assert _about(english, "bars")


def test_a_name_typed_without_its_diacritics_is_found_all_the_same() -> None:
    assert _about(matcher_for(["dab"], [], NoStemmer()), "w Dębie")
    assert _about(matcher_for(["лед"], [], NoStemmer()), "на льду")
