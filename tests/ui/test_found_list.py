"""The first minutes: what is likely is ticked, one button is the next step, and what is missing is said beside it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.fake_desk import FakeDesk
from ui.window_samples import RESOURCES, Open

from app.core.problems import Problem, ProblemError
from app.core.views import Doubt, Found, Missed, Trial
from app.core.watch import Watch, WatchKind
from app.ui.window import MainWindow
from app.words import use


def _found(name: str, number: int, doubt: Doubt = Doubt.NONE, kind: WatchKind = WatchKind.CHANNEL) -> Found:
    watch = Watch("", name, "feed", kind, {"url": f"https://rogalik.example/{number}"})
    return Found(watch, "RSS or Atom feed", (int(kind is WatchKind.SEARCH), number), doubt)


@pytest.fixture
def first() -> FakeDesk:
    """The desk of a shop on its first day, for which five places are found."""
    return FakeDesk(
        heard=[],
        views=[],
        finds=[
            _found("Blog", 1),
            _found("Rogalik (@rogalik)", 2, Doubt.NAME),
            _found("Our products", 3, Doubt.LIST),
            _found("Rogalik", 4, kind=WatchKind.SEARCH),
            _found("Rogalik", 5, Doubt.BROAD, WatchKind.SEARCH),
            Missed("Mastodon", Problem("net.timeout", {"host": "mastodon.example"})),
        ],
    )


@pytest.fixture
def window(open_window: Open, first: FakeDesk) -> MainWindow:
    return open_window(first)


@pytest.fixture
def page(window: MainWindow) -> Any:
    return window.pages.page("welcome")


def _look(page: Any, qtbot: QtBot) -> None:
    page.shop.setText("Rogalik")
    page.address.setText("rogalik.example")
    page.find_button.click()
    qtbot.waitUntil(page.found.bar.isHidden)


def _main(page: Any) -> list[str]:
    shown = [one for one in page.findChildren(QPushButton) if one.isVisible() and one.property("main")]
    return [one.text() for one in shown if one.isEnabled()]


def _dead(page: Any) -> list[str]:
    return [one.text() for one in page.findChildren(QPushButton) if one.isVisible() and not one.isEnabled()]


def test_one_button_is_the_next_step_and_none_is_dead(page: Any, qtbot: QtBot) -> None:
    assert (_main(page), _dead(page)) == (["Find for me"], [])
    assert page.look.isHidden(), "there is no address yet to look at"
    page.address.setText("rogalik.example")
    assert page.look.isVisible()
    _look(page, qtbot)
    assert (_main(page), _dead(page)) == (["Start listening (2)"], [])
    forms = [one for one in page.findChildren(QPushButton) if one.isVisible() and one.property("link")]
    assert [one.text() for one in forms] == ["Full form…", "Change first…"]


def test_what_is_likely_is_ticked_and_what_is_not_says_why(page: Any, qtbot: QtBot) -> None:
    _look(page, qtbot)
    rows = [page.found.list.item(row) for row in range(5)]
    ticked = [row.checkState() is Qt.CheckState.Checked for row in rows]
    assert ticked == [True, False, False, True, False]
    why = [row.text().splitlines()[0].removeprefix("RSS or Atom feed").removeprefix(" · ") for row in rows]
    assert why == [
        "",
        "found by the name alone: is it the right one?",
        "a list on the page: is it the right one?",
        "",
        "one word without a town also finds others",
    ]
    assert page.found.told.text() == "5 places found. Untick what does not suit."


def test_a_grey_button_says_beside_it_what_is_missing(page: Any, qtbot: QtBot) -> None:
    _look(page, qtbot)
    found = page.found
    assert found.lacking.isHidden()
    assert found.add_button.toolTip() == ""
    for row in range(5):
        found.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert found.add_button.text() == "Start listening"
    assert not found.add_button.isEnabled()
    assert found.lacking.isVisible()
    assert found.add_button.toolTip() == found.lacking.text() == "Tick at least one place."
    found.list.item(1).setCheckState(Qt.CheckState.Checked)
    assert found.add_button.text() == "Start listening (1)"
    assert found.lacking.isHidden()


def test_places_that_gave_no_answer_are_told_above_the_list(page: Any, qtbot: QtBot, first: FakeDesk) -> None:
    _look(page, qtbot)
    found = page.found
    assert found.unasked.text() == "No answer, see below: Mastodon"
    assert found.unasked.y() < found.list.y() < found.missed.y()
    first.finds = first.finds[:2]
    _look(page, qtbot)
    assert found.unasked.isHidden()


@pytest.mark.parametrize("language", ["en", "pl", "ru"])
def test_the_button_of_the_next_step_is_in_sight_in_the_smallest_window(
    open_window: Open, first: FakeDesk, qtbot: QtBot, language: str
) -> None:
    use(language, RESOURCES / "translations")
    try:
        window = open_window(first)
        window.resize(window.minimumSize())
        page: Any = window.pages.page("welcome")
        _look(page, qtbot)
        act, port = page.found.add_button, page.viewport()

        def seen() -> bool:
            corner = act.mapTo(port, QPoint())
            return port.rect().contains(act.rect().translated(corner))

        qtbot.waitUntil(seen)
    finally:
        use("en", RESOURCES / "translations")


def test_the_ticked_places_are_listened_to(page: Any, window: MainWindow, first: FakeDesk, qtbot: QtBot) -> None:
    _look(page, qtbot)
    with qtbot.waitSignal(window.shop_changed):
        page.found.add_button.click()
    assert [view.watch.settings["url"][-1] for view in first.views] == ["1", "4"]


def test_nothing_found_leaves_looking_again_as_the_main_way(page: Any, first: FakeDesk, qtbot: QtBot) -> None:
    first.finds = []
    _look(page, qtbot)
    assert _main(page) == ["Find for me"]
    assert page.found.form_button.text() == "Full form…"
    assert page.form.isHidden()
    assert page.look.isVisible()


def test_one_address_that_was_looked_at_is_the_next_step(page: Any, qtbot: QtBot) -> None:
    page.address.setText("https://rogalik.example")
    page.look.click()
    assert _main(page) == ["Start listening"]
    page.address.setText("https://rogalik.example/other")
    assert _main(page) == ["Find for me"]


@pytest.mark.parametrize(
    ("field", "text"), [("shop", "Rogal"), ("town", "Konin"), ("address", "rogalik.example @rogal"), ("address", "")]
)
def test_what_was_found_for_another_shop_is_offered_no_more(page: Any, qtbot: QtBot, field: str, text: str) -> None:
    _look(page, qtbot)
    getattr(page, field).setText(text)
    assert page.found.list.count() == 0
    assert page.found.add_button.isHidden()
    assert (_main(page), _dead(page)) == (["Find for me"], [])


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("shop", "Rogalik "),
        ("shop", " Rogalik"),
        ("town", "  "),
        ("address", "rogalik.example,"),
        ("address", " rogalik.example "),
    ],
)
def test_a_blank_more_is_no_other_shop(page: Any, qtbot: QtBot, field: str, text: str) -> None:
    _look(page, qtbot)
    getattr(page, field).setText(text)
    assert page.found.list.count() == 5
    assert _main(page) == ["Start listening (2)"]


def test_a_search_under_way_ends_with_the_words_it_is_for(page: Any) -> None:
    page.shop.setText("Rogalik")
    page.find_places()
    page.shop.setText("Rogal")
    assert page.found.bar.isHidden()
    assert page.found.told.isHidden()


def test_what_was_looked_at_is_called_by_the_name_typed_last(page: Any, window: MainWindow, first: FakeDesk) -> None:
    page.shop.setText("Kwiaty Basi")
    page.address.setText("https://rogalik.example")
    page.look.click()
    page.shop.setText("Kwiaty Kasi")
    assert _main(page) == ["Start listening"]
    page.start.click()
    assert [view.watch.name for view in first.views] == ["Kwiaty Kasi"]


def test_what_an_address_leads_to_is_taken_as_the_next_step(page: Any, first: FakeDesk, qtbot: QtBot) -> None:
    page.address.setText("https://rogalik.example")
    leads = Watch("", "", "feed", settings={"url": "https://rogalik.example/feed"})
    first.trial = Trial(leads, "Blog", (), Problem("sources.page_not_feed"), leads)
    page.look.click()
    qtbot.waitUntil(lambda: _main(page) == ["Take it"])


@pytest.mark.parametrize("typed", ["https://rogalik.example/other", ""])
def test_another_address_leaves_no_step_that_was_for_the_last_one(
    page: Any, first: FakeDesk, qtbot: QtBot, typed: str
) -> None:
    page.address.setText("https://rogalik.example")
    leads = Watch("", "", "feed", settings={"url": "https://rogalik.example/feed"})
    first.trial = Trial(leads, "Blog", (), Problem("sources.page_not_feed"), leads)
    page.look.click()
    qtbot.waitUntil(lambda: _main(page) == ["Take it"])
    page.address.setText(typed)
    assert _main(page) == ["Find for me"]


def test_stopping_the_look_at_what_was_taken_leaves_a_next_step(
    open_window: Open, first: FakeDesk, qtbot: QtBot
) -> None:
    later = Later()
    page: Any = open_window(first, later).pages.page("welcome")
    later.go()
    page.address.setText("https://rogalik.example")
    leads = Watch("", "", "feed", settings={"url": "https://rogalik.example/feed"})
    first.trial = Trial(leads, "Blog", (), Problem("sources.page_not_feed"), leads)
    page.look.click()
    later.go()
    qtbot.waitUntil(lambda: _main(page) == ["Take it"])
    page.trial.found_taken.emit(leads)
    page.trial.cancelled.emit()
    assert len(_main(page)) == 1


def test_the_full_form_is_at_hand_beside_what_was_found(page: Any, window: MainWindow, qtbot: QtBot) -> None:
    _look(page, qtbot)
    assert page.form.isVisible()
    page.form.click()
    editor = window.pages.watches().editor
    qtbot.waitUntil(editor.isVisible)
    assert (editor.name.text(), editor.settings.values()["url"]) == ("Rogalik", "rogalik.example")


def test_the_keyboard_is_where_the_first_thing_is_typed(window: MainWindow, page: Any, qtbot: QtBot) -> None:
    assert window.focusWidget() is page.shop
    window.do("page:reports")
    window.folders.setFocus()
    window.folders.choose("complaints")
    assert window.pages.name == "welcome"
    assert window.focusWidget() is window.folders, "who goes through the list of pages stays in it"


def test_later_nothing_is_ticked_beforehand(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    window.do("find_watches")
    finder: Any = window.pages.watches().finder
    finder.field.setText("Rogalik")
    finder.look()
    qtbot.waitUntil(finder.found.bar.isHidden)
    assert finder.found.chosen() == []
    assert finder.found.add_button.text() == "Add chosen"
    assert finder.found.told.text().endswith("Tick what to listen to.")


def _found_later(open_window: Open, first: FakeDesk, later: Later, qtbot: QtBot) -> tuple[MainWindow, Any]:
    window = open_window(first, later)
    later.go()
    page: Any = window.pages.page("welcome")
    page.shop.setText("Rogalik")
    page.address.setText("rogalik.example")
    page.find_button.click()
    later.go()
    qtbot.waitUntil(page.found.bar.isHidden)
    return window, page


def test_typing_while_what_was_chosen_is_kept_loses_nothing(open_window: Open, first: FakeDesk, qtbot: QtBot) -> None:
    later = Later()
    window, page = _found_later(open_window, first, later, qtbot)
    page.found.add_button.click()
    page.shop.setText("Rogalik 2")
    with qtbot.waitSignal(window.shop_changed):
        later.go()
    assert [view.watch.settings["url"][-1] for view in first.views] == ["1", "4"]


def test_what_is_ticked_meanwhile_is_neither_kept_nor_taken_away(
    open_window: Open, first: FakeDesk, qtbot: QtBot
) -> None:
    later = Later()
    _window, page = _found_later(open_window, first, later, qtbot)
    page.found.add_button.click()
    page.found.list.item(1).setCheckState(Qt.CheckState.Checked)
    page.found.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not page.found.add_button.isEnabled(), "one press is under way"
    later.go("write")
    assert [view.watch.settings["url"][-1] for view in first.views] == ["1", "4"]
    left = [one.watch.settings["url"][-1] for one in page.found._all()]
    assert left == ["2", "3", "5"]
    assert page.found.add_button.text() == "Start listening (1)"
    assert page.found.add_button.isEnabled()


def test_what_is_refused_stays_and_says_why(open_window: Open, first: FakeDesk, qtbot: QtBot) -> None:
    later = Later()
    _window, page = _found_later(open_window, first, later, qtbot)
    page.found.add_button.click()
    first.problem = Problem("stores.disk_full")
    later.go()
    assert len(page.found._all()) == 5
    assert "Blog" in page.found._wrong.text()
    assert page.found.add_button.isEnabled()


def test_what_met_a_problem_on_its_way_stays_and_can_be_added_again(
    open_window: Open, first: FakeDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = Later()
    _window, page = _found_later(open_window, first, later, qtbot)

    def held(*_args: object) -> None:
        raise ProblemError(Problem("stores.not_readable", {"path": "shop.json"}))

    monkeypatch.setattr(first, "watches_save", held)
    page.found.add_button.click()
    later.go()
    assert len(page.found._all()) == 5
    assert "shop.json" in page.found._wrong.text()
    assert page.found.add_button.isEnabled()


def test_what_was_kept_before_a_problem_on_the_way_is_kept(
    open_window: Open, first: FakeDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = Later()
    _window, page = _found_later(open_window, first, later, qtbot)
    keep = first.watches_save

    def held(watch: Watch) -> Any:
        if watch.settings["url"].endswith("/4"):
            raise ProblemError(Problem("stores.not_readable", {"path": "shop.json"}))
        return keep(watch)

    monkeypatch.setattr(first, "watches_save", held)
    asked = len(page.found.chosen())
    added: list[Watch] = []
    page.found.added.connect(added.extend)
    page.found.add_button.click()
    later.go()
    assert (asked, [one.watch.settings["url"][-1] for one in page.found._all()]) == (2, ["2", "3", "4", "5"])
    assert [watch.name for watch in added] == ["Blog – RSS or Atom feed"]
    assert "shop.json" in page.found._wrong.text()
    assert "Blog" not in page.found._wrong.text()


def test_what_was_refused_is_told_also_where_the_list_is_gone(open_window: Open, first: FakeDesk, qtbot: QtBot) -> None:
    later = Later()
    _window, page = _found_later(open_window, first, later, qtbot)
    page.found.add_button.click()
    page.town.setText("Konin")
    first.problem = Problem("stores.disk_full")
    later.go()
    assert page.found._wrong.isVisible()
    assert "Blog" in page.found._wrong.text()
    assert page.found.add_button.isHidden()


def test_what_is_found_for_the_new_words_stays(open_window: Open, first: FakeDesk, qtbot: QtBot) -> None:
    later = Later()
    _window, page = _found_later(open_window, first, later, qtbot)
    page.found.add_button.click()
    page.shop.setText("Rogalik 2")
    page.find_button.click()
    later.go("slow")
    qtbot.waitUntil(page.found.bar.isHidden)
    assert not page.found.add_button.isEnabled()
    later.go("write", 1)
    later.go("write", 1)
    assert len(page.found._all()) == 5
    assert page.found.add_button.isEnabled()


def _found_in_panel(open_window: Open, later: Later, qtbot: QtBot) -> tuple[MainWindow, FakeDesk, Any]:
    """Return a window, its desk, and the panel with two places found and ticked, whose keeping is under way."""
    desk = FakeDesk(finds=[_found("Blog", 1), _found("Shop", 2)])
    window = open_window(desk, later)
    later.go()
    window.do("find_watches")
    later.go()
    finder: Any = window.pages.watches().finder
    finder.field.setText("rogalik.example")
    finder.look()
    later.go()
    qtbot.waitUntil(finder.found.bar.isHidden)
    for row in range(2):
        finder.found.list.item(row).setCheckState(Qt.CheckState.Checked)
    finder.found.add_button.click()
    return window, desk, finder


@pytest.mark.parametrize("act", ["nothing", "types", "ticks", "looks"])
def test_the_panel_goes_once_all_is_kept_and_not_from_under_somebody_who_goes_on(
    open_window: Open, qtbot: QtBot, act: str
) -> None:
    later = Later()
    window, desk, finder = _found_in_panel(open_window, later, qtbot)
    before = len(desk.views)
    if act == "types":
        finder.field.setText("rogalik.example @rogalik")
    elif act == "ticks":
        finder.own.click()
    elif act == "looks":
        finder.field.setText("rogalik.example @rogalik")
        finder.look()
    with qtbot.waitSignal(window.shop_changed):
        later.go("write")
    later.go("read")
    assert len(desk.views) == before + 2
    assert finder.isHidden() is (act == "nothing")
    assert window.pages.watches().table.model.rowCount() == before + 2
    if act == "looks":
        later.go()
        qtbot.waitUntil(finder.found.bar.isHidden)
        assert finder.found.list.count() == 2


def test_the_full_form_opened_meanwhile_stays(open_window: Open, qtbot: QtBot) -> None:
    later = Later()
    window, _desk, finder = _found_in_panel(open_window, later, qtbot)
    finder.found.form_button.click()
    later.go()
    editor = window.pages.watches().editor
    assert not editor.isHidden()
