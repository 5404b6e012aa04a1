"""The window that asks for a file: every word in the owner's language, and a folder that is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QToolButton,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui.contrast import contrast
from ui.window_samples import RESOURCES, Open

from app.core.customer import Customer
from app.core.report_table import ReportTable
from app.ui.file_dialog import ask_to_open, ask_to_save
from app.ui.last_folder import LastFolder
from app.ui.person_export import PersonExport
from app.ui.report_saving import ReportSaving
from app.ui.report_text import Stretch
from app.ui.stylesheet import stylesheet
from app.ui.theme import DARK, LIGHT, Tones, palette
from app.ui.window import MainWindow
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


def test_it_begins_where_a_file_was_chosen_last_as_long_as_that_is_there(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (taxes := tmp_path / "taxes").mkdir()
    kept: list[str] = []
    last, chosen = LastFolder("", kept.append), []

    def ask(ask_for: str) -> QFileDialog:
        if ask_for == "open":
            return ask_to_open(window, "", KINDS, chosen.append, last)
        return ask_to_save(window, "", KINDS, "Report.pdf", chosen.append, last)

    for ask_for in ("save", "open"):
        dialog = ask(ask_for)
        assert Path(dialog.directory().path()) == tmp_path
        dialog.reject()
    assert kept == []
    dialog = ask("save")
    dialog.fileSelected.emit(str(taxes / "a.pdf"))
    dialog.reject()
    assert (chosen, kept) == ([taxes / "a.pdf"], [str(taxes)])
    for ask_for in ("save", "open"):
        dialog = ask(ask_for)
        assert Path(dialog.directory().path()) == taxes
        dialog.reject()
    taxes.rmdir()
    dialog = ask("save")
    assert Path(dialog.directory().path()) == tmp_path
    dialog.reject()


Asking = Callable[[MainWindow], object]


@pytest.mark.parametrize(
    "ask",
    [
        lambda window: window.by_hand.export(),
        lambda window: window.by_hand.import_(),
        lambda window: window.pages.learning().export(),
        lambda window: window.pages.learning().import_(),
        lambda window: PersonExport(window._bench, window).ask(Customer("anna", "Anna")),
        lambda window: ReportSaving(window._bench, window).ask_all(Stretch("all", 0.0, 1.0)),
        lambda window: ReportSaving(window._bench, window).ask("places", ReportTable((), ()), Stretch("all", 0.0, 1.0)),
    ],
    ids=["mentions out", "mentions in", "learnt out", "learnt in", "person", "reports", "report"],
)
def test_where_a_file_was_chosen_last_is_known_to_the_next_window(
    open_window: Open, tmp_path: Path, ask: Asking
) -> None:
    (taxes := tmp_path / "taxes").mkdir()
    open_window()._bench.files.use(taxes / "report.pdf")
    window = open_window()
    ask(window)
    (dialog,) = window.findChildren(QFileDialog)
    assert Path(dialog.directory().path()) == taxes
    dialog.reject()


@pytest.mark.parametrize("language", ["pl", "ru"])
def test_the_file_proposed_is_called_in_the_language_of_the_program(open_window: Open, language: str) -> None:
    window = open_window()
    use(language, RESOURCES / "translations")
    for ask in (window.by_hand.export, window.pages.learning().export):
        ask()
        (dialog,) = window.findChildren(QFileDialog)
        name = Path(dialog.selectedFiles()[0]).name
        assert name.startswith("counterbell-")
        assert name.endswith((".csv", ".jsonl"))
        assert not any(english in name or " " in name for english in ("mentions", "learning"))
        dialog.reject()
        dialog.setParent(None)


KINDS = ("PDF (*.pdf)", "Tables (*.csv *.tsv)")


@pytest.fixture
def saving(window: QWidget, tmp_path: Path) -> Iterator[tuple[QFileDialog, list[Path]]]:
    """A dialog that asks where a report goes, and what it answered."""
    chosen: list[Path] = []
    dialog = ask_to_save(window, "", KINDS, "Report.pdf", chosen.append)
    dialog.setDirectory(str(tmp_path))
    yield dialog, chosen
    dialog.close()


def test_another_kind_of_file_has_another_ending(saving: tuple[QFileDialog, list[Path]]) -> None:
    dialog, _chosen = saving
    (typed,) = dialog.findChildren(QLineEdit)
    (kind,) = (one for one in dialog.findChildren(QComboBox) if one.currentText() == KINDS[0])
    names = []
    for name, number in (("Report 23.11.pdf", 1), ("", 2), ("", 0), ("Report", 1)):
        typed.setText(name or typed.text())
        kind.setCurrentIndex(number)
        kind.activated.emit(number)
        kind.textActivated.emit(kind.currentText())
        names.append(Path(dialog.selectedFiles()[0]).name)
    assert names == ["Report 23.11.csv", "Report 23.11.csv", "Report 23.11.pdf", "Report.csv"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [("a.pdf", "a.pdf"), ("a.CSV", "a.CSV"), ("a.tsv", "a.tsv"), ("Report 23.11", "Report 23.11.pdf"), ("b.1", "b.1")],
)
def test_a_file_has_the_ending_of_its_kind_whatever_is_typed(
    saving: tuple[QFileDialog, list[Path]], tmp_path: Path, typed: str, written: str
) -> None:
    dialog, chosen = saving
    (tmp_path / "b.1.pdf").touch()
    dialog.fileSelected.emit(str(tmp_path / typed))
    assert chosen == [tmp_path / written]


def test_no_heading_of_the_list_of_files_is_cut(
    window: QWidget, spoken: str, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))  # Qt remembers how wide the columns were
    window.setStyleSheet(stylesheet(LIGHT, "arrow", QApplication.font()))
    dialog = ask_to_save(window, "", KINDS, "Report.pdf", print)
    qtbot.waitExposed(dialog)
    QApplication.processEvents()
    (files,) = dialog.findChildren(QTreeView)
    header = files.header()
    for column in range(header.count()):
        assert header.sectionSize(column) >= header.sectionSizeHint(column), spoken
    dialog.close()


@pytest.mark.parametrize("tones", [LIGHT, DARK])
def test_its_arrows_are_seen_on_any_ground(qapp: QApplication, window: QWidget, tones: Tones) -> None:
    usual = qapp.palette()
    qapp.setPalette(palette(tones))
    dialog = ask_to_open(window, "", (), print)
    dialog.close()
    names = {"backButton", "forwardButton", "toParentButton"}
    arrows = [one for one in dialog.findChildren(QToolButton) if one.objectName() in names]
    qapp.setPalette(usual)
    assert len(arrows) == 3
    for arrow in arrows:
        drawn = arrow.icon().pixmap(arrow.iconSize()).toImage()
        colours = (drawn.pixelColor(x, y) for x in range(drawn.width()) for y in range(drawn.height()))
        fullest = max(colours, key=lambda colour: colour.alpha())
        assert contrast(fullest.name(), tones.raised) >= 3
