"""The one writing thread: takes what polls reached, sifts it against the archive and stores it, many polls at a time."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from app.core.identity import Prints, prints_of
from app.core.matching import Matcher
from app.core.mention import Mention
from app.core.ports.archive import Heard, ListenerArchive, Stored
from app.core.ports.detector import Detector
from app.core.problems import Problem
from app.core.verdict import Verdict
from app.core.watch import HostState, WatchState
from app.listen.sift import Setting, Sifted, sift

BATCH_POLLS = 64
BATCH_MENTIONS = 1_500
"""A transaction takes at most so many polls or mentions, so that the window never waits long for a reader's turn."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one poll reached, before sifting. `before` is the state until now, kept should a part be put off."""

    setting: Setting
    matcher: Matcher
    mentions: tuple[Mention, ...]
    before: WatchState
    state: WatchState
    started: float
    finished: float
    problem: Problem | None = None
    hosts: tuple[HostState, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one poll: the stored mentions, and how many known ones read differently now."""

    stored: Stored
    new: tuple[Mention, ...]
    verdicts: tuple[Verdict, ...]
    edited: int


@dataclass(slots=True)
class _Job:
    reading: Reading
    mentions: tuple[Mention, ...]
    prints: tuple[Prints, ...]
    future: Future[Recorded | Problem]
    sifted: Sifted | None = None


class Recorder:
    """Stores readings in the order they come. `submit` may be called from any thread; `close` ends the thread."""

    def __init__(self, archive: ListenerArchive, detector: Detector) -> None:
        self._archive = archive
        self._detector = detector
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def submit(self, reading: Reading) -> Future[Recorded | Problem]:
        """Queue a reading; the future holds what was stored once it is on the disk."""
        about = tuple(m for m in reading.mentions if not reading.matcher.why_not(m))
        job = _Job(reading, about, tuple(map(prints_of, about)), Future())
        self._jobs.put(job)
        return job.future

    def close(self) -> None:
        """Store what is queued, then end."""
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        left: list[_Job] = []
        ending = False
        while not (ending and not left):
            if not left:
                job = self._jobs.get()
                if job is None:
                    break
                left.append(job)
            ending = self._more(left) or ending
            done = self._store(left)
            del left[:done]
        self._archive.close()

    def _more(self, jobs: list[_Job]) -> bool:
        """Add what else is waiting to the batch; return whether the end was asked for."""
        while len(jobs) < BATCH_POLLS:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return False
            if job is None:
                return True
            jobs.append(job)
        return False

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
            self._finish(job, stored)
        return len(taken)

    def _decide(self, jobs: Sequence[_Job], taken: list[_Job]) -> list[Heard]:
        """Sift jobs until one repeats what an earlier one of the same transaction brings: that one waits for its id."""
        heard: list[Heard] = []
        brought: set[int] = set()
        count = 0
        for job in jobs:
            marks = {mark for p in job.prints for mark in (p.key, p.address, p.text) if mark}
            if heard and (marks & brought or count + len(marks) > 3 * BATCH_MENTIONS):
                break
            heard.append(self._sifted(job))
            taken.append(job)
            brought |= marks
            count += len(marks)
        return heard

    def _sifted(self, job: _Job, *, again: bool = False) -> Heard:
        known = self._archive.known(job.mentions, job.prints) if job.mentions else []
        sifted = sift(job.mentions, job.prints, known, self._judge, job.reading.setting, again=again)
        job.sifted = sifted
        reading = job.reading
        new_at = reading.finished if sifted.new else reading.state.new_at
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
        )

    def _judge(self, mention: Mention) -> Verdict:
        return self._detector.judge(mention.text, title=mention.title, stars=mention.stars, language=mention.language)

    def _finish(self, job: _Job, stored: Stored) -> None:
        sifted = job.sifted
        if sifted is None:
            return
        done = _recorded(stored, sifted)
        if sifted.later:
            rest = _Job(job.reading, sifted.later, tuple(map(prints_of, sifted.later)), job.future)
            result = self._archive.transaction(lambda: [self._sifted(rest, again=True)])
            if isinstance(result, Problem) or rest.sifted is None:
                job.future.set_result(result if isinstance(result, Problem) else done)
                return
            done = _joined(done, _recorded(result[0], rest.sifted))
        job.future.set_result(done)


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
