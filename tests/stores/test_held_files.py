"""Files that are there and may not be read just now: told as that, never taken for nothing, tried again for a moment."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.held import Held

from app.core.customer import Channel, Contact, Customer, Direction, Draft, Identity
from app.core.preferences import Preferences
from app.core.problems import Problem, ProblemError
from app.core.watch import Watch
from app.stores import atomic
from app.stores.archive import open as opening
from app.stores.archive.failure import problem_of
from app.stores.archive.open import open_archive
from app.stores.customers import TinyCustomerFiles
from app.stores.shop_file import TinyShopFile

NOW = 1_763_757_000.0
ANNA = Identity("mastodon", "@anna_k@mastodon.social", "Anna Kłos")
BY_NAME = Identity("a.example", "name:anna k.", "Anna K.")
CALL = Contact("c1", NOW, Direction.IN, Channel.PHONE, "Gdzie jest paczka?")


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    return Held(monkeypatch)


@pytest.fixture
def files(tmp_path: Path) -> Iterator[TinyCustomerFiles]:
    store = TinyCustomerFiles(tmp_path / "customers", tmp_path / "customers.index.db", lambda: NOW)
    assert store.repair() == ()
    yield store
    store.close()


def made(files: TinyCustomerFiles, identity: Identity | None = ANNA) -> Customer:
    one = files.create("Anna Kłos", identity, NOW)
    assert isinstance(one, Customer)
    assert files.add_contact(one.id, CALL) is None
    return one


def path_of(folder: Path, one: Customer) -> Path:
    return folder / "customers" / one.id[:2] / f"{one.id}.json"


def told(one: Customer, name: str = "Anna Kłos") -> Problem:
    return Problem("stores.card_unread", {"name": name, "path": f"customers/{one.id[:2]}/{one.id}.json"})


def on_disk(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "customers").glob("??/*.json"))


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EBUSY])
def test_a_moment_is_waited_out(tmp_path: Path, held: Held, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b'{"a": {}}')
    tries: list[int] = []

    def read(path: Path) -> bytes:
        tries.append(1)
        if len(tries) < 4:
            raise OSError(number, "not now", str(path))
        return b'{"a": {}}'

    monkeypatch.setattr(Path, "read_bytes", read)
    assert atomic.read_tables(path) == {"a": {}}
    assert len(held.pauses) == 3


def test_a_file_that_stays_held_is_told_after_less_than_a_second(tmp_path: Path, held: Held) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"{}")
    held.hold(path)
    with pytest.raises(ProblemError) as met:
        atomic.read_tables(path)
    assert atomic.disk_problem(met.value, path) == Problem("stores.not_readable", {"path": "a.json"})
    assert 0.5 < sum(held.pauses) < 1


@pytest.mark.parametrize("identity", [ANNA, BY_NAME, None])
def test_a_card_that_cannot_be_read_is_still_somebodys(
    tmp_path: Path, files: TinyCustomerFiles, held: Held, identity: Identity | None
) -> None:
    one = made(files, identity)
    held.hold(path_of(tmp_path, one))
    unread = Customer(one.id, "Anna Kłos", unread=told(one))
    assert files.get(one.id) == unread
    assert files.search("paczka") == (unread,)
    if identity:
        assert files.find(identity) == unread
        assert files.create("Anna Kłos", identity, NOW) == told(one)
    assert files.add_contact(one.id, replace(CALL, id="c2")) == told(one)
    assert files.put_draft(one.id, Draft(7, "Dzień dobry", NOW)) == told(one)
    assert [(who, contact.at, contact.text) for who, contact in files.contacts()] == [(unread, CALL.at, "")]
    assert on_disk(tmp_path) == [f"{one.id}.json"]
    held.let_go()
    found = files.get(one.id)
    assert found
    assert found.contacts == (CALL,)
    assert found.unread is None


def test_of_two_known_by_one_name_each_may_have_a_card(files: TinyCustomerFiles) -> None:
    one, other = made(files, BY_NAME), made(files, BY_NAME)
    assert one.id != other.id


def test_a_card_held_for_a_moment_is_changed_as_if_nothing_was(
    tmp_path: Path, files: TinyCustomerFiles, held: Held
) -> None:
    one = made(files)
    held.hold(path_of(tmp_path, one))
    held.lets_go_after = 3
    assert files.add_contact(one.id, replace(CALL, id="c2")) is None
    found = files.get(one.id)
    assert found
    assert len(found.contacts) == 2


def test_who_looks_waits_once_for_a_file_that_stays_held(tmp_path: Path, files: TinyCustomerFiles, held: Held) -> None:
    cards = [made(files, replace(ANNA, handle=f"@anna{number}@a.example")) for number in range(5)]
    held.hold(*(path_of(tmp_path, one) for one in cards))
    assert len([one for one in files.search("paczka") if one.unread]) == 5
    assert files.find(replace(ANNA, handle="@anna3@a.example"))
    assert sum(held.pauses) < 1


def test_every_card_that_cannot_be_opened_is_told_without_waiting(
    tmp_path: Path, files: TinyCustomerFiles, held: Held
) -> None:
    one, other = made(files), made(files, BY_NAME)
    assert files.trouble() == ()
    held.hold(path_of(tmp_path, one))
    assert files.trouble() == (told(one),)
    assert held.pauses == []
    held.let_go()
    held.hold(path_of(tmp_path, other))
    assert files.trouble() == (told(other),)


def test_while_a_card_is_nobody_known_s_no_new_one_is_made(tmp_path: Path, held: Held) -> None:
    """The index was thrown away, so that only the file could tell whose card it is."""
    before = TinyCustomerFiles(tmp_path / "customers", tmp_path / "customers.index.db", lambda: NOW)
    before.repair()
    one = made(before)
    before.close()
    (tmp_path / "customers.index.db").unlink()
    held.hold(path_of(tmp_path, one))
    files = TinyCustomerFiles(tmp_path / "customers", tmp_path / "customers.index.db", lambda: NOW)
    problem = Problem("stores.card_unread", {"path": f"customers/{one.id[:2]}/{one.id}.json", "why": "unknown"})
    assert files.repair() == (problem,)
    assert files.create("Anna Kłos", ANNA, NOW) == problem
    assert files.create("Jan", None, NOW) == problem
    assert on_disk(tmp_path) == [f"{one.id}.json"]
    held.let_go()
    known = files.create("Anna Kłos", ANNA, NOW)
    assert isinstance(known, Customer)
    assert (known.id, known.contacts) == (one.id, (CALL,))
    files.close()


def test_a_merge_broken_off_is_not_given_up_for_a_card_that_is_held(
    tmp_path: Path, files: TinyCustomerFiles, held: Held
) -> None:
    one, other = made(files), made(files, BY_NAME)
    files._merged.begin(one.id, other.id)
    held.hold(path_of(tmp_path, other))
    assert files.repair() == (told(other),)
    assert files._merged.under_way() == (one.id, other.id)


def test_a_shop_file_that_is_held_is_not_an_empty_one(tmp_path: Path, held: Held) -> None:
    watch = Watch("w1", "Rynek", "page")
    assert TinyShopFile(tmp_path / "shop.json", tmp_path / "backups").put_watch(watch) is None
    before = (tmp_path / "shop.json").read_bytes()
    held.hold(tmp_path / "shop.json")
    problem = Problem("stores.not_readable", {"path": "shop.json"})
    one = TinyShopFile(tmp_path / "shop.json", tmp_path / "backups")
    assert one.unread() == problem
    assert one.trouble() == (problem,)
    assert one.put_preferences(Preferences(shop_name="U Ani")) == problem
    held.let_go()
    assert (tmp_path / "shop.json").read_bytes() == before
    assert one.unread() is None
    assert one.trouble() == ()
    assert one.watches() == (watch,)


def test_a_shop_file_that_was_read_once_goes_on_and_is_told(tmp_path: Path, held: Held) -> None:
    watch = Watch("w1", "Rynek", "page")
    one = TinyShopFile(tmp_path / "shop.json", tmp_path / "backups")
    assert one.put_watch(watch) is None
    assert one.trouble() == ()
    held.hold(tmp_path / "shop.json")
    assert one.trouble() == (Problem("stores.not_readable", {"path": "shop.json"}),)
    assert one.unread() is None
    assert one.watches() == (watch,)
    held.let_go()
    assert one.trouble() == ()


@pytest.mark.skipif(os.name == "nt", reason="there a file is opened to find out")
@pytest.mark.parametrize("suffix", ["", "-wal"])
def test_an_archive_that_may_not_be_read_is_no_broken_disk(tmp_path: Path, held: Held, suffix: str) -> None:
    path = tmp_path / "archive.db"
    for ending in ("", "-wal"):
        (tmp_path / f"archive.db{ending}").touch()
    held.hold(tmp_path / f"archive.db{suffix}")
    error = sqlite3.OperationalError("unable to open database file")
    error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    assert problem_of(error, path) == Problem("stores.not_readable", {"path": f"archive.db{suffix}"})
    held.let_go()
    assert problem_of(error, path) == Problem("stores.disk_error", {"path": "archive.db"})


def test_an_archive_held_for_a_moment_is_opened(tmp_path: Path, held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    real, problem = opening._open, Problem("stores.not_readable", {"path": "archive.db"})
    monkeypatch.setattr(opening, "_open", lambda *a, **m: problem if len(held.pauses) < 2 else real(*a, **m))
    opened = open_archive(tmp_path / "archive.db", tmp_path / "backups", NOW)
    assert not isinstance(opened, Problem)
    opened[0].close()
    monkeypatch.setattr(opening, "_open", lambda *_a, **_m: problem)
    assert open_archive(tmp_path / "archive.db", tmp_path / "backups", NOW) == problem
    assert sum(held.pauses) < 2
