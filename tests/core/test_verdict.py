"""The one string that is judged."""

from __future__ import annotations

import pytest

from app.core.verdict import Among, Kind, Severity, Verdict, judged_text, lean_between


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


def test_the_level_is_the_score_and_its_lean() -> None:
    assert Verdict(Kind.COMPLAINT, 0.7).level == 0.7
    assert Verdict(Kind.COMPLAINT, 0.5, lean=1.0).level == pytest.approx(0.731, abs=0.001)
    assert Verdict(Kind.COMPLAINT, 0.5, lean=-1.0).level == pytest.approx(0.269, abs=0.001)
    assert [Verdict(Kind.COMPLAINT, score, lean=1.0).level for score in (0.0, 1.0)] == [0.0, 1.0]


@pytest.mark.parametrize(("score", "lean"), [(0.5, 1.0), (0.86, -2.1), (0.999, -0.5), (0.3, 0.0), (1.0, 2.0)])
def test_the_lean_is_found_again_from_score_and_level(score: float, lean: float) -> None:
    verdict = Verdict(Kind.COMPLAINT, score, lean=lean)
    again = Verdict(Kind.COMPLAINT, score, lean=lean_between(score, verdict.level))
    assert again.level == pytest.approx(verdict.level)


def test_what_is_no_complaint_is_never_leant_up() -> None:
    assert [Verdict(kind, 0.45, lean=2.0).level for kind in Kind if kind is not Kind.COMPLAINT] == [0.45] * 4
    assert Verdict(Kind.NEUTRAL, 0.45, lean=-1.0).level == pytest.approx(0.231, abs=0.001)


def test_the_bell_is_stricter_with_news_and_readier_in_the_shops_own_channels() -> None:
    doubted, sure = Verdict(Kind.COMPLAINT, 0.8, lean=-1.5), Verdict(Kind.COMPLAINT, 0.8, lean=0.5)
    assert doubted.heard_among(Among.OWN).level == 0.8
    assert sure.heard_among(Among.OWN) == sure
    assert doubted.heard_among(Among.ANYTHING) == doubted
    for verdict in (doubted, sure):
        news = verdict.heard_among(Among.NEWS)
        assert news.level < verdict.level
        assert (news.kind, news.score) == (verdict.kind, verdict.score)


def test_kinds_and_severities_are_written_to_files_and_must_not_change() -> None:
    assert [kind.value for kind in Kind] == ["complaint", "question", "praise", "lead", "neutral"]
    assert [int(severity) for severity in Severity] == [0, 1, 2, 3]
