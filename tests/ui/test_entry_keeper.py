"""What is typed under «Add…» is never lost: not by closing, quitting or a crash, and not by a slip."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from fakes.counter import Counter
from PySide6.QtCore import QDateTime, QMimeData, Qt
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW
from ui.window_samples import AWFUL, OpenShop, begun, picture

from app.core.by_hand import Entry, Where
from app.core.customer import Identity
from app.core.ports.by_hand import EntryDraft, Kept
from app.core.problems import Problem
from app.ui.bench import Bench
from app.ui.entry_keeper import EntryKeeper, added
from app.ui.widgets.add_dialog import AddDialog
from app.ui.window import MainWindow


@pytest.fixture
def window(open_shop: OpenShop) -> MainWindow:
    return open_shop()


def fill(dialog: AddDialog) -> None:
    dialog.text.setPlainText(AWFUL)
    dialog.link.setText("https://forum.example/t/7")
    dialog.who.author.setText("Anna K.")
    dialog.who.account.setText("600 100 200")
    dialog.where.setCurrentIndex(dialog.where.findData(Where.SHOP))
    dialog.stars.setCurrentIndex(2)
    dialog.at.setDateTime(QDateTime.fromSecsSinceEpoch(1_700_000_000))
    dialog.take_picture(picture())


def test_what_is_typed_is_kept_at_once_and_is_there_after_a_crash(
    qtbot: QtBot, shop: Counter, open_shop: OpenShop
) -> None:
    card = shop.files.create("Anna Kowalska", Identity("allegro.pl", "anna44"), 1.0)
    assert not isinstance(card, Problem)
    dialog = begun(open_shop())
    assert not dialog.clear_button.isVisible()
    fill(dialog)
    dialog.who.finder.chosen.emit(card)
    qtbot.waitUntil(lambda: isinstance(shop.desk.by_hand.draft(), EntryDraft))
    again = begun(open_shop())  # nothing was flushed: the first window stands for one that was killed
    assert again.draft == dialog.draft
    assert again.entry.at == 1_700_000_000.0
    assert again.picture.isVisible()
    assert again.who.customer_id == card.id
    assert again.clear_button.isVisible()
    again.submit()
    assert shop.desk.by_hand.draft() is None
    assert begun(open_shop()).is_empty


@pytest.mark.parametrize("leave", ["escape", "flush", "quit", "hide"])
def test_what_is_typed_is_kept_when_the_dialog_is_left(shop: Counter, window: MainWindow, leave: str) -> None:
    dialog = begun(window)
    dialog.who.account.setText("600 100 200")  # a number alone is worth keeping too
    {"escape": dialog.reject, "flush": window.flush, "quit": lambda: window.do("quit"), "hide": window.hide}[leave]()
    draft = shop.desk.by_hand.draft()
    assert isinstance(draft, EntryDraft)
    assert draft.entry.handle == "600 100 200"


def test_what_is_typed_before_the_draft_is_read_is_added_to_it(shop: Counter, open_shop: OpenShop) -> None:
    shop.desk.by_hand.put_draft(EntryDraft(Entry("", Where.SHOP, text=AWFUL, url="https://a.example/1")))
    later = Later()
    window = open_shop(later)
    data = QMimeData()
    data.setText("https://forum.example/t/7 And the soup was cold.")
    window.inbox.dropped.emit(data)
    dialog = window.by_hand.add_dialog()
    dialog.keeper.flush()
    later.go("write")
    later.go()
    assert dialog.text.toPlainText() == f"{AWFUL}\nhttps://a.example/1\nAnd the soup was cold."
    assert dialog.link.text() == "https://forum.example/t/7"
    dialog.keeper.flush()
    later.go()
    draft = shop.desk.by_hand.draft()
    assert isinstance(draft, EntryDraft)
    assert draft.entry.text == dialog.text.toPlainText()


def test_what_is_typed_is_cleared_and_undo_brings_it_back(shop: Counter, window: MainWindow) -> None:
    dialog = begun(window)
    fill(dialog)
    window.flush()
    before = dialog.draft
    assert shop.desk.by_hand.draft() == before
    dialog.clear_button.click()
    assert dialog.is_empty
    assert not dialog.clear_button.isVisible()
    assert shop.desk.by_hand.draft() is None
    dialog.reject()
    window.do("undo")
    assert dialog.isVisible()
    assert dialog.draft == before
    assert dialog.picture.isVisible()


def test_what_was_cleared_is_brought_back_in_its_own_window(qtbot: QtBot, window: MainWindow) -> None:
    dialog = begun(window)
    qtbot.waitUntil(dialog.text.hasFocus)
    undo = Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier
    qtbot.keyClicks(dialog.text, AWFUL)
    dialog.who.author.setText("Anna K.")
    dialog.clear_button.click()
    qtbot.keyClicks(dialog.text, "Slip")
    qtbot.keyClick(dialog.text, *undo)
    assert dialog.is_empty  # what was typed since is taken back first
    qtbot.keyClick(dialog.text, *undo)
    assert (dialog.text.toPlainText(), dialog.who.name) == (AWFUL, "Anna K.")
    window.by_hand._undo.push("Snoozed.", lambda _desk: pytest.fail("taken back from another window"))
    dialog.link.setFocus()
    qtbot.keyClick(dialog, *undo)


def test_what_cannot_be_kept_is_told_and_tried_again(
    qtbot: QtBot, shop: Counter, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = begun(window)
    dialog.text.setPlainText(AWFUL)
    with monkeypatch.context() as patch:
        patch.setattr(shop.desk.by_hand, "put_draft", lambda _draft: Problem("stores.disk_full"))
        dialog.keeper.flush()
    assert "disk" in dialog.told.text().lower()
    assert shop.desk.by_hand.draft() is None
    dialog.keeper._timers._retry.timeout.emit()
    assert isinstance(shop.desk.by_hand.draft(), EntryDraft)
    assert not dialog.keeper._timers._retry.isActive()


def test_a_draft_that_cannot_be_read_is_told(shop: Counter, window: MainWindow) -> None:
    folder = shop.profile.folder / "by-hand"
    folder.mkdir(exist_ok=True)
    (folder / "draft.json").write_text("{", encoding="utf-8")
    assert begun(window).is_empty
    assert "draft.json.broken" in window.banner.text


def kept_draft(text: str) -> EntryDraft:
    return EntryDraft(Entry("", Where.SHOP, text=text))


def test_only_the_answer_to_the_newest_words_says_that_all_is_safe(qtbot: QtBot) -> None:
    later, typed, desk = Later(), [kept_draft("one")], FakeDesk()
    bench = Bench(later, lambda: NOW)
    bench.open(desk, ())
    keeper = EntryKeeper(bench, lambda: typed[0], bench)
    kept: list[EntryDraft] = []
    answers: list[Problem | None] = [Problem("stores.disk_full"), None, Problem("stores.disk_full")]

    def put(draft: EntryDraft) -> Problem | None:
        kept.append(draft)
        return answers[len(kept) - 1]

    desk.by_hand = SimpleNamespace(put_draft=put)
    failed: list[object] = []
    keeper.failed.connect(failed.append)
    keeper.touch()
    keeper.flush()
    assert later.jobs == [], "what was typed before is still being read"
    keeper.begin()
    assert keeper._timers._pause.isActive(), "what changed before is saved soon"
    keeper.flush()
    typed[0] = kept_draft("one two")
    keeper.touch()
    keeper.flush()
    later.go("write", 1)
    assert failed == [], "a newer state is on its way"
    later.go("write", 1)
    assert not keeper._timers._retry.isActive()
    keeper.touch()
    keeper.flush()
    later.go()
    assert (failed, keeper._timers._retry.isActive()) == ([Problem("stores.disk_full")], True)
    keeper._timers.answered()
    keeper._timers.saving()


def test_what_is_known_already_leaves_what_was_typed_a_draft() -> None:
    """Nothing was kept: the mention of that link is shown instead, and the words typed beside it wait."""
    draft, dropped = kept_draft("words"), list[object]()
    for mention_id, left in ((7, 0), (None, 1)):
        result = Kept(draft.entry, "batch", mention_id)
        by_hand = SimpleNamespace(add=lambda *_args, result=result: result, put_draft=dropped.append)
        assert added(SimpleNamespace(by_hand=by_hand), draft) is result
        assert len(dropped) == left
