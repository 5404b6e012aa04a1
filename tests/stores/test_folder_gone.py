"""The profile's folder, or the archive in it, taken away under the running program: nothing begins anew in its place."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.core.by_hand import Entry
from app.core.customer import Customer, Draft, Identity
from app.core.problems import Problem, ProblemError
from app.core.watch import Watch
from app.stores.archive.backup import Backups
from app.stores.archive.open import Archive, open_archive
from app.stores.atomic import disk_problem, folder_gone
from app.stores.by_hand import WaitingEntries
from app.stores.customers import TinyCustomerFiles
from app.stores.paths import Profile, prepare_profile
from app.stores.secret_file import SecretFile
from app.stores.shop_file import TinyShopFile

NOW = 1_800_000_000.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there what is open cannot be moved")


@dataclass
class Stores:
    """A profile, open, with a customer and a watch; `away` is where it is moved to."""

    profile: Profile
    archive: Archive
    shop: TinyShopFile
    customers: TinyCustomerFiles
    customer: Customer

    @property
    def away(self) -> Path:
        return self.profile.folder.with_name("away")

    @property
    def gone(self) -> Problem:
        return Problem("stores.folder_gone", {"path": str(self.profile.folder)})

    def move(self) -> None:
        self.profile.folder.rename(self.away)

    def bring_back(self) -> None:
        self.away.rename(self.profile.folder)


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    profile = prepare_profile(tmp_path / "profile")
    assert isinstance(profile, Profile)
    opened = open_archive(profile.archive, profile.backups, NOW)
    assert not isinstance(opened, Problem)
    customers = TinyCustomerFiles(profile.customers, profile.customer_index)
    customers.repair()
    made = customers.create("Anna", Identity("phone", "+48 600"), NOW)
    assert isinstance(made, Customer)
    shop = TinyShopFile(profile.shop, profile.backups)
    assert shop.put_watch(Watch("w", "W", "feed")) is None
    yield Stores(profile, opened[0], shop, customers, made)
    customers.close()
    opened[0].close()


def test_nothing_is_kept_nor_made_anew(stores: Stores) -> None:
    listener, desk = stores.archive.listener(), stores.archive.desk()
    assert listener.states() == {}
    stores.move()
    draft = Draft(1, "Dzień dobry", NOW)
    waiting = WaitingEntries(stores.profile.by_hand)
    assert stores.customers.put_draft(stores.customer.id, draft) == stores.gone
    assert stores.customers.create("Ewa", None, NOW) == stores.gone
    assert stores.customers.forget(stores.customer.id) == stores.gone
    assert stores.shop.put_watch(Watch("v", "V", "feed")) == stores.gone
    assert waiting.put([Entry("", text="said")]) == stores.gone
    assert listener.transaction(lambda: ()) == stores.gone
    assert stores.archive.backup(NOW) == stores.gone
    with pytest.raises(ProblemError) as met:
        desk.mark_rung((1,), NOW)
    assert met.value.problem == stores.gone
    assert not stores.profile.folder.exists()


def test_no_lock_makes_the_folder_anew(stores: Stores) -> None:
    """A lock beside what it guards makes the folders it lies in."""
    outbox, desk = stores.archive.outbox(), stores.archive.desk()
    assert (outbox.awaited(), desk.states()) == ((), {})
    secrets = SecretFile(stores.profile.secrets)
    stores.move()
    for act in (lambda: outbox.begin(NOW), lambda: desk.forget(("phone +48 600",))):
        with pytest.raises(ProblemError) as met:
            act()
        assert met.value.problem == stores.gone
        assert not stores.profile.folder.exists()
    assert secrets.begin() == stores.gone
    assert not stores.profile.folder.exists()


def test_what_is_open_can_be_read_on(stores: Stores) -> None:
    listener = stores.archive.listener()
    assert listener.states() == {}
    assert [watch.id for watch in stores.shop.watches()] == ["w"]
    stores.move()
    assert listener.states() == {}
    assert [watch.id for watch in stores.shop.watches()] == ["w"]


def test_all_goes_on_once_it_is_back(stores: Stores) -> None:
    stores.move()
    assert stores.customers.put_draft(stores.customer.id, Draft(1, "Dzień dobry", NOW)) == stores.gone
    stores.bring_back()
    assert stores.customers.put_draft(stores.customer.id, Draft(1, "Dzień dobry", NOW)) is None
    assert stores.shop.put_watch(Watch("v", "V", "feed")) is None
    assert stores.archive.listener().transaction(lambda: ()) == []
    assert isinstance(stores.archive.backup(NOW), Path)


def test_an_archive_that_is_gone_is_not_begun_anew_by_who_asks_next(stores: Stores) -> None:
    stores.profile.archive.unlink()
    with pytest.raises(ProblemError) as met:
        stores.archive.listener().states()
    assert met.value.problem == Problem("stores.archive_gone", {"path": "archive.db"})
    assert stores.archive.backup(NOW) == met.value.problem
    assert not stores.profile.archive.exists()


def test_one_that_goes_at_the_very_moment_of_opening_it_is_not_begun_anew(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener, archive = stores.archive.listener(), stores.profile.archive
    assert isinstance(stores.archive.backup(NOW), Path)
    copies = {path: path.read_bytes() for path in stores.profile.backups.glob("archive*")}
    archive.unlink()
    exists = Path.exists
    monkeypatch.setattr(Path, "exists", lambda path: path == archive or exists(path))
    assert stores.archive.backup(NOW) == Problem("stores.disk_error", {"path": "archive.db"})
    with pytest.raises(ProblemError):
        listener.states()
    monkeypatch.undo()
    assert not archive.exists()
    assert {path: path.read_bytes() for path in stores.profile.backups.glob("archive*")} == copies


def test_an_empty_archive_in_its_place_is_neither_read_nor_written_to(stores: Stores) -> None:
    listener = stores.archive.listener()
    with stores.archive._heard.writing() as connection:
        connection.execute("INSERT INTO sqlite_sequence VALUES ('mentions', 7)")
    for suffix in ("", "-wal", "-shm"):
        file = stores.profile.archive.with_name(stores.profile.archive.name + suffix)
        file.rename(file.with_name(f"mine.db{suffix}"))
    other = open_archive(stores.profile.folder / "other.db", stores.profile.folder / "b", NOW)
    assert not isinstance(other, Problem)
    other[0].close()
    (stores.profile.folder / "other.db").rename(stores.profile.archive)
    assert listener.transaction(lambda: ()) == Problem("stores.archive_replaced", {"path": "archive.db"})


def test_a_file_where_a_folder_lies_is_named(tmp_path: Path) -> None:
    (tmp_path / "one.json").mkdir()
    with pytest.raises(IsADirectoryError) as met:
        (tmp_path / "one.json").read_bytes()
    problem = Problem("stores.folder_in_the_way", {"path": "one.json"})
    assert disk_problem(met.value, tmp_path / "one.json") == problem


def test_an_archive_that_was_deleted_is_put_back_whole(stores: Stores) -> None:
    listener, desk = stores.archive.listener(), stores.archive.desk()
    with stores.archive._handled.writing() as connection:
        connection.execute("INSERT INTO sqlite_sequence VALUES ('mentions', 7)")
    assert listener.states() == {}
    assert stores.archive.mend(NOW) is None
    for file in stores.profile.folder.glob("archive.db*"):
        file.unlink()
    assert listener.transaction(lambda: ()) == Problem("stores.archive_gone", {"path": "archive.db"})
    assert stores.archive.mend(NOW) == Problem("stores.archive_put_back")
    assert stores.archive.mend(NOW) is None
    assert listener.transaction(lambda: ()) == []
    desk.mark_rung((1,), NOW)  # a window's connection goes over to it as well
    stores.archive.close()
    opened = open_archive(stores.profile.archive, stores.profile.backups, NOW)
    assert not isinstance(opened, Problem)
    assert opened[1] == ()
    with opened[0]._heard.reading() as connection:
        assert connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'mentions'").fetchone() == (7,)
    opened[0].close()


def test_it_is_put_back_by_a_thread_that_has_not_read_it_yet(stores: Stores) -> None:
    has_read, ended = threading.Event(), threading.Event()

    def read() -> None:
        stores.archive.listener().states()
        has_read.set()
        assert ended.wait(60)

    reader = threading.Thread(target=read)
    reader.start()
    assert has_read.wait(60)
    for file in stores.profile.folder.glob("archive.db*"):
        file.unlink()
    assert stores.archive.mend(NOW) == Problem("stores.archive_put_back")
    ended.set()
    reader.join()
    assert stores.archive.listener().states() == {}


def test_of_two_that_find_it_deleted_the_second_leaves_what_the_first_put_back(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_archive(stores.profile.archive, stores.profile.backups, NOW, checked=True)
    assert not isinstance(opened, Problem)
    second, has_read, may_mend, at_the_lock = opened[0], threading.Event(), threading.Event(), threading.Event()
    told: list[Problem | None] = []

    def mend_too() -> None:
        second.listener().states()
        has_read.set()
        assert may_mend.wait(60)
        told.append(second.mend(NOW))

    other = threading.Thread(target=mend_too)
    other.start()

    def looked(path: Path) -> Problem | None:
        if threading.current_thread() is other:
            at_the_lock.set()
        return folder_gone(path)

    def put_back(source: sqlite3.Connection) -> None:
        may_mend.set()  # while the first has the lock, as it might in a process of its own
        assert at_the_lock.wait(60)
        Backups(stores.profile.archive, stores.profile.backups).put_back(source)
        with stores.archive._handled.writing() as connection:
            connection.execute("INSERT INTO sqlite_sequence VALUES ('mentions', 8)")

    assert stores.archive.listener().states() == {}
    assert has_read.wait(60)
    for file in stores.profile.folder.glob("archive.db*"):
        file.unlink()
    monkeypatch.setattr("app.stores.archive.open.folder_gone", looked)
    monkeypatch.setattr(stores.archive._backups, "put_back", put_back)
    assert stores.archive.mend(NOW) == Problem("stores.archive_put_back")
    other.join()
    assert told == [None]
    with stores.archive._handled.writing() as connection:
        assert connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'mentions'").fetchone() == (8,)
    assert not list(stores.profile.folder.glob("*.broken-*"))
    second.close()


def test_a_moved_profile_gets_no_archive_in_its_place(stores: Stores) -> None:
    assert stores.archive.listener().states() == {}
    stores.move()
    assert stores.archive.mend(NOW) == stores.gone
    assert not stores.profile.folder.exists()


def test_a_folder_that_can_only_be_read_is_told(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, _mode: path != stores.profile.folder)
    assert stores.archive.mend(NOW) == Problem("stores.not_writable", {"path": str(stores.profile.folder)})


@pytest.mark.parametrize("number", [errno.ENOTCONN, errno.EACCES])
def test_a_drive_that_answers_no_more_is_a_problem_and_no_crash(
    stores: Stores, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    folder = stores.profile.folder
    looked = Path.stat

    def stat(path: Path, **more: bool) -> os.stat_result:
        if path == folder or folder in path.parents:
            raise OSError(number, "no answer")
        return looked(path, **more)

    assert stores.archive.listener().states() == {}
    monkeypatch.setattr(Path, "stat", stat)
    told = [
        stores.shop.put_watch(Watch("w", "Feed", "rss")),
        stores.customers.create("Ola", Identity("phone", "+48 700"), NOW),
        stores.customers.forget(stores.customer.id),
        stores.archive.mend(NOW),
    ]
    monkeypatch.undo()
    assert all(isinstance(one, Problem) for one in told if one)
    assert [one == stores.gone for one in told] == [number == errno.ENOTCONN, False, *[number == errno.ENOTCONN] * 2]
    assert stores.customers._guard._depth == 0
