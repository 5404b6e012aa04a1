"""Where everything lies: the profile's folder and its parts, the program's resources, the window's socket."""

from __future__ import annotations

import contextlib
import errno
import getpass
import os
import re
import stat
import sys
import tempfile
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from platformdirs import user_data_path

from app.core.problems import Problem, ProblemError

PRODUCT = "counterbell"

_LONGEST_SOCKET = 103
"""Bytes of a local socket's path: macOS allows 104 with the closing zero, Linux 108."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A folder with all data of one shop."""

    folder: Path

    @property
    def shop(self) -> Path:
        return self.folder / "shop.json"

    @property
    def archive(self) -> Path:
        """Return the archive: what was heard."""
        return self.folder / "archive.db"

    @property
    def customers(self) -> Path:
        """Return the folder of the customers' files."""
        return self.folder / "customers"

    @property
    def by_hand(self) -> Path:
        """Return the folder in which what was entered by hand waits for the listener, beside what is being typed."""
        return self.folder / "by-hand"

    @property
    def fetched(self) -> Path:
        """Return the folder of what watch tests fetched, for minutes."""
        return self.folder / "just-fetched"

    @property
    def pictures(self) -> Path:
        """Return the folder of the pictures of mentions entered by hand."""
        return self.folder / "pictures"

    @property
    def customer_index(self) -> Path:
        """Return the index of the customers' files, which can be thrown away."""
        return self.folder / "customers.index.db"

    @property
    def secrets(self) -> Path:
        """Return the file of secrets, used only where there is no keyring and the owner consented."""
        return self.folder / "secrets.json"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def listening(self) -> Path:
        """Return the file that is locked by the process that polls by schedule."""
        return self.folder / "listening.lock"

    @property
    def polling(self) -> Path:
        """Return the file that is locked by the process that takes one round of polls."""
        return self.folder / "polling.lock"

    @property
    def lock(self) -> Path:
        """Return the file that is locked by the process that holds the profile."""
        return self.folder / "profile.lock"

    @property
    def log(self) -> Path:
        return self.folder / "counterbell.log"

    @property
    def crashes(self) -> Path:
        """Return the file in which a dying process notes where it was; one that ends in good order leaves none."""
        return self.folder / "crash.log"


def default_profile() -> Path:
    """Return the folder of this user's profile, as the system wants it; it need not exist.

    Raises `ProblemError` with «stores.no_home» for a user of whom the system knows no home folder.
    """
    try:
        folder = user_data_path(PRODUCT, appauthor=False, roaming=True)
    except RuntimeError as error:
        raise ProblemError(Problem("stores.no_home")) from error
    if folder.parts[:1] == ("~",):
        raise ProblemError(Problem("stores.no_home"))
    return folder


def prepare_profile(folder: Path) -> Profile | Problem:
    """Make a profile's folders where they are missing, for this user only, and prove that they can be written to.

    Problems: «stores.disk_full», «stores.not_writable» (path) where writing is not allowed, «stores.profile_unusable»
    (path) where a file is in the way or the drive is missing, «stores.path_too_long» (length).
    """
    profile = profile_in(folder)
    if profile is None:
        return _unusable(folder, None)
    part = profile.folder
    try:
        for part in (profile.folder, profile.customers, profile.backups):
            part.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=part) as trial:
                trial.write(b"x")
    except OSError as error:
        return _unusable(folder if part == profile.folder else part, error.errno)
    return profile


def profile_in(folder: Path) -> Profile | None:
    """Return the profile of a folder, be it there or not; None for one that no system can have."""
    try:
        os.fsencode(folder)
        place = Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100  links stay as the owner made them
    except (RuntimeError, ValueError):  # the home of a user there is not, a sign that no system can write
        return None
    return None if "\0" in str(folder) else Profile(place)


def no_profile(folder: Path) -> Problem | None:
    """Return «stores.no_profile» (path) where no profile was begun in a folder, or no folder is there; else None.

    One that cannot be looked into, or is none, counts as begun: `prepare_profile` says what is wrong with it.
    """
    try:
        place = Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100  as above
        if place.exists() and not (place.is_dir() and os.access(place, os.R_OK | os.X_OK)):
            return None
    except (OSError, RuntimeError, ValueError):
        return None
    profile = Profile(place)
    parts = (profile.shop, profile.archive, profile.customers, profile.backups)
    return None if any(map(os.path.lexists, parts)) else Problem("stores.no_profile", {"path": str(place)})


def _unusable(folder: Path, number: int | None) -> Problem:
    if number in {errno.ENOSPC, errno.EDQUOT}:
        return Problem("stores.disk_full")
    if number == errno.ENAMETOOLONG:
        return Problem("stores.path_too_long", {"length": len(str(folder.absolute()))})
    forbidden = {errno.EACCES, errno.EPERM, errno.EROFS}
    return Problem("stores.not_writable" if number in forbidden else "stores.profile_unusable", {"path": str(folder)})


def resources() -> Path:
    """Return the folder of icons, translations and weights: frozen, installed, or of a checkout."""
    package = Path(__file__).resolve().parents[1]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "resources"
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def source_pages() -> Path:
    """Return the folder of the sources' help pages: with the resources, or docs/sources of a checkout."""
    inside = resources() / "sources"
    return inside if inside.is_dir() else resources().parent / "docs" / "sources"


def socket_name(profile: Path) -> str:
    """Return the name of the local socket of the window of a profile's folder: equal for equal folders, of this user only.

    On Windows the name of a pipe; elsewhere a path of at most 103 bytes in a folder that others cannot enter.
    """
    digest = blake2b(os.fsencode(os.path.realpath(profile)), digest_size=6).hexdigest()
    if sys.platform == "win32":
        return f"{PRODUCT}-{_user()}-{digest}"
    name = f"{PRODUCT}-{digest}.sock"
    temporary = f"{PRODUCT}-{os.getuid()}"
    places = [Path(tempfile.gettempdir()) / temporary, Path("/tmp") / temporary, profile]  # noqa: S108  checked below
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        places.insert(0, Path(runtime))
    for place in places:
        if len(os.fsencode(place / name)) <= _LONGEST_SOCKET and _is_private(place):
            return str(place / name)
    return str(profile / name)


def _is_private(folder: Path) -> bool:
    """Make a folder if it is missing, and tell whether it is ours alone: no link, no other owner, closed to others."""
    if sys.platform == "win32":
        return False
    with contextlib.suppress(OSError):
        if folder.is_absolute():
            with contextlib.suppress(FileExistsError):
                folder.mkdir(mode=0o700)
            status = folder.lstat()
            closed = stat.S_ISDIR(status.st_mode) and not status.st_mode & 0o077
            return closed and status.st_uid == os.getuid() and os.access(folder, os.W_OK)
    return False


def _user() -> str:
    try:
        name = getpass.getuser()
    except (
        OSError,
        KeyError,
        ImportError,
    ):  # no name in the environment: the hash of the profile still tells users apart
        name = ""
    return re.sub(r"\W", "_", name)[:40]
