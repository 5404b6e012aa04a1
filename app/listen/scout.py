"""A second process for a rush of first polls: it fetches, reads and judges while this process stores.

It is this very program, spoken to over pipes, and it ends with the round.
"""

from __future__ import annotations

import itertools
import pickle
import struct
import subprocess
import threading
import zlib
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import IO, Any

from app.core.identity import prints_of
from app.core.matching import matcher_for
from app.core.ports.detector import Detector, Stemmer
from app.core.ports.net import Net
from app.core.ports.source import Sources
from app.core.preferences import Preferences
from app.core.watch import HostState, Watch, WatchState
from app.listen.poll import Looked, Reached, poll_watch

RUSH = 20
"""First polls from which on a second process pays for its start."""
WORKERS = 12
LARGEST = 1 << 30
"""Bytes of a value: a feed of 5 MB comes to far less."""
SHARE = 4
"""One host in so many stays with the first process, which stores beside it: then both end at about the same time."""
_SIZE = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Errand:
    """One poll to be made. `secrets` go over the pipe only."""

    watch: Watch
    state: WatchState
    preferences: Preferences
    now: float
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Kit:
    """What the second process works with; it has no stores."""

    net: Net
    sources: Sources
    detector: Detector
    stemmer: Stemmer


class Scout:
    """This process's end. `reach` may be called from many threads; None says: do it yourself."""

    def __init__(self, command: tuple[str, ...], hosts: tuple[HostState, ...]) -> None:
        self._child = subprocess.Popen(  # noqa: S603  our own program, its words given by bootstrap
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._numbers = itertools.count()
        self._waiting: dict[int, Future[Reached | None]] = {}
        self._lock = threading.Lock()
        self._gone = False
        self._ear = threading.Thread(target=self._listen, name="scout", daemon=True)
        self._ear.start()
        self._say(hosts)

    def takes(self, host: str) -> bool:
        """Say whether a host is the second process's: always the same, so that no host is visited by both at once."""
        return zlib.crc32(host.encode()) % SHARE != 0

    def reach(self, errand: Errand) -> Reached | None:
        """Have a poll made and wait for what it brought."""
        number, future = next(self._numbers), Future[Reached | None]()
        with self._lock:
            if self._gone:
                return None
            self._waiting[number] = future
        self._say((number, errand))
        return future.result()

    def close(self) -> None:
        """End the second process; polls under way are to be made by the caller."""
        self._child.kill()
        self._child.wait()
        self._ear.join()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe:
                _shut(pipe)

    def _say(self, value: object) -> None:
        try:
            with self._lock:
                if self._child.stdin:
                    _send(self._child.stdin, value)
        except OSError:
            self._give_up()

    def _listen(self) -> None:
        """Hand out what comes back until the pipe ends."""
        try:
            while self._child.stdout and (found := _receive(self._child.stdout)) is not None:
                number, reached = found
                with self._lock:
                    future = self._waiting.pop(number)
                future.set_result(reached)
        except (OSError, ValueError, KeyError, EOFError, pickle.UnpicklingError):
            return  # it died in the middle of a word: whoever waits is told below
        finally:
            self._give_up()

    def _give_up(self) -> None:
        with self._lock:
            self._gone = True
            waiting, self._waiting = self._waiting, {}
        for future in waiting.values():
            future.set_result(None)


def serve_scout(kit: Kit, told: IO[bytes], say: IO[bytes]) -> None:
    """Be the second process: make the polls told of until that pipe ends."""
    hosts = _receive(told)
    kit.net.remember_hosts(hosts or ())
    lock = threading.Lock()

    def run(number: int, errand: Errand) -> None:
        try:
            reached = _reached(kit, errand)
        except Exception:  # noqa: BLE001  the asker makes this poll itself then, and meets and tells the same fault
            reached = None
        with lock:
            _send(say, (number, reached))

    with ThreadPoolExecutor(WORKERS, thread_name_prefix="scout") as pool:
        while (asked := _receive(told)) is not None:
            pool.submit(run, *asked)
        kit.net.close()


def _reached(kit: Kit, errand: Errand) -> Reached | None:
    watch, preferences = errand.watch, errand.preferences
    source = kit.sources.get(watch.source)
    if source is None:
        return None
    reached = poll_watch(watch, errand.state, source, kit.net, now=errand.now, secrets=errand.secrets)
    about_us = matcher_for(
        watch.required,
        watch.excluded,
        kit.stemmer,
        language=watch.language,
        blocked_authors=preferences.blocked_authors,
        blocked_sites=preferences.blocked_sites,
    )
    mentions = tuple(mention for mention in reached.mentions if not about_us.why_not(mention))
    judge = kit.detector.judge
    verdicts = {m.key: judge(m.text, title=m.title, stars=m.stars, language=m.language) for m in mentions}
    looked = Looked(mentions, tuple(map(prints_of, mentions)), verdicts, kit.net.host_states())
    return replace(reached, mentions=(), looked=looked)


def _send(pipe: IO[bytes], value: object) -> None:
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    pipe.write(_SIZE.pack(len(data)) + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    """Return the next value, or None at the end of the pipe. Raises ValueError for what is none of ours."""
    head = pipe.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    (size,) = _SIZE.unpack(head)
    if size > LARGEST:
        raise ValueError
    return pickle.loads(pipe.read(size))  # noqa: S301  from our own child, see above


def _shut(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:
        return  # what was still to be written has no reader any more
