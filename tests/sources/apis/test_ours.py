"""Whether what stands under a mention is the shop's own reply."""

from __future__ import annotations

from sources.place import NOW
from sources.replying import BEGUN, reply_to

from app.core.mention import Mention
from app.core.ports.answer import Standing
from app.sources.apis.ours import Found, ours

REPLY = (
    "Dzień dobry! Bardzo przepraszamy za spóźnioną paczkę. Piszemy na priv: https://kawaraj.example/k?id=7 — Kawa Raj"
)
MENTION = Mention("x", "k1", text="Gdzie paczka?", author="Anna K.", handle="@anna")


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
