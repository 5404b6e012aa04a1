"""The window's INI file in the profile: kept there, and never made anew where the profile was moved away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings


class IniFile(QSettings):
    """Settings in a file. Qt makes a missing folder by itself; without the file's folder nothing is kept instead."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), QSettings.Format.IniFormat)
        self._folder = path.parent

    def setValue(self, key: str, value: object) -> None:
        if self._folder.is_dir():
            super().setValue(key, value)
