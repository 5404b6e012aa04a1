"""Sentences written for these tests, with what each is: invented shops, many trades, every kind, and traps."""

from __future__ import annotations

from pathlib import Path

from app.core.verdict import Kind

LANGUAGES = ("pl", "ru", "en")


def _read(language: str) -> list[tuple[str, str, Kind]]:
    text = (Path(__file__).parent / "sentences" / f"{language}.txt").read_text(encoding="utf-8")
    found: list[tuple[str, str, Kind]] = []
    kind = Kind.NEUTRAL
    for line in filter(None, text.splitlines()):
        if line.startswith("["):
            kind = Kind(line.strip("[]"))
        else:
            found.append((language, line, kind))
    return found


SENTENCES = tuple(sentence for language in LANGUAGES for sentence in _read(language))
"""Language, sentence, kind."""
