"""A bare Debian in a folder: what `debootstrap` makes, kept packed for the next time, and thrown away after use."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from installer.linux.freeze import WORK

MIRROR = "http://deb.debian.org/debian"
KEYS = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
MINUTES = 60


@dataclass(frozen=True, slots=True)
class Chroot:
    """`folder` is its root as seen from outside."""

    folder: Path

    def command(self, *words: str, env: dict[str, str] | None = None) -> list[str]:
        """Return the command line that runs something inside, with no environment but the one given."""
        given = [f"{name}={value}" for name, value in ({"PATH": PATH, "LANG": "C.UTF-8"} | (env or {})).items()]
        return ["chroot", str(self.folder), "env", "-i", *given, *words]

    def run(self, *words: str, env: dict[str, str] | None = None, check: bool = True) -> str:
        """Run something inside and return what it printed; raises RuntimeError where it fails."""
        done = subprocess.run(
            self.command(*words, env=env),
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=8 * MINUTES,
        )
        if check and done.returncode:
            raise RuntimeError(
                f"{' '.join(words)} ended with {done.returncode}:\n{(done.stdout + done.stderr)[-3000:]}"
            )
        return done.stdout

    def apt(self, *words: str) -> str:
        """Run apt-get without questions and without recommended packages."""
        env = {"DEBIAN_FRONTEND": "noninteractive", "HOME": "/root"}
        return self.run("apt-get", "-q", "-y", "--no-install-recommends", *words, env=env)

    def packages(self) -> frozenset[str]:
        """Return the names of all installed packages."""
        return frozenset(self.run("dpkg-query", "-W", "-f", "${Package}\\n").split())

    def files(self, part: str) -> list[str]:
        """Return the paths inside that have a part in their name, user data and the kernel's own folders left out."""
        places = ["bin", "boot", "etc", "lib", "opt", "root", "run", "sbin", "srv", "usr", "var"]
        found = self.run("find", *(f"/{place}" for place in places), "-iname", f"*{part}*", check=False)
        return sorted(found.split("\n")[:-1])


@contextlib.contextmanager
def debian(suite: str, shared: Sequence[Path] = ()) -> Iterator[Chroot]:
    """Give a bare Debian, fresh. `shared` are folders seen inside under the same name as outside."""
    base = _base(suite)
    folder = WORK / "chroot" / suite
    _remove(folder)
    folder.mkdir(parents=True)
    subprocess.run(["tar", "-xf", base, "-C", folder], check=True)
    shutil.copyfile("/etc/resolv.conf", folder / "etc" / "resolv.conf")
    mounted: list[Path] = []
    try:
        _mount(mounted, folder / "proc", "-t", "proc", "proc")
        for place in shared:
            _mount(mounted, folder / place.relative_to("/"), "--bind", str(place))
        yield Chroot(folder)
    finally:
        for place in reversed(mounted):
            subprocess.run(["umount", "-l", place], check=True)
        _remove(folder)


def _mount(mounted: list[Path], place: Path, *how: str) -> None:
    place.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", *how, str(place)], check=True)
    mounted.append(place)


def _remove(folder: Path) -> None:
    """Delete a root; something still mounted below it would be deleted as well, so that is looked at first."""
    mounts = Path("/proc/self/mounts").read_text(encoding="utf-8")
    if f" {folder}/" in mounts:
        raise RuntimeError(f"something is still mounted below {folder}")
    subprocess.run(["rm", "-rf", "--one-file-system", folder], check=True)


def _base(suite: str) -> Path:
    """Return a packed bare Debian, made now if there is none."""
    path = WORK / "chroot" / f"{suite}.tar"
    if not path.is_file():
        folder = WORK / "chroot" / f"{suite}.new"
        _remove(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        command = ["debootstrap", "--variant=minbase", f"--keyring={KEYS}", suite, str(folder), MIRROR]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=9 * MINUTES)
        if done.returncode:
            raise RuntimeError(f"debootstrap {suite}:\n{done.stdout[-2000:]}{done.stderr[-500:]}")
        subprocess.run(["chroot", folder, "apt-get", "clean"], check=True)
        part = path.with_suffix(".part")
        subprocess.run(["tar", "-cf", part, "-C", folder, "--exclude=./proc/*", "--exclude=./sys/*", "."], check=True)
        part.rename(path)
        _remove(folder)
    return path
