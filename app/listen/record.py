"""The one writing thread: takes what polls reached, sifts it against the archive and stores it, many polls at a time."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial

from app.core.customer import identity_of
from app.core.identity import Prints, prints_of
from app.core.matching import Matcher
from app.core.mention import Mention
from app.core.ports.archive import Heard, ListenerArchive, Stored
from app.core.ports.detector import Detector, verdict_on
from app.core.problems import Problem
from app.core.verdict import Verdict
from app.core.watch import HostState, WatchState
from app.listen.edited import words_of_place
from app.listen.poll import Looked
from app.listen.setting import POSTED_AGAIN, Setting
from app.listen.sift import Sifted, is_said_again, sift

CLOSED = "net.closed"
"""The code of a poll that counts for nothing because the listener was ending."""

CRASHED = "listen.crashed"
"""The code of a fault that nobody foresaw, in a source or in this program."""

BATCH_POLLS = 64
BATCH_MENTIONS = 1_500
"""A transaction takes at most so many polls or mentions, so that the window never waits long for a reader's turn."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one poll reached, before sifting. `before` is the state until now, kept should a part be put off.

    `gone` are the keys of mentions that were deleted.
    """

    setting: Setting
    matcher: Matcher
    mentions: tuple[Mention, ...]
    before: WatchState
    state: WatchState
    started: float
    finished: float
    problem: Problem | None = None
    hosts: tuple[HostState, ...] = ()
    looked: Looked | None = None
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one poll: the stored mentions, and how many known ones read differently now or were deleted.

    `unstored` is why a part of it, put off to a transaction of its own, is not stored: the watch's state has not moved
    on then, and the next poll brings that part again.
    """

    stored: Stored
    new: tuple[Mention, ...]
    verdicts: tuple[Verdict, ...]
    edited: int
    unstored: Problem | None = None

    @property
    def is_news(self) -> bool:
        """Say whether anything in the archive reads differently now."""
        return bool(self.new or self.edited or self.stored.gone)


@dataclass(slots=True)
class _Job:
    reading: Reading
    mentions: tuple[Mention, ...]
    prints: tuple[Prints, ...]
    future: Future[Recorded | Problem]
    sifted: Sifted | None = None
    brought: bool = False
    standing: frozenset[int] = frozenset()
    republished: bool = False
    of_place: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class _Errand:
    work: Callable[[], None]


class Recorder:
    """Stores readings in the order they come. All but `close` may be called from any thread, at any time.

    What comes too late, or is still queued when the time to `close` is over, is dropped whole: its poll counts for nothing.
    """

    def __init__(self, archive: ListenerArchive, detector: Detector) -> None:
        self._archive = archive
        self._detector = detector
        self._jobs: queue.SimpleQueue[_Job | _Errand | None] = queue.SimpleQueue()
        self._left: list[_Job] = []
        self._lock = threading.Lock()
        self._ending = self._closed = False
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def submit(self, reading: Reading) -> Future[Recorded | Problem]:
        """Queue a reading; the future holds what was stored once it is on the disk, or raises what nobody foresaw.

        After the end it holds «net.closed».
        """
        if reading.looked:
            about, prints = reading.looked.mentions, reading.looked.prints
        else:
            about = tuple(m for m in reading.mentions if not reading.matcher.why_not(m))
            prints = tuple(map(prints_of, about))
        job = _Job(
            reading, about, prints, Future(), standing=frozenset(mark.address for mark in prints if mark.address)
        )
        if not self._put(job):
            job.future.set_result(Problem(CLOSED))
        return job.future

    def backlog(self) -> int:
        """Return about how many readings wait to be stored or are being stored."""
        return self._jobs.qsize() + len(self._left)

    def perform(self, work: Callable[[], None]) -> None:
        """Queue other work with the archive; what it raises is logged. After the end it is not done."""
        self._put(_Errand(work))

    @property
    def is_closed(self) -> bool:
        """True once nothing is stored any more."""
        return self._closed

    def close(self, timeout: float | None = None) -> None:
        """Store what is queued, then end; after `timeout` seconds only the transaction under way is left to end by itself."""
        self._jobs.put(None)
        self._thread.join(timeout)
        with self._lock:
            self._closed = True

    def _put(self, job: _Job | _Errand) -> bool:
        """Queue something unless it is too late."""
        with self._lock:
            if not self._closed:
                self._jobs.put(job)
            return not self._closed

    def _run(self) -> None:
        left = self._left
        while not self._closed:
            try:
                if not self._fill(left) or self._closed:
                    break
                done = self._store(left)
            except Exception as error:  # noqa: BLE001  whatever it was, the polls that wait must hear of it and the next go on
                done = len(left)
                for job in left:
                    if not job.future.done():
                        job.future.set_exception(error)
            del left[:done]
        self._drop(left)
        self._archive.close()

    def _drop(self, left: list[_Job]) -> None:
        """Take nothing more, and tell whoever waits still."""
        with self._lock:
            self._closed = True
        while not self._jobs.empty():
            if isinstance(job := self._jobs.get(), _Job):
                left.append(job)
        for job in left:
            job.future.set_result(Problem(CLOSED))
        left.clear()

    def _fill(self, jobs: list[_Job]) -> bool:
        """Add what waits to the batch, waiting for the first one; return False at the end."""
        while len(jobs) < BATCH_POLLS:
            try:
                job = self._jobs.get(block=not jobs and not self._ending)
            except queue.Empty:
                break
            if job is None:
                self._ending = True
            elif isinstance(job, _Errand):
                self._run_errand(job)
            else:
                jobs.append(job)
        return bool(jobs)

    def _run_errand(self, errand: _Errand) -> None:
        try:
            errand.work()
        except Exception:  # whatever an errand meets, polls must go on being stored
            log.exception("work with the archive failed")

    def _store(self, jobs: list[_Job]) -> int:
        """Store the first jobs in one transaction and return how many; at least one is done with."""
        taken: list[_Job] = []
        try:
            result = self._archive.transaction(lambda: self._decide(jobs, taken))
        except Exception as error:  # noqa: BLE001  any fault must reach the poll that waits; it is raised again there
            if len(jobs) > 1:
                return self._store(jobs[:1])
            jobs[0].future.set_exception(error)
            return 1
        if isinstance(result, Problem):
            for job in jobs:
                job.future.set_result(result)
            return len(jobs)
        for job, stored in zip(taken, result, strict=True):
            job.future.set_result(self._finished(job, stored))
        return len(taken)

    def _decide(self, jobs: Sequence[_Job], taken: list[_Job]) -> list[Heard]:
        """Sift jobs until one repeats or continues what an earlier one of the same transaction brings.

        That one waits until the earlier has its ids.
        """
        heard: list[Heard] = []
        brought: set[object] = set()
        count = 0
        for job in jobs:
            marks = _marks(job)
            if heard and (marks & brought or count + len(job.mentions) > BATCH_MENTIONS):
                break
            heard.append(self._sifted(job))
            taken.append(job)
            brought |= marks
            count += len(job.mentions)
        return heard

    def _sifted(self, job: _Job, *, again: bool = False) -> Heard:
        known = self._archive.known(job.mentions, job.prints) if job.mentions else []
        setting = replace(job.reading.setting, standing=job.standing, republished=job.republished)
        said = zip(job.mentions, job.prints, known, strict=True)
        again_there = {mark.text for mention, mark, one in said if is_said_again(mention, one, setting)}
        job.republished = job.republished or len(again_there) > POSTED_AGAIN
        job.of_place = words_of_place(job.mentions, known) if job.of_place is None else job.of_place
        setting = replace(setting, republished=job.republished, of_place=job.of_place)
        sifted = sift(job.mentions, job.prints, known, partial(self._judge, job.reading), setting, again=again)
        job.sifted = sifted
        reading = job.reading
        job.brought = job.brought or bool(sifted.new)
        new_at = reading.finished if job.brought else reading.state.new_at
        state = reading.before if sifted.later else replace(reading.state, new_at=new_at)
        return Heard(
            watch_id=reading.setting.watch.id,
            own=reading.setting.watch.own,
            state=state,
            started=reading.started,
            finished=reading.finished,
            new=sifted.new,
            edits=sifted.edits,
            hosts=reading.hosts,
            problem=reading.problem,
            source=reading.setting.watch.source,
            gone=reading.gone,
            back=sifted.back,
        )

    def _judge(self, reading: Reading, mention: Mention) -> Verdict:
        verdict = reading.looked.verdicts.get(mention.key) if reading.looked else None
        if verdict is None:
            verdict = verdict_on(self._detector, mention, own=reading.setting.watch.own)
        return verdict.heard_among(reading.setting.among)

    def _finished(self, job: _Job, stored: Stored) -> Recorded:
        """Return what became of a stored job, after storing what it had put off."""
        sifted = job.sifted or Sifted((), (), ())
        done = _recorded(stored, sifted)
        if not sifted.later:
            return done
        rest = replace(job, mentions=sifted.later, prints=tuple(map(prints_of, sifted.later)), sifted=None)
        result = self._store_rest(rest)
        if isinstance(result, Problem) or rest.sifted is None:
            return replace(done, unstored=result) if isinstance(result, Problem) else done
        return _joined(done, _recorded(result[0], rest.sifted))

    def _store_rest(self, rest: _Job) -> list[Stored] | Problem:
        """Store what a job had put off."""
        try:
            return self._archive.transaction(lambda: [self._sifted(rest, again=True)])
        except Exception as error:  # the first part is stored and must be told; the rest is read again
            watch = rest.reading.setting.watch
            log.exception("watch %s: what was put off is not stored", watch.id)
            return Problem(CRASHED, {"name": watch.name, "error": type(error).__name__})


def _marks(job: _Job) -> set[object]:
    """Return by what the mentions of a job may be known, or tied to the case of another: a name alone only in a thread."""
    prints = {mark for p in job.prints for mark in (p.key, p.address, p.text, p.body) if mark}
    keys = {(m.source, key) for m in job.mentions for key in (m.key, m.parent, m.thread) if key}
    people = {
        identity.key
        for m in job.mentions
        if (identity := identity_of(m)) and (m.parent or m.thread or not identity.by_name_only)
    }
    return prints | keys | people


def _recorded(stored: Stored, sifted: Sifted) -> Recorded:
    return Recorded(
        stored, tuple(n.mention for n in sifted.new), tuple(n.verdict for n in sifted.new), len(sifted.edits)
    )


def _joined(one: Recorded, two: Recorded) -> Recorded:
    stored = replace(
        one.stored,
        mention_ids=one.stored.mention_ids + two.stored.mention_ids,
        case_ids=one.stored.case_ids + two.stored.case_ids,
        ringing=one.stored.ringing + two.stored.ringing,
    )
    return Recorded(stored, one.new + two.new, one.verdicts + two.verdicts, one.edited + two.edited)
