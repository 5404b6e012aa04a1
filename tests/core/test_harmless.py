"""What may be added to a post without being a complaint."""

from __future__ import annotations

import time

import pytest

from app.core.harmless import is_harmless

BESIDE = [
    *(
        "One more photo.",
        "Video below.",
        "Edit: typo.",
        "Photo attached.",
        "Hello!",
        "Thanks!",
        "Nothing to add.",
        "Nic dodać, nic ująć.",
        "Добавить нечего.",
        "12 likes",
        "",
    ),
    *("Jeszcze jedno zdjęcie.", "Film poniżej.", "Edit: literówka.", "Zdjęcie w załączniku.", "Pozdrawiam!"),
    *("Ещё одно фото.", "Видео ниже.", "UPD: опечатка.", "Фото прилагаю.", "Исправила ошибки."),
]
AGAIN = [
    *("Again.", "Same again next week.", "Second visit.", "Third time here.", "See you on Monday."),
    *("Znowu.", "To samo za tydzień.", "Druga wizyta.", "Trzeci raz u was."),
    *("Снова.", "Второй визит.", "Третий раз у вас.", "То же самое."),
]
ALL_WELL = [
    "Update: got my money back after two days.",
    "EDIT: my mistake, I gave them the wrong address.",
    "They replaced it free of charge.",
    "Update: they even replaced my burnt loaf without asking.",
    "Update: sorted, the manager rang me and apologised for the mix-up.",
    "Edit: sorry, wrong bakery, I mixed them up with the one next door.",
    "Update: the missing parcel turned up at my neighbour's.",
    "Update: the broken cup was replaced the next day.",
    "Update: full refund for the damaged parcel.",
    "Edit: dosłali brakującą paczkę.",
    "UPD: заменили бракованную чашку.",
    "Edit: it was my own fault, I had not read the instructions. Sorry!",
    "Update: full refund, no questions asked.",
    "EDIT: reklamacja uznana po dwóch dniach.",
    "Edit: moja pomyłka, podałam zły adres.",
    "Zwrot pieniędzy już wysłaliśmy.",
    "Fixed for free on the same day.",
    "UPD: деньги вернули за два дня.",
    "Naprawili po dwóch dniach, za darmo.",
    "Aktualizacja: wymienili uszkodzony kubek bez pytania.",
    "Aktualizacja: kierownik zadzwonił i przeprosił za opóźnienie.",
    "Edit: sama jestem sobie winna, nie przeczytałam instrukcji.",
    "Edit: pieniądze zwrócone następnego dnia.",
    "Дополнение: позвонил менеджер, извинился за задержку и вернул деньги.",
    "UPD: моя ошибка, указала не тот адрес.",
    "UPD: бракованную чашку заменили без вопросов.",
    "UPD: деньги вернули на следующий день.",
]
MORE_THAN_THAT = [
    *(
        "It was my mistake to order from your shop.",
        "My own fault, my mistake was to order.",
        "Moja pomyłka to zamówienie.",
    ),
    "They replaced the door at our charge.",
    "Reklamacja przyjęta i już.",
    "Претензию приняли и всё.",
    "Fixed for one day.",
    "Naprawili na dwa dni.",
    "Починили на день.",
    *("Again. Rude!", "Photo of the mould below.", "Video of the rat.", "Same again: cold.", "Second cake ruined."),
    *("🍝🤮", "Photo 👎", "📦❓ day 14"),
    *("Zdjęcie pleśni poniżej.", "Znowu zimne.", "Drugi raz spleśniały.", "Фото плесени ниже.", "Снова холодный."),
    *(
        "Never again.",
        "Nigdy więcej.",
        "Больше никогда.",
        "Nothing.",
        "Nic.",
        "Nothing to add but mould.",
        "No refund.",
        "Not any more.",
    ),
    *(
        "They have my money.",
        "They had my payment.",
        "Refund not received.",
        "They will refund me.",
        "Refund?",
        "Refund.",
    ),
    *("Pieniądze oddadzą.", "Problem nie rozwiązany.", "Деньги не вернули.", "Деньги вернут.", "Проблема не решена."),
    *("The refund is a joke.", "They refunded the wrong amount.", "They turned up drunk.", "Repaired badly."),
    "Update: got half my money back, the rest they kept.",
    "Update: got my money back after I threatened them with court.",
    "Update: got my money back after two months.",
    "Update: they replaced it with another broken one.",
    "Update: they replaced it with the wrong size.",
    "Update: they replaced it with the same broken one.",
    "Update: they sent a replacement, it was broken too.",
    "EDIT: the replacement came with a missing part.",
    "Update: replacement arrived, a cracked one.",
    "Update: the parcel turned up damaged today.",
    "EDIT: naprawili, po dwóch dniach zepsuty znowu.",
    "EDIT: wymienili na uszkodzony towar.",
    "EDIT: przysłali nową, uszkodzoną paczkę.",
    "EDIT: paczka znalazła się uszkodzona u sąsiada.",
    "UPD: дослали сломанный товар.",
    "UPD: заменили на бракованный товар.",
    "UPD: посылка нашлась, поврежденная вся.",
    "Update: they apologised but kept my money.",
    "Update: they apologised and laughed.",
    "Refund received, the soup was disgusting.",
    "Refund received. The soup was disgusting.",
    "My mistake was trusting these people.",
    "My fault, I trusted them.",
    "My mistake, terrible shop.",
    "Wrong company, wrong people, wrong price.",
    "EDIT: pieniądze zwrócili dopiero po groźbie sądu.",
    "Aktualizacja: reklamacja uznana po trzech miesiącach próśb.",
    "Edit: wymienili na kolejny uszkodzony.",
    "Edit: przeprosili, ale pieniędzy nie oddali.",
    "Moja wina, że im zaufałam.",
    "Znalazła się mysz w chlebie.",
    "UPD: вернули половину денег, остальное нет.",
    "UPD: деньги вернули только после угрозы судом.",
    "UPD: заменили на другой бракованный.",
    "UPD: извинились, но деньги не вернули.",
    "Сама виновата, что поверила им.",
    "Извинились сквозь зубы.",
]


@pytest.mark.parametrize("addition", [*BESIDE, *ALL_WELL])
def test_notes_and_what_tells_that_all_is_well_are_harmless(addition: str) -> None:
    assert is_harmless(addition, of_praise=True)
    assert is_harmless(addition, of_praise=False)


@pytest.mark.parametrize("addition", AGAIN)
def test_again_is_harmless_of_praise_alone(addition: str) -> None:
    assert is_harmless(addition, of_praise=True)
    assert not is_harmless(addition, of_praise=False)


@pytest.mark.parametrize("addition", MORE_THAN_THAT)
def test_what_tells_anything_more_is_not_harmless(addition: str) -> None:
    assert not is_harmless(addition, of_praise=True)
    assert not is_harmless(addition, of_praise=False)


@pytest.mark.parametrize("flood", ["refund ", "got me ", "moja wina, ", "деньги мне ", "a"])
def test_long_additions_take_no_time(flood: str) -> None:
    began = time.process_time()
    assert not is_harmless(flood * 20_000, of_praise=True)
    is_harmless((flood * 300)[:300], of_praise=True)
    assert time.process_time() - began < 0.2
