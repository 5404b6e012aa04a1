"""Whether what stands under a mention is the shop's own reply."""

from __future__ import annotations

import time

import pytest
from sources.place import NOW
from sources.replying import BEGUN, reply_to

from app.core.mention import Mention
from app.core.ports.answer import Standing
from app.sources.apis.ours import Found, is_our_text, ours

REPLY = (
    "Dzień dobry! Bardzo przepraszamy za spóźnioną paczkę. Piszemy na priv: https://kawaraj.example/k?id=7 — Kawa Raj"
)
MENTION = Mention("x", "k1", text="Gdzie paczka?", author="Anna K.", handle="@anna")


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


def test_the_first_that_is_ours() -> None:
    reply = reply_to(MENTION, REPLY, settings={})
    old = Found("a", REPLY, BEGUN - 3_600, "Kawa Raj")
    hers = Found("b", REPLY, NOW, "Anna K.")
    mine = Found("c", REPLY, BEGUN - 60, "Kawa Raj")
    assert ours(reply, [old, hers]) == Standing()
    assert ours(reply, [old, hers, mine, Found("d", REPLY)]) == Standing(stands=True, where="c", at=BEGUN - 60)
    assert ours(reply, [Found("e", REPLY)]).where == "e", "a place that tells no time"
    known = reply_to(MENTION, REPLY, settings={}, where="f")
    assert ours(known, [Found("f", "poprawione", BEGUN - 9_999)]).stands, "the place named it when it was posted"
    assert ours(reply_to(MENTION, REPLY, settings={}), [Found("", "x")]) == Standing()


def test_hostile_texts_take_no_time() -> None:
    start = time.perf_counter()
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
    assert time.perf_counter() - start < 5.0
