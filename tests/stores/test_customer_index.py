"""The index of the customers' files: who has a draft for a case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.customer import Customer, Draft
from app.stores.customer_index import CustomerIndex, Entry


@pytest.fixture
def index(tmp_path: Path) -> Iterator[CustomerIndex]:
    made = CustomerIndex(tmp_path / "customers.index")
    yield made
    made.close()


def test_of_several_drafts_for_one_case_the_newest_comes_first(index: CustomerIndex) -> None:
    saved = {"a" * 16: 5.0, "b" * 16: 9.0, "c" * 16: 7.0}
    index.put(Entry(Customer(one, "X", drafts=(Draft(7, "Sorry", at),)), (1, 1)) for one, at in saved.items())
    assert index.by_draft(7) == ("b" * 16, "c" * 16, "a" * 16)
    assert index.by_draft(8) == ()
