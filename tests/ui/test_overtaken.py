"""Readings that overtake each other: the newest is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ui.fake_background import Later
from ui.fake_desk import FakeDesk
from ui.window_samples import Open

from app.core.problems import Problem


@pytest.mark.parametrize("page", ["watches", "log", "learning", "customers", "complaints"])
def test_an_older_answer_that_comes_last_is_not_shown(open_window: Open, page: str) -> None:
    later = Later()
    window = open_window(background=later)
    window.do(f"page:{page}")
    later.go()
    told: list[object] = []
    window.urgent_changed.connect(lambda count, _row: told.append(count))
    window.watches_listed.connect(told.append)
    read = window._count if page == "complaints" else window.pages.load
    read()
    older, later.jobs = later.jobs, []
    read()
    later.go()
    known = len(told)
    later.jobs = older
    assert {errand.cancelled for _lane, _work, _done, errand in older} == {True}
    later.go()
    assert len(told) == known


def test_a_watch_just_saved_is_marked_though_the_list_was_being_read(open_window: Open, desk: FakeDesk) -> None:
    later = Later()
    window = open_window(background=later)
    window.do("page:watches")
    later.go()
    page = window.pages.watches()
    page.load()
    (older,) = later.jobs
    views = tuple(desk.views)
    saved = replace(views[0].watch, id="", name="New")
    kept = desk.watches_save(saved)
    assert not isinstance(kept, Problem)
    page._saved(kept)
    later.jobs[0] = (older[0], lambda: views, *older[2:])
    later.go()
    assert page.table.current.watch.id == kept.id
