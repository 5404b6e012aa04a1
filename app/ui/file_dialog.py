"""Asks for a file: in the owner's language throughout, and in a folder that is there: the one used last, where that is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette
from PySide6.QtWidgets import QFileDialog, QHeaderView, QToolButton, QTreeView, QWidget

from app.ui.last_folder import LastFolder
from app.words import _

_ENDING = re.compile(r"\*\.(\w+)")
"""An ending in one of Qt's filters."""

_ARROWS = ("backButton", "forwardButton", "toParentButton")
"""Qt's own names of what it draws black on any ground."""

Label = QFileDialog.DialogLabel
Place = QStandardPaths.StandardLocation


def ask_to_open(
    window: QWidget, title: str, kinds: Sequence[str], chosen: Callable[[Path], object], last: LastFolder | None = None
) -> QFileDialog:
    """Ask for a file that is there; `kinds` are Qt's filters, «Tables (*.csv)», and all files are offered as well."""
    dialog = _dialog(window, title, kinds, chosen, last)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()
    return dialog


def ask_to_save(
    window: QWidget,
    title: str,
    kinds: Sequence[str],
    name: str,
    chosen: Callable[[Path], object],
    last: LastFolder | None = None,
) -> QFileDialog:
    """Ask what file to write; it is called `name` at first, and its ending is put behind what is typed without one.

    With another kind of file the ending changes as well.
    """
    dialog = _dialog(window, title, kinds, lambda path: chosen(_ended(path, dialog)), last)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.filterSelected.connect(lambda kind: _take_kind(dialog, kind))
    dialog.selectFile(name)
    dialog.open()
    return dialog


def _take_kind(dialog: QFileDialog, kind: str) -> None:
    """Put the ending of this kind behind what is typed without one; what has another ending Qt changes itself."""
    if endings := _ENDING.findall(kind):
        dialog.setDefaultSuffix(endings[0])


def _ended(path: Path, dialog: QFileDialog) -> Path:
    """Return a file to be saved with the ending of its kind, for Qt takes «11» of «Report 23.11» for one.

    One of that name that is there is not written over: nobody was asked about it.
    """
    known = _ENDING.findall(" ".join(dialog.nameFilters()))
    wished = next(iter(_ENDING.findall(dialog.selectedNameFilter())), "")
    whole = path.with_name(f"{path.name}.{wished}")
    return path if not wished or path.suffix[1:].lower() in known or whole.exists() else whole


def _dialog(
    window: QWidget, title: str, kinds: Sequence[str], chosen: Callable[[Path], object], last: LastFolder | None
) -> QFileDialog:
    def selected(name: str) -> None:
        if last:
            last.use(Path(name))
        chosen(Path(name))

    begin = (last.name if last else "") or _folder()
    dialog = QFileDialog(window, title, begin, ";;".join((*kinds, _("All files (*)"))))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setLabelText(Label.LookIn, _("Look in:"))  # these two are in none of Qt's own translations
    dialog.setLabelText(Label.FileType, _("Files of type:"))
    dialog.fileSelected.connect(selected)
    for name in _ARROWS:
        if arrow := dialog.findChild(QToolButton, name):
            arrow.setIcon(_in_colour_of_text(arrow))
    for files in dialog.findChildren(QTreeView):  # there are none in a dialog of the system's own
        for column in range(1, files.header().count()):
            files.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        files.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return dialog


def _in_colour_of_text(arrow: QToolButton) -> QIcon:
    """Return a button's icon in the colour of its words."""
    picture = arrow.icon().pixmap(arrow.iconSize(), arrow.devicePixelRatio())
    painter = QPainter(picture)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(picture.rect(), arrow.palette().color(QPalette.ColorRole.ButtonText))
    painter.end()
    return QIcon(picture)


def _folder() -> str:
    """Return the folder of documents, or home where there is none: Qt takes a folder that is missing for a file's name."""
    documents = QStandardPaths.writableLocation(Place.DocumentsLocation)
    return documents if Path(documents).is_dir() else QStandardPaths.writableLocation(Place.HomeLocation)
