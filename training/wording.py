"""How much more frequent each word is in complaints than in its language at large: a byte for each row of the weight table."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from app.detect.hashed import MASK, key_of, row_of
from app.detect.lexicon import LANGUAGES
from app.detect.tokens import token_of
from app.detect.wording import EVEN, STEPS
from training.features import Example
from training.fit import Floats
from training.frequencies import read_frequencies
from training.labelled import Labelled

DOUBT = 0.25
"""Complaints that every word is taken to stand in besides, and to be expected in."""

MOST = 3.0
"""The furthest that a word counts as more or less frequent, as a natural logarithm."""


def wording_of(data: Labelled) -> bytes:
    """Return how much more frequent words are in the complaints of `data`, each counted by its share; see app/detect/wording.py."""
    met = np.zeros(MASK + 1)
    words: dict[str, float] = defaultdict(float)
    complaints = data.possible[:, 0] & (data.possible.sum(1) == 1)
    for example, share, complaint in zip(data.examples, data.shares, complaints, strict=True):
        if complaint:
            rows = _rows(example)
            met[rows] += share
            words[example.language] += share * len(rows)
    expected = np.zeros(MASK + 1)
    for language in LANGUAGES:
        if words[language]:
            expected += words[language] * _shares(language)
    logarithms = np.clip(np.log((met + DOUBT) / (expected + DOUBT)), -MOST, MOST)
    return bytes((np.rint(STEPS * logarithms).astype(np.int64) + EVEN).tolist())


def _rows(example: Example) -> list[int]:
    return sorted(set(example.groups[0]))


def _shares(language: str) -> Floats:
    """Return the share of each row's words among all words of a language."""
    found = np.zeros(MASK + 1)
    for word, share in read_frequencies(language).items():
        if key := key_of(token_of(word), russian=language == "ru"):
            found[row_of(key)] += share
    return found
