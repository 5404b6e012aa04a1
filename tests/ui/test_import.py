"""Importing in the window: looked at, asked about, taken in, stopped, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.counter import Counter
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.window_samples import AWFUL, OpenShop, begun, listen

from app.core.by_hand import Entry
from app.core.mention_table import Handed
from app.core.problems import Problem
from app.core.views import Folder
from app.listen.by_hand import at_once
from app.ui.by_hand import LONG_TABLE
from app.ui.widgets.import_dialog import ImportDialog
from app.ui.widgets.pieces import in_order
from app.ui.window import MainWindow

TABLE = "text;author\nGreat soup;Anna\nawful soup;Ewa\n"


@pytest.fixture
def window(open_shop: OpenShop) -> MainWindow:
    return open_shop()


def table_in(folder: Path, words: str = TABLE) -> Path:
    file = folder / "t.csv"
    file.write_text(words, encoding="utf-8")
    return file


def imported(window: MainWindow, file: Path) -> ImportDialog:
    window.by_hand.import_file(file)
    dialog = window.by_hand.import_dialog()
    dialog.hand_in()
    return dialog


def heard(shop: Counter) -> int:
    return shop.archive.counts(0.0)[Folder.EVERYTHING]


def test_a_table_is_shown_asked_about_and_taken_in(
    qtbot: QtBot, shop: Counter, window: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / "t.csv"
    file.write_text(
        "text;author;date;x\nGreat soup;Anna;03/05/2026;1\n;Jan;;\nawful soup;Ewa;04/05/2026;2\n", encoding="utf-8"
    )
    window.by_hand.import_file(file)
    dialog = window.by_hand.import_dialog()
    assert "«x»" in dialog.understood.text()
    assert "Line 3" in dialog.left_out.text()
    assert [row.author for row in dialog.table.model.rows] == ["Anna", "Ewa"]
    assert (dialog.days.isVisible(), dialog.take.isEnabled()) == (True, False)
    dialog.days.setCurrentIndex(1)
    dialog.days.activated.emit(1)
    assert dialog.take.isEnabled()
    with qtbot.waitSignal(dialog.handed):
        dialog.hand_in()
    assert dialog.progress.isVisible()
    listen(shop, window)
    assert "2 mentions imported" in dialog.summary.text()
    assert not dialog.progress.isVisible()
    assert shop.archive.counts(0.0)[Folder.EVERYTHING] == 2
    file.write_text("nothing of ours\n", encoding="utf-8")
    window.by_hand.import_file(file)
    assert not dialog.take.isEnabled()
    assert dialog.table.currentWidget() is dialog.table.empty
    dialog.stop()
    assert not dialog.isVisible()


def test_a_table_is_stopped_while_read_and_while_taken_in(shop: Counter, open_shop: OpenShop, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("text\n" + "".join(f"Row {n} of a table\n" for n in range(900)), encoding="utf-8")
    later = Later()
    window = open_shop(later)
    later.go()
    window.by_hand.import_file(file)
    dialog = window.by_hand.import_dialog()
    dialog.stop()
    later.go()
    assert not dialog.isVisible()
    assert not dialog.understood.text()
    window.by_hand.import_file(file)
    later.go()
    dialog.hand_in()
    later.go("slow")
    (name,) = shop.profile.waiting.names()
    steps = at_once(shop.profile.parts, shop.profile.waiting)
    first = next(steps)
    assert not isinstance(first, Problem)
    window.by_hand.taken_in(first.told)
    assert "250" in dialog.summary.text()
    dialog.stop()
    later.go()
    assert not shop.profile.waiting.is_there(name)
    for step in steps:
        assert not isinstance(step, Problem)
        window.by_hand.taken_in(step.told)
    assert dialog.summary.text().startswith("Stopped")
    later.go()


def test_return_imports_and_then_closes(qtbot: QtBot, shop: Counter, window: MainWindow, tmp_path: Path) -> None:
    window.by_hand.import_file(table_in(tmp_path))
    dialog = window.by_hand.import_dialog()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(_focus(dialog), Qt.Key.Key_Return)
    assert shop.profile.waiting.names() != ()
    listen(shop, window)
    assert dialog.cancel.text() == "Close"
    qtbot.keyClick(_focus(dialog), Qt.Key.Key_Return)
    assert not dialog.isVisible()
    window.by_hand.import_file(tmp_path / "t.csv")
    qtbot.keyClicks(dialog.place, "Google")
    qtbot.keyClick(dialog.place, Qt.Key.Key_Return)
    assert not dialog._soon.isActive()
    (name,) = shop.profile.waiting.names()
    assert [entry.place for entry in shop.profile.waiting.read(name)] == ["Google", "Google"]


def test_return_on_cancel_cancels_and_on_an_unread_table_does_nothing(
    qtbot: QtBot, shop: Counter, window: MainWindow, tmp_path: Path
) -> None:
    window.by_hand.import_file(table_in(tmp_path, "nothing of ours\n"))
    dialog = window.by_hand.import_dialog()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(_focus(dialog), Qt.Key.Key_Return)
    assert dialog.isVisible()
    window.by_hand.import_file(table_in(tmp_path))
    dialog.cancel.setFocus()
    qtbot.keyClick(dialog.cancel, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert shop.profile.waiting.names() == ()


def _focus(dialog: ImportDialog) -> QWidget:
    return dialog.focusWidget() or dialog


@pytest.mark.parametrize("taken_in", [True, False])
def test_a_table_is_taken_back_and_what_was_there_before_stays(
    shop: Counter, window: MainWindow, tmp_path: Path, taken_in: bool
) -> None:
    shop.say("Piotr @piotr", AWFUL)
    file = table_in(tmp_path)
    imported(window, file)
    listen(shop, window)
    shop.profile.clock.shift += 60.0
    file = table_in(tmp_path, f"{TABLE}Cold soup;Jan\n")
    dialog = imported(window, file)
    assert (window.banner.text, window.banner._undo.isHidden()) == ("Import of t.csv.", False)
    if taken_in:
        listen(shop, window)
        assert (window.banner.text, window.banner._undo.isHidden()) == (
            "1 mention imported, already known: 2.",
            False,
        )
        assert heard(shop) == 4
    removed = []
    window.by_hand.removed.connect(lambda: removed.append(heard(shop)))
    window.do("undo")
    listen(shop, window)
    assert removed == [3]
    assert (heard(shop), shop.profile.waiting.names()) == (3, ())
    assert window.banner.text == "Undone: Import of t.csv."
    assert (dialog.summary.text(), dialog.cancel.text(), dialog.progress.isVisible()) == ("Undone.", "Close", False)
    window.do("undo")
    assert heard(shop) == 1
    imported(window, file)
    listen(shop, window)
    assert heard(shop) == 4


def test_a_table_taken_back_while_the_listener_is_about_it_goes_whole(
    shop: Counter, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(window, table_in(tmp_path, "text\n" + "".join(f"Row {n} of a table\n" for n in range(900))))
    (name,) = shop.profile.waiting.names()
    entries = tuple(shop.profile.waiting.read(name))

    def reading(_name: str) -> Iterator[Entry]:
        for number, entry in enumerate(entries):
            if number == 300:  # within the second of the listener's transactions
                assert heard(shop) == 250
                window.do("undo")
                assert heard(shop) == 0
            yield entry

    monkeypatch.setattr(shop.profile.waiting, "read", reading)
    listen(shop, window)
    assert heard(shop) == 0
    assert window.banner.text == "Undone: Import of t.csv."


@pytest.mark.parametrize(("rows", "lane"), [(LONG_TABLE, "write"), (LONG_TABLE + 1, "slow")])
def test_a_long_table_is_taken_back_beside_what_is_typed(
    shop: Counter, open_shop: OpenShop, rows: int, lane: str
) -> None:
    later = Later()
    window = open_shop(later)
    later.go()
    window.by_hand.import_dialog().handed.emit(Handed("0", rows), "t.csv")
    later.go()
    window.do("undo")
    assert [job[0] for job in later.jobs] == [lane]
    later.go()
    assert window.banner.text == "Undone: Import of t.csv."


def test_a_table_without_news_offers_no_undo(shop: Counter, window: MainWindow, tmp_path: Path) -> None:
    file = table_in(tmp_path)
    for _time in range(2):
        imported(window, file)
        listen(shop, window)
    assert window.banner._undo.isHidden()
    window.do("undo")
    assert heard(shop) == 0


def test_undo_in_the_windows_own_keys_takes_back_a_table_only(
    qtbot: QtBot, shop: Counter, window: MainWindow, tmp_path: Path
) -> None:
    dialog = imported(window, table_in(tmp_path))
    listen(shop, window)
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert heard(shop) == 0
    imported(window, tmp_path / "t.csv")
    listen(shop, window)
    window.show_case(shop.archive.mentions_after(0, 1)[0].id)
    window.do("case:resolved")
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert heard(shop) == 2
    assert "Marked" in window.banner.text


def test_tab_goes_through_both_windows_as_the_eye_does(window: MainWindow, tmp_path: Path) -> None:
    window.by_hand.import_file(table_in(tmp_path))
    imports = window.by_hand.import_dialog()
    assert _stops(imports)[-4:] == [imports.place, imports.old, *in_order(imports.take, imports.cancel)]
    adds = begun(window)
    stops = _stops(adds)
    shown = [adds.text, adds.link, adds.where, adds.at, adds.stars, adds.who.author, adds.who.account]
    assert [stop for stop in stops if stop in shown] == shown
    assert stops[-3] is adds.clear_button
    assert {stop.accessibleName() for stop in stops[-2:]} == {"Add", "Cancel"}
    assert stops[-2].x() < stops[-1].x()


def _stops(dialog: QWidget) -> list[QWidget]:
    """Return what Tab goes through, shown or not, from the top."""
    found, at = [], dialog.nextInFocusChain()
    while at is not dialog:
        if at.focusPolicy() & Qt.FocusPolicy.TabFocus and not at.objectName().startswith("qt_"):
            found.append(at)
        at = at.nextInFocusChain()
    return found
