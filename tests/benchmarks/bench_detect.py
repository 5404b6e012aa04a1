"""The detector measured: time a text, and how well it judges labelled sets where a folder of them is given.

COUNTERBELL_LABELLED names a folder of gzip JSON-lines files with «text», «lang», «label» (complaint or other) and «kind»;
«non» sets hold no complaint. Without it only the time is measured. Run with `-m benchmark -s`.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from detect.own_sentences import SENTENCES

from app.detect.lexicon import LexiconDetector

RESOURCES = Path(__file__).parents[2] / "resources"
LABELLED = os.environ.get("COUNTERBELL_LABELLED", "")

Judged = list[tuple[float, bool]]


@pytest.mark.benchmark
def test_time_a_text() -> None:
    detector = LexiconDetector(RESOURCES)
    started = time.thread_time()
    detector.warm()
    print(f"\nload {1e3 * (time.thread_time() - started):.1f} ms CPU")
    texts = [text for _, text, _ in SENTENCES]
    longer = [
        " ".join(random.Random(seed).sample([text for mine, text, _ in SENTENCES if mine == language], 45))[:2000]
        for language in ("pl", "ru", "en")
        for seed in range(100)
    ]
    for name, chosen in (("short", texts * 3), ("2,000 characters", longer)):
        cold = _microseconds(LexiconDetector(RESOURCES), chosen[: len(texts)])
        _microseconds(detector, chosen)
        warm = _microseconds(detector, chosen)
        each = [spent / len(text) * 100 for spent, text in zip(warm, chosen, strict=True)]
        print(
            f"{name}: {len(chosen)} texts, median {statistics.median(warm):.0f} us a text warm, "
            f"{statistics.median(cold[1:]):.0f} us cold, {statistics.median(each):.0f} us per 100 characters warm"
        )
        assert statistics.median(warm) < 3_000


def _microseconds(detector: LexiconDetector, texts: list[str]) -> list[float]:
    spent = []
    for text in texts:
        started = time.thread_time_ns()
        detector.judge(text)
        spent.append((time.thread_time_ns() - started) / 1e3)
    return spent


@pytest.mark.benchmark
@pytest.mark.timeout(600)
@pytest.mark.skipif(not LABELLED, reason="COUNTERBELL_LABELLED names no folder of labelled sets")
def test_quality_on_labelled_sets() -> None:
    detector = LexiconDetector(RESOURCES)
    pooled: dict[str, Judged] = defaultdict(list)
    areas: list[float] = []
    for path in sorted(Path(LABELLED).glob("*.jsonl.gz")):
        judged: Judged = []
        languages, kinds = set(), set()
        for row in _rows(path):
            judged.append((detector.judge(row["text"]).score, row["label"] == "complaint"))
            languages.add(row["lang"])
            kinds.add(row["kind"])
        print(_line(f"{path.name.split('.')[0]} ({','.join(sorted(languages))}, {','.join(sorted(kinds))})", judged))
        language = "news" if kinds == {"non"} else languages.pop()
        pooled[language] += judged
        if any(label for _, label in judged) and not kinds & {"non", "sentiment"} and len(judged) > 1000:
            areas.append(_area(judged))
    for name, judged in sorted(pooled.items()):
        print(_line(f"pooled {name}", judged))
    print(f"mean AUC of {len(areas)} sets: {statistics.fmean(areas):.3f}")
    assert statistics.fmean(areas) > 0.718


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _line(name: str, judged: Judged) -> str:
    complaints = sum(label for _, label in judged)
    rung = [label for score, label in judged if score >= 0.5]
    false = (len(rung) - sum(rung)) / max(1, len(judged) - complaints)
    if not complaints:
        return f"{name}: {len(judged)} texts, false alarms {false:.2%}"
    precision, recall = sum(rung) / max(1, len(rung)), sum(rung) / complaints
    return (
        f"{name}: {len(judged)} texts, {complaints} complaints, AUC {_area(judged):.3f}, "
        f"precision {precision:.2f}, recall {recall:.2f}, false alarms {false:.2%}"
    )


def _area(judged: Judged) -> float:
    """Return the area under the ROC curve: how often a complaint scores above another text, ties counting half."""
    ranks: dict[float, list[int]] = defaultdict(lambda: [0, 0])
    for score, label in judged:
        ranks[score][label] += 1
    below, won = 0, 0.0
    for _, (others, complaints) in sorted(ranks.items()):
        won += complaints * (below + others / 2)
        below += others
    complaints_in_all = sum(label for _, label in judged)
    return won / (complaints_in_all * (len(judged) - complaints_in_all))
