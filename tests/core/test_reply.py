"""Blanks, and the checks of a draft."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.reply import (
    Check,
    SavedReply,
    blanks,
    check_draft,
    fill,
    fitting,
    private_data,
    without_line_of,
)


def test_blanks_come_in_order_and_once() -> None:
    assert blanks("Dzień dobry {name}, zamówienie [order] … {name}, {}, [] i {a\nb}") == ("name", "order")
    assert blanks("{ Order } [NAME] {order} {imię} {name}") == ("Order", "NAME")


def test_fill_leaves_what_it_does_not_know() -> None:
    template = "Pani {name}, zamówienie {order} [date]"
    assert fill(template, {"name": "Anno", "order": ""}) == "Pani Anno, zamówienie {order} [date]"
    assert fill("{name}", {"name": "{order}"}) == "{order}"
    assert fill("{name}", {"name": r"\1"}) == r"\1"


def test_a_blank_is_filled_however_it_is_written() -> None:
    values = {"name": "Anno", "full name": "Anna K.", "shop": "Rogalik", "Order": "7"}
    assert fill("{Name} { name } [NAME] {imię} [Имя]", values) == "Anno Anno Anno Anno Anno"
    assert fill("{full_name} {Imię i nazwisko} {имя и  фамилия}", values) == "Anna K. Anna K. Anna K."
    assert fill("{Sklep} [МАГАЗИН] {order}", values) == "Rogalik Rogalik 7"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Proszę dzwonić: 600 700 800.", "600 700 800"),
        ("Tel. +48 22 123-45-67", "+48 22 123-45-67"),
        ("8 (912) 345-67-89", "8 (912) 345-67-89"),
        ("konto 61109010140000071219812874", "61109010140000071219812874"),
        ("600 100 200Dzień dobry", "600 100 200"),
        ("tel.600 100 200", "600 100 200"),
        ("nr 600100200zł", "600100200"),
        ("kontakt,600100200", "600100200"),
        ("PL61109010140000071219812874", "PL61109010140000071219812874"),
        ("konto PL61 1090 1014 0000 0712 1981 2874.", "PL61 1090 1014 0000 0712 1981 2874"),
        ("IBAN:NL91 ABNA 0417 1643 00", "NL91 ABNA 0417 1643 00"),
        ("napisz na anna.nowak@poczta.example.", "anna.nowak@poczta.example"),
        ("zamówienie 1182 z 21.11.2026 10:00", ""),
        ("od 2026-11-21 10:00 do 2026/11/25 18:00", ""),
        ("czynne 9.00-17.00, w sobotę 10.00-14.00", ""),
        ("koszt 1 000 zł, potem 2 000 zł", ""),
        ("https://forum.example/t/1234567890123", ""),
        ("razem 10,123456789 albo 1.000,00zł", ""),
        ("zamówienie nr1182 z 12.11.2026r., odbiór 2026-11-25r. o 10.00", ""),
        ("nr12 21.11.2026r.", ""),
        ("", ""),
    ],
)
def test_private_data(text: str, found: str) -> None:
    assert private_data(text) == found


def test_the_shops_own_number_and_mail_may_stand_in_public() -> None:
    signature = "Piekarnia, tel. 600-700-800, kontakt@piekarnia.example"
    assert private_data("Prosimy o telefon: 600 700 800 lub Kontakt@piekarnia.example", signature) == ""
    assert private_data("Prosimy o telefon: 600 700 801", signature) == "600 700 801"
    assert private_data("Prosimy o telefon: +48 600 700 800", signature) == ""
    assert private_data("Позвоните: 8 (912) 345-67-89", "Тел. +7 912 345 67 89") == ""
    assert private_data("600 700 800 600 700 800", signature) == "600 700 800 600 700 800"
    assert private_data("PL61109010140000071219812874", "konto 61 1090 1014 0000 0712 1981 2874") == ""


@pytest.mark.parametrize(
    ("template", "left"),
    [("a\n{b}", "a"), ("{b}\n[ B ]\na\n", "a\n"), ("a {b}\n\n{c}", "a {b}\n\n{c}"), ("{b}", ""), ("", "")],
)
def test_the_line_of_a_blank_is_left_out(template: str, left: str) -> None:
    assert without_line_of(template, "b") == left


def test_checks_of_a_public_draft() -> None:
    draft = "Przepraszamy {name}, dzwonimy na 600 700 800"
    assert check_draft(draft, "public", 20) == (
        Check("empty", passed=True, args={}),
        Check("blank", passed=False, args={"blank": "name"}),
        Check("private", passed=False, args={"found": "600 700 800"}),
        Check("long", passed=False, args={"length": 44, "limit": 20}),
    )


def test_a_private_answer_may_hold_private_data() -> None:
    assert all(check.passed for check in check_draft("Dzwonimy na 600 700 800", "private", None))


def test_an_empty_draft_fails_and_one_at_the_limit_passes() -> None:
    assert [check.code for check in check_draft(" \n", "public", 3) if not check.passed] == ["empty"]
    assert all(check.passed for check in check_draft("abc", "public", 3))


@pytest.mark.parametrize("piece", ["a", "1", "1 ", "(", "AB12", "AB12 1", "a@", "a.b-", "{", "["])
def test_long_nonsense_is_checked_at_once(piece: str) -> None:
    assert len(check_draft(piece * 30_000, "public", 500)) == 4


@given(st.text(max_size=80))
def test_any_text_can_be_checked(text: str) -> None:
    names = {check.code for check in check_draft(text, "public", None)}
    assert names == {"empty", "blank", "private"}
    assert fill(text, {}) == text


def test_what_was_made_for_such_mentions_fits_best_and_of_equals_the_newest() -> None:
    plain = SavedReply("plain", "x", "x")
    old, new = (SavedReply(name, "x", "x", "en", "complaint") for name in ("old", "new"))
    parcel = replace(old, id="parcel", cause="delivery")
    letter = replace(old, id="letter", audience="private")
    polish, thanks = replace(old, id="pl", language="pl"), replace(old, id="thanks", kind="praise")
    everything = (plain, parcel, letter, old, new, polish, thanks)

    def ids(**wanted: str) -> list[str]:
        return [one.id for one in fitting(everything, **{"language": "en", "kind": "complaint"} | wanted)]

    assert ids(cause="delivery", audience="private") == ["parcel", "letter", "new", "old", "plain"]
    assert ids(cause="quality", audience="public") == ["new", "old", "plain"]
    assert ids(audience="public") == ["new", "old", "plain"]
    assert ids() == ["letter", "new", "old", "plain"]
    assert ids(language="") == ["plain"]
    assert ids(kind="question") == ["plain"]
