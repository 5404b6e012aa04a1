"""What a writer did not write is blanked out: quoted letters and posts, signatures, disclaimers; and what he wrote stays."""

from __future__ import annotations

import pytest
from fakes.growth import is_linear
from hypothesis import given
from hypothesis import strategies as st

from app.detect.quotes import without_quotes

FROM_EN = "From: Kawa Raj <b@k.example>\nSent: Monday, November 23, 2026 10:00 AM\nTo: Ola\nSubject: parcel\n"
FROM_PL = "Od: Kawa Raj\nWysłano: poniedziałek, 23 listopada 2026 10:00\nDo: Ola\nDW: Ewa\nTemat: paczka\n"
FROM_RU = "От: Kawa Raj\nОтправлено: 23 ноября 2026 г. 10:00\nКому: Оля\nТема: посылка\n"
SORRY = "We are sorry that your parcel never arrived.\nIt was damaged."
SECRET_PL = "Niniejsza wiadomość jest poufna i przeznaczona wyłącznie dla adresata. Prosimy o zwrot wiadomości.\nRODO"
SECRET_EN = "This e-mail and any attachments are confidential. If you received them in error,\nnotify the sender."
SECRET_RU = "Данное сообщение является конфиденциальным. Если вы получили его по ошибке, удалите его."


def kept(text: str, title: str = "") -> str:
    judged = f"{title}\n{text}" if title else text
    own = without_quotes(judged, len(judged) - len(text))
    assert len(own) == len(judged)
    assert all(new == old or (new == " " and old != "\n") for old, new in zip(judged, own, strict=True))
    return " ".join(own.split())


@pytest.mark.parametrize(
    "quoted",
    [
        FROM_EN + SORRY,
        FROM_PL + SORRY,
        FROM_RU + SORRY,
        "*From:* Kawa Raj\n*Sent:* 23 Nov 2026\n*To:* Ola\n" + SORRY,
        'Od: "Kawa Raj" <b@k.example>\nDo: Ola\nWysłane: 10:00 Poniedziałek 2026-11-23\nTemat: paczka\n' + SORRY,
        "________________________________\n" + FROM_PL + SORRY,
        "-----Original Message-----\n" + SORRY,
        "On Mon, 23 Nov 2026 at 10:00, Kawa Raj wrote:\n" + SORRY,
        "On Mon, 23 Nov 2026 at 10:00, Kawa Raj <b@k.example>\nwrote:\n" + SORRY,
        "W dniu 23.11.2026 o 10:00, Kawa Raj pisze:\n" + SORRY,
        "pon., 23 lis 2026 o 10:00 Kawa Raj <b@k.example> napisał(a):\n" + SORRY,
        "Wiadomość napisana przez Kawa Raj w dniu 23 lis 2026, o godz. 10:00:\n" + SORRY,
        "Kawa Raj napisał(a):\n" + SORRY,
        "23.11.2026 10:00, Kawa Raj пишет:\n" + SORRY,
        "23 ноября 2026 г., Kawa Raj писал(а):\n" + SORRY,
        '"Анна" <a@b.example>:\n' + SORRY,
        "пн, 23 нояб. 2026 г. в 10:00, Kawa Raj <b@k.example>:\n" + SORRY,
    ],
)
def test_a_quoted_letter_is_known_without_marks(quoted: str) -> None:
    assert kept(f"Thanks, that solved it!\n{quoted}") == "Thanks, that solved it!"
    assert kept(f"Thanks, that solved it!\n\n{quoted}", "Re: parcel") == "Re: parcel Thanks, that solved it!"
    assert kept(quoted, "Fwd: parcel") == f"Fwd: parcel {' '.join(quoted.split())}"
    assert kept(quoted) == " ".join(quoted.split())


@pytest.mark.parametrize(
    "text",
    [
        "A complaint in a letter's clothes\nFrom: your shop\nTo: me\nSubject: shame on you",
        "Temat: reklamacja\nPaczka nie doszła",
        "Dzień dobry\nTemat: reklamacja\nPaczka nie doszła",
        "Nowa wiadomość z formularza\nOd: Anna <a@b.example>\nTemat: Reklamacja\nPaczka nie doszła",
        "Formularz\nOd: Anna\nDo: biuro\nData: 23.11.2026\nTreść wiadomości:\nPaczka nie doszła",
        "Zamówiłam tort, a wasz pracownik pisze:\nnie oddamy pieniędzy",
        "Заказ от 12.05 не пришёл. Менеджер пишет:\nденег не будет",
        "I asked, and your man wrote:\nwe do not refund",
        "Plusy: miło\n--\nMinusy: brud i długie oczekiwanie",
        "Miło\n--\nBrud i smród, nie polecam",
        "Formularz\n--\nAnna Kowalska\ntel. 600 100 200\nWiadomość: paczka nie doszła",
        "Wysłane z opóźnieniem dwóch tygodni\nnie polecam",
        "Wysłane z Poczty Polskiej, zniszczone\nnie polecam",
        "Отправлено с опозданием\nне советую",
        "Ta wiadomość to reklamacja.\nMoje poufne dane wyciekły",
        "5 [/quote] and RT",
        "RT @anna: cold coffee",
        "@kawaraj @ewa @ola @iza @jan RT @anna: cold coffee",
        "Oh no! RT @anna: cold coffee",
        f"Buy a van today! {'News. ' * 100} RT @anna: cold coffee",
        "[quote]cold coffee[/quote]",
        "[quote]cold coffee\nnever closed",
    ],
)
def test_what_only_looks_like_a_quotation_counts(text: str) -> None:
    assert kept(text) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("[quote=anna]cold [quote]rude[/quote] coffee[/quote]\nNot at all!", "Not at all!"),
        ("Yes [quote author=anna]cold[/QUOTE] no [quote]rude[/quote]", "Yes no"),
        ("I do not think so! RT @anna: cold coffee", "I do not think so!"),
        ("Hi\nOn 3 May 2026 Anna wrote:\n> cold?\nNo, fine.", "Hi No, fine."),
        ("Fine.\n3 мая 2026 Анна писала:\n> холодный", "Fine."),
        ('Fine.\n"Анна" <a@b.example>:\n> холодный', "Fine."),
    ],
)
def test_quotations_inside_a_post_do_not_count(text: str, left: str) -> None:
    assert kept(text) == left


@pytest.mark.parametrize(
    "below",
    [
        "-- \nPiotr Oszust\nbrud i smród",
        "--\nPiotr Kowalski",
        "--\nPeter",
        "--\nС уважением, Пётр",
        "--\nFirma sprzątająca\nul. Brudna 5\ntel. 600 100 200",
        "--\nPiotr Kowalski\n" + SECRET_PL,
        SECRET_PL,
        SECRET_EN,
        SECRET_RU,
        "Sent from my iPhone",
        "Get Outlook for Android",
        "Wysłane z iPhone'a",
        "Wysłano z mojego telefonu",
        "Отправлено с iPhone",
        "Sent from my iPhone\n" + FROM_EN + SORRY,
    ],
)
def test_signatures_and_disclaimers_do_not_count(below: str) -> None:
    assert kept(f"When do you open?\n{below}") == "When do you open?"
    assert kept(below)


def test_a_postscript_below_a_signature_counts() -> None:
    assert (
        kept("Dzień dobry\n--\nPiotr Kowalski\nPS. Ciasto było spleśniałe") == "Dzień dobry PS. Ciasto było spleśniałe"
    )


def test_a_forwarded_letter_below_nothing_but_a_signature_counts() -> None:
    text = f"--\nPiotr Kowalski\ntel. 600 100 200\nPoczątek przekazywanej wiadomości:\n{FROM_PL}{SORRY}"
    assert "never arrived" in kept(text, "Fwd: paczka")
    assert "never arrived" in kept(f"Wysłane z iPhone'a\nBegin forwarded message:\n{FROM_EN}{SORRY}", "Fwd: paczka")


def test_an_answer_that_is_all_quoted_says_only_its_subject() -> None:
    assert kept(f"> {SORRY}".replace("\n", "\n> "), "Re: parcel") == "Re: parcel"
    assert "never arrived" in kept(f"> {SORRY}".replace("\n", "\n> "), "parcel")


@given(st.text(), st.integers(0, 5))
def test_any_text_keeps_its_length(text: str, said: int) -> None:
    assert len(without_quotes(text, min(said, len(text)))) == len(text)


@pytest.mark.parametrize(
    "piece",
    ["On 2026 x wrote:\n", "a\nwrote:\n", "a <a@b>:\n", "wrote:", "<a@b", "From: a\n", "From: a\nTo: b\nDate: 1\n", "[quote]", "[quote][/quote]", "[/quote]",
     "RT @a ", "--\n", "--\nPiotr\n", "This message ", "This message\n", "this message\nconfidential ", "> a\n", "____________\n", "-----Original Message\n",
     "Sent from my x", "Sent from my x\n", "\n", "\n ", " ", "Od: ", "od:\n", "ps\n", "-", "Begin forwarded message\n"],
)  # fmt: skip
def test_floods_take_linear_time(piece: str) -> None:
    assert is_linear(lambda length: without_quotes(f"a\nconfidential:\n{piece * (length // len(piece))}"), 200_000)


ANGRY = "Tort był spleśniały, dzieci się pochorowały. Żądam zwrotu pieniędzy, oszuści!"
ROTTEN = "The cake was rotten and my kids got sick, I want my money back!"


@pytest.mark.parametrize(
    "text",
    [
        "Dzień dobry, zamówienie 4411:\n> tort spleśniały\n> brak zwrotu pieniędzy\n> nikt nie odbiera\nAnna Nowak",
        "Dzień dobry,\n>200 zł za tort, który był spleśniały!\n> 2 tygodnie czekania na zwrot.\nPozdrawiam Anna",
        f"Anna\n>>> UWAGA OSZUŚCI <<<\n{ANGRY}",
        f"Hello,\nOn 3 May 2024 your manager wrote:\nWe do not give refunds.\n{ROTTEN}",
        f"Hello, order 4411.\nOn 3 May 2024 at 10:11 I wrote:\n{ROTTEN} Nobody answered.",
        f"W dniu 3.05.2024 Wasz kierownik napisał:\nNie oddamy pieniędzy.\n{ANGRY}",
        "Здравствуйте.\n3 мая 2024 менеджер написал:\nденьги не вернем\nТорт был с плесенью, верните деньги!",
        f"Order 4411.\nI wrote to the owner <info@kawaraj.example>:\n{ROTTEN}",
        f"Dzień dobry, odpowiadam poniżej.\n\nOn 3 May 2024 at 10:11, Kawa Raj <a@b.pl> wrote:\nDziękujemy\n\n{ANGRY}",
        f"Zamówienie 4411 z soboty\n____________\n{ANGRY}",
        f"Order 4411\n-- \n{ROTTEN}",
        f"Zamówiłam tort\n--\nPozdrawiam tych oszustów, tort był spleśniały, dzieci się pochorowały!\n{ANGRY}",
        f"Moja przesyłka\nOd: Warszawa\nDo: Kraków\nData: 3.05.2024\n{ANGRY}",
        "Hello.\nThis message has confidential data of another customer: I am the wrong recipient, I want compensation!",
        "Zamówienie 4411.\nTa przesyłka była otwarta i poufne dane widoczne, adresat inny. Żądam zwrotu pieniędzy!",
        "Kupiłam wczoraj tort, proszę o RT @KawaRaj sprzedał spleśniały tort, oszuści!",
        "Dzień dobry\nWysłane z telefonu zamówienie zaginęło, oszuści, żądam zwrotu",
    ],
)
def test_what_a_customer_writes_in_the_ways_of_a_letter_stays(text: str) -> None:
    assert without_quotes(text) == text
