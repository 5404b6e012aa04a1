"""The customers' files while the window and a command change them at once, and where no lock is to be had."""

from __future__ import annotations

import errno
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from filelock import FileLock
from tinydb.table import Table

from app.core.customer import Channel, Contact, Customer, Direction, Draft, Identity
from app.core.merging import Merged
from app.core.problems import Problem
from app.stores import customer_file, customers
from app.stores.customers import TinyCustomerFiles

CALL = Contact("c0", 0.0, Direction.IN, Channel.PHONE, "Call")

COMMAND = """
import sys
from pathlib import Path
from app.core.customer import Channel, Contact, Direction
from app.stores.customers import TinyCustomerFiles

folder = Path(sys.argv[1])
store = TinyCustomerFiles(folder / "customers", folder / "index")
print("begins", flush=True)
if sys.argv[2] == "repair":
    assert store.repair() == ()
else:
    assert store.add_contact(sys.argv[2], Contact("c1", 1.0, Direction.IN, Channel.PHONE, "Call")) is None
store.close()
"""


class Command:
    """A command on the same profile, in a process of its own: once begun, it gets ample time to be in the way."""

    def __init__(self, folder: Path, act: str) -> None:
        self.process = subprocess.Popen([sys.executable, "-c", COMMAND, str(folder), act], stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        assert self.process.stdout.readline().split() == [b"begins"]
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(0.5)

    def end(self) -> None:
        assert self.process.wait(60) == 0
        assert self.process.stdout is not None
        self.process.stdout.close()


def opened(folder: Path) -> TinyCustomerFiles:
    store = TinyCustomerFiles(folder / "customers", folder / "index")
    assert store.repair() == ()
    return store


def card_of(store: TinyCustomerFiles, name: str) -> str:
    card = store.create(name, Identity("x", name), 1.0)
    assert isinstance(card, Customer)
    return card.id


def test_what_another_process_writes_meanwhile_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = opened(tmp_path)
    anna = card_of(store, "anna")
    commands: list[Command] = []
    put = customer_file.put_document

    def slowly(table: Table, key: str, fields: dict[str, object]) -> None:
        put(table, key, fields)  # the file is read by now, and not written yet
        if not commands:
            commands.append(Command(tmp_path, anna))

    monkeypatch.setattr(customer_file, "put_document", slowly)
    assert store.put_draft(anna, Draft(1, "text", 1.0)) is None
    commands[0].end()
    kept = store.get(anna)
    assert kept is not None
    assert ([one.text for one in kept.drafts], [one.id for one in kept.contacts]) == (["text"], ["c1"])
    store.close()


def test_a_command_that_starts_while_a_merge_is_taken_back_ends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(tmp_path)
    anna, ania = card_of(store, "anna"), card_of(store, "ania")
    assert store.add_contact(ania, CALL) is None
    done = store.merge(anna, ania)
    assert isinstance(done, Merged)
    commands: list[Command] = []
    change = TinyCustomerFiles.change

    def slowly(store: TinyCustomerFiles, *given: object) -> Customer | Problem:
        commands.append(Command(tmp_path, "repair"))
        return change(store, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(TinyCustomerFiles, "change", slowly)
    assert store.part(done) is None
    monkeypatch.undo()
    for command in commands:
        command.end()
    store.close()
    again = opened(tmp_path)
    assert {card.id for card in again.search("")} == {anna, ania}
    assert [(card.id, contact) for card, contact in again.contacts()] == [(ania, CALL)]
    again.close()


def test_another_process_that_hangs_is_waited_for_once_and_keeps_nothing_from_being_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customers, "_PATIENCE", 0.01)
    store = opened(tmp_path)
    anna, ania = card_of(store, "anna"), card_of(store, "ania")
    acquire, asked = FileLock.acquire, []

    def counted(lock: FileLock) -> object:
        asked.append(lock)
        return acquire(lock)

    with FileLock(tmp_path / "index.lock"):
        monkeypatch.setattr(FileLock, "acquire", counted)
        assert isinstance(store.merge(anna, ania), Merged)
    assert len(asked) == 1
    assert store.put_draft(anna, Draft(1, "text", 1.0)) is None
    store.close()


@pytest.mark.parametrize(
    "error",
    [PermissionError(errno.EACCES, "x"), OSError(errno.EROFS, "x"), OSError(errno.ENOLCK, "x"), NotImplementedError()],
)
def test_where_no_lock_is_to_be_had_it_is_kept_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refused(_lock: FileLock) -> None:
        raise error

    monkeypatch.setattr(FileLock, "acquire", refused)
    store = opened(tmp_path)
    assert store.put_draft(card_of(store, "anna"), Draft(1, "text", 1.0)) is None
    found = store.draft_for(1)
    assert found is not None
    assert found[1].text == "text"
    store.close()


def test_a_folder_in_place_of_the_lock_keeps_nothing_from_being_kept(tmp_path: Path) -> None:
    (tmp_path / "index.lock").mkdir()
    store = opened(tmp_path)
    assert store.put_draft(card_of(store, "anna"), Draft(1, "text", 1.0)) is None
    store.close()


def test_the_lock_lies_beside_the_index_and_holds_nothing_of_anybody(tmp_path: Path) -> None:
    store = opened(tmp_path)
    anna = card_of(store, "anna")
    assert store.forget(anna) is None
    store.close()
    assert not (tmp_path / "index.lock").exists() or (tmp_path / "index.lock").read_bytes() == b""
    assert not [path for path in (tmp_path / "customers").rglob("*") if path.is_file()]
