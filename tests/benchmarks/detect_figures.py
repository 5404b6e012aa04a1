"""Tables of how well texts were judged: sets, languages, news, bands and a realistic stream. Pure; the bench prints them."""

from __future__ import annotations

import random
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from app.core.bands import RING_AT, digest_at
from app.detect.lexicon import LANGUAGES
from training.measures import area, calibration_error, cut_at, right_between, score_for_alarms, score_for_precision
from training.sets import NEWS, TWO_CLASS

SEED = 3

STREAM = (0.1, 0.4, 0.5)
"""Shares of a realistic stream: complaints, other mentions, news."""


@dataclass(frozen=True)
class Judged:
    """Texts of one set with their probabilities of a complaint and the levels that the bell goes by.

    `mark` follows the name, «*» for texts trained on.
    """

    name: str
    language: str
    scores: np.ndarray
    levels: np.ndarray
    right: np.ndarray
    mark: str = ""


def pooled(name: str, language: str, parts: Sequence[Judged]) -> Judged:
    """Return the texts of all parts as one set."""
    marks = "".join(sorted({part.mark for part in parts}))
    scores, levels, right = (
        np.concatenate([column(part) for part in parts])
        for column in (attrgetter("scores"), attrgetter("levels"), attrgetter("right"))
    )
    return Judged(name, language, scores, levels, right, marks)


def set_rows(sets: Mapping[str, Judged]) -> list[Judged]:
    """Return the sets with complaints, then those of each language pooled, then all two-class sets pooled."""
    two = [sets[name] for name in TWO_CLASS if name in sets]
    further = [judged for name, judged in sets.items() if name not in TWO_CLASS and name not in NEWS]
    return [*two, *further, *_by_language(two), pooled("pooled", "all", two)]


def news_rows(sets: Mapping[str, Judged]) -> list[Judged]:
    """Return the sets of news, then those of each language pooled."""
    news = [sets[name] for name in NEWS if name in sets]
    return [*news, *_by_language(news)]


def _by_language(sets: Sequence[Judged]) -> list[Judged]:
    mine = {language: [judged for judged in sets if judged.language == language] for language in LANGUAGES}
    return [pooled("pooled", language, parts) for language, parts in mine.items() if parts]


HEAD = (
    f"{'set':<22}{'':<5}{'texts':>6}{'compl.':>7}{'prec.':>7}{'recall':>7}{'F1':>6}{'macroF1':>8}{'AUC':>7}{'cal.err':>8}"
    f"{'  ring: prec.':>13}{'recall':>7}{'  score .9-1: right':>19}"
    f"{'  90% right from, recall':>25}"
)


def without_nan(line: str) -> str:
    """Return a line with a dash in place of each figure that is none."""
    return line.replace("nan%", "  - ").replace("nan", "  -")


def set_line(judged: Judged) -> str:
    """Return a set's line under `HEAD`."""
    cut, ring = cut_at(judged.scores, judged.right, 0.5), cut_at(judged.levels, judged.right, RING_AT)
    sure, share = right_between(judged.scores, judged.right, 0.9, 1.0)
    start, recall = score_for_precision(judged.scores, judged.right, 0.9)
    return without_nan(
        f"{judged.name + judged.mark:<22}{judged.language:<5}{len(judged.right):>6}{int(judged.right.sum()):>7}"
        f"{cut.precision:>7.3f}{cut.recall:>7.3f}{cut.f1:>6.3f}{cut.macro_f1:>8.3f}{area(judged.scores, judged.right):>7.3f}"
        f"{calibration_error(judged.scores, judged.right):>8.3f}{ring.precision:>13.3f}{ring.recall:>7.3f}"
        f"{share:>10.1%} of {sure:<5}{start:>13.2f}{recall:>10.3f}"
    )


NEWS_HEAD = f"{'news':<22}{'':<5}{'texts':>6}  false rings per 1,000: ring band (from {RING_AT})  from 0.5   5 of 1,000 from score"


def false_rings(judged: Judged) -> float:
    """Return how many of 1,000 texts without a complaint ring."""
    return 1000.0 * cut_at(judged.levels, judged.right, RING_AT).false_alarms


def news_line(judged: Judged) -> str:
    """Return a line under `NEWS_HEAD`."""
    rings, halves = false_rings(judged), 1000.0 * cut_at(judged.scores, judged.right, 0.5).false_alarms
    return (
        f"{judged.name + judged.mark:<22}{judged.language:<5}{len(judged.right):>6}{rings:>46.1f}{halves:>10.1f}"
        f"{score_for_alarms(judged.scores, 0.005):>25.2f}"
    )


def stream_of(sets: Mapping[str, Judged], language: str) -> Judged:
    """Return a stream as a shop may hear it: the longest with the shares of `STREAM`, drawn with a fixed seed."""
    mentions = pooled("", language, [sets[n] for n in TWO_CLASS if n in sets and sets[n].language == language])
    news = pooled("", language, [sets[n] for n in NEWS if n in sets and NEWS[n] == language])
    both = np.column_stack([mentions.scores, mentions.levels])
    pairs = [both[mentions.right], both[~mentions.right], np.column_stack([news.scores, news.levels])]
    size = min(len(part) / share for part, share in zip(pairs, STREAM, strict=True))
    drawn = random.Random(SEED)
    chosen = [drawn.sample(list(part), int(size * share)) for part, share in zip(pairs, STREAM, strict=True)]
    right = np.zeros(sum(map(len, chosen)), dtype=bool)
    right[: len(chosen[0])] = True
    marks = "".join(sorted(set(mentions.mark + news.mark)))
    scores, levels = np.concatenate(chosen).T
    return Judged("stream", language, scores, levels, right, marks)


STREAM_HEAD = (
    f"{'stream':<12}{'texts':>7}{'compl.':>7}   ring (from {RING_AT}): prec.  recall"
    f"   digest and ring (from {digest_at(RING_AT):.2f}): prec.  recall   digest alone: prec.  recall"
)


def stream_line(judged: Judged) -> str:
    """Return a line under `STREAM_HEAD`."""
    levels, right = judged.levels, judged.right
    ring, both = cut_at(levels, right, RING_AT), cut_at(levels, right, digest_at(RING_AT))
    count, share = right_between(levels, right, digest_at(RING_AT), RING_AT)
    return without_nan(
        f"{judged.language + judged.mark:<12}{len(right):>7}{int(right.sum()):>7}"
        f"{ring.precision:>25.3f}{ring.recall:>8.3f}{both.precision:>39.3f}{both.recall:>8.3f}"
        f"{share:>23.3f}{share * count / right.sum():>8.3f}"
    )


def band_lines(judged: Judged) -> list[str]:
    """Return the share of complaints among the texts of each tenth of the score."""
    cells = [right_between(judged.scores, judged.right, number / 10, (number + 1) / 10) for number in range(10)]
    return [
        without_nan(f"{judged.name} {judged.language}".ljust(18) + "".join(f"{share:>8.1%}" for _, share in cells)),
        "".ljust(18) + "".join(f"{count:>8}" for count, _ in cells),
    ]


BAND_HEAD = "complaints by score".ljust(18) + "".join(f"{f'.{number}-' if number else '0-':>8}" for number in range(10))


def mean_area(sets: Mapping[str, Judged], language: str = "") -> float:
    """Return the mean AUC over the two-class sets, or over those of one language."""
    areas = [area(sets[n].scores, sets[n].right) for n in TWO_CLASS if n in sets and language in {"", sets[n].language}]
    return statistics.fmean(areas) if areas else float("nan")


def tables(sets: Mapping[str, Judged]) -> list[str]:
    """Return all tables of these sets."""
    lines = [HEAD, *map(set_line, set_rows(sets)), f"mean AUC of the two-class sets: {mean_area(sets):.4f}", ""]
    lines += [NEWS_HEAD, *map(news_line, news_rows(sets)), "", BAND_HEAD]
    for judged in set_rows(sets):
        if judged.name == "pooled":
            lines += band_lines(judged)
    return [*lines, "", STREAM_HEAD, *(stream_line(stream_of(sets, language)) for language in LANGUAGES)]
