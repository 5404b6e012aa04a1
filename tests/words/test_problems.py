"""A problem in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.core.problems import Problem
from app.words import use
from app.words.command_texts import COMMAND_TEXTS
from app.words.problems import sentence, write_moments

TRANSLATIONS = Path(__file__).parents[2] / "resources" / "translations"


@pytest.mark.parametrize("code", sorted(COMMAND_TEXTS))
def test_the_command_line_names_its_options_and_the_window_its_fields(code: str) -> None:
    said, shown = sentence(Problem(code, {"host": "h"}), command=True), sentence(Problem(code, {"host": "h"}))
    assert said != shown
    assert "--" in said or "«counterbell " in said
    assert "tick" not in said
    assert "Open the watch and" not in said


def test_of_a_line_that_cannot_be_judged_both_parts_are_named_with_what_they_may_be() -> None:
    said = sentence(Problem("detect.bad_line", {"line": 3}))
    assert "«id» is text or a number" in said
    assert "«text» is text" in said


def test_only_an_expired_certificate_is_blamed_on_the_date() -> None:
    whys = {
        why: sentence(Problem("net.tls", {"host": "h", "why": why}))
        for why in ("expired", "name", "untrusted", "plain", "web", "other")
    }
    assert [why for why, said in whys.items() if "date" in said] == ["expired"]
    assert len(set(whys.values())) == 6
    assert [why for why, said in whys.items() if "http://" in said] == ["web"], "mail has no such address"
    assert "http://" in sentence(Problem("net.no_tls", {"host": "h"}))


@pytest.mark.parametrize("at", [1e20, -1e18, float("nan"), float("inf"), 10**400])
@pytest.mark.parametrize("face", [None, lambda at: f"{datetime.fromtimestamp(at, UTC):%H:%M}"])
def test_a_moment_that_no_calendar_has_is_told_as_unknown(at: float, face: Callable[[float], str] | None) -> None:
    write_moments(face)
    try:
        for command in (False, True):
            assert "?" in sentence(
                Problem("net.asked_to_wait", {"host": "h", "since": at}, retry_at=at), command=command
            )
            assert sentence(Problem("stores.archive_restored", {"since": at}), command=command)
    finally:
        write_moments(None)


def test_until_when_a_host_is_left_alone_stands_in_the_sentence_with_its_day() -> None:
    soon = datetime.now(UTC).timestamp() + 400 * 86_400
    day = datetime.fromtimestamp(soon).astimezone().strftime("%Y-%m-%d %H:%M")
    said = sentence(Problem("listen.leave_alone", {"host": "h"}, soon))
    assert said.count(day) == 1
    assert said.endswith("Test again then.")


def test_until_when_a_host_wants_to_be_left_alone_stands_behind_the_sentence() -> None:
    moment = datetime(2027, 1, 15, 14, 32, tzinfo=UTC)
    plain = sentence(Problem("net.rate_limited", {"host": "h"}))
    said = sentence(Problem("net.rate_limited", {"host": "h"}, moment.timestamp()))
    assert said.startswith(f"{plain} ")
    assert moment.astimezone().strftime("%H:%M") in said


@pytest.mark.parametrize("moment", ["14:32", "24 lis, 15:39"])
@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "Next try at {}."), ("pl", "Następna próba: {}."), ("ru", "Следующая попытка: {}.")],
)
def test_the_next_try_reads_well_with_an_hour_and_with_a_day(language: str, told: str, moment: str) -> None:
    write_moments(lambda _at: moment)
    use(language, TRANSLATIONS)
    try:
        said = sentence(Problem("net.rate_limited", {"host": "h"}, 1_800_000_000.0))
    finally:
        use("en", TRANSLATIONS)
        write_moments(None)
    assert said.endswith(f" {told.format(moment)}")


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("Shop.EXAMPLE:81", "shop.example:81"),
        ("xn--abka-99a.pl", "żabka.pl"),
        ("https://A.example/Path", "https://A.example/Path"),
    ],
)
def test_a_host_is_named_as_people_read_it(host: str, told: str) -> None:
    assert sentence(Problem("net.timeout", {"host": host})).startswith(f"{told} ")
    moved = Problem("net.timeout", {"host": "a.example", "led_to": f"{host}/Path"})
    assert f"This address leads to {told}/Path." in sentence(moved)


def test_since_when_and_why_a_watch_was_not_heard_stands_in_the_sentence() -> None:
    since = datetime(2026, 3, 5, 14, 2, tzinfo=UTC)
    args = {"name": "Blog", "reason": "login_wanted", "since": since.timestamp()}
    said = sentence(Problem("desk.not_heard", args))
    assert since.astimezone().strftime("«Blog» has not been heard since %Y-%m-%d %H:%M: this network seems") in said
    waits = Problem("desk.never_heard", {"name": "Blog", "reason": "asked_to_wait"}, since.timestamp())
    assert since.astimezone().strftime("Next try at %Y-%m-%d %H:%M.") in sentence(waits)


def test_the_window_writes_moments_its_own_way_and_the_command_line_keeps_to_its(
    request: pytest.FixtureRequest,
) -> None:
    request.addfinalizer(lambda: write_moments(None))
    problem = Problem("net.wait", {"host": "h"}, retry_at=1_772_800_000.0)
    plain = sentence(problem)
    write_moments(lambda at: f"<{at:.0f}>")
    assert "<1772800000>" in sentence(problem)
    assert "2026-03-06" in plain
    assert "2026-03-06" in sentence(problem, command=True)
