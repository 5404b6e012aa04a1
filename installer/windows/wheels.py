"""The wheels for Windows: locked with hashes from pyproject's dependencies, fetched, and cut down to what is used.

`python -m installer.windows.wheels` renews requirements.lock beside this file; the versions are those of the main lock.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from app.words import LANGUAGES
from installer.common.product import ROOT
from installer.windows.tools import HERE, WORK, BrokenBuildError, beside_python, run

LOCK = HERE / "requirements.lock"
FOLDER = WORK / "wheels"

QT_MODULES = frozenset({"QtCore", "QtGui", "QtWidgets", "QtNetwork"})
"""What `app` imports of Qt; a test holds the two together."""

_QT_LIBRARY = re.compile(r"(Qt6(Core|Gui|Widgets|Network|Svg)|pyside6\.abi3|(msvcp|vcruntime)140(_\d)?)\.dll")
_QT_PLUGIN = re.compile(
    r"(platforms/q(windows|offscreen)|styles/qmodernwindowsstyle|iconengines/qsvgicon|imageformats/q(svg|ico))\.dll"
)
_QT_WORDS = re.compile(rf"qtbase_({'|'.join(LANGUAGES.keys() - {'en'})})\.qm")
_OTHER_LIBRARY = re.compile(r"(shiboken6\.abi3|(msvcp|vcruntime)140(_\d)?)\.dll|Shiboken\.pyd")
_NEVER = (".pyi", ".pdb", ".lib", ".typed", ".h", ".c", ".cpp", ".pyx", ".pxd")
_OF_METADATA = frozenset({"METADATA", "entry_points.txt"})
"""Of pip's records; the licences lie together in one file."""
_ONLY_TO_BUILD = frozenset({"cffi", "pycparser"})
"""Packages that cryptography names, and needs only to be compiled; what it loads is _cffi_backend."""


def lock() -> None:
    """Write the lock anew from pyproject's dependencies, as Windows sees their markers; pip would ask this system."""
    run(
        beside_python("uv"), "pip", "compile", "-q", "--python-platform", "x86_64-pc-windows-msvc",
        "--python-version", "3.11", "--only-binary", ":all:", "--generate-hashes", "--no-emit-index-url",
        "--no-annotate", "--no-header", "-c", "requirements.lock", "pyproject.toml", "-o", LOCK, cwd=ROOT,
    )  # fmt: skip


def fetch() -> Path:
    """Return a folder with everything of the locked wheels; raises `BrokenBuildError` where a hash differs."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    run(
        sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-compile", "--no-deps",
        "--require-hashes", "--only-binary", ":all:", "--platform", "win_amd64", "--python-version", "3.11",
        "--implementation", "cp", "--target", FOLDER, "-r", LOCK,
    )  # fmt: skip
    return FOLDER


def names() -> tuple[str, ...]:
    """Return the names of the distributions in the lock."""
    return tuple(re.findall(r"^([a-z0-9.-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE))


def wanted(name: str) -> bool:
    """Tell whether a file of the wheels is needed, by its path with slashes."""
    first, _, rest = name.partition("/")
    if first == "bin" or name.endswith(_NEVER) or "__pycache__/" in name or "/tests/" in name:
        return False
    if first == "PySide6":
        return _wanted_of_qt(rest)
    if first == "shiboken6":
        return bool(_OTHER_LIBRARY.fullmatch(rest)) or ("/" not in rest and rest.endswith(".py"))
    if first.endswith(".dist-info"):
        return rest in _OF_METADATA
    return first not in _ONLY_TO_BUILD


def _wanted_of_qt(name: str) -> bool:
    folder, _, rest = name.partition("/")
    if folder == "plugins":
        return bool(_QT_PLUGIN.fullmatch(rest))
    if folder == "translations":
        return bool(_QT_WORDS.fullmatch(rest))
    if rest:
        return folder == "support" and rest in {"__init__.py", "deprecated.py"}
    if name.endswith(".pyd"):
        return name.removesuffix(".pyd") in QT_MODULES
    return name.endswith(".py") or bool(_QT_LIBRARY.fullmatch(name))


def check_kept(kept: set[str]) -> None:
    """Raise `BrokenBuildError` where the list above names something that this Qt does not have."""
    must = [f"PySide6/{module}.pyd" for module in QT_MODULES]
    must += [
        f"PySide6/plugins/{name}.dll"
        for name in ("platforms/qwindows", "styles/qmodernwindowsstyle", "iconengines/qsvgicon")
    ]
    must += ["PySide6/translations/qtbase_pl.qm", "PySide6/translations/qtbase_ru.qm", "PySide6/pyside6.abi3.dll"]
    must += ["shiboken6/Shiboken.pyd", "shiboken6/shiboken6.abi3.dll", "PySide6/vcruntime140.dll"]
    if missing := sorted(set(must) - kept):
        raise BrokenBuildError(
            f"the wheels do not hold {', '.join(missing)}: see the list in installer/windows/wheels.py"
        )


if __name__ == "__main__":
    lock()
    print(f"{LOCK.relative_to(ROOT)} is renewed")
