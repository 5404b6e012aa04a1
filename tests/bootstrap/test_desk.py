"""The desk as the program builds it: its health check looks at what was really installed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.bootstrap import desk as bootstrap
from app.core.mention import Mention
from app.core.problems import Problem
from app.stores.paths import Profile, resources
from app.stores.profile_lock import ProfileLock
from app.words import use


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the detector's files that may be damaged."""
    folder = tmp_path / "resources"
    shutil.copytree(resources() / "detect", folder / "detect")
    monkeypatch.setattr(bootstrap, "resources", lambda: folder)
    return folder


def _detector(profile: Path) -> Problem | None:
    opened = bootstrap.open_desk(profile)
    assert not isinstance(opened, Problem)
    desk, _sources, _notices = opened
    try:
        return dict(desk.health.checks())["detector"]
    finally:
        desk.close()


def test_a_whole_detector_is_fine(installed: Path, tmp_path: Path) -> None:
    assert _detector(tmp_path / "p") is None


def test_weights_that_cannot_be_read_are_told_though_word_lists_still_judge(installed: Path, tmp_path: Path) -> None:
    (installed / "detect" / "weights.bin").write_bytes(b"no weights")
    assert _detector(tmp_path / "p") == Problem("detect.no_weights", {"file": "weights.bin"})


def test_a_word_list_that_is_gone_is_told(installed: Path, tmp_path: Path) -> None:
    (installed / "detect" / "pl.txt").unlink()
    assert _detector(tmp_path / "p") == Problem("detect.no_lexicon", {"file": "pl.txt"})


def test_help_pages_of_the_sources_are_at_hand(tmp_path: Path) -> None:
    opened = bootstrap.open_desk(tmp_path / "p")
    assert not isinstance(opened, Problem)
    desk, sources, _notices = opened
    desk.close()
    pages = {sources.page("feed", language) for language in ("pl", "ru", "en")}
    assert [page[:2] for page in pages] == ["# "] * 3


def test_a_closed_desk_lets_its_profile_go(tmp_path: Path) -> None:
    opened = bootstrap.open_desk(tmp_path / "p")
    assert not isinstance(opened, Problem)
    lock = ProfileLock(Profile(tmp_path / "p").lock)
    assert not lock.acquire()
    opened[0].close()
    assert lock.acquire()
    lock.release()


@pytest.mark.parametrize(
    ("text", "claimed", "answered_in"),
    [
        ("Najgorsza obsługa w mieście, nikt nie odbiera telefonu", "en", "pl"),
        ("Ужасное обслуживание", "", "ru"),
        ("Das Brot war sehr schlecht und der Service ist nicht gut", "pl", ""),
        ("👎👎👎", "ru-RU", "ru"),
        ("👎👎👎", "xx", ""),
        ("👎👎👎", "", "pl"),
        ("", "", "pl"),
    ],
)
def test_people_are_answered_in_their_language_or_in_the_programs(text: str, claimed: str, answered_in: str) -> None:
    use("pl", resources() / "translations")
    assert bootstrap._LanguageOf()(Mention("feed", "k", text=text, language=claimed)) == answered_in


@pytest.mark.parametrize("part", ["open_customers", "give_starters", "give_plans"])
def test_a_desk_that_breaks_down_while_it_opens_lets_its_profile_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    def broken(*_args: object) -> None:
        raise IsADirectoryError(21, "Is a directory")

    monkeypatch.setattr(bootstrap, part, broken)
    with pytest.raises(IsADirectoryError) as raised:
        bootstrap.open_desk(tmp_path / "p")
    lock = ProfileLock(Profile(tmp_path / "p").lock)
    assert lock.acquire(), f"while {raised} is held, nothing is let go by itself"
    lock.release()
    monkeypatch.undo()
    opened = bootstrap.open_desk(tmp_path / "p")
    assert not isinstance(opened, Problem)
    opened[0].close()
