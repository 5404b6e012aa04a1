"""Watches: checked as typed, tried, kept and removed."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from app.core.address import is_at_home
from app.core.coverage import HOUR, SLACK, CoveredHour, coverage
from app.core.pace import least_interval
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.find import InHand
from app.core.ports.shop import Secrets, ShopFile
from app.core.ports.signin import SignedIn, SignInCode, SignInPause
from app.core.ports.source import Source, Sources
from app.core.problems import Problem, ProblemError
from app.core.text import fold, seen
from app.core.views import Found, Missed, Trial, WatchView
from app.core.watch import Watch, WatchState, marks_of
from app.desk.failing import fails_for_long
from app.desk.twins import led_together, moved_for_good, places

LONGEST_INTERVAL = 7 * 86_400
COVERED_DAYS = 7
"""Days of which it is told in which hours was listened."""
SILENT_TIMES = 5.0
SILENT_LEAST = 14 * 86_400.0
"""A watch that brought things and then nothing for this many seconds is unusually silent."""

NO_TLS = frozenset({"net.no_tls", "net.tls", "net.broken", "net.refused"})
"""What a place that speaks no TLS at all comes to, at the port of https or at another."""

WAITS, SCHEME_NOT_KNOWN = "listen.leave_alone", "desk.scheme_not_known"

_HTTPS = re.compile(r"\s*(?:feed:(?://)?)?https:", re.IGNORECASE)


class Errands(Protocol):
    """What is done for watches over the network: see test, sign_in and find of core.ports.desk.Watches."""

    def try_watch(self, watch: Watch, secrets: Mapping[str, str] | None) -> Trial: ...
    def sign_in(
        self, watch: Watch, secrets: Mapping[str, str] | None
    ) -> Iterator[SignInCode | SignInPause | SignedIn]: ...
    def find(
        self,
        hands: Sequence[InHand],
        tell: Callable[[Found | Missed], None],
        *,
        own: bool = True,
        allow_private: bool = False,
        stopped: Callable[[], bool] = ...,
    ) -> None: ...


class Watches:
    """Reads and writes the shop file; secrets go to the keyring and leave only a mark «has_NAME» in the settings."""

    def __init__(
        self,
        archive: DeskArchive,
        shop: ShopFile,
        sources: Sources,
        secrets: Secrets,
        errands: Errands,
        now: Callable[[], float],
    ) -> None:
        self._archive = archive
        self._shop = shop
        self._sources = sources
        self._secrets = secrets
        self._errands, self.find = errands, errands.find
        self._now = now
        self._renewed: dict[frozenset[tuple[str, str]], Mapping[str, str]] = {}
        self._moved: dict[str, str] = {}
        """Where addresses lead for good, as tests met it."""

    def list(self) -> tuple[WatchView, ...]:
        watches, states = self._shop.watches(), self._archive.states()
        twins = led_together(watches, states, self._sources)
        return tuple(self._view(watch, states.get(watch.id), twins.get(watch.id)) for watch in watches)

    def get(self, text: str) -> Watch | None:
        watches = self._shop.watches()
        by_id = next((w for w in watches if w.id == text), None)
        return by_id or next((w for w in watches if fold(w.name) == fold(text).strip()), None)

    def check(self, watch: Watch) -> Problem | None:
        source = self._sources.get(watch.source)
        if source is None:
            return self._no_source(watch)
        if not watch.name.strip():
            return Problem("desk.watch_no_name")
        if problem := source.check(watch.settings):
            return problem
        return self._twin(watch, source)

    def tidy(self, watch: Watch) -> Watch:
        watch = _seen(watch)
        source = self._sources.get(watch.source)
        known = next((one for one in self._shop.watches() if one.id == watch.id and one.source == watch.source), None)
        marks = {**known.marks, **watch.marks} if known else {}  # no face shows them, and none has to hand them back
        settings = {**(source.tidy(watch.shown_settings) if source else watch.shown_settings), **marks}
        least = least_interval(replace(watch, settings=settings), source) if source else 0
        return replace(
            watch,
            id=watch.id or uuid.uuid4().hex[:8],
            name=" ".join(watch.name.split()),
            settings=settings,
            interval=min(max(watch.interval, least), LONGEST_INTERVAL),
            required=_phrases(watch.required),
            excluded=_phrases(watch.excluded),
            created=watch.created or self._now(),
        )

    def test(self, watch: Watch, secrets: Mapping[str, str] | None = None) -> Trial:
        source = self._sources.get(watch.source)
        if source is None:
            return Trial(watch, "", (), self._no_source(watch))
        watch = _seen(watch)
        tidied = self.tidy(watch)
        if problem := source.check(tidied.settings):
            return Trial(tidied, "", (), problem)
        trial = self._without_tls(watch, self._errands.try_watch(tidied, secrets), source, secrets)
        self._moved.update(trial.moved)
        if secrets and trial.secrets:
            self._renewed[_typed(secrets)] = trial.secrets
        return trial

    def _without_tls(self, typed: Watch, trial: Trial, source: Source, secrets: Mapping[str, str] | None) -> Trial:
        """Return the test of a place at home that speaks no TLS, where the owner wrote no scheme; else the test as it is.

        While such a place is to be left alone nobody knows whether it speaks TLS: then that is the test's problem.
        """
        met = trial.problem
        plain = _plain(typed, trial.watch, source) if met and met.code in {*NO_TLS, WAITS} else None
        if met is None or plain is None or source.check(plain.settings):
            return trial
        if met.code == WAITS:  # a status came over TLS, which settles it
            return trial if "status" in met.args else replace(trial, problem=replace(met, code=SCHEME_NOT_KNOWN))
        there = self._errands.try_watch(plain, secrets)
        if there.problem and not there.found:
            return trial if there.problem.code.startswith("net.") else there
        problem = Problem("net.no_tls", {"host": str(met.args.get("host", ""))})
        return replace(there, watch=trial.watch, found=there.found or plain, problem=problem)

    def sign_in(
        self, watch: Watch, secrets: Mapping[str, str] | None = None
    ) -> Iterator[SignInCode | SignInPause | SignedIn]:
        source = self._sources.get(watch.source)
        tidied = self.tidy(watch)
        if source and (problem := source.check(tidied.settings)):
            return iter((SignedIn(problem=problem),))
        return self._errands.sign_in(tidied, secrets)

    def save(self, watch: Watch, secrets: Mapping[str, str] | None = None) -> Watch | Problem:
        tidied = self.tidy(watch)
        if problem := self.check(tidied):
            return problem
        given = {**dict(_typed(secrets or {})), **self._renewed.get(_typed(secrets or {}), {})}
        for name, value in given.items():
            if problem := self._secrets.put(tidied.id, name, value):
                return problem
        kept = replace(self._hurried(tidied), settings={**tidied.settings, **marks_of(given)})
        if problem := self._shop.put_watch(kept):
            if not watch.id and given:
                self._secrets.forget(kept.id, tuple(given))  # nobody will ever know that id again
            return problem
        self._end_first_run()
        return kept

    def _hurried(self, watch: Watch) -> Watch:
        """Return a watch that remembers, where its interval is shorter than before, that its next poll goes by that."""
        known = next((one for one in self._shop.watches() if one.id == watch.id), None)
        return replace(watch, hurried_at=self._now()) if known and watch.interval < known.interval else watch

    def _end_first_run(self) -> None:
        """Note that the shop listens. Where that cannot be written the next watch kept does it: this one is kept."""
        if not self._shop.preferences().first_run_done:
            self._shop.change_preferences(lambda known: replace(known, first_run_done=True))

    def keep_secrets_in_file(self) -> Problem | None:
        return self._secrets.keep_in_file()

    def coverage(self, now: float) -> tuple[CoveredHour, ...]:
        since = now - COVERED_DAYS * 86_400.0 + HOUR
        watches = self._shop.watches()
        longest = max((watch.interval for watch in watches), default=0)
        return coverage(watches, self._archive.hours_heard(since - SLACK * longest), since, now)

    def remove(self, watch_id: str) -> Problem | None:
        watch = self.get(watch_id)
        if watch is None:
            return Problem("desk.no_watch", {"name": watch_id})
        if problem := self._shop.remove_watch(watch.id):
            return problem
        source = self._sources.get(watch.source)
        names = tuple(s.name for s in source.settings if s.is_secret) if source else ()
        held = tuple(name for name in names if watch.has_secret(name))
        if source and (brought := tuple(s.name for s in source.settings if s.kind == "session" and s.name not in held)):
            self._secrets.forget(watch.id, brought)  # kept by the listener, if at all, without a mark
        return self._secrets.forget(watch.id, held) if held else None

    def _twin(self, watch: Watch, source: Source) -> Problem | None:
        """Return the problem of a watch called like another one, or listening to its place for the same words.

        A place that has moved for good is also the one it has moved to, for whoever adds it: as the listener believes it, or as
        a test of this one has just met it.
        """
        words = (_phrases(watch.required), _phrases(watch.excluded))
        watches = self._shop.watches()
        tidied = replace(watch, settings=source.tidy(watch.settings))
        is_new = not any(_hears_the_same(one, watch, source) for one in watches if one.id == watch.id)
        states = self._states() if is_new else {}
        its_places = places(tidied, source, self._moved if is_new else {})
        for other in watches:
            if other.id == watch.id:
                continue
            if fold(" ".join(watch.name.split())) == fold(other.name):
                return Problem("desk.watch_same_name", {"name": other.name})
            if other.source != watch.source or (other.required, other.excluded) != words:
                continue
            state = states.get(other.id)
            moved = moved_for_good(state) if state else {}
            if its_places & places(other, source, {**self._moved, **moved} if is_new else {}):
                return Problem("desk.watch_twin", {"name": other.name})
        return None

    def _states(self) -> Mapping[str, WatchState]:
        try:
            return self._archive.states()
        except ProblemError:  # told wherever it is read; to compare addresses does without
            return {}

    def _no_source(self, watch: Watch) -> Problem:
        known = ", ".join(sorted(source.id for source in self._sources.all()))
        return Problem("desk.no_source", {"source": watch.source, "known": known})

    def _view(self, watch: Watch, state: WatchState | None, twin: Watch | None) -> WatchView:
        source = self._sources.get(watch.source)
        title, now = source.title if source else watch.source, self._now()
        silent, lasts = _is_silent(watch, state, now), fails_for_long(watch, state, now)
        return WatchView(watch, state, title, silent, lasts, twin.name if twin else "")


def _seen(watch: Watch) -> Watch:
    """Return a watch whose settings hold nothing that nobody sees: copied along, it would be asked for."""
    return replace(watch, settings={name: seen(value) for name, value in watch.settings.items()})


def _plain(typed: Watch, tidied: Watch, source: Source) -> Watch | None:
    """Return a watch the owner allowed inside their network with http where no scheme was written, None for any other."""
    changed = {
        one.name: f"http://{tidied.settings[one.name].removeprefix('https://')}"
        for one in source.settings
        if one.kind == "url"
        and tidied.settings.get(one.name, "").startswith("https://")
        and is_at_home(tidied.settings[one.name])
        and not _HTTPS.match(typed.settings.get(one.name, ""))
    }
    return replace(tidied, settings={**tidied.settings, **changed}) if changed and tidied.allow_private else None


def _hears_the_same(kept: Watch, watch: Watch, source: Source) -> bool:
    """Say whether a watch listens to the place it listened to before, for the same words."""
    same_words = (kept.required, kept.excluded) == (_phrases(watch.required), _phrases(watch.excluded))
    same_place = kept.source == watch.source and source.place(kept.settings) == source.place(
        source.tidy(watch.settings)
    )
    return same_words and same_place


def _is_silent(watch: Watch, state: WatchState | None, now: float) -> bool:
    if state is None or not state.new_at or watch.paused:
        return False
    return now - state.new_at > max(SILENT_LEAST, SILENT_TIMES * watch.interval)


def _phrases(entries: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(entry.split()) for entry in entries if entry.strip()))


def _typed(secrets: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """Return the secrets given, as a key under which those that a test renewed are found again."""
    return frozenset((name, value) for name, value in secrets.items() if value)
