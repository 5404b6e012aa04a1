"""The shop's answer in a customer's text, and customers who tell of it."""

from __future__ import annotations

import time

import pytest

from app.core.shop_answers import without_answers

SAID = "Zupa była zimna, a kelner opryskliwy."
SORRY = {
    "pl": "Przepraszamy za opóźnienie, kurier zgubił paczkę. Zwrot pieniędzy już wysłaliśmy.",
    "en": "We are very sorry that your cake was lost by the courier. The refund was sent today.",
    "ru": "Извините за задержку, курьер потерял посылку. Деньги уже вернули.",
}
HEADED = {
    "pl": [
        *(
            "Odpowiedź: ",
            "Odp.: ",
            "Odpowiedź sprzedawcy: ",
            "Odpowiedź od Piekarnia Anna: ",
            "Odpowiedź właściciela\n",
        ),
        *(
            "Odpowiedź właściciela (2 dni temu)\n",
            "Komentarz firmy: ",
            "Komentarz sprzedawcy: ",
            "Właściciel: ",
            "Sklep: ",
        ),
        *("Kawa Raj: ", "Kawa Raj odpowiada: ", "Piekarnia Anna odpowiada: "),
        *("Odpowiedź: Pani Anno! ", "Odpowiedź właściciela: Dzień dobry. "),
    ],
    "en": [
        *(
            "Response from the owner\n",
            "Response from owner 2 days ago\n",
            "Reply from Anna's Bakery: ",
            "Owner: ",
            "Seller: ",
        ),
        *(
            "Anna's Bakery responded: ",
            "Business response: ",
            "Company reply: ",
            "Merchant reply: ",
            "Management response: ",
        ),
        *("Reply: ", "Response: ", "Owner: Thank you! ", "Kawa Raj: "),
    ],
    "ru": [
        *("Ответ: ", "Ответ владельца\n", "Ответ компании: ", "Владелец: ", "Магазин: ", "Комментарий компании: "),
        *("Официальный ответ: ", "Пекарня ответила: ", "Kawa Raj: "),
    ],
}
ANSWERS = [heading + SORRY[language] for language, headings in HEADED.items() for heading in headings]
SALUTED = {
    "pl": ["Dzień dobry Pani Anno, ", "Pani Anno, ", "Dzień dobry. "],
    "en": ["Dear Anna, ", "Hello Anna! "],
    "ru": ["Здравствуйте, Анна! "],
}


@pytest.mark.parametrize("between", [" ", "\n", "\n\n"])
@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_is_taken_out(answer: str, between: str) -> None:
    assert without_answers(f"{SAID}{between}{answer}", shop="„Kawa Raj” sp. z o.o.") == SAID


@pytest.mark.parametrize("between", [" ", "\n", "\n\n"])
@pytest.mark.parametrize(
    ("salutation", "language"), [(salutation, language) for language in SALUTED for salutation in SALUTED[language]]
)
def test_without_a_heading_only_what_itself_speaks_as_a_shop_is_taken_out(
    salutation: str, language: str, between: str
) -> None:
    """«The refund was sent today» may be either's: the soup that was cold as well stays."""
    sorry, more = SORRY[language].split(". ")
    assert without_answers(f"{SAID}{between}{salutation}{sorry}. {more}").split("\n") == [SAID, more]


@pytest.mark.parametrize(
    "answer",
    [
        "Odpowiedź: Przepraszamy za kolejkę i zimną kawę. Paczka i zwrot są w drodze.",
        "Reply: We are sorry about the queue. Please contact us and let us know. My team will call you.",
        "Owner: Sorry to hear that. I apologise for my staff.",
        "Ответ: Приносим извинения. Напишите нам и мы вернём деньги.",
        "Odpowiedź właściciela: Bardzo przepraszam Panią, byłam wtedy chora.",
    ],
)
def test_the_whole_answer_goes_whichever_words_people_and_languages_share(answer: str) -> None:
    assert without_answers(f"{SAID} {answer}") == SAID


@pytest.mark.parametrize(
    "answer",
    [
        "Bardzo nam przykro z powodu kolejki. Prosimy o kontakt.",
        "Odpowiedź właściciela\nKurier ją zgubił.",
        "Dzień dobry, przykro nam, że Pani tak długo czekała. Skontaktujemy się z Panią jutro.",
        "Dzień dobry, przykro nam, że Państwo nie są zadowoleni. Prosimy o kontakt.",
        "Hi Tom, sorry you had to wait. Thanks for letting us know, we will refund you.",
        "Добрый день! Нам жаль, что вам пришлось ждать. Мы свяжемся с вами.",
        "Dear Anna, we are very sorry that your cake arrived damaged.",
        "Dear guest, thank you for taking the time to leave a review. We are sorry your room was not ready.",
        "Szanowna Pani, przykro nam, że tort nie spełnił Pani oczekiwań.",
        "Спасибо за отзыв. Нам жаль, что вы долго ждали.",
        "Здравствуйте, нам очень жаль, что так вышло. Напишите нам номер заказа.",
    ],
)
def test_a_paragraph_that_apologises_and_what_stands_under_a_label_are_answers(answer: str) -> None:
    assert without_answers(f"{SAID}\n{answer}") == SAID


TOLD = [
    "EDIT. Odpowiedź właściciela: „trzeba było jeść gdzie indziej”. Chamstwo, jestem w szoku!",
    "Odpowiedź właściciela: śmieje się ze mnie i wyzywa od idiotek. Skandal, idę do sądu!",
    "Odpowiedź właściciela: „Przepraszamy, ale nie ma pani racji”.",
    "Odpowiedź sklepu: przepraszamy, ale nic nie zrobimy. Kpina!",
    "Odpowiedź: nie dostaliśmy zwrotu, czekamy już miesiąc.",
    "Odpowiedź na mój list: przepraszamy za kłopot.",
    "Odpowiedź właściciela: kurier zgubił paczkę.",
    "Sklep: zero kontaktu. Przepraszamy za szczerość.",
    "Właściciel napisał mi: przepraszamy za opóźnienie.",
    "Dzień dobry, paczki nie ma od tygodnia!",
    "Przepraszamy za ostre słowa, ale zupa była okropna.",
    "Bardzo nam przykro, bo kochaliśmy to miejsce. Zupa była zimna.",
    "Sklep: dziękujemy za taką obsługę!",
    "Szanowni Państwo, przepraszamy, ale tak się nie robi.",
    "Przepraszam za ostre słowa, ale jestem wściekła.",
    'Update. Reply from the owner: "go eat elsewhere". Disgusting, he called me an idiot!',
    "Owner's response: he laughed at me and called me a liar. I am reporting them!",
    "Business response: they say we lied and refuse to refund us. Shameful!",
    "Reply: three weeks and no refund. We are sorry we ever came.",
    "Dear owner, we are sorry we ever came here.",
    "Dear owner, we are sorry that you treat people like that.",
    "Hi all, we regret ordering here.",
    "We are sorry for anyone who eats there, you have been warned.",
    "Owner: rude and aggressive, shouted at everybody.",
    "Update: Owner: we are sorry for the delay.",
    "UPD. Ответ владельца: «ищите другое место». Хамство, я в шоке!",
    "Владелец: извините, сказал он и закрыл дверь.",
    "Właściciel: przepraszamy, powiedział i zamknął drzwi.",
    "Ответ продавца: смеётся надо мной. Подаю в суд!",
    "Магазин: обман, деньги мне так и не вернули!",
    "Здравствуйте, мне до сих пор не вернули деньги!",
]


WE_COMPLAIN = [
    "Dzień dobry, prosimy o kontakt, tort od Państwa był spleśniały.",
    "Prosimy o wiadomość, kiedy oddacie Państwo pieniądze za zepsuty tort.",
    "Prosimy o kontakt, pobrali Państwo opłatę dwa razy.",
    "Pani Anno, bardzo nam przykro, ale Pani tort był surowy w środku.",
    "Przykro nam, że Państwa obsługa krzyczy na dzieci.",
    "Witamy, przykro nam, że tak wyszło, ale zaliczki Państwo nie zwrócili",
    "Przykro nam czytać Państwa wymówki. Meble miały być w maju",
    "Сожалеем о вашей репутации, но двери перекошены",
    "Dzień dobry. Przykro nam to pisać, Państwa ciasto było stare i suche.",
    "Hello, please call us, your cake had glass in it.",
    "Please reach out to us, you charged our card twice.",
    "We are sorry to say that your bread was mouldy again.",
    "Hi, we regret your decision to ignore our complaint for five weeks.",
    "Hello Anna, thank you for your comment, but the cake was mouldy.",
    "Здравствуйте! Просим вас вернуть деньги за испорченный торт.",
    "Просим вас сообщить, где наш заказ, вы не отвечаете две недели.",
    "Добрый день! Просим вас объяснить, почему в вашем торте был волос.",
    "Благодарим вас за испорченный праздник!",
    "Сожалеем, что заказали у вас торт, он был кислый.",
    "Уважаемая Анна, нам жаль, но ваш торт отравил гостей.",
    "Свяжитесь с нами срочно, ваш торт не доставлен.",
    "Dzień dobry, przykro nam, że pani w okienku krzyczała na nasze dziecko.",
    "Hello, sorry for the long post. We waited two hours for your waiter.",
    "Hello, sorry you had to read this, your cake had a nail in it.",
    "Hi, we are sorry about the bad review but your driver hit our gate.",
    "Sorry for the harsh words. Your cake was dry and late.",
    "Sorry for the second message, but you did not answer the first. The machine leaks.",
    "Sorry about the one star. You charged us twice.",
    "Hi, sorry for your staff, who have to work with such a manager.",
    "Hello, we apologise for writing again. The car you repaired broke down.",
    "Thank you for letting us down again. Your driver never came.",
    "Thanks for bringing our parcel to the wrong street, you.",
    "Sorry you were too busy to serve us, we waited forty minutes.",
    "Przepraszamy za późną opinię. Państwa ciasto było suche.",
    "Przepraszamy za zdjęcie, ale tak wygląda Państwa toaleta.",
    "Przepraszamy za ton, Państwa kierowca był pijany.",
    "Przepraszamy za drugą wiadomość, na pierwszą Państwo nie odpisali. Rura cieknie.",
    "Dzień dobry, przepraszamy za zamieszanie, ale Państwa ochroniarz popchnął naszego syna.",
    "Przykro nam, że Pani nie odbiera telefonu, a zaliczka przepadła.",
    "Przykro nam, że pani doktor krzyczała na naszą mamę.",
    "Skontaktujemy się z sanepidem, u Państwa biegają myszy.",
    "Просим прощения за тон, ваш водитель был пьян.",
    "Просим прощения за резкие слова, ваш курьер бросил коробку через забор.",
    "Приносим свои извинения за эмоции, но ваш мастер сломал нам дверь.",
    "Извините за задержку с отзывом. Ваш велосипед развалился за неделю.",
    "Сожалеем о покупке. Ваш холодильник не морозит.",
    "Нам жаль, что вам пришло в голову оставить детей одних у бассейна.",
]


@pytest.mark.parametrize("told", WE_COMPLAIN)
def test_customers_who_speak_as_we_are_no_shop(told: str) -> None:
    for text in (f"{SAID}\n{told}", told):
        assert without_answers(text, shop="Kawa Raj") == text


@pytest.mark.parametrize(
    ("sorry", "more"),
    [
        ("Hello, we are sorry for the wasted evening you gave us.", "The soup was cold"),
        ("Sorry about this, we really wanted to like your place.", "The meat was off"),
        ("Здравствуйте, извините за задержку, болели.", "Ваша мазь обожгла ребёнка"),
        ("Przepraszamy za zwłokę.", "Pralka zepsuła się po tygodniu."),
        ("Hi, sorry for the trouble.", "The parcel never came and nobody answers."),
        ("Dzień dobry, dziękujemy za wiadomość.", "Zwrotu nie ma do dziś."),
    ],
)
def test_what_customers_say_who_apologise_as_shops_do_stays_for_the_most_part(sorry: str, more: str) -> None:
    assert without_answers(f"{SAID}\n{sorry} {more}").split("\n") == [SAID, more]


@pytest.mark.parametrize(
    ("answer", "more"),
    [
        ("The owner wrote: sorry about the cake.", "And the second cake was mouldy as well."),
        ("Reply: sorry for your trouble.", "Not a word about the refund."),
        ("Sprzedawca napisał: przepraszam za opóźnienie.", "Minął tydzień i dalej nie ma paczki."),
        ("Магазин пишет: свяжемся с вами.", "Прошёл месяц."),
        ("Właścicielka odpisała: przykro mi.", "Zwrotu odmówiła."),
        ("Manager wrote: we apologise for the delay.", "Parcel lost again."),
        ("Менеджер ответил: сожалеем.", "В возврате отказали."),
        ("Reply: we apologise for the inconvenience.", "Three weeks without heating."),
        ("Owner: sorry for the delay.", "Fourth time this month."),
        ("Odpowiedź: dziękujemy za opinię.", "Tyle dostaliśmy za zalane mieszkanie."),
        ("Odpowiedź właściciela: przepraszamy za niedogodności.", "Trzeci tydzień bez ogrzewania."),
        ("Владелец: извините за задержку.", "Четвёртый раз за месяц."),
        ("Продавец: извините за недоразумение.", "Пришла пустая коробка."),
    ],
)
def test_what_came_of_an_answer_is_the_customer_s(answer: str, more: str) -> None:
    assert without_answers(f"{SAID}\n{answer} {more}").split("\n") == [SAID, more]


@pytest.mark.parametrize("told", TOLD)
def test_what_a_customer_tells_of_an_answer_stays(told: str) -> None:
    for text in (f"{SAID} {told}", f"{SAID}\n{told}"):
        assert without_answers(text, shop="Kawa Raj") == text


@pytest.mark.parametrize(
    ("answer", "more"),
    [
        ("Odpowiedź właściciela: Przepraszamy za opóźnienie.", "EDIT: kłamią, nic nie oddali!"),
        ("Odpowiedź: Dziękujemy za opinię. Zapraszamy.", "Nadal nikt nie oddzwonił."),
        ("Odpowiedź sprzedawcy\nPaczka wysłana.", "Nie dostałam jej do dziś."),
        ("Response from the owner: We are sorry.", "Update: all lies, nothing came!"),
        ("Reply: Thank you for your feedback.", "I still have no refund."),
        ("Ответ компании: Приносим извинения.", "UPD: врут, деньги так и не вернули!"),
    ],
)
def test_what_the_customer_says_behind_an_answer_stays(answer: str, more: str) -> None:
    assert without_answers(f"{SAID}\n{answer} {more}").split("\n") == [SAID, more]


def test_an_answer_that_was_there_before_is_no_new_one() -> None:
    answered = f"{SAID} Odpowiedź: {SORRY['pl']}"
    more = f"{answered} Kto by pomyślał."
    assert without_answers(more, before=answered) == more
    twice = f"{more} Odpowiedź: Jeszcze raz przepraszamy za pomyłkę."
    assert without_answers(twice, before=more) == more


def test_where_the_reply_is_known_only_what_speaks_in_the_shops_name_goes() -> None:
    text = f"{SAID} Odpowiedź: {SORRY['pl']}"
    assert without_answers(text, by_voice_alone=True) == f"{SAID}\nZwrot pieniędzy już wysłaliśmy."


@pytest.mark.parametrize(
    "flood", ["\n", "\n ", "? ", "odpowiedź ", ". odp: ", ".odpowiedź" + "x" * 39, "we are sorry ", "Pani A. "]
)
def test_floods_take_little_time(flood: str) -> None:
    began = time.process_time()
    without_answers((flood * 60_000)[:60_000], shop="Kawa Raj")
    assert time.process_time() - began < 1.0
