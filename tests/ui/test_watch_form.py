"""The form of a watch under the keyboard: the Tab key goes as the eye does, and what is missing is brought into sight."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QSplitter
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.fake_desk import FakeDesk
from ui.fake_shop import FakeSource, FakeSources
from ui.window_samples import Open

from app.core.ports.source import Setting
from app.core.problems import Problem
from app.core.watch import Watch
from app.ui.pages.watches_page import WatchesPage
from app.ui.widgets.watch_editor import LOW, WatchEditor
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

MAIL = FakeSource(
    "imap",
    "E-mail",
    settings=(
        Setting("user", "User name"),
        Setting("answers", "Answers", "choice", required=False, choices=("listen", "answer")),
        Setting("outgoing", "Server for outgoing mail", hint="With another port.", only_with=("answers", "answer")),
    ),
    own_by_nature=True,
)


@pytest.fixture
def editor(qtbot: QtBot, open_window: Open) -> WatchEditor:
    window = open_window(sources=FakeSources((FEED, MAIL)), show=False)
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
    wanted = [
        editor.source,
        editor.help.open_button,
        editor.name,
        fields["url"],
        fields["user"],
        fields["key"].box,
        fields["key"].choose_button,
    ]
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
    assert editor._wrong.text().startswith('«"» has no letter or digit')
    assert (field.text(), editor.window().focusWidget()) == ('bread, "', field)
    assert not [call for call in desk.calls if call[0] in {"watches.save", "watches.test"}]


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def _watches_later(open_window: Open) -> tuple[Later, MainWindow, WatchesPage]:
    """Return the page of watches, read, in a window whose further work waits until it is let go."""
    later = Later()
    window = open_window(background=later)
    window.do("page:watches")
    later.go()
    return later, window, window.pages.watches()


def choose(editor: WatchEditor, source: str) -> None:
    editor.source.setCurrentIndex(editor.source.findData(source))


def test_a_new_watch_of_a_mailbox_is_an_own_channel_unless_the_owner_says_otherwise(editor: WatchEditor) -> None:
    assert not editor.own.isChecked()
    choose(editor, "imap")
    assert editor.typed().own
    choose(editor, "feed")
    assert not editor.typed().own
    choose(editor, "imap")
    editor.own.click()
    choose(editor, "feed")
    choose(editor, "imap")
    assert not editor.typed().own
    editor.begin(None)
    choose(editor, "imap")
    assert editor.typed().own


@pytest.mark.parametrize("number", ["", "w1"])
def test_what_a_watch_says_of_itself_stays(editor: WatchEditor, number: str) -> None:
    editor.begin(Watch(number, "Post", "imap"))
    assert not editor.typed().own
    editor.begin(Watch(number, "Blog", "feed", own=True))
    assert editor.typed().own
    choose(editor, "imap")
    choose(editor, "feed")
    assert editor.typed().own


def test_only_what_counts_with_the_choice_made_is_asked_for(editor: WatchEditor, desk: FakeDesk) -> None:
    choose(editor, "imap")
    fields = editor.settings.fields
    lines = editor.settings._lines["outgoing"]
    assert not lines.isVisible()
    fields["user"].setText("biuro@kawaraj.example")
    assert not editor.settings.missing()
    fields["answers"].setCurrentIndex(1)
    assert lines.isVisible()
    assert list(editor.settings.missing()) == ["Server for outgoing mail"]
    fields["outgoing"].setText("smtp.kawaraj.example")
    fields["answers"].setCurrentIndex(0)
    assert not fields["outgoing"].isVisible()
    assert editor.typed().settings["outgoing"] == "smtp.kawaraj.example"


def test_the_keyboard_is_where_something_is_marked(editor: WatchEditor) -> None:
    assert (editor.source.field.hasSelectedText(), editor.source.field.hasFocus()) == (True, True)
    editor.begin(Watch("w1", "Blog", "feed"))
    assert (editor.source.field.hasSelectedText(), editor.name.hasFocus()) == (False, True)


KEYED = FakeSource(
    settings=(
        Setting("url", "Address"),
        Setting("key", "Key", "secret", required=False),
        Setting("file", "Key file", "secret_text", required=False),
    )
)


def test_a_secret_is_said_to_be_kept_only_where_one_was_given(editor: WatchEditor, desk: FakeDesk) -> None:
    editor._bench.open(desk, FakeSources((KEYED, FakeSource("imap", "E-mail", settings=KEYED.settings))))
    editor._bench._all = ()
    watch = Watch("w1", "Blog", "feed", settings={"url": "https://example.org", "has_file": "1"})
    editor.begin(watch)
    fields = editor.settings.fields
    assert fields["key"].placeholderText() == ""
    assert fields["file"].box.placeholderText().startswith("Kept in the system's keyring")
    choose(editor, "imap")
    assert not editor.settings.fields["file"].box.placeholderText().startswith("Kept"), "another place has its own"


@pytest.mark.parametrize("watch", [None, Watch("w1", "Blog", "feed", settings={"url": "https://example.org"})])
def test_the_form_begins_at_its_top(editor: WatchEditor, watch: Watch | None) -> None:
    bar = editor._page.verticalScrollBar()
    QApplication.processEvents()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    editor.begin(watch)
    QApplication.processEvents()
    assert bar.value() == 0
    assert editor.name.hasFocus() if watch else editor.source.field.hasFocus()


def test_a_name_lies_nearer_to_its_field_than_to_the_hint_above(editor: WatchEditor) -> None:
    fields = editor.settings
    above, below = fields._lines["url"], fields._lines["user"]
    title, field = (below.layout().itemAt(place).widget() for place in (0, 1))
    hint = above.layout().itemAt(2).widget()
    gap = title.mapTo(fields, title.rect().topLeft()).y() - hint.mapTo(fields, hint.rect().bottomLeft()).y()
    assert 0 < field.y() - title.geometry().bottom() < gap


def test_no_row_of_the_form_lies_over_another(editor: WatchEditor) -> None:
    """However narrow the form is and however many lines its hints have."""
    page = editor._page.widget()
    items = [page.layout().itemAt(number) for number in range(page.layout().count())]
    rows = [item.geometry() for item in items if not item.isEmpty()]
    assert all(one.bottom() < two.top() for one, two in pairwise(rows))
    assert max(one.geometry().bottom() for one in editor.settings._lines.values()) < editor.settings.height()


def test_a_hint_of_two_lines_is_whole_after_a_source_with_one_line(editor: WatchEditor) -> None:
    editor.window().resize(1240, 780)
    short, long = (
        "Such as kawaraj.pl.",
        "The key of your own account, from its settings. Only some plans have one at all.",
    )
    for hint in (short, long):
        source = FakeSource(settings=(Setting("shop", "Shop", hint=short), Setting("key", "Key", "secret", hint=hint)))
        editor._sources = (source,)
        editor._source_chosen()
        for _ in range(12):
            QApplication.processEvents()
    for line in editor.settings._lines.values():
        title, field, below = (line.layout().itemAt(number).widget().geometry() for number in range(3))
        assert title.bottom() < field.top() < field.bottom() < below.top()
        assert below.height() >= line.layout().itemAt(2).widget().heightForWidth(below.width())


def test_wide_letters_never_push_the_form_under_its_edge(editor: WatchEditor, qtbot: QtBot) -> None:
    editor.window().resize(1366, 700)
    editor.help.open_button.setText("Справочная страница этого источника (на английском)")
    page = editor._page
    splitter = editor.parentWidget().parentWidget()
    assert isinstance(splitter, QSplitter)
    splitter.setSizes([10_000, 1])
    qtbot.waitUntil(lambda: page.viewport().width() >= page.widget().minimumSizeHint().width())


def test_a_long_text_is_shown_from_its_beginning(editor: WatchEditor) -> None:
    long = "Reviews of the bakery at the market square, " * 4
    watch = Watch(
        "w", long, "feed", settings={"url": f"https://rogalik.example/{'x' * 200}"}, required=(long,), excluded=(long,)
    )
    editor.begin(watch)
    for field in (editor.name, editor.required, editor.excluded, editor.settings.fields["url"]):
        assert isinstance(field, QLineEdit)
        assert len(field.text()) > 100
        assert field.cursorPosition() == 0


def test_a_short_name_is_gone_on_with_at_its_end(editor: WatchEditor) -> None:
    editor.begin(Watch("", "Blog", "feed"))
    assert editor.name.hasFocus()
    assert editor.name.cursorPosition() == len("Blog")


def test_a_form_begun_while_another_watch_is_being_kept_stays_open(open_window: Open, desk: FakeDesk) -> None:
    later, window, page = _watches_later(open_window)
    page.edit()
    later.go()
    page.editor.name.setText("Renamed")
    page.editor.save()
    page.add()
    page.editor.name.setText("Another")
    later.go()
    assert page.editor.isVisible()
    assert page.editor.typed().name == "Another"
    assert page.editor.typed().id == ""
    assert "Renamed" in window.banner.text
    assert "Renamed" in {view.watch.name for view in desk.views}
    assert page.editor.save_button.isEnabled()


@pytest.mark.parametrize("act", ["add", "edit"])
def test_what_was_refused_after_its_form_was_closed_is_there_again(open_window: Open, desk: FakeDesk, act: str) -> None:
    later, _window, page = _watches_later(open_window)
    begin = getattr(page, act)
    begin()
    assert page.editor._title.text() == {"add": "New watch", "edit": "Change watch"}[act]
    later.go()
    number = page.editor.typed().id
    page.editor.name.setText("Typed")
    page.editor.settings.fields["url"].setText("https://typed.example")
    page.editor.save()
    desk.problem = Problem("desk.watch_same_name", {"name": "Typed"})
    page.add(Watch("", "Another", "feed"))
    later.go()
    assert (page.editor.typed().name, page.editor._wrong.isHidden()) == ("Another", True)
    desk.problem = None
    begin()
    later.go()
    typed = page.editor.typed()
    assert (typed.id, typed.name, typed.settings["url"]) == (number, "Typed", "https://typed.example")
    assert "called «Typed» already" in page.editor._wrong.text()
    page.editor.leave()
    begin()
    later.go()
    assert page.editor.typed().name != "Typed"


def test_one_paused_since_it_was_refused_stays_paused(open_window: Open, desk: FakeDesk) -> None:
    later, _window, page = _watches_later(open_window)
    page.edit()
    later.go()
    page.editor.save()
    page.editor.leave()
    desk.problem = Problem("desk.watch_same_name", {"name": "Typed"})
    later.go()
    desk.problem = None
    page.pause()
    later.go()
    page.edit()
    later.go()
    assert page.editor._wrong.text()
    assert page.editor.typed().paused


@pytest.mark.parametrize("refused", [True, False])
def test_places_looked_for_while_a_watch_is_being_kept_stay_open(
    open_window: Open, desk: FakeDesk, *, refused: bool
) -> None:
    later, window, page = _watches_later(open_window)
    page.edit()
    later.go()
    page.editor.name.setText("Renamed")
    page.editor.save()
    page.editor.find_requested.emit()
    if refused:
        desk.problem = Problem("desk.watch_same_name", {"name": "Renamed"})
    later.go()
    assert page.finder.isVisible()
    assert "Renamed" in window.banner.text


@pytest.mark.parametrize("panel", ["form", "finder", "own"])
def test_who_removes_another_watch_keeps_the_panel(open_window: Open, panel: str) -> None:
    window = open_window()
    window.resize(1240, 780)
    settle()
    window.do("page:watches")
    page = window.pages.watches()
    if panel == "finder":
        page.find_places()
    else:
        page.edit()
        page.editor.name.setText("Typed")
    if panel != "own":
        page.table.view.selectRow(1)
    settle()
    page._remove.setFocus()
    page.remove()
    opened = page.finder if panel == "finder" else page.editor
    assert opened.isVisible() == (panel != "own")
    assert window.focusWidget() is page.table.view


def test_an_interval_below_a_minute_is_told_in_seconds(editor: WatchEditor) -> None:
    place = {"url": "http://192.168.1.5/feed"}
    editor.begin(Watch("w1", "Till", "feed", settings=place, interval=20, allow_private=True))
    assert editor.interval.currentText() == "20 seconds"
    editor.begin(Watch("w1", "Till", "feed", settings=place, interval=60, allow_private=True))
    assert editor.interval.currentText() == "1 min"


def test_short_intervals_are_offered_once_the_place_is_said_to_be_in_the_own_network(editor: WatchEditor) -> None:
    def shortest() -> int:
        return int(editor.interval.itemData(0))

    editor.settings.fields["url"].setText("192.168.1.5/feed")
    usual, chosen = shortest(), editor.interval.currentData()
    editor.private.click()
    assert (shortest(), editor.interval.currentData()) == (60, chosen)
    editor.interval.setCurrentIndex(0)
    editor.private.click()
    assert shortest() == editor.interval.currentData() == usual > 60


def test_a_test_that_only_met_a_problem_leaves_the_form_its_room(editor: WatchEditor, desk: FakeDesk) -> None:
    editor.window().resize(900, 700)
    for name in ("url", "page"):
        editor.settings.fields[name].setText("https://example.org")
    heights = []
    for problem in (None, Problem("net.refused", {"host": "example.org"})):
        desk.trial = replace(desk.watches_test(editor.typed()), mentions=(), problem=problem)
        editor.test()
        settle()
        heights.append(editor._page.height())
    assert heights[1] > heights[0] + LOW // 4
