"""A program killed at any moment loses no draft that it said was kept."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from app.core.customer import Customer
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


def test_every_acknowledged_draft_survives_ten_kills(tmp_path: Path) -> None:
    store = TinyCustomerFiles(tmp_path / "customers", tmp_path / "index.db")
    for number in range(5):
        assert isinstance(store.create(f"Klient {number}", None, 1.0), Customer)
    store.close()
    chance = random.Random()
    acknowledged = 0
    for _ in range(10):
        acknowledged = _run_and_kill(tmp_path, acknowledged, chance.randint(1, 60), chance.random() * 0.004)
        store = TinyCustomerFiles(tmp_path / "customers", tmp_path / "index.db")
        assert store.repair() == ()
        for number in range(max(1, acknowledged - 49), acknowledged + 1):
            found = store.draft_for(number % 50)
            assert found is not None
            assert found[1].saved_at >= number
            assert found[1].text == f"draft {int(found[1].saved_at)}"
        store.close()
    assert acknowledged >= 10


def _run_and_kill(folder: Path, first: int, after: int, pause: float) -> int:
    """Run the writer, kill it a moment after some drafts, and return the last number it acknowledged."""
    command = [sys.executable, "-c", _CHILD, str(folder), str(first)]
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
