"""The report of sizes: the package, what it unpacks to, and the ten largest parts inside."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from installer.common.product import NAME

MB = 1_000_000
LARGEST_DEB = 40 * MB
LARGEST_INSTALLED = 130 * MB
NAMED = 10

_GROUPS = (
    ("libicu", "ICU (Unicode data, for Qt)"),
    ("cryptography", "cryptography"),
    ("libQt6", "Qt's libraries"),
    ("shiboken6", "PySide6, Qt for Python"),
    ("PySide6/Qt/plugins", "Qt's plugins"),
    ("PySide6/Qt/translations", "Qt's translations"),
    ("PySide6", "PySide6, Qt for Python"),
    ("resources/detect", "the detector's weights and words"),
    ("resources", "translations, icons, licences, help pages"),
    ("libpython", "Python"),
    ("python3", "Python's modules in C"),
    ("base_library", "Python's own modules"),
    (f"/{NAME}/{NAME}", "the program with its Python modules"),
    ("libsqlite3", "SQLite"),
    ("libxcb", "X11 helpers (xcb, xkbcommon)"),
    ("libxkb", "X11 helpers (xcb, xkbcommon)"),
    ("charset_normalizer", "charset_normalizer"),
    ("certifi", "certificates"),
)


def parts(folder: Path) -> list[tuple[str, int]]:
    """Return the parts of what was frozen with their bytes, the largest first."""
    found: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            place = f"/{NAME}/{path.relative_to(folder).as_posix()}"
            found[next((name for mark, name in _GROUPS if mark in place), "everything else")] += path.stat().st_size
    return found.most_common()


def installed_bytes(folder: Path) -> int:
    """Return the bytes of all files of a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def report(frozen: Path, tree: Path, files: tuple[Path, ...]) -> str:
    """Return the sizes of the packages, of what the Debian package installs, and of the ten largest parts."""
    lines = [f"{path.name:<44} {path.stat().st_size / MB:6.1f} MB" for path in files]
    lines.append(f"{'installed':<44} {installed_bytes(tree / 'usr') / MB:6.1f} MB")
    lines += [f"  {name:<42} {size / MB:6.1f} MB" for name, size in parts(frozen)[:NAMED]]
    return "\n".join(lines)
