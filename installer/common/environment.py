"""The environment a program is frozen in: the runtime part of requirements.lock, the freezer, and our own wheel.

`python -m installer.common.environment` makes it and prints where its Python is. The developers' environment is never
frozen: a freezer takes along whatever it finds.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import venv
from hashlib import sha256
from pathlib import Path

from installer.common.locks import runtime_lock
from installer.common.product import BUILD, NAME, ROOT, resource_files

BUILD_LOCK = ROOT / "installer" / "common" / "build.lock"


def run(*command: str | Path, **options: object) -> None:
    """Run a command; raises CalledProcessError where it fails."""
    subprocess.run([str(word) for word in command], check=True, **options)  # type: ignore[call-overload]


def prepare() -> Path:
    """Return the Python of a fresh enough environment that holds the program as it stands now."""
    folder, lock = BUILD / "environment", runtime_lock()
    mark = folder / "made-from"
    wanted = sha256(f"{sys.version}\n{lock}\n{BUILD_LOCK.read_text()}".encode()).hexdigest()
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not mark.is_file() or mark.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        for name, text in (("runtime.txt", lock), ("build.txt", BUILD_LOCK.read_text())):
            (folder / name).write_text(text, encoding="utf-8")
            run(*_pip(python), "install", "--require-hashes", "-r", folder / name)
        mark.write_text(wanted)
    _install_program(python)
    return python


def _pip(python: Path) -> tuple[str | Path, ...]:
    return (python, "-m", "pip", "-qq", "--disable-pip-version-check")


def _install_program(python: Path) -> None:
    """Build our wheel with the developers' tools and install just that."""
    with tempfile.TemporaryDirectory() as made:
        run(*_pip(Path(sys.executable)), "wheel", "--no-deps", "--no-build-isolation", "-w", made, ROOT)
        (wheel,) = Path(made).glob(f"{NAME}-*.whl")
        run(*_pip(python), "install", "--no-deps", "--force-reinstall", wheel)


def gather_resources(folder: Path) -> Path:
    """Copy the resources that ship into an empty folder, and return it."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, path in resource_files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / name)
    return folder


if __name__ == "__main__":
    print(prepare())
