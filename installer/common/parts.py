"""The parts of others that a package carries, each with its version, licence and licence texts."""

from __future__ import annotations

import json
import platform
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

TEXTS = Path(__file__).with_name("licence_texts")
SPOKEN_FOR = {"pyside6-essentials": ("qt.txt",), "shiboken6": ()}
"""Distributions that bring no licence text with them, and the texts of ours that stand for it."""

_TEXT_FILE = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)
_UNSAID = {"openssl": "Apache-2.0"}
"""Licences of nested parts that their bill leaves out."""
_NAMES = {"MIT License": "MIT", "Apache Software License": "Apache-2.0", "BSD License": "BSD-3-Clause"}


class MissingLicenceError(Exception):
    """A part of somebody else's without a word on what may be done with it must not be shipped."""


@dataclass(frozen=True, slots=True)
class Part:
    """`licence` is an SPDX expression or a name; `purl` is the part's package URL; `texts` are whole licence texts."""

    name: str
    version: str
    licence: str
    purl: str
    texts: tuple[str, ...]


def python_parts(site: Path, names: Iterable[str]) -> tuple[Part, ...]:
    """Return the distributions of these names that are installed in a site-packages folder.

    Raises MissingLicenceError for one that has no licence text.
    """
    installed = {_plain(one.metadata["Name"]): one for one in distributions(path=[str(site)])}
    return tuple(_python_part(name, installed[name]) for name in sorted(names) if name in installed)


def _python_part(name: str, found: Distribution) -> Part:
    texts = tuple(
        Path(str(found.locate_file(file))).read_text(encoding="utf-8", errors="replace")
        for file in sorted(found.files or (), key=str)
        if ".dist-info" in str(file) and _TEXT_FILE.match(file.name) and "sboms" not in file.parts
    )
    if not texts:
        if name not in SPOKEN_FOR:
            raise MissingLicenceError(name)
        texts = tuple((TEXTS / file).read_text(encoding="utf-8") for file in SPOKEN_FOR[name])
    return Part(found.metadata["Name"], found.version, _licence(found), f"pkg:pypi/{name}@{found.version}", texts)


def _licence(found: Distribution) -> str:
    told = found.metadata
    said = next((text for key in ("License-Expression", "License") for text in told.get_all(key) or () if text), "")
    if said and len(said) < 100 and "\n" not in said:
        return str(_NAMES.get(said, said))
    for classifier in told.get_all("Classifier") or ():
        if classifier.startswith("License :: "):
            name = str(classifier.rsplit(" :: ", 1)[1])
            return _NAMES.get(name, name)
    return "see its text"


def nested_parts(site: Path, names: Iterable[str]) -> tuple[Part, ...]:
    """Return what is compiled into the distributions of these names, as far as they bring a bill of materials of their own.

    Their licences are common ones, whose texts stand once for all.
    """
    shipped = frozenset(names)
    found: dict[str, Part] = {}
    for bill in sorted(site.glob("*.dist-info/sboms/*.json")):
        if _plain(bill.parents[1].name.split("-")[0]) not in shipped:
            continue
        for one in json.loads(bill.read_text(encoding="utf-8")).get("components", ()):
            name, version, purl = one["name"], one.get("version", ""), one.get("purl", "").split("?")[0]
            said = one.get("licenses") or [{"expression": _UNSAID[name]}]
            licence = said[0].get("expression") or said[0]["license"].get("id") or said[0]["license"]["name"]
            if purl and "file://" not in one["purl"]:
                found[purl] = Part(name, version, licence, purl, ())
    return tuple(found[purl] for purl in sorted(found))


def python_itself(text: str, version: str = sys.version.split()[0]) -> Part:
    """Return CPython; `text` is its LICENSE.txt, which holds those of the parts inside it."""
    return Part("CPython", version, "PSF-2.0", f"pkg:generic/cpython@{version}", (text,))


def sqlite_itself(version: str = sqlite3.sqlite_version) -> Part:
    """Return SQLite, which is in the public domain."""
    text = "SQLite is in the public domain: https://www.sqlite.org/copyright.html\n"
    return Part("SQLite", version, "blessing", f"pkg:generic/sqlite@{version}", (text,))


def debian_parts(libraries: Iterable[str]) -> tuple[Part, ...]:
    """Return the Debian packages from which libraries («libffi.so.8») of this very system were copied.

    Raises MissingLicenceError where a library belongs to no package, or its package has no copyright file.
    """
    told = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    paths = dict(re.findall(r"^\s*(\S+) \([^)]*x86-64[^)]*\) => (\S+)$", told, re.MULTILINE))
    names = {_owner(paths.get(library, library)) for library in libraries}
    return tuple(_debian_part(name) for name in sorted(names))


def _owner(path: str) -> str:
    """Return the package that a file is of; a merged /usr is known to dpkg by its older name as well."""
    real = str(Path(path).resolve())
    for candidate in (real, real.removeprefix("/usr"), f"/usr{real}"):
        done = subprocess.run(["dpkg", "-S", candidate], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.split(":", 1)[0]
    raise MissingLicenceError(path)


def _debian_part(name: str) -> Part:
    command = ["dpkg-query", "-W", "-f", "${source:Package} ${source:Version}\n", name]
    source, version = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[:2]
    file = Path("/usr/share/doc") / name / "copyright"
    if not file.is_file():
        raise MissingLicenceError(name)
    text = file.read_text(encoding="utf-8", errors="replace")
    return Part(
        name, version, "see its text", f"pkg:deb/{platform.freedesktop_os_release()['ID']}/{source}@{version}", (text,)
    )


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
