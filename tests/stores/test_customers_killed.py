"""A program killed at any moment loses no draft that it said was kept, and nothing of cards that it merges."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from app.core.customer import Channel, Contact, Customer, Direction, Identity
from app.stores.customers import TinyCustomerFiles

_CHILD = """
import sys
from pathlib import Path
from app.core.customer import Draft
from app.stores.customers import TinyCustomerFiles

folder, first = Path(sys.argv[1]), int(sys.argv[2])
store = TinyCustomerFiles(folder / "customers", folder / "index.db")
assert store.repair() == ()
ids = [one.id for one in store.search("")]
number = first
while True:
    number += 1
    assert store.put_draft(sorted(ids)[number % 5], Draft(number % 50, f"draft {number}", float(number))) is None
    print(number, flush=True)
"""

_MERGER = """
import sys
from pathlib import Path
from app.core.merging import Merged
from app.stores.customers import TinyCustomerFiles

folder = Path(sys.argv[1])
store = TinyCustomerFiles(folder / "customers", folder / "index.db")
assert store.repair() == ()
one, other = sys.argv[3:]
number = 0
while True:
    done = store.merge(one, other)
    assert isinstance(done, Merged), done
    number += 1
    print(number, flush=True)
    assert store.part(done) is None
"""


def test_every_acknowledged_draft_survives_ten_kills(tmp_path: Path) -> None:
    store = TinyCustomerFiles(tmp_path / "customers", tmp_path / "index.db")
    for number in range(5):
        assert isinstance(store.create(f"Klient {number}", None, 1.0), Customer)
    store.close()
    chance = random.Random()
    acknowledged = 0
    for _ in range(10):
        acknowledged = _run_and_kill(_CHILD, tmp_path, acknowledged, chance.randint(1, 60), chance.random() * 0.004)
        store = TinyCustomerFiles(tmp_path / "customers", tmp_path / "index.db")
        assert store.repair() == ()
        for number in range(max(1, acknowledged - 49), acknowledged + 1):
            found = store.draft_for(number % 50)
            assert found is not None
            assert found[1].saved_at >= number
            assert found[1].text == f"draft {int(found[1].saved_at)}"
        store.close()
    assert acknowledged >= 10


def test_cards_being_merged_and_parted_lose_nothing_in_ten_kills(tmp_path: Path) -> None:
    chance = random.Random()
    for turn in range(10):
        folder = tmp_path / str(turn)
        folder.mkdir()
        store = TinyCustomerFiles(folder / "customers", folder / "index.db")
        assert store.repair() == ()
        cards = [store.create(name, Identity("x", name), 1.0) for name in ("anna", "ania")]
        ids = [card.id for card in cards if isinstance(card, Customer)]
        for number, customer_id in enumerate(ids):
            contact = Contact(f"c{number}", 1.0, Direction.IN, Channel.PHONE, f"Call {number}")
            assert store.add_contact(customer_id, contact) is None
        store.close()
        _run_and_kill(_MERGER, folder, 0, chance.randint(1, 8), chance.random() * 0.02, *ids)
        store = TinyCustomerFiles(folder / "customers", folder / "index.db")
        assert store.repair() == ()
        assert sorted(contact.id for _card, contact in store.contacts()) == ["c0", "c1"]
        owners = {name: store.find(Identity("x", name)) for name in ("anna", "ania")}
        assert {one.id for one in owners.values() if one} == {one.id for one in store.search("")}
        assert not (folder / "customers" / ".merging.json").exists()
        store.close()


def _run_and_kill(script: str, folder: Path, first: int, after: int, pause: float, *more: str) -> int:
    """Run the writer, kill it a moment after some drafts, and return the last number it acknowledged."""
    command = [sys.executable, "-c", script, str(folder), str(first), *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        last = first
        for _ in range(after):
            last = int(child.stdout.readline())
        try:
            child.wait(pause)
        except subprocess.TimeoutExpired:
            child.kill()
        lines = child.stdout.read().split(b"\n")
    return max([last, *(int(line) for line in lines[:-1])])
