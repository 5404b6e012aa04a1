"""The runtime part of requirements.lock: what a package carries, and nothing that only developers need.

`python -m installer.common.locks` prints it, for `pip install --require-hashes -r`.
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from itertools import product as combinations

from packaging.requirements import Requirement

from installer.common.product import ROOT

_SYSTEMS = (("linux", "Linux", "posix"), ("win32", "Windows", "nt"), ("darwin", "Darwin", "posix"))
_PYTHONS = ("3.11", "3.12", "3.13")


def blocks() -> dict[str, str]:
    """Return the lines of requirements.lock by the name of their distribution; a name may stand twice in one block."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for block in re.split(r"\n(?=[A-Za-z0-9])", text.strip()):
        name = _plain(re.split(r"[=\[ ;]", block, maxsplit=1)[0])
        found[name] = f"{found.get(name, '')}{block}\n"
    return found


def runtime_names(systems: tuple[str, ...] = ("linux", "win32", "darwin")) -> tuple[str, ...]:
    """Return the names of all distributions that the program needs on any of these systems, in the alphabet's order.

    They are found from what pyproject.toml asks for and from what the installed distributions ask for themselves.
    """
    environments = [
        {
            "sys_platform": system,
            "platform_system": platform,
            "os_name": kind,
            "python_version": python,
            "python_full_version": f"{python}.0",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "extra": "",
        }
        for (system, platform, kind), python in combinations(_SYSTEMS, _PYTHONS)
        if system in systems
    ]
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    found: set[str] = set()
    waiting = [Requirement(line) for line in asked]
    while waiting:
        one = waiting.pop()
        name = _plain(one.name)
        if name in found or (one.marker and not any(one.marker.evaluate(env) for env in environments)):
            continue
        found.add(name)
        waiting.extend(Requirement(line) for line in _asked_by(name))
    return tuple(sorted(found))


def _asked_by(name: str) -> list[str]:
    """Return what an installed distribution asks for; one of another system is not installed here and asks for nothing."""
    try:
        return requires(name) or []
    except PackageNotFoundError:
        return []


def runtime_lock() -> str:
    """Return the lines of requirements.lock for the program without its developers' tools."""
    locked = blocks()
    return "".join(locked[name] for name in runtime_names())


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    print(runtime_lock(), end="")
