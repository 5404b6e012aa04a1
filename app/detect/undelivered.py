"""Plain words that something ordered never came, by which a complaint is about its delivery and not about its quality."""

from __future__ import annotations

import re
from collections.abc import Collection

from app.core.text import fold

_NEVER_CAME = re.compile(
    r"""\b(?:
    nie\ (?:dotar(?:l|la|lo|ly)|dosz(?:edl|la|lo|ly)|dojecha(?:l|la|lo|ly)|przyjecha(?:l|la|lo|ly)|dostarcz(?:yl|yla|yli|ono))
    |не\ (?:достав(?:ил|ила|или|лен|лена|лено|лены)|привез(?:ли)?|дош(?:ел|ла|ло|ли)|приш(?:ел|ла|ло|ли)|приеха(?:л|ла|ло|ли))
    |(?:never|not|not\ been|never\ been)\ (?:arrived|delivered)|(?:did\ not|didn['’]?t)\ arrive|ha(?:s|ve)(?:\ not|n['’]?t)\ arrived
    |never\ (?:came|showed\ up|turned\ up)(?!\ (?:back|again|with|close|near|out|across|hot|warm|up))
    )\b(?!\ (?:do|до)\b)""",
    re.VERBOSE,
)
"""In lower case without diacritics. «Nie dotarło do was», «не дошло до вас» is said of news, not of goods."""

_WORDS_BEFORE = 6
"""What never came is named at once; later in a text the words stand beside something else."""

_DEFECTS = frozenset(
    (
        "usterka",
        "jakość",
        "brud",
        "zdrowie",
        "поломка",
        "качество",
        "грязь",
        "здоровье",
        "defect",
        "quality",
        "filth",
        "danger",
    )
)
"""Concepts of the lexicon that speak of what did come."""


def never_came(text: str, concepts: Collection[str]) -> bool:
    """Say whether a text begins with what never came; `concepts` are the names of those found in it."""
    found = _NEVER_CAME.search(fold(text))
    if found is None or len(text[: found.start()].split()) > _WORDS_BEFORE:
        return False
    return _DEFECTS.isdisjoint(concepts)
