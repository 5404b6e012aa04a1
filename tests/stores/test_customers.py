"""The customers' files are the truth, the index is thrown away and made again; nothing is lost, forgetting is whole."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.customer import Channel, Contact, Customer, Direction, Draft, Identity
from app.core.problems import Problem
from app.stores import atomic, customer_file
from app.stores.customer_index import CustomerIndex, Entry
from app.stores.customers import TinyCustomerFiles

NOW = 1_763_757_000.0
ANNA = Identity("mastodon", "@anna_k@mastodon.social", "Anna Kłos")


def call(number: int, at: float = NOW, text: str = "Gdzie jest paczka?") -> Contact:
    return Contact(f"c{number}", at, Direction.IN, Channel.PHONE, text, who="Ola")


class Shop:
    """Opens the store of one folder again and again; everything is closed at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "customers"
        self.index = folder / "customers.index.db"
        self._open: list[TinyCustomerFiles] = []
        self.told: tuple[Problem, ...] = ()

    def start(self) -> TinyCustomerFiles:
        self.close()
        store = TinyCustomerFiles(self.folder, self.index, lambda: NOW)
        self._open.append(store)
        self.told = store.repair()
        return store

    def file(self, customer: Customer) -> Path:
        return self.folder / customer.id[:2] / f"{customer.id}.json"

    def close(self) -> None:
        for store in self._open:
            store.close()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path)
    yield opened
    opened.close()


def made(store: TinyCustomerFiles, name: str = "Anna Kłos", identity: Identity | None = ANNA) -> Customer:
    customer = store.create(name, identity, NOW)
    assert isinstance(customer, Customer)
    return customer


def test_a_customer_is_one_file_and_found_after_a_new_start(shop: Shop) -> None:
    anna = made(shop.start())
    assert shop.file(anna).is_file()
    store = shop.start()
    assert shop.told == ()
    assert store.get(anna.id) == anna
    assert store.find(ANNA) == anna
    assert store.find(Identity("Mastodon", "@Anna_K@mastodon.social")) == anna
    assert store.find(Identity("mastodon", "@other")) is None
    assert store.get("0" * 32) is None


@pytest.mark.parametrize("wild", ["", "../../etc/passwd", "..", "a/b", "ABCDEF0123456789", "0" * 15, "x" * 32, "\0"])
def test_an_id_that_is_none_never_becomes_a_path(shop: Shop, wild: str) -> None:
    store = shop.start()
    assert store.get(wild) is None
    assert store.forget(wild) is None
    assert store.change(wild, lambda old: old) == Problem("stores.customer_unknown", {"id": wild})


def test_everything_on_the_card_comes_back(shop: Shop) -> None:
    anna = made(shop.start())
    whole = replace(
        anna,
        name="Anna Nowak",
        identities=(Identity("e-mail", "anna@a.example", "A"), ANNA),
        contacts=(
            call(2),
            replace(call(1), direction=Direction.OUT, case_id=-7, mention_id=9, url="https://a.example/1"),
        ),
        drafts=(Draft(7, "Dzień dobry", NOW, "private"), Draft(-3, "x", NOW)),
        note="lubi sernik",
    )
    assert shop.start().change(anna.id, lambda _: whole) == whole
    assert shop.start().get(anna.id) == whole
    fewer = replace(whole, identities=(ANNA,), contacts=(), drafts=whole.drafts[1:])
    assert shop.start().change(anna.id, lambda _: fewer) == fewer
    assert shop.start().get(anna.id) == fewer


def test_the_id_stays_whatever_a_change_does(shop: Shop) -> None:
    store = shop.start()
    anna = made(store)
    changed = store.change(anna.id, lambda old: replace(old, id="f" * 32, name="Ania"))
    assert changed == replace(anna, name="Ania")
    assert store.get("f" * 32) is None


def test_the_same_account_is_not_made_twice_but_the_same_name_is(shop: Shop) -> None:
    store = shop.start()
    assert made(store).id == made(store, "Somebody").id
    by_name = Identity("google", "name:anna", "Anna")
    assert made(store, "Anna", by_name).id != made(store, "Anna", by_name).id


@pytest.mark.parametrize(
    "words", ["kłos", "KLOS", "kło", "anna klos", "klos anna", "@anna_k", "mastodon.social", "sernik ann", "600100200", "600 100 200",
              "+48 600-100-200", "елка", "Ёлк", "infolinia", "ZLOTY"]
)  # fmt: skip
def test_search_is_blind_to_case_and_diacritics_and_takes_beginnings(shop: Shop, words: str) -> None:
    store = shop.start()
    anna = made(store)
    made(store, "Jan Nowak", Identity("x", "@jan"))
    store.change(anna.id, lambda old: replace(old, note="Lubi sernik. tel. 600-100-200. Ёлка!"))
    store.add_contact(anna.id, call(1, text="Infolinia milczy, złoty strzał"))
    assert [one.id for one in store.search(words)] == [anna.id]


@pytest.mark.parametrize("words", ["łos", "anna nowak", "!!!", "%", "_", "' OR 1", "\0", "\ud800", "x" * 5000])
def test_search_finds_no_more_than_what_is_there(shop: Shop, words: str) -> None:
    store = shop.start()
    made(store)
    made(store, "Jan Nowak", Identity("x", "@jan"))
    assert store.search(words) == ()


def test_an_empty_search_gives_all_who_was_in_touch_last_first(shop: Shop) -> None:
    store = shop.start()
    ids = [made(store, f"Nr {number}", None).id for number in range(3)]
    store.add_contact(ids[1], call(1, NOW + 100))
    assert store.search("")[0].id == ids[1]
    assert len(store.search("", limit=2)) == 2
    assert {one.id for one in store.search("nr")} == set(ids)


def test_contacts_are_the_newest_of_all_customers(shop: Shop) -> None:
    store = shop.start()
    ids = [made(store, f"Nr {number}", None).id for number in range(2)]
    for number in range(6):
        assert store.add_contact(ids[number % 2], call(number, NOW + number)) is None
    assert [contact.id for _, contact in store.contacts(limit=4)] == ["c5", "c4", "c3", "c2"]
    assert [customer.id for customer, _ in store.contacts(limit=2)] == [ids[1], ids[0]]
    store.add_contact(ids[1], replace(call(5, NOW + 5), text="mended"))
    assert [contact.text for _, contact in store.contacts(limit=1)] == ["mended"]
    assert len(store.contacts()) == 6


def test_a_draft_is_kept_found_replaced_and_removed(shop: Shop) -> None:
    store = shop.start()
    anna = made(store)
    assert store.put_draft(anna.id, Draft(5, "Dzień", NOW)) is None
    assert store.put_draft(anna.id, Draft(5, "Dzień dobry", NOW + 1)) is None
    assert store.put_draft(anna.id, Draft(6, "other", NOW)) is None
    found = shop.start().draft_for(5)
    assert found is not None
    assert (found[0].id, found[1].text) == (anna.id, "Dzień dobry")
    store = shop.start()
    assert store.put_draft(anna.id, Draft(5, "", NOW + 2)) is None
    assert store.draft_for(5) is None
    assert store.draft_for(6) is not None


def test_a_change_begins_with_what_the_file_holds_now(shop: Shop) -> None:
    store = shop.start()
    anna = made(store)
    tables = json.loads(shop.file(anna).read_text(encoding="utf-8"))
    tables["profile"]["1"] |= {"note": "by hand", "colour": "blue"}
    tables["invoices"] = {"1": {"sum": 12}}
    tables["contacts"] = {"odd": {"at": "yesterday"}}
    shop.file(anna).write_text(json.dumps(tables), encoding="utf-8")
    assert store.add_contact(anna.id, call(1)) is None
    customer = store.get(anna.id)
    assert customer is not None
    assert (customer.note, len(customer.contacts)) == ("by hand", 1)
    kept = json.loads(shop.file(anna).read_text(encoding="utf-8"))
    assert kept["profile"]["1"]["colour"] == "blue"
    assert kept["invoices"] == {"1": {"sum": 12}}
    assert kept["contacts"]["odd"] == {"at": "yesterday"}


def test_entries_of_wrong_types_are_left_out_and_told(shop: Shop) -> None:
    anna = made(shop.start())
    tables = json.loads(shop.file(anna).read_text(encoding="utf-8"))
    tables["profile"]["1"]["name"] = 5
    tables["contacts"] = {"1": {"at": 1, "direction": "in", "channel": "pigeon", "text": "x"}, "2": [], "3": None}
    tables["drafts"] = {"x": {"text": "a", "saved_at": 1}, "9": {"text": "a", "saved_at": 1}}
    shop.file(anna).write_text(json.dumps(tables), encoding="utf-8")
    customer = shop.start().get(anna.id)
    assert customer == replace(anna, name="", drafts=(Draft(9, "a", 1.0),))
    assert {(one.code, one.args["table"], one.args["entry"]) for one in shop.told} == {
        ("stores.entry_skipped", "contacts", "1"),
        ("stores.entry_skipped", "contacts", "2"),
        ("stores.entry_skipped", "contacts", "3"),
        ("stores.entry_skipped", "drafts", "x"),
    }


@pytest.mark.parametrize(
    "text", ["a\ud800b", "\ud83e\uddc1", "zero\0zero", "🧁👩\u200d👩\u200d👧", "مريم السّيّدة", "\u202eevil", "\x1b[31m", "{order} [x]", "x" * 1_000_000],
    ids=["lone", "pair", "nul", "emoji", "arabic", "override", "escape", "blanks", "long"],
)  # fmt: skip
def test_wild_texts_survive_or_are_made_harmless(shop: Shop, text: str) -> None:
    store = shop.start()
    identity = Identity("site", f"@{text[:50]}", text[:50])
    wild = made(store, text[:100], identity)
    assert store.change(wild.id, lambda old: replace(old, note=text)) == store.get(wild.id)
    assert store.add_contact(wild.id, call(1, text=text)) is None
    assert store.put_draft(wild.id, Draft(1, text, NOW)) is None
    again = shop.start()
    customer = again.get(wild.id)
    assert customer is not None
    assert customer.note == (atomic.clean(text))
    assert again.draft_for(1) == (customer, Draft(1, atomic.clean(text), NOW))
    assert again.find(identity if text.isprintable() else customer.identities[0]) == customer


def test_what_changed_while_we_were_away_is_in_the_index(shop: Shop) -> None:
    store = shop.start()
    anna, jan = made(store), made(store, "Jan", Identity("x", "@jan"))
    store.close()
    text = shop.file(anna).read_text(encoding="utf-8")
    shop.file(anna).write_text(text.replace("Anna Kłos", "Zofia Mróz"), encoding="utf-8")
    shop.file(jan).unlink()
    new = shop.folder / "00" / f"{'0' * 32}.json"
    new.parent.mkdir(exist_ok=True)
    new.write_text('{"profile": {"1": {"name": "Nowa"}}, "drafts": {"4": {"text": "t", "saved_at": 1}}}')
    store = shop.start()
    assert shop.told == ()
    assert [one.id for one in store.search("mroz")] == [anna.id]
    assert store.search("jan") == ()
    assert store.find(Identity("x", "@jan")) is None
    assert [one.id for one in store.search("nowa")] == ["0" * 32]
    assert store.draft_for(4) is not None


@pytest.mark.parametrize("damage", ["missing", "garbage", "empty", "other", "torn"])
def test_a_broken_index_is_made_again_from_the_files(shop: Shop, damage: str) -> None:
    store = shop.start()
    ids = {made(store, f"Klient {number}", Identity("x", f"@{number}")).id for number in range(30)}
    store.close()
    whole = shop.index.read_bytes()
    if damage == "missing":
        shop.index.unlink()
    elif damage == "other":
        shop.index.unlink()
        base = sqlite3.connect(shop.index)
        base.executescript("CREATE TABLE customer (id TEXT); PRAGMA user_version = 77")
        base.close()
    else:
        shop.index.write_bytes({"garbage": b"x" * 9000, "empty": b"", "torn": whole[: len(whole) // 2]}[damage])
    store = shop.start()
    assert {one.id for one in store.search("klient")} == ids
    assert store.find(Identity("x", "@7")) is not None


def test_an_index_that_breaks_while_running_is_made_again(shop: Shop) -> None:
    store = shop.start()
    anna = made(store)
    other = sqlite3.connect(shop.index)
    other.executescript("DROP TABLE customer")
    other.close()
    assert [one.id for one in store.search("anna")] == [anna.id]
    assert store.add_contact(anna.id, call(1)) is None
    assert len(store.contacts()) == 1


def test_without_a_place_for_the_index_it_lives_in_memory(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    store = TinyCustomerFiles(tmp_path / "customers", tmp_path / "index")
    anna = made(store)
    assert store.find(ANNA) == anna
    store.close()


def test_a_disk_too_full_for_the_index_keeps_nobody_from_the_customers(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = made(shop.start())
    shop.close()
    shop.index.unlink()
    put = CustomerIndex.put

    def full(index: CustomerIndex, entries: Iterable[Entry]) -> None:
        if index._base.execute("PRAGMA database_list").fetchone()[2]:
            raise sqlite3.OperationalError("database or disk is full")
        put(index, entries)

    monkeypatch.setattr(CustomerIndex, "put", full)
    store = shop.start()
    assert store.search("anna") == (anna,)
    assert store.add_contact(anna.id, call(1)) is None
    assert len(store.contacts()) == 1


@pytest.mark.parametrize("raw", [b'{"profile": {"1"', b"{}", b'{"profile": {}, "contacts": {}}', b"", b"[]"])
def test_an_unreadable_file_is_put_aside_and_its_earlier_state_comes_back(shop: Shop, raw: bytes) -> None:
    store = shop.start()
    anna = made(store)
    store.add_contact(anna.id, call(1))
    store.add_contact(anna.id, call(2))
    shop.file(anna).write_bytes(raw)
    store = shop.start()
    (problem,) = shop.told
    assert (problem.code, problem.args["name"]) == ("stores.customer_restored", "Anna Kłos")
    aside = shop.file(anna).with_name(str(problem.args["aside"]))
    assert aside.read_bytes() == raw
    assert [contact.id for _, contact in store.contacts()] == ["c1"]
    shop.start()
    assert shop.told == ()


def test_an_unreadable_file_without_an_earlier_state_is_put_aside_and_told(shop: Shop) -> None:
    anna = made(shop.start())
    shop.file(anna).write_bytes(b"")
    store = shop.start()
    (problem,) = shop.told
    assert (problem.code, problem.args["name"]) == ("stores.customer_unreadable", "Anna Kłos")
    assert shop.file(anna).with_name(str(problem.args["aside"])).exists()
    assert store.get(anna.id) is None
    assert store.search("anna") == ()


def test_a_change_never_writes_over_an_unreadable_file(shop: Shop) -> None:
    store = shop.start()
    anna = made(store)
    shop.file(anna).write_bytes(b"precious, though broken")
    problem = store.put_draft(anna.id, Draft(1, "x", NOW))
    assert problem is not None
    assert problem.code == "stores.customer_unreadable"
    assert shop.file(anna).with_name(str(problem.args["aside"])).read_bytes() == b"precious, though broken"


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "stores.disk_full"), (errno.EACCES, "stores.not_writable")]
)
def test_a_failing_disk_changes_nothing(shop: Shop, monkeypatch: pytest.MonkeyPatch, number: int, code: str) -> None:
    store = shop.start()
    anna = made(store)
    before = shop.file(anna).read_bytes()

    def fail(*_: object) -> None:
        raise OSError(number, "no")

    with monkeypatch.context() as broken:
        broken.setattr(atomic.os, "fsync", fail)
        problem = store.put_draft(anna.id, Draft(1, "x", NOW))
        assert problem == Problem(code, {"path": f"{anna.id}.json"})
        assert isinstance(store.create("Jan", None, NOW), Problem)
    assert shop.file(anna).read_bytes() == before
    assert not list(shop.folder.rglob("*.tmp"))
    assert [one.id for one in store.search("")] == [anna.id]
    assert store.put_draft(anna.id, Draft(1, "x", NOW)) is None


def test_a_disk_without_hard_links_works(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(customer_file.os, "link", fail)
    store = shop.start()
    anna = made(store)
    assert store.add_contact(anna.id, call(1)) is None


def test_forgetting_leaves_no_trace(shop: Shop) -> None:
    store = shop.start()
    anna = made(store, "Wyjątkowe Nazwisko", Identity("x", "@osobliwosc"))
    jan = made(store, "Jan", None)
    store.change(anna.id, lambda old: replace(old, note="tajemnica-notatki"))
    store.add_contact(anna.id, call(1, text="tajemnica-kontaktu"))
    store.put_draft(anna.id, Draft(8, "tajemnica-szkicu", NOW))
    for name in (f"{anna.id}.json.broken-1", f".{anna.id}.json.abc.tmp", f"{anna.id} (conflicted copy).json"):
        (shop.file(anna).parent / name).write_text("Wyjątkowe Nazwisko")
    assert store.forget(anna.id) is None
    assert store.get(anna.id) is None
    assert store.find(Identity("x", "@osobliwosc")) is None
    assert store.draft_for(8) is None
    assert store.search("wyjatkowe") == ()
    assert [one.id for one in store.search("")] == [jan.id]
    for path in shop.folder.parent.rglob("*"):
        assert anna.id not in path.name
        content = path.read_bytes() if path.is_file() else b""
        for trace in (b"Wyj", b"wyjatkowe", b"osobliwosc", b"tajemnica", anna.id.encode()):
            assert trace not in content, path.name
    assert store.forget(anna.id) is None


def test_what_a_killed_program_left_is_removed_and_what_is_being_written_is_not(shop: Shop) -> None:
    store = shop.start()
    anna = made(store)
    old, young = (shop.file(anna).parent / f".{name}.tmp" for name in ("old", "young"))
    for path, at in ((old, NOW - 3600), (young, NOW - 1)):
        path.write_text("x")
        os.utime(path, (at, at))
    shop.start()
    assert (old.exists(), young.exists()) == (False, True)


def test_threads_lose_nothing(shop: Shop) -> None:
    store = shop.start()
    anna = made(store)
    problems: list[Problem] = []

    def write(start: int) -> None:
        for number in range(start, start + 10):
            if problem := store.add_contact(anna.id, call(number)):
                problems.append(problem)
            store.search("anna")
            store.create(f"Klient {number}", Identity("x", f"@{number}"), NOW)

    threads = [threading.Thread(target=write, args=(start,)) for start in range(0, 40, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    customer = store.get(anna.id)
    assert problems == []
    assert customer is not None
    assert {contact.id for contact in customer.contacts} == {f"c{number}" for number in range(40)}
    assert len(store.search("klient")) == 40


def test_after_closing_files_can_still_be_read_and_nothing_opens_again(shop: Shop) -> None:
    store = shop.start()
    anna = made(store)
    store.close()
    store.close()
    assert store.get(anna.id) == anna
    assert store.search("anna") == ()
    assert store.put_draft(anna.id, Draft(1, "last words", NOW)) is None
    found = shop.start().draft_for(1)
    assert found is not None
    assert found[1].text == "last words"


def test_a_card_that_an_edit_by_hand_broke_is_mended_before_a_second_one_is_made(shop: Shop) -> None:
    store = shop.start()
    anna = made(store)
    assert store.add_contact(anna.id, call(1)) is None
    shop.file(anna).write_text('{"profile": {"1": {')
    told = store.create("Anna Kłos", ANNA, NOW)
    assert isinstance(told, Problem)
    assert told.code == "stores.customer_restored"
    assert made(store).id == anna.id


def test_a_folder_in_the_place_of_a_card_makes_no_second_one(shop: Shop) -> None:
    store = shop.start()
    anna = made(store)
    text = shop.file(anna).read_text()
    shop.file(anna).unlink()
    shop.file(anna).mkdir()
    assert store.create("Anna Kłos", ANNA, NOW) == Problem("stores.folder_in_the_way", {"path": shop.file(anna).name})
    shop.file(anna).rmdir()
    shop.file(anna).write_text(text)
    assert made(store).id == anna.id


def test_a_card_whose_file_was_deleted_is_made_anew(shop: Shop) -> None:
    store = shop.start()
    anna = made(store)
    shop.file(anna).unlink()
    assert made(store).id != anna.id
