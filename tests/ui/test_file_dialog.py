"""The window that asks for a file: every word in the owner's language, and a folder that is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot
from ui.window_samples import RESOURCES

from app.ui.file_dialog import ask_to_open, ask_to_save
from app.words import use

ENGLISH = {"Look in:", "Files of type:", "File name:", "Open", "Save", "Cancel", "Back", "Forward", "List View"}


@pytest.fixture(params=["pl", "ru"])
def spoken(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """A language that program and Qt speak."""
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    assert translator.load(QLocale(request.param), "qtbase", "_", folder)
    qapp.installTranslator(translator)
    use(request.param, RESOURCES / "translations")
    yield request.param
    use("en", RESOURCES / "translations")
    qapp.removeTranslator(translator)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def _words(dialog: QFileDialog) -> set[str]:
    labels = {one.text() for one in dialog.findChildren(QLabel)}
    return labels | {one.text() or one.toolTip() for one in dialog.findChildren(QAbstractButton)}


def test_no_word_is_left_in_english(window: QWidget, spoken: str) -> None:
    for dialog in (
        ask_to_open(window, "", ("CSV (*.csv)",), print),
        ask_to_save(window, "", ("CSV (*.csv)",), "a.csv", print),
    ):
        words = {word.replace("&", "") for word in _words(dialog) if word}
        assert len(words) > 6
        assert not words & ENGLISH
        assert not [word for word in words if word.isascii() and spoken == "ru"]
        dialog.close()


def test_a_folder_that_is_missing_is_no_files_name(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    dialog = ask_to_open(window, "", (), print)
    assert Path(dialog.directory().path()) == tmp_path
    assert dialog.selectedFiles() in ([], [str(tmp_path)])
    dialog.close()
