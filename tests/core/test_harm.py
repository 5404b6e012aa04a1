"""What the plan for danger is for, and the threats that are as bad and harm nobody."""

from __future__ import annotations

import unicodedata

import pytest

from app.core.harm import endangers
from app.core.verdict import Cause, Kind, Severity, Verdict


def judged(cause: Cause | None, severity: Severity = Severity.DANGER) -> Verdict:
    return Verdict(Kind.COMPLAINT, 0.9, severity, cause=cause)


@pytest.mark.parametrize(
    "text",
    [
        "The refund never came, liars! Going to court.",
        "Still no parcel. My solicitor will write to you, and the papers too.",
        "You ignored me three times: see you in small claims.",
        "Zwrotu nie ma od miesiąca, oszuści! Idę do sądu.",
        "Paczki nadal nie ma, mój prawnik się odezwie, opiszę to w gazecie.",
        "Деньги не вернули, обманщики! Иду в суд.",
        "Диван так и не привезли, в возврате отказали, подаю в суд и расскажу в СМИ.",
    ],
)
def test_a_threat_with_law_or_the_press_is_no_danger(text: str) -> None:
    assert not endangers(judged(Cause.MONEY), text)
    assert not endangers(judged(None), text)


@pytest.mark.parametrize(
    "text",
    [
        "Ordered a kettle, it exploded, and nobody answers the phone. Going to court.",
        "Plug-in night light got so hot that it melted the socket.",
        "We were sick all night after your mussels, my lawyer has the receipts.",
        "Your rack fell on my pregnant wife.",
        "Stewardesa wylała na mnie wrzątek. Oparzone udo, zero pomocy.",
        "Regał przewrócił się na moją żonę, sprawa idzie do sądu.",
        "Hamulec nie działał, szwy na brodzie, czekam do piątku, potem rzecznik konsumentów.",
        "После устриц третьи сутки температура и рвота",
        "Ребёнок обжёгся кипятком, пришлось вызывать скорую. Подаю в суд.",
        "В бассейне захлебнулась девочка, идём в прокуратуру.",
    ],
)
def test_plain_words_of_harm_are_danger_whatever_else_it_is_about(text: str) -> None:
    assert endangers(judged(Cause.SERVICE), text)
    assert endangers(judged(Cause.HONESTY), unicodedata.normalize("NFD", text))
    assert not endangers(judged(Cause.SERVICE, Severity.MONEY_OR_REPEATED), text)


def test_what_is_about_safety_is_danger_in_any_words() -> None:
    assert endangers(judged(Cause.SAFETY), "My lawyer has all of it.")
    assert not endangers(judged(Cause.SAFETY, Severity.PROBLEM), "My lawyer has all of it.")
