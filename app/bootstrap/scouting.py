"""Builds the second process of a rush, which has no stores: its start must be quick."""

from __future__ import annotations

import signal
import sys

from app.bootstrap.version import installed_version
from app.detect.detector import LearningDetector
from app.detect.pieces import REMEMBERED_IN_A_RUSH
from app.listen.scout import Kit, serve_scout
from app.listen.stems import SnowballStemmer
from app.net.client import PoliteNet
from app.sources.registry import SourceRegistry
from app.stores.paths import resources


def scout() -> int:
    """Be the second process of a rush: polls are told on standard input, what they brought goes to standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal goes to the first process, which ends us
    told, say = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a stray print must not stand between values
    detector = LearningDetector(resources(), REMEMBERED_IN_A_RUSH)
    kit = Kit(PoliteNet(installed_version()), SourceRegistry(), detector, SnowballStemmer())
    serve_scout(kit, told, say)
    return 0
