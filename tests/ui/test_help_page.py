import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFont, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLabel
from ui.fake_background import AtOnce, Later
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW

from app.core.problems import Problem
from app.ui.bench import Bench
from app.ui.pages.help_page import HelpPage
from app.ui.widgets.guide_topics import GuideTopics, paragraphs
from app.words import _
from app.words.guide import LABELS, Topic, topics


def _bench(background=None):
    bench = Bench(background or AtOnce(), lambda: NOW)
    bench.open(FakeDesk(), None)
    return bench


def _names(window):
    """Return what the window calls its buttons, menus, pages and parts."""
    for page in ("watches", "customers", "log", "settings"):
        window.pages.page(page)
    texts = [each.text() for kind in (QAbstractButton, QLabel, QAction) for each in window.findChildren(kind)]
    texts += [window.folders.item(row).text() for row in range(window.folders.count())]
    return {text.replace("&", "") for text in texts}


def test_the_guide_calls_everything_as_the_window_does(spoken, open_window):
    named = {_(label).replace("&", "") for label in LABELS.values()}
    assert named <= _names(open_window())


def test_the_guide_stands_beside_the_keys_and_below_each_other_where_it_is_narrow(qtbot, open_window):
    window = open_window()
    window.resize(1240, 700)
    window.do("page:help")
    page = window.pages.page("help")
    guide, keys = page.guide, page.version.parentWidget()
    assert [text.accessibleName().split(".")[0] for text in guide.texts] == [heading for heading, _body in topics()]
    qtbot.waitUntil(lambda: keys.x() > guide.x() + guide.width())
    assert keys.y() == guide.y()
    window.resize(860, 700)
    qtbot.waitUntil(lambda: keys.y() >= guide.y() + guide.height())
    assert keys.x() == guide.x()
    for text in guide.texts:
        assert text.height() == text.heightForWidth(text.width())


@pytest.mark.parametrize("points", [9, 16])
def test_lines_are_of_a_readable_length(qtbot, points):
    page = HelpPage([], _bench())
    qtbot.addWidget(page)
    page.resize(2400, 700)
    page.show()
    page.setFont(QFont(page.font().family(), points))
    for text in page.guide.texts:
        assert text.height() == text.heightForWidth(page.guide.width())
    said = topics()[0].body
    letters = page.guide.fontMetrics().horizontalAdvance(said) / len(said)
    assert 65 <= page.guide.width() / letters <= 90
    page.resize(400, 700)
    assert page.widget().minimumSizeHint().width() <= page.viewport().width()


def test_a_text_is_reached_by_tab_and_marked_with_the_keyboard(qtbot):
    guide = GuideTopics((Topic("One", "First & last.\n\nMore <b>."), Topic("Two", "Second.")))
    qtbot.addWidget(guide)
    guide.show()
    guide.field.setFocus()
    qtbot.keyClick(guide.field, Qt.Key.Key_Tab)
    first = guide.texts[0]
    assert guide.focusWidget() is first
    assert first.accessibleName() == "One. First & last.\n\nMore <b>."
    qtbot.keyClick(first, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert first.selectedText() == "First & last.\u2029More <b>."
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert guide.focusWidget() is guide.texts[1]


def test_the_field_leaves_the_topics_with_the_words(qtbot):
    guide = GuideTopics((Topic("Kopie", "Proszę skopiować folder."), Topic("Сводка", "Ещё один текст.")))
    qtbot.addWidget(guide)

    def shown():
        return [text.accessibleName().split(".")[0] for text in guide.texts if text.isVisibleTo(guide)]

    def nothing():
        return [label.text() for label in guide.findChildren(QLabel) if label.isVisibleTo(guide)][-1] == "Nothing found"

    assert shown() == ["Kopie", "Сводка"]
    for typed, left in (("prosze KOPIE", ["Kopie"]), ("еще", ["Сводка"]), ("kopie ещё", []), ("", ["Kopie", "Сводка"])):
        guide.field.setText(typed)
        assert shown() == left
        assert nothing() is not bool(left)


def test_no_line_ends_in_a_word_of_one_letter_or_begins_with_a_dash():
    made = paragraphs("w domu i w\n\nэто — я")
    assert "w\u00a0domu i\u00a0w<" in made
    assert "это\u00a0— я" in made


def test_a_start_reads_no_guide():
    program = "import sys, app.ui.program; assert not [n for n in sys.modules if 'guide' in n or 'help_page' in n]"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_the_licences_are_unfolded_and_folded_away(qtbot, tmp_path):
    path = tmp_path / "licences.txt"
    path.write_text("Qt, under the LGPL © 2026", encoding="utf-8")
    action = QAction("Quit")
    action.setShortcut(QKeySequence("Ctrl+Q"))
    later = Later()
    page = HelpPage([action], _bench(later), path)
    qtbot.addWidget(page)
    assert page.lines == ["Ctrl+Q Quit"]
    assert page.text.isHidden()
    page.show_licences.click()
    assert page.text.isHidden(), "a file is read beside the window, not in it"
    later.go("read")
    assert "LGPL ©" in page.text.toPlainText()
    assert not page.text.isHidden()
    page.show_licences.click()
    assert page.text.isHidden()


def test_licences_that_cannot_be_read_are_told_of(qtbot, tmp_path):
    path = tmp_path / "licences.txt"
    path.touch()
    bench, told = _bench(), []
    bench.announced.connect(told.append)
    page = HelpPage([], bench, path)
    qtbot.addWidget(page)
    path.unlink()
    page.show_licences.click()
    assert told == [Problem("ui.licences_not_read", {"reason": "missing"})]
    assert page.text.isHidden()
    path.write_text("LGPL", encoding="utf-8")
    page.show_licences.click()
    assert page.text.toPlainText() == "LGPL", "it is tried again"


def test_a_copy_that_was_not_packaged_offers_none(qtbot, tmp_path):
    page = HelpPage([], _bench(), tmp_path / "licences.txt")
    qtbot.addWidget(page)
    assert page.show_licences.isHidden()


def test_the_version_stands_on_it(qtbot):
    page = HelpPage([], _bench(), version="1.2.3")
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
