"""What will fail when it is needed is told before."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from app.core.problems import Problem
from app.stores import hindrances as looking
from app.stores.hindrances import hindrances
from app.stores.paths import Profile, prepare_profile


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = prepare_profile(tmp_path / "shop")
    assert isinstance(made, Profile)
    return made


def test_nothing_is_in_the_way_of_a_profile_that_has_begun(profile: Profile) -> None:
    assert hindrances(profile) == ()
    (profile.customers / "fe").mkdir()
    (profile.backups / "archive-20261123.sqlite").write_bytes(b"x")
    (profile.backups / ".archive.lock").mkdir()
    before = sorted(profile.folder.rglob("*"))
    assert hindrances(profile) == ()
    assert sorted(profile.folder.rglob("*")) == before


@pytest.mark.parametrize("place", ["by-hand", "pictures", "just-fetched", "backups", "customers", "customers/fe"])
def test_a_folder_that_takes_no_file_is_named(profile: Profile, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    closed = profile.folder / place
    closed.mkdir(exist_ok=True)
    temporary = tempfile.TemporaryFile

    def refusing(*, dir: Path) -> object:  # noqa: A002  its name in the library
        if dir == closed:
            raise PermissionError(13, "no", str(closed / "tmp123"))
        return temporary(dir=dir)

    monkeypatch.setattr(looking.tempfile, "TemporaryFile", refusing)
    assert hindrances(profile) == (Problem("stores.not_writable", {"path": place}),)


def test_a_folder_of_cards_that_may_be_listed_but_not_entered_is_named(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one of mode 0400 is for everybody but root, whom nothing stops."""
    (profile.customers / "fe").mkdir()
    stat, temporary = os.stat, tempfile.TemporaryFile

    def asked(path: object, **how: object) -> os.stat_result:
        if profile.customers in Path(str(path)).parents:
            raise PermissionError(13, "no", str(path))
        return stat(path, **how)  # type: ignore[call-overload,no-any-return]

    def opened(*, dir: Path) -> object:  # noqa: A002  its name in the library
        if profile.customers in (dir, *dir.parents):
            raise PermissionError(13, "no", str(dir / "tmp123"))
        return temporary(dir=dir)

    monkeypatch.setattr(os, "stat", asked)
    monkeypatch.setattr(looking.tempfile, "TemporaryFile", opened)
    assert hindrances(profile) == (Problem("stores.not_writable", {"path": "customers"}),)


def test_a_file_in_the_place_of_a_folder_is_named(profile: Profile) -> None:
    profile.by_hand.write_text("x")
    (told,) = hindrances(profile)
    assert told.args == {"path": "by-hand"}


@pytest.mark.parametrize("name", ["archive-20261123.sqlite", "shop-20261123T080303Z.json"])
def test_a_copy_that_cannot_be_read_is_named(profile: Profile, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    copy = profile.backups / name
    copy.write_bytes(b"x")
    monkeypatch.setattr(looking.os, "access", lambda path, _mode: path != copy)
    assert hindrances(profile) == (Problem("stores.not_readable", {"path": f"backups/{name}"}),)


@pytest.mark.parametrize("name", ["shop.json", "archive.db"])
def test_a_store_that_cannot_be_read_is_named(profile: Profile, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(looking.os, "access", lambda path, _mode: path != profile.folder / name)
    assert hindrances(profile) == ()
    (profile.folder / name).write_bytes(b"x")
    assert hindrances(profile) == (Problem("stores.not_readable", {"path": name}),)


def test_what_is_no_file_among_the_copies_is_none(profile: Profile) -> None:
    (profile.backups / "archive-20261122.sqlite").mkdir()
    (profile.backups / "archive-20261123.sqlite").symlink_to("nowhere")
    assert hindrances(profile) == ()
