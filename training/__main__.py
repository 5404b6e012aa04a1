"""`make train`: fits the weights that ship and writes them. Same texts, same sets, same seedless arithmetic, same bytes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.core.verdict import Cause, Kind, Severity
from app.detect.balance import Balance
from app.detect.detector import KINDS, TRAITS
from app.detect.lexicon import LANGUAGES
from app.detect.weights import ZERO, Table, pack
from training.features import CONCEPT, HASHED, Example, Reader, Space, given, style_among, usual_rows
from training.fit import Bools, Fitted, Floats, fit, fit_line
from training.labelled import Labelled, labelled, own_items, set_items
from training.sets import SHIPPABLE, folder_from_environment, read_set
from training.spelling import write_spelling
from training.texts import Text, part, read_texts
from training.wording import wording_of

ROOT = Path(__file__).parents[1]
DETECT = ROOT / "resources" / "detect"
WEIGHTS = DETECT / "weights.bin"

BITS = 18
TRAIT_BITS = 17
"""Rows of the two tables, as powers of two."""

PRIOR = 1.0
"""How far the lexicon's log-odds are believed in fitting; what is fitted is only what it does not know."""

BALANCE = Balance(
    learnt=0.65,
    post_lexicon=1.6,
    post_learnt=0.3,
    praise=0.1,
    unspoken=0.3,
    strange=5.0,
    named=4.0,
    excused=0.7,
    reported=1.0,
    length=0.45,
    bare=5.0,
)
"""What counts how much in judging: what was learnt from our own texts suits reviews and letters better than posts."""

PENALTY = 0.7
TRAIT_PENALTY = 0.5
ROUNDS = 110
SEVERE = 1.0
"""Log-odds for the severity that the lexicon's worst word has."""

SET_SHARES = {"wccrs_hotels": 0.5, "wccrs_medicine": 0.5, "uci_sentences": 1.6, "usnewshealth": 0.8}
"""What a text of a public set counts: they are many and of one trade each."""

LEAN = {"": 0.0, "en": -0.2, "pl": -2.6, "ru": -0.45}
"""Log-odds by which the bell takes a complaint for surer than its score says: so that in each language from
`core.bands.RING_AT` on six of ten complaints among our own texts set aside ring, nine of ten rings are right, and of a
thousand news less than five ring."""

WORDING = {"": 0.0, "en": 1.5, "pl": 7.0, "ru": 1.5}
"""What the wording of a text counts besides for the bell (app/detect/wording.py): most in Polish, where link portals
write as customers do."""

FOLDS = 4
"""Parts of our own texts that are each judged by weights fitted on the others, to calibrate by."""

_IN_A_BYTE = 0.9995
"""The share of weights that one byte each must hold; rows with larger ones are written out."""


def main() -> int:
    """Fit, write, and say what was reached on the folds."""
    texts = [text for text in read_texts() if not text.aside]
    reader = Reader(ROOT / "resources")
    folder = folder_from_environment()
    own = own_items(texts, reader)
    data = labelled(own, *(set_items(read_set(folder, name), reader, SET_SHARES[name]) for name in SHIPPABLE))
    print(f"{len(texts)} own texts, {len(data.examples) - len(texts)} of public sets", flush=True)
    space, fitted = fit_kinds(data)
    usual, wording = usual_of(data), wording_of(data)
    calibration = _calibration(texts, data)
    complaints = [number for number, text in enumerate(texts) if text.kind is Kind.COMPLAINT]
    trait_space, traits = fit_traits([texts[n] for n in complaints], [own[n][0] for n in complaints])
    data_bytes = packed(space, fitted, trait_space, traits, calibration, usual, wording)
    WEIGHTS.write_bytes(data_bytes)
    print(f"{WEIGHTS.relative_to(ROOT)}: {len(data_bytes):,} bytes; calibration {calibration}")
    print(f"spelling: {write_spelling(DETECT / 'spelling', texts):,} bytes")
    return 0


def fit_kinds(data: Labelled, rounds: int = ROUNDS) -> tuple[Space, Fitted]:
    """Return the weights of the kinds."""
    space = Space(data.examples, bits=BITS)
    stands = given(data.examples, PRIOR, len(KINDS))
    return space, fit(space.matrix(data.examples), data.possible, data.shares, stands, penalty=PENALTY, rounds=rounds)


def fit_traits(texts: Sequence[Text], examples: Sequence[Example], rounds: int = ROUNDS) -> tuple[Space, Fitted]:
    """Return the weights of causes and severities, side by side; complaints only."""
    space = Space(examples, bits=TRAIT_BITS)
    matrix = space.matrix(examples)
    shares = np.ones(len(texts))
    causes = np.array([[text.cause is cause for cause in Cause] for text in texts])
    severities = np.array([[text.severity == int(severity) for severity in Severity] for text in texts])
    lexicon = np.array([[SEVERE * (example.severity is severity) for severity in Severity] for example in examples])
    one = fit(matrix, causes, shares, np.zeros(causes.shape), penalty=TRAIT_PENALTY, rounds=rounds)
    two = fit(matrix, severities, shares, lexicon, penalty=TRAIT_PENALTY, rounds=rounds)
    return space, Fitted(np.hstack([one.weights, two.weights]), np.concatenate([one.bias, two.bias]))


def usual_of(data: Labelled) -> Bools:
    """Return which rows are those of words that complaints use."""
    return usual_rows(data.examples, np.asarray(data.possible[:, 0] & (data.possible.sum(1) == 1), dtype=np.bool_))


def score_odds(space: Space, fitted: Fitted, usual: Bools, examples: Sequence[Example]) -> Floats:
    """Return the log-odds of a complaint before calibration."""
    odds = space.matrix(examples) @ fitted.weights + fitted.bias + given(examples, 0.0, len(KINDS))
    styles = [style_among(example, usual) for example in examples]
    return np.array(
        [BALANCE.odds(example.odds, kinds, style) for example, kinds, style in zip(examples, odds, styles, strict=True)]
    )


def packed(
    space: Space,
    fitted: Fitted,
    trait_space: Space,
    traits: Fitted,
    calibration: dict[str, tuple[float, float]],
    usual: Bools,
    wording: bytes,
) -> bytes:
    """Return the bytes of the weights file."""
    header = {
        "bias": _rounded(fitted.bias),
        "concepts": _concepts(space, fitted),
        "trait_bias": _rounded(traits.bias),
        "trait_concepts": _concepts(trait_space, traits),
        "balance": BALANCE.as_header(),
        "severe": SEVERE,
        "lean": LEAN,
        "wording": WORDING,
        "calibration": {language: _rounded(np.array(line)) for language, line in calibration.items()},
    }
    return pack(
        header,
        _table(space, fitted, tuple(kind.value for kind in KINDS)),
        _table(trait_space, traits, TRAITS),
        np.packbits(usual, bitorder="little").tobytes(),
        wording,
    )


def _concepts(space: Space, fitted: Fitted) -> dict[str, list[float]]:
    rows = len(space.rows)
    return {name: _rounded(CONCEPT * fitted.weights[rows + number]) for number, name in enumerate(space.concepts)}


def _table(space: Space, fitted: Fitted, columns: tuple[str, ...]) -> Table:
    weights = HASHED * fitted.weights[: len(space.rows)]
    scale = float(np.quantile(np.abs(weights), _IN_A_BYTE)) / (255 - ZERO)
    steps = np.rint(weights / scale).astype(np.int64)
    whole = np.full((1 << space.bits, len(columns)), ZERO, dtype=np.uint8)
    whole[space.rows] = np.clip(steps + ZERO, 0, 255).astype(np.uint8)
    beyond = np.flatnonzero((np.abs(steps) >= ZERO).any(1))
    heavy = {int(space.rows[place]): tuple(int(step) for step in steps[place]) for place in beyond}
    return Table(columns, whole.tobytes(), scale, heavy)


def _rounded(values: Floats) -> list[float]:
    return [round(float(value), 4) for value in values]


def _calibration(texts: Sequence[Text], data: Labelled) -> dict[str, tuple[float, float]]:
    """Return slope and shift for each language, from our own texts judged by weights that never saw them."""
    fold = np.array([part(f"{text.block} fold", FOLDS) for text in texts] + [-1] * (len(data.examples) - len(texts)))
    odds = np.zeros(len(texts))
    for number in range(FOLDS):
        others = data.part(fold != number)
        space, fitted = fit_kinds(others, rounds=ROUNDS * 2 // 3)
        left = data.part(fold == number)
        odds[fold[: len(texts)] == number] = score_odds(space, fitted, usual_of(others), left.examples)
        print(f"fold {number + 1} of {FOLDS}", flush=True)
    right = np.array([text.kind is Kind.COMPLAINT for text in texts])
    shares = np.ones(len(texts))
    found = {"": fit_line(odds, right, shares)}
    for language in LANGUAGES:
        mine = np.array([text.language == language for text in texts])
        found[language] = fit_line(odds[mine], right[mine], shares[mine])
    return found


if __name__ == "__main__":
    sys.exit(__doc__ if sys.argv[1:] else main())  # «--help» must not write weights
