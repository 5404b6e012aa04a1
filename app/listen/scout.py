"""A second process for a rush of first polls: it fetches, reads and judges while this process stores.

It is this very program, spoken to over pipes, and it ends with the round.
"""

from __future__ import annotations

import io
import itertools
import pickle
import struct
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, fields, replace
from functools import partial
from operator import attrgetter
from typing import IO, Any

from app.core.identity import Prints, prints_of
from app.core.matching import Matcher
from app.core.mention import Mention
from app.core.ports.detector import Detector, Stemmer, verdict_on
from app.core.ports.net import Net
from app.core.ports.source import Sources
from app.core.preferences import Preferences
from app.core.verdict import Reason, Verdict
from app.core.watch import HostState, Watch, WatchState
from app.listen.poll import Looked, Reached, poll_watch
from app.listen.sift import matcher
from app.listen.teach import Lesson, teach

WORKERS = 12
LARGEST = 1 << 30
"""Bytes of a value: a feed of 5 MB comes to far less."""
_SIZE = struct.Struct(">Q")
_MANY = (Mention, Prints, Verdict, Reason)


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
    """This process's end. `reach` may be called from many threads; None says: do it yourself.

    `lesson` is what the second process's detector is taught, so that it judges as this one's.
    """

    def __init__(self, command: tuple[str, ...], hosts: tuple[HostState, ...], lesson: Lesson | None = None) -> None:
        self._child = subprocess.Popen(  # noqa: S603  our own program, its words given by bootstrap
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._numbers = itertools.count()
        self._waiting: dict[int, Future[Reached | None]] = {}
        self._lock = threading.Lock()
        self._gone = False
        self._ear = threading.Thread(target=self._listen, name="scout", daemon=True)
        self._ear.start()
        self._say((hosts, lesson or Lesson()))

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
        except (OSError, ValueError, KeyError, EOFError, MemoryError, pickle.UnpicklingError):
            return  # it died in the middle of a word, or there is no room for it: whoever waits is told below
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
    hosts, lesson = _receive(told) or ((), Lesson())
    kit.net.remember_hosts(hosts)
    teach(kit.detector, lesson)
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
    about_us = matcher(watch, preferences, kit.stemmer)
    return looked_at(reached, about_us, kit.detector, kit.net.host_states(), own=watch.own)


def looked_at(
    reached: Reached, about_us: Matcher, detector: Detector, hosts: tuple[HostState, ...] = (), *, own: bool
) -> Reached:
    """Return what a first poll brought with all done that the writing thread would have to do; `own` is the watch's."""
    mentions = tuple(mention for mention in reached.mentions if not about_us.why_not(mention))
    verdicts = {m.key: verdict_on(detector, m, own=own) for m in mentions}
    if len(verdicts) < len(mentions):  # the same words of two people, who may have given other stars: judged one by one
        count = Counter(m.key for m in mentions)
        verdicts = {key: verdict for key, verdict in verdicts.items() if count[key] == 1}
    return replace(reached, mentions=(), looked=Looked(mentions, tuple(map(prints_of, mentions)), verdicts, hosts))


def _taken_apart(read: Callable[[Any], tuple[Any, ...]], value: object) -> tuple[type, tuple[Any, ...]]:
    return type(value), read(value)


class _Pickler(pickle.Pickler):
    """Writes the values that come by the thousand as their fields: half the time on both sides."""

    dispatch_table: Mapping[type, Callable[[Any], tuple[type, tuple[Any, ...]]]] = {
        kind: partial(_taken_apart, attrgetter(*(f.name for f in fields(kind)))) for kind in _MANY
    }


def _send(pipe: IO[bytes], value: object) -> None:
    written = io.BytesIO()
    _Pickler(written, pickle.HIGHEST_PROTOCOL).dump(value)
    pipe.write(_SIZE.pack(written.tell()) + written.getbuffer())
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
