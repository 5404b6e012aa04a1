"""The checks of a draft, told live: what is well, what is not yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.reply import Check
from app.ui import labels
from app.ui.format import number
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.pieces import Elided, set_tone
from app.words import _, ngettext


def told(check: Check) -> str:
    """Return a check's sentence with its mark, «» where it says nothing worth reading."""
    args = check.args
    if check.code == "blank":
        if check.passed:
            return ""
        return _("✗ blank {blank} not filled").format(blank="{" + labels.blank(str(args.get("blank", ""))) + "}")
    if check.code == "private":
        found = str(args.get("found", ""))
        return _("✓ no private data") if check.passed else _("✗ private data in public: {found}").format(found=found)
    if check.code == "long" and not check.passed:
        over = int(args.get("length", 0)) - int(args.get("limit", 0))
        return ngettext("✗ {n} character too long", "✗ {n} characters too long", over).format(n=number(over))
    return ""


def stopping(checks: Sequence[Check]) -> str:
    """Return why a draft must not be copied as it is: it is empty or has an unfilled blank; «» where it may."""
    for check in checks:
        if not check.passed and check.code == "empty":
            return _("There is nothing to copy yet: write the reply first.")
        if not check.passed and check.code == "blank":
            blank = labels.blank(str(check.args.get("blank", "")))
            return _("Fill in the blank {blank} first.").format(blank="{" + blank + "}")
    return ""


def doubtful(checks: Sequence[Check]) -> str:
    """Return what the owner should look at once more before copying, «» for nothing."""
    return next((told(check) for check in checks if not check.passed and check.code in {"private", "long"}), "")


class ChecksLine(QWidget):
    """One label a check, wrapping where the room ends; one too long for a line ends in «…»."""

    def __init__(self) -> None:
        super().__init__()
        flow = FlowLayout(self, spacing=12)
        self._labels = [Elided() for _number in range(3)]
        for label in self._labels:
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            flow.addWidget(label)
        self.text = ""

    @property
    def failed_width(self) -> int:
        """Pixels that the longest of the failed checks needs; 0 where none failed."""
        failed = (one for one in self._labels if not one.isHidden() and one.property("tone") == "bad")
        return max((one.sizeHint().width() for one in failed), default=0)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show the checks; an empty draft has none worth telling."""
        empty = any(check.code == "empty" and not check.passed for check in checks)
        told_ones = [] if empty else [(told(check), check.passed) for check in checks if told(check)]
        self.text = " ".join(sentence for sentence, _passed in told_ones)
        for number_, label in enumerate(self._labels):
            sentence, passed = told_ones[number_] if number_ < len(told_ones) else ("", True)
            label.setVisible(bool(sentence))
            label.setText(sentence)
            set_tone(label, "good" if passed else "bad")
        self.setAccessibleName(self.text)
