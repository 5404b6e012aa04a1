"""What was entered by hand on the disk: whole or not at all, readable whatever somebody did to it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.by_hand import Entry, Where
from app.core.ports.by_hand import EntryDraft
from app.core.problems import Problem
from app.stores.by_hand import EntryDraftFile, PictureFiles, WaitingEntries

FULL = Entry(
    "1", Where.SHOP, "Zażółć\n«ой»\ud800", "T", "https://a.example/1", "Anna", "+48600", "Rynek", 0.0, 4.5, "pl",
    again=True, imported=True, history=True, source="feed", key="k", parent="p", thread="t",
)  # fmt: skip


def test_a_batch_comes_back_as_it_was_put_the_oldest_first(tmp_path: Path) -> None:
    times = iter((2.0, 1.0))
    waiting = WaitingEntries(tmp_path / "new", lambda: next(times))
    assert waiting.names() == ()
    assert not waiting.take()
    late = waiting.put([FULL])
    early = waiting.put([Entry("2", text="a"), Entry("3", text="b")])
    assert waiting.names() == (early, late)
    assert isinstance(early, str)
    assert isinstance(late, str)
    assert early.endswith("-2")
    (back,) = waiting.read(late)
    assert back == Entry(**{**{f: getattr(FULL, f) for f in FULL.__slots__}, "text": "Zażółć\n«ой»\ufffd"})
    waiting.drop(late)
    waiting.drop(late)
    assert (waiting.is_there(late), waiting.is_there(early), list(waiting.read(late))) == (False, True, [])


def test_batches_of_one_moment_keep_their_order(tmp_path: Path) -> None:
    waiting = WaitingEntries(tmp_path, lambda: 2.0)
    put = [waiting.put([Entry(str(number), text="a")]) for number in range(20)]
    assert waiting.names() == tuple(put)


def test_a_batch_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    waiting = WaitingEntries(tmp_path)

    def broken() -> Iterator[Entry]:
        yield FULL
        raise KeyError

    with pytest.raises(KeyError):
        waiting.put(broken())
    assert list(tmp_path.iterdir()) == []


def test_what_somebody_wrote_into_a_file_is_read_as_far_as_it_makes_sense(tmp_path: Path) -> None:
    lines = [
        b'{"id": "1", "where": "phone", "text": "good"}',
        b'{"id": "2", "where": "moon", "text": "x"}',
        b'{"id": "3", "where": "phone", "text": 5}',
        b'{"id": "4", "where": "phone", "at": "now"}',
        b'{"id": "", "where": "phone", "text": "x"}',
        b'{"where": "phone"}', b"[]", b"null", b"\xff\xfe", b"", b'{"id": "5", "where": "phone", "strange": 1, "stars": 4}',
    ]  # fmt: skip
    (tmp_path / "0000000000001-abcdefabcdef-11.jsonl").write_bytes(b"\n".join(lines))
    (tmp_path / "notes.jsonl").write_text("x", encoding="utf-8")
    waiting = WaitingEntries(tmp_path)
    (name,) = waiting.names()
    assert [entry.id for entry in waiting.read(name)] == ["1", "5"]
    assert list(waiting.read("../secrets")) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert WaitingEntries(tmp_path / "new").put([FULL]) == Problem("stores.not_writable", {"path": "new"})
    told = PictureFiles(tmp_path / "pictures").put("a", b"x")
    tmp_path.chmod(0o700)
    assert isinstance(told, Problem)


def test_pictures_are_kept_by_name_and_removed(tmp_path: Path) -> None:
    pictures = PictureFiles(tmp_path / "pictures")
    assert pictures.path("a") is None
    assert pictures.put("a", b"\x89PNG...") is None
    assert pictures.put("b", b"\xff\xd8\xff") is None
    a, b = pictures.path("a"), pictures.path("b")
    assert a is not None
    assert b is not None
    assert (a.suffix, b.suffix) == (".png", ".jpg")
    pictures.drop("a")
    assert pictures.path("a") is None


PNG, JPEG = b"\x89PNG\r\n\x1a\n...", b"\xff\xd8\xff..."


def test_what_is_being_typed_comes_back_with_its_picture_and_nothing_of_it_stays(tmp_path: Path) -> None:
    file = EntryDraftFile(tmp_path / "new")
    assert file.get() is None
    assert file.put(None) is None
    for picture in (PNG, JPEG, b"", PNG):
        draft = EntryDraft(Entry("", Where.SHOP, text="Zażółć «ой»", handle="600", at=0.5, stars=2.0), "c1", picture)
        assert file.put(draft) is None
        assert EntryDraftFile(tmp_path / "new").get() == draft
        assert len(list((tmp_path / "new").iterdir())) == 1 + bool(picture)
    assert file.put(EntryDraft(Entry(""))) is None
    assert file.get() == EntryDraft(Entry(""))
    assert file.put(None) is None
    assert list((tmp_path / "new").iterdir()) == []


def test_an_unfinished_entry_is_no_batch(tmp_path: Path) -> None:
    assert EntryDraftFile(tmp_path).put(EntryDraft(Entry("", text="Half a sen"))) is None
    assert WaitingEntries(tmp_path).names() == ()


def test_a_draft_that_breaks_off_leaves_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = EntryDraftFile(tmp_path)
    before = EntryDraft(Entry("", text="one"), picture=PNG)
    assert file.put(before) is None
    with monkeypatch.context() as patch:
        patch.setattr("app.stores.by_hand.replace_file", failing)
        assert file.put(EntryDraft(Entry("", text="two"))) == Problem("stores.disk_full", {"path": "draft.json"})
    assert file.get() == before


def failing(_path: Path, _content: bytes) -> None:
    raise OSError(28, "full")


@pytest.mark.parametrize("raw", [b"", b"[]", b'{"id": "draft", "where": "moon"}', b"\xff"])
def test_a_draft_that_somebody_broke_is_put_aside_and_told(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "draft.json").write_bytes(raw)
    file = EntryDraftFile(tmp_path, lambda: 0.0)
    aside = "draft.json.broken-19700101T000000Z"
    assert file.get() == Problem("stores.draft_unreadable", {"aside": aside})
    assert (tmp_path / aside).read_bytes() == raw
    assert file.get() is None


def test_a_draft_takes_no_picture_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    line = b'{"id": "draft", "where": "shop", "text": "a", "picture": "../secret"}'
    (tmp_path / "by").mkdir()
    (tmp_path / "by" / "draft.json").write_bytes(line)
    assert EntryDraftFile(tmp_path / "by").get() == EntryDraft(Entry("", Where.SHOP, "a"))
