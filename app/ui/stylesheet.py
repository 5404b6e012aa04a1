"""The small style sheet of the window: what the palette cannot say."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from PySide6.QtGui import QFont, QFontMetrics

from app.ui.theme import Tones

_SHEET = Template("""
* { outline: 0; }
QMainWindow, QMenuBar { background: $window; }
QMenuBar { border-bottom: 1px solid $line; padding: 0 4px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; color: $text; }
QMenuBar::item:selected { background: $tint; }
QMenu { background: $raised; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 24px; border-radius: 4px; color: $text; }
QMenu::item:selected { background: $tint; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::indicator { width: 14px; height: 14px; left: 6px; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QScrollArea { border: 0; background: transparent; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px; }

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateTimeEdit {
    background: $base; color: $text; border: 1px solid $edge; border-radius: 6px; padding: 4px 8px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QComboBox, QSpinBox, QDateTimeEdit { min-height: ${line_height}px; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateTimeEdit:focus {
    border: 2px solid $accent; padding: 3px 7px;
}
QComboBox { padding: 4px 10px; }
QComboBox:focus { padding: 3px 9px; }
QComboBox:editable { padding: 4px 8px; }
QComboBox:editable:focus { padding: 3px 7px; }
QPlainTextEdit { padding: 4px 6px; }
QPlainTextEdit:focus { padding: 3px 5px; }
QLineEdit, QPlainTextEdit { placeholder-text-color: $muted; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; height: 0; border: 0; }
QSpinBox { max-height: ${line_height}px; }
QDateTimeEdit { max-height: 22px; }
QDateTimeEdit::drop-down { border: 0; width: 20px; }
QDateTimeEdit::down-arrow { image: url("$arrow"); width: 12px; height: 12px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit {
    border: 0; padding: 0 6px; min-height: 0; background: transparent;
}
QLineEdit:disabled, QComboBox:disabled { background: $window; color: $muted; }
QLineEdit[wrong="true"] { border: 1px solid $bad; }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: 0; width: 20px; }
QComboBox::down-arrow { image: url("$arrow"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $raised; color: $text; border: 1px solid $line; outline: 0; selection-background-color: $tint;
    selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: ${line_height}px; padding: 2px 8px; }
QPlainTextEdit[proposal="true"] { color: $muted; }
QPlainTextEdit[said="true"] { font-size: ${said_size}pt; }
QPlainTextEdit[plain="true"] { border: 0; background: transparent; padding: 0; }
QPlainTextEdit[plain="true"]:focus { border: 0; padding: 0; }

QPushButton, QToolButton {
    background: $raised; color: $text; border: 1px solid $line; border-radius: 6px; padding: 5px 12px;
}
QPushButton:hover, QToolButton:hover { background: $hover; border-color: $muted; }
QPushButton:pressed, QToolButton:pressed { background: $tint; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 4px 11px; }
QPushButton:disabled, QToolButton:disabled { color: $muted; background: $window; border-color: $line; }
QPushButton[main="true"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[main="true"]:hover { background: $accent_hover; }
QPushButton[main="true"]:focus { border: 2px solid $text; padding: 4px 11px; }
QPushButton[main="true"]:disabled { background: $window; color: $muted; border-color: $line; font-weight: normal; }
QPushButton[grave="true"]:enabled { color: $bad; }
QPushButton[seg="true"] { border-radius: 6px; padding: 4px 8px; background: transparent; }
QPushButton[seg="true"]:checked { background: $tint; color: $text; border-color: $accent; }
QPushButton[seg="true"]:focus { border: 2px solid $accent; padding: 3px 7px; }
QPushButton::menu-indicator { image: url("$arrow"); width: 10px; height: 10px; subcontrol-origin: padding;
    subcontrol-position: right center; right: 10px; }
QPushButton[link="true"] { color: $accent; background: transparent; border: 0; padding: 0 2px; text-decoration: underline; }
QPushButton[link="true"]:focus { color: $on_accent; background: $accent; border: 0; padding: 0 2px; }
QPushButton[status="true"] { color: $muted; background: transparent; border: 1px solid transparent; padding: 4px 6px; text-align: left; }
QPushButton[status="true"]:hover { background: $hover; text-decoration: underline; }
QPushButton[status="true"]:focus { border: 2px solid $accent; padding: 3px 5px; }
QPushButton[status="true"][tone="warn"] { color: $warn; }
QPushButton[status="true"][tone="bad"] { color: $bad; }
QPushButton[drop="true"] { padding-left: 6px; padding-right: 24px; }
QPushButton[drop="true"]:focus { padding-left: 5px; padding-right: 23px; }
QFileDialog QToolButton { padding: 3px; }
QFileDialog QToolButton:focus { padding: 2px; }
QToolButton[flat="true"] { background: transparent; border: 1px solid transparent; padding: 5px; }
QToolButton[flat="true"]:hover { background: $hover; }
QToolButton[flat="true"]:focus { border: 2px solid $accent; padding: 4px; }
QCheckBox { spacing: 8px; border: 2px solid transparent; border-radius: 4px; }
QCheckBox:focus { border-color: $accent; }
QCheckBox::indicator, QListWidget#card::indicator {
    width: 14px; height: 14px; border: 1px solid $muted; border-radius: 3px; background: $base;
}
QCheckBox::indicator:checked, QListWidget#card::indicator:checked {
    background: $accent; border-color: $accent; image: url("$check");
}
QCheckBox::indicator:disabled { border-color: $line; background: $window; }
QCheckBox::indicator:checked:disabled { border-color: $edge; background: $edge; }

QListView, QListWidget, QTableView { background: $base; border: 0; color: $text; }
QTableView { gridline-color: $line; selection-background-color: $tint; selection-color: $text; }
QTableView { border: 1px solid transparent; }
QTableView:focus { border-color: $accent; }
RowList, RowList:focus { border: 0; }
QListWidget#card::item { padding: 6px 8px; border-radius: 4px; }
QListWidget#card::item:selected { background: $tint; color: $text; }
QListWidget#card { padding: 4px; }
QListWidget#card:focus { border: 2px solid $accent; padding: 3px; }
QListWidget#sections { background: transparent; border: 2px solid transparent; border-radius: 6px; }
QListWidget#sections:focus { border-color: $accent; }
QListWidget#sections::item { padding: 6px 8px; border-radius: 6px; color: $text; }
QListWidget#sections::item:hover { background: $hover; }
QListWidget#sections::item:selected { background: $tint; color: $text; }
QTableView::item { padding: 4px 8px; border: 0; }
QHeaderView { background: $window; border: 0; border-bottom: 1px solid $line; }
QHeaderView::section { background: $window; color: $muted; border: 0; padding: 6px 11px; font-weight: 600; }
#side, #side QListView { background: $side; }
#column { background: $base; }
#topbar { background: $window; border-bottom: 1px solid $line; }
#banner { background: $notice; border-bottom: 1px solid $line; }
#corner { background: $notice; border: 1px solid $line; border-radius: 8px; }
#card { background: $raised; border: 1px solid $line; border-radius: 8px; }
#reply { background: $window; border-top: 1px solid $line; }
#listhead { background: $base; border-bottom: 1px solid $line; }
#line { background: $line; border: 0; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="bad"] { color: $bad; }
QLabel[tone="warn"] { color: $warn; }
QLabel[title="true"] { font-size: ${title_size}pt; font-weight: 600; }
QLabel[section="true"] { font-weight: 600; }
QLabel[chip="true"] { background: transparent; color: $accent; border: 1px solid $accent; border-radius: ${chip_round}px;
    padding: 0 8px; font-size: ${chip_size}pt; }

QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 4px; margin: 2px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { border: 0; background: $line; border-radius: 2px; max-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QSlider { min-height: 24px; }
QSlider::groove:horizontal { background: $line; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal { background: $accent; width: 16px; margin: -6px 0; border-radius: 8px; }
QSlider:focus { border: 1px solid $accent; border-radius: 6px; }
""")


_SAID = 1.5
"""Points by which what people say is larger than what is told about it."""


def said_size(font: QFont) -> float:
    """Return the points of the letters of what customers and owner say, in a window with this font."""
    return font.pointSizeF() + _SAID


def stylesheet(tones: Tones, arrow: str, font: QFont) -> str:
    """Return the style sheet of a scheme; `arrow` is the path of the little arrow of drop-down fields.

    The tick of check boxes lies beside it. `font` is that of the window: who reads large letters reads larger titles.
    """
    return _SHEET.substitute(
        asdict(tones),
        arrow=arrow,
        check=arrow.replace("/arrow-", "/check-"),
        title_size=max(15, round(1.4 * font.pointSizeF())),
        said_size=f"{said_size(font):g}",
        chip_size=f"{0.92 * font.pointSizeF():g}",
        chip_round=QFontMetrics(font).height() // 2,
        line_height=max(22, QFontMetrics(font).height() + 2),
    )
