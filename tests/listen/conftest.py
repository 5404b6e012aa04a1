"""A profile for each test of the listener."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.profile import Profile, profile_in
from fakes.replies import LookingSource, ReplySource
from listen.posting import Shop


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    with profile_in(tmp_path) as made:
        yield made


@pytest.fixture
def shop(profile: Profile) -> Shop:
    return Shop(profile, LookingSource())


@pytest.fixture
def blind(profile: Profile) -> Shop:
    """Its source cannot look."""
    return Shop(profile, ReplySource())
