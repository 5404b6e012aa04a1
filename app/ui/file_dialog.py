"""Asks for a file: in the owner's language throughout, and in a folder that is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.words import _

Label = QFileDialog.DialogLabel
Place = QStandardPaths.StandardLocation


def ask_to_open(window: QWidget, title: str, kinds: Sequence[str], chosen: Callable[[Path], object]) -> QFileDialog:
    """Ask for a file that is there; `kinds` are Qt's filters, «Tables (*.csv)», and all files are offered as well."""
    dialog = _dialog(window, title, kinds, chosen)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()
    return dialog


def ask_to_save(
    window: QWidget, title: str, kinds: Sequence[str], name: str, chosen: Callable[[Path], object]
) -> QFileDialog:
    """Ask what file to write; it is called `name` at first, and its ending is put behind what is typed without one."""
    dialog = _dialog(window, title, kinds, chosen)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    dialog.open()
    return dialog


def _dialog(window: QWidget, title: str, kinds: Sequence[str], chosen: Callable[[Path], object]) -> QFileDialog:
    dialog = QFileDialog(window, title, _folder(), ";;".join((*kinds, _("All files (*)"))))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setLabelText(Label.LookIn, _("Look in:"))  # these two are in none of Qt's own translations
    dialog.setLabelText(Label.FileType, _("Files of type:"))
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    return dialog


def _folder() -> str:
    """Return the folder of documents, or home where there is none: Qt takes a folder that is missing for a file's name."""
    documents = QStandardPaths.writableLocation(Place.DocumentsLocation)
    return documents if Path(documents).is_dir() else QStandardPaths.writableLocation(Place.HomeLocation)
