"""Google Alerts: the recorded feed, and which addresses are one."""

from __future__ import annotations

from pathlib import Path

import pytest
from sources.conversing import UNCHANGED, converse, page

from app.sources.catalog.google_alerts import SOURCE

SAMPLE = Path(__file__).parents[2] / "samples" / "feeds" / "google-alerts.atom"
SETTINGS = {"url": "https://www.google.com/alerts/feeds/01234/98765"}


def test_a_find_is_linked_to_its_page() -> None:
    heard = converse(SOURCE, SETTINGS, [SAMPLE.read_bytes()], first=True)
    (mention,) = heard.reading.mentions
    assert (mention.source, mention.key) == ("google_alerts", "tag:google.com,2013:googlealerts/feed:1234567890")
    assert mention.url == "https://gazeta.example/miasto/kawaraj?id=7"
    assert (mention.title, mention.site) == ("Kawiarnia KawaRaj rozczarowuje", "gazeta.example")
    assert (mention.text, mention.published) == ("Goście KawaRaj czekają godzinę na zimną kawę ...", 1_795_280_625.0)
    assert heard.requests[0].url == SETTINGS["url"]


def test_nothing_new() -> None:
    assert converse(SOURCE, SETTINGS, [UNCHANGED], bookmark={"a": "b"}).reading.bookmark == {"a": "b"}


def test_an_alert_that_is_gone() -> None:
    reading = converse(SOURCE, SETTINGS, [page("<!doctype html><html><body>Alerts</body></html>")]).reading
    assert reading.problem is not None
    assert (reading.problem.code, reading.suggestions) == ("sources.no_alert", ())


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "sources.no_address"),
        ("https://www.google.com/alerts", "sources.not_alert"),
        ("https://gazeta.example/alerts/feeds/1/2", "sources.not_alert"),
        ("https://www.google.com.evil.example/alerts/feeds/1/2", "sources.not_alert"),
        ("https://u:p@www.google.com/alerts/feeds/1/2", "sources.password_in_address"),
        ("https://www.google.pl/alerts/feeds/1/2", None),
        ("www.google.com/u/1/alerts/feeds/1/2", None),
    ],
)
def test_which_addresses_are_those_of_alerts(typed: str, code: str | None) -> None:
    problem = SOURCE.check({"url": typed})
    assert (problem.code if problem else None) == code


def test_the_number_of_the_account_is_no_part_of_the_address() -> None:
    assert (
        SOURCE.tidy({"url": "https://www.google.com/u/1/alerts/feeds/1/2"})["url"]
        == "https://www.google.com/alerts/feeds/1/2"
    )
    assert SOURCE.place({"url": "https://www.google.com/u/1/alerts/feeds/1/2"}) == SOURCE.place(
        {"url": "google.com/alerts/feeds/1/2/"}
    )
