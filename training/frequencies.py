"""How frequent words are in a language at large: `frequencies/<language>.txt`, taken from wordfreq.

`python -m training.frequencies` writes them anew where wordfreq 3.1.1 is installed, which nothing else here needs:
its figures are of 2021 and will not change any more. frequencies/README.md tells the licence.
"""

from __future__ import annotations

import importlib
import sys
from collections import defaultdict
from collections.abc import Mapping
from math import log10
from pathlib import Path

from app.detect.lexicon import LANGUAGES

FOLDER = Path(__file__).parent / "frequencies"

LEAST = 3e-6
"""Share of all words from which on a word is listed: rarer ones tell nothing about a hundred thousand words of complaints."""

_BILLION = 9
"""Frequencies stand on the Zipf scale: the decimal logarithm of how often a word is met among a billion."""


def read_frequencies(language: str) -> dict[str, float]:
    """Return the share of each listed word among all words, both in lower case."""
    found: dict[str, float] = {}
    for line in (FOLDER / f"{language}.txt").read_text("utf-8").splitlines():
        zipf, *words = line.split()
        found.update(dict.fromkeys(words, 10.0 ** (float(zipf) - _BILLION)))
    return found


def as_lines(shares: Mapping[str, float]) -> list[str]:
    """Return the lines of a file: a frequency and all words that have it, the most frequent first."""
    groups: dict[float, list[str]] = defaultdict(list)
    for word, share in shares.items():
        if share >= LEAST and word.isalpha():
            groups[round(log10(share) + _BILLION, 2)].append(word)
    return [f"{zipf:.2f} {' '.join(sorted(words))}" for zipf, words in sorted(groups.items(), reverse=True)]


def main() -> int:
    """Write the files."""
    wordfreq = importlib.import_module("wordfreq")
    for language in LANGUAGES:
        lines = as_lines(wordfreq.get_frequency_dict(language))
        (FOLDER / f"{language}.txt").write_text("\n".join(lines) + "\n", "utf-8")
        print(f"{language}: {sum(len(line.split()) - 1 for line in lines)} words")
    return 0


if __name__ == "__main__":
    sys.exit(main())
