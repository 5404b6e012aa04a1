import dataclasses

import pytest
from PySide6.QtGui import QColor
from ui.run_samples import NOW, ROW, STATUS, Host
from ui.window_samples import RESOURCES

from app import words
from app.core.verdict import Kind
from app.ui.format import apart, clock
from app.ui.tray import MISSING_MS, PRESENT_MS, Tray
from app.ui.tray_icon import LATE, SIZES, STEPS, Face, icon, parts_left, pixmap


@pytest.fixture
def host(monkeypatch, qapp):
    return Host(monkeypatch)


@pytest.fixture
def tray(host):
    made = Tray(clock=lambda: NOW)
    yield made
    made.close()


def texts(tray):
    return [action.text() for action in tray._menu.actions() if not action.isSeparator()]


def covered(picture, ratio=1):
    """Return the share of pixels that are painted at all."""
    image = picture.toImage()
    painted = sum(image.pixelColor(x, y).alpha() > 100 for x in range(image.width()) for y in range(image.height()))
    return painted / (image.width() * image.height())


def close_to(colour, other):
    return all(abs(a - b) < 60 for a, b in zip(colour.getRgb()[:3], other.getRgb()[:3], strict=True))


@pytest.mark.parametrize("size", [16, 22, 24, 32, 48, 64])
@pytest.mark.parametrize("face", [Face(), Face(3, 20), Face(12, 1), Face(150, 0), Face(3, 10, silent=True)], ids=str)
def test_each_face_fills_its_square_at_every_size(qapp, face, size):
    picture = pixmap(face, size)
    assert (picture.width(), picture.height()) == (size, size)
    assert 0.15 < covered(picture) < 0.95


@pytest.mark.parametrize("size", [16, 32, 64])
def test_what_differs_looks_different_at_every_size(qapp, size):
    faces = [Face(), Face(1), Face(2), Face(12), Face(1, 24), Face(1, 12), Face(1, 0), Face(silent=True)]
    images = [pixmap(face, size).toImage() for face in faces]
    for place, image in enumerate(images):
        for other in images[place + 1 :]:
            assert image != other


@pytest.mark.parametrize(
    ("heard_at", "turned_at", "begun"),
    [
        (NOW - 600, None, NOW - 600),
        (NOW - 2 * 86400, NOW - 60, NOW - 60),
        (NOW - 2 * 86400, None, NOW - 2 * 86400),
        (NOW - 60, NOW - 600, NOW - 60),
    ],
)
def test_the_ring_counts_from_the_news_as_that_of_the_row(tray, heard_at, turned_at, begun):
    row = dataclasses.replace(ROW, heard_at=heard_at, turned_at=turned_at, due_at=NOW + 3600)
    tray.set_urgent(1, row)
    assert tray._face.left == parts_left(NOW, begun, row.due_at)


def test_the_ring_shrinks_clockwise_and_turns_red(qapp):
    size = 64

    def at(face, x, y):
        return pixmap(face, size).toImage().pixelColor(x, y)

    right, left = (size - 4, size // 2), (3, size // 2)
    full, quarter, late = Face(1, STEPS), Face(1, STEPS // 3), Face(1, 0)
    assert at(full, *right) == at(full, *left)
    assert at(quarter, *right) != at(quarter, *left)
    assert close_to(at(late, *left), LATE)
    assert not close_to(at(full, *left), LATE)


@pytest.mark.parametrize("panel", ["#f4f4f4", "#1b1b1b"])
def test_the_icon_stands_out_on_light_and_dark_panels(qapp, panel):
    ground = QColor(panel).lightnessF()
    for face in (Face(), Face(3, 12), Face(silent=True)):
        image = pixmap(face, 22).toImage()
        strong = 0
        for x in range(22):
            for y in range(22):
                colour = image.pixelColor(x, y)
                seen = colour.alphaF() * colour.lightnessF() + (1 - colour.alphaF()) * ground
                strong += abs(seen - ground) > 0.25
        assert strong > 40, face


def test_every_size_a_panel_asks_for_is_drawn_not_scaled(qapp):
    sizes = {size.width() for size in icon(Face(1, 3)).availableSizes()}
    assert sizes == set(SIZES)


@pytest.mark.parametrize(
    ("now", "due", "left"),
    [(0, 100, STEPS), (50, 100, STEPS // 2), (99, 100, 1), (100, 100, 0), (900, 100, 0), (0, None, None)],
)
def test_parts_left(now, due, left):
    assert parts_left(now, 0, due) == left


def test_a_target_that_was_due_before_it_began_is_over():
    assert parts_left(10, 20, 5) == 0


def test_without_a_tray_there_is_none_and_one_that_comes_later_is_found(qtbot, host, tray):
    tray.start()
    assert not tray.available
    assert tray._search.interval() == MISSING_MS
    assert not tray.show_message("a", "b")
    host.there = True
    with qtbot.waitSignal(tray.available_changed) as changed:
        tray.look_for_host()
    assert changed.args == [True]
    assert tray.available
    assert tray._search.interval() == PRESENT_MS
    first = tray._icon
    host.there = False
    with qtbot.waitSignal(tray.available_changed) as changed:
        tray.look_for_host()
    assert changed.args == [False]
    host.there = True
    tray.look_for_host()
    assert tray._icon is not first


def test_tooltip_and_menu_tell_the_next_case(tray):
    tray.set_status(STATUS)
    tray.set_urgent(7, ROW)
    assert texts(tray)[:2] == ["Open Counterbell", "Next: Anna && K., complaint (23 min)"]
    tip = tray._tool_tip(NOW)
    assert "7 open complaints" in tip
    assert "Next: Anna & K., complaint (23 min)" in tip
    assert "Listening, last heard " in tip
    tray.set_urgent(0, None)
    assert "Nothing is due" in texts(tray)
    assert "open complaint" not in tray._tool_tip(NOW)


def test_a_name_with_tags_is_no_markup_to_the_panel(tray):
    tray.set_urgent(1, dataclasses.replace(ROW, author="Anna <img src='file://x/y'>"))
    assert "Next: Anna ‹img src=" in tray._tool_tip(NOW)


def test_pause_offline_a_store_that_keeps_nothing_and_no_listener_strike_the_bell_out(tray):
    tray.set_status(STATUS)
    assert not tray._face.silent
    for status, line in (
        (dataclasses.replace(STATUS, paused=True), "Paused until you go on or Counterbell starts again"),
        (dataclasses.replace(STATUS, offline=True), "No network"),
        (dataclasses.replace(STATUS, unkept="stores.disk_full"), "Cannot save anything: the disk is full"),
        (None, "Not listening"),
    ):
        tray.set_status(status)
        assert tray._face.silent
        assert line in tray._tool_tip(NOW)
    assert not tray._check.isEnabled()


def test_menu_entries_are_wishes(qtbot, tray):
    tray.set_status(STATUS)
    tray.set_urgent(1, ROW)
    for action, signal, args in (
        (tray._open, tray.open_requested, []),
        (tray._next, tray.case_requested, [7]),
        (tray._check, tray.check_requested, []),
        (tray._quiet, tray.quiet_requested, [True]),
        (tray._pause, tray.pause_requested, [True]),
        (tray._quit, tray.quit_requested, []),
    ):
        with qtbot.waitSignal(signal) as got:
            action.trigger()
        assert got.args == args
    tray.set_status(dataclasses.replace(STATUS, paused=True))
    with qtbot.waitSignal(tray.pause_requested) as got:
        tray._pause.trigger()
    assert got.args == [False]


def test_a_quiet_hour_is_shown_and_can_be_ended(qtbot, tray):
    tray.set_quiet(NOW + 3600)
    assert f"End the quiet (until {clock(NOW + 3600)})" in texts(tray)
    assert f"Quiet until {clock(NOW + 3600)}" in tray._tool_tip(NOW)
    assert tray._quiet.isEnabled()
    with qtbot.waitSignal(tray.quiet_requested) as got:
        tray._quiet.trigger()
    assert got.args == [False]
    tray.set_quiet(NOW - 1)
    assert "Quiet for an hour" in texts(tray)


def test_the_panel_is_troubled_only_when_the_icon_changes(host, monkeypatch, qapp):
    times = iter([NOW, NOW + 1, NOW + 2, NOW + 1200])
    host.there = True
    tray = Tray(clock=lambda: next(times, NOW + 1200))
    pictures = []
    monkeypatch.setattr("app.ui.tray.icon", lambda face: pictures.append(face) or icon(face))
    for _ in range(4):
        tray.set_urgent(1, ROW)
    assert len(pictures) == 2
    tray.close()


def test_watches_that_fail_are_told_in_the_tooltip_and_marked_in_the_icon(host, tray):
    host.there = True
    tray.start()
    tray.set_status(STATUS)
    assert not tray._face.failing
    tray.set_failing(("Opinie <b>",))
    assert "Failing at the moment: Opinie ‹b>" in tray._icon.toolTip()
    assert tray._icon.toolTip().splitlines()[-1].startswith("Listening"), "the others are listened to"
    assert tray._face.failing
    tray.set_failing(("Opinie", "Forum"))
    assert "2 watches are failing" in tray._icon.toolTip()
    tray.set_failing(("Opinie", "Forum", "Blog"))
    assert "Listening" not in tray._icon.toolTip(), "all three fail: nothing is listened to"
    tray.set_failing(())
    assert not tray._face.failing


@pytest.mark.parametrize("size", [16, 22, 32])
@pytest.mark.parametrize("face", [Face(), Face(3), Face(12, 20), Face(12, 0)], ids=str)
def test_the_mark_of_a_failing_watch_is_seen_and_small(qapp, face, size):
    plain = pixmap(face, size).toImage()
    marked = pixmap(dataclasses.replace(face, failing=True), size).toImage()
    changed = sum(plain.pixelColor(x, y) != marked.pixelColor(x, y) for x in range(size) for y in range(size))
    assert 0.04 < changed / size**2 < 0.2
    assert close_to(marked.pixelColor(size - size // 8 - 1, size - size // 8 - 1), LATE)


@pytest.mark.parametrize(
    ("language", "kind", "told"),
    [
        ("en", Kind.LEAD, "Next: Olga, lead (overdue)"),
        ("en", Kind.QUESTION, "Next: Olga, question (overdue)"),
        ("en", Kind.PRAISE, "Next: Olga, praise (overdue)"),
        ("pl", Kind.LEAD, "Następna sprawa: Olga, okazja (po terminie)"),
        ("pl", Kind.COMPLAINT, "Następna sprawa: Olga, skarga (po terminie)"),
        ("ru", Kind.LEAD, "Следующее: Olga, запрос (просрочено)"),
        ("ru", Kind.COMPLAINT, "Следующее: Olga, жалоба (просрочено)"),
    ],
)
def test_what_the_next_case_is_stands_beside_its_name(tray, language, kind, told):
    words.use(language, RESOURCES / "translations")
    try:
        tray.set_urgent(4, dataclasses.replace(ROW, author="Olga", kind=kind, due_at=NOW - 60))
        assert tray._tool_tip(NOW).splitlines()[2] == told
        assert texts(tray)[1] == told
    finally:
        words.use("en", RESOURCES / "translations")


def test_a_name_from_right_to_left_stays_within_itself_in_the_tray(tray):
    tray.set_urgent(1, dataclasses.replace(ROW, author="محل"))
    assert f"Next: {apart('محل')}, complaint (23 min)" in tray._tool_tip(NOW)
    tray.set_failing(("محل",))
    assert f"Failing at the moment: {apart('محل')}" in tray._tool_tip(NOW)
