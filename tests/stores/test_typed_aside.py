"""What the profile did not take lies in a file elsewhere, for this user only, until its owner deletes it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.stores import typed_aside
from app.stores.typed_aside import TypedAside, usual_places

NOW = 1_792_000_000.0


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("home", "tmp"):
        (tmp_path / name).mkdir()
    return tmp_path / "home", tmp_path / "tmp"


def test_texts_lie_together_in_the_first_place(places: tuple[Path, Path]) -> None:
    path = TypedAside(places, lambda: NOW).put(("Dzień dobry, żółw", "Здравствуйте"))
    assert path
    assert path.parent == places[0]
    assert path.read_text("utf-8") == "Dzień dobry, żółw\n\n- - -\n\nЗдравствуйте\n"
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_place_without_room_is_left_for_the_next(places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    put, tried = typed_aside._put_new, []

    def full(path: Path, content: bytes) -> None:
        tried.append(path.parent)
        if path.parent == places[0]:
            raise OSError(28, "full")
        put(path, content)

    monkeypatch.setattr(typed_aside, "_put_new", full)
    path = TypedAside(places, lambda: NOW).put(("text",))
    assert path
    assert tried == [*places]
    assert path.parent == places[1]


def test_half_a_file_is_taken_away_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_number: int) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(typed_aside.os, "fsync", fail)
    aside = TypedAside((tmp_path, tmp_path / "missing"), lambda: NOW)
    assert aside.put(("text",)) is None
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_where_nothing_is_to_be_kept(places: tuple[Path, Path]) -> None:
    assert TypedAside(places, lambda: NOW).put(()) is None
    assert [*places[0].iterdir(), *places[1].iterdir()] == []


def ticking() -> Iterator[float]:
    at = NOW
    while True:
        yield at
        at += 1


def test_a_run_has_one_file_with_its_newest_words_and_none_once_they_are_kept(places: tuple[Path, Path]) -> None:
    ticks = ticking()
    aside = TypedAside(places, lambda: next(ticks))
    first = aside.put(("one",))
    assert aside.put(("one",)) == first
    second = aside.put(("one", "two"))
    assert second
    assert list(places[0].iterdir()) == [second]
    assert aside.left() == ()
    assert aside.put(()) is None
    assert list(places[0].iterdir()) == []


def test_the_next_run_is_told_of_it_until_it_is_deleted(places: tuple[Path, Path]) -> None:
    path = TypedAside(places, lambda: NOW).put(("text",))
    assert path
    (places[0] / "counterbell-not-saved-by-me.md").write_text("somebody's own")
    later = TypedAside(places, lambda: NOW + 60)
    assert later.left() == (path,)
    later.put(())
    assert path.exists()
    path.unlink()
    assert later.left() == ()


@pytest.mark.skipif(os.name == "nt", reason="owners of POSIX")
def test_a_file_of_another_user_is_not_told(places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    assert TypedAside(places, lambda: NOW).put(("text",))
    monkeypatch.setattr(typed_aside.os, "getuid", lambda: 4_242_424)
    assert TypedAside(places, lambda: NOW).left() == ()


def test_there_is_a_place_for_a_user_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    assert len(usual_places()) == 2
    monkeypatch.setattr(Path, "home", no_home)
    assert len(usual_places()) == 1


def test_what_is_left_of_it_within_the_same_second_stays_in_the_first_place(places: tuple[Path, Path]) -> None:
    aside = TypedAside(places, lambda: NOW)
    aside.put(("one", "two"))
    path = aside.put(("two",))
    assert path
    assert list(places[0].iterdir()) == [path]
    assert list(places[1].iterdir()) == []
    assert path.read_text("utf-8") == "two\n"
