import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from app.ui.pages.help_page import HelpPage


def test_the_licences_are_unfolded_and_folded_away(qtbot, tmp_path):
    path = tmp_path / "licences.txt"
    path.write_text("Qt, under the LGPL © 2026", encoding="utf-8")
    action = QAction("Quit")
    action.setShortcut(QKeySequence("Ctrl+Q"))
    page = HelpPage([action], path)
    qtbot.addWidget(page)
    assert page.lines == ["Ctrl+Q Quit"]
    assert page.text.isHidden()
    page.show_licences.click()
    assert "LGPL ©" in page.text.toPlainText()
    assert not page.text.isHidden()
    page.show_licences.click()
    assert page.text.isHidden()


def test_a_copy_that_was_not_packaged_offers_none(qtbot, tmp_path):
    page = HelpPage([], tmp_path / "licences.txt")
    qtbot.addWidget(page)
    assert page.show_licences.isHidden()


def test_the_version_stands_on_it(qtbot):
    page = HelpPage([], version="1.2.3")
    qtbot.addWidget(page)
    assert page.version.text() == "Version 1.2.3"


@pytest.mark.parametrize("keys", [(Qt.Key.Key_End, Qt.Key.Key_Home), (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)])
def test_the_keyboard_scrolls_it(qtbot, open_window, keys):
    window = open_window()
    window.resize(760, 480)
    window.do("page:help")
    page = window.pages.page("help")
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    assert window.focusWidget() is page
    qtbot.keyClick(window.focusWidget(), keys[0])
    assert page.verticalScrollBar().value() > 0
    qtbot.keyClick(window.focusWidget(), keys[1])
    assert page.verticalScrollBar().value() == 0
