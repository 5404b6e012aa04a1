"""A profile is made for this user only, bad places are told, resources and sockets are where they should be."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
from pathlib import Path

import pytest

from app.core.problems import Problem, ProblemError
from app.stores import paths
from app.stores.paths import (
    Profile,
    default_profile,
    no_profile,
    prepare_profile,
    profile_in,
    resources,
    socket_name,
    source_pages,
)

POSIX = pytest.mark.skipif(os.name == "nt", reason="modes and sockets of POSIX")


def test_all_parts_lie_in_the_folder_and_differ(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    parts = [
        profile.shop, profile.archive, profile.customers, profile.customer_index, profile.backups, profile.lock,
        profile.log, profile.secrets, profile.listening, profile.crashes,
    ]  # fmt: skip
    assert all(part.parent == tmp_path for part in parts)
    assert len(set(parts)) == 10


@POSIX
def test_a_profile_is_made_for_this_user_only(tmp_path: Path) -> None:
    profile = prepare_profile(tmp_path / "deep" / "shop")
    assert isinstance(profile, Profile)
    for folder in (profile.folder, profile.customers, profile.backups):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert folder == profile.folder or list(folder.iterdir()) == []
    assert prepare_profile(profile.folder) == profile


def test_a_place_without_a_profile_is_told_and_stays_empty(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "gone" / "shop"):
        assert no_profile(place) == Problem("stores.no_profile", {"path": str(place)})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("part", ["shop.json", "archive.db", "customers", "backups"])
def test_any_part_of_a_profile_shows_that_it_was_begun(tmp_path: Path, part: str) -> None:
    (tmp_path / part).mkdir()
    assert no_profile(tmp_path) is None


def test_what_cannot_be_looked_into_is_left_to_who_opens_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shop").write_text("x")
    assert no_profile(tmp_path / "shop") is None
    assert no_profile(Path("~nobody-of-this-name/shop")) is None
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    assert no_profile(tmp_path) is None


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "shop").write_text("x")
    for folder in (tmp_path / "shop", tmp_path / "shop" / "deeper"):
        assert prepare_profile(folder) == Problem("stores.profile_unusable", {"path": str(folder)})


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "stores.disk_full"),
        (errno.EROFS, "stores.not_writable"),
        (errno.EACCES, "stores.not_writable"),
        (errno.EIO, "stores.profile_unusable"),
    ],
)
def test_a_place_that_takes_no_file_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fail(**_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(paths.tempfile, "TemporaryFile", fail)
    assert prepare_profile(tmp_path) == Problem(code, {} if code == "stores.disk_full" else {"path": str(tmp_path)})


@pytest.mark.parametrize("part", ["customers", "backups"])
def test_the_folder_that_takes_no_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    temporary = paths.tempfile.TemporaryFile

    def refusing(*, dir: Path) -> object:  # noqa: A002  its name in the library
        if dir.name == part:
            raise PermissionError(errno.EACCES, "no")
        return temporary(dir=dir)

    monkeypatch.setattr(paths.tempfile, "TemporaryFile", refusing)
    assert prepare_profile(tmp_path) == Problem("stores.not_writable", {"path": str(tmp_path / part)})


@pytest.mark.skipif(os.name == "nt", reason="Windows says it otherwise")
def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    place = tmp_path / ("n" * 300)
    assert prepare_profile(place) == Problem("stores.path_too_long", {"length": len(str(place))})


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
def test_a_disk_that_takes_a_file_and_no_byte_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths.tempfile, "TemporaryFile", lambda **_: Path("/dev/full").open("wb"))  # noqa: SIM115
    assert prepare_profile(tmp_path) == Problem("stores.disk_full")


def test_a_missing_drive_is_told() -> None:
    place = Path("/proc/no such drive/shop") if os.name != "nt" else Path("Q:/shop")
    assert isinstance(prepare_profile(place), Problem)
    assert isinstance(prepare_profile(Path("a\0b")), Problem)


@pytest.mark.skipif(sys.platform != "linux", reason="where Linux keeps data")
def test_the_default_profile_is_where_the_system_wants_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_profile() == tmp_path / "counterbell"
    assert list(tmp_path.iterdir()) == []


def test_resources_of_a_checkout_an_installation_and_a_frozen_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("app/stores", "resources"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "app" / "stores" / "paths.py"))
    assert resources() == tmp_path.resolve() / "resources"
    assert source_pages() == tmp_path.resolve() / "docs" / "sources"
    (tmp_path / "app" / "resources").mkdir()
    assert resources() == tmp_path.resolve() / "app" / "resources"
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "frozen"), raising=False)
    assert resources() == tmp_path / "frozen" / "resources"
    (tmp_path / "frozen" / "resources" / "sources").mkdir(parents=True)
    assert source_pages() == tmp_path / "frozen" / "resources" / "sources"


@POSIX
def test_a_socket_lies_in_the_users_runtime_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(prefix="run") as runtime:  # a test's own folder may have too long a name
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        one, two = (socket_name(tmp_path / name) for name in "ab")
        assert str(Path(one).parent) == runtime
        assert one != two
        (tmp_path / "link").symlink_to(tmp_path / "a")
        assert socket_name(tmp_path / "link") == one


@POSIX
@pytest.mark.parametrize("runtime", ["", "relative", "/nowhere/at/all", "OPEN", "LONG"])
def test_a_socket_is_short_and_private_whatever_the_runtime_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runtime: str
) -> None:
    (tmp_path / "open").mkdir(mode=0o755)
    long = tmp_path / ("x" * 90)
    long.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", runtime.replace("OPEN", str(tmp_path / "open")).replace("LONG", str(long)))
    monkeypatch.setattr(paths.tempfile, "gettempdir", lambda: str(tmp_path))
    path = Path(socket_name(tmp_path / "shop"))
    assert len(os.fsencode(path)) <= 103
    assert path.is_absolute()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.parent.stat().st_uid == os.getuid()


@POSIX
def test_a_folder_that_somebody_else_prepared_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(paths.tempfile, "gettempdir", lambda: str(tmp_path))
    (tmp_path / "theirs").mkdir(mode=0o700)
    (tmp_path / f"counterbell-{os.getuid()}").symlink_to(tmp_path / "theirs")
    assert not Path(socket_name(tmp_path / "shop")).is_relative_to(tmp_path)


def test_a_pipe_has_the_users_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths.getpass, "getuser", lambda: "Anna Kłos\\x")
    with monkeypatch.context() as windows:
        windows.setattr(paths.sys, "platform", "win32")
        name = socket_name(tmp_path)
    assert name.startswith("counterbell-Anna_Kłos_x-")
    assert "\\" not in name


@pytest.mark.parametrize("answer", ["~/.local/share/counterbell", RuntimeError("Could not determine home directory.")])
def test_a_user_without_a_home_is_told_to_name_a_folder(monkeypatch: pytest.MonkeyPatch, answer: object) -> None:
    def no_home(*_args: object, **_more: object) -> Path:
        if isinstance(answer, RuntimeError):
            raise answer
        return Path(str(answer))

    monkeypatch.setattr(paths, "user_data_path", no_home)
    with pytest.raises(ProblemError) as raised:
        default_profile()
    assert raised.value.problem == Problem("stores.no_home")


def test_a_folder_need_not_be_there_to_have_a_profile(tmp_path: Path) -> None:
    assert profile_in(tmp_path / "gone") == Profile(tmp_path / "gone")
    assert profile_in(Path("~/shop")) == Profile(Path("~/shop").expanduser())
    assert profile_in(Path("a\0b")) is None
    assert profile_in(Path("~nobody-of-this-name/shop")) is None
    assert not (tmp_path / "gone").exists()
