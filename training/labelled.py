"""Texts ready to be fitted: their features, the kinds each may be of, and what each counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from app.core.verdict import Kind
from app.detect.detector import KINDS
from training.features import Example, Reader
from training.fit import Bools, Floats
from training.sets import Row
from training.texts import Text

TRAPS = 0.2
"""What a text counts that was written to mislead (files a-*, b-*, g-*); ordinary ones count 1."""

TURNS = 0.5
"""What a text of a rare turn counts (files o-*): at 1 headlines are taken for complaints, at a fifth they teach little."""

BRIEF = 2.0
"""What a short everyday line counts (files m-*): there are few of them, and they are what a shop's own channels bring."""

Item = tuple[Example, list[bool], float]
"""An example, the kinds it may be of, and what it counts."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """Examples with the kinds each may be of, and what each counts."""

    examples: list[Example]
    possible: Bools
    shares: Floats

    def part(self, chosen: Bools) -> Labelled:
        """Return the chosen ones."""
        kept = [example for example, keep in zip(self.examples, chosen, strict=True) if keep]
        return Labelled(kept, self.possible[chosen], self.shares[chosen])


def own_items(texts: Iterable[Text], reader: Reader, share: float = 1.0) -> list[Item]:
    """Return our own texts, each with what one of its sort counts, times `share`."""
    return [
        (
            reader.read(text.text, text.title, text.stars),
            [text.kind is kind for kind in KINDS],
            share * _counts(text),
        )
        for text in texts
    ]


def _counts(text: Text) -> float:
    if text.is_trap:
        return TRAPS
    if text.is_turn:
        return TURNS
    return BRIEF if text.is_brief else 1.0


def set_items(rows: Iterable[Row], reader: Reader, share: float) -> list[Item]:
    """Return rows of a public set."""
    return [(reader.read(row.text), possible_kinds(row), share) for row in rows]


def possible_kinds(row: Row) -> list[bool]:
    """Return which kinds a text of a public set may be of."""
    if row.complaint:
        return [kind is Kind.COMPLAINT for kind in KINDS]
    if row.sentiment == "positive":
        return [kind is Kind.PRAISE for kind in KINDS]
    others = {Kind.COMPLAINT, Kind.PRAISE} if row.sentiment == "neutral" else {Kind.COMPLAINT}
    return [kind not in others for kind in KINDS]


def labelled(*parts: Sequence[Item]) -> Labelled:
    """Return all of these as one."""
    items = list(chain.from_iterable(parts))
    return Labelled(
        [example for example, _, _ in items],
        np.array([possible for _, possible, _ in items]),
        np.array([share for _, _, share in items]),
    )
