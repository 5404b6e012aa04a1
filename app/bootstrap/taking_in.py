"""Takes in what was entered by hand, for the command line: at once, whoever of us comes first to it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from app.bootstrap.desk import NetWhenNeeded
from app.bootstrap.stores import Stores, open_stores
from app.bootstrap.zone import local_zone
from app.core.messages import TakenIn
from app.core.ports.by_hand import Waiting
from app.core.problems import Problem
from app.detect.detector import LearningDetector
from app.listen.by_hand import at_once
from app.listen.parts import Parts
from app.listen.stems import SnowballStemmer
from app.sources.registry import SourceRegistry
from app.stores.by_hand import WaitingEntries
from app.stores.paths import resources, socket_name

PATIENCE = 20.0
"""Seconds another process that takes in has before we say that it is still about it."""

LOOK = 0.1


def take_in(folder: Path | None) -> Iterator[TakenIn | Problem]:
    """Take in all that waits and tell of each chunk; a window on this profile is told at the end."""
    stores = open_stores(folder)
    if isinstance(stores, Problem):
        yield stores
        return
    somebody_runs = not stores.lock.acquire()
    waiting = WaitingEntries(stores.profile.by_hand)
    try:
        deadline = time.monotonic() + PATIENCE
        while waiting.names() and time.monotonic() < deadline:
            for step in at_once(_parts(stores, waiting), waiting):
                if isinstance(step, Problem):
                    yield step
                    return
                yield step.told
                deadline = time.monotonic() + PATIENCE
            if waiting.names():
                time.sleep(LOOK)
    finally:
        stores.close()
        if somebody_runs:
            _tell_window(stores.profile.folder)


def _parts(stores: Stores, waiting: Waiting) -> Parts:
    return Parts(
        shop=stores.shop,
        archive=stores.archive.listener(),
        net=NetWhenNeeded(),
        sources=SourceRegistry(),
        detector=LearningDetector(resources()),
        secrets=stores.secrets,
        stemmer=SnowballStemmer(),
        zone=local_zone(),
        by_hand=waiting,
    )


def _tell_window(folder: Path) -> None:
    """Have a window read its lists again; one that is not there, or is busy, misses nothing for long."""
    from app.ui.single import try_send  # noqa: PLC0415  start-up time

    try_send(socket_name(folder), "refresh", answer_ms=2000)
