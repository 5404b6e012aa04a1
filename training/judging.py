"""Fits weights to judge by and to throw away: packed like those that ship and read by the program's own detector."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from app.core.verdict import Cause, Kind
from app.detect.balance import Balance
from app.detect.detector import KINDS, LearningDetector
from app.detect.lexicon import LANGUAGES
from app.detect.weights import pack, read_weights, unpack
from training.__main__ import (
    BALANCE,
    BITS,
    PENALTY,
    PRIOR,
    ROOT,
    ROUNDS,
    SET_SHARES,
    WEIGHTS,
    fit_traits,
    packed,
    usual_of,
)
from training.features import Reader, Space, given
from training.fit import Bools, Floats, fit
from training.labelled import Labelled, labelled, own_items, set_items
from training.sets import SHIPPABLE, Row, read_set
from training.texts import Text, part, read_texts
from training.wording import wording_of

RESOURCES = ROOT / "resources"

_PARTS = 10
_JUDGED = 3
"""Three tenths of a public set judge where the other seven were trained on."""

_UNTOUCHED = (1.0, 0.0)
_TRAITS = 200
_FEW_ROUNDS = 3
_SOMETHING = Text("en", "", "en/c/0", Kind.COMPLAINT, "", severity=0, cause=Cause.OTHER)
"""What all complaints are to be, so that a file has the traits that its form asks for."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What fitting and deciding can be told; see the constants of the same names beside the weights that ship."""

    penalty: float = PENALTY
    prior: float = PRIOR
    balance: Balance = BALANCE
    bits: int = BITS
    rounds: int = ROUNDS


def judges(text: str) -> bool:
    """Return whether a text of a public set belongs to the three tenths that judge: by its hash, the same everywhere."""
    return part(text, _PARTS) < _JUDGED


def fold_of(text: str, folds: int) -> int:
    """Return into which of so many folds a text of a public set falls."""
    return part(f"{text} fold", folds)


def weights_of(
    data: Labelled,
    recipe: Recipe,
    calibration: dict[str, tuple[float, float]] | None = None,
) -> bytes:
    """Return a weights file fitted to `data`. Its severities and causes are worth nothing.

    `calibration` has slope and shift of the log-odds for each language and for «»; None leaves log-odds as they are.
    """
    space = Space(data.examples, bits=recipe.bits)
    stands = given(data.examples, recipe.prior, len(KINDS))
    matrix = space.matrix(data.examples)
    fitted = fit(matrix, data.possible, data.shares, stands, penalty=recipe.penalty, rounds=recipe.rounds)
    some = data.examples[:_TRAITS]
    traits = fit_traits([_SOMETHING] * len(some), some, rounds=_FEW_ROUNDS)
    lines = calibration or dict.fromkeys(("", *LANGUAGES), _UNTOUCHED)
    found = unpack(packed(space, fitted, *traits, lines, usual_of(data), wording_of(data)))
    header = {**found.header, "balance": recipe.balance.as_header()}
    return pack(header, found.kinds, found.traits, found.usual, found.wording)


@contextmanager
def detector_with(weights: bytes) -> Iterator[LearningDetector]:
    """Give a detector that judges by the shipped lexicons and by these weights."""
    with TemporaryDirectory() as folder:
        detect = Path(folder) / "detect"
        detect.mkdir()
        for path in (RESOURCES / "detect").glob("*.txt"):
            shutil.copy(path, detect)
        (detect / "weights.bin").write_bytes(weights)
        yield LearningDetector(Path(folder))


def shipped_calibration() -> dict[str, tuple[float, float]] | None:
    """Return slope and shift of each language in the weights that ship; None where there are none."""
    weights = read_weights(WEIGHTS)
    lines = getattr(weights, "header", {}).get("calibration", {})
    return {language: (float(slope), float(shift)) for language, (slope, shift) in lines.items()} or None


def honest_weights(folder: Path) -> bytes:
    """Return weights fitted like those that ship, but to only seven tenths of each public set in `folder`.

    The calibration is that of the shipped weights: it comes from our own texts alone.
    """
    reader = Reader(RESOURCES)
    parts = [own_items((text for text in read_texts() if not text.aside), reader)]
    for name in SHIPPABLE:
        rows = [row for row in read_set(folder, name) if not judges(row.text)]
        parts.append(set_items(rows, reader, SET_SHARES[name]))
    return weights_of(labelled(*parts), Recipe(), shipped_calibration())


def scores_of(detector: LearningDetector, rows: Sequence[Row]) -> tuple[Floats, Bools]:
    """Return the probability of a complaint for each row, and whether it is one."""
    scores = np.array([detector.judge(row.text).score for row in rows])
    return scores, np.array([row.complaint for row in rows], dtype=np.bool_)
