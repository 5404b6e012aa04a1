"""A profile for each test of the listener."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.profile import Profile, profile_in


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    with profile_in(tmp_path) as made:
        yield made
