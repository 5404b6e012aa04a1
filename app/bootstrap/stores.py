"""Opens the stores of a profile."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from app.core.problems import Problem
from app.stores.archive.open import Archive, open_archive
from app.stores.atomic import disk_problem
from app.stores.customers import TinyCustomerFiles
from app.stores.fetched import FetchedAnswers
from app.stores.paths import Profile, default_profile, prepare_profile, profile_in
from app.stores.profile_lock import ProfileLock
from app.stores.secrets import KeyringSecrets
from app.stores.shop_file import TinyShopFile

MENDING = 10.0
"""Seconds to wait for who holds the profile to put back an archive that was deleted under it: it looks at every beat."""

LOOK = 0.1


@dataclass(frozen=True, slots=True)
class Stores:
    """The stores of one profile, open; `problems` is what opening came upon."""

    profile: Profile
    shop: TinyShopFile
    archive: Archive
    secrets: KeyringSecrets
    problems: tuple[Problem, ...]
    lock: ProfileLock
    listening: ProfileLock
    fetched: FetchedAnswers
    polling: ProfileLock

    def leads(self) -> bool:
        """Be the process that polls this profile by schedule; False where another one is.

        A disk that takes no locks keeps nobody from listening.
        """
        if not self.profile.folder.is_dir():  # taken away under us: nothing begins anew in its place
            return False
        try:
            return self.listening.acquire()
        except OSError:
            return True

    def close(self) -> None:
        """Close the archive and let the profile go."""
        self.fetched.tidy()
        self.archive.close()
        self.listening.release()
        self.polling.release()
        self.lock.release()


def open_stores(folder: Path | None) -> Stores | Problem:
    """Open shop file, archive and keyring. A shop file that is there and cannot be opened is a Problem: it is not empty.

    Whoever holds the profile's lock checks and mends the archive; another process leaves it as it is.
    """
    profile = _prepared(folder or default_profile())
    if isinstance(profile, Problem):
        return profile
    lock = ProfileLock(profile.lock)
    try:
        mine = lock.acquire()
    except OSError as error:  # a file of another user, left by a start with «sudo», for one
        return disk_problem(error, profile.lock)
    if not mine:
        _wait_until_put_back(profile)
    opened = open_archive(profile.archive, profile.backups, time.time(), checked=not mine)
    if isinstance(opened, Problem):
        lock.release()
        return opened
    archive, problems = opened
    shop = TinyShopFile(profile.shop, profile.backups)
    if unread := shop.unread():
        archive.close()
        lock.release()
        return unread
    recovered = shop.recovered()
    told = (*problems, *((recovered,) if recovered else ()), *shop.skipped())
    secrets, listening = KeyringSecrets(fallback=profile.secrets), ProfileLock(profile.listening)
    fetched = FetchedAnswers(profile.fetched)
    fetched.tidy()
    return Stores(profile, shop, archive, secrets, told, lock, listening, fetched, ProfileLock(profile.polling))


def _prepared(folder: Path) -> Profile | Problem:
    """Return a profile made ready. On a full disk one that is there will do: it can be read while another process has it open."""
    profile = prepare_profile(folder)
    there = profile_in(folder)
    if isinstance(profile, Problem) and profile.code == "stores.disk_full" and there and there.archive.exists():
        return there
    return profile


def _wait_until_put_back(profile: Profile) -> None:
    """Let who holds the profile put back an archive that is not there: it has all of it in hand, the copies only most."""
    deadline = time.monotonic() + MENDING
    while not profile.archive.exists() and any(profile.backups.glob(f"{profile.archive.stem}-*.sqlite")):
        if time.monotonic() > deadline:
            break
        time.sleep(LOOK)


def open_customers(profile: Profile) -> tuple[TinyCustomerFiles, tuple[Problem, ...]]:
    """Open the customers' files, their index mended."""
    files = TinyCustomerFiles(profile.customers, profile.customer_index)
    return files, files.repair()
