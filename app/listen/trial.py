"""A watch test: fetch once and show what the watch would have heard; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.core.matching import Matcher
from app.core.mention import Mention
from app.core.ports.detector import Detector
from app.core.ports.source import Source
from app.core.problems import Problem
from app.core.views import Trial, TrialMention
from app.core.watch import Watch, WatchState
from app.listen.listening import crashed, matcher, secrets_of
from app.listen.parts import Parts
from app.listen.poll import Reached, poll_watch
from app.listen.teach import lesson_of, teach

SHOWN = 100
"""Mentions a test shows at most."""


def try_watch(parts: Parts, watch: Watch, secrets: Mapping[str, str] | None = None) -> Trial:
    """Poll a watch as it would be the first time. A page that links to a feed is followed once to that feed."""
    source = parts.sources.get(watch.source)
    if source is None:
        return Trial(watch, "", (), Problem("sources.unknown", {"source": watch.source}))
    given = secrets if secrets is not None else secrets_of(watch, source, parts.secrets)
    if isinstance(given, Problem):
        return Trial(watch, "", (), given)
    teach(parts.detector, lesson_of(parts.archive.corrections(), parts.shop.preferences()))
    reached = _reach(parts, watch, source, given)
    if reached.problem is None or not reached.suggestions:
        return Trial(watch, reached.title, _shown(parts, watch, reached), reached.problem)
    meant = reached.suggestions[0]
    found = replace(watch, source=meant.source, settings={**watch.settings, **meant.settings})
    its_source = parts.sources.get(meant.source)
    there = _reach(parts, found, its_source, given) if its_source else None
    if there is None or there.problem:
        return Trial(watch, reached.title, (), reached.problem)
    return Trial(watch, there.title or meant.name, _shown(parts, found, there), reached.problem, found)


def _reach(parts: Parts, watch: Watch, source: Source, secrets: Mapping[str, str]) -> Reached:
    state = WatchState(watch.id)
    try:
        return poll_watch(watch, state, source, parts.net, now=parts.clock(), secrets=secrets, patient=False)
    except Exception as error:  # noqa: BLE001  a source may come from anybody: its test fails in plain words
        return Reached((), state, problem=crashed(watch, error))


def _shown(parts: Parts, watch: Watch, reached: Reached) -> tuple[TrialMention, ...]:
    match = matcher(watch, parts.shop.preferences(), parts.stemmer)
    return tuple(_one(parts.detector, match, mention) for mention in reached.mentions[:SHOWN])


def _one(detector: Detector, match: Matcher, mention: Mention) -> TrialMention:
    verdict = detector.judge(mention.text, title=mention.title, stars=mention.stars, language=mention.language)
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
