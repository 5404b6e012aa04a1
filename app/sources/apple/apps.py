"""Apps of the App Store as owners name them."""

from __future__ import annotations

import re

_APP = re.compile(r"(?:.*[/=]id|id)?(\d{5,12})(?:[/?#&].*)?", re.DOTALL)


def app_number(typed: str) -> str:
    """Return the number of an app out of its address or as typed, «» where there is none."""
    match = _APP.fullmatch(typed.strip()[:1_000])
    return match[1] if match else ""
