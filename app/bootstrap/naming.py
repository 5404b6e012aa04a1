"""The table of first names, read when somebody is first spoken to by name."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from app.stores.paths import resources

if TYPE_CHECKING:
    from app.core.first_names import FirstNames


@cache
def first_names() -> FirstNames:
    """Return the table that the program comes with."""
    from app.core.first_names import read_first_names  # noqa: PLC0415  start-up time: nobody is spoken to yet

    return read_first_names(json.loads((resources() / "first_names.json").read_text(encoding="utf-8")))
