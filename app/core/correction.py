"""A correction: the owner says what a text is, and the detector on this laptop learns from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST = 2_000
"""Corrections that are kept and learnt from; the oldest go."""

LONGEST_TAUGHT = 10_000
"""Characters of a text that are kept with its correction."""


class Label(StrEnum):
    """What the owner says."""

    COMPLAINT = "complaint"
    NOT_COMPLAINT = "not_complaint"
    NOT_US = "not_us"


@dataclass(frozen=True, slots=True)
class Correction:
    """`title`, `text`, `stars` and `language` are those of the mention as it was judged; `at` is Unix seconds.

    `score` is the level (see `Verdict.level`) that the shipped weights alone gave it, None where that is not known.
    `id` is 0 until it is kept. `mention_id` is None where the text was imported or its mention is gone; `author` is the
    identity key of who wrote it, by which forgetting a person finds it. `own` is whether it was said in one of the shop's
    own channels.
    """

    id: int
    label: Label
    text: str
    at: float
    title: str = ""
    stars: float | None = None
    language: str = ""
    score: float | None = None
    mention_id: int | None = None
    author: str = ""
    own: bool = False
