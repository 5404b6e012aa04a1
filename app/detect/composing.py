"""Letters written as a letter and its marks: they are judged as one, and what was found is told of the text as it came."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import accumulate

from app.core.verdict import Reason


def is_composed(text: str) -> bool:
    """Say whether each letter of a text stands with its marks as one character, where Unicode has one."""
    return unicodedata.is_normalized("NFC", text)


def in_the_original(reasons: Iterable[Reason], original: str) -> tuple[Reason, ...]:
    """Return reasons found in the composed form of a text as they stand in the text itself."""
    starts = [at for at, char in enumerate(original) if not at or not unicodedata.combining(char)]
    ends = [*starts[1:], len(original)]
    lengths = [len(unicodedata.normalize("NFC", original[start:end])) for start, end in zip(starts, ends, strict=True)]
    begins: dict[int, int] = dict(zip(accumulate(lengths, initial=0), [*starts, len(original)], strict=True))

    def place(at: int) -> int:
        while at not in begins:  # inside a letter that has several marks
            at -= 1
        return begins[at]

    return tuple(Reason(place(why.start), place(why.end), why.weight) for why in reasons)
