"""Teaches the detector what the owner said of texts and how shop and competitors are called, and again when it changes."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.core.correction import Correction
from app.core.ports.archive import ListenerArchive
from app.core.ports.detector import Detector
from app.core.preferences import Preferences
from app.core.shop_name import spoken_name
from app.core.watch import Watch

_WORD = re.compile(r"[^\W\d_][\w'’-]*")


@dataclass(frozen=True, slots=True)
class Lesson:
    """All that a detector is taught; `wanted` are names that watches require."""

    corrections: tuple[Correction, ...] = ()
    shop: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()


def lesson_of(corrections: tuple[Correction, ...], preferences: Preferences, watches: Iterable[Watch]) -> Lesson:
    """Return what a detector is taught by these; names that a watch wants in its mentions are told as well."""
    competitors = _names(preferences.competitors)
    shop = tuple(name for name in _names((preferences.shop_name,)) if name not in competitors)
    wanted = dict.fromkeys(_names(wanted_names(watches)))
    return Lesson(corrections, shop, competitors, tuple(name for name in wanted if name not in {*shop, *competitors}))


def wanted_names(watches: Iterable[Watch]) -> tuple[str, ...]:
    """Return what the watches require that is written as a name: «Kawa Raj», «TechFix», and neither «Kawa» nor «kawa raj».

    One word with a capital may be any word that somebody wrote so, «Reklamacja», and must go on speaking for itself.
    """
    phrases = (phrase.strip() for watch in watches for entry in watch.required for phrase in entry.split("|"))
    return tuple(dict.fromkeys(phrase for phrase in phrases if _is_name(phrase)))


def _is_name(phrase: str) -> bool:
    begun = [word for word in _WORD.findall(phrase) if word[0].isupper()]
    if len(begun) > 1:
        return not phrase.isupper()
    return any(word != word.upper() and word[1:] != word[1:].lower() for word in begun)


def teach(detector: Detector, lesson: Lesson) -> None:
    """Have a detector know a lesson and nothing else."""
    detector.name(lesson.shop, lesson.competitors, lesson.wanted)
    detector.learn(lesson.corrections)


class Teacher:
    """Keeps a detector at what the archive and the preferences say. Thread-safe."""

    def __init__(self, archive: ListenerArchive, detector: Detector) -> None:
        self._archive = archive
        self._detector = detector
        self._lock = threading.Lock()
        self._taught: object = None

    def mind(self, preferences: Preferences, watches: Iterable[Watch]) -> None:
        """Teach what changed since the last time, if anything did."""
        with self._lock:
            names = lesson_of((), preferences, watches)
            mark = (self._archive.corrections_mark(), names)
            if mark != self._taught:
                teach(self._detector, replace(names, corrections=self._archive.corrections()))
                self._taught = mark


def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names as people write them: none is written with its «sp. z o.o.»."""
    return tuple(name for name in map(spoken_name, names) if name)
