"""An archive that another program changed: told, used for nothing, and nothing of it lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from stores.archive.hearing import NOW, Opened, case, keep

from app.core.ports.archive import Heard
from app.core.problems import Problem
from app.core.views import Folder
from app.core.watch import WatchState
from app.stores.archive.connections import connect
from app.stores.archive.open import open_archive
from app.stores.archive.schema import STEPS
from app.stores.archive.whole import VERSION


def told(part: str) -> Problem:
    return Problem("stores.archive_altered", {"path": "archive.db", "part": part})


def closed_and_changed(opened: Opened, *statements: str) -> bytes:
    """Fill and close an archive with a good copy, have somebody work on it, and return the file's bytes."""
    opened.hear(case("a", "first words"), case("b", "other words"))
    opened.archive.backup(NOW)
    opened.archive.close()
    changed(opened, *statements)
    return opened.file.read_bytes()


def changed(opened: Opened, *statements: str) -> None:
    with closing(connect(opened.file)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            connection.execute(statement)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("DROP TABLE mentions", "mentions"),
        ("DROP TABLE polls", "polls"),
        ("ALTER TABLE hosts RENAME TO guests", "hosts"),
        ("ALTER TABLE handling RENAME COLUMN satisfaction TO content", "handling.satisfaction"),
        ("ALTER TABLE watch_states DROP COLUMN heard_as", "watch_states.heard_as"),
        ("DROP VIEW standing", "standing"),
        ("DROP TRIGGER case_in", "case_in"),
        ("DROP INDEX mention_key", "mention_key"),
        ("DROP TABLE search_idx", "search_idx"),
        ("DROP TABLE search", "search"),
        ("PRAGMA user_version = 0", VERSION),
        *((f"PRAGMA user_version = {version}", VERSION) for version in range(1, 8)),
    ],
)
@pytest.mark.parametrize("checked", [True, False])
def test_an_archive_that_was_changed_is_told_and_left_as_it_is(
    opened: Opened, statement: str, part: str, *, checked: bool
) -> None:
    before = closed_and_changed(opened, statement)
    assert open_archive(opened.file, opened.backups, NOW, checked=checked) == told(part)
    assert opened.file.read_bytes() == before
    opened.file.rename(opened.file.with_name("archive.db.broken-1"))  # as the owner is told
    opened.open()
    assert [problem.code for problem in opened.told] == ["stores.archive_restored"]
    assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 2


@pytest.mark.parametrize(
    "statement",
    [
        "ANALYZE",
        "CREATE TABLE my_notes (id INTEGER)",
        "CREATE INDEX mine ON mentions (stars)",
        "ALTER TABLE hosts ADD COLUMN note TEXT",
        "DROP INDEX mention_order",
        "VACUUM",
        "DELETE FROM polls",
        "INSERT INTO search (search) VALUES ('optimize')",
    ],
)
def test_what_does_no_harm_is_nobodys_business(opened: Opened, statement: str) -> None:
    closed_and_changed(opened, statement)
    opened.open()
    assert opened.told == ()
    assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 2


@pytest.mark.parametrize("version", range(1, len(STEPS) + 1))
def test_an_archive_of_any_earlier_version_is_as_it_should_be(opened: Opened, version: int) -> None:
    folder = opened.file.parent / "older"
    for steps in (STEPS[:version], STEPS):
        found = open_archive(folder / "archive.db", folder / "b", NOW, steps=steps)
        assert not isinstance(found, Problem)
        assert found[1] == ()
        found[0].close()


def test_a_changed_archive_takes_no_good_copys_place(opened: Opened) -> None:
    opened.hear(case("a", "first words"))
    opened.archive.backup(NOW)
    (copy,) = opened.backups.glob("*.sqlite")
    good = copy.read_bytes()
    opened.hear(case("b", "other words"))
    changed(opened, "DROP TABLE delivery")
    assert opened.archive.backup(NOW) == told("delivery")
    assert copy.read_bytes() == good


def test_a_changed_copy_is_passed_over(opened: Opened) -> None:
    closed_and_changed(opened, "DROP TABLE cases")
    newer = opened.backups / "archive-20270116.sqlite"
    newer.write_bytes(opened.file.read_bytes())
    opened.file.unlink()
    opened.open()
    assert opened.told[0].args["date"] == "2027-01-15"


def test_a_table_taken_while_at_work_is_told_and_a_fault_of_ours_is_not(opened: Opened) -> None:
    opened.hear(case("a"))
    changed(opened, "DROP TABLE polls")
    heard = Heard("w", False, WatchState("w"), NOW, NOW)
    assert keep(opened.listener, [heard]) == told("polls")


def test_a_wrong_statement_on_a_good_archive_is_raised(opened: Opened) -> None:
    with pytest.raises(sqlite3.OperationalError), opened.desk._connections.reading() as connection:
        connection.execute("SELECT nothing FROM nowhere")


def test_who_is_forgotten_stands_in_no_changed_copy_either(opened: Opened) -> None:
    before = closed_and_changed(opened, "DROP TABLE texts")
    opened.file.rename(opened.file.with_name("archive.db.broken-1"))
    (opened.backups / "archive-20270116.sqlite").write_bytes(before)
    opened.open()
    opened.desk.forget(["x.pl @nobody"])
    assert [path.name for path in opened.backups.glob("*.sqlite")] == ["archive-20270115.sqlite"]
    assert not list(opened.file.parent.glob("*.broken-*"))
