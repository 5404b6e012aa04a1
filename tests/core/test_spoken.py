"""How a customer is spoken to: by name where that is sure, without one where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bootstrap.naming import first_names
from app.core.spoken import Spoken, spoken_to, with_name, written_name

NAMES = first_names()
ANNA = Spoken("Pani Anno", "Anno", "f")
MAREK = Spoken("Panie Marku", "Marku", "m")


def said(author: str, language: str = "pl") -> str:
    spoken = spoken_to(author, language, NAMES)
    return spoken.whole if spoken else ""


@pytest.mark.parametrize(
    ("author", "called"),
    [
        ("Anna Kowalska", "Pani Anno"),
        ("Anna K.", "Pani Anno"),
        ("Anna", "Pani Anno"),
        ("Kowalska Anna", "Pani Anno"),
        ("Kowalska, Anna", "Pani Anno"),
        ("anna kowalska", "Pani Anno"),
        ("ANNA KOWALSKA", "Pani Anno"),
        ("Malgorzata Wisniewska", "Pani Małgorzato"),
        ("Anna Maria Kowalska", "Pani Anno"),
        ("Anna-Maria Kowalska", "Pani Anno-Mario"),
        ("Anna Kowalska-Nowak", "Pani Anno"),
        ("Jan Maria Rokita", "Panie Janie"),
        ("Marek W.", "Panie Marku"),
        ("dr Marek Nowak", "Panie Marku"),
        ("mgr inż. Marek Nowak", "Panie Marku"),
        ("Pan Marek", "Panie Marku"),
        ("Anna Marek", "Pani Anno"),
        ("🌸 Anna 🌸", "Pani Anno"),
        ("Anna❤️Kowalska", "Pani Anno"),
        ("𝓐𝓷𝓷𝓪 Kowalska", "Pani Anno"),
        ("\u202eAnna\u202c Kowalska", "Pani Anno"),
        ("Zaz\u0307o\u0301łc Małgorzata", "Pani Małgorzato"),
        ("Anna Kowalska (she/her)", "Pani Anno"),
        ("Anna [ona]", "Pani Anno"),
        ("Anna Kowalska @anna_k", "Pani Anno"),
        ("Anna Kowalska <anna@poczta.example>", "Pani Anno"),
        ("Anna Kowalska | Foto Studio", "Pani Anno"),
        ("Anna Kowalska – fotograf ślubny z Krakowa", "Pani Anno"),
        ("Anna 1984", "Pani Anno"),
        ("Adam „Mały” Nowak", "Panie Adamie"),
        ("Ольга Иванова", "Pani Olgo"),
        ("Олена", "Pani Oleno"),
        ("Oleksandr Shevchenko", "Panie Oleksandrze"),
        ("James O'Neill", "Panie James"),
        ("Sasza Kowalska", "Pani Saszo"),
        ("A. Barbara Nowak", "Pani Barbaro"),
        # nobody is called what they may not be called
        ("J. Nowak", ""),
        ("Nowak", ""),
        ("anna_k", ""),
        ("anna.kowalska", ""),
        ("Anna84", ""),
        ("@anna", ""),
        ("anna@poczta.example", ""),
        ("AnnaKowalska", ""),
        ("Kwiaciarnia Anna", ""),
        ("Salon Fryzjerski Marta", ""),
        ("Jan Kowalski Sp. z o.o.", ""),
        ("Marek Auto Serwis", ""),
        ("Kasia z Krakowa", ""),
        ("Anna kosmetyki naturalne", ""),
        ("Zakłady Mięsne Henryk Kania", ""),
        ("Święty Mikołaj", ""),
        ("Pizzeria Roma Anna", ""),
        ("Anna i Marek Nowak", ""),
        ("Anna i Marek", ""),
        ("ANNA I MAREK", ""),
        ("Anna & Marek", ""),
        ("Anna/Marek", ""),
        ("Marek Anna", ""),
        ("Michal Kowalska", ""),
        ("Sasza", ""),
        ("Andrea Nowak", ""),
        ("Priya Patel", ""),
        ("Redakcja", ""),
        ("Google User", ""),
        ("Klient", ""),
        ("אנה", ""),
        ("4711", ""),
        ("…", ""),
        ("", ""),
        ("Anna " * 20, ""),
        ("Anna Barbara Cecylia Danuta Ewa", ""),
    ],
)
def test_in_polish(author: str, called: str) -> None:
    assert said(author) == called


@pytest.mark.parametrize(
    ("author", "called"),
    [
        ("Анна", "Анна"),
        ("Анна Сергеевна", "Анна Сергеевна"),
        ("Анна Сергеевна Иванова", "Анна Сергеевна"),
        ("Иванова Анна Сергеевна", "Анна Сергеевна"),
        ("ИВАНОВА АННА СЕРГЕЕВНА", "Анна Сергеевна"),
        ("Герман Ольга Петровна", "Ольга Петровна"),
        ("Иванова Анна", "Анна"),
        ("Дмитрий С.", "Дмитрий"),
        ("Артем Ильич", "Артем Ильич"),
        ("Алёна", "Алёна"),
        ("оля", "Оля"),
        ("Саша Петровна", "Саша Петровна"),
        ("Саша", "Саша"),
        ("Світлана Коваленко", "Світлана"),
        ("Анна Рабинович", "Анна"),
        ("Иван Петровна", "Иван"),
        ("Olga Ivanova", "Ольга"),
        ("Sergey", "Сергей"),
        ("Kinga Nowak", "Kinga"),
        ("Магазин Вера", ""),
        ("Вера и Надежда", ""),
        ("Надежда умирает последней", ""),
        ("ИП Петров Иван", ""),
        ("Иванов", ""),
        ("И. Иванов", ""),
        ("olga_84", ""),
    ],
)
def test_in_russian(author: str, called: str) -> None:
    assert said(author, "ru") == called


@pytest.mark.parametrize(
    ("author", "called"),
    [
        ("Emily Clark", "Emily"),
        ("james o'neill", "James"),
        ("Priya", "Priya"),
        ("Małgorzata Nowak", "Małgorzata"),
        ("Дмитрий Сергеевич", "Dmitry"),
        ("Dr. Chris Wood", "Chris"),
        ("Jean-Pierre Blanc", "Jean-Pierre"),
        ("Maria de la Cruz", "Maria"),
        ("Sad Panda", ""),
        ("The Angry Mark", ""),
        ("Rose Garden Cafe", ""),
        ("J. Smith", ""),
        ("Mr Smith", ""),
    ],
)
def test_in_english_and_any_other_language(author: str, called: str) -> None:
    assert said(author, "en") == said(author, "xx") == called


@pytest.mark.parametrize(
    ("template", "to_anna", "to_nobody"),
    [
        ("Dzień dobry, {name}. Przykro nam.", "Dzień dobry, Pani Anno. Przykro nam.", "Dzień dobry. Przykro nam."),
        ("Dzień dobry {name}, przykro nam.", "Dzień dobry Pani Anno, przykro nam.", "Dzień dobry, przykro nam."),
        ("Dziękujemy, {name}! Miło.", "Dziękujemy, Pani Anno! Miło.", "Dziękujemy! Miło."),
        ("Dziękujemy, {name} 😊", "Dziękujemy, Pani Anno 😊", "Dziękujemy 😊"),
        ("Przepraszamy, {name}\nRogalik", "Przepraszamy, Pani Anno\nRogalik", "Przepraszamy\nRogalik"),
        ("Szanowna Pani {name},", "Szanowna Pani Anno,", "Szanowna Pani {name},"),
        ("Droga Pani {name}!", "Droga Pani Anno!", "Droga Pani {name}!"),
        ("Dzień dobry, pani {name}!", "Dzień dobry, pani Anno!", "Dzień dobry, pani {name}!"),
        ("Szanowna Pani / Szanowny Panie {name},", "Szanowna Pani / Szanowny Panie Anno,", None),
        ("Pani/Panie {name},", "Pani/Panie Anno,", None),
        ("Cześć {name}!", "Cześć Anno!", "Cześć!"),
        ("Hej, {name}!", "Hej, Anno!", "Hej!"),
        ("Droga {name}!", "Droga Anno!", None),
        ("Szanowny Panie {name},", "Szanowny Panie {name},", None),
        ("Drogi {name}!", "Drogi {name}!", None),
        ("{name}, przykro nam.", "Pani Anno, przykro nam.", "{name}, przykro nam."),
        ("{name}\nprzykro nam.", "Pani Anno\nprzykro nam.", "{name}\nprzykro nam."),
        ("Sprawę zgłosiła {name}.", "Sprawę zgłosiła Anna K.", "Sprawę zgłosiła anna_k."),
        ("Sprawę pani {name} znamy.", "Sprawę pani Anna K. znamy.", "Sprawę pani anna_k znamy."),
        ("{name} pisze do nas.", "Anna K. pisze do nas.", "anna_k pisze do nas."),
        ("Dear {name}, sorry.", "Dear Anno, sorry.", "Dear {name}, sorry."),
        ("Sorry, {name} and all.", "Sorry, Pani Anno and all.", "Sorry, {name} and all."),
        ("Hello, { Name }! [NAME]", "Hello, Pani Anno! Anna K.", "Hello! anna_k"),
        ("Witamy, {imię}! {имя}", "Witamy, Pani Anno! Anna K.", "Witamy! anna_k"),
        ("Dotyczy: {full name}. {order}", "Dotyczy: Anna K. {order}", "Dotyczy: anna_k. {order}"),
        ("{Full_Name}, {imię i nazwisko}!", "Anna K., Anna K.!", "anna_k, anna_k!"),
    ],
)
def test_what_stands_before_a_blank_tells_what_is_said(template: str, to_anna: str, to_nobody: str | None) -> None:
    assert with_name(template, ANNA, "Anna K.") == to_anna
    if to_nobody is not None:
        assert with_name(template, None, "anna_k") == to_nobody


def test_who_has_no_name_at_all_is_not_named() -> None:
    template = "Hello, {name}! {name} wrote. By {full name}, thanks, {full name}."
    assert with_name(template, None, "") == "Hello! {name} wrote. By {full name}, thanks."
    assert with_name("Szanowny Panie {name}, drogi {name}", MAREK, "x") == "Szanowny Panie Marku, drogi Marku"


def test_a_name_brings_no_blanks_and_turns_nothing() -> None:
    assert written_name("Anna [she/her]\u202e") == "Anna"
    assert written_name("{signature}") == ""
    assert with_name("Hello, {name}!", None, written_name("{order}")) == "Hello!"


@given(st.text(max_size=60), st.sampled_from(["pl", "ru", "en", ""]))
def test_any_author_can_be_answered(author: str, language: str) -> None:
    spoken = spoken_to(author, language, NAMES)
    filled = with_name("Hello, {name}! {full name}", spoken, written_name(author))
    assert filled.startswith("Hello")
    assert spoken is None or spoken.whole
