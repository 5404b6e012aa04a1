"""The detector by rules: a lexicon of concepts in Polish, Russian and English, read and weighed in plain Python."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from app.core.problems import Problem
from app.core.verdict import Reason, Verdict, judged_text
from app.detect.concepts import Lexicon, read_lexicon
from app.detect.decision import Decision, decide
from app.detect.language import guess_language
from app.detect.reading import read
from app.detect.spans import spans
from app.detect.tokens import plain, russian_key
from app.detect.vocabulary import Piece, Vocabulary

LONGEST = 6_000
"""Characters of a text that are judged: a complaint says early that it is one, and time stays bounded."""

MOST_REASONS = 12
"""Reasons given at the most, the strongest; more words lit up would point at nothing."""

TELLING = 0.1
"""Score from which reasons are given: below it nothing speaks for a complaint, and most texts of the world are below."""

LANGUAGES = ("en", "pl", "ru")


@dataclass(frozen=True, slots=True)
class _Loaded:
    telling: dict[str, frozenset[str]]
    vocabularies: dict[str, Vocabulary]
    problems: tuple[Problem, ...]


class LexiconDetector:
    """Judges by words that people can read and change. Implements `Detector`; thread-safe; no network.

    `resources` is the folder that holds `detect/` with a lexicon for each language. It is read at the first call
    (or at `warm`). A file that cannot be read leaves its language without words and is told by `problems`.
    """

    def __init__(self, resources: Path) -> None:
        self._folder = resources / "detect"
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None

    def warm(self) -> None:
        """Read the lexicon now, so that the first judgement does not wait for it."""
        self._load()

    def problems(self) -> tuple[Problem, ...]:
        """Return what was wrong with the lexicon files: «detect.no_lexicon», «detect.bad_lexicon_line»."""
        return self._load().problems

    def judge(self, text: str, *, title: str = "", stars: float | None = None, language: str = "") -> Verdict:
        """Return the verdict on the first `LONGEST` characters of `judged_text(title, text)`; never raises.

        `language` is a hint that only decides where the text does not. Reasons are the words that speak for a
        complaint; their weights sum to the score. A score that no word explains (stars alone) has none.
        """
        loaded = self._load()
        judged = judged_text(title, text)[:LONGEST]
        pieces = judged.split()
        vocabulary = loaded.vocabularies[guess_language(judged, loaded.telling, language)]
        known = list(map(vocabulary.__getitem__, pieces))
        decision = decide(read(known), stars)
        reasons: tuple[Reason, ...] = ()
        if decision.causes and decision.score >= TELLING:
            reasons = _reasons(judged, pieces, known, decision)
        return Verdict(decision.kind, decision.score, decision.severity, reasons)

    def _load(self) -> _Loaded:
        if (loaded := self._loaded) is not None:
            return loaded
        with self._lock:
            if self._loaded is None:
                self._loaded = _read_all(self._folder)
            return self._loaded


def _read_all(folder: Path) -> _Loaded:
    lexicons = {name: _read_one(folder / f"{name}.txt", russian=name == "ru") for name in LANGUAGES}
    shared = _read_one(folder / "shared.txt", russian=False)
    entries = {name: (lexicon, russian_key if name == "ru" else None) for name, lexicon in lexicons.items()}
    vocabularies = {name: Vocabulary([entry], shared) for name, entry in entries.items()}
    vocabularies[""] = Vocabulary([*entries.values()], shared)
    return _Loaded(
        {name: lexicon.telling for name, lexicon in lexicons.items()},
        vocabularies,
        tuple(problem for lexicon in (*lexicons.values(), shared) for problem in lexicon.problems),
    )


def _read_one(path: Path, *, russian: bool) -> Lexicon:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return Lexicon(problems=[Problem("detect.no_lexicon", {"file": path.name})])
    return read_lexicon(text, path.name, (lambda line: russian_key(plain(line))) if russian else plain)


def _reasons(judged: str, pieces: list[str], known: list[Piece], decision: Decision) -> tuple[Reason, ...]:
    causes = sorted(decision.causes, key=itemgetter(1), reverse=True)[:MOST_REASONS]
    total = sum(worth for _, worth in causes)
    if not total:
        return ()
    causes.sort(key=lambda cause: cause[0].first)
    share = decision.score / total
    at = spans(judged, pieces, known, [hit for hit, _ in causes])
    return tuple([Reason(start, end, worth * share) for (start, end), (_, worth) in zip(at, causes, strict=True)])
