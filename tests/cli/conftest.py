"""The command line of a shop for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.commands import Shop
from fakes.counter import counter_in


@pytest.fixture
def shop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Shop]:
    with counter_in(tmp_path) as counter:
        yield Shop(counter, capsys)
