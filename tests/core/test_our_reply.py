"""Whether a text is the shop's own reply."""

from __future__ import annotations

import time

import pytest

from app.core.our_reply import is_our_text

REPLY = (
    "Dzień dobry! Bardzo przepraszamy za spóźnioną paczkę. Piszemy na priv: https://kawaraj.example/k?id=7 — Kawa Raj"
)


@pytest.mark.parametrize(
    ("there", "same"),
    [
        (REPLY, True),
        (f"@anna {REPLY}", True),
        (REPLY.upper().replace(" ", "\n\n"), True),
        (REPLY.replace("ó", "o\u0301").replace("ę", "e"), True),
        (REPLY.replace("https://kawaraj.example/k?id=7", "kawaraj.example/k…"), True),
        (f"{REPLY}\n\n-- \nKawa Raj, ul. Prosta 5, tel. 22 123 45 67", True),
        (REPLY.replace("spóźnioną", "opóźnioną"), True),
        (REPLY[:70] + "…", True),
        (REPLY[:40], False),
        ("Dzień dobry!", False),
        ("Dzień dobry! Paczka doszła, ale pusta. Piszę na priv, proszę o zwrot pieniędzy — Anna", False),
        (REPLY + " Nie zgadzam się z Państwem i napiszę dlaczego. " + "Oto moja długa historia. " * 20, False),
        ("", False),
    ],
)
def test_texts(there: str, same: bool) -> None:
    assert is_our_text(REPLY, there) is same


@pytest.mark.parametrize(
    ("mine", "there", "same"),
    [
        ("Dziękujemy!", "dziękujemy", True),
        ("Dziękujemy!", "Dziękujemy bardzo!", False),
        ("👍", " 👍 ", True),
        ("👍", "👎", False),
        ("", "", False),
    ],
)
def test_short_texts_have_to_be_the_same(mine: str, there: str, same: bool) -> None:
    assert is_our_text(mine, there) is same


@pytest.mark.parametrize(
    ("there", "same"),
    [
        ("Sorry for the cold soup, Anna. Come back on us and ask for Marek, he will see to it himself.", True),
        ("Sorry for the cold soup, Anna. Come back and ask for Ewa, she will see to it herself today.", False),
        ("Sorry for the late parcel, Piotr. Come back on us and ask for Ewa, she will see to it herself.", False),
    ],
)
def test_a_mended_reply_is_ours_and_one_to_somebody_else_is_not(there: str, same: bool) -> None:
    """A word or two mended; another reply of the same build differs in every fifth word."""
    reply = "Sorry for the cold soup, Anna. Come back on us and ask for Marek, he will see to this himself."
    assert is_our_text(reply, there) is same


def test_among_many_answers_from_one_saved_reply_a_name_tells_them_apart() -> None:
    other = REPLY.replace("Dzień dobry!", "Dzień dobry, Piotrze!")
    assert is_our_text(REPLY, other)
    assert not is_our_text(REPLY, other, mended=False)
    assert is_our_text(REPLY, f"@anna {REPLY}\n\nKawa Raj", mended=False)


def test_hostile_texts_take_no_time() -> None:
    start = time.process_time()
    for text in (
        "a." * 30_000,
        "a-" * 30_000,
        "@" * 60_000,
        "@a." * 20_000,
        "http://" * 8_000,
        "kawa " * 12_000,
        "\ud800" * 9_000,
    ):
        is_our_text(REPLY, text)
        is_our_text(text, text + "b")
    assert time.process_time() - start < 5.0


@pytest.mark.parametrize(("added", "same"), [(190, True), (490, True), (510, False)])
def test_to_a_long_reply_half_as_much_may_be_added(added: int, same: bool) -> None:
    reply = "abcdefghij " * 100
    assert is_our_text(reply, f"{reply} {'k' * added}", mended=False) is same
    short = "abcdefghij " * 10
    assert is_our_text(short, f"{short} {'k' * added}", mended=False) is (added < 200)
