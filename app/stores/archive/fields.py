"""Mentions and states as rows of the archive, and back."""

from __future__ import annotations

import json
import math
import re
from contextlib import suppress
from dataclasses import asdict, fields
from typing import Any, TypeVar

from app.core.customer import identity_of
from app.core.identity import Prints, prints_of
from app.core.mention import ArchivedMention, Mention, Wording
from app.core.problems import Problem, problem_of
from app.core.verdict import Cause, Kind, Reason, Severity, Verdict, lean_between
from app.core.watch import HostState, Move, Validators, WatchState

Of = TypeVar("Of", Validators, Move)

Row = tuple[Any, ...]
"""A row as SQLite gives it; each reader below names its columns."""

_COMPACT = json.JSONEncoder(separators=(",", ":"))
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")

MENTION = (
    "m.id, m.watch_id, m.source, m.key, m.url, t.title, t.text, t.author, m.handle, m.site, m.published, m.language, "
    "m.stars, m.parent, m.thread, m.kind, m.score, m.severity, m.reasons, m.heard_at, m.edited_at, m.repost_of, "
    "m.case_id, m.own, m.cause, m.gone_at, m.level, iif(m.edited_at IS NULL, NULL, (SELECT json_group_array("
    "json_array(e.until, e.title, e.text, e.kind, e.score)) FROM earlier e WHERE e.mention_id = m.id))"
)
"""The columns `archived` reads, of mentions m and texts t."""

STATE = "watch_id, bookmark, validators, moves, next_due, polled_at, heard_at, new_at, failures, problem, signature, heard_as"
"""The columns `state_of` reads and `state_values` gives."""


def clean(text: str) -> str:
    """Return a text that SQLite can keep, of the same length so that reasons still point at their words.

    NUL, at which SQLite's own functions stop, and halves of surrogate pairs become «�».
    """
    if "\x00" not in text:
        try:
            text.encode()
        except UnicodeEncodeError:
            pass
        else:
            return text
    return _UNKEEPABLE.sub("\ufffd", text)


def place_of(mention: Mention) -> str:
    """Return where a mention stands: its site, or else its source."""
    return clean(mention.site or mention.source)


def identity_key(mention: Mention, *, joins: bool = False) -> str:
    """Return the key of who wrote it, «» for nobody; with `joins` also «» where only a name is known."""
    identity = identity_of(mention)
    return "" if identity is None or (joins and identity.by_name_only) else clean(identity.key)


def key_print(source: str, key: str) -> int:
    """Return the fingerprint under which a mention of this source with this key is archived, 0 for no key."""
    return prints_of(Mention(source, key)).key if key else 0


def content_of(mention: Mention, prints: Prints, verdict: Verdict, heard_at: float) -> dict[str, object]:
    """Return the columns of mentions that an edit replaces."""
    published = _finite(mention.published)
    return {
        "site": clean(mention.site),
        "place": place_of(mention),
        "url": clean(mention.url),
        "handle": clean(mention.handle),
        "identity_key": identity_key(mention),
        "parent": clean(mention.parent),
        "thread": clean(mention.thread),
        "language": clean(mention.language),
        "stars": _finite(mention.stars),
        "published": published,
        "at": heard_at if published is None else min(published, heard_at),  # a clock ahead must not stay on top
        "kind": verdict.kind.value,
        "score": verdict.score,
        "level": verdict.level,
        "severity": int(verdict.severity),
        "cause": verdict.cause.value if verdict.cause else "",
        "reasons": _COMPACT.encode([[r.start, r.end, r.weight] for r in verdict.reasons]),
        "address_print": prints.address,
        "text_print": prints.text,
        "body_print": prints.body,
        "thread_print": prints.thread or key_print(mention.source, mention.thread),
    }


def archived(row: Row) -> ArchivedMention:
    """Return the mention of a row with the columns `MENTION`."""
    mention = Mention(*row[2:15])
    reasons = tuple(Reason(int(start), int(end), weight) for start, end, weight in json.loads(row[18]))
    cause, lean = Cause(row[24]) if row[24] else None, lean_between(row[16], row[26])
    verdict = Verdict(Kind(row[15]), row[16], Severity(row[17]), reasons, cause, lean)
    said = sorted(json.loads(row[27] or "[]"))
    earlier = tuple(Wording(until, title, text, Kind(kind), score) for until, title, text, kind, score in said)
    return ArchivedMention(
        row[0], row[1], mention, verdict, row[19], row[20], row[21], row[22], bool(row[23]), row[25], earlier
    )


def state_values(state: WatchState) -> Row:
    """Return a state as the columns `STATE`; surrogates survive, as JSON writes them in ASCII."""
    return (
        clean(state.watch_id),
        json.dumps(dict(state.bookmark)),
        json.dumps({key: _told(validators) for key, validators in state.validators.items()}),
        json.dumps({key: asdict(move) for key, move in state.moves.items()}),
        state.next_due,
        state.polled_at,
        state.heard_at,
        state.new_at,
        state.failures,
        problem_text(state.problem),
        clean(state.signature),
        clean(state.heard_as),
    )


def state_of(row: Row) -> WatchState:
    """Return the state of a row with the columns `STATE`."""
    return WatchState(
        watch_id=row[0],
        bookmark=json.loads(row[1]),
        validators=_each(Validators, row[2]),
        moves=_each(Move, row[3]),
        next_due=row[4],
        polled_at=row[5],
        heard_at=row[6],
        new_at=row[7],
        failures=row[8],
        problem=problem_of_text(row[9]),
        signature=row[10],
        heard_as=row[11],
    )


def _told(validators: Validators) -> dict[str, Any]:
    """Return the fields of validators, without a mark that they do not have: earlier versions do not know it."""
    return {name: value for name, value in asdict(validators).items() if value or name != "of"}


def _each(kind: type[Of], text: str) -> dict[str, Of]:
    """Return the values that a text keeps by address. Another version may have written more fields, which are left out, or less.

    One that cannot be made without what is missing is left out: a place is then asked once more as if for the first time.
    """
    names, found = {field.name for field in fields(kind)}, {}
    for key, raw in json.loads(text).items():
        with suppress(TypeError, AttributeError):
            found[key] = kind(**{name: value for name, value in raw.items() if name in names})
    return found


def host_values(host: HostState) -> Row:
    """Return a host as its row."""
    return (clean(host.host), host.blocked_until, host.strikes)


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None


def problem_text(problem: Problem | None) -> str | None:
    """Return a problem as it is kept."""
    if problem is None:
        return None
    return json.dumps({"code": problem.code, "args": dict(problem.args), "retry_at": problem.retry_at})


def problem_of_text(text: str | None) -> Problem | None:
    """Return the problem that was kept, by whatever version."""
    return None if text is None else problem_of(json.loads(text))
