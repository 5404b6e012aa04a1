"""A release: a newer version of this program, as its makers announce it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

DAY = 86_400.0
"""Seconds between two looks for a newer version at the least."""

_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Release:
    """A version that is out. `news` say in a few lines what is new, by language; `page` is where it can be downloaded."""

    version: str
    page: str
    news: Mapping[str, str] = field(default_factory=dict)

    def news_in(self, language: str) -> str:
        """Return the news in a language, else in English, «» where there are none."""
        return self.news.get(language) or self.news.get("en", "")


def version_of(text: str) -> tuple[int, ...]:
    """Return «1.20.3» as numbers to compare, empty for what is no version of ours."""
    found = _VERSION.fullmatch(text)
    return tuple(int(part) for part in found.groups()) if found else ()


def is_newer(version: str, than: str) -> bool:
    """Say whether a version is a later one; nothing is later than what is no version of ours."""
    return bool(version_of(than)) and version_of(version) > version_of(than)


def is_due(looked_at: float, now: float) -> bool:
    """Say whether it is time to look again. A look in the future is one of a clock put right since."""
    return not 0 <= now - looked_at < DAY
