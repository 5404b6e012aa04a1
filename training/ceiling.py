"""`make ceiling`: what the same model reaches when trained on everything. Nothing trained here ships.

Three figures: mean AUC over the ten two-class sets where seven tenths of each set train and three judge; the same with
nine tenths and one; and complaints19 in ten folds, alone and with the data that ships beside it. All through the same fit,
one byte a weight, and the program's own detector.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.detect.balance import Balance
from app.detect.hashed import BITS
from training.features import Reader
from training.fit import Bools, Floats
from training.judging import (
    RESOURCES,
    Recipe,
    detector_with,
    fold_of,
    judges,
    scores_of,
    weights_of,
)
from training.labelled import Item, labelled, own_items, set_items
from training.measures import area, cut_at
from training.sets import NEWS, SHIPPABLE, TWO_CLASS, Row, folder_from_environment, read_set
from training.texts import read_texts

GOLD = "complaints19"
"""The only set labelled for complaints; source nought, to which probabilities are fitted."""

SETS = (GOLD, *(name for name in (*TWO_CLASS, *NEWS, "ceneo", "ru_restaurants") if name != GOLD))
"""Everything but the sets labelled for feeling."""

RECIPE = Recipe(penalty=3.0, prior=1.0, balance=Balance(), bits=BITS, rounds=200)
ALONE = Recipe(penalty=1.5, prior=0.5, balance=Balance(lexicon=0.5, post_lexicon=0.5), bits=BITS, rounds=200)
"""How everything is fitted, and how complaints19 alone is."""

OWN = 0.3
"""What our own texts count against those of the sets."""

FOLDS = 10


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything labelled, read once: rows of each set with their items, and our own texts."""

    rows: dict[str, list[Row]]
    items: dict[str, list[Item]]
    own: list[Item]


def main() -> int:
    """Print the figures."""
    started = time.monotonic()
    shelf = read_shelf(folder_from_environment())
    _say(f"{len(shelf.own)} own texts, {sum(map(len, shelf.rows.values()))} of public sets", started)
    for name, aside in (("7/10 train, 3/10 judge", judges), ("9/10 train, 1/10 judge", _tenth)):
        areas = areas_of(shelf, aside)
        print(f"\n{name}: mean AUC {statistics.fmean(areas.values()):.4f} (wanted 0.905)")
        _say("  ".join(f"{one} {value:.3f}" for one, value in areas.items()), started)
    for name, beside in (("alone", ()), ("with our own texts and the sets that may ship", SHIPPABLE)):
        scores, right = in_folds(shelf, beside)
        cut = cut_at(scores, right, 0.5)
        print(f"\n{GOLD} in {FOLDS} folds, {name}: macro-F1 {cut.macro_f1:.4f} (wanted 0.83)")
        _say(f"AUC {area(scores, right):.4f}, precision {cut.precision:.3f}, recall {cut.recall:.3f}", started)
    return 0


def read_shelf(folder: Path) -> Shelf:
    """Read everything."""
    reader = Reader(RESOURCES)
    rows = {name: read_set(folder, name) for name in SETS}
    items = {name: set_items(rows[name], reader, 1.0) for name in SETS}
    return Shelf(rows, items, own_items((text for text in read_texts() if not text.aside), reader, OWN))


def areas_of(shelf: Shelf, aside: Callable[[str], bool]) -> dict[str, float]:
    """Return the AUC on the rows of each two-class set that are `aside`, by weights fitted to all other rows."""
    parts, sources = [shelf.own], [len(SETS)] * len(shelf.own)
    for number, name in enumerate(SETS):
        mine = [item for row, item in zip(shelf.rows[name], shelf.items[name], strict=True) if not aside(row.text)]
        parts.append(mine)
        sources += [number] * len(mine)
    weights = weights_of(labelled(*parts), RECIPE, sources=sources)
    with detector_with(weights) as detector:
        return {
            name: area(*scores_of(detector, [row for row in shelf.rows[name] if aside(row.text)])) for name in TWO_CLASS
        }


def in_folds(shelf: Shelf, beside: Sequence[str]) -> tuple[Floats, Bools]:
    """Return the probabilities of all rows of complaints19, each by weights that did not see it, and what they are.

    Both classes count the same in fitting. With sets `beside` it, they and our own texts train in every fold.
    """
    rows, items = shelf.rows[GOLD], shelf.items[GOLD]
    folds = np.array([fold_of(row.text, FOLDS) for row in rows])
    right = np.array([row.complaint for row in rows], dtype=np.bool_)
    heavier = float((~right).sum() / right.sum())
    gold = [(ex, kinds, heavier if row.complaint else 1.0) for row, (ex, kinds, _) in zip(rows, items, strict=True)]
    added = [*shelf.own, *(item for name in beside for item in shelf.items[name])] if beside else []
    sources = (
        [1] * len(shelf.own) + [2 + n for n, name in enumerate(beside) for _ in shelf.items[name]] if beside else []
    )
    scores = np.zeros(len(rows))
    for fold in range(FOLDS):
        here = folds == fold
        mine = [item for item, left in zip(gold, here, strict=True) if not left]
        data = labelled(mine, added)
        weights = weights_of(data, RECIPE if beside else ALONE, sources=[0] * len(mine) + sources if beside else None)
        with detector_with(weights) as detector:
            scores[here], _ = scores_of(detector, [row for row, left in zip(rows, here, strict=True) if left])
    return scores, right


def _tenth(text: str) -> bool:
    return fold_of(text, FOLDS) == 0


def _say(line: str, started: float) -> None:
    print(f"{line}  [{time.monotonic() - started:.0f} s]", flush=True)


if __name__ == "__main__":
    sys.exit(main())
