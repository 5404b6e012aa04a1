"""The owner's plan for a case: folded to its first line until somebody wants all of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.playbook import CRISIS, DANGER, MANY, Plan
from app.ui import labels
from app.ui.widgets.focus_ring import EDGE, FocusRing
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import Elided, button, plain
from app.words import _


class _OnePlan(QWidget):
    """A plan under its name. Folded, a click anywhere on it unfolds it."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        name, self._first, self._why = labels.plan(plan), plan.text.splitlines()[0], ""
        if plan.situation == CRISIS:
            self._why = _("{n} or more people complained within 24 hours").format(n=MANY)
        title = self.title = plain(name, "bad" if plan.situation in {CRISIS, DANGER} else "", wrap=False)
        title.setProperty("section", "true")
        self.beginning = Elided(tone="muted")
        self.text = plain(plan.text)
        self.text.setProperty("read", "true")
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.text.setAccessibleName(f"{', '.join(filter(None, (name, self._why)))}: {plan.text}")
        self.switch = button(_("Unfold"), lambda: self.unfold(on=not self.is_unfolded))
        self.switch.setAccessibleDescription(f"{name}: {self._first}")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self.beginning, 1)
        head.addWidget(self.switch)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 6, 6, 8)
        rows.setSpacing(EDGE + 3)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 6, 0)  # else its ring would run into the edge of the card
        body.addWidget(self.text)
        rows.addLayout(head)
        rows.addLayout(body)
        self._ring = FocusRing(self.text)
        self.unfold(on=False)

    @property
    def is_unfolded(self) -> bool:
        return not self.text.isHidden()

    def unfold(self, *, on: bool) -> None:
        """Show all of it, or fold it again."""
        self.text.setVisible(on)
        self.beginning.setText(self._why if on else self._first)
        self.switch.setText(_("Fold") if on else _("Unfold"))
        self.switch.setAccessibleName(self.switch.text())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self.is_unfolded and event.button() is Qt.MouseButton.LeftButton:
            self.unfold(on=True)
        else:
            super().mouseReleaseEvent(event)


class PlanNote(QWidget):
    """The plans of a case, one below the other; not seen where there are none."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = column_in(self, 8)
        self._known: tuple[Plan, ...] = ()
        self._left: QWidget | None = None
        self.plans: list[_OnePlan] = []
        self.hide()

    def show_plans(self, plans: Sequence[Plan], *, anew: bool) -> None:
        """Show the plans of a case; those shown already stay as they are folded, unless another case begins `anew`."""
        if tuple(plans) == self._known and not anew:
            return
        self._known, self._left = tuple(plans), None
        for one in self.plans:
            one.hide()
            one.deleteLater()
        self.plans = [_OnePlan(plan) for plan in plans]
        for one in self.plans:
            self._rows.addWidget(one)
        self.setVisible(bool(plans))

    def toggle(self) -> None:
        """Unfold the plans and go to the first with the keyboard; or fold them, and go back to where it was."""
        on = not all(one.is_unfolded for one in self.plans)
        if on:
            self._left = self.window().focusWidget()
        was_here = any(one.text.hasFocus() for one in self.plans)
        for one in self.plans:
            one.unfold(on=on)
        if on and self.plans:
            self.plans[0].text.setFocus()
        elif was_here and self._left is not None:
            with suppress(RuntimeError):  # gone by now, as a button of a story that was told anew
                self._left.setFocus()
