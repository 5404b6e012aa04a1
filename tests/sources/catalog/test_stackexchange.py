"""Stack Exchange: questions to mentions, and the ways in which it asks for patience."""

from __future__ import annotations

import pytest
from sources.place import NOW, Place, answer, sample

from app.core.mention import Mention
from app.sources.catalog.stackexchange import SOURCE

SETTINGS = {"site": "https://cooking.stackexchange.com/", "words": "KawaRaj"}


def test_questions_become_mentions_and_backoff_a_wait() -> None:
    place = Place(lambda _: sample("stackexchange/search_advanced.json"))
    reading = place.poll(SOURCE, SETTINGS, first=True)
    assert reading.mentions[0] == Mention(
        source="stackexchange",
        key="cooking 130211",
        url="https://cooking.stackexchange.com/questions/130211/kawaraj-beans-taste-burnt",
        title="KawaRaj beans taste burnt & bitter",
        text="I bought KawaRaj beans <dark>.\nThey taste of ash.",
        author='Anna "K"',
        handle="https://cooking.stackexchange.com/users/5012/anna-k",
        site="cooking.stackexchange.com",
        published=1795165951.0,
    )
    assert reading.mentions[1].author == "user4711"
    assert (reading.wait, len(place.requests)) == (20.0, 1)
    assert "site=cooking&" in place.urls[0]


def test_further_pages_wait_while_backoff_is_asked_for() -> None:
    rows = [{"question_id": n, "title": "x", "body": "y", "creation_date": int(NOW) - n} for n in range(100)]
    bookmark = Place(lambda _: {"items": []}).poll(SOURCE, SETTINGS, first=True).bookmark
    place = Place(lambda _: {"items": rows, "has_more": True, "backoff": 30})
    reading = place.poll(SOURCE, SETTINGS, bookmark=bookmark)
    assert (len(place.requests), reading.wait, len(reading.mentions)) == (1, 30.0, 100)
    calm = Place(lambda r: {"items": [] if "page=2" in r.url else rows})
    assert calm.poll(SOURCE, SETTINGS, bookmark=reading.bookmark).problem is None
    assert any("page=2" in url for url in calm.urls)


def test_a_used_up_quota_lets_rest_until_midnight() -> None:
    reading = Place(lambda _: {"items": [], "quota_remaining": 0}).poll(SOURCE, SETTINGS)
    assert reading.wait == 86_400 - NOW % 86_400


@pytest.mark.parametrize(
    ("body", "settings", "code", "wait"),
    [
        (
            {
                "error_id": 502,
                "error_name": "throttle_violation",
                "error_message": "too many requests from this IP, more requests available in 17524 seconds",
            },
            {},
            "net.rate_limited",
            17524.0,
        ),
        (
            {"error_id": 502, "error_name": "throttle_violation", "error_message": "Violation of backoff parameter"},
            {},
            "net.rate_limited",
            3600.0,
        ),
        (
            {"error_name": "bad_parameter", "error_message": "No site found for name `cook`"},
            {},
            "sources.no_such_site",
            None,
        ),
        (
            {"error_name": "bad_parameter", "error_message": "`key` doesn't match a known application"},
            {"key": "abc"},
            "sources.key_refused",
            None,
        ),
        ({"error_name": "temporarily_unavailable", "error_message": ""}, {}, "watch.bad_status", None),
        (b"<html>", {}, "watch.bad_status", None),
    ],
)
def test_what_an_error_400_means(body: object, settings: dict[str, str], code: str, wait: float | None) -> None:
    reading = Place(lambda _: answer(body, 400)).poll(SOURCE, {**SETTINGS, **settings})
    assert reading.problem
    assert (reading.problem.code, reading.problem.retry_at) == (code, None if wait is None else NOW + wait)


@pytest.mark.parametrize(
    ("typed", "site"),
    [
        ("cooking.stackexchange.com", "cooking"),
        ("https://ru.stackoverflow.com/questions", "ru.stackoverflow"),
        ("superuser", "superuser"),
        ("mathoverflow.net", "mathoverflow.net"),
        ("https://www.askubuntu.com", "askubuntu"),
    ],
)
def test_a_site_is_its_address_or_its_name(typed: str, site: str) -> None:
    settings = {**SETTINGS, "site": typed}
    assert SOURCE.tidy(settings)["site"] == site
    assert SOURCE.tidy(SOURCE.tidy(settings)) == SOURCE.tidy(settings)
    assert SOURCE.check(settings) is None


def test_settings_are_checked() -> None:
    codes = [
        SOURCE.check(settings)
        for settings in ({"site": "", "words": "x"}, {"site": "a b", "words": "x"}, {"site": "superuser", "words": ""})
    ]
    assert [problem and problem.code for problem in codes] == [
        "sources.no_server",
        "sources.bad_address",
        "sources.no_words",
    ]
    assert SOURCE.place(SETTINGS) == SOURCE.place({"site": "cooking", "words": "kawaraj"})
