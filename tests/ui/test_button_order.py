"""Buttons of forms and dialogs stand in the order that the desktop's own dialogs have."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QProxyStyle,
    QPushButton,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui.window_samples import OpenShop, begun

from app.ui.widgets import pieces
from app.ui.widgets.contact_form import ContactForm
from app.ui.widgets.pieces import in_order

LAYOUTS = list(QDialogButtonBox.ButtonLayout)[:4]


class Desktop(QProxyStyle):
    """A style whose dialogs are laid out as on another desktop."""

    def __init__(self, layout: QDialogButtonBox.ButtonLayout) -> None:
        super().__init__("fusion")
        self.layout = layout

    def styleHint(  # noqa: N802  Qt's own name
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        data: QStyleHintReturn | None = None,
    ) -> int:
        return self.layout.value if hint is QStyle.StyleHint.SH_DialogButtonLayout else super().styleHint(hint, option)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_order_is_that_of_the_boxes_of_the_desktop(qtbot: QtBot, layout: QDialogButtonBox.ButtonLayout) -> None:
    style = Desktop(layout)
    dialog = QDialog()
    qtbot.addWidget(dialog)
    box = QDialogButtonBox(dialog)
    box.setStyle(style)
    box.addButton("Add", QDialogButtonBox.ButtonRole.AcceptRole)
    box.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
    box.resize(400, 40)
    dialog.show()
    its = sorted(box.buttons(), key=lambda one: one.x())
    act, leave = QPushButton("Add"), QPushButton("Cancel")
    for made in (act, leave):
        qtbot.addWidget(made)
        made.setStyle(style)
    assert [one.text() for one in in_order(act, leave)] == [one.text() for one in its]


def row_of(within: QWidget, *names: str) -> list[str]:
    """Return the buttons of these names as they stand in the direction of reading."""
    QApplication.processEvents()
    found = [one for one in within.findChildren(QPushButton) if one.text() in names and one.isVisible()]
    places = {one: one.mapTo(within, one.rect().topLeft()) for one in found}
    return [one.text() for one in sorted(found, key=lambda one: (places[one].y(), places[one].x()))]


@pytest.mark.parametrize("leaves_first", [False, True])
def test_all_forms_keep_to_one_order(
    open_shop: OpenShop, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, leaves_first: bool
) -> None:
    hint = QApplication.style().styleHint(QStyle.StyleHint.SH_DialogButtonLayout)
    monkeypatch.setattr(pieces, "_LEAVES_FIRST", {hint} if leaves_first else set())
    window = open_shop()
    dialog: Any = begun(window)
    rows = [row_of(dialog, "Cancel", "Add")]
    dialog.hide()
    window.do("add_watch")
    page = window.pages.watches()
    rows.append(row_of(page.editor, "Cancel", "Save watch"))
    page.find_places()
    rows.append(row_of(page.finder, "Cancel", "Find for me"))
    form = ContactForm()
    qtbot.addWidget(form)
    form.resize(500, 300)
    form.show()
    rows.append(row_of(form, "Cancel", "Save contact"))
    assert [row[0] == "Cancel" for row in rows] == [leaves_first] * 4, rows
