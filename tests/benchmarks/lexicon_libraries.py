"""VADER and TextBlob as detectors of complaints in English: the worse the feeling, the more of a complaint."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from textblob import TextBlob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from training.measures import area, cut_at
from training.sets import Row


@dataclass(frozen=True)
class Library:
    """A judge of feeling: `feel` gives -1 (bad) to 1 (good), and texts of at most `bad` count as complaints."""

    name: str
    feel: Callable[[str], float]
    bad: float


def libraries() -> list[Library]:
    """Return both, with the thresholds their makers name."""
    vader = SentimentIntensityAnalyzer()
    return [
        Library("VADER", lambda text: vader.polarity_scores(text)["compound"], -0.05),
        Library("TextBlob", lambda text: TextBlob(text).sentiment.polarity, -1e-9),
    ]


@dataclass(frozen=True)
class Felt:
    """What a library made of a set: badness of each text (1 is worst), and microseconds of CPU each took."""

    badness: np.ndarray
    spent: np.ndarray


def feel(library: Library, rows: Sequence[Row]) -> Felt:
    """Let a library judge rows."""
    badness, spent = [], []
    for row in rows:
        started = time.thread_time_ns()
        badness.append(-library.feel(row.text))
        spent.append((time.thread_time_ns() - started) / 1e3)
    return Felt(np.array(badness), np.array(spent))


HEAD = f"{'set':<18}{'detector':<14}{'AUC':>7}{'prec.':>7}{'recall':>7}{'F1':>7}{'macroF1':>8}{'false alarms':>14}{'us a text':>11}"


def line(name: str, detector: str, scores: np.ndarray, right: np.ndarray, at: float, spent: np.ndarray) -> str:
    """Return a line under `HEAD`; `spent` is in microseconds."""
    cut = cut_at(scores, right, at)
    if not right.any():
        return f"{name:<18}{detector:<14}{'':>36}{cut.false_alarms:>14.1%}{statistics.median(spent):>11.0f}"
    return (
        f"{name:<18}{detector:<14}{area(scores, right):>7.3f}{cut.precision:>7.3f}{cut.recall:>7.3f}{cut.f1:>7.3f}"
        f"{cut.macro_f1:>8.3f}{cut.false_alarms:>14.1%}{statistics.median(spent):>11.0f}"
    )
