from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.detect_figures import Judged, false_rings, mean_area, news_rows, set_line, set_rows, stream_of, tables
from benchmarks.own_figures import Own, f1_of_kinds, share_right, traits_right
from benchmarks.own_figures import tables as own_tables

from app.core.verdict import Cause, Kind, Severity, Verdict
from training.sets import NEWS, TWO_CLASS
from training.texts import Text


def judged(name: str, language: str, scores: list[float], right: list[bool], mark: str = "") -> Judged:
    return Judged(name, language, np.array(scores), np.array(scores), np.array(right), mark)


HOTELS = judged("wccrs_hotels", "pl", [0.9, 0.2] * 50, [True, False] * 50, "*")
PHONES = judged("sentirueval_telecom", "ru", [0.4, 0.6] * 50, [True, False] * 50)
AIR = judged("airline", "en", [0.8, 0.1] * 50, [True, False] * 50)
SETS = {
    "wccrs_hotels": HOTELS,
    "sentirueval_telecom": PHONES,
    "airline": AIR,
    **{
        name: judged(name, language, [0.1] * 95 + [0.6] * 3 + [0.8] * 2, [False] * 100)
        for name, language in NEWS.items()
    },
}


def test_rows_are_sets_then_languages_then_all() -> None:
    rows = set_rows(SETS)
    assert [(row.name, row.language) for row in rows[-4:]] == [
        ("pooled", "en"), ("pooled", "pl"), ("pooled", "ru"), ("pooled", "all"),
    ]  # fmt: skip
    assert len(rows[-1].right) == 300
    assert {row.name for row in rows} <= {*TWO_CLASS, "pooled"}
    assert len(news_rows(SETS)) == len(NEWS) + 3


def test_mean_area_is_that_of_sets_not_of_texts() -> None:
    assert mean_area(SETS) == pytest.approx(2 / 3)
    assert mean_area(SETS, "ru") == pytest.approx(0.0)


def test_false_rings_are_counted_in_a_thousand() -> None:
    assert false_rings(SETS["8tags"]) == pytest.approx(20)
    assert false_rings(replace(SETS["8tags"], levels=np.full(100, 0.7))) == 0.0


def test_a_stream_has_its_shares_and_is_the_same_every_time() -> None:
    stream = stream_of(SETS, "pl")
    assert len(stream.right) == pytest.approx(125, abs=2)
    assert int(stream.right.sum()) == 12
    assert (stream.scores[stream.right] == 0.9).all()
    assert (stream_of(SETS, "pl").scores == stream.scores).all()


def test_tables_have_no_nan_and_mark_what_was_trained_on() -> None:
    lines = tables(SETS)
    assert not [line for line in lines if "nan" in line]
    assert set_line(HOTELS).startswith("wccrs_hotels*")
    assert len({len(line) for line in (set_line(HOTELS), set_line(AIR), set_line(PHONES))}) == 1


OWN = Own(
    "en",
    [
        (
            Text("en", "bakery", "en/a-bakery/0", Kind.COMPLAINT, "raw", severity=1, cause=Cause.QUALITY),
            Verdict(Kind.COMPLAINT, 0.9, Severity.MONEY_OR_REPEATED, (), Cause.QUALITY),
        ),
        (
            Text("en", "bakery", "en/a-bakery/0", Kind.PRAISE, "great, raw", tags=frozenset({"sarcasm"})),
            Verdict(Kind.COMPLAINT, 0.6),
        ),
        (Text("en", "bakery", "en/c-shops/0", Kind.QUESTION, "open?"), Verdict(Kind.NEUTRAL, 0.1)),
    ],
)


def test_own_texts_are_right_by_kind_or_as_complaint_or_not() -> None:
    assert share_right(OWN, kinds=True) == pytest.approx(1 / 3)
    assert share_right(OWN, kinds=False) == pytest.approx(2 / 3)
    assert share_right(OWN.part(trap=True, sarcasm=False), kinds=True) == 1.0
    assert len(OWN.part(sarcasm=True).pairs) == 1
    assert f1_of_kinds(OWN)[0] == pytest.approx(2 / 3)


def test_traits_are_asked_only_of_complaints_that_were_heard() -> None:
    exact, near, cause, count = traits_right(OWN)
    assert (exact, near, cause, count) == (0.0, 1.0, 1.0, 1)


def test_own_tables_are_made() -> None:
    lines = own_tables([OWN, Own("all", OWN.pairs)])
    assert any(line.startswith("all") for line in lines)


def test_rings_among_short_everyday_lines_are_told() -> None:
    line = Text("en", "bakery", "en/m-short/0", Kind.NEUTRAL, "arrived")
    pairs = [(line, Verdict(Kind.COMPLAINT, 0.8)), (line, Verdict(Kind.NEUTRAL, 0.1))]
    (told,) = [
        words for words in map(str.split, own_tables([Own("en", [*OWN.pairs, *pairs])])) if words[:2] == ["en", "2"]
    ]
    assert told == ["en", "2", "0.500", "0", "-"]
