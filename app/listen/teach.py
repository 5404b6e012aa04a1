"""Teaches the detector what the owner said of texts and how shop and competitors are called, and again when it changes."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from app.core.correction import Correction
from app.core.ports.archive import ListenerArchive
from app.core.ports.detector import Detector
from app.core.preferences import Preferences
from app.core.shop_name import spoken_name


@dataclass(frozen=True, slots=True)
class Lesson:
    """All that a detector is taught."""

    corrections: tuple[Correction, ...] = ()
    shop: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()


def lesson_of(corrections: tuple[Correction, ...], preferences: Preferences) -> Lesson:
    """Return what a detector is taught by these."""
    return Lesson(corrections, _names((preferences.shop_name,)), _names(preferences.competitors))


def teach(detector: Detector, lesson: Lesson) -> None:
    """Have a detector know a lesson and nothing else."""
    detector.name(lesson.shop, lesson.competitors)
    detector.learn(lesson.corrections)


class Teacher:
    """Keeps a detector at what the archive and the preferences say. Thread-safe."""

    def __init__(self, archive: ListenerArchive, detector: Detector) -> None:
        self._archive = archive
        self._detector = detector
        self._lock = threading.Lock()
        self._taught: object = None

    def mind(self, preferences: Preferences) -> None:
        """Teach what changed since the last time, if anything did."""
        with self._lock:
            mark = (self._archive.corrections_mark(), preferences.shop_name, preferences.competitors)
            if mark != self._taught:
                teach(self._detector, lesson_of(self._archive.corrections(), preferences))
                self._taught = mark


def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names as people write them: none is written with its «sp. z o.o.»."""
    return tuple(name for name in map(spoken_name, names) if name)
