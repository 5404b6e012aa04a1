"""Where a frozen program begins: before anything is imported, what freezing has changed for it is put right."""

from __future__ import annotations

import os
import sys


def give_back_library_path() -> None:
    """Take our own libraries out of the environment again: browsers and mail programs we open must not load them."""
    original = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if original:
        os.environ["LD_LIBRARY_PATH"] = original
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"  # so that our own second process finds its libraries by itself


def hold_on_to_modules() -> None:
    """Go on importing from the very file that was started, also when an upgrade has put another one in its place."""
    importers = sys.modules.get("pyimod02_importers")
    archive = getattr(importers, "pyz_archive", None)
    if archive is not None:
        archive._filename = "/proc/self/exe"  # noqa: SLF001  it is read anew, by its path, at each import


if sys.platform == "linux":
    give_back_library_path()
    hold_on_to_modules()

if __name__ == "__main__":
    from app.__main__ import main

    sys.exit(main())
