"""Of which failing watches the owner is told, and how often."""

import dataclasses

import pytest
from PySide6.QtCore import QSettings
from ui.run_samples import NOW, failing

from app.ui.watch_news import KEY, WatchNews


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat)


def ids(views):
    return [view.watch.id for view in views]


def test_a_failure_is_told_once_over_restarts_and_a_later_one_again(settings):
    news = WatchNews(settings)
    news.take((failing("a"), failing("b", "Forum", lasts=False)))
    assert (ids(news.failing), ids(news.untold)) == (["a", "b"], ["a"])
    news.tell(news.untold)
    assert not news.untold
    again = WatchNews(settings)
    again.take((failing("a", code="watch.not_found"),))
    assert not again.untold, "whatever goes wrong until it is heard again is the same failure"
    assert again.take((failing("a", code="", heard_at=NOW),)) == {"a"}
    again.take((failing("a", heard_at=NOW),))
    assert ids(again.untold) == ["a"]


def test_a_pause_ends_the_notification_but_is_no_new_failure(settings):
    news = WatchNews(settings)
    news.take((failing("a"),))
    news.tell(news.untold)
    paused = dataclasses.replace(failing("a", paused=True), lasts=False)
    assert news.take((paused,)) == {"a"}
    news.take((failing("a"),))
    assert not news.untold


def test_a_removed_watch_is_forgotten(settings):
    news = WatchNews(settings)
    news.take((failing("a"),))
    news.tell(news.untold)
    assert news.take(()) == {"a"}
    assert settings.value(KEY) == "{}"


@pytest.mark.parametrize("kept", ["", "nonsense", "[1]", '{"a": "x"}', "7"])
def test_what_makes_no_sense_was_told_to_nobody(settings, kept):
    settings.setValue(KEY, kept)
    news = WatchNews(settings)
    news.take((failing("a"),))
    assert ids(news.untold) == ["a"]
