"""JSON lines in and out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from detect.resources_folder import RESOURCES

from app.core.problems import Problem
from app.core.verdict import Cause, Kind, Verdict
from app.detect.detector import LearningDetector
from app.detect.stream import judge_lines

DETECTOR = LearningDetector(RESOURCES)


def judged(*lines: object) -> list[Any]:
    return list(judge_lines([line if isinstance(line, str) else json.dumps(line) for line in lines], DETECTOR))


def test_a_line_becomes_a_verdict() -> None:
    text = "Nie polecam, paczka nie dotarła."
    (verdict,) = judged({"id": "a-1", "text": text})
    assert list(verdict) == ["id", "kind", "score", "severity", "reasons", "cause", "band", "level"]
    assert (verdict["id"], verdict["kind"], verdict["severity"]) == ("a-1", "complaint", 1)
    assert verdict["score"] == round(verdict["score"], 4) >= 0.5
    assert sum(weight for *_, weight in verdict["reasons"]) == pytest.approx(verdict["score"], abs=1e-9)
    assert next(text[start:end] for start, end, _ in verdict["reasons"]) == "Nie polecam"
    assert json.loads(json.dumps(verdict)) == verdict


def test_beside_one_or_two_stars_the_weights_sum_to_what_the_words_would_score() -> None:
    for text in (
        "Nie polecam, paczka nie dotarła.",
        "Suchy kurczak, zimne frytki",
        "Super",
        "Das Brot war steinhart 🤮",
    ):
        alone, starred = judged({"id": 1, "text": text}, {"id": 2, "text": text, "stars": 2})
        told = [sum(weight for *_, weight in one["reasons"]) for one in (alone, starred)]
        assert told == pytest.approx([alone["score"] if alone["reasons"] else 0.0] * 2, abs=1e-9)
        assert starred["score"] > alone["score"]


def test_ids_come_back_as_they_are() -> None:
    assert [one["id"] for one in judged({"id": 7, "text": ""}, {"id": 7.5, "text": "x"}, {"id": "", "text": "x"})] == [
        7,
        7.5,
        "",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "7",
        "null",
        '{"id": 1}',
        '{"text": "x"}',
        '{"id": null, "text": "x"}',
        '{"id": [1], "text": "x"}',
        '{"id": 1, "text": 5}',
        '{"id": NaN, "text": "x"}',
        '{"id": -Infinity, "text": "x"}',
        "[" * 99_999,
    ],
)
def test_a_bad_line_is_named_and_the_next_is_judged(line: str) -> None:
    first, second = judged(line, {"id": 2, "text": "x"})
    assert first == Problem("detect.bad_line", {"line": 1})
    assert second["id"] == 2


def test_halves_of_characters_hide_no_complaint() -> None:
    whole, halves = judged(
        {"id": 1, "text": "Chleb \ufffd spleśniały, odradzam \ufffd"},
        '{"id": 1, "text": "Chleb \\ud83d spleśniały, odradzam \\udc00"}',
    )
    assert halves == whole


def test_blank_lines_are_passed_over_but_counted() -> None:
    assert judged("", "  \n", "oops") == [Problem("detect.bad_line", {"line": 3})]


def test_title_and_stars_count() -> None:
    plain, starred, titled = judged(
        {"id": 1, "text": "Wtorek."},
        {"id": 1, "text": "Wtorek.", "stars": 1},
        {"id": 1, "text": "Wtorek.", "title": "Oszuści, nie polecam"},
    )
    assert (
        judged({"id": 1, "text": "Wtorek.", "stars": " 1 "}, {"id": 1, "text": "Wtorek.", "stars": "1,0"})
        == [starred] * 2
    )
    assert plain["kind"] == "neutral"
    assert starred["kind"] == titled["kind"] == "complaint"


@pytest.mark.parametrize(
    "odd",
    [
        {"title": 5},
        {"title": None},
        {"stars": "0"},
        {"stars": None},
        {"stars": ""},
        {"stars": 0},
        {"language": 1},
    ],
)
def test_wrong_types_beside_the_text_are_tolerated(odd: dict[str, object]) -> None:
    assert judged({"id": 1, "text": "Wtorek.", **odd}) == judged({"id": 1, "text": "Wtorek."})


def test_lines_are_judged_as_they_come() -> None:
    def endless() -> Any:
        while True:
            yield '{"id": 1, "text": "x"}'

    assert next(judge_lines(endless(), DETECTOR)) is not None


def test_the_band_goes_by_the_level_of_the_language() -> None:
    class Lean:
        def judge(self, text: str, **_: object) -> Verdict:
            return Verdict(Kind.COMPLAINT, 0.72, cause=Cause.WAITING, lean=float(text))

    lines = [json.dumps({"id": 1, "text": lean}) for lean in ("0.3", "0", "-0.3")]
    found = list(judge_lines(lines, Lean()))  # type: ignore[arg-type]
    assert [one["band"] for one in found] == ["ring", "digest", "digest"]
    assert {one["score"] for one in found} == {0.72}


class Sure:
    """A detector that is as sure of a complaint as the text says."""

    def judge(self, text: str, **_: object) -> Verdict:
        return Verdict(Kind.COMPLAINT, float(text), cause=Cause.WAITING)


def test_cause_and_band_stand_with_the_verdict() -> None:
    lines = [json.dumps({"id": n, "text": sure}) for n, sure in enumerate(("0.8", "0.76", "0.1"))]
    assert [(one["cause"], one["band"]) for one in judge_lines(lines, Sure())] == [  # type: ignore[arg-type]
        ("waiting", "ring"),
        ("waiting", "ring"),
        ("waiting", "silent"),
    ]
    assert [one["band"] for one in judge_lines(lines, Sure(), 0.9)] == ["digest", "digest", "silent"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "stars",
    [9, -1, 5.5, 0.4, "9", "6,0", "★☆☆☆☆", "1/5", "many", "nan", True, [1], {}, pytest.param(10**400, id="huge")],
)
def test_stars_that_nobody_can_give_are_told_and_the_text_is_judged(stars: object) -> None:
    told, verdict = judged({"id": 1, "text": "Wtorek.", "stars": stars})
    assert told == Problem("detect.bad_stars", {"line": 1})
    assert [verdict] == judged({"id": 1, "text": "Wtorek."})
