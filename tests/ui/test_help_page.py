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
