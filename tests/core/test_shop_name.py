"""A shop's name as people write it."""

from __future__ import annotations

import pytest

from app.core.shop_name import spoken_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Kawa Raj 🥐", "Kawa Raj"),
        ("Kawa\u200bRaj\ufe0f", "KawaRaj"),
        ("1\ufe0f\u20e3 Raj", "1 Raj"),
        ("„Kawa  Raj”", "Kawa Raj"),
        ("'Kawa Raj'", "Kawa Raj"),
        ("Kawa Raj sp. z o.o.", "Kawa Raj"),
        ("Kawa Raj, Sp. z o. o. sp.k.", "Kawa Raj"),
        ("Kawa Raj spółka z ograniczoną odpowiedzialnością", "Kawa Raj"),
        ("Kawa Raj S.A.", "Kawa Raj"),
        ("Kawa Raj SA", "Kawa Raj"),
        ("Kawa Raj s.c.", "Kawa Raj"),
        ("Kawa Raj sp.j.", "Kawa Raj"),
        ("P.P.H.U. Kawa Raj", "Kawa Raj"),
        ("PPHU „Kawa Raj” Anna Nowak, Poznań", "Kawa Raj, Poznań"),
        ("FHU Kawa Raj", "Kawa Raj"),
        ("ООО «Ромашка»", "Ромашка"),
        ("«Ромашка», ЗАО", "Ромашка"),
        ("ИП Иванов", "Иванов"),
        ("АО Ромашка", "Ромашка"),
        ("ПАО «Торговый дом «Ромашка»»", "Торговый дом Ромашка"),
        ("Coffee Heaven Ltd.", "Coffee Heaven"),
        ("Coffee Heaven Limited", "Coffee Heaven"),
        ("Coffee Heaven, LLC", "Coffee Heaven"),
        ("Joe's Bakery Inc", "Joe's Bakery"),
        ("Raj GmbH & Co. KG", "Raj"),
        ("Raj PLC", "Raj"),
        ("Smith Co.", "Smith"),
        ("„U” Ani s.c.", "U Ani"),
        ("The Limited", "The Limited"),
        ("A S.A.", "A S.A."),
        ("Le SA", "Le SA"),
        ("U2 🥐", "U2"),
    ],
)
def test_what_nobody_writes_goes(typed: str, name: str) -> None:
    assert spoken_name(typed) == name


@pytest.mark.parametrize(
    "name",
    [
        "Dr. Oetker", "O'Neill's", "Girls' Cafe", "Unlimited", "Limited", "Аптека № 5", "Smith & Co.", "The Bread Co.",
        "Costa Coffee", "АОРТА", "Piekarnia u Ani", "ООО", "🥐", "Salon SA w Poznaniu", "Kowalski, Nowak i spółka", "",
    ],
)  # fmt: skip
def test_what_belongs_to_a_name_stays(name: str) -> None:
    assert spoken_name(name) == name


def test_no_name_is_too_odd() -> None:
    for odd in ("\ud800", "\x00", "sp. z o.o. " * 300, "«" * 2_000, "ООО" * 900, " ," * 2_000, "a,-(" * 900):
        assert len(spoken_name(odd)) <= len(odd)
