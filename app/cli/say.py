"""How the command line says things: sentences on standard error, times and one-line texts."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from app.core.mention import ArchivedMention
from app.core.problems import Problem, ProblemError, reason_of
from app.words import _
from app.words.problems import sentence

LONGEST_AUTHOR = 60
"""Characters of an author's name in lists and heads; JSON has it whole."""

_HALF = re.compile("[\ud800-\udfff]")

NO_OUTPUT = "cli.no_output"
"""The code of a result that could not be written."""


def warn(problem: Problem, name: str = "") -> None:
    """Say a problem, with the name of what it is about."""
    note(f"{name}: {told(problem)}" if name else told(problem))


def told(problem: Problem) -> str:
    """Return what a problem is and what to do about it on the command line."""
    return sentence(problem, command=True)


def warn_all(problems: Iterable[Problem]) -> None:
    """Say several problems."""
    for problem in problems:
        warn(problem)


def note(text: str) -> None:
    """Say something that is no result; where it cannot be written, what is done goes on all the same."""
    try:
        print(text, file=sys.stderr)
    except BrokenPipeError:
        raise
    except OSError:
        return


def line(text: str) -> None:
    """Print a line of the result, in one piece though several threads print; `flush` sends it off."""
    write(text + "\n")


def flush() -> None:
    """Send off the lines printed so far: whoever reads them should not wait."""
    if sys.stdout:
        _send(sys.stdout.flush)


def write(text: str) -> None:
    """Print a piece of the result as it is. Raises `ProblemError` where the output takes nothing, as `flush` does."""
    _send(lambda: print(text, end=""))


def _send(act: Callable[[], object]) -> None:
    try:
        act()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ProblemError(Problem(NO_OUTPUT, {"reason": reason_of(error)})) from error


@contextmanager
def telling_what_is_done() -> Iterator[None]:
    """Print within the block what is done already: whoever reads none of it must not think that it failed, and do it twice."""
    try:
        yield
        flush()
    except BrokenPipeError:
        drop_output()


def drop_output() -> None:
    """Lead what is still buffered nowhere: the interpreter would send it off at its end and fail once more."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def iso(at: float | None) -> str | None:
    """Return a time as ISO 8601 in UTC, or None."""
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")


def local(at: float | None) -> str:
    """Return a time of this laptop's zone to the minute, or a dash."""
    return "-" if at is None else datetime.fromtimestamp(at).astimezone().strftime("%Y-%m-%d %H:%M")


def aside_until(at: float) -> str:
    """Return until when a case is put aside, to the minute."""
    return _("Snoozed until {moment}").format(moment=local(at))


def one_line(text: str, longest: int = 100) -> str:
    """Return the beginning of a text on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"


def by_whom(author: str) -> str:
    """Return an author's name as a line of a list has room for it, a dash for none."""
    return one_line(author, LONGEST_AUTHOR) or "-"


def as_json(value: object) -> None:
    """Print one JSON object as a line; half a character, which UTF-8 cannot hold, as its escape."""
    line(_HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", json.dumps(value, ensure_ascii=False)))


def mention_json(heard: ArchivedMention, watch_name: str) -> dict[str, object]:
    """Return a mention as «listen --json» prints it."""
    mention, verdict = heard.mention, heard.verdict
    return {
        "id": heard.id,
        "watch": watch_name,
        "watch_id": heard.watch_id,
        "source": mention.source,
        "url": mention.url,
        "author": mention.author,
        "title": mention.title,
        "text": mention.text,
        "stars": mention.stars,
        "published": iso(mention.published),
        "kind": verdict.kind.value,
        "score": round(verdict.score, 4),
        "severity": int(verdict.severity),
        "cause": verdict.cause.value if verdict.cause else None,
    }


def sure(score: float) -> str:
    """Return how sure a verdict is, «0.93»; never «1.00»: nothing is that sure."""
    return f"{min(score, 0.99):.2f}"
