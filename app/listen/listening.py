"""One whole turn of a watch: poll, sift, store. The scheduler and «listen --once» both do this and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace

from app.core.matching import Matcher, matcher_for
from app.core.ports.detector import Stemmer
from app.core.ports.shop import Secrets
from app.core.ports.source import Source
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.watch import Watch, WatchState
from app.listen.due import settled
from app.listen.parts import Parts
from app.listen.poll import Reached, poll_watch
from app.listen.record import Reading, Recorded, Recorder
from app.listen.sift import Setting


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn came to. `problem` is why the poll failed; `unstored` why nothing could be kept."""

    watch: Watch
    state: WatchState
    recorded: Recorded | None
    problem: Problem | None = None
    unstored: Problem | None = None


def matcher(watch: Watch, preferences: Preferences, stemmer: Stemmer) -> Matcher:
    """Return what decides whether a mention heard by a watch is about the shop."""
    return matcher_for(
        watch.required,
        watch.excluded,
        stemmer,
        language=watch.language,
        blocked_authors=preferences.blocked_authors,
        blocked_sites=preferences.blocked_sites,
    )


def secrets_of(watch: Watch, source: Source, secrets: Secrets) -> Mapping[str, str] | Problem:
    """Return the secrets a source declares for a watch, from the keyring; those never given are left out."""
    found: dict[str, str] = {}
    for setting in source.settings:
        if setting.kind != "secret" or not watch.settings.get(f"has_{setting.name}"):
            continue
        value = secrets.get(watch.id, setting.name)
        if isinstance(value, Problem):
            return value
        if value:
            found[setting.name] = value
    return found


class Listening:
    """Takes turns of watches on any thread; the states of watches live here while the listener runs."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._recorder = Recorder(parts.archive, parts.detector)
        self.states = parts.archive.states()
        parts.net.remember_hosts(parts.archive.hosts())

    def close(self) -> None:
        """Store what is under way and end the writing thread."""
        self._recorder.close()

    def state(self, watch: Watch) -> WatchState:
        """Return where a watch stands."""
        return self.states.get(watch.id) or WatchState(watch.id)

    def take_turn(self, watch: Watch, preferences: Preferences) -> Turn:
        """Poll a watch and store what it brought; returns when that is on the disk."""
        before = self.state(watch)
        started = self._parts.clock()
        reached = self._reach(watch, before, started)
        now = self._parts.clock()
        state = settled(watch, reached.state, reached.problem, reached.asks, now)
        outcome = self._keep(watch, preferences, before, state, reached, (started, now)).result()
        if isinstance(outcome, Problem):
            return Turn(watch, before, None, reached.problem, outcome)
        if outcome.new:
            state = replace(state, new_at=now)
        self.states[watch.id] = state
        return Turn(watch, state, outcome, reached.problem)

    def _reach(self, watch: Watch, before: WatchState, now: float) -> Reached:
        source = self._parts.sources.get(watch.source)
        if source is None:
            return Reached((), before, problem=Problem("sources.unknown", {"source": watch.source}))
        secrets = secrets_of(watch, source, self._parts.secrets)
        if isinstance(secrets, Problem):
            return Reached((), before, problem=secrets)
        return poll_watch(watch, before, source, self._parts.net, now=now, secrets=secrets)

    def _keep(
        self,
        watch: Watch,
        preferences: Preferences,
        before: WatchState,
        state: WatchState,
        reached: Reached,
        times: tuple[float, float],
    ) -> Future[Recorded | Problem]:
        first = before.heard_at == 0.0
        setting = Setting(watch, preferences, self._parts.zone, times[1], first)
        reading = Reading(
            setting,
            matcher(watch, preferences, self._parts.stemmer),
            reached.mentions,
            before,
            state,
            *times,
            problem=reached.problem,
            hosts=self._parts.net.host_states(),
        )
        return self._recorder.submit(reading)
