"""Entering by hand in the window: pasted, dropped, recognised, kept; tables looked at and taken in."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.counter import Counter
from PySide6.QtCore import QDateTime, QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot
from ui.fake_desk import FakeDesk
from ui.fake_shop import heard
from ui.window_samples import AWFUL, Open, OpenShop, begun, listen, picture

from app.core.by_hand import Where
from app.core.customer import Identity
from app.core.ports.by_hand import Kept
from app.core.problems import Problem
from app.core.verdict import Kind, Verdict
from app.core.views import Folder
from app.listen.by_hand import at_once
from app.ui.pictures import LARGEST, LONGEST_SIDE, encoded, image_of, made_small
from app.ui.widgets.add_dialog import AddDialog
from app.ui.window import MainWindow


@pytest.fixture
def window(open_shop: OpenShop) -> MainWindow:
    return open_shop()


def test_what_is_typed_becomes_a_mention_and_is_shown_as_soon_as_it_is_one(
    qtbot: QtBot, shop: Counter, window: MainWindow
) -> None:
    dialog = begun(window)
    assert not dialog.add.isEnabled()
    dialog.text.setPlainText(AWFUL)
    dialog.who.author.setText("Anna K.")
    dialog.who.account.setText("600 100 200")
    dialog.stars.setCurrentIndex(2)
    dialog._ask()
    assert dialog.verdict.text().startswith("complaint 0.9")
    with qtbot.waitSignal(window.by_hand.entered):
        dialog.submit()
    assert not dialog.isVisible()
    assert dialog.is_empty
    listen(shop, window)
    view = window.case.view
    assert view is not None
    mention = view.mention.mention
    assert (mention.text, mention.handle, mention.stars, mention.source) == (AWFUL, "600100200", 2.0, "phone")
    assert view.customer is not None
    assert window.inbox.folder is Folder.COMPLAINTS
    assert "Phone" in window.case.head._place.text()


def test_stars_that_make_it_a_complaint_are_told_while_it_is_typed(window: MainWindow) -> None:
    dialog = begun(window)
    dialog.text.setPlainText("Das Brot war steinhart")
    dialog.stars.setCurrentIndex(1)
    dialog._judged(dialog.entry, Verdict(Kind.COMPLAINT, 0.89))
    assert dialog.verdict.text() == "complaint 0.89: 1 of 5 stars"


def test_every_field_has_a_name_for_screen_readers(window: MainWindow) -> None:
    dialog = begun(window)
    fields = (dialog.text, dialog.link, dialog.where, dialog.at, dialog.stars)
    assert [field.accessibleName() for field in fields] == [
        "What was said or written", "Link", "Where it was said", "When", "Stars"
    ]  # fmt: skip


def test_the_keyboard_opens_and_the_window_keeps_what_was_typed(qtbot: QtBot, window: MainWindow) -> None:
    assert window.menu_actions.by_name["add"].shortcut().toString() == "Ctrl+N"
    dialog = begun(window)
    dialog.text.setPlainText("Half a sen")
    dialog.reject()
    assert begun(window).text.toPlainText() == "Half a sen"
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    begun(window)
    window.hide()
    assert not dialog.isVisible()


def test_what_is_pasted_or_dropped_goes_where_it_belongs(shop: Counter, window: MainWindow, tmp_path: Path) -> None:
    dialog = begun(window)

    def paste(**parts: object) -> None:
        data = QMimeData()
        for name, value in parts.items():
            getattr(data, f"set{name}")(value)
        dialog.text.take(data)

    paste(Text=" https://forum.example/t/7 ")
    assert (dialog.link.text(), dialog.text.toPlainText()) == ("https://forum.example/t/7", "")
    assert dialog.entry.where is Where.WEB
    paste(Text="Some <b>words</b>\nhttps://forum.example/t/7", ImageData=picture())
    assert dialog.text.toPlainText().startswith("Some <b>words</b>")
    assert not dialog.picture.isVisible()
    paste(ImageData=picture())
    assert dialog.picture.isVisible()
    dialog._drop_picture()
    file = tmp_path / "shot.png"
    picture().save(str(file))
    paste(Urls=[QUrl.fromLocalFile(str(file))])
    assert dialog.picture.isVisible()
    file.write_bytes(b"nothing of the kind")
    paste(Urls=[QUrl.fromLocalFile(str(file))])
    assert "not a picture" in dialog.told.text()
    QGuiApplication.clipboard().setText("from the clipboard ")
    dialog.text.selectAll()
    dialog.text.paste()
    assert dialog.text.toPlainText() == "from the clipboard "
    assert shop.profile.web.asked == ["https://a.example/feed"]


@pytest.mark.parametrize(
    "pasted",
    ["https://forum.example/t/7 {words}", "{words} https://forum.example/t/7", "{words}\nhttps://forum.example/t/7\n"],
)
def test_a_link_pasted_beside_words_goes_into_its_own_field(window: MainWindow, pasted: str) -> None:
    dialog = begun(window)
    data = QMimeData()
    data.setText(pasted.format(words=AWFUL))
    dialog.text.take(data)
    assert (dialog.link.text(), dialog.text.toPlainText()) == ("https://forum.example/t/7", AWFUL)
    assert dialog.entry.where is Where.WEB
    dialog.text.clear()
    data.setText("More on https://other.example/1")
    dialog.text.take(data)
    assert dialog.link.text() == "https://forum.example/t/7"
    assert dialog.text.toPlainText() == "More on https://other.example/1"


def test_a_link_alone_leaves_the_words_that_are_selected(window: MainWindow) -> None:
    dialog = begun(window)
    dialog.text.setPlainText(AWFUL)
    dialog.text.selectAll()
    data = QMimeData()
    data.setText("https://forum.example/t/7")
    dialog.text.take(data)
    assert (dialog.link.text(), dialog.text.toPlainText()) == ("https://forum.example/t/7", AWFUL)


def test_the_next_entry_is_not_one_of_the_web_because_the_last_one_was(shop: Counter, window: MainWindow) -> None:
    dialog = begun(window)
    dialog.take_link("https://forum.example/t/7")
    assert dialog.entry.where is Where.WEB
    dialog.submit()
    assert begun(window).entry.where is Where.PHONE
    dialog.text.setPlainText(AWFUL)
    dialog.where.setCurrentIndex(dialog.where.findData(Where.SHOP))
    dialog.submit()
    assert begun(window).entry.where is Where.SHOP


def test_what_is_dropped_on_the_list_opens_the_window_it_belongs_to(window: MainWindow, tmp_path: Path) -> None:
    data = QMimeData()
    data.setText(AWFUL)
    assert window.inbox.acceptDrops()
    window.inbox.dropped.emit(data)
    assert window.by_hand.add_dialog().text.toPlainText() == AWFUL
    assert window.by_hand.add_dialog().isVisible()
    window.by_hand.add_dialog().hide()
    file = tmp_path / "t.csv"
    file.write_text("text\nGreat soup\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    window.inbox.dropped.emit(data)
    assert not window.by_hand.add_dialog().isVisible()
    assert window.by_hand.import_dialog().take.isEnabled()


def test_a_picture_is_kept_with_its_words_and_shown_in_the_case(shop: Counter, window: MainWindow) -> None:
    dialog = begun(window)
    dialog.take_picture(picture(3000, 1500))
    dialog.submit()
    assert "does not read pictures" in dialog.told.text()
    dialog.text.setPlainText(AWFUL)
    dialog.where.setCurrentIndex(dialog.where.findData(Where.OTHER))
    dialog.submit()
    listen(shop, window)
    shown = window.case.head.picture
    assert shown.isVisible()
    assert shown.label.image.width() == LONGEST_SIDE
    other = shop.say("Jan @jan", "Great bread!")
    window.show_case(other)
    assert not shown.isVisible()


def test_a_link_heard_already_is_recognised_and_opened(shop: Counter, window: MainWindow) -> None:
    known = shop.say("Piotr @piotr", AWFUL)
    mention = shop.archive.mention(known)
    assert mention is not None
    dialog = begun(window)
    dialog.take_link(f"{mention.mention.url}?utm_source=mail")
    assert dialog.heard.isVisible()
    assert not dialog.add.isEnabled()
    dialog._open_heard.click()
    assert window.case.mention_id == known
    dialog._take_again.click()
    assert dialog.add.isEnabled()
    dialog.submit()
    listen(shop, window)
    assert window.case.mention_id not in {known, None}
    dialog.take_link("https://elsewhere.example/1")
    assert not dialog.heard.isVisible()


def test_the_same_pasted_text_leads_to_the_mention_it_is_already(shop: Counter, window: MainWindow) -> None:
    seen = []
    for _time in range(2):
        dialog = begun(window)
        dialog.text.setPlainText(AWFUL)
        dialog.where.setCurrentIndex(dialog.where.findData(Where.OTHER))
        dialog.submit()
        listen(shop, window)
        seen.append(window.case.mention_id)
    assert seen[0] == seen[1]
    assert "heard already" in window.banner.text


def test_a_customer_known_is_offered_and_chosen(shop: Counter, window: MainWindow, qtbot: QtBot) -> None:
    card = shop.files.create("Anna Kowalska", Identity("allegro.pl", "anna44"), 1.0)
    assert not isinstance(card, Problem)
    dialog = begun(window)
    dialog.text.setPlainText(AWFUL)
    who = dialog.who
    who.author.setFocus()
    qtbot.waitUntil(who.author.hasFocus)
    qtbot.keyClicks(who.author, "ann")
    popup = who.finder.popup()
    qtbot.waitUntil(popup.isVisible)
    assert next(iter(who.finder.offered)).startswith("Anna Kowalska · anna44 · ")
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Anna Kowalska" in who._known.text())
    assert who.name == "Anna Kowalska"
    dialog.submit()
    listen(shop, window)
    view = window.case.view
    assert view is not None
    assert view.customer is not None
    assert view.customer.id == card.id


def shown(dialog: AddDialog) -> float:
    return float(dialog.at.dateTime().toSecsSinceEpoch())


def test_the_time_shown_is_the_time_recorded(shop: Counter, window: MainWindow) -> None:
    dialog = begun(window)
    assert dialog.entry.at == pytest.approx(shop.profile.clock(), abs=5)
    dialog.text.setPlainText(AWFUL[:1])
    begun_at = shown(dialog)
    shop.profile.clock.shift = 180.0  # the call is written down for three minutes
    window._bench.read_clock()
    dialog.text.setPlainText(AWFUL)
    assert dialog.entry.at == shown(dialog) == begun_at
    for ahead in (30.0, 86_400.0):  # nothing was said in the future
        dialog.at.setDateTime(QDateTime.fromSecsSinceEpoch(int(shop.profile.clock() + ahead)))
        assert dialog.entry.at == pytest.approx(shop.profile.clock(), abs=5)


def test_a_time_nobody_chose_follows_the_clock_when_the_window_is_opened_again(
    shop: Counter, window: MainWindow, open_shop: OpenShop
) -> None:
    dialog = begun(window)
    dialog.text.setPlainText(AWFUL)
    dialog.reject()
    for shift in (180.0, 360.0):
        shop.profile.clock.shift = shift
        assert shown(begun(window)) == pytest.approx(shop.profile.clock(), abs=5)
        dialog.reject()
    shop.profile.clock.shift = 7_200.0  # and at a later start
    again = begun(open_shop())
    assert again.text.toPlainText() == AWFUL
    assert shown(again) == pytest.approx(shop.profile.clock(), abs=5)


@pytest.mark.parametrize("field", ["text", "link", "author", "picture"])
def test_a_time_nobody_chose_moves_on_until_something_is_typed(shop: Counter, window: MainWindow, field: str) -> None:
    dialog, clock = begun(window), shop.profile.clock
    clock.shift = 3_600.0
    window._bench.read_clock()
    assert shown(dialog) == pytest.approx(clock(), abs=5), "what is looked at is true"
    clock.shift = 18_000.0
    dialog.where.setCurrentIndex(1)
    dialog.stars.setCurrentIndex(2)
    act = {
        "text": lambda: dialog.text.setPlainText("x"),
        "link": lambda: dialog.link.setText("x"),
        "author": lambda: dialog.who.author.setText("x"),
        "picture": lambda: dialog.take_picture(picture()),
    }
    act[field]()
    at = shown(dialog)
    assert at == pytest.approx(clock(), abs=5)
    clock.shift = 36_000.0
    window._bench.read_clock()
    dialog.text.setPlainText(AWFUL)
    assert shown(dialog) == dialog.entry.at == at


def test_a_complaint_written_down_late_in_a_window_left_open_is_not_overdue(shop: Counter, window: MainWindow) -> None:
    dialog = begun(window)
    shop.profile.clock.shift = 18_000.0
    dialog.text.setPlainText(AWFUL)
    dialog.submit()
    listen(shop, window)
    (row,) = shop.desk.inbox.page(Folder.COMPLAINTS, "", 0, 10, shop.profile.clock()).rows
    assert row.due_at is not None
    assert row.due_at > shop.profile.clock()


def test_a_time_that_is_being_changed_stays_still(shop: Counter, window: MainWindow, qtbot: QtBot) -> None:
    dialog = begun(window)
    dialog.at.setFocus()
    qtbot.waitUntil(dialog.at.hasFocus)
    before = shown(dialog)
    shop.profile.clock.shift = 3_600.0
    window._bench.read_clock()
    assert shown(dialog) == before


def test_a_time_chosen_before_anything_is_typed_stays(shop: Counter, window: MainWindow) -> None:
    dialog = begun(window)
    dialog.at.setDateTime(QDateTime.fromSecsSinceEpoch(1_700_000_000))
    window._bench.read_clock()
    dialog.text.setPlainText(AWFUL)
    assert shown(dialog) == dialog.entry.at == 1_700_000_000.0


def test_a_time_of_the_owners_is_kept(shop: Counter, window: MainWindow, open_shop: OpenShop) -> None:
    dialog = begun(window)
    dialog.text.setPlainText(AWFUL)
    dialog.at.setDateTime(QDateTime.fromSecsSinceEpoch(1_700_000_000))
    assert dialog.entry.at == 1_700_000_000.0
    dialog.reject()
    shop.profile.clock.shift = 600.0
    assert shown(begun(window)) == begun(window).entry.at == 1_700_000_000.0
    window.flush()
    assert begun(open_shop()).entry.at == 1_700_000_000.0


def test_what_is_taken_back_keeps_the_time_recorded(shop: Counter, window: MainWindow) -> None:
    dialog = begun(window)
    dialog.text.setPlainText(AWFUL)
    at = dialog.entry.at
    dialog.submit()
    window.do("undo")
    shop.profile.clock.shift = 600.0
    assert begun(window).entry.at == pytest.approx(at, abs=5)


def put_in(window: MainWindow, words: str = AWFUL) -> None:
    dialog = begun(window)
    dialog.text.setPlainText(words)
    dialog.who.author.setText("Anna K.")
    dialog.submit()


@pytest.mark.parametrize("taken_in", [True, False])
def test_what_was_added_is_taken_back(shop: Counter, window: MainWindow, taken_in: bool) -> None:
    put_in(window)
    assert window.banner.text == "Added."
    assert window.banner._undo.isVisible()
    if taken_in:
        listen(shop, window)
        assert window.case.view is not None
    window.do("undo")
    assert window.banner.text == "Undone: Added."
    listen(shop, window)
    assert window.case.view is None
    assert shop.archive.counts(0.0)[Folder.EVERYTHING] == 0
    assert shop.desk.customers.search("") == ()
    window.by_hand._say_waiting()
    assert window.banner.text == "Undone: Added."


def test_what_is_taken_back_stands_in_the_window_again(shop: Counter, window: MainWindow) -> None:
    dialog = begun(window)
    dialog.text.setPlainText(AWFUL)
    dialog.who.author.setText("Anna K.")
    dialog.stars.setCurrentIndex(dialog.stars.findData(2.0))
    dialog.take_picture(picture())
    dialog.submit()
    listen(shop, window)
    assert window.case.reply.audience == "private"
    window.do("undo")
    assert not dialog.isVisible()
    dialog = begun(window)
    assert (dialog.text.toPlainText(), dialog.who.name, dialog.stars.currentData()) == (AWFUL, "Anna K.", 2.0)
    assert dialog.picture.isVisible()
    dialog.submit()
    assert window.banner.text == "Added."
    listen(shop, window)
    assert shop.archive.counts(0.0)[Folder.EVERYTHING] == 1


def test_what_is_taken_back_while_the_listener_is_about_it_goes_all_the_same(
    shop: Counter, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in(window)
    (name,) = shop.profile.waiting.names()
    entries = tuple(shop.profile.waiting.read(name))
    monkeypatch.setattr(shop.profile.waiting, "read", lambda _name: iter(entries))
    steps = at_once(shop.profile.parts, shop.profile.waiting)
    told = [step.told for step in steps if not isinstance(step, Problem)]
    window.by_hand._take_back(Kept(entries[0], name))
    for one in told:
        window.by_hand.taken_in(one)
    assert shop.archive.counts(0.0)[Folder.EVERYTHING] == 0
    assert window.case.view is None


def test_what_waits_too_long_is_told(window: MainWindow) -> None:
    dialog = begun(window)
    dialog.text.setPlainText(AWFUL)
    dialog.submit()
    window.by_hand._say_waiting()
    assert "as soon as Counterbell is listening" in window.banner.text


def test_everything_is_exported_into_a_file(shop: Counter, window: MainWindow, tmp_path: Path) -> None:
    shop.say("Piotr @piotr", AWFUL)
    window.by_hand.export_to(tmp_path / "all.csv")
    assert "1 mention written to all.csv" in window.banner.text
    assert AWFUL in (tmp_path / "all.csv").read_text("utf-8-sig")
    window.by_hand.export_to(tmp_path / "none" / "all.csv")
    assert "all.csv" in window.banner.text
    assert "written to" not in window.banner.text


def test_pictures_are_made_small_and_what_is_none_is_told() -> None:
    image = image_of(encoded(picture(5000, 100)))
    assert image is not None
    assert (image.width(), image.height()) == (LONGEST_SIDE, 40)
    noise = QImage(random.Random(1).randbytes(1200 * 1200 * 3), 1200, 1200, QImage.Format.Format_RGB888)
    raw = encoded(noise)
    assert raw.startswith(b"\xff\xd8")
    assert len(raw) <= LARGEST
    for nothing in (b"", b"\x89PNG\r\n\x1a\n", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + b"\xff" * 20):
        assert made_small(nothing) == Problem("ui.no_picture")


def test_an_ordinary_mention_is_not_asked_for_a_picture(open_window: Open, desk: FakeDesk) -> None:
    desk.heard = [heard(1, "Where is my parcel?"), replace(heard(2, "x", source="phone", site=""))]
    window = open_window()
    window.show_case(1)
    assert window.case.mention_id == 1
    assert not window.case.head.picture.isVisible()
