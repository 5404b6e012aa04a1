"""Changes blocked authors in a shop file as it is written, good or broken: in those copies nobody reads but to restore one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.stores.atomic import clean, replace_file

_TEXT = r'"(?:[^"\\]|\\.)*"'
_LIST = re.compile(rf'(?<!\\)"blocked_authors"\s*:\s*\[(?:\s*,?\s*{_TEXT})*', re.DOTALL)
_ENTRY = re.compile(_TEXT, re.DOTALL)


def rewrite(path: Path, change: Callable[[str], str]) -> None:
    """Put in place of each blocked author of a file what `change` makes of it; all else stays byte for byte.

    A file that is not there, or needs no change, is left alone. Raises `OSError`.
    """
    try:
        before = path.read_bytes()
    except FileNotFoundError:
        return
    text = before.decode("utf-8", "surrogateescape")
    after = _LIST.sub(lambda found: _changed(found[0], change), text)
    if after != text:
        replace_file(path, after.encode("utf-8", "surrogateescape"))


def _changed(written: str, change: Callable[[str], str]) -> str:
    """Return the beginning of a list with its entries changed."""
    head, bracket, entries = written.partition("[")
    return head + bracket + _ENTRY.sub(lambda found: _entry(found[0], change), entries)


def _entry(written: str, change: Callable[[str], str]) -> str:
    with suppress(ValueError):  # a broken file may hold what is no text
        entry = json.loads(written, strict=False)
        if (changed := change(entry)) != entry:
            return clean(json.dumps(changed, ensure_ascii=False))
    return written
