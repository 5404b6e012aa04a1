"""Files are replaced whole, durably and for this user only; what cannot be read is never written over."""

from __future__ import annotations

import errno
import json
import os
import stat
from pathlib import Path

import pytest
from tinydb import TinyDB

from app.core.problems import Problem
from app.stores import atomic
from app.stores.atomic import AtomicStorage, UnreadableError, changing, put_aside, put_document, put_file, replace_file


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with TinyDB(path, storage=AtomicStorage) as base:
        base.table("t").insert({"name": "Żółć ёлка 🧁"})
    with TinyDB(path, storage=AtomicStorage) as base:
        assert base.table("t").all() == [{"name": "Żółć ёлка 🧁"}]
    assert "Żółć ёлка 🧁" in path.read_text(encoding="utf-8")
    assert names(tmp_path) == ["a.json"]


@pytest.mark.skipif(os.name == "nt", reason="a name's longest is reckoned in letters there, and a path's with it")
@pytest.mark.parametrize("name", ["ł" * 123 + ".csv", "a" * 251 + ".csv", "🧁" * 63, "x", ".hidden", "a.b.c"])
def test_a_name_may_be_as_long_as_the_system_takes(tmp_path: Path, name: str) -> None:
    for content in (b"first", b"second"):
        assert put_file(tmp_path / name, (content,)) is None
        assert (tmp_path / name).read_bytes() == content
    assert names(tmp_path) == [name]
    told = put_file(tmp_path / ("a" * 256), (b"x",))
    assert told == Problem("ui.file_not_written", {"file": "a" * 256, "reason": "File name too long"})
    assert names(tmp_path) == [name]


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_the_file_is_for_this_user_only(tmp_path: Path) -> None:
    replace_file(tmp_path / "a.json", b"{}")
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"t": {"1": {"a": 1}', b"[]", b"7", b'{"t": [1]}', b"\xff\xfe{}", b"[" * 100_000]
)
def test_an_unreadable_file_is_told_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableError):
        AtomicStorage(path).read()
    with pytest.raises(UnreadableError):
        AtomicStorage(path).write({"t": {}})
    assert path.read_bytes() == content


def test_an_editors_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'\xef\xbb\xbf{"t": {"1": {}}}')
    assert AtomicStorage(tmp_path / "a.json").read() == {"t": {"1": {}}}


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_a_failing_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    path = tmp_path / "a.json"
    replace_file(path, b"old")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(atomic.os, broken, fail)
    with pytest.raises(OSError, match="full") as raised:
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.json"]
    assert atomic.disk_problem(raised.value, path).code == "stores.disk_full"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "stores.disk_full"),
        (errno.EDQUOT, "stores.disk_full"),
        (errno.EACCES, "stores.not_writable"),
        (errno.EROFS, "stores.not_writable"),
        (errno.EIO, "stores.disk_error"),
    ],
)
def test_a_problem_names_the_file_and_not_its_folder(number: int, code: str) -> None:
    problem = atomic.disk_problem(OSError(number, "x"), Path("/home/anna/shop.json"))
    assert (problem.code, problem.args) == (code, {"path": "shop.json"})


@pytest.mark.parametrize(
    ("met", "number", "code", "told"),
    [
        ("archive.db.lock", errno.EACCES, "stores.not_writable", "archive.db.lock"),
        ("backups/.archive.lock", errno.EISDIR, "stores.folder_in_the_way", "backups/.archive.lock"),
        ("backups/folder.lock", errno.EACCES, "stores.folder_in_the_way", "backups/folder.lock"),
        ("backups/none-yet", errno.EACCES, "stores.not_writable", "backups"),
        (".archive.db.abc.tmp", errno.EACCES, "stores.not_writable", "archive.db"),
        ("../elsewhere", errno.EACCES, "stores.not_writable", "archive.db"),
        ("archive.db", errno.EISDIR, "stores.folder_in_the_way", "archive.db"),
        ("archive.db.lock", errno.ENOSPC, "stores.disk_full", "archive.db"),
        ("archive.db.lock", errno.EIO, "stores.disk_error", "archive.db"),
    ],
)
def test_a_problem_names_what_was_met(tmp_path: Path, met: str, number: int, code: str, told: str) -> None:
    (tmp_path / "backups" / "folder.lock").mkdir(parents=True)
    for there in ("archive.db.lock", "archive.db", "backups/.archive.lock"):
        (tmp_path / there).write_text("")
    error = OSError(number, "x", str(tmp_path / met))
    assert atomic.disk_problem(error, tmp_path / "archive.db") == Problem(code, {"path": told})


def test_a_path_that_is_too_long_is_told_by_its_length() -> None:
    path = Path("/home") / ("n" * 300)
    assert atomic.disk_problem(OSError(errno.ENAMETOOLONG, "x"), path) == Problem(
        "stores.path_too_long", {"length": 306}
    )


class InUseError(PermissionError):
    winerror = 32


def test_a_file_in_use_on_windows_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    real = os.replace

    def replace(source: str, target: Path) -> None:
        if len(pauses) < 3:
            raise InUseError
        real(source, target)

    monkeypatch.setattr(atomic.time, "sleep", pauses.append)
    monkeypatch.setattr(atomic.os, "replace", replace)
    replace_file(tmp_path / "a.json", b"new")
    assert (tmp_path / "a.json").read_bytes() == b"new"
    assert len(pauses) == 3


def test_a_file_in_use_for_long_is_an_error_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    def replace(*_: object) -> None:
        raise InUseError

    monkeypatch.setattr(atomic.time, "sleep", pauses.append)
    monkeypatch.setattr(atomic.os, "replace", replace)
    with pytest.raises(PermissionError):
        replace_file(tmp_path / "a.json", b"new")
    assert 0 < sum(pauses) < 2
    assert names(tmp_path) == []


def test_file_and_folder_are_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bool] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(stat.S_ISDIR(os.fstat(descriptor).st_mode))
        real(descriptor)

    monkeypatch.setattr(atomic.os, "fsync", fsync)
    replace_file(tmp_path / "a.json", b"new")
    assert synced == ([False] if os.name == "nt" else [False, True])


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "cloud").mkdir()
    (tmp_path / "cloud" / "a.json").write_bytes(b"old")
    (tmp_path / "a.json").symlink_to(tmp_path / "cloud" / "a.json")
    replace_file(tmp_path / "a.json", b"new")
    assert (tmp_path / "a.json").is_symlink()
    assert (tmp_path / "cloud" / "a.json").read_bytes() == b"new"


def test_halves_of_characters_are_joined_or_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    AtomicStorage(path).write({"t": {"1": {"lone": "a\ud800b", "pair": "\ud83e\uddc1", "zero": "a\0b"}}})
    assert AtomicStorage(path).read() == {"t": {"1": {"lone": "a\ufffdb", "pair": "🧁", "zero": "a\0b"}}}


def test_several_changes_reach_the_file_together_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with changing(path) as base:
        put_document(base.table("t"), "x", {"a": 1})
    before = path.read_bytes()

    def change_half() -> None:
        with changing(path) as base:
            put_document(base.table("t"), "x", {"a": 2})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_half()
    assert path.read_bytes() == before


def test_unknown_fields_stay_when_a_document_is_put_again(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"t": {"x": {"a": 1, "newer": [1, 2]}, "y": 5}, "newer": {"z": {}}}))
    with changing(path) as base:
        put_document(base.table("t"), "x", {"a": 2})
    assert json.loads(path.read_text()) == {"t": {"x": {"a": 2, "newer": [1, 2]}, "y": 5}, "newer": {"z": {}}}


def test_files_put_aside_at_the_same_second_do_not_meet(tmp_path: Path) -> None:
    asides = set()
    for content in (b"1", b"2", b"3"):
        (tmp_path / "a.json").write_bytes(content)
        asides.add(put_aside(tmp_path / "a.json", 1_763_757_000.0).name)
    assert asides == {f"a.json.broken-20251121T203000Z{end}" for end in ("", "-2", "-3")}
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == [b"1", b"2", b"3"]


def test_a_file_in_use_on_windows_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.json").write_bytes(b'{"t": {}}')
    pauses: list[float] = []
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if len(pauses) < 2:
            raise InUseError
        return real(path)

    monkeypatch.setattr(atomic.time, "sleep", pauses.append)
    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert AtomicStorage(tmp_path / "a.json").read() == {"t": {}}
