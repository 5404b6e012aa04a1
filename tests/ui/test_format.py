"""Times and numbers as people read them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import Qt, QTextDocument
from PySide6.QtWidgets import QLabel

from app import words
from app.ui import format as shown
from app.ui.opening_hours import periods_of, told
from app.ui.widgets.pieces import Elided

NOW = 1_772_800_000.0
HOUR = 3600


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    words.use("en", Path())
    yield
    words.use("en", Path())


@pytest.mark.parametrize("at", [0.0, -5.0, math.nan, math.inf, 1e30])
def test_no_time_is_a_dash(at: float) -> None:
    assert {shown.clock(at), shown.date(at, NOW), shown.when(at, NOW), shown.exactly(at, NOW)} == {"–"}


def test_days_are_named_when_near() -> None:
    assert shown.when(NOW, NOW) == shown.clock(NOW)
    assert shown.when(NOW - 86400, NOW).startswith("yesterday")
    assert shown.when(NOW + 86400, NOW).startswith("tomorrow")
    assert shown.when(NOW - 10 * 86400, NOW) == "24 Feb"
    assert "2024" in shown.date(NOW - 730 * 86400, NOW)


def test_months_speak_the_language() -> None:
    words.use("ru", Path())
    assert "фев" in shown.date(NOW - 10 * 86400, NOW)


def test_a_language_of_its_own_land_needs_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(words.LANGUAGES, "de", "Deutsch")
    for code, land in (("pl", "pl_PL"), ("ru", "ru_RU"), ("en", "en_GB"), ("de", "de_DE")):
        words.use(code, Path())
        assert shown.locale().name() == land


@pytest.mark.parametrize(
    ("left", "said"),
    [(60 * 23, "23 min"), (HOUR * 3, "3 h"), (HOUR * 30, "30 h"), (86400 * 3, "3 d"), (0, "overdue"), (-5, "overdue")],
)
def test_time_left(left: float, said: str) -> None:
    assert shown.time_left(NOW + left, NOW) == said


def test_nothing_due_says_nothing() -> None:
    assert not shown.time_left(None, NOW)
    assert not shown.time_left(math.nan, NOW)
    assert shown.share_left(None, NOW, NOW) == 0


def test_share_left_stays_between_none_and_all() -> None:
    assert shown.share_left(NOW + 50, NOW - 50, NOW) == pytest.approx(0.5)
    assert shown.share_left(NOW + 50, NOW + 100, NOW) == 1
    assert shown.share_left(NOW - 1, NOW - 50, NOW) == 0


@pytest.mark.parametrize(("number", "drawn"), [(None, ""), (1, "★☆☆☆☆"), (4.6, "★★★★★"), (99, "★★★★★"), (math.nan, "")])
def test_stars(number: float | None, drawn: str) -> None:
    assert shown.stars(number) == drawn


@pytest.mark.parametrize(
    ("text", "cut"), [("short", "short"), ("one two three", "one two…"), ("onetwothreefour", "onetwothr…")]
)
def test_what_is_too_long_ends_behind_a_word(text: str, cut: str) -> None:
    assert shown.shortened(text, 10) == cut


def test_one_line_drops_what_turns_text_round() -> None:
    assert shown.one_line("a\n\u202eb\x07 c\t d") == "a b c d"


def test_joined_emoji_stay_one() -> None:
    family = "👨\u200d👩\u200d👧"
    assert shown.one_line(f"{family}\u202e {family}") == f"{family} {family}"
    assert shown.shortened(family * 4, 12).rstrip("…")[-1] != "\u200d"


@pytest.mark.parametrize(
    ("name", "told"),
    [("Anna K.", "Anna K."), ("אבי\u202e", "\u2068אבי\u2069"), ("Ab " * 60, "Ab " * 12 + "Ab…"), ("", "")],
)
def test_a_name_in_a_sentence_is_short_and_turns_only_itself(name: str, told: str) -> None:
    assert shown.named(name) == told


@pytest.mark.parametrize(
    ("typed", "periods"),
    [
        ("", ()),
        ("9-17", ((540, 1020),)),
        ("9:00-13:00, 14:30–18", ((540, 780), (870, 1080))),
        ("14-18; 9-13", ((540, 780), (840, 1080))),
        ("0-24", ((0, 1440),)),
    ],
)
def test_opening_hours_are_understood(typed: str, periods: tuple[tuple[int, int], ...]) -> None:
    assert periods_of(typed) == periods
    assert periods_of(told(periods)) == periods


@pytest.mark.parametrize("typed", ["nine", "9", "18-9", "9-25", "24-25", "9:70-10", "9-13, 12-18", "9-9"])
def test_opening_hours_that_make_no_sense(typed: str) -> None:
    assert periods_of(typed) is None


def test_quiet_hours_go_over_midnight() -> None:
    periods = periods_of("22-8", overnight=True)
    assert periods == ((0, 480), (1320, 1440))
    assert told(periods, overnight=True) == "22:00-8:00"
    assert periods_of("22-0", overnight=True) == ((1320, 1440),)
    assert periods_of("0-8, 22-0", overnight=True) == ((0, 480), (1320, 1440))
    assert periods_of("22-0") is None


@pytest.mark.parametrize(("value", "said"), [(0.934, "0.93"), (0.0, "0.00"), (0.996, "0.99"), (1.0, "0.99")])
def test_no_score_is_told_as_certain(value: float, said: str) -> None:
    assert shown.score(value) == said


@pytest.mark.parametrize(("seconds", "said"), [(0, "<1 min"), (59, "<1 min"), (60, "1 min"), (7200, "2 h")])
def test_a_length_of_time_is_never_nought(seconds: float, said: str) -> None:
    assert shown.span(seconds) == said


@pytest.mark.parametrize(
    "written", ["Anna K.", 'Anna <img src="file://attacker.example/a.png">', "<b>Anna</b>\n& sons", "&lt;b>", "a <3 b"]
)
def test_a_tip_shows_what_people_call_themselves_and_opens_nothing(qapp: object, written: str) -> None:
    shown_tip = Elided(written).toolTip()
    if not Qt.mightBeRichText(shown_tip):
        assert shown_tip == written
        return
    document = QTextDocument()
    document.setHtml(shown_tip)
    assert document.toPlainText() == written
    assert "<img" not in document.toHtml()


ADDRESS = "http://127.0.0.1:18484/p/1?"
LINES = [
    f"{ADDRESS}<img src=x>&lt;",
    f"{ADDRESS}&lt;",
    f"{ADDRESS}a=1&b=2",
    f"{ADDRESS}[img src=x]",
    "Anna  <b>K.</b>",
]


@pytest.mark.parametrize("written", LINES)
def test_a_tip_is_as_wide_as_what_it_shows(qapp: object, written: str) -> None:
    label = QLabel(shown.tip(written))  # as Qt shows a tool tip: only what looks like markup is broken into lines
    label.setWordWrap(Qt.mightBeRichText(label.text()))
    metrics = label.fontMetrics()
    assert abs(label.sizeHint().width() - metrics.horizontalAdvance(written)) < 12
    assert label.sizeHint().height() < 1.6 * metrics.height()


@pytest.mark.parametrize("written", ["word " * 60 + "& more", "Some words " * 30, ADDRESS + "x" * 300, "&" * 250])
def test_a_long_tip_is_broken_into_lines_and_nothing_of_it_is_lost(qapp: object, written: str) -> None:
    label = QLabel(shown.tip(written))
    label.setWordWrap(Qt.mightBeRichText(label.text()))
    metrics = label.fontMetrics()
    assert label.sizeHint().width() < 102 * metrics.horizontalAdvance("m")
    assert 2 * metrics.height() < label.sizeHint().height() < 6 * metrics.height()
    document = QTextDocument()
    document.setHtml(label.text()) if Qt.mightBeRichText(label.text()) else document.setPlainText(label.text())
    lines = document.toPlainText().split("\n")
    assert max(map(len, lines)) <= 100
    assert "".join(lines).replace(" ", "") == written.replace(" ", "")
