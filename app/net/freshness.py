"""Conditional requests and freshness: what to send along, what to keep of an answer, how long to leave it alone."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from app.core.watch import Validators
from app.net.redirects import Hop

DAY = 86400.0
MOST = DAY
"""Longest wait believed, in seconds: 24 h; some headers ask for years (miniflux, pull request 3293)."""

ABSURD = 366 * DAY
"""A moment further away than this was written in another unit than the one it is read in."""

LONGEST_VALIDATOR = 1024
"""Characters of a validator that is sent back at most: servers take 8,000 for all headers together, and refuse more (431)."""

MOST_NUMBER = 1e15
"""A number above this counts as this one."""

_NUMBER = re.compile(r"\d+(?:\.\d*)?", re.ASCII)

FULL_EVERY = DAY
FULL_SPREAD = 4 * 3600
"""Seconds over which the daily unconditional fetches of different addresses are spread."""


def is_full_due(known: Validators, url: str, now: float) -> bool:
    """Tell whether an address is due for its daily fetch without validators, for servers whose 304 lies.

    The spread depends on the address alone. A `full_at` of 0 is not known and starts to count now.
    """
    if not known.full_at:
        return False
    return now - known.full_at >= FULL_EVERY + zlib.crc32(url.encode()) % FULL_SPREAD


def conditional_headers(known: Validators) -> dict[str, str]:
    """Return the headers that ask «only if it changed», with the validators as they came."""
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in headers.items() if value}


def hash_of(body: bytes) -> str:
    """Return the hash by which a body is known again: BLAKE2b of 16 bytes, in hex."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def renewed(
    known: Validators, headers: Mapping[str, str], body: bytes | None, now: float, *, conditional: bool
) -> Validators:
    """Return the validators to keep after an answer; `body` is None for a 304.

    A 304 updates what it names; a full answer replaces both, so that what it lacks is cleared. `full_at` moves on with
    an unconditional fetch, or starts.
    """
    if body is None:
        return replace(
            known,
            etag=_validator(headers, "etag", known.etag),
            last_modified=_validator(headers, "last-modified", known.last_modified),
            full_at=known.full_at or now,
            max_age=_max_age(headers["cache-control"]) if "cache-control" in headers else known.max_age,
        )
    full_at = (known.full_at or now) if conditional else now
    max_age = _max_age(headers.get("cache-control", ""))
    etag, last_modified = _validator(headers, "etag"), _validator(headers, "last-modified")
    return Validators(etag, last_modified, hash_of(body), full_at, max_age)


def _validator(headers: Mapping[str, str], name: str, known: str = "") -> str:
    """Return a validator of an answer as it came, «» for one too long to be sent back, or what is known where it has none."""
    value = headers.get(name, known)
    return value if len(value) <= LONGEST_VALIDATOR else ""


def known_to(hop: Hop, known: Validators) -> Validators:
    """Return what is known, without the validators that another address gave: they mean nothing to this one."""
    gave = known.of == _mark(hop) or (hop.trusted and not known.of)
    return known if gave else _without_validators(known)


def kept_of(hop: Hop, kept: Validators, *, plain: bool) -> Validators:
    """Return what to keep after the answer of a hop, so that its validators are sent there only.

    Those of another host than the asked one are kept of `plain` requests: what has secrets leaves no traces elsewhere.
    """
    if hop.trusted:
        return replace(kept, of="")
    return replace(kept, of=_mark(hop)) if plain else _without_validators(kept)


def _mark(hop: Hop) -> str:
    return hash_of(hop.address.url.encode())


def _without_validators(known: Validators) -> Validators:
    return replace(known, etag="", last_modified="", of="")


def fresh_for(headers: Mapping[str, str], now: float, stored: float = 0.0) -> float:
    """Return for how many seconds the server asks not to be asked again, at most 24 h, 0.0 for no wish.

    `stored` is the max-age of the answer that a 304 confirms: what it does not name stays in force (RFC 9111, 4.3.4).
    """
    control = headers.get("cache-control")
    max_age = stored if control is None else _max_age(control)
    elapsed = _number(headers.get("age", "").strip()) or 0.0
    by_cache = capped(max(max_age - elapsed, 0.0)) or 0.0 if max_age or control is not None else _expires(headers, now)
    return max(by_cache, retry_after(headers, now) or 0.0)


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return Retry-After in seconds, at most 24 h, or None where it is missing, unreadable or over."""
    text = headers.get("retry-after", "").strip()
    seconds = _number(text)
    if seconds is None and (moment := read_date(text)) is not None:
        seconds = moment - now
    return capped(seconds)


def capped(seconds: float | None) -> float | None:
    """Return a wait, at most 24 h however absurd it is, or None for a negative one."""
    return None if seconds is None or seconds < 0 else min(seconds, MOST)


def believed(seconds: float | None) -> float | None:
    """Return a wait that can be meant, at most 24 h, or None for a negative or absurd one."""
    return None if seconds is not None and seconds > ABSURD else capped(seconds)


def read_date(text: str) -> float | None:
    """Return the Unix time of an HTTP date, or None."""
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def read_iso(text: str) -> float | None:
    """Return the Unix time of an ISO 8601 moment, or None; one without zone is in UTC."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _number(text: str) -> float | None:
    return min(float(text), MOST_NUMBER) if _NUMBER.fullmatch(text) else None


def _max_age(control: str) -> float:
    """Return the seconds of a Cache-Control as written, 0.0 where it names none or forbids keeping."""
    directives = [part.strip().lower() for part in control.split(",")]
    if "no-cache" in directives or "no-store" in directives:
        return 0.0
    for directive in directives:
        name, _, value = directive.partition("=")
        if name.strip() == "max-age":
            return _number(value.strip().strip('"')) or 0.0
    return 0.0


def _expires(headers: Mapping[str, str], now: float) -> float:
    until = read_date(headers.get("expires", ""))
    if until is None:
        return 0.0
    written = read_date(headers.get("date", ""))
    return capped(until - (now if written is None else written)) or 0.0
