"""Merging customers' cards in the files: nothing lost wherever the program is ended, and exactly taken back."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.customer import Channel, Contact, Customer, Direction, Draft, Identity
from app.core.merging import Merged
from app.core.problems import Problem
from app.stores.customers import TinyCustomerFiles
from app.stores.merged_cards import MergedCards

ANNA, ANIA = Identity("x", "anna", "Anna"), Identity("phone", "600100200", "Ania")


class KilledError(BaseException):
    """The program ends here."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TinyCustomerFiles]:
    opened = reopened(tmp_path)
    yield opened
    opened.close()


def reopened(folder: Path) -> TinyCustomerFiles:
    store = TinyCustomerFiles(folder / "customers", folder / "index")
    assert store.repair() == ()
    return store


def two(store: TinyCustomerFiles) -> tuple[str, str]:
    """Make two cards with a contact and a draft each."""
    ids = []
    for number, identity in enumerate((ANNA, ANIA)):
        card = store.create(identity.name, identity, 5.0)
        assert isinstance(card, Customer)
        contact = Contact(f"c{number}", float(number), Direction.IN, Channel.PHONE, f"Call {number}")
        assert store.add_contact(card.id, contact) is None
        assert store.put_draft(card.id, Draft(number, f"Draft {number}", 1.0)) is None
        ids.append(card.id)
    return ids[0], ids[1]


def merge(store: TinyCustomerFiles, one: str, other: str) -> Merged:
    done = store.merge(one, other)
    assert isinstance(done, Merged)
    return done


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "customers").glob("??/*")}


def is_one_card(store: TinyCustomerFiles, one: str) -> None:
    """Check that everything of both is found on one card, once."""
    assert [each.id for each in store.search("")] == [one]
    assert store.find(ANNA) == store.find(ANIA) == store.get(one)
    assert sorted(contact.text for _card, contact in store.contacts()) == ["Call 0", "Call 1"]
    for number in (0, 1):
        found = store.draft_for(number)
        assert found is not None
        assert (found[0].id, found[1].text) == (one, f"Draft {number}")


def test_one_card_holds_all_and_the_other_leads_to_it(store: TinyCustomerFiles, tmp_path: Path) -> None:
    one, other = two(store)
    assert merge(store, one, other).now == store.get(one) == store.get(other)
    is_one_card(store, one)
    assert store.put_draft(other, Draft(7, "Typed on the old card", 2.0)) is None
    again = reopened(tmp_path)
    found = again.draft_for(7)
    assert found is not None
    assert found[0].id == one
    again.close()


def test_taken_back_the_files_are_as_before(store: TinyCustomerFiles, tmp_path: Path) -> None:
    one, other = two(store)
    before, cards = files(tmp_path), (store.get(one), store.get(other))
    done = merge(store, one, other)
    assert store.part(done) is None
    assert (store.get(one), store.get(other)) == cards
    assert files(tmp_path).keys() == before.keys()
    assert files(tmp_path)[f"{other}.json"] == before[f"{other}.json"]
    assert not (tmp_path / "customers" / ".merging.json").exists()
    assert {each.id for each in store.search("")} == {one, other}
    assert store.find(ANIA) == cards[1]
    is_merged_anew = merge(store, one, other)
    assert is_merged_anew.now == done.now


@pytest.mark.parametrize("step", ["begin", "end", "settle"])
def test_killed_in_the_middle_nothing_is_lost(
    store: TinyCustomerFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    one, other = two(store)
    _kill_at(monkeypatch, step)
    with pytest.raises(KilledError):
        store.merge(one, other)
    monkeypatch.undo()
    again = reopened(tmp_path)
    if step == "begin":
        assert {each.id for each in again.search("")} == {one, other}
    else:
        is_one_card(again, one)
    assert not (tmp_path / "customers" / ".merging.json").exists()
    again.close()


@pytest.mark.parametrize("step", ["begin", "revive", "change", "settle"])
def test_killed_while_it_is_taken_back_nothing_is_lost(
    store: TinyCustomerFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    one, other = two(store)
    done = merge(store, one, other)
    _kill_at(monkeypatch, step)
    with pytest.raises(KilledError):
        store.part(done)
    monkeypatch.undo()
    again = reopened(tmp_path)
    if step == "settle":
        assert {each.id for each in again.search("")} == {one, other}
        assert again.find(ANIA) == again.get(other)
    else:
        is_one_card(again, one)
    assert sorted(contact.text for _card, contact in again.contacts()) == ["Call 0", "Call 1"]
    again.close()


def _kill_at(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def killed(*_given: object) -> None:
        raise KilledError

    monkeypatch.setattr(TinyCustomerFiles if step == "change" else MergedCards, step, killed)


@pytest.mark.parametrize("step", ["begin", "end"])
def test_a_disk_that_is_full_changes_nothing(
    store: TinyCustomerFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    one, other = two(store)
    cards = (store.get(one), store.get(other))

    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(MergedCards, step, full)
    assert store.merge(one, other) == Problem("stores.disk_full", {"path": f"{other}.json"})
    monkeypatch.undo()
    again = reopened(tmp_path)
    assert (again.get(one), again.get(other)) == cards
    again.close()


def test_forgetting_takes_the_cards_that_went_into_it(store: TinyCustomerFiles, tmp_path: Path) -> None:
    one, other = two(store)
    third = store.create("Third", Identity("y", "third"), 5.0)
    assert isinstance(third, Customer)
    merge(store, one, other)
    merge(store, third.id, one)
    assert store.get(other) == store.get(one) == store.get(third.id)
    assert store.forget(third.id) is None
    assert store.get(other) is None
    assert not [path for path in (tmp_path / "customers").rglob("*") if path.is_file()]


def test_what_cannot_be_merged_is_told(store: TinyCustomerFiles) -> None:
    one, other = two(store)
    assert store.merge(one, one) == Problem("stores.same_card")
    assert store.merge(one, "f" * 32) == Problem("stores.customer_unknown", {"id": "f" * 32})
    assert store.merge("../etc", other) == Problem("stores.customer_unknown", {"id": "../etc"})
    done = merge(store, one, other)
    assert store.merge(one, other) == Problem("stores.same_card")
    assert store.forget(one) is None
    assert store.part(done) == Problem("stores.customer_unknown", {"id": one})


def test_what_was_parted_stays_parted_after_a_note_that_could_not_be_removed(
    store: TinyCustomerFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two(store)
    done = merge(store, one, other)
    unlink = Path.unlink

    def held(path: Path, missing_ok: bool = False) -> None:
        if path.name == ".merging.json":
            raise PermissionError(errno.EACCES, "used by another process")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    assert store.part(done) is None
    monkeypatch.undo()
    again = reopened(tmp_path)
    assert {each.id for each in again.search("")} == {one, other}
    again.close()


def test_cards_that_two_laptops_merged_crosswise_can_be_forgotten(store: TinyCustomerFiles, tmp_path: Path) -> None:
    one, other = two(store)
    merge(store, one, other)
    shelf = tmp_path / "customers" / one[:2]
    (shelf / f"{one}.into-{other}").write_bytes((shelf / f"{one}.json").read_bytes())
    assert store.forget(one) is None
    assert store.get(other) is None
    assert not [path for path in (tmp_path / "customers").rglob("*") if path.is_file()]
