"""The menus: each letter that is underlined chooses one entry."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QMenu
from ui.window_samples import Open

from app.ui.case_acts import NEXT_AFTERNOON, SNOOZES
from app.words import _


def _letters(texts: list[str]) -> list[str]:
    """Return the letter behind each «&»."""
    return [text[text.index("&") + 1].lower() for text in texts if "&" in text]


def _below(menu: QMenu) -> Iterator[QMenu]:
    """Return a menu and all that open from it."""
    yield menu
    for action in menu.actions():
        if isinstance(below := action.menu(), QMenu):
            yield from _below(below)


@pytest.mark.usefixtures("spoken")
def test_no_letter_is_underlined_twice_in_a_menu(open_window: Open) -> None:
    bar = open_window(show=False).menuBar()
    menus = [action.menu() for action in bar.actions()]
    assert len(menus) == 5
    every = [below for menu in menus if isinstance(menu, QMenu) for below in _below(menu)]
    for texts in ([a.text() for a in bar.actions()], *([a.text() for a in menu.actions()] for menu in every)):
        letters = _letters(texts)
        assert len(letters) == len(set(letters)), sorted(one for one in letters if letters.count(one) > 1)


@pytest.mark.usefixtures("spoken")
def test_the_menus_below_and_the_way_through_the_list_have_their_letters(open_window: Open) -> None:
    window = open_window(show=False)
    actions = window.menu_actions.by_name
    own = (
        "case:snooze:",
        "case:mark:",
        "next",
        "previous",
        "undo",
        "case:in_work",
        "case:waiting",
        "case:resolved",
        "case:no_",
    )
    missing = [name for name, action in actions.items() if name.startswith(own) and "&" not in action.text()]
    assert missing == []
    head = window.case.head
    for menu in (head._snooze.menu(), head._status.menu()):
        assert len(set(_letters([a.text() for a in menu.actions()]))) == len(menu.actions()) == 4
    assert {"&" in one.text() for one in head.satisfaction._marks.values()} == {False}
    late = [_(text) for text, _name in SNOOZES]
    late[1] = _(NEXT_AFTERNOON)
    assert len(set(_letters(late))) == 4
