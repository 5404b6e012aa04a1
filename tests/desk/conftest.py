"""A shop for each test of the desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.counter import Counter, counter_in


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Counter]:
    with counter_in(tmp_path) as made:
        yield made
