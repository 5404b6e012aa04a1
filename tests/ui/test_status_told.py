"""The line on top that says how the listener is."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from ui.window_samples import RESOURCES

from app import words
from app.core.messages import Status
from app.ui.format import clock, exactly, when
from app.ui.widgets.top_bar import status_told

NOW = 1_800_000_000.0
WELL = Status(watches=7, paused=False, offline=False, polling=0, last_heard=NOW - 60)


@pytest.fixture
def spoken() -> Callable[[str], object]:
    return lambda language: words.use(language, RESOURCES / "translations")


def test_all_well_is_told_in_green():
    told = status_told(WELL, NOW)
    assert told.tone == "good"
    assert "7 watches" in told.sentence


def test_failing_watches_are_told_before_the_time_of_the_last_poll():
    told = status_told(replace(WELL, failing=3), NOW)
    assert told.tone == "warn"
    assert told.sentence == f"7 watches · 3 failing · last heard {when(WELL.last_heard, NOW)}"
    assert status_told(replace(WELL, failing=3, last_heard=0), NOW).sentence == "7 watches · 3 failing"


def test_what_stops_everything_comes_first():
    unkept = replace(WELL, unkept="stores.disk_full", failing=2)
    for wrong in (
        None,
        unkept,
        replace(WELL, paused=True),
        replace(WELL, offline=True, failing=2),
        replace(WELL, watches=0),
    ):
        assert status_told(wrong, NOW).tone != "good"
        assert "fail" not in status_told(wrong, NOW).sentence


def test_while_nothing_can_be_kept_it_is_not_called_listening_and_why_is_told():
    why = "cannot save anything: the folder with the shop's data is gone"
    for status in (WELL, replace(WELL, paused=True), replace(WELL, offline=True), replace(WELL, polling=1)):
        told = status_told(replace(status, unkept="stores.folder_gone"), NOW)
        assert (told.sentence, told.tone) == (why, "bad")
    assert (
        status_told(replace(WELL, unkept="stores.unheard_of"), NOW).sentence
        == "cannot save anything: the disk is failing"
    )


def test_until_when_the_bell_is_quiet_stands_before_the_rest():
    well = status_told(WELL, NOW)
    silent = status_told(WELL, NOW, NOW + 3600)
    assert silent == replace(well, sentence=f"quiet until {clock(NOW + 3600)} · {well.sentence}")
    assert status_told(WELL, NOW, NOW) == well
    assert status_told(None, NOW, NOW + 60).sentence.endswith(" · not listening: the listener is not running")
    days = status_told(WELL, NOW, NOW + 3 * 86_400)
    assert days.sentence.startswith(f"quiet until {exactly(NOW + 3 * 86_400, NOW)} · ")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", {1: "1 watch", 2: "2 watches", 5: "5 watches", 21: "21 watches"}),
        ("pl", {1: "1 nasłuch", 2: "2 nasłuchy", 5: "5 nasłuchów", 21: "21 nasłuchów"}),
        ("ru", {1: "1 наблюдение", 2: "2 наблюдения", 5: "5 наблюдений", 21: "21 наблюдение"}),
    ],
)
@pytest.mark.parametrize("count", [1, 2, 5, 21])
def test_nothing_is_said_to_work_where_all_fail(language, count, said, spoken):
    spoken(language)
    fail = {"en": "failing", "pl": "z błędem", "ru": "с ошибкой"}[language]
    told = status_told(replace(WELL, watches=count, failing=count, last_heard=0), NOW)
    assert told.sentence == f"{said[count]} · {count} {fail}"


@pytest.mark.parametrize(
    ("language", "kept", "said"),
    [
        ("en", 5, "listening · 4 of 5 watches"),
        ("pl", 5, "działa 4 z 5 nasłuchów"),
        ("pl", 22, "działa 4 z 22 nasłuchów"),
        ("ru", 5, "работают 4 из 5 наблюдений"),
        ("ru", 21, "работают 4 из 21 наблюдения"),
        ("ru", 22, "работают 4 из 22 наблюдений"),
    ],
)
def test_paused_watches_are_counted_among_all(language, kept, said, spoken):
    spoken(language)
    four = replace(WELL, watches=4, last_heard=0)
    assert status_told(four, NOW, kept=kept).sentence == said
    failing = status_told(replace(four, failing=2), NOW, kept=kept).sentence
    assert failing.startswith(said.removeprefix("listening · ").removeprefix("działa ").removeprefix("работают "))
    assert " of " not in status_told(four, NOW, kept=4).sentence
    assert status_told(four, NOW, kept=0).sentence == status_told(four, NOW).sentence, "the list is not read yet"


def test_a_pause_is_told_in_short_and_how_long_it_lasts_where_it_is_pointed_at():
    told = status_told(replace(WELL, paused=True), NOW, NOW + 3600)
    assert told.sentence.endswith(" · paused: nothing is heard")
    assert told.more == "Paused until you go on or Counterbell starts again"
