"""A watch test: fetch once and show what the watch would have heard; only its first poll reads the same once more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.core.matching import Matcher
from app.core.mention import Mention
from app.core.ports.detector import Detector, verdict_on
from app.core.ports.source import Source, Suggestion
from app.core.problems import Problem, ProblemError
from app.core.signature import was_heard
from app.core.views import Choice, Trial, TrialMention
from app.core.watch import Watch, WatchState
from app.listen.asked_to_wait import Learnt, heeding_hosts
from app.listen.fetched import Keeping
from app.listen.find import UNREACHABLE
from app.listen.hindsight import NAME_UNKNOWN
from app.listen.keys import Keys
from app.listen.listening import crashed, is_met_at_built_in, told_of
from app.listen.parts import Parts
from app.listen.poll import OFFLINE_NOW, Reached, offline_in_doubt, poll_watch
from app.listen.sift import matcher
from app.listen.teach import lesson_of, teach

SHOWN = 100
"""Mentions a test shows at most."""

MOST_CHOICES = 20
"""Watches offered in place of one at most."""

NOT_ALLOWED = frozenset({"net.private_address", "net.never_asked"})
"""What keeps the one feed of a page from being asked at all: that is the problem, not that the page is none."""


def try_watch(parts: Parts, watch: Watch, secrets: Mapping[str, str] | None = None) -> Trial:
    """Poll a watch as it would be the first time.

    A page that links to feeds, or has lists to choose from, is followed once to the first of them. `secrets` are those just
    typed; others are taken from the keyring. What the place renews of the typed ones is handed back, of the others kept.
    """
    source = parts.sources.get(watch.source)
    if source is None:
        return Trial(watch, "", (), Problem("sources.unknown", {"source": watch.source}))
    keys = Keys(parts.secrets)
    kept = keys.of(watch, source)
    if isinstance(kept, Problem):
        return Trial(watch, "", (), kept)
    teach(
        parts.detector, lesson_of(parts.archive.corrections(), parts.shop.preferences(), (*parts.shop.watches(), watch))
    )
    typed = {} if secrets is None else secrets
    held = _Held({**kept, **typed})
    with heeding_hosts(parts) as learnt:
        trial = _told(parts, _tried(parts, watch, source, held), learnt)
    of_keyring = {n: v for n, v in held.renewed.items() if secrets is None or (n in kept and n not in typed)}
    handed_back = {n: v for n, v in held.renewed.items() if n not in of_keyring}
    problem = _known_better(parts, trial)
    return replace(trial, secrets=handed_back, problem=problem or keys.keep(watch, of_keyring))


def _known_better(parts: Parts, trial: Trial) -> Problem | None:
    """Return a test's problem: of a watch that is kept, with what its polls have shown."""
    problem, watch, source = trial.problem, trial.watch, parts.sources.get(trial.watch.source)
    if problem is None:
        return None
    try:
        state = parts.archive.states().get(watch.id)
    except ProblemError:
        state = None
    built_in = source is not None and is_met_at_built_in(problem, watch, source)
    if problem.is_offline:
        is_sure = built_in or (state is not None and was_heard(watch, state))
        return Problem(OFFLINE_NOW) if is_sure else offline_in_doubt(problem)
    if state:
        return told_of(parts, watch, problem, state, parts.clock())
    ours = problem.code == NAME_UNKNOWN and built_in
    return Problem(UNREACHABLE, {"host": problem.args["host"]}) if ours else problem


def _told(parts: Parts, trial: Trial, learnt: Learnt) -> Trial:
    """Return a test that says until when a host asks to be left alone."""
    learnt.note(parts.net.host_states())
    return replace(trial, problem=learnt.told(trial.problem)) if trial.problem else trial


@dataclass(slots=True)
class _Held:
    """The secrets of one test, and those of them that the place renewed."""

    secrets: dict[str, str] = field(repr=False)
    renewed: dict[str, str] = field(default_factory=dict, repr=False)


def _tried(parts: Parts, watch: Watch, source: Source, held: _Held) -> Trial:
    reached = _reach(parts, watch, source, held)
    if reached.problem is None or not reached.suggestions:
        shown = _shown(parts, watch, reached)
        return Trial(watch, reached.title, shown, reached.problem, moved=_moved(reached))
    choices = tuple(_choice(watch, one) for one in reached.suggestions[:MOST_CHOICES])
    found = choices[0].watch
    its_source = parts.sources.get(found.source)
    there = _reach(parts, found, its_source, held) if its_source else None
    if there is None or there.problem:
        not_asked = there and there.problem and len(choices) == 1 and there.problem.code in NOT_ALLOWED
        problem = there.problem if there and not_asked else reached.problem
        return Trial(watch, reached.title, (), problem, choices=choices)
    title = there.title or choices[0].name
    return Trial(watch, title, _shown(parts, found, there), reached.problem, found, choices, moved=_moved(there))


def _moved(reached: Reached) -> dict[str, str]:
    return {url: move.target for url, move in reached.state.moves.items()}


def _choice(watch: Watch, meant: Suggestion) -> Choice:
    """Return what the owner may have meant in place of a watch."""
    its = replace(watch, source=meant.source, settings={**watch.settings, **meant.settings})
    return Choice(its, meant.name, meant.count, meant.examples)


def _reach(parts: Parts, watch: Watch, source: Source, held: _Held) -> Reached:
    state, secrets = WatchState(watch.id), dict(held.secrets)
    keeping = Keeping(parts.net, parts.fetched) if parts.fetched else None
    try:
        reached = poll_watch(
            watch, state, source, keeping or parts.net, now=parts.clock(), secrets=secrets, patient=False
        )
    except Exception as error:  # noqa: BLE001  a source may come from anybody: its test fails in plain words
        return Reached((), state, problem=crashed(watch, error))
    if keeping and reached.problem is None:
        keeping.keep()
    held.secrets.update(reached.secrets)
    held.renewed.update(reached.secrets)
    return reached


def _shown(parts: Parts, watch: Watch, reached: Reached) -> tuple[TrialMention, ...]:
    match = matcher(watch, parts.shop.preferences(), parts.stemmer)
    return tuple(_one(parts.detector, match, mention, own=watch.own) for mention in reached.mentions[:SHOWN])


def _one(detector: Detector, match: Matcher, mention: Mention, *, own: bool) -> TrialMention:
    verdict = verdict_on(detector, mention, own=own)
    return TrialMention(
        mention.title,
        mention.text,
        mention.author,
        mention.url,
        mention.published,
        match.about_us(mention),
        verdict.kind,
        verdict.score,
    )
