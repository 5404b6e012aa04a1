"""Times and numbers as people read them."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from PySide6.QtGui import Qt, QTextDocument
from PySide6.QtWidgets import QLabel
from ui.window_samples import RESOURCES

from app import words
from app.ui import format as shown
from app.ui.opening_hours import periods_of, told
from app.ui.widgets.pieces import Elided

NOW = 1_772_800_000.0
HOUR = 3600


@pytest.fixture(autouse=True)
def english() -> None:
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
    [
        (60 * 23, "23 min"),
        (HOUR * 3, "3 h"),
        (HOUR * 30, "30 h"),
        (86400 * 3, "3 d"),
        (0, "overdue"),
        (-5, "overdue"),
        (HOUR * 4 - 1, "4 h"),
        (1, "<1 min"),
    ],
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


def test_halves_are_written_as_the_language_does() -> None:
    for language, said in (("en", "3.5 h"), ("pl", "3,5 godz."), ("ru", "3,5 ч")):
        words.use(language, RESOURCES / "translations")
        assert shown.span(3.5 * HOUR) == said


@pytest.mark.parametrize(
    "typed", ["closed", "-", "—", " выходной ", "Вых.", "ЗАКРЫТО", "zamknięte", "Nieczynne", "Off"]
)
def test_a_day_said_to_be_closed_has_no_hours(typed: str) -> None:
    assert periods_of(typed) == ()


@pytest.mark.parametrize("typed", ["closed 9-17", "9-13, closed", "--", "open", "zamknięte do 12"])
def test_half_a_day_closed_is_not_guessed(typed: str) -> None:
    assert periods_of(typed) is None


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "<1 min"),
        (59, "<1 min"),
        (60, "1 min"),
        (7200, "2 h"),
        (HOUR * 4 - 1, "4 h"),
        (HOUR * 4 - 900, "4 h"),
        (HOUR * 4 - 901, "3.5 h"),
        (HOUR * 4 + 899, "4 h"),
        (1799, "30 min"),
        (3569, "59 min"),
        (3570, "1 h"),
        (3600, "1 h"),
        (4500, "1.5 h"),
        (HOUR * 9.6, "9.5 h"),
        (HOUR * 9.9, "10 h"),
        (HOUR * 12.4, "12 h"),
        (HOUR * 47.4, "47 h"),
        (HOUR * 47.6, "2 d"),
        (HOUR * 60, "2.5 d"),
        (86400 * 14.4, "14 d"),
        (-9, "<1 min"),
    ],
)
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


def test_a_moment_is_told_in_one_way_wherever_it_stands() -> None:
    assert shown.exactly(NOW, NOW) == shown.to_the_minute(NOW, NOW) == shown.when(NOW, NOW) == shown.clock(NOW)
    assert shown.exactly(NOW - 86400, NOW) == shown.when(NOW - 86400, NOW)
    assert shown.to_the_minute(NOW - 86400, NOW) == f"5 Mar, {shown.clock(NOW)}"  # «since yesterday» is not said so
    assert shown.exactly(NOW - 10 * 86400, NOW) == shown.to_the_minute(NOW - 10 * 86400, NOW)
    assert shown.dated(NOW, NOW) == f"6 Mar, {shown.clock(NOW)}"
    assert shown.exactly(NOW - 730 * 86400, NOW).startswith("6 Mar 2024, ")


@pytest.mark.parametrize(
    ("day", "told"),
    [("2026-12-24", "24.12.2026"), ("2026-05-01", "01.05.2026"), ("24 December", "24 December"), ("", "")],
)
def test_days_in_fields_are_told_apart_from_months(day: str, told: str) -> None:
    assert shown.day_in_field(day) == told
