"""The form of a watch under the keyboard: the Tab key goes as the eye does, and what is missing is brought into sight."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.fake_desk import AtOnce, FakeDesk
from ui.fake_shop import NOW, FakeSource, FakeSources
from ui.window_samples import RESOURCES

from app.core.ports.source import Setting
from app.ui.widgets.watch_editor import WatchEditor
from app.ui.window import MainWindow

FEED = FakeSource(
    settings=(
        Setting("url", "Address of the feed", "url", hint="The address of a web page will do: its feeds are found."),
        Setting("user", "User name", required=False, hint="Only for feeds that ask for a name and a password."),
        Setting("key", "Key", "secret_text", required=False),
        *(Setting(f"more{n}", f"More {n}", required=False, hint="Only for some.") for n in range(6)),
        Setting("page", "Page"),
    )
)


@pytest.fixture
def editor(qtbot: QtBot, tmp_path: Path, desk: FakeDesk) -> WatchEditor:
    window = MainWindow(AtOnce(), RESOURCES, settings_path=tmp_path / "window.ini", now=lambda: NOW)
    qtbot.addWidget(window)
    window.attach(desk, FakeSources((FEED,)))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.resize(760, 480)
    window.do("page:watches")
    page = window.pages.watches()
    page.add()
    page.add()  # drawn anew, the fields are the last ones made once more
    QApplication.processEvents()
    return page.editor


def test_tab_goes_through_the_form_as_it_is_laid_out(editor: WatchEditor, qtbot: QtBot) -> None:
    fields = editor.settings.fields
    wanted = [editor.source, editor.name, fields["url"], fields["user"], fields["key"].box, fields["key"].choose_button]
    wanted += [fields[f"more{n}"] for n in range(6)]
    wanted += [fields["page"], editor.interval, editor.required, editor.excluded, editor.language, editor.own]
    wanted += [editor.private, editor.save_button, editor.try_button, editor.leave_button]
    passed = []
    for _ in wanted:
        passed.append(editor.window().focusWidget())
        qtbot.keyClick(passed[-1], Qt.Key.Key_Tab)
    assert [one.accessibleName() for one in passed] == [one.accessibleName() for one in wanted]
    assert passed == wanted


@pytest.mark.parametrize("act", ["save", "test"])
def test_a_missing_field_is_brought_into_sight_with_the_keyboard_in_it(editor: WatchEditor, act: str) -> None:
    editor.settings.fields["url"].setText("https://example.org")
    editor.save_button.setFocus()
    getattr(editor, act)()
    field = editor.settings.fields["page"]
    assert editor._wrong.text() == "Fill in: Page."
    assert editor.window().focusWidget() is field
    QApplication.processEvents()
    seen = editor._page.viewport()
    top = field.mapTo(seen, field.rect().topLeft()).y()
    assert 0 <= top <= seen.height() - field.height()


@pytest.mark.parametrize("act", ["save", "test"])
@pytest.mark.parametrize("name", ["required", "excluded"])
def test_words_of_signs_only_are_refused_and_stay_as_typed(
    editor: WatchEditor, desk: FakeDesk, act: str, name: str
) -> None:
    for setting in ("url", "page"):
        editor.settings.fields[setting].setText("https://example.org")
    field = getattr(editor, name)
    field.setText('bread, "')
    getattr(editor, act)()
    assert editor._wrong.text().startswith('«"» has neither a letter nor a digit')
    assert (field.text(), editor.window().focusWidget()) == ('bread, "', field)
    assert not [call for call in desk.calls if call[0] in {"watches.save", "watches.test"}]
