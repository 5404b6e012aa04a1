"""While it listens, the archive is copied: at once, from time to time, and when it ends."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import cast

from stores.archive.hearing import Opened, case

from app.bootstrap.listening import keeping_copies
from app.core.views import Folder
from app.stores.archive.open import Archive


class Copied:
    """An archive that counts its copies."""

    def __init__(self) -> None:
        self.made = 0
        self.news = threading.Semaphore(0)

    def backup(self, _now: float) -> None:
        self.made += 1
        self.news.release()


def test_copies_are_made_at_once_and_at_the_end() -> None:
    copied = Copied()
    with keeping_copies(cast("Archive", copied), 1_000):
        assert copied.news.acquire(timeout=20)
    assert copied.made == 2


def test_copies_are_made_from_time_to_time() -> None:
    copied = Copied()
    with keeping_copies(cast("Archive", copied), 0.01):
        assert all(copied.news.acquire(timeout=20) for _ in range(4))


def test_a_day_of_work_survives_damage(tmp_path: Path) -> None:
    opened = Opened(tmp_path)
    with keeping_copies(opened.archive):
        opened.hear(case("phone", "Telefon: chleb był spleśniały"), watch="by_hand", own=True)
    opened.archive.close()
    opened.file.write_bytes(b"broken")
    opened.open()
    assert opened.told[0].code == "stores.archive_restored"
    assert opened.desk.counts(0)[Folder.COMPLAINTS] == 1
    opened.archive.close()
