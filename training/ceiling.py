"""`make ceiling`: what the same model reaches when trained on everything. Nothing trained here ships.

Three figures: mean AUC over the ten two-class sets where nine tenths of each set train and one judges (the sets are
seven tenths of all labelled rows, the rest is kept aside: so 63 in 100 train); the same with seven tenths and three (49
in 100); and complaints19 in ten folds, alone and with the data that ships beside it. All through the same fit
and features as those that ship, and besides with how a text is written (`MARKS`) as features of their own: where texts
like those to be judged are trained on, that tells something; learnt from our own texts it would tell who wrote them.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack

from app.detect.balance import log_sum
from app.detect.detector import KINDS
from app.detect.hashed import BITS
from app.detect.lexicon import LANGUAGES
from training.features import Example, Reader, Space, given
from training.fit import Bools, Fitted, Floats, fit
from training.judging import RESOURCES, fold_of, judges
from training.labelled import Item, Labelled, labelled, own_items, set_items
from training.measures import area, cut_at
from training.sets import NEWS, SHIPPABLE, TWO_CLASS, Row, folder_from_environment, read_set
from training.texts import read_texts

GOLD = "complaints19"
"""The only set labelled for complaints; source nought, to which probabilities are fitted."""

SETS = (GOLD, *(name for name in (*TWO_CLASS, *NEWS, "ceneo", "ru_restaurants") if name != GOLD))
"""Everything but the sets labelled for feeling."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """`penalty` holds weights back; `prior` is how far the lexicon is believed in fitting and in judging."""

    penalty: float
    prior: float
    rounds: int = 200


RECIPE = Recipe(penalty=3.0, prior=1.0)
ALONE = Recipe(penalty=1.5, prior=0.5)
"""How everything is fitted, and how complaints19 alone is."""

OWN = 0.3
"""What our own texts count against those of the sets."""

FOLDS = 10

SOURCE = 3.0
"""How freely a source takes log-odds of its own."""

GUESSED = ("", *LANGUAGES)
"""What a text may be guessed to be in: «» where nothing tells."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything labelled, read once: rows of each set with their items, and our own texts."""

    rows: dict[str, list[Row]]
    items: dict[str, list[Item]]
    own: list[Item]


Judge = Callable[[Sequence[Item]], Floats]
"""Gives the log-odds of a complaint for items."""


def main() -> int:
    """Print the figures."""
    started = time.monotonic()
    shelf = read_shelf(folder_from_environment())
    _say(f"{len(shelf.own)} own texts, {sum(map(len, shelf.rows.values()))} of public sets", started)
    for name, aside in (("9/10 train, 1/10 judge", _tenth), ("7/10 train, 3/10 judge", judges)):
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
    judge = fitted(labelled(*parts), RECIPE, sources)
    return {name: area(*_judged(shelf, name, aside, judge)) for name in TWO_CLASS}


def _judged(shelf: Shelf, name: str, aside: Callable[[str], bool], judge: Judge) -> tuple[Floats, Bools]:
    taken = [(row, item) for row, item in zip(shelf.rows[name], shelf.items[name], strict=True) if aside(row.text)]
    return judge([item for _, item in taken]), np.array([row.complaint for row, _ in taken], dtype=np.bool_)


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
    odds = np.zeros(len(rows))
    for fold in range(FOLDS):
        here = folds == fold
        mine = [item for item, left in zip(gold, here, strict=True) if not left]
        judge = fitted(labelled(mine, added), RECIPE if beside else ALONE, [0] * len(mine) + sources)
        odds[here] = judge([item for item, left in zip(items, here, strict=True) if left])
    return 1.0 / (1.0 + np.exp(-odds)), right


def fitted(data: Labelled, recipe: Recipe, sources: Sequence[int]) -> Judge:
    """Return what judges by weights fitted to `data`.

    `sources` numbers where each example is from: in fitting each source but nought has log-odds of its own for being a
    complaint, so that no word has to stand for them; all are judged as if they were of source nought.
    """
    space = Space(data.examples, bits=BITS)
    stands = given(data.examples, recipe.prior, len(KINDS))
    features = hstack([space.matrix(data.examples), marks_of(data.examples), _source_columns(sources)]).tocsr()
    found = fit(features, data.possible, data.shares, stands, penalty=recipe.penalty, rounds=recipe.rounds)
    known = Fitted(found.weights[: space.size + len(MARKS) * len(GUESSED)], found.bias)

    def judge(items: Sequence[Item]) -> Floats:
        examples = [example for example, _, _ in items]
        features = hstack([space.matrix(examples), marks_of(examples)]).tocsr()
        odds = np.asarray(features @ known.weights + known.bias + given(examples, recipe.prior, len(KINDS)))
        return np.array([kinds[0] - log_sum(kinds[1:]) for kinds in odds.tolist()])

    return judge


MARKS: tuple[Callable[[Example], float], ...] = (
    lambda example: 3.0 * example.style.named,
    lambda example: float(example.style.post),
    lambda example: float(example.style.spoken),
    lambda example: float(example.style.reported),
    lambda example: log(max(1, example.style.words)) / 2,
    lambda example: float(example.exclaims > 0),
    lambda example: float(example.asks > 0),
    lambda example: float(example.links > 0),
)
"""How a text is written; each has a weight for each language."""


def marks_of(examples: Sequence[Example]) -> csr_matrix:
    """Return a row for each example: its marks, in the columns of its language."""
    found = np.zeros((len(examples), len(MARKS) * len(GUESSED)))
    for number, example in enumerate(examples):
        start = len(MARKS) * GUESSED.index(example.language)
        found[number, start : start + len(MARKS)] = [mark(example) for mark in MARKS]
    return csr_matrix(found)


def _source_columns(sources: Sequence[int]) -> csr_matrix:
    numbers = np.array(sources)
    rows = np.flatnonzero(numbers)
    values = np.full(len(rows), SOURCE)
    return csr_matrix((values, (rows, numbers[rows] - 1)), shape=(len(numbers), max(1, int(numbers.max()))))


def _tenth(text: str) -> bool:
    return fold_of(text, FOLDS) == 0


def _say(line: str, started: float) -> None:
    print(f"{line}  [{time.monotonic() - started:.0f} s]", flush=True)


if __name__ == "__main__":
    sys.exit(main())
