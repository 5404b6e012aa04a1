"""Judges lines for «detect»: as shipped, or as a profile has taught."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from app.core.problems import Problem
from app.detect.detector import LearningDetector
from app.detect.stream import judge_lines
from app.stores.paths import resources


def judge(folder: Path | None, lines: Iterable[str]) -> Iterator[dict[str, object] | Problem]:
    """Yield the verdict of each line; a profile's corrections, names and threshold count where its folder is given."""
    detector = LearningDetector(resources())
    if folder is None:
        yield from judge_lines(lines, detector)
        return
    from app.bootstrap.stores import open_stores  # noqa: PLC0415  start-up time: not needed without a profile
    from app.listen.teach import lesson_of, teach  # noqa: PLC0415

    stores = open_stores(folder)
    if isinstance(stores, Problem):
        yield stores
        return
    try:
        preferences, watches = stores.shop.preferences(), stores.shop.watches()
        corrections = stores.archive.desk().corrections()
    finally:
        stores.close()
    yield from stores.problems
    teach(detector, lesson_of(corrections, preferences, watches))
    yield from judge_lines(lines, detector, preferences.ring_at)
