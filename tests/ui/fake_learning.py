"""The learning part of the desk in memory: what the owner said of texts, and what another setting would have rung."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ui.fake_shop import NOW, Heard

from app.core.bands import FEWEST_LABELS, RING_AT, Band, band_of
from app.core.correction import Correction, Label
from app.core.problems import Problem
from app.core.views import Hits, Preview
from app.stores.atomic import put_file


class FakeLearning:
    """`known` are the corrections, oldest first; `told` is how often the bell was right. Previews asked are noted."""

    def __init__(self, desk: Any) -> None:
        self._desk = desk
        self.known: tuple[Correction, ...] = ()
        self.told = Hits(0, 0)
        self.suggested = 0.8
        self.asked: list[tuple[float, float, int]] = []
        self._last = 0

    def teach(self, mention_id: int, label: Label) -> None:
        """Keep a correction of a mention, instead of an earlier one."""
        one: Heard = self._desk.one(mention_id)
        self._last += 1
        self.known = (
            *(before for before in self.known if before.mention_id != mention_id),
            Correction(
                self._last, label, one.archived.mention.text, NOW, one.archived.mention.title, mention_id=mention_id
            ),
        )

    def corrections(self) -> tuple[Correction, ...]:
        return self.known

    def undo_last(self) -> Correction | Problem | None:
        return self.remove(self.known[-1].id) if self.known else None

    def remove(self, correction_id: int) -> Correction | Problem:
        if self._desk.problem:
            return self._desk.problem
        gone = next((one for one in self.known if one.id == correction_id), None)
        if gone is None:
            return Problem("desk.no_correction", {"id": correction_id})
        self.known = tuple(one for one in self.known if one is not gone)
        return gone

    def reset(self) -> tuple[Correction, ...] | Problem:
        gone, self.known = self.known, ()
        return gone

    def restore(self, corrections: Sequence[Correction]) -> Problem | None:
        ids = {one.id for one in corrections}
        kept = [one for one in self.known if one.id not in ids]
        self.known = tuple(sorted((*kept, *corrections), key=lambda one: (one.at, one.id)))
        return None

    def export(self) -> str:
        return "".join(
            json.dumps({"label": one.label.value, "text": one.text}, ensure_ascii=False) + "\n" for one in self.known
        )

    def save(self, path: Path) -> int | Problem:
        return put_file(path, (self.export().encode(),)) or len(self.known)

    def import_(self, text: str) -> int | Problem:
        added = []
        for number, line in enumerate(text.splitlines(), 1):
            try:
                raw = json.loads(line)
                label, words = Label(raw["label"]), raw["text"]
            except (ValueError, KeyError):
                return Problem("desk.bad_correction", {"line": number})
            if words not in {one.text for one in self.known}:
                self._last += 1
                added.append(Correction(self._last, label, words, NOW))
        self.known = (*self.known, *added)
        return len(added)

    def hits(self, limit: int = 20) -> Hits:
        return self.told

    def preview(self, ring_at: float, since: float, examples: int = 5) -> Preview:
        self.asked.append((ring_at, since, examples))
        rows: dict[Band, list[Any]] = {band: [] for band in Band}
        for one in sorted(self._desk.heard, key=lambda one: -one.archived.heard_at):
            if one.archived.heard_at >= since:
                rows[band_of(one.archived.verdict.level, ring_at)].append(self._desk.row_of(one))
        return Preview(
            {band: len(found) for band, found in rows.items()},
            {band: tuple(found[:examples]) for band, found in rows.items()},
        )

    def suggested_ring_at(self) -> float | None:
        return None if len(self.known) < FEWEST_LABELS else self.suggested

    def ring_automatically(self) -> Problem | None:
        ring_at = self.suggested_ring_at() or RING_AT
        self._desk.preferences = replace(self._desk.preferences, ring_at=ring_at, ring_at_by_owner=False)
        return self._desk.problem
