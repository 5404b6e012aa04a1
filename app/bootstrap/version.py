"""The version of this installation."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def installed_version() -> str:
    """Return the version from the package's metadata, «0» in a tree that was never installed."""
    try:
        return version("counterbell")
    except PackageNotFoundError:
        return "0"
