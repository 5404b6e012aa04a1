"""First names and the Polish vocative."""

from __future__ import annotations

import pytest

from app.bootstrap.naming import first_names
from app.core.first_names import MAN, WOMAN, key

NAMES = first_names()


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Anna", "Anno"),
        ("Maria", "Mario"),
        ("Kasia", "Kasiu"),
        ("Ola", "Olu"),
        ("Gabriela", "Gabrielo"),
        ("Zofia", "Zofio"),
        ("Noemi", "Noemi"),
        ("Miriam", "Miriam"),
        ("Marek", "Marku"),
        ("Krzysiek", "Krzyśku"),
        ("Maciek", "Maćku"),
        ("Paweł", "Pawle"),
        ("Pawel", "Pawle"),
        ("Piotr", "Piotrze"),
        ("Robert", "Robercie"),
        ("Ernest", "Erneście"),
        ("Dawid", "Dawidzie"),
        ("Michał", "Michale"),
        ("Karol", "Karolu"),
        ("Tomasz", "Tomaszu"),
        ("Andrzej", "Andrzeju"),
        ("Kazimierz", "Kazimierzu"),
        ("Aleksander", "Aleksandrze"),
        ("Kacper", "Kacprze"),
        ("Wojciech", "Wojciechu"),
        ("Jerzy", "Jerzy"),
        ("Antoni", "Antoni"),
        ("Bruno", "Bruno"),
        ("Kuba", "Kubo"),
        ("Staś", "Stasiu"),
        ("Józio", "Józiu"),
        ("Oksana", "Oksano"),
        ("Дмитро", "Dmytro"),
        ("Сергей", "Siergieju"),
        ("Sergey", "Siergieju"),
        ("Michael", "Michaelu"),
        ("Matthew", "Matthew"),
        ("Scott", "Scott"),
        ("Emily", "Emily"),
    ],
)
def test_somebody_is_called_as_poles_call_them(name: str, called: str) -> None:
    assert NAMES.names[key(name)].vocative == called


def test_every_name_that_is_declined_ends_as_a_vocative_does() -> None:
    for name, one in NAMES.names.items():
        if name.endswith("a") and one.vocative:
            assert one.vocative[-1] in "ou", name
        if one.gender == MAN and name[-1] in "bcdfgjklmnprstz" and one.vocative:
            unfit = one.vocative.lower() == name
            assert one.vocative[-1] in "eu" or unfit or one.vocative.endswith("y"), name
        assert one.gender in {WOMAN, MAN, ""}


def test_patronymics_are_made_of_the_names_of_men() -> None:
    for word in ("Сергеевна", "Дмитриевна", "Юрьевна", "Ильинична", "Петровна", "Михайловна", "Сергіївна", "Андріївна"):
        assert NAMES.patronymics[key(word)] == WOMAN, word
    for word in ("Иванович", "Игоревич", "Алексеевич", "Васильевич", "Никитич", "Фёдорович", "Сергійович"):
        assert NAMES.patronymics[key(word)] == MAN, word
    assert key("Рабинович") not in NAMES.patronymics


def test_a_name_is_spelled_in_the_letters_of_the_reply() -> None:
    assert NAMES.names[key("Ольга")].latin == "Olga"
    assert NAMES.names[key("Olga")].russian == "Ольга"
    assert NAMES.names[key("Дмитрий")].latin == "Dmitry"
    assert NAMES.names[key("Kinga")].russian == ""
