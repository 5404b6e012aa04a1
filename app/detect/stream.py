"""Judges JSON lines: one text a line in, one verdict a line out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from math import isclose, isfinite

from app.core.bands import RING_AT, band_of
from app.core.ports.detector import Detector
from app.core.problems import Problem
from app.core.verdict import Verdict

DIGITS = 4
"""Digits after the point of scores and weights."""

_NO_STARS = (None, "", 0, "0")
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character: JSON may hold one, a mention never does."""


def judge_lines(
    lines: Iterable[str], detector: Detector, ring_at: float = RING_AT
) -> Iterator[dict[str, object] | Problem]:
    """Yield a verdict, or the problem «detect.bad_line» (args: line, from 1), for each line that is not blank.

    Before the verdict on a line whose stars are not a number from 1 to 5 comes «detect.bad_stars» (args: line); null, «» and 0 stand
    for no stars.

    A line is an object with «id» (text or number, returned as it is) and «text»; «title», «stars» (a number from 1 to 5,
    or text that is one) and «language» may stand with them and are passed over where they are nothing of the kind. A verdict has «id», «kind», «score»,
    «severity», «cause» (or null), «band» for a bell that rings from the level `ring_at` on, its «level», and
    «reasons», a list of [start, end, weight] whose weights sum to the score; of a review with one or two stars to what
    the words would score without them.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            asked = _asked(line)
            if asked is None:
                yield Problem("detect.bad_line", {"line": number})
                continue
            if asked.get("stars") not in _NO_STARS and _stars(asked.get("stars")) is None:
                yield Problem("detect.bad_stars", {"line": number})
            yield _judged(asked, detector, ring_at)


def _asked(line: str) -> dict[str, object] | None:
    try:
        asked = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        return None
    known = asked.get("id")
    is_number = isinstance(known, int | float) and isfinite(known)
    return asked if is_number or isinstance(known, str) else None


def _judged(asked: dict[str, object], detector: Detector, ring_at: float) -> dict[str, object]:
    title, stars, language = asked.get("title"), asked.get("stars"), asked.get("language")
    verdict = detector.judge(
        _HALF.sub("\ufffd", str(asked["text"])),
        title=_HALF.sub("\ufffd", title) if isinstance(title, str) else "",
        stars=_stars(stars),
        language=language if isinstance(language, str) else "",
    )
    score = round(verdict.score, DIGITS)
    return {
        "id": asked["id"],
        "kind": verdict.kind.value,
        "score": score,
        "severity": int(verdict.severity),
        "reasons": _rounded(verdict, score),
        "cause": verdict.cause.value if verdict.cause else None,
        "band": band_of(verdict.level, ring_at).value,
        "level": round(verdict.level, DIGITS),
    }


def _stars(value: object) -> float | None:
    """Return how many stars a value stands for, «1» and «4,5» as text among them; None for anything else."""
    stars = _number(value)
    return stars if stars is not None and 1 <= stars <= 5 else None


def _number(value: object) -> float | None:
    """Return the number that a value is or has as its text, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value.replace(",", ".") if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None


def _rounded(verdict: Verdict, score: float) -> list[list[int | float]]:
    """Return the reasons with rounded weights, the first taking the rest so that they still sum to what they did."""
    reasons: list[list[int | float]] = [[why.start, why.end, round(why.weight, DIGITS)] for why in verdict.reasons]
    if reasons:
        total = sum(why.weight for why in verdict.reasons)
        told = score if isclose(total, verdict.score) else round(total, DIGITS)
        reasons[0][2] = round(told - sum(why[2] for why in reasons[1:]), DIGITS)
    return reasons
