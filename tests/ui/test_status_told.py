"""The line on top that says how the listener is."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from ui.window_samples import RESOURCES

from app import words
from app.core.messages import Status
from app.ui.format import clock, exactly
from app.ui.widgets.top_bar import status_told

NOW = 1_800_000_000.0
WELL = Status(watches=7, paused=False, offline=False, polling=0, last_heard=NOW - 60, next_due=NOW + 60)


@pytest.fixture
def spoken() -> Iterator[Callable[[str], object]]:
    yield lambda language: words.use(language, RESOURCES / "translations")
    words.use("en", RESOURCES / "translations")


def test_all_well_is_told_in_green():
    told = status_told(WELL, NOW)
    assert told.tone == "good"
    assert "7 watches" in told.sentence


def test_failing_watches_are_told_before_the_time_of_the_last_poll():
    told = status_told(replace(WELL, failing=3), NOW)
    assert told.tone == "warn"
    assert told.sentence == "watches: 7 · failing: 3"


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
        ("en", "watches: {0} · failing: {0}"),
        ("pl", "nasłuchy: {0} · z błędem: {0}"),
        ("ru", "наблюдения: {0} · с ошибкой: {0}"),
    ],
)
@pytest.mark.parametrize("count", [1, 2, 5, 21])
def test_nothing_is_said_to_work_where_all_fail(language, count, said, spoken):
    spoken(language)
    assert status_told(replace(WELL, watches=count, failing=count), NOW).sentence == said.format(count)
