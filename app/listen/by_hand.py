"""Takes in what was entered by hand: judged and stored as what a watch brings, without a poll."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from app.core.by_hand import BY_HAND, Entry, mention_of, shown_address
from app.core.identity import Prints, prints_of
from app.core.matching import phrases_for
from app.core.mention import Mention
from app.core.messages import Arrived, FromListener, TakenIn
from app.core.ports.archive import Heard, Known, NewMention
from app.core.ports.by_hand import Waiting
from app.core.ports.detector import Detector, verdict_on
from app.core.ports.source import among_of
from app.core.preferences import Preferences
from app.core.problems import Problem, shortage_of
from app.core.verdict import Verdict
from app.core.watch import Watch
from app.listen.parts import Parts
from app.listen.setting import Setting
from app.listen.sift import is_known, sift
from app.listen.teach import lesson_of, teach

CHUNK = 250
"""Entries of one transaction: a fifth of a second, so that what polls brought never waits long."""

CRASHED = "listen.entry_crashed"
"""The code of entries that no part of this program foresaw."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chunk:
    """What became of some entries: the mentions stored, and those known before with the id each is known by."""

    ids: tuple[int, ...] = ()
    ringing: tuple[int, ...] = ()
    known: tuple[tuple[Entry, int], ...] = ()


@dataclass(slots=True)
class _Under:
    """One entry on its way."""

    entry: Entry
    mention: Mention
    prints: Prints


def prints_of_entry(entry: Entry, mention: Mention) -> Prints:
    """Return the fingerprints of an entry. Two people may say the same words on the phone: speech has no print."""
    prints = prints_of(mention)
    return replace(prints, text=0) if entry.is_ours else prints


def known_as(entry: Entry, prints: Prints, known: Known) -> int | None:
    """Return which mention an entry is already, or None where it is news."""
    if entry.is_link and known.by_address is not None:
        return known.by_address
    if not is_known(prints, known):
        return None
    ids = (known.by_key, known.by_place, known.by_address, known.by_text)
    return next((i for i in ids if i is not None), None)


def settled(entry: Entry, new: NewMention) -> NewMention:
    """Return what becomes of a new mention: nobody needs a bell for what they typed, and history asks for no answer."""
    if not entry.imported:
        new = replace(new, rings=False, digests=False)
    if entry.history:
        new = replace(new, opens_case=False, joins_case=None, due_at=None, rings=False, digests=False)
    return new


def judge_entry(detector: Detector, mention: Mention, *, own: bool) -> Verdict:
    """Return the verdict of a mention entered by hand; an address that stands for a title says nothing."""
    titled = mention.title != shown_address(mention.url)
    return verdict_on(detector, mention if titled else replace(mention, title=""), own=own)


@dataclass(frozen=True, slots=True)
class Round:
    """One chunk of a batch, stored, and how far the batch is."""

    chunk: Chunk
    told: TakenIn


class Intake:
    """Takes in batches on the listener's writing thread, a chunk at a time. `look` may be called from any thread.

    `perform` queues work for that thread; `say` tells the window, `failing` of what keeps going wrong. `close` ends it
    after the chunk under way; what is left is taken in at the next start: an entry stored before is known.
    """

    def __init__(
        self,
        parts: Parts,
        perform: Callable[[Callable[[], None]], None],
        say: Callable[[FromListener], None],
        failing: Callable[[Problem], None],
    ) -> None:
        self._parts = parts
        self._perform = perform
        self._say = say
        self._failing = failing
        self._lock = threading.Lock()
        self._busy = False
        self._closed = False

    def look(self, preferences: Preferences) -> None:
        """Take in what waits, if anything does, soon."""
        waiting = self._parts.by_hand
        if waiting is None or not waiting.names():
            return
        with self._lock:
            if self._busy or self._closed:
                return
            self._busy = True
        self._perform(lambda: self._begin(waiting, preferences))

    def close(self) -> None:
        """Begin no further chunk."""
        self._closed = True

    def _begin(self, waiting: Waiting, preferences: Preferences) -> None:
        if waiting.take():
            self._go_on(waiting, rounds(self._parts, waiting, preferences))
        else:
            self._busy = False

    def _go_on(self, waiting: Waiting, steps: Iterator[Round | Problem]) -> None:
        """Take one step and queue the next: what polls brought is stored in between."""
        step = None
        try:
            step = None if self._closed else next(steps, None)
        finally:  # whatever went wrong, the folder must be free to be looked at again
            if step is None:
                waiting.release()
                self._busy = False
        if step is None:
            return
        if isinstance(step, Problem):
            self._failing(step)
        else:
            if step.chunk.ids:
                self._say(Arrived(BY_HAND, step.chunk.ids, step.chunk.ringing))
            self._say(step.told)
        self._perform(lambda: self._go_on(waiting, steps))


def at_once(parts: Parts, waiting: Waiting) -> Iterator[Round | Problem]:
    """Take in all that waits in this very thread, unless another process is about it."""
    if not waiting.names() or not waiting.take():
        return
    try:
        preferences = parts.shop.preferences()
        teach(parts.detector, lesson_of(parts.archive.corrections(), preferences, parts.shop.watches()))
        yield from rounds(parts, waiting, preferences)
    finally:
        waiting.release()


def rounds(parts: Parts, waiting: Waiting, preferences: Preferences) -> Iterator[Round | Problem]:
    """Take in all that waits, a chunk at each step; where the archive cannot be written to, the rest waits on.

    To be run in the thread that writes to the archive, by who has claimed the folder.
    """
    seen: set[str] = set()
    while fresh := [name for name in waiting.names() if name not in seen]:
        name = min(fresh, key=_size)  # what somebody has just typed goes before a long table
        seen.add(name)
        for step in _batch(parts, waiting, preferences, name):
            yield step
            if isinstance(step, Problem) and step.code != CRASHED:
                return
            for small in waiting.names():
                if small not in seen and _size(small) == 1:
                    seen.add(small)
                    yield from _batch(parts, waiting, preferences, small)


def _size(name: str) -> int:
    """Return how many entries a batch has, by its name."""
    count = name.rpartition("-")[2]
    return int(count) if count.isdecimal() else 0


def _batch(parts: Parts, waiting: Waiting, preferences: Preferences, name: str) -> Iterator[Round | Problem]:
    total, done, new = _size(name), 0, 0
    entries, taken = waiting.read(name), Chunk()
    while waiting.is_there(name) and (chunk := tuple(islice(entries, CHUNK))):
        try:
            result = take_in(parts, preferences, chunk)
        except Exception as error:  # whatever a file holds that somebody edited, the others must be taken in
            if short := shortage_of(error):  # no fault of the file
                yield short
                return
            log.exception("entries of %s are left aside", name)
            yield Problem(CRASHED, {"file": waiting.put_aside(name), "error": type(error).__name__})
            return
        if isinstance(result, Problem):
            yield result
            return
        taken, done, new = result, done + len(chunk), new + len(result.ids)
        if done >= total:
            break
        yield Round(taken, TakenIn(name, done, total, new, done - new))
        taken = Chunk()
    whole = waiting.is_there(name)
    waiting.drop(name)
    which = taken.ids + tuple(mention_id for _entry, mention_id in taken.known) if total == 1 else ()
    yield Round(taken, TakenIn(name, total if whole else done, total, new, done - new, next(iter(which), 0)))


def take_in(parts: Parts, preferences: Preferences, entries: Sequence[Entry]) -> Chunk | Problem:
    """Store what is news among some entries. What was said to the shop counts as said in a channel of its own."""
    found = Chunk()
    for ours in (True, False):
        left = [_under(entry) for entry in entries if entry.is_ours is ours]
        again = False
        while left:  # at least one of them is stored each time
            stored = _store(parts, preferences, left, own=ours, again=again)
            if isinstance(stored, Problem):
                return stored
            one, left = stored
            again = True
            found = Chunk(found.ids + one.ids, found.ringing + one.ringing, found.known + one.known)
    return found


def _under(entry: Entry) -> _Under:
    mention = mention_of(entry)
    return _Under(entry, mention, prints_of_entry(entry, mention))


def _store(
    parts: Parts, preferences: Preferences, under: list[_Under], *, own: bool, again: bool
) -> tuple[Chunk, list[_Under]] | Problem:
    """Store entries in one transaction; also returns those that repeat others of them, for a second one."""
    now = parts.clock()
    setting = _setting(parts, preferences, now, own=own)
    known: list[tuple[Entry, int]] = []
    later: list[_Under] = []

    def work() -> list[Heard]:
        before = parts.archive.known([u.mention for u in under], [u.prints for u in under])
        fresh: list[_Under] = []
        facts: list[Known] = []
        for one, fact in zip(under, before, strict=True):
            if (mention_id := known_as(one.entry, one.prints, fact)) is not None:
                known.append((one.entry, mention_id))
            else:
                fresh.append(one)
                facts.append(fact)
        sifted = sift(
            [one.mention for one in fresh],
            [one.prints for one in fresh],
            facts,
            lambda mention: judge_entry(parts.detector, mention, own=own).heard_among(setting.among),
            setting,
            again=again,
        )
        by_mention = {id(one.mention): one for one in fresh}
        later.extend(by_mention[id(mention)] for mention in sifted.later)
        new = tuple(settled(by_mention[id(one.mention)].entry, one) for one in sifted.new)
        return [Heard(BY_HAND, own, None, now, now, new=new)]

    result = parts.archive.transaction(work)
    if isinstance(result, Problem):
        return result
    stored = result[0]
    return Chunk(stored.mention_ids, stored.ringing, tuple(known)), later


def _setting(parts: Parts, preferences: Preferences, now: float, *, own: bool) -> Setting:
    watch = Watch(BY_HAND, "", BY_HAND, own=own)
    always, never = (
        phrases_for(texts, parts.stemmer) for texts in (preferences.always_phrases, preferences.never_phrases)
    )
    among = among_of(None, own=own)
    return Setting(watch, preferences, parts.zone, now, first=True, always=always, never=never, among=among)
