"""Builds the listener: of the window's own process, of «listen», and of «listen --once»."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from tzlocal import get_localzone

from app.bootstrap.command import own_command
from app.bootstrap.stores import Stores, open_stores
from app.bootstrap.version import installed_version
from app.core.mention import ArchivedMention
from app.core.messages import Failed, FromListener, encode
from app.core.ports.net import Net
from app.core.problems import Problem
from app.core.views import WatchTurn
from app.detect.lexicon import LexiconDetector
from app.listen.engine import Listener
from app.listen.listening import Turn
from app.listen.once import due_watches, poll_once
from app.listen.parts import Parts
from app.listen.process import be_nice, end_in_order, serve
from app.listen.scout import Kit, serve_scout
from app.listen.stems import SnowballStemmer
from app.net.client import PoliteNet
from app.sources.registry import SourceRegistry
from app.stores.paths import resources


def parts_of(stores: Stores, net: Net | None = None) -> Parts:
    """Return what a listener on these stores is built of."""
    return Parts(
        shop=stores.shop,
        archive=stores.archive.listener(),
        net=net or PoliteNet(installed_version()),
        sources=SourceRegistry(),
        detector=LexiconDetector(resources()),
        secrets=stores.secrets,
        stemmer=SnowballStemmer(),
        zone=get_localzone(),
        scout=own_command("listen", "--scout"),
    )


def round_of_polls(folder: Path | None, *, everything: bool) -> Iterator[WatchTurn | Failed | Problem]:
    """Poll once and yield what each watch brought, from the archive."""
    stores = open_stores(folder)
    if isinstance(stores, Problem):
        yield stores
        return
    yield from map(Failed, stores.problems)
    parts = parts_of(stores)
    try:
        for turn in poll_once(parts, due_watches(parts, everything=everything)):
            yield _turn(turn)
    finally:
        parts.net.close()
        stores.close()


def _turn(turn: Turn) -> WatchTurn:
    """Return a turn as the faces see it: what was stored, without reading it back from the archive."""
    recorded, watch = turn.recorded, turn.watch
    if recorded is None:
        return WatchTurn(watch, (), 0, turn.unstored or turn.problem)
    stored = zip(recorded.stored.mention_ids, recorded.new, recorded.verdicts, recorded.stored.case_ids, strict=True)
    at = turn.state.heard_at
    new = tuple(ArchivedMention(i, watch.id, m, v, at, case_id=c, own=watch.own) for i, m, v, c in stored)
    return WatchTurn(watch, new, recorded.edited, turn.unstored or turn.problem)


def listen_for_window(folder: Path | None) -> int:
    """Be the listener of a window: messages on standard input and output until that closes."""
    be_nice()
    end_in_order()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal goes to the window, which ends us in order
    told, say = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a stray print must not stand between messages
    stores = open_stores(folder)
    if isinstance(stores, Problem):
        say.write(encode(Failed(stores)))
        say.flush()
        return 1
    backup = threading.Thread(target=_back_up, args=(stores,), name="backup", daemon=True)
    backup.start()
    try:
        serve(parts_of(stores), told, say, stores.problems)
    finally:
        backup.join()
        stores.close()
    return 0


def _back_up(stores: Stores) -> None:
    stores.archive.backup(time.time())


def listen_here(folder: Path | None, emit: Callable[[FromListener], None]) -> int:
    """Listen until interrupted or terminated."""
    stores = open_stores(folder)
    if isinstance(stores, Problem):
        emit(Failed(stores))
        return 1
    ended = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    for problem in stores.problems:
        emit(Failed(problem))
    listener = Listener(parts_of(stores), emit)
    listener.start()
    while not ended.wait(0.5):  # a wait without an end cannot be broken by Ctrl+C on Windows
        pass
    listener.stop()
    stores.close()
    return 0


def scout() -> int:
    """Be the second process of a rush: polls are told on standard input, what they brought goes to standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal goes to the first process, which ends us
    told, say = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a stray print must not stand between values
    kit = Kit(PoliteNet(installed_version()), SourceRegistry(), LexiconDetector(resources()), SnowballStemmer())
    serve_scout(kit, told, say)
    return 0
