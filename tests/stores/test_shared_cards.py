"""A card taken away from outside, by a laptop that shares the folder, stays away: its person was forgotten or merged there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.core.customer import Channel, Contact, Customer, Direction, Identity
from app.core.merging import Merged
from app.stores.customers import TinyCustomerFiles

NOW = 1_763_757_000.0
ANNA = Identity("mastodon", "@anna_k@mastodon.social", "Anna Kłos")
AK = Identity("x", "@ak", "Anna K.")


def call(number: int) -> Contact:
    return Contact(f"c{number}", NOW, Direction.IN, Channel.PHONE, "Gdzie jest paczka?")


def store_in(laptop: Path) -> TinyCustomerFiles:
    laptop.mkdir(exist_ok=True)
    store = TinyCustomerFiles(laptop / "customers", laptop / "customers.index.db", lambda: NOW)
    assert store.repair() == ()
    return store


def made(store: TinyCustomerFiles, identity: Identity) -> Customer:
    """Make a card that has an earlier state as well."""
    card = store.create(identity.name, identity, NOW)
    assert isinstance(card, Customer)
    for number in (1, 2):
        assert store.add_contact(card.id, call(number)) is None
    return card


@pytest.fixture
def here(tmp_path: Path) -> Iterator[TinyCustomerFiles]:
    with closing(store_in(tmp_path / "here")) as store:
        yield store


def copied(tmp_path: Path) -> Path:
    """Bring the cards to the other laptop; return their folder there."""
    there = tmp_path / "there" / "customers"
    shutil.copytree(tmp_path / "here" / "customers", there)
    return there


def card_in(folder: Path, card: Customer) -> Path:
    return folder / card.id[:2] / f"{card.id}.json"


def test_who_was_forgotten_on_another_laptop_does_not_come_back(here: TinyCustomerFiles, tmp_path: Path) -> None:
    anna = made(here, ANNA)
    there = copied(tmp_path)
    assert here.forget(anna.id) is None
    with closing(store_in(tmp_path / "there")) as store:
        card_in(
            there, anna
        ).unlink()  # programs that share folders leave the one of earlier states out, or come to it later
        assert store.add_contact(anna.id, call(3)) is not None
        assert store.repair() == ()
        assert (store.find(ANNA), store.search("")) == (None, ())
    assert not card_in(there, anna).exists()


def test_a_card_merged_on_another_laptop_does_not_come_back(here: TinyCustomerFiles, tmp_path: Path) -> None:
    anna, other = made(here, ANNA), made(here, AK)
    there = copied(tmp_path)
    with closing(store_in(tmp_path / "there")) as store:
        assert isinstance(here.merge(anna.id, other.id), Merged)
        card_in(there, other).unlink()  # the name that says where it went is carried over later
        assert store.repair() == ()
        for file in (tmp_path / "here" / "customers").rglob("*.into-*"):
            place = there / file.relative_to(tmp_path / "here" / "customers")
            place.parent.mkdir(exist_ok=True)
            shutil.copy(file, place)
        shutil.copy(card_in(tmp_path / "here" / "customers", anna), card_in(there, anna))
        assert store.repair() == ()
        assert [card.id for card in store.search("")] == [anna.id]
    assert not card_in(there, other).exists()
