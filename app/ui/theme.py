"""Colours and style of the window, light and dark as the system has it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication


@dataclass(frozen=True, slots=True)
class Tones:
    """The colours of one scheme, as «#rrggbb». Every text is readable on what it is written on (WCAG AA, 4.5 to 1).

    `edge` is that of fields, which have to be found though they are empty (3 to 1); `line` only parts what stands apart anyway.
    """

    window: str
    side: str
    base: str
    raised: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_hover: str
    tint: str
    hover: str
    good: str
    bad: str
    warn: str
    mark: str
    notice: str


LIGHT = Tones(
    window="#f7f6f3",
    side="#efede8",
    base="#ffffff",
    raised="#ffffff",
    line="#dcd8cf",
    edge="#8f887b",
    text="#211f1b",
    muted="#645f55",
    accent="#8a5600",
    on_accent="#ffffff",
    accent_hover="#734800",
    tint="#f8ead0",
    hover="#f3f0ea",
    good="#1b6b3a",
    bad="#b3261e",
    warn="#8a5600",
    mark="#ffe3a3",
    notice="#fbf1dc",
)
DARK = Tones(
    window="#1d1c1a",
    side="#181715",
    base="#232220",
    raised="#2a2926",
    line="#3d3b36",
    edge="#79756c",
    text="#f0ede6",
    muted="#b0aa9e",
    accent="#f0b64a",
    on_accent="#241a05",
    accent_hover="#ffc866",
    tint="#42351c",
    hover="#2d2b28",
    good="#7fd39c",
    bad="#ff9d92",
    warn="#f0b64a",
    mark="#5c4713",
    notice="#332b1b",
)


def palette(tones: Tones) -> QPalette:
    """Return the palette of a scheme for the Fusion style."""
    made = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, tones.window),
        (roles.WindowText, tones.text),
        (roles.Base, tones.base),
        (roles.AlternateBase, tones.hover),
        (roles.Text, tones.text),
        (roles.PlaceholderText, tones.muted),
        (roles.Button, tones.raised),
        (roles.ButtonText, tones.text),
        (roles.BrightText, tones.bad),
        (roles.Highlight, tones.accent),
        (roles.HighlightedText, tones.on_accent),
        (roles.Link, tones.accent),
        (roles.LinkVisited, tones.accent),
        (roles.ToolTipBase, tones.raised),
        (roles.ToolTipText, tones.text),
        (roles.Mid, tones.line),
        (roles.Midlight, tones.hover),
        (roles.Light, tones.raised),
        (roles.Dark, tones.line),
        (roles.Accent, tones.accent),
    ):
        made.setColor(role, QColor(colour))
    for role in (roles.Text, roles.ButtonText, roles.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tones.muted))
    return made


class Theme(QObject):
    """Dresses the application in Fusion with our colours, and again whenever the system goes light or dark."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if QApplication.style().name().lower() != "fusion":
            QApplication.setStyle("Fusion")
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self.follow)
        self.tones = LIGHT
        self.follow(hints.colorScheme())

    def follow(self, scheme: Qt.ColorScheme) -> None:
        """Take the colours of a scheme; an unknown one is light."""
        self.tones = DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        colours = palette(self.tones)
        if QApplication.palette() != colours:  # setting equal ones, too, dresses every widget anew
            QApplication.setPalette(colours)
        self.changed.emit()


def smaller(font: QFont) -> QFont:
    """Return the font of what stands below in a row of a list."""
    small = QFont(font)
    small.setPointSizeF(max(7.0, font.pointSizeF() * 0.92))
    return small
