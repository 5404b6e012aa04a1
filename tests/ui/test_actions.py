"""The menus: each letter that is underlined chooses one entry."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QMenu
from ui.window_samples import RESOURCES, Open

from app.words import use


@pytest.fixture(params=["en", "pl", "ru"])
def _spoken(request: pytest.FixtureRequest) -> Iterator[None]:
    use(request.param, RESOURCES / "translations")
    yield
    use("en", RESOURCES / "translations")


def _letters(texts: list[str]) -> list[str]:
    """Return the letter behind each «&»."""
    return [text[text.index("&") + 1].lower() for text in texts if "&" in text]


@pytest.mark.usefixtures("_spoken")
def test_no_letter_is_underlined_twice_in_a_menu(open_window: Open) -> None:
    bar = open_window(show=False).menuBar()
    menus = [action.menu() for action in bar.actions()]
    assert len(menus) == 5
    for texts in (
        [a.text() for a in bar.actions()],
        *([a.text() for a in m.actions()] for m in menus if isinstance(m, QMenu)),
    ):
        letters = _letters(texts)
        assert len(letters) == len(set(letters)), sorted(one for one in letters if letters.count(one) > 1)
