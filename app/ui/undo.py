"""Undo of what the owner decided: newest first, across pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.ports.desk import Desk
from app.core.problems import Problem
from app.ui.bench import Bench
from app.words import _

DEPTH = 100
"""How many decisions can be taken back."""

GONE = frozenset({"desk.no_mention", "desk.no_correction", "stores.customer_unknown"})
"""Problems with which a decision can never be taken back: what it was about is gone."""


@dataclass(frozen=True, slots=True)
class Step:
    """A decision: the sentence that told it, and how it is taken back (a Problem where that fails).

    `lesson` says what was learnt from it, if anything was; taking it back unlearns that. One that `lasts` is over then.
    `then` is called, in the GUI's thread, when it is taken back. A `slow` one is taken back beside what is typed meanwhile.
    `back` tells that it was taken back where «Taken back:» before the sentence would mislead.
    """

    sentence: str
    take_back: Callable[[Desk], object]
    shop: bool = False
    lesson: str = ""
    lasts: float = 0.0
    then: Callable[[], object] | None = None
    slow: bool = False
    back: str = ""


class Undo(QObject):
    """`offered` carries the sentence of a new decision; `undone` what was taken back, `over` what cannot be any more."""

    offered = Signal(str)
    over = Signal(str)
    undone = Signal(str)

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._steps: list[Step] = []

    @property
    def newest(self) -> Step | None:
        """The decision that `undo` would take back."""
        return self._steps[-1] if self._steps else None

    def push(
        self,
        sentence: str,
        take_back: Callable[[Desk], object],
        *,
        shop: bool = False,
        then: Callable[[], object] | None = None,
        slow: bool = False,
    ) -> Step:
        """Remember a decision, and return it; `shop` says that taking it back changes the shop file.

        `then` is called when it was taken back. A `slow` one takes seconds to take back.
        """
        return self.remember(Step(sentence, take_back, shop, then=then, slow=slow))

    def remember(self, step: Step) -> Step:
        """Remember a decision, and return it."""
        self._steps = [*self._steps[-DEPTH + 1 :], step]
        if step.lasts:
            QTimer.singleShot(round(step.lasts * 1000), self, lambda: self.end(step))
        self.offered.emit(f"{step.sentence} {step.lesson}".strip())
        return step

    def undo(self) -> None:
        """Take the newest decision back, or say that there is none."""
        if not self._steps:
            self._bench.announced.emit(_("There is nothing to undo."))
            return
        step = self._steps.pop()
        run = self._bench.ask_slowly if step.slow else self._bench.write
        run(self, step.take_back, lambda result: self._ended(step, result))

    def end(self, step: Step) -> None:
        """Offer a decision no more: its time is over, or nothing came of it."""
        if step in self._steps:
            self._steps.remove(step)
            self.over.emit(step.sentence)

    def _ended(self, step: Step, result: object) -> None:
        if isinstance(result, Problem):
            if not step.lasts and result.code not in GONE:
                self._steps.append(step)
            self._bench.announced.emit(result)
            return
        if step.then:
            step.then()
        words = _("Undone, and unlearnt: {what}") if step.lesson else _("Undone: {what}")
        self.undone.emit(step.back or words.format(what=step.sentence))
        if step.shop:
            self._bench.shop_changed.emit()
        self._bench.changed.emit()
