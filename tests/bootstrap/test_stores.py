"""Opening the stores of a profile: what is in the way is a problem in words."""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path

import pytest
from fakes.held import Held

from app.bootstrap import stores
from app.bootstrap.desk import open_desk
from app.bootstrap.main import _hindrances
from app.bootstrap.stores import Stores, open_stores
from app.core.customer import Customer
from app.core.problems import Problem
from app.core.watch import Watch
from app.stores.paths import Profile, prepare_profile
from app.stores.profile_lock import ProfileLock


def test_a_lock_of_another_user_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def acquire(_lock: ProfileLock) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(ProfileLock, "acquire", acquire)
    assert open_stores(tmp_path) == Problem("stores.not_writable", {"path": "profile.lock"})


def test_what_tests_fetched_long_ago_is_removed_at_each_opening_and_end(tmp_path: Path) -> None:
    kept = tmp_path / "just-fetched"
    kept.mkdir()

    def leave() -> None:
        for name, age in (("old.json", 660.0), ("new.json", 0.0)):
            (kept / name).write_text("{}")
            os.utime(kept / name, (time.time() - age,) * 2)

    leave()
    opened = open_stores(tmp_path)
    assert isinstance(opened, Stores)
    assert [path.name for path in kept.iterdir()] == ["new.json"]
    leave()
    opened.close()
    assert [path.name for path in kept.iterdir()] == ["new.json"]


@pytest.mark.skipif(os.name == "nt", reason="there what is open cannot be deleted")
def test_a_command_waits_for_a_deleted_archive_to_be_put_back_by_who_has_it_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "MENDING", 60.0)
    holder = open_stores(tmp_path)
    assert isinstance(holder, Stores)
    assert isinstance(holder.archive.backup(time.time()), Path)
    with holder.archive._heard.writing() as connection:
        connection.execute("INSERT INTO sqlite_sequence VALUES ('mentions', 7)")  # heard since the copy was made
    for file in tmp_path.glob("archive.db*"):
        file.unlink()
    beat = threading.Timer(3 * stores.LOOK, lambda: holder.archive.mend(time.time()))
    beat.start()
    opened = open_stores(tmp_path)
    beat.join()
    assert isinstance(opened, Stores)
    assert opened.problems == ()
    with opened.archive._heard.reading() as connection:
        assert connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'mentions'").fetchone() == (7,)
    opened.close()
    holder.close()


def test_who_holds_a_profile_but_has_no_archive_open_is_not_waited_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "MENDING", 0.2)
    profile = prepare_profile(tmp_path)
    assert isinstance(profile, Profile)
    first = open_stores(tmp_path)
    assert isinstance(first, Stores)
    assert isinstance(first.archive.backup(time.time()), Path)
    first.close()
    profile.archive.unlink()
    holder = ProfileLock(profile.lock)
    assert holder.acquire()
    opened = open_stores(tmp_path)
    assert isinstance(opened, Stores)
    assert [problem.code for problem in opened.problems] == ["stores.archive_restored"]
    opened.close()
    holder.release()


def test_one_process_polls_by_schedule_and_the_next_one_when_it_has_ended(tmp_path: Path) -> None:
    first, second = open_stores(tmp_path / "p"), open_stores(tmp_path / "p")
    assert isinstance(first, Stores)
    assert isinstance(second, Stores)
    assert (first.leads(), second.leads(), first.leads()) == (True, False, True)
    first.close()
    assert second.leads()
    second.close()


def test_a_profile_that_was_moved_away_is_not_made_anew_to_be_the_one_that_polls(tmp_path: Path) -> None:
    opened = open_stores(tmp_path / "p")
    assert isinstance(opened, Stores)
    (tmp_path / "p").rename(tmp_path / "q")
    assert not opened.leads()
    assert not (tmp_path / "p").exists()
    opened.close()


def test_a_shop_file_that_may_not_be_read_is_no_shop_without_watches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_stores(tmp_path)
    assert isinstance(first, Stores)
    assert first.shop.put_watch(Watch("w1", "Rynek", "page")) is None
    first.close()
    held = Held(monkeypatch)
    held.hold(tmp_path / "shop.json")
    problem = Problem("stores.not_readable", {"path": "shop.json"})
    assert open_stores(tmp_path) == problem
    opened = open_desk(tmp_path)
    assert opened == problem
    held.let_go()
    again = open_stores(tmp_path)
    assert isinstance(again, Stores)
    assert [watch.id for watch in again.shop.watches()] == ["w1"]
    again.close()


def test_the_doctor_names_a_card_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = open_desk(tmp_path)
    assert not isinstance(opened, Problem)
    desk = opened[0]
    one = desk.customers.create("Anna", 1.0)
    assert isinstance(one, Customer)
    assert dict(desk.health.checks())["customers"] is None
    held, path = Held(monkeypatch), f"customers/{one.id[:2]}/{one.id}.json"
    held.hold(tmp_path / path)
    assert dict(desk.health.checks())["customers"] == Problem("stores.card_unread", {"name": "Anna", "path": path})
    held.let_go()
    assert dict(desk.health.checks())["customers"] is None
    desk.close()


def test_the_doctor_names_every_card_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = open_desk(tmp_path)
    assert not isinstance(opened, Problem)
    desk = opened[0]
    held = Held(monkeypatch)
    for name in ("Anna", "Bea"):
        one = desk.customers.create(name, 1.0)
        assert isinstance(one, Customer)
        held.hold(tmp_path / "customers" / one.id[:2] / f"{one.id}.json")
    told = [problem for name, problem in desk.health.checks() if name == "customers" and problem]
    assert sorted(str(problem.args["name"]) for problem in told) == ["Anna", "Bea"]
    held.let_go()
    desk.close()


def test_what_else_is_in_the_way_of_a_profile_that_cannot_be_opened(tmp_path: Path) -> None:
    made = open_stores(tmp_path)
    assert isinstance(made, Stores)
    made.close()
    met = Problem("stores.not_writable", {"path": str(tmp_path / "backups")})
    assert _hindrances(tmp_path, met) == ()
    assert _hindrances(tmp_path / "nowhere", met) == ()
    for name in ("backups", "pictures", "by-hand"):
        shutil.rmtree(tmp_path / name, ignore_errors=True)
        (tmp_path / name).write_text("in the way")
    assert [one.args["path"] for one in _hindrances(tmp_path, met)] == ["by-hand", "pictures"]


@pytest.mark.parametrize("code", ["stores.disk_full", "stores.not_writable", "stores.profile_unusable"])
def test_a_profile_on_a_full_disk_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    def refuse(_folder: Path) -> Problem:
        return Problem(code)

    with monkeypatch.context() as disk:
        disk.setattr(stores, "prepare_profile", refuse)
        assert open_stores(tmp_path / "new") == Problem(code)
        assert not (tmp_path / "new").exists()
    made = open_stores(tmp_path / "old")
    assert isinstance(made, Stores)
    made.close()
    monkeypatch.setattr(stores, "prepare_profile", refuse)
    opened = open_stores(tmp_path / "old")
    if code == "stores.disk_full":
        assert isinstance(opened, Stores)
        opened.close()
    else:
        assert opened == Problem(code)
