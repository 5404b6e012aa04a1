"""Quotation marks within quotation marks: «Кофейня „Зерно“», „Kawiarnia «Pod Różą»”."""

from __future__ import annotations

from dataclasses import dataclass

_CLOSERS = {"«": "»", "„": "”“"}
_INSTEAD = {"«": ("„", "“"), "„": ("«", "»")}
"""What opens and closes a quotation inside one with the same marks."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A quotation not closed yet: how it opens now, what closes it as written, and what is put in place of that."""

    opener: str
    closers: str
    instead: str = ""


def nested(text: str) -> str:
    """Return a sentence in which a quotation inside another one has other marks than that.

    Where not every mark has its pair the sentence stays as it is.
    """
    signs, opened = list(text), list[_Open]()
    for place, sign in enumerate(text):
        if sign in _CLOSERS:
            one = _Open(sign, _CLOSERS[sign])
            if opened and opened[-1].opener == sign:
                opener, closer = _INSTEAD[sign]
                one = _Open(opener, _CLOSERS[sign], closer)
            signs[place] = one.opener
            opened.append(one)
        elif opened and sign in opened[-1].closers:
            signs[place] = opened.pop().instead or sign
        elif sign in "»”":
            return text
    return text if opened else "".join(signs)
