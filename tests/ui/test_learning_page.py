"""What was learnt: listed, unlearnt, taken along; and what a correction says at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW
from ui.window_samples import Open

from app.core.correction import Correction, Label
from app.core.problems import Problem
from app.ui.bench import Bench
from app.ui.pages import learning_page
from app.ui.pages.learning_page import LearningPage
from app.ui.window import MainWindow

KNOWN = (
    Correction(1, Label.NOT_COMPLAINT, "The queue was long", NOW - 7200, mention_id=1),
    Correction(2, Label.COMPLAINT, "Коржи суховаты", NOW - 3600, title="Торт"),
    Correction(3, Label.NOT_US, "Another bakery", NOW - 60, mention_id=2),
)


@pytest.fixture
def window(open_window: Open, desk: FakeDesk) -> MainWindow:
    desk.learning.known = KNOWN
    window = open_window()
    window.do("page:learning")
    return window


@pytest.fixture
def page(window: MainWindow) -> LearningPage:
    return window.pages.learning()


def shown(page: LearningPage) -> list[list[str]]:
    model = page.table.model
    return [[model.index(row, column).data() for column in (1, 2)] for row in range(model.rowCount())]


def test_corrections_are_listed_newest_first(page: LearningPage) -> None:
    assert shown(page) == [
        ["not about us", "Another bakery"],
        ["complaint", "Торт Коржи суховаты"],
        ["not a complaint", "The queue was long"],
    ]
    assert page.told.text() == "3 corrections, the newest first."


def test_the_list_has_the_keyboard_however_late_the_corrections_come(open_window: Open, desk: FakeDesk) -> None:
    desk.learning.known = KNOWN
    later = Later()
    window = open_window(desk, later)
    later.go()
    window.do("page:learning")
    page = window.pages.learning()
    assert window.focusWidget() is page._buttons["import"]
    later.go()
    assert window.focusWidget() is page.table.view


def test_who_imports_keeps_the_keyboard_there(open_window: Open, desk: FakeDesk) -> None:
    later = Later()
    window = open_window(desk, later)
    later.go()
    window.do("page:learning")
    later.go()
    page = window.pages.learning()
    desk.learning.known = KNOWN
    page.load()
    later.go()
    assert page.table.model.rows
    assert window.focusWidget() is page._buttons["import"]


def test_one_correction_is_unlearnt_and_comes_back(
    page: LearningPage, window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    page.table.view.selectRow(1)
    with qtbot.waitSignal(window.findChild(Bench).corrections_changed):
        window.menu_actions.by_name["learning:remove"].trigger()
    assert [one.id for one in desk.learning.known] == [1, 3]
    assert page.table.view.currentIndex().row() == 1
    assert window.banner.text == "Unlearnt «complaint»: Торт Коржи суховаты"
    window.do("undo")
    assert desk.learning.known == KNOWN
    assert len(shown(page)) == 3


def test_the_newest_is_unlearnt(page: LearningPage, window: MainWindow, desk: FakeDesk) -> None:
    window.do("learning:newest")
    assert desk.learning.known == KNOWN[:2]
    window.do("undo")
    assert desk.learning.known == KNOWN


@pytest.mark.parametrize("name", ["newest", "remove"])
def test_a_double_click_unlearns_one(page: LearningPage, desk: FakeDesk, qtbot: QtBot, name: str) -> None:
    for _click in range(2):
        qtbot.mouseClick(page._buttons[name], Qt.MouseButton.LeftButton)
    assert desk.learning.known == KNOWN[:2]
    qtbot.waitUntil(lambda: not page._clicks.is_on)
    page.unlearn_newest()
    assert desk.learning.known == KNOWN[:1]


def test_all_is_forgotten_and_comes_back(page: LearningPage, window: MainWindow, desk: FakeDesk) -> None:
    window.do("learning:forget")
    assert desk.learning.known == ()
    assert page.table.currentWidget() is page.table.empty
    assert "Not a complaint" in page.table.empty.text
    assert not page._buttons["export"].isEnabled()
    assert page._buttons["import"].isEnabled()
    page.take_focus()
    assert window.focusWidget() is page._buttons["import"]
    assert window.banner.text == "3 corrections unlearnt."
    window.banner.undo_requested.emit()
    assert desk.learning.known == KNOWN


def test_what_fails_is_told_and_nothing_offered(page: LearningPage, window: MainWindow, desk: FakeDesk) -> None:
    desk.problem = Problem("stores.disk_full")
    window.do("learning:remove")
    assert "disk is full" in window.banner.text
    assert desk.learning.known == KNOWN
    assert window.banner._undo.isHidden()


def test_export_and_import_carry_everything(
    page: LearningPage, window: MainWindow, desk: FakeDesk, tmp_path: Path
) -> None:
    file = tmp_path / "taken.jsonl"
    page.export_to(str(file))
    assert window.banner.text == "3 corrections written to taken.jsonl."
    desk.learning.known = ()
    page.import_from(str(file))
    assert [one.text for one in desk.learning.known] == [one.text for one in KNOWN]
    assert window.banner.text == "3 corrections learnt."
    page.import_from(str(file))
    assert window.banner.text.startswith("Nothing new")
    window.do("undo")
    assert desk.learning.known == ()


def test_a_large_import_offers_no_undo(
    page: LearningPage, window: MainWindow, desk: FakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning_page, "TAKEN_BACK", 2)
    file = tmp_path / "taken.jsonl"
    page.export_to(str(file))
    desk.learning.known = ()
    page.import_from(str(file))
    assert len(desk.learning.known) == 3
    assert window.banner._undo.isHidden()


def test_files_that_cannot_be_used_are_told(
    page: LearningPage, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.export_to(str(tmp_path / "nowhere" / "x.jsonl"))
    assert window.banner.text.startswith("The file x.jsonl cannot be written")
    page.import_from(str(tmp_path / "gone.jsonl"))
    assert window.banner.text.startswith("The file gone.jsonl cannot be read")
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_bytes(b"\xff\xfe no lines of ours")
    page.import_from(str(wrong))
    assert window.banner.text.startswith("Line 1 is not a correction")
    monkeypatch.setattr(learning_page, "LARGEST", 4)
    page.import_from(str(wrong))
    assert "too large" in window.banner.text


@pytest.mark.parametrize("act", ["export", "import"])
def test_the_file_is_asked_for_without_stopping_the_window(
    page: LearningPage, window: MainWindow, desk: FakeDesk, tmp_path: Path, act: str
) -> None:
    file = tmp_path / "taken.jsonl"
    file.write_text('{"label": "complaint", "text": "new"}\n')
    window.do(f"learning:{act}")
    (dialog,) = page.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(file))
    dialog.close()
    assert (len(file.read_text(encoding="utf-8").splitlines()), len(desk.learning.known)) == (
        (3, 3) if act == "export" else (1, 4)
    )


def test_a_file_can_be_dropped(page: LearningPage, desk: FakeDesk, tmp_path: Path) -> None:
    file = tmp_path / "taken.jsonl"
    file.write_text('{"label": "complaint", "text": "dropped"}\n')
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    page.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert desk.learning.known[-1].text == "dropped"


def test_a_correction_opens_its_case(page: LearningPage, window: MainWindow) -> None:
    page.table.opened.emit(KNOWN[0])
    assert window.pages.name == "inbox"
    assert window.case.view.mention.id == 1
    window.do("page:learning")
    page.table.opened.emit(KNOWN[1])
    assert window.pages.name == "learning"
    assert "imported" in window.banner.text


def test_its_keys_work_only_on_the_page(page: LearningPage, window: MainWindow) -> None:
    actions = window.menu_actions.by_name
    assert actions["learning:remove"].isEnabled()
    window.do("page:complaints")
    assert not any(action.isEnabled() for name, action in actions.items() if name.startswith("learning:"))
    assert actions["page:learning"].isEnabled()


def test_the_way_from_the_settings_and_back(window: MainWindow, qtbot: QtBot) -> None:
    window.do("page:settings")
    window.pages.page("settings").bell.learnt_requested.emit()
    assert window.pages.name == "learning"
    assert window.folders.currentItem().text() == "Settings"
    item = window.folders.visualItemRect(window.folders.currentItem()).center()
    qtbot.mouseClick(window.folders.viewport(), Qt.MouseButton.LeftButton, pos=item)
    assert window.pages.name == "settings"
    window.do("page:learning")
    window.pages.learning().settings_requested.emit()
    assert window.pages.name == "settings"


@pytest.mark.parametrize(
    ("act", "label", "words"),
    [
        (
            "not_complaint",
            Label.NOT_COMPLAINT,
            "Marked as not a complaint. Counterbell will pay less attention to texts like this.",
        ),
        ("not_us", Label.NOT_US, "Marked: not about us. Counterbell will pay less attention to texts like this."),
        (
            "complaint",
            Label.COMPLAINT,
            "Marked as a complaint. Counterbell will pay more attention to texts like this.",
        ),
    ],
)
def test_a_correction_says_what_was_learnt_and_undo_unlearns_it(
    open_window: Open, desk: FakeDesk, act: str, label: Label, words: str
) -> None:
    window = open_window()
    window.show_case(12 if act == "complaint" else 1)
    window.do(f"case:{act}")
    assert [one.label for one in desk.learning.known] == [label]
    assert window.banner.text == words
    assert not window.banner._undo.isHidden()
    window.banner.undo_requested.emit()
    assert desk.learning.known == ()
    assert window.banner.text.startswith("Undone, and unlearnt: ")


@pytest.mark.parametrize("act", ["snooze:hour", "in_work", "resolved", "author"])
def test_what_teaches_nothing_does_not_say_so(open_window: Open, desk: FakeDesk, act: str) -> None:
    window = open_window()
    window.do(f"case:{act}")
    assert "Counterbell will pay" not in window.banner.text
    assert desk.learning.known == ()
