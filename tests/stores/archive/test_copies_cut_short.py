"""Copies that a program was ended in the middle of: they are removed, and nobody forgotten stays in them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from stores.archive.hearing import NOW, Opened, case, said

ANNA = {"handle": "@anna_zapominalska", "site": "x.pl", "author": "Anna Zapominalska"}
DAY = 86_400.0

CHILD = """
import os, sys
from pathlib import Path
from app.stores.archive import backup

backup.require_good = lambda _connection: os._exit(9)  # killed in the middle of a copy
backup.Backups(Path(sys.argv[1]), Path(sys.argv[2])).make(float(sys.argv[3]))
"""


@pytest.fixture
def cut_short(opened: Opened) -> Opened:
    """An archive that heard of Anna, and whose copy was cut short."""
    opened.hear(case("n1", "Niezapominajki " * 300, **ANNA))
    command = [sys.executable, "-c", CHILD, str(opened.file), str(opened.backups), str(NOW + DAY)]
    assert subprocess.run(command, check=False).returncode == 9
    assert traces(opened.backups, ".part")
    return opened


def traces(folder: Path, of: str = "") -> list[str]:
    files = [path for path in folder.iterdir() if path.is_file() and of in path.name]
    return [path.name for path in files if b"zapominalska" in path.read_bytes()]


def test_the_next_copy_removes_what_is_left_of_another_day(cut_short: Opened) -> None:
    cut_short.hear(said("o1", "zwykly wpis"))
    assert cut_short.archive.backup(NOW + 2 * DAY) == cut_short.backups / "archive-20270117.sqlite"
    assert [path.name for path in cut_short.backups.iterdir() if ".part" in path.name] == []


def test_forgetting_takes_people_out_of_what_is_left(cut_short: Opened) -> None:
    part = cut_short.file.with_name(f".{cut_short.file.name}.part")
    part.write_bytes(b"of a copy that was being put in place: anna_zapominalska")
    cut_short.desk.forget(["x.pl @anna_zapominalska"])
    assert traces(cut_short.backups) == []
    assert not part.exists()
