"""Blocked authors are changed in a shop file as it is written, and nothing else of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.core.preferences import Preferences
from app.stores.shop_file import TinyShopFile
from app.stores.written_authors import rewrite

ANNA = 'a.example name:anna «ż» \\ "x" ]'
SAID = 'Blocked: "blocked_authors": ["a.example anna"]'


def change(entry: str) -> str:
    return "gone" if entry in {ANNA, "a.example anna"} else entry


def document(**more: object) -> dict[str, object]:
    return {"preferences": {"shop": {"blocked_authors": ["b", ANNA, "a.example anna", "c"], **more}}}


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("indent", [None, 1])
def test_only_the_entries_change(tmp_path: Path, *, ascii_only: bool, indent: int | None) -> None:
    path, more = tmp_path / "shop.json", {"signature": SAID, "blocked_sites": ["a.example anna"], "odd": ["\udcff"]}
    path.write_text(json.dumps(document(**more), ensure_ascii=ascii_only, indent=indent).replace("\udcff", "\\udcff"))
    rewrite(path, change)
    expected = document(**more) | {}
    expected["preferences"]["shop"]["blocked_authors"] = ["b", "gone", "gone", "c"]  # type: ignore[index]
    assert json.loads(path.read_text()) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'{"blocked_authors": ["a.example anna", "b', b'{"blocked_authors": ["gone", "b'),
        (b'\xff\xfe {"blocked_authors" :\n[ "b",, 7, "x"', b'\xff\xfe {"blocked_authors" :\n[ "b",, 7, "x"'),
        (b'{"blocked_authors": []}', b'{"blocked_authors": []}'),
        (b'{"blocked_authors": ["\\x", "a.example anna"]', b'{"blocked_authors": ["\\x", "gone"]'),
        (b"", b""),
    ],
)
def test_a_broken_file_is_changed_as_far_as_it_goes(tmp_path: Path, before: bytes, after: bytes) -> None:
    path = tmp_path / "shop.json"
    path.write_bytes(before)
    rewrite(path, change)
    assert path.read_bytes() == after


def test_what_needs_no_change_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "shop.json"
    rewrite(path, change)
    assert not path.exists()
    path.write_text('{"blocked_authors": ["b"]}')
    before = path.stat().st_ino, path.stat().st_mtime_ns
    rewrite(path, change)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == before


def test_the_file_and_all_its_copies_are_changed(tmp_path: Path) -> None:
    times = iter(range(1_763_757_000, 1_763_800_000, 120))
    shop = TinyShopFile(tmp_path / "shop.json", tmp_path / "backups", lambda: float(next(times)))
    for name in ("one", "two", "three"):
        assert shop.put_preferences(Preferences(shop_name=name, blocked_authors=("b", ANNA))) is None
    copies = sorted((tmp_path / "backups").iterdir())
    assert len(copies) == 3
    assert shop.change_authors(change) is None
    assert shop.preferences() == Preferences(shop_name="three", blocked_authors=("b", "gone"))
    assert sorted((tmp_path / "backups").iterdir()) == copies
    assert not any("anna" in path.read_text() for path in (*copies, tmp_path / "shop.json"))
    assert "one" in copies[0].read_text()
    before = shop.version()
    assert shop.change_authors(change) is None
    assert shop.version() == before
