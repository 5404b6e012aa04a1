"""One file per customer against all customers in one TinyDB file: the same acts on the same data in one run."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, where
from tinydb.storages import JSONStorage

from app.core.customer import Channel, Contact, Customer, Direction, Draft, Identity
from app.stores.atomic import AtomicStorage
from app.stores.customers import TinyCustomerFiles

CUSTOMERS = 1_000
TIMES = 30
TEXT = "Paczka miała być we wtorek, a infolinia milczy od tygodnia. Proszę o zwrot pieniędzy. "


def identity(number: int) -> Identity:
    return Identity("mastodon", f"@zaneta{number}@m.example", f"Żaneta Łącka {number}")


def contacts(number: int) -> tuple[Contact, ...]:
    return tuple(Contact(f"{number}-{n}", 1e9 + number + n, Direction.IN, Channel.POST, TEXT * 2) for n in range(3))


def median(act: Callable[[int], object], numbers: Iterator[int]) -> float:
    """Return the median time of an act in milliseconds."""
    times = []
    for number in itertools.islice(numbers, TIMES):
        start = time.perf_counter()
        assert act(number) not in (None, [], ()), "the act did nothing"
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


class Files:
    name = "one file per customer"

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.store = TinyCustomerFiles(folder / "customers", folder / "index.db")
        self.store.repair()
        self.ids: dict[int, str] = {}

    def create(self, number: int) -> bool:
        made = self.store.create(f"Żaneta Łącka {number}", identity(number), 1e9)
        assert isinstance(made, Customer)
        self.ids[number] = made.id
        return True

    def log(self, number: int) -> bool:
        return all(self.store.add_contact(self.ids[number], contact) is None for contact in contacts(number)[:1])

    def draft(self, number: int) -> bool:
        return self.store.put_draft(self.ids[number], Draft(number, TEXT, 1e9 + number)) is None

    def read(self, number: int) -> object:
        return self.store.get(self.ids[number])

    def find(self, number: int) -> object:
        return self.store.find(identity(number))

    def search(self, number: int) -> object:
        return self.store.search(f"zaneta {number}", 50)

    def close(self) -> None:
        self.store.close()


class OneFile:
    """The plain way: one document per customer, all in one table."""

    def __init__(self, folder: Path, name: str, storage: type[Any]) -> None:
        self.name = name
        folder.mkdir(parents=True, exist_ok=True)
        self.base = TinyDB(folder / "all.json", storage=storage)
        self.ids: dict[int, int] = {}

    def create(self, number: int) -> bool:
        customer = Customer(str(number), f"Żaneta Łącka {number}", (identity(number),), created=1e9)
        self.ids[number] = self.base.insert({**asdict(customer), "key": identity(number).key})
        return True

    def log(self, number: int) -> object:
        def add(document: dict[str, Any]) -> None:
            document["contacts"] = [*document["contacts"], asdict(contacts(number)[0])]

        return self.base.update(add, doc_ids=[self.ids[number]])

    def draft(self, number: int) -> object:
        return self.base.update({"drafts": [asdict(Draft(number, TEXT, 1e9))]}, doc_ids=[self.ids[number]])

    def read(self, number: int) -> object:
        return self.base.get(doc_id=self.ids[number])

    def find(self, number: int) -> object:
        return self.base.search(where("key") == identity(number).key)

    def search(self, number: int) -> object:
        return self.base.search(where("name").search(f"Żaneta.*{number}"))

    def close(self) -> None:
        self.base.close()


ACTS = ("create", "log", "draft", "read", "find", "search")


def fill(way: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bring a way to its number of customers; the disk is waited for only in what is measured."""
    with monkeypatch.context() as fast:
        fast.setattr("os.fsync", lambda _: None)
        if isinstance(way, OneFile):
            numbers = range(CUSTOMERS)
            documents = [
                {
                    **asdict(Customer(str(n), f"Żaneta Łącka {n}", (identity(n),), contacts(n), created=1e9)),
                    "key": identity(n).key,
                }
                for n in numbers
            ]
            way.ids = dict(zip(numbers, way.base.insert_multiple(documents), strict=True))
            return
        for number in range(CUSTOMERS):
            way.create(number)
            for contact in contacts(number):
                way.store.add_contact(way.ids[number], contact)


@pytest.mark.benchmark
@pytest.mark.timeout(600)
def test_bench_customers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    ways: list[Any] = [
        Files(tmp_path / "files"),
        OneFile(tmp_path / "plain", "one TinyDB file, as it comes", JSONStorage),
        OneFile(tmp_path / "atomic", "one TinyDB file, replaced atomically", AtomicStorage),
    ]
    lines = [f"{CUSTOMERS:,} customers, median ms of {TIMES}, fsync included", "| | " + " | ".join(ACTS) + " |"]
    lines.append("|---" * (len(ACTS) + 1) + "|")
    medians = {}
    for way in ways:
        fill(way, monkeypatch)
        row = []
        for act in ACTS:
            numbers = itertools.count(CUSTOMERS) if act == "create" else itertools.count(7, 13)
            row.append(median(getattr(way, act), numbers))
        medians[way.name] = row
        lines.append(f"| {way.name} | " + " | ".join(f"{value:.2f}" for value in row) + " |")
        way.close()
    with capsys.disabled():
        print("\n" + "\n".join(lines))
    ours, plain = medians[ways[0].name], medians[ways[1].name]
    assert all(mine < theirs for mine, theirs in zip(ours[:4], plain[:4], strict=True))


@pytest.mark.benchmark
@pytest.mark.timeout(600)
def test_bench_many_customers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    many = 10_000
    way = Files(tmp_path)
    with monkeypatch.context() as fast:
        fast.setattr("os.fsync", lambda _: None)
        for number in range(many):
            way.create(number)
            way.log(number)
    way.close()
    starts = []
    for _ in range(3):
        start = time.perf_counter()
        store = TinyCustomerFiles(tmp_path / "customers", tmp_path / "index.db")
        assert store.repair() == ()
        starts.append(time.perf_counter() - start)
        store.close()
    (tmp_path / "index.db").unlink()
    start = time.perf_counter()
    way.store = TinyCustomerFiles(tmp_path / "customers", tmp_path / "index.db")
    assert way.store.repair() == ()
    rebuilt = time.perf_counter() - start
    row = {act: median(getattr(way, act), itertools.count(7, 13)) for act in ("draft", "find", "search")}
    way.close()
    with capsys.disabled():
        print(
            f"\n{many:,} customers: start and check {statistics.median(starts):.2f} s, index made anew {rebuilt:.2f} s"
        )
        print(", ".join(f"{act} {value:.2f} ms" for act, value in row.items()))
    assert statistics.median(starts) < 1.0
    assert row["draft"] < 10.0
