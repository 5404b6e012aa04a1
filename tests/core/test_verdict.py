"""The one string that is judged."""

from __future__ import annotations

import pytest

from app.core.verdict import Kind, Severity, judged_text


@pytest.mark.parametrize(
    ("title", "text", "judged"),
    [
        ("Tytuł", "Tekst", "Tytuł\nTekst"),
        ("Paczka miała…", "Paczka miała być we wtorek", "Paczka miała być we wtorek"),
        ("Paczka miała...", "Paczka miała być we wtorek", "Paczka miała być we wtorek"),
        ("", "Tekst", "Tekst"),
        ("Tytuł", "", "Tytuł"),
        ("", "", ""),
    ],
)
def test_judged_text(title: str, text: str, judged: str) -> None:
    assert judged_text(title, text) == judged


def test_kinds_and_severities_are_written_to_files_and_must_not_change() -> None:
    assert [kind.value for kind in Kind] == ["complaint", "question", "praise", "lead", "neutral"]
    assert [int(severity) for severity in Severity] == [0, 1, 2, 3]
