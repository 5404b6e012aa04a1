"""From the bytes of a table to its letters: which encoding it is in."""

from __future__ import annotations

import codecs
import re

SAMPLE = 1_000_000
"""Bytes that are looked at to tell one encoding from another."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SHOWN = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "cp1250": "Windows-1250", "cp1251": "Windows-1251"}
_HIGH = re.compile(rb"[\x80-\xff]+")


def encoding_of(raw: bytes) -> str:
    """Return the encoding of a text file: by its mark, as UTF-8 where that fits, else by how its letters lie.

    In the Cyrillic of Windows-1251 whole words lie above 127, in the Polish of Windows-1250 single letters do.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return name
    head = raw[:SAMPLE]
    if head.count(0) > len(head) // 10:
        return "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        runs = _HIGH.findall(head)
        in_words = sum(len(run) for run in runs if len(run) > 2)
        return "cp1251" if in_words * 2 > sum(map(len, runs)) else "cp1250"
    return "utf-8"


def shown_encoding(name: str) -> str:
    """Return an encoding as people read it."""
    return _SHOWN.get(name, name.upper())


def text_of(raw: bytes, encoding: str = "") -> tuple[str, str] | None:
    """Return the text of a file and its encoding, found out where none is named; None for an unknown encoding.

    Bytes that are none of its letters become «�»; a NUL, which no table has, is left out.
    """
    name = encoding or encoding_of(raw)
    try:
        text = raw.decode(name, errors="replace")
    except (LookupError, ValueError):  # ValueError: a codec that is none of text
        return None
    return text.removeprefix("\ufeff").replace("\x00", ""), name
