from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, QSettings
from ui.run_fake_desk import FakeDesk

from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.release import DAY, Release
from app.ui.background import Background
from app.ui.update_check import UpdateCheck
from app.ui.widgets.update_bar import UpdateBar
from app.ui.widgets.update_fields import UpdateFields

NOW = 1_800_000_000.0
NEW = Release("0.3.0", "https://shop.example/get", {"en": "- It rings louder.\n\nIt sleeps deeper."})


@pytest.fixture
def place(qtbot, tmp_path):
    """A check whose makers answer what `place.answer` holds; `place.looks` counts."""
    background, parent = Background(), QObject()
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    here = SimpleNamespace(answer=NEW, looks=0, now=NOW, background=background, found=[], told=[])

    def look():
        here.looks += 1
        return here.answer

    here.check = UpdateCheck(look, background, settings, lambda: here.now, parent)
    here.check.found.connect(here.found.append)
    here.check.told.connect(here.told.append)
    yield here
    here.check.detach()
    assert background.close(60)


def settled(qtbot, place):
    """Wait until all work given so far is done."""
    done = []
    for lane in ("read", "slow", "read", "slow"):
        place.background.run(lambda: 1, done.append, owner=place.check, lane=lane)
        qtbot.waitUntil(lambda: bool(done))
        done.clear()


def test_it_looks_once_a_day_and_tells_what_is_new(qtbot, place):
    place.check.attach(FakeDesk())
    place.check.mind()
    qtbot.waitUntil(lambda: place.found == [NEW])
    assert place.told == []
    place.now += DAY - 60
    place.check.mind()
    settled(qtbot, place)
    assert place.looks == 1
    place.now += 120
    place.check.mind()
    qtbot.waitUntil(lambda: place.found == [NEW, NEW])


@pytest.mark.parametrize("preferences", [Preferences(first_run_done=True, updates=False), Preferences()])
def test_it_never_looks_where_the_owner_did_not_allow_it_yet(qtbot, place, preferences):
    place.check.attach(FakeDesk(preferences))
    place.check.mind()
    settled(qtbot, place)
    assert place.looks == 0


def test_being_offline_is_no_news_and_it_looks_again(qtbot, place):
    place.answer = Problem("net.offline")
    place.check.attach(FakeDesk())
    place.check.mind()
    settled(qtbot, place)
    place.check.mind()
    settled(qtbot, place)
    assert (place.looks, place.found, place.told) == (2, [], [])


def test_a_wrong_signature_is_told_at_once_and_no_release_with_it(qtbot, place):
    place.answer = Problem("updates.not_signed")
    place.check.attach(FakeDesk())
    place.check.mind()
    qtbot.waitUntil(lambda: place.told == [Problem("updates.not_signed")])
    assert place.found == []


def test_a_version_that_was_skipped_is_told_only_when_asked_for(qtbot, place):
    place.check.skip("0.3.0")
    place.check.attach(FakeDesk())
    place.check.mind()
    settled(qtbot, place)
    assert (place.looks, place.found) == (1, [])
    place.check.look_now()
    qtbot.waitUntil(lambda: place.told == [NEW])
    assert place.found == [NEW]


def test_a_copy_without_an_address_says_so(qtbot, tmp_path):
    background, parent = Background(), QObject()
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    check = UpdateCheck(None, background, settings, lambda: NOW, parent)
    check.attach(FakeDesk())
    check.look_now()
    check.detach()
    assert not check.can_look
    fields = UpdateFields()
    qtbot.addWidget(fields)
    assert not fields.look.isEnabled()
    assert "Update it the way you got it" in fields.answer.text()
    assert background.close(60)


def test_the_bar_shows_news_page_and_ways_out(qtbot, opened_pages):
    bar = UpdateBar()
    qtbot.addWidget(bar)
    bar.tell(NEW)
    assert bar.isVisible()
    assert "0.3.0" in bar.words.text()
    assert not bar.news.isVisible()
    bar.more.click()
    assert bar.news.text() == "• It rings louder.\nIt sleeps deeper."
    assert bar.news.isVisible()
    bar.page.click()
    assert opened_pages == ["https://shop.example/get"]


def test_the_fields_tell_what_a_look_brought(qtbot):
    fields = UpdateFields()
    qtbot.addWidget(fields)
    fields.allow(can_look=True)
    with qtbot.waitSignal(fields.look_requested):
        fields.look.click()
    assert not fields.look.isEnabled()
    fields.tell(None)
    assert fields.look.isEnabled()
    assert fields.answer.text() == "This is the newest version."
    fields.tell(Problem("updates.not_signed"))
    assert "not signed" in fields.answer.text()
