"""Quotation marks within quotation marks."""

from __future__ import annotations

import pytest

from app.core.problems import Problem
from app.words.problems import sentence
from app.words.quotes import nested


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("наблюдение «Кофейня «Зерно»»", "наблюдение «Кофейня „Зерно“»"),
        ("Записано у «ООО «Роза» и «Мимоза»».", "Записано у «ООО „Роза“ и „Мимоза“»."),
        ("nasłuch „Kawiarnia „Pod Różą””.", "nasłuch „Kawiarnia «Pod Różą»”."),
        ("«a «b «c»»» d", "«a „b «c»“» d"),
    ],
)
def test_inner_quotations_have_other_marks(text: str, told: str) -> None:
    assert nested(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "Кофейня «Зерно»: «Мимоза»",
        "«Кофейня „Зерно“»",
        "„Kawiarnia «Zerno»”",
        "наблюдение «Кофейня «Зерно»",
        "наблюдение «Зерно»»",
        "a «smile» :» b",
        "She said “no” to «Rogalik»",
        'Kawa "Raj" and no others',
        "„Müller“ und „Söhne“",
        "",
    ],
)
def test_what_needs_no_other_marks_or_does_not_pair_stays(text: str) -> None:
    assert nested(text) == text


def test_a_sentence_of_a_problem_has_them() -> None:
    said = sentence(Problem("desk.watch_twin", {"name": "Кофейня «Зерно»"}))
    assert "«Кофейня „Зерно“»" in said
