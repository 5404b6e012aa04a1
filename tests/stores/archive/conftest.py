"""An archive in an empty folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.empty_archive import put_empty_archive
from stores.archive.hearing import Opened


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    put_empty_archive(tmp_path / "archive.db")
    opened = Opened(tmp_path)
    yield opened
    opened.archive.close()
