"""Validators, hashes and the wishes of servers about when to come again."""

from __future__ import annotations

from email.utils import formatdate

import pytest

from app.core.watch import Validators
from app.net.freshness import (
    DAY,
    FULL_SPREAD,
    LONGEST_VALIDATOR,
    conditional_headers,
    fresh_for,
    hash_of,
    is_full_due,
    renewed,
    retry_after,
)

NOW = 1_800_000_000.0


def at(seconds: float) -> str:
    return formatdate(NOW + seconds, usegmt=True)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0.0),
        ({"retry-after": "120"}, 120.0),
        ({"retry-after": at(300)}, 300.0),
        ({"retry-after": "soon"}, 0.0),
        ({"retry-after": "-5"}, 0.0),
        ({"retry-after": "200000"}, DAY),
        ({"retry-after": "999999999"}, DAY),
        ({"retry-after": "9" * 400}, DAY),
        ({"retry-after": "Fri, 31 Dec 9999 23:59:59 GMT"}, DAY),
        ({"retry-after": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0.0),
        ({"retry-after": "infinity"}, 0.0),
        ({"retry-after": "nan"}, 0.0),
        ({"cache-control": "public, max-age=600"}, 600.0),
        ({"cache-control": 'Max-Age="600"'}, 600.0),
        ({"cache-control": "max-age=600", "age": "200"}, 400.0),
        ({"cache-control": "max-age=600", "age": "900"}, 0.0),
        ({"cache-control": "max-age=31536000"}, DAY),
        ({"cache-control": "max-age=315360000"}, DAY),
        ({"cache-control": "max-age=99999999999"}, DAY),
        ({"cache-control": "max-age=172800", "age": "150000"}, 22800.0),
        ({"cache-control": "max-age=600", "age": "99999999999"}, 0.0),
        ({"cache-control": "max-age=315360000, no-cache"}, 0.0),
        ({"cache-control": "max-age=-1"}, 0.0),
        ({"cache-control": "max-age=lots"}, 0.0),
        ({"cache-control": "no-cache, max-age=600"}, 0.0),
        ({"cache-control": "max-age=600, no-store"}, 0.0),
        ({"cache-control": "s-maxage=600"}, 0.0),
        ({"expires": at(900)}, 900.0),
        ({"expires": at(900), "date": at(300)}, 600.0),
        ({"expires": at(-900)}, 0.0),
        ({"expires": "0"}, 0.0),
        ({"expires": "Thu, 31 Dec 2037 23:55:55 GMT"}, DAY),
        ({"expires": at(900), "cache-control": "max-age=60"}, 60.0),
        ({"expires": at(900), "cache-control": "public"}, 0.0),
        ({"retry-after": "30", "cache-control": "max-age=60"}, 60.0),
        ({"retry-after": "90", "cache-control": "max-age=60"}, 90.0),
        ({"retry-after": "90", "cache-control": "no-cache"}, 90.0),
    ],
)
def test_fresh_for(headers: dict[str, str], seconds: float) -> None:
    assert fresh_for(headers, NOW) == pytest.approx(seconds)


def test_a_retry_after_of_nothing_is_none() -> None:
    assert retry_after({}, NOW) is None
    assert retry_after({"retry-after": "0"}, NOW) == 0.0


def test_validators_go_back_as_they_came() -> None:
    known = Validators('W/"a,b"', "yesterday, more or less")
    assert conditional_headers(known) == {
        "If-None-Match": 'W/"a,b"',
        "If-Modified-Since": "yesterday, more or less",
    }
    assert conditional_headers(Validators()) == {}


def test_a_full_answer_clears_what_it_lacks() -> None:
    known = Validators('"1"', "Monday", "old", 5.0)
    kept = renewed(known, {"etag": '"2"'}, b"body", NOW, conditional=True)
    assert kept == Validators('"2"', "", hash_of(b"body"), 5.0)


@pytest.mark.parametrize("length", [LONGEST_VALIDATOR, LONGEST_VALIDATOR + 1])
def test_a_validator_too_long_for_a_server_s_own_limit_is_not_sent_back(length: int) -> None:
    """Seen at a server that refuses with 431 what it sent itself: the watch was deaf until the next day."""
    long = "e" * length
    for body in (b"body", None):
        kept = renewed(Validators(etag='"1"'), {"etag": long, "last-modified": long}, body, NOW, conditional=True)
        sent = long if length == LONGEST_VALIDATOR else ""
        assert (kept.etag, kept.last_modified) == (sent, sent)
    assert len(conditional_headers(kept)) == (2 if sent else 0)


def test_an_unconditional_answer_moves_the_day_on() -> None:
    kept = renewed(Validators(full_at=5.0), {}, b"body", NOW, conditional=False)
    assert kept.full_at == NOW


def test_not_modified_updates_only_what_it_names() -> None:
    known = Validators('"1"', "Monday", "old", 5.0)
    kept = renewed(known, {"etag": '"2"'}, None, NOW, conditional=True)
    assert kept == Validators('"2"', "Monday", "old", 5.0)


def test_an_unknown_day_starts_to_count() -> None:
    assert renewed(Validators('"1"'), {}, None, NOW, conditional=True).full_at == NOW
    assert not is_full_due(Validators('"1"'), "http://shop.example/", NOW)


def test_the_daily_full_fetch_is_spread() -> None:
    known = Validators('"1"', full_at=NOW)
    urls = [f"http://shop.example/{number}" for number in range(200)]
    assert not any(is_full_due(known, url, NOW + DAY - 1) for url in urls)
    assert all(is_full_due(known, url, NOW + DAY + FULL_SPREAD) for url in urls)
    halfway = sum(is_full_due(known, url, NOW + DAY + FULL_SPREAD / 2) for url in urls)
    assert 60 < halfway < 140
