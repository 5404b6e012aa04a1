"""Finding places in the window: shown as they come, looked at, chosen and kept; and the choice a page gives."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.fake_desk import FakeDesk
from ui.window_samples import Open

from app.core.problems import Problem
from app.core.views import Choice, Found, Missed, Trial
from app.core.watch import Watch, WatchKind
from app.ui.background import Background
from app.ui.pages.watches_page import WatchesPage
from app.ui.pages.welcome_page import WelcomePage
from app.ui.widgets.choice_list import ChoiceList
from app.ui.widgets.found_list import FoundList
from app.ui.window import MainWindow


@pytest.fixture
def window(open_window: Open) -> MainWindow:
    window = open_window()
    window.do("find_watches")
    return window


@pytest.fixture
def page(window: MainWindow) -> WatchesPage:
    return window.pages.watches()


def _look(page: WatchesPage, qtbot: QtBot, typed: str = "Kawa Raj, Poznań") -> FoundList:
    page.finder.field.setText(typed)
    qtbot.keyClick(page.finder.field, Qt.Key.Key_Return)
    qtbot.waitUntil(page.finder.found.bar.isHidden)
    return page.finder.found


def _rows(found: FoundList) -> list[str]:
    return [found.list.item(row).text().replace("\n", ": ") for row in range(found.list.count())]


def _tried(desk: FakeDesk) -> list[Watch]:
    return [call[1] for call in desk.calls if call[0] == "watches.test"]


def test_finds_stand_in_order_and_what_failed_is_told_once(page: WatchesPage, qtbot: QtBot, desk: FakeDesk) -> None:
    found = _look(page, qtbot)
    assert _rows(found) == ["RSS or Atom feed: Nasz blog", "Mastodon: @piekarnia", "Bluesky: Piekarnia Rynek"]
    assert found.missed.text().startswith("Mastodon, Google reviews: mastodon.example did not answer in time")
    (hand,) = next(call[1] for call in desk.calls if call[0] == "watches.find")
    assert (hand.name, hand.town, hand.language) == ("Kawa Raj", "Poznań", "pl")


def test_shop_and_town_are_known_where_they_are_not_typed(page: WatchesPage, qtbot: QtBot, desk: FakeDesk) -> None:
    _look(page, qtbot, "kawaraj.pl")
    _look(page, qtbot, "Kawa Raj")
    (address,), (name,) = (call[1] for call in desk.calls if call[0] == "watches.find")
    assert (address.url, address.name, address.town) == ("https://kawaraj.pl", "Piekarnia Rynek", "Poznań")
    assert (name.name, name.town) == ("Kawa Raj", "Poznań")


def test_a_find_is_looked_at_once(page: WatchesPage, qtbot: QtBot, desk: FakeDesk) -> None:
    found = _look(page, qtbot)
    qtbot.waitUntil(lambda: len(_tried(desk)) == 1)
    assert any("2 mentions there" in line for line in found.trial.lines)
    found.list.setCurrentRow(1)
    assert found.trial.lines == []
    qtbot.waitUntil(lambda: len(_tried(desk)) == 2)
    found.list.setCurrentRow(0)
    qtbot.waitUntil(lambda: bool(found.trial.lines))
    assert [watch.name for watch in _tried(desk)] == ["Nasz blog", "@piekarnia"]


def test_chosen_finds_are_kept_by_the_keyboard_alone(
    page: WatchesPage, qtbot: QtBot, desk: FakeDesk, window: MainWindow
) -> None:
    found = _look(page, qtbot)
    assert not found.add_button.isEnabled()
    qtbot.keyClick(found.list, Qt.Key.Key_Space)
    qtbot.keyClick(found.list, Qt.Key.Key_Down)
    qtbot.keyClick(found.list, Qt.Key.Key_Return)
    assert found.add_button.text() == "Add chosen (2)"
    with qtbot.waitSignal(window.shop_changed):
        found.add_button.click()
    assert [view.watch.name for view in desk.views[-2:]] == ["Nasz blog – RSS or Atom feed", "@piekarnia – Mastodon"]
    assert all(view.watch.own for view in desk.views[-2:])
    assert _rows(found) == ["Bluesky: Piekarnia Rynek"]
    assert page.table.current.watch.name == "@piekarnia – Mastodon"


def test_what_the_desk_refuses_stays_and_says_why(page: WatchesPage, qtbot: QtBot, desk: FakeDesk) -> None:
    page.finder.own.setChecked(False)
    found = _look(page, qtbot)
    found.list.item(0).setCheckState(Qt.CheckState.Checked)
    desk.problem = Problem("desk.watch_same_name", {"name": "Nasz blog"})
    found.add_button.click()
    assert "There is a watch called «Nasz blog» already" in found._wrong.text()
    assert len(_rows(found)) == 3
    assert not found.chosen()[0].watch.own


def test_nothing_found_leads_to_the_form(page: WatchesPage, qtbot: QtBot, desk: FakeDesk) -> None:
    desk.finds = []
    found = _look(page, qtbot, "@kawaraj")
    assert found.told.text() == "Nothing found; add by hand."
    found.form_button.click()
    assert page.finder.isHidden()
    assert page.editor._title.text() == "New watch"
    page.editor.find_button.click()
    assert not page.finder.isHidden()
    page.finder.field.setText(" ")
    page.finder.look()
    assert "Write a web address" in page.finder._wrong.text()


def test_of_a_place_that_is_watched_it_says_so_and_not_that_nothing_was_found(
    page: WatchesPage, qtbot: QtBot, desk: FakeDesk
) -> None:
    some, watched = desk.finds[0], Missed("Page", Problem("listen.find_watched", {"name": "Kawa Raj"}))
    desk.finds = [watched, watched]
    found = _look(page, qtbot, "@kawaraj")
    assert found.told.text() == "There is a watch of this place already: «Kawa Raj»."
    assert found.missed.text() == ""
    desk.finds = [some, watched]
    _look(page, qtbot, "@kawaraj")
    assert found.told.text().startswith("1 place found.")
    assert not found.unasked.isVisibleTo(found)


def test_without_a_network_it_does_not_say_that_nothing_was_found(
    page: WatchesPage, qtbot: QtBot, desk: FakeDesk
) -> None:
    some, offline = desk.finds[0], Missed("", Problem("listen.offline_now"))
    words = "There is no connection to the internet. Try again when it is back."
    desk.finds = [offline]
    found = _look(page, qtbot, "@kawaraj")
    assert (found.told.text(), found.missed.text()) == (words, "")
    assert page.finder.find_button.isEnabled()
    desk.finds = [some, offline]
    _look(page, qtbot, "@kawaraj")
    assert found.told.text().startswith("1 place found.")
    assert found.missed.text() == words


def test_an_address_and_a_handle_in_one_field_are_two_things(page: WatchesPage, qtbot: QtBot, desk: FakeDesk) -> None:
    _look(page, qtbot, "kawaraj.pl @x@mastodon.social")
    hands = next(call[1] for call in desk.calls if call[0] == "watches.find")
    assert [(one.url, one.handle) for one in hands] == [("https://kawaraj.pl", ""), ("", "x@mastodon.social")]


def test_the_name_known_from_the_settings_is_the_one_people_write(
    page: WatchesPage, qtbot: QtBot, desk: FakeDesk
) -> None:
    desk.preferences = replace(desk.preferences, shop_name="Kawa Raj sp. z o.o. 🥐")
    _look(page, qtbot, "kawaraj.pl")
    (hand,) = next(call[1] for call in desk.calls if call[0] == "watches.find")
    assert (hand.url, hand.name) == ("https://kawaraj.pl", "Kawa Raj")


def test_a_find_can_be_changed_before_it_is_added(page: WatchesPage, qtbot: QtBot) -> None:
    found = _look(page, qtbot)
    found.form_button.click()
    assert page.editor.typed().settings == {"url": "https://blog.example/feed"}
    assert page.editor.typed().name == "Nasz blog – RSS or Atom feed"
    assert page.editor.find_button.isHidden()


def test_a_search_is_given_up(qtbot: QtBot, open_window: Open, desk: FakeDesk) -> None:
    later = Later()
    window = open_window(desk, later)
    later.go()
    window.do("find_watches")
    later.go()
    page = window.pages.watches()
    page.finder.field.setText("Kawa Raj")
    page.finder.look()
    found = page.finder.found
    assert not found.bar.isHidden()
    found.stop_button.click()
    assert found.bar.isHidden()
    later.go("slow")
    assert [call for call in desk.calls if call[0] == "watches.find"]
    assert _rows(found) == []
    page.finder.look()
    window.do("back")
    assert page.finder.isHidden()
    later.go()
    qtbot.wait(1)
    assert _rows(found) == []


def test_the_first_minutes_end_with_places_that_were_found(open_window: Open, qtbot: QtBot) -> None:
    desk = FakeDesk(heard=[], views=[])
    window = open_window(desk)
    page = window.pages.page("welcome")
    assert isinstance(page, WelcomePage)
    page.shop.setText("Kawa Raj")
    page.town.setText("Poznań")
    page.address.setText("kawaraj.pl, @kawaraj piekarnia")
    page.find_button.click()
    qtbot.waitUntil(page.found.bar.isHidden)
    hands = next(call[1] for call in desk.calls if call[0] == "watches.find")
    assert [(one.url, one.handle) for one in hands] == [
        ("", ""), ("https://kawaraj.pl", ""), ("", "kawaraj"), ("", "piekarnia")
    ]  # fmt: skip
    assert {(one.name, one.town) for one in hands} == {("Kawa Raj", "Poznań")}
    for row in (0, 2):
        page.found.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    with qtbot.waitSignal(window.shop_changed):
        page.found.add_button.click()
    assert desk.preferences.shop_name == "Kawa Raj"
    assert [view.watch.name for view in desk.views] == ["@piekarnia – Mastodon"]
    assert window.pages.name == "inbox"


def _choices() -> tuple[Watch, tuple[Choice, ...]]:
    base = Watch("", "", "feed", WatchKind.CHANNEL, {"url": "https://shop.example"})

    def its(**settings: str) -> Watch:
        return replace(base, settings=settings)

    return base, (
        Choice(its(url="https://shop.example", selector="li.review"), "", 12, ("Anna: awful", "Jan: great")),
        Choice(its(url="https://shop.example", selector="ul > li"), "", 3, ("Contact",)),
        Choice(its(url="https://shop.example/feed"), "Blog"),
    )


def test_of_several_things_on_a_page_one_is_picked(page: WatchesPage, qtbot: QtBot, desk: FakeDesk) -> None:
    base, choices = _choices()
    page.add()
    editor = page.editor
    editor.settings.fields["url"].setText("https://shop.example")
    mentions = desk.watches_test(base).mentions
    desk.trial = Trial(base, "Shop", mentions, Problem("sources.choose_part"), choices[0].watch, choices)
    editor.try_button.click()
    (offered,) = editor.trial.findChildren(ChoiceList)
    assert [offered.list.item(row).text() for row in range(3)] == [
        "12 entries: Anna: awful",
        "3 entries: Contact",
        "Blog",
    ]
    assert offered.examples.text() == "li.review\n• Anna: awful\n• Jan: great"
    assert any("2 mentions there" in line for line in editor.trial.lines)
    desk.trial = None
    qtbot.keyClick(offered.list, Qt.Key.Key_Down)
    assert offered.examples.text() == "ul > li\n• Contact"
    shown = [label.text() for label in editor.trial.findChildren(QLabel) if label.isVisible()]
    assert not any("2 mentions there" in text for text in shown)
    qtbot.keyClick(offered.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: len(_tried(desk)) == 2)
    assert _tried(desk)[-1] == choices[2].watch
    qtbot.keyClick(offered.list, Qt.Key.Key_Return)
    assert editor.typed().settings == {"url": "https://shop.example/feed"}
    assert _tried(desk)[-1].settings == {"url": "https://shop.example/feed"}


@pytest.mark.parametrize(("typed", "left"), [("Kawa Raj, Konin", 0), ("@kawaraj", 0), ("Kawa Raj,  Poznań ", 3)])
def test_what_was_found_for_other_words_is_offered_no_more(
    page: WatchesPage, qtbot: QtBot, typed: str, left: int
) -> None:
    found = _look(page, qtbot)
    count = found.list.count()
    assert _mains(page.finder) == ["Add chosen"]
    page.finder.field.setText(typed)
    assert found.list.count() == min(left, count)
    assert _mains(page.finder) == (["Add chosen"] if left else ["Find for me"])


def test_found_as_own_pages_they_are_no_longer_offered_as_others(page: WatchesPage, qtbot: QtBot) -> None:
    found = _look(page, qtbot)
    page.finder.own.click()
    assert found.list.count() == 0


def _mains(panel: QWidget) -> list[str]:
    QApplication.processEvents()  # what was just laid out is shown by then
    return [one.text() for one in panel.findChildren(QPushButton) if one.isVisible() and one.property("main")]


@pytest.mark.parametrize(
    ("row", "address", "kept"),
    [
        (0, "https://shop.example", {"url": "https://shop.example", "selector": "li.review"}),
        (2, "https://shop.example", {"url": "https://shop.example/feed"}),
        (2, "https://other.example", {"url": "https://other.example"}),
    ],
)
def test_of_several_things_the_one_marked_is_kept(
    page: WatchesPage, desk: FakeDesk, row: int, address: str, kept: dict[str, str]
) -> None:
    base, choices = _choices()
    page.add()
    editor = page.editor
    editor.settings.fields["url"].setText("https://shop.example")
    desk.trial = Trial(base, "Shop", (), Problem("sources.choose_part"), choices[0].watch, choices)
    editor.try_button.click()
    (offered,) = editor.trial.findChildren(ChoiceList)
    offered.list.setCurrentRow(row)
    assert _mains(editor) == ["Save watch"], "one main act, that of the form"
    editor.settings.fields["url"].setText(address)
    editor.save_button.click()
    watch = next(call[1] for call in desk.calls if call[0] == "watches.save")
    assert dict(watch.settings) == kept


@pytest.mark.parametrize(
    ("row", "typed", "name"),
    [(None, "", "shop.example/blog"), (2, "", "Blog"), (0, "", "shop.example/blog"), (2, " Mine ", "Mine")],
)
def test_a_watch_without_a_name_is_called_by_its_place(
    page: WatchesPage, desk: FakeDesk, row: int | None, typed: str, name: str
) -> None:
    base, choices = _choices()
    page.add()
    editor = page.editor
    editor.settings.fields["url"].setText("https://shop.example/blog/")
    if row is not None:
        chosen = replace(choices[row], watch=replace(choices[row].watch, settings={"url": "https://shop.example/blog"}))
        desk.trial = Trial(base, "Shop", (), Problem("sources.choose_part"), None, (chosen, choices[1]))
        editor.try_button.click()
    editor.name.setText(typed)
    editor.save_button.click()
    assert next(call[1] for call in desk.calls if call[0] == "watches.save").name == name


def test_a_late_look_at_another_choice_is_not_shown(page: WatchesPage, desk: FakeDesk) -> None:
    base, choices = _choices()
    trial = Trial(base, "Shop", (), Problem("sources.choose_part"), choices[0].watch, choices)
    page.editor.trial.show_trial(trial)
    before = list(page.editor.trial.lines)
    page.editor.trial.show_preview(choices[2].watch, desk.watches_test(base))
    assert page.editor.trial.lines == before


def test_every_control_has_a_name_for_screen_readers(page: WatchesPage, qtbot: QtBot) -> None:
    found = _look(page, qtbot)
    for part in (found.list, found.bar, found.stop_button, found.add_button, page.finder.field, page.finder.own):
        assert part.accessibleName() or part.text()


def test_finds_that_are_too_late_for_the_next_search_are_dropped(
    page: WatchesPage, qtbot: QtBot, desk: FakeDesk
) -> None:
    found = _look(page, qtbot)
    desk.finds = [Missed("Mastodon", Problem("net.timeout", {"host": "x"}))]
    old = Found(Watch("", "Late", "feed"), "Feed", (0,))
    found._bridge.post((found._ticket - 1, old))
    _look(page, qtbot, "@kawaraj")
    assert _rows(found) == []


def test_the_program_ends_in_the_middle_of_a_search(qtbot: QtBot, open_window: Open, desk: FakeDesk) -> None:
    background, begun = Background(), threading.Event()

    def find(hands: object, tell: object, *, own: bool, stopped: Callable[[], bool]) -> None:
        begun.set()
        while not stopped():
            begun.wait(0.01)

    desk.watches_find = find  # type: ignore[method-assign, assignment]
    window = open_window(desk, background)
    window.do("find_watches")
    page = window.pages.watches()
    page.finder.field.setText("Kawa Raj")
    page.finder.look()
    assert begun.wait(60)
    assert background.close(60)


@pytest.mark.parametrize(
    ("address", "kept"),
    [("https://example.org", "https://example.org/feed"), ("https://other.example", "https://other.example")],
)
def test_what_a_test_found_is_what_is_kept(page: WatchesPage, desk: FakeDesk, address: str, kept: str) -> None:
    found = Watch("", "Feed of the blog", "feed", WatchKind.CHANNEL, {"url": "https://example.org/feed"})
    page.add()
    page.editor.settings.fields["url"].setText("https://example.org")
    desk.trial = Trial(found, "", (), Problem("watch.not_found", {"host": "example.org"}), found)
    page.editor.try_button.click()
    page.editor.own.setChecked(True)
    page.editor.name.setText("Blog")
    page.editor.settings.fields["url"].setText(address)
    page.editor.save_button.click()
    watch = next(call[1] for call in desk.calls if call[0] == "watches.save")
    assert (watch.settings["url"], watch.name, watch.own) == (kept, "Blog", True)
