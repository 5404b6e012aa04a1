"""What the owner said of texts of which no words can be read: it is told of their like alone."""

from __future__ import annotations

from dataclasses import replace

from app.core.text import composed, fold
from app.core.verdict import Kind, Verdict
from app.detect.balance import probability
from app.detect.learning import AIM


def print_of(judged: str) -> str:
    """Return by what a text is known again: its words without case, marks and blanks."""
    return " ".join(fold(composed(judged)).split())


def as_told(verdict: Verdict, *, complaint: bool) -> Verdict:
    """Return the verdict on a text of which the owner said what it is."""
    score = probability(AIM if complaint else -AIM)
    if complaint:
        share = max(score, verdict.score) / verdict.score
        reasons = tuple(replace(why, weight=share * why.weight) for why in verdict.reasons)
        return replace(verdict, kind=Kind.COMPLAINT, score=share * verdict.score, reasons=reasons)
    kind = Kind.NEUTRAL if verdict.kind is Kind.COMPLAINT else verdict.kind
    return Verdict(kind, min(score, verdict.score))
