"""Remembers how the owner arranged the window: place, columns, the last folder; and where files were chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QHeaderView, QMainWindow, QSplitter

from app.ui.ini_file import IniFile
from app.ui.last_folder import LastFolder

VERSION = 1
"""To be raised when the columns change, so that an old arrangement is left aside."""


class WindowMemory:
    """Reads and writes an INI file. Whatever is not readable there is as if never written."""

    def __init__(self, path: Path) -> None:
        self._settings = IniFile(path)

    def restore_window(self, window: QMainWindow) -> bool:
        """Put the window where it was; False where nothing is known."""
        return window.restoreGeometry(self._bytes("geometry"))

    def restore(self, name: str, part: QSplitter | QHeaderView) -> bool:
        """Give a splitter or a table's columns their sizes back; False where nothing is known."""
        return part.restoreState(self._bytes(name))

    def keep_window(self, window: QMainWindow) -> None:
        self._settings.setValue(self._key("geometry"), window.saveGeometry())

    def keep(self, name: str, part: QSplitter | QHeaderView) -> None:
        """Note the sizes of a splitter or a table's columns."""
        self._settings.setValue(self._key(name), part.saveState())

    def folder(self) -> str:
        """Return the name of the folder shown last, «» for none."""
        return str(self._settings.value(self._key("folder"), ""))

    def keep_folder(self, name: str) -> None:
        self._settings.setValue(self._key("folder"), name)

    def files(self) -> LastFolder:
        """Return where a file was chosen last, which is kept from then on."""
        key = self._key("files")
        return LastFolder(str(self._settings.value(key, "")), lambda name: self._settings.setValue(key, name))

    def _bytes(self, name: str) -> QByteArray:
        value = self._settings.value(self._key(name))
        return value if isinstance(value, QByteArray) else QByteArray()

    @staticmethod
    def _key(name: str) -> str:
        return f"window{VERSION}/{name}"
