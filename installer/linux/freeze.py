"""Freezes the program for Linux: one folder with everything but the libraries that every desktop has."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

from installer.common import environment, licences, sbom
from installer.common.locks import runtime_names
from installer.common.parts import Part, debian_parts, nested_parts, python_itself, python_parts
from installer.common.product import BUILD, LICENCES, NAME, ROOT
from installer.linux import unicode_data

WORK = BUILD / "linux"
FROZEN = WORK / NAME
INNER = "_internal"

FROM_SYSTEM = {
    "ld-linux-x86-64.so.2": "libc6", "libc.so.6": "libc6", "libdl.so.2": "libc6", "libm.so.6": "libc6",
    "libpthread.so.0": "libc6", "libresolv.so.2": "libc6",
    "libgcc_s.so.1": "libgcc-s1", "libstdc++.so.6": "libstdc++6",
    "libEGL.so.1": "libegl1", "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6", "libX11-xcb.so.1": "libx11-xcb1", "libxcb.so.1": "libxcb1",
    "libwayland-client.so.0": "libwayland-client0", "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libbrotlicommon.so.1": "libbrotli1", "libbrotlidec.so.1": "libbrotli1",
    "libcrypto.so.3": "libssl3", "libssl.so.3": "libssl3", "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libdbus-1.so.3": "libdbus-1-3", "libfontconfig.so.1": "libfontconfig1", "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0", "libgthread-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
}  # fmt: skip
"""Libraries that are not inside, and the Debian packages they are in."""
NEWEST = {"GLIBC": (2, 35), "GLIBCXX": (3, 4, 30), "OPENSSL": (3, 0, 2)}
"""The newest symbols that Ubuntu 22.04 has; the program may ask for none that are newer."""


class UnfitError(Exception):
    """What was frozen would not start on the systems it is made for."""


def freeze() -> tuple[Part, ...]:
    """Freeze the program into `FROZEN` and return the parts of others inside; raises UnfitError."""
    python = environment.prepare()
    resources = environment.gather_resources(WORK / "resources")
    shutil.rmtree(FROZEN, ignore_errors=True)
    environment.run(
        python.with_name("pyinstaller"), "--noconfirm", "--log-level", "ERROR", "--distpath", WORK,
        "--workpath", WORK / "pyinstaller", ROOT / "installer" / "common" / "counterbell.spec",
        cwd=ROOT, env=dict(os.environ) | {"RESOURCES": str(resources)},
    )  # fmt: skip
    for path in FROZEN.rglob("libicudata.so.*"):
        if not path.is_symlink():
            unicode_data.cut(path, unicode_data.languages(resources / "translations"))
    for path in FROZEN.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.name == NAME else 0o644)
    packages_needed(FROZEN)
    check_symbols(FROZEN)
    parts = _parts(python)
    licences.write(parts, FROZEN / INNER / "resources" / LICENCES)
    return parts


def _parts(python: Path) -> tuple[Part, ...]:
    """Return all parts of others, the freezer's small loader among them."""
    site = Path(
        subprocess.run(
            [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            capture_output=True, text=True, check=True,
        ).stdout.strip()
    )  # fmt: skip
    of_python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    own = re.compile(r"lib(Qt6|icu|pyside6|shiboken6|python3)")
    libraries = [path.name for path in (FROZEN / INNER).glob("lib*.so*") if not own.match(path.name)]
    names = [name for name in runtime_names(("linux",)) if name != NAME]
    return (
        python_itself(of_python.read_text(encoding="utf-8")),
        *python_parts(site, [*names, "pyinstaller"]),
        *nested_parts(site, names),
        *debian_parts(libraries),
    )


def binaries(folder: Path) -> tuple[Path, ...]:
    """Return the program and all libraries of a folder."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return tuple(sorted(path for path in files if path.open("rb").read(4) == b"\x7fELF"))


def _told(tool: str, option: str, path: Path) -> str:
    return subprocess.run([tool, option, path], capture_output=True, text=True, check=True).stdout


def packages_needed(folder: Path) -> tuple[str, ...]:
    """Return the Debian packages of all libraries that are needed and not inside; raises UnfitError for an unknown one."""
    found = binaries(folder)
    inside = {path.name for path in folder.rglob("*.so*")}
    needed = {name for path in found for name in re.findall(r"NEEDED\s+(\S+)", _told("objdump", "-p", path))}
    if unknown := needed - inside - set(FROM_SYSTEM):
        raise UnfitError(f"neither inside nor known: {', '.join(sorted(unknown))}")
    return tuple(sorted({FROM_SYSTEM[name] for name in needed - inside}))


def check_symbols(folder: Path) -> dict[str, str]:
    """Return the newest symbol version asked for, by library; raises UnfitError where that is too new."""
    newest: dict[str, tuple[int, ...]] = {}
    for path in binaries(folder):
        for name, version in re.findall(r"\((GLIBC|GLIBCXX|OPENSSL)_([\d.]+)\)", _told("objdump", "-T", path)):
            number = tuple(int(part) for part in version.split("."))
            if number > NEWEST[name]:
                raise UnfitError(f"{path.name} asks for {name}_{version}")
            newest[name] = max(newest.get(name, ()), number)
    return {name: ".".join(map(str, number)) for name, number in newest.items()}


def write_bill(parts: tuple[Part, ...], package: str, folder: Path) -> Path:
    """Write the bill of materials of what was frozen beside the packages."""
    path = folder / f"{package}.cdx.json"
    sbom.write(parts, package, path)
    return path
