"""The shop file: what is put is there, in every process, after every accident."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.reply import SavedReply
from app.core.watch import Watch
from app.stores import atomic
from app.stores.shop_file import TinyShopFile

WATCH = Watch("w1", "Piekarnia «U Ani»", "rss", settings={"url": "https://a.example/feed"})
REPLY = SavedReply("r1", "Przeprosiny", "Dzień dobry {imię}", "pl", "complaint")


class Clock:
    def __init__(self) -> None:
        self.now = 1_763_757_000.0

    def __call__(self) -> float:
        self.now += 120
        return self.now


def shop(folder: Path) -> TinyShopFile:
    return TinyShopFile(folder / "shop.json", folder / "backups", Clock())


def test_a_first_start_is_empty_and_no_accident(tmp_path: Path) -> None:
    one = shop(tmp_path)
    assert (one.watches(), one.saved_replies(), one.preferences()) == ((), (), Preferences())
    assert one.recovered() is None
    assert one.version() == 0


def test_everything_put_is_there_after_a_new_start(tmp_path: Path) -> None:
    one = shop(tmp_path)
    preferences = Preferences(shop_name="U Ani", hours={0: ((540, 1020),)}, blocked_sites=("spam.example",))
    assert one.put_watch(WATCH) is None
    assert one.put_saved_reply(REPLY) is None
    assert one.put_preferences(preferences) is None
    two = shop(tmp_path)
    assert (two.watches(), two.saved_replies(), two.preferences()) == ((WATCH,), (REPLY,), preferences)


def test_a_file_from_before_there_were_plans_has_none_and_takes_them(tmp_path: Path) -> None:
    one = shop(tmp_path)
    assert one.put_preferences(Preferences(shop_name="U Ani")) is None
    tables = json.loads((tmp_path / "shop.json").read_text(encoding="utf-8"))
    assert tables["preferences"]["shop"].pop("plans") == {}
    (tmp_path / "shop.json").write_text(json.dumps(tables), encoding="utf-8")
    two = shop(tmp_path)
    assert two.preferences() == Preferences(shop_name="U Ani")
    assert two.skipped() == ()
    kept = Preferences(shop_name="U Ani", plans={"danger": "1. Zadzwonić.\n2. Zapisać."})
    assert two.put_preferences(kept) is None
    assert shop(tmp_path).preferences() == kept


def test_a_change_keeps_the_place_and_removing_removes_one(tmp_path: Path) -> None:
    one = shop(tmp_path)
    for number in range(3):
        one.put_watch(replace(WATCH, id=f"w{number}"))
    one.put_watch(replace(WATCH, id="w1", paused=True))
    assert [(watch.id, watch.paused) for watch in one.watches()] == [("w0", False), ("w1", True), ("w2", False)]
    assert one.remove_watch("w1") is None
    assert one.remove_watch("never was") is None
    assert [watch.id for watch in one.watches()] == ["w0", "w2"]
    one.put_saved_reply(REPLY)
    assert one.remove_saved_reply("r1") is None
    assert one.saved_replies() == ()


def test_another_processes_change_shows_at_once(tmp_path: Path) -> None:
    one, two = shop(tmp_path), shop(tmp_path)
    assert two.watches() == ()
    version = two.version()
    one.put_watch(WATCH)
    assert two.watches() == (WATCH,)
    assert two.version() != version
    assert one.version() == two.version()


def test_the_version_changes_with_every_change(tmp_path: Path) -> None:
    one = shop(tmp_path)
    versions = []
    for number in range(5):
        one.put_watch(replace(WATCH, interval=1000 + number))
        versions.append(one.version())
    assert len(set(versions)) == 5


_WRITER = """
import sys
from pathlib import Path
from app.core.watch import Watch
from app.stores.shop_file import TinyShopFile
folder, name = Path(sys.argv[1]), sys.argv[2]
shop = TinyShopFile(folder / "shop.json", folder / "backups")
for number in range(15):
    assert shop.put_watch(Watch(f"{name}{number}", name, "rss")) is None
"""


def test_processes_that_write_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _WRITER, str(tmp_path)]
    children = [subprocess.Popen([*command, name]) for name in "ab"]
    assert [child.wait(60) for child in children] == [0, 0]
    expected = {f"{name}{number}" for name in "ab" for number in range(15)}
    assert {watch.id for watch in shop(tmp_path).watches()} == expected


_BLOCKER = """
import sys
from dataclasses import replace
from pathlib import Path
from app.stores.shop_file import TinyShopFile
folder, name = Path(sys.argv[1]), sys.argv[2]
shop = TinyShopFile(folder / "shop.json", folder / "backups")
for number in range(15):
    block = lambda known: replace(known, blocked_authors=(*known.blocked_authors, f"{name}{number}"))
    assert shop.change_preferences(block) is None
"""


def test_processes_that_change_preferences_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _BLOCKER, str(tmp_path)]
    children = [subprocess.Popen([*command, name]) for name in "ab"]
    assert [child.wait(60) for child in children] == [0, 0]
    expected = [f"{name}{number}" for name in "ab" for number in range(15)]
    assert sorted(shop(tmp_path).preferences().blocked_authors) == sorted(expected)


def test_preferences_left_as_they_are_are_not_written(tmp_path: Path) -> None:
    one = shop(tmp_path)
    one.put_preferences(Preferences(shop_name="U Ani"))
    before = one.version()
    assert one.change_preferences(lambda known: replace(known, shop_name="U Ani")) is None
    assert one.version() == before


def test_threads_that_write_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    one = shop(tmp_path)
    threads = [
        threading.Thread(
            target=lambda start=start: [one.put_watch(replace(WATCH, id=f"{start}-{n}")) for n in range(5)]
        )
        for start in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(one.watches()) == 20


@pytest.mark.parametrize(
    "damage", [b"", b'{"watches": {"w1', b"\0" * 400, b"[]", b"null", b'"shop"', b"{}", b'{"name": {}}']
)
def test_a_corrupt_file_is_put_aside_and_the_newest_state_comes_back(tmp_path: Path, damage: bytes) -> None:
    shop(tmp_path).put_watch(WATCH)
    (tmp_path / "shop.json").write_bytes(damage)
    one = shop(tmp_path)
    assert one.watches() == (WATCH,)
    problem = one.recovered()
    assert problem is not None
    assert problem.code == "stores.shop_restored"
    assert (tmp_path / str(problem.args["aside"])).read_bytes() == damage
    assert str(problem.args["date"]).startswith("2025-11-2")
    assert shop(tmp_path).recovered() is None


def test_a_vanished_file_comes_back(tmp_path: Path) -> None:
    one = shop(tmp_path)
    one.put_watch(WATCH)
    (tmp_path / "shop.json").unlink()
    assert one.watches() == (WATCH,)
    two = shop(tmp_path)
    assert two.watches() == (WATCH,)
    problem = two.recovered()
    assert problem is not None
    assert problem.code == "stores.shop_restored"


def test_a_copy_of_nothing_is_no_state_to_come_back_to(tmp_path: Path) -> None:
    shop(tmp_path).put_watch(WATCH)
    (tmp_path / "backups" / "shop-20991121T203000Z.json").write_bytes(b"{}")  # kept by an earlier version
    (tmp_path / "shop.json").write_bytes(b"{}")
    assert shop(tmp_path).watches() == (WATCH,)


@pytest.mark.parametrize(
    "good",
    [
        '{"watches": {}}',
        '{"preferences": {}}',
        '{"saved_replies": {}, "watches": {}, "preferences": {}}',
        '{"watches": {}, "_default": {}}',
        '\ufeff{"watches": {}, "of a newer version": {"1": {"a": 1}}}',
    ],
)
def test_a_shop_whose_last_watch_was_removed_is_no_accident(tmp_path: Path, good: str) -> None:
    shop(tmp_path).put_watch(WATCH)
    (tmp_path / "shop.json").write_text(good, encoding="utf-8")
    one = shop(tmp_path)
    assert (one.watches(), one.recovered(), one.trouble()) == ((), None, ())


def test_removing_what_was_never_there_leaves_a_good_file(tmp_path: Path) -> None:
    assert shop(tmp_path).remove_watch("w1") is None
    assert shop(tmp_path).remove_saved_reply("r1") is None
    one = shop(tmp_path)
    assert (one.recovered(), one.trouble()) == (None, ())


def test_a_file_emptied_while_running_is_told_and_read_from_memory(tmp_path: Path) -> None:
    one = shop(tmp_path)
    one.put_watch(WATCH)
    (tmp_path / "shop.json").write_bytes(b"{}\n")
    assert [problem.code for problem in one.trouble()] == ["stores.shop_unreadable"]
    assert one.watches() == (WATCH,)
    assert one.put_saved_reply(REPLY) is None
    assert (one.watches(), one.trouble()) == ((WATCH,), ())


def test_a_corrupt_file_without_copies_is_put_aside_and_told(tmp_path: Path) -> None:
    (tmp_path / "shop.json").write_bytes(b"{")
    one = shop(tmp_path)
    problem = one.recovered()
    assert problem is not None
    assert problem.code == "stores.shop_lost"
    assert (tmp_path / str(problem.args["aside"])).read_bytes() == b"{"
    assert one.put_watch(WATCH) is None
    assert one.watches() == (WATCH,)


def test_a_file_that_breaks_while_running_is_read_from_memory_and_mended_by_the_next_change(tmp_path: Path) -> None:
    one = shop(tmp_path)
    one.put_watch(WATCH)
    assert one.watches() == (WATCH,)
    (tmp_path / "shop.json").write_bytes(b"{")
    assert one.watches() == (WATCH,)
    assert one.put_saved_reply(REPLY) is None
    assert (one.watches(), one.saved_replies()) == ((WATCH,), (REPLY,))
    problem = one.recovered()
    assert problem is not None
    assert problem.code == "stores.shop_restored"


def test_entries_of_wrong_types_are_skipped_told_and_kept(tmp_path: Path) -> None:
    tables = {
        "watches": {"w1": {"name": "a", "source": "rss"}, "w2": {"name": 5}, "w3": "text", "w4": None},
        "preferences": {"shop": {"shop_name": "U Ani", "ring_at": "often"}},
    }
    (tmp_path / "shop.json").write_text(json.dumps(tables))
    one = shop(tmp_path)
    assert [watch.id for watch in one.watches()] == ["w1"]
    assert one.preferences() == Preferences(shop_name="U Ani")
    assert {problem.args["entry"] for problem in one.skipped()} == {"w2", "w3", "w4", "ring_at"}
    assert {problem.code for problem in one.skipped()} == {"stores.entry_skipped"}
    assert one.put_watch(replace(WATCH, id="w3")) is None
    kept = json.loads((tmp_path / "shop.json").read_text())
    assert kept["watches"]["w2"] == {"name": 5}
    assert kept["watches"]["w4"] is None
    assert [watch.id for watch in one.watches()] == ["w1", "w3"]


def test_what_a_newer_version_wrote_survives(tmp_path: Path) -> None:
    one = shop(tmp_path)
    one.put_watch(WATCH)
    tables = json.loads((tmp_path / "shop.json").read_text())
    tables["watches"]["w1"]["colour"] = "blue"
    tables["playbooks"] = {"1": {"steps": ["breathe"]}}
    (tmp_path / "shop.json").write_text(json.dumps(tables))
    one.put_watch(replace(WATCH, paused=True))
    one.put_preferences(Preferences(shop_name="x"))
    kept = json.loads((tmp_path / "shop.json").read_text())
    assert kept["watches"]["w1"]["colour"] == "blue"
    assert kept["watches"]["w1"]["paused"] is True
    assert kept["playbooks"] == {"1": {"steps": ["breathe"]}}


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "stores.disk_full"), (errno.EACCES, "stores.not_writable")]
)
def test_a_full_or_closed_disk_is_a_problem_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    one = shop(tmp_path)
    one.put_watch(WATCH)

    def fail(*_: object) -> None:
        raise OSError(number, "no")

    with monkeypatch.context() as broken:
        broken.setattr(atomic.os, "fsync", fail)
        assert one.put_watch(replace(WATCH, id="w2")) == Problem(code, {"path": "shop.json"})
    assert one.watches() == (WATCH,)
    assert not list(tmp_path.rglob("*.tmp"))
    assert one.put_watch(replace(WATCH, id="w2")) is None


def test_a_disk_that_refuses_at_the_start_is_told(tmp_path: Path) -> None:
    (tmp_path / "shop.json").mkdir()
    one = shop(tmp_path)
    problem = one.recovered()
    assert problem is not None
    assert problem == Problem("stores.folder_in_the_way", {"path": "shop.json"})
    assert one.watches() == ()


def test_an_edit_by_hand_that_broke_the_file_is_told_with_its_line_and_what_was_good_stays(tmp_path: Path) -> None:
    one = shop(tmp_path)
    one.put_watch(WATCH)
    assert one.trouble() == ()
    good = (tmp_path / "shop.json").read_text()
    (tmp_path / "shop.json").write_text(good.replace('"rss",', '"rss"'))
    line = good[: good.index('"rss",')].count("\n") + 2
    assert one.trouble() == (Problem("stores.shop_unreadable", {"path": "shop.json", "line": line}),)
    assert one.watches() == (WATCH,)
    (tmp_path / "shop.json").write_text(good)
    assert one.trouble() == ()


def test_entries_that_an_edit_by_hand_spoilt_are_told_while_the_program_runs(tmp_path: Path) -> None:
    one = shop(tmp_path)
    one.put_watch(WATCH)
    tables = json.loads((tmp_path / "shop.json").read_text())
    tables["watches"]["w1"]["interval"] = "often"
    (tmp_path / "shop.json").write_text(json.dumps(tables))
    assert [problem.code for problem in one.trouble()] == ["stores.entry_as_before"]
    assert one.watches() == (WATCH,)
    assert [problem.code for problem in shop(tmp_path).trouble()] == ["stores.entry_skipped"]


def test_a_preference_that_an_edit_by_hand_spoilt_is_as_it_was(tmp_path: Path) -> None:
    one = shop(tmp_path)
    one.put_preferences(Preferences(shop_name="U Ani", shop_town="Łódź"))
    tables = json.loads((tmp_path / "shop.json").read_text())
    tables["preferences"]["shop"] |= {"shop_name": 5, "shop_town": "Kraków"}
    (tmp_path / "shop.json").write_text(json.dumps(tables))
    assert one.preferences() == Preferences(shop_name="U Ani", shop_town="Kraków")
    tables["preferences"]["shop"] = []
    (tmp_path / "shop.json").write_text(json.dumps(tables))
    assert one.preferences() == Preferences(shop_name="U Ani", shop_town="Kraków")
    assert [problem.code for problem in one.trouble()] == ["stores.entry_as_before"]


def test_a_shop_file_that_is_gone_or_a_folder(tmp_path: Path) -> None:
    one = shop(tmp_path)
    one.put_watch(WATCH)
    (tmp_path / "shop.json").unlink()
    assert one.trouble() == ()
    (tmp_path / "shop.json").mkdir()
    assert one.trouble() == (Problem("stores.folder_in_the_way", {"path": "shop.json"}),)
    assert one.watches() == (WATCH,)
