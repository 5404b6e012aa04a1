r"""Lays out the folder that will be installed: launchers, runtime, libraries, program, licences.

counterbell.exe  counterbell-cli.exe  counterbell.ico
runtime\   CPython; python311._pth names the only folders it looks into, so no other Python can disturb it
lib\       what the wheels bring, cut down; Qt's libraries are plain files here and may be replaced
program\   the package `app` with its resources
"""

from __future__ import annotations

import compileall
import io
import os
import py_compile
import re
import shutil
import struct
import sys
import zipfile
from pathlib import Path

from installer.common import icons, licences
from installer.common.frozen import EXCLUDED
from installer.common.parts import Part, nested_parts, python_itself, python_parts, sqlite_itself
from installer.common.product import LICENCES, NAME, ROOT, TITLE, VERSION, released, resource_files
from installer.windows import runtime, wheels
from installer.windows.tools import HERE, STAGE, WORK, BrokenBuildError, run

PATHS = ("python311.zip", ".", "..\\lib", "..\\program")
"""What Python looks into, relative to the folder of the runtime."""

UNUSED = frozenset({*EXCLUDED, "curses", "msilib", "wsgiref"})
"""Modules of the standard library that stay out."""

MINGW = "x86_64-w64-mingw32-"
LAUNCHERS = ((f"{NAME}.exe", TITLE, True), (f"{NAME}-cli.exe", f"{TITLE} for the command line", False))

OF_MICROSOFT = (
    "Copyright (c) Microsoft Corporation. All rights reserved. These libraries (vcruntime140, msvcp140) are distributable "
    "code of Visual Studio; they may be passed on with programs that use them:\n"
    "https://learn.microsoft.com/visualstudio/releases/2022/redistribution\n"
)

_OF_WINDOWS = re.compile(
    r"api-ms-win-.*|(advapi32|authz|bcrypt|bcryptprimitives|comctl32|comdlg32|crypt32|d2d1|d3d11|d3d12|d3d9|dnsapi|dwmapi"
    r"|dwrite|dxgi|gdi32|icuuc|imm32|iphlpapi|kernel32|mpr|msvcrt|netapi32|ntdll|ole32|oleaut32|powrprof|propsys|psapi"
    r"|rpcrt4|secur32|setupapi|shcore|shell32|shlwapi|uiautomationcore|user32|userenv|usp10|uxtheme|version|winhttp|winmm"
    r"|ws2_32|wtsapi32)\.dll|winspool\.drv"
)
"""Libraries that Windows 10 has from version 1809 on, in small letters."""


def lay_out() -> Path:
    """Make the folder anew and return it; raises `BrokenBuildError`."""
    if sys.version_info[:2] != (3, 11):
        raise BrokenBuildError(
            "The package carries Python 3.11 and is made with it: make PYTHON=python3.11 clean prepare"
        )
    shutil.rmtree(STAGE, ignore_errors=True)
    STAGE.mkdir(parents=True)
    _put_runtime(STAGE / "runtime")
    _put_wheels(STAGE / "lib")
    _put_program(STAGE / "program")
    licences.write(parts(), STAGE / "program" / "app" / "resources" / LICENCES)
    for folder in ("lib", "program"):
        compile_all(STAGE / folder)
    for place in (WORK, STAGE):
        (place / f"{NAME}.ico").write_bytes(icons.ico())
    for file, says, windowed in LAUNCHERS:
        make_launcher(STAGE / file, says, windowed=windowed)
    check_imports(STAGE)
    _set_times(STAGE)
    return STAGE


def _put_runtime(folder: Path) -> None:
    shutil.copytree(runtime.fetch(), folder)
    repack(folder / "python311.zip")
    (folder / "python311._pth").write_bytes("".join(f"{path}\r\n" for path in PATHS).encode("ascii"))


def repack(path: Path) -> None:
    """Leave out of the standard library what nothing of ours uses, and store the rest: the setup packs it better."""
    whole = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.infolist():
            if entry.filename.split("/")[0].removesuffix(".pyc") not in UNUSED:
                new.writestr(zipfile.ZipInfo(entry.filename, entry.date_time), old.read(entry))


def _put_wheels(folder: Path) -> None:
    """Copy what is needed; the newer C++ runtime, which Qt brings, serves Python as well: only one can be loaded."""
    source = wheels.fetch()
    files = {path.relative_to(source).as_posix(): path for path in source.rglob("*") if path.is_file()}
    kept = {name for name in files if wheels.wanted(name)}
    wheels.check_kept(kept)
    for name in sorted(kept):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(files[name], target)
    for name in ("vcruntime140.dll", "vcruntime140_1.dll"):
        shutil.copyfile(folder / "PySide6" / name, STAGE / "runtime" / name)


def _put_program(folder: Path) -> None:
    shutil.copytree(ROOT / "app", folder / "app", ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    for name, path in resource_files().items():
        target = folder / "app" / "resources" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    shutil.copyfile(HERE / "start.py", folder / "counterbell_start.py")
    metadata = folder / f"{NAME}-{VERSION}.dist-info" / "METADATA"
    metadata.parent.mkdir()
    metadata.write_text(f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {VERSION}\n", encoding="utf-8")
    shutil.copyfile(ROOT / "LICENSE", STAGE / "LICENSE.txt")


def parts() -> tuple[Part, ...]:
    """Return the parts of others inside, once they have been fetched."""
    told = (runtime.FOLDER / "LICENSE.txt").read_text(encoding="utf-8")
    return (
        python_itself(told, runtime.VERSION),
        sqlite_itself(".".join(map(str, file_version(runtime.FOLDER / "sqlite3.dll")[:3]))),
        Part(
            "Microsoft Visual C++ Runtime",
            ".".join(map(str, file_version(wheels.FOLDER / "PySide6" / "msvcp140.dll")[:3])),
            "see its text",
            "pkg:generic/msvc-runtime",
            (OF_MICROSOFT,),
        ),
        *python_parts(wheels.FOLDER, wheels.names()),
        *nested_parts(wheels.FOLDER, wheels.names()),
    )


def compile_all(folder: Path) -> None:
    """Compile every module, to be believed without looking at its source: a start must be quick."""
    whole = compileall.compile_dir(
        folder,
        quiet=2,
        stripdir=str(STAGE),
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    if not whole:
        raise BrokenBuildError(f"a module in {folder} cannot be compiled")


def numbers(version: str) -> tuple[str, str, str, str]:
    """Return a version as the four numbers that Windows wants: «1.2rc1» is 1.2.0.0."""
    first = re.match(r"[\d.]*", version)
    found = [part for part in (first.group() if first else "").split(".") if part]
    one, two, three, four = (*found, "0", "0", "0", "0")[:4]
    return one, two, three, four


def make_launcher(target: Path, says: str, *, windowed: bool) -> None:
    """Compile a launcher with its icon, manifest and version."""
    shutil.copyfile(HERE / "counterbell.manifest", WORK / "counterbell.manifest")
    resource = WORK / f"{target.stem}.o"
    run(
        f"{MINGW}windres", "-I", WORK, f"-DNUMBERS={','.join(numbers(VERSION))}", f"-DVERSION={VERSION}", f"-DFILE={target.name}",
        f"-DSAYS={says}", "-O", "coff", "-o", resource, HERE / "launcher.rc",
    )  # fmt: skip
    kind = ("-mwindows", "-DWINDOWED") if windowed else ("-mconsole",)
    run(
        f"{MINGW}gcc", "-O2", "-s", "-municode", "-Wall", "-Wextra", "-Werror", *kind, "-o", target,
        HERE / "launcher.c", HERE / "shortcut.c", resource, "-lshell32", "-lole32", "-luuid",
    )  # fmt: skip


def check_imports(folder: Path) -> None:
    """Raise `BrokenBuildError` where a library needs one that neither lies in the folder nor belongs to Windows 10."""
    files = [path for path in folder.rglob("*") if path.suffix in {".dll", ".pyd", ".exe"}]
    here = {path.name.lower() for path in files}
    missing = {
        f"{path.name} needs {name}"
        for path in files
        for name in imported(path)
        if name not in here and not _OF_WINDOWS.fullmatch(name)
    }
    if missing:
        raise BrokenBuildError("\n".join(sorted(missing)))


def imported(path: Path) -> set[str]:
    """Return the libraries that one names in its import table, in small letters."""
    told = run(f"{MINGW}objdump", "-p", path)
    return {line.split("DLL Name:")[1].strip().lower() for line in told.splitlines() if "DLL Name:" in line}


def file_version(path: Path) -> tuple[int, int, int, int]:
    """Return the version in the resources of a library or program; raises `ValueError` where it has none."""
    content = path.read_bytes()
    at = content.index(b"\xbd\x04\xef\xfe")
    high, low = struct.unpack_from("<II", content, at + 8)
    return high >> 16, high & 0xFFFF, low >> 16, low & 0xFFFF


def _set_times(folder: Path) -> None:
    """Give every file the time of the version, so that two builds of it do not differ by that."""
    then = released()
    for path in folder.rglob("*"):
        os.utime(path, (then, then))


if __name__ == "__main__":
    try:
        lay_out()
    except BrokenBuildError as error:
        sys.exit(str(error))
