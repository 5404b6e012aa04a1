"""Tables of how our own texts set aside were judged: five verdicts, ring band, severity, cause, traps and kinds of texts."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from benchmarks.detect_figures import BAND_HEAD, HEAD, Judged, band_lines, set_line

from app.core.bands import RING_AT
from app.core.verdict import Kind, Verdict
from app.detect.detector import KINDS
from training.measures import cut_at, f1_of_each, share_equal
from training.texts import Text

SARCASM = "sarcasm"
_FEWEST = 10
"""Texts with a tag that are worth a line."""


@dataclass(frozen=True)
class Own:
    """Our own texts of one language (or «all») with what was made of them."""

    language: str
    pairs: Sequence[tuple[Text, Verdict]]

    @property
    def judged(self) -> Judged:
        """The complaints and the rest."""
        return Judged(
            "own, aside",
            self.language,
            np.array([verdict.score for _, verdict in self.pairs]),
            np.array([verdict.level for _, verdict in self.pairs]),
            np.array([text.kind is Kind.COMPLAINT for text, _ in self.pairs]),
        )

    def part(self, *, trap: bool | None = None, sarcasm: bool | None = None) -> Own:
        """Return those that were written to mislead or not, with or without sarcasm; None takes both."""
        kept = [
            (text, verdict)
            for text, verdict in self.pairs
            if trap in {None, text.is_trap} and sarcasm in {None, SARCASM in text.tags}
        ]
        return Own(self.language, kept)


def f1_of_kinds(own: Own) -> list[float]:
    """Return the F1 of each of `KINDS`."""
    return f1_of_each([verdict.kind for _, verdict in own.pairs], [text.kind for text, _ in own.pairs], KINDS)


def share_right(own: Own, *, kinds: bool) -> float:
    """Return the share judged right: the very kind, or only whether it is a complaint."""
    found = [verdict.kind if kinds else verdict.kind is Kind.COMPLAINT for _, verdict in own.pairs]
    return share_equal(found, [text.kind if kinds else text.kind is Kind.COMPLAINT for text, _ in own.pairs])


def traits_right(own: Own) -> tuple[float, float, float, int]:
    """Return of the complaints heard as such: severity right, not more than one off, cause right; and how many."""
    heard = [(t, v) for t, v in own.pairs if t.kind is Kind.COMPLAINT and v.kind is Kind.COMPLAINT]
    exact = share_equal([int(v.severity) for _, v in heard], [t.severity for t, _ in heard])
    near = share_equal([abs(int(v.severity) - (t.severity or 0)) <= 1 for t, v in heard], [True] * len(heard))
    return exact, near, share_equal([v.cause for _, v in heard], [t.cause for t, _ in heard]), len(heard)


_KIND_HEAD = (
    f"{'':<6}{'texts':>6}{'macro-F1':>10}"
    + "".join(f"{kind.value:>11}" for kind in KINDS)
    + f"   ring (from {RING_AT}): prec.  recall"
)
_TRAIT_HEAD = f"{'':<6}{'heard':>6}{'severity right':>16}{'one off at most':>17}{'cause right':>13}"
_BRIEF_HEAD = f"{'':<6}{'brief, harmless':>17}{'of them rings':>15}{'brief complaints':>18}{'of them rings':>15}"
_TRAP_HEAD = (
    f"{'':<6}{'traps':>6}{'complaint or not':>18}{'of five':>9}   sarcasm{'complaint or not':>18}{'of five':>9}"
    f"   plain{'complaint or not':>18}{'of five':>9}"
)


def _kind_line(own: Own) -> str:
    each = f1_of_kinds(own)
    ring = cut_at(own.judged.levels, own.judged.right, RING_AT)
    return (
        f"{own.language:<6}{len(own.pairs):>6}{statistics.fmean(each):>10.3f}"
        + "".join(f"{value:>11.3f}" for value in each)
        + f"{ring.precision:>25.3f}{ring.recall:>8.3f}"
    )


def _trait_line(own: Own) -> str:
    exact, near, cause, count = traits_right(own)
    return f"{own.language:<6}{count:>6}{exact:>16.3f}{near:>17.3f}{cause:>13.3f}"


def _brief_line(own: Own) -> str:
    cells = [own.language.ljust(6)]
    for is_complaint, width in ((False, 17), (True, 18)):
        rings = [v.level >= RING_AT for t, v in own.pairs if t.is_brief and (t.kind is Kind.COMPLAINT) == is_complaint]
        cells.append(f"{len(rings):>{width}}" + (f"{statistics.fmean(rings):>15.3f}" if rings else f"{'-':>15}"))
    return "".join(cells)


def _trap_line(own: Own) -> str:
    cells = [own.part(trap=True, sarcasm=False), own.part(sarcasm=True), own.part(trap=False, sarcasm=False)]
    return own.language.ljust(6) + "".join(
        f"{len(cell.pairs):>{width}}{share_right(cell, kinds=False):>18.3f}{share_right(cell, kinds=True):>9.3f}"
        for cell, width in zip(cells, (6, 10, 8), strict=True)
    )


def tag_lines(own: Own) -> list[str]:
    """Return for each common tag: texts, the share right as complaint or not, and of five."""
    tags = sorted({tag for text, _ in own.pairs for tag in text.tags if "=" not in tag})
    lines = []
    for tag in tags:
        mine = Own(own.language, [(text, verdict) for text, verdict in own.pairs if tag in text.tags])
        if len(mine.pairs) >= _FEWEST:
            count, two, five = len(mine.pairs), share_right(mine, kinds=False), share_right(mine, kinds=True)
            lines.append(f"{tag:<12}{count:>6}{two:>18.3f}{five:>9.3f}")
    return lines


def tables(parts: Sequence[Own]) -> list[str]:
    """Return all tables; the last of `parts` holds the texts of all languages."""
    lines = ["F1 of each verdict", _KIND_HEAD, *map(_kind_line, parts), ""]
    lines += [HEAD, *(set_line(own.judged) for own in parts), "", BAND_HEAD]
    for own in parts:
        lines += band_lines(own.judged)
    lines += ["", "Short everyday lines, as a shop's own channels bring them", _BRIEF_HEAD, *map(_brief_line, parts)]
    lines += ["", _TRAIT_HEAD, *map(_trait_line, parts), "", _TRAP_HEAD, *map(_trap_line, parts), ""]
    return [*lines, f"{'tag':<12}{'texts':>6}{'complaint or not':>18}{'of five':>9}", *tag_lines(parts[-1])]
