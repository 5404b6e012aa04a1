"""A watch test: fetch once and show what the watch would have heard; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.core.mention import Mention
from app.core.ports.source import Source
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.views import Trial, TrialMention
from app.core.watch import Watch, WatchState
from app.listen.listening import matcher, secrets_of
from app.listen.parts import Parts
from app.listen.poll import Reached, poll_watch

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
    reached = _reach(parts, watch, source, given)
    if not reached.suggestions:
        return Trial(watch, reached.title, _shown(parts, watch, reached), reached.problem)
    found = replace(watch, settings={**watch.settings, **reached.suggestions[0].settings})
    there = _reach(parts, found, source, given)
    if there.problem:
        return Trial(watch, reached.title, (), reached.problem)
    return Trial(watch, there.title, _shown(parts, found, there), reached.problem, found)


def _reach(parts: Parts, watch: Watch, source: Source, secrets: Mapping[str, str]) -> Reached:
    state = WatchState(watch.id)
    return poll_watch(watch, state, source, parts.net, now=parts.clock(), secrets=secrets, patient=False)


def _shown(parts: Parts, watch: Watch, reached: Reached) -> tuple[TrialMention, ...]:
    preferences = parts.shop.preferences()
    return tuple(_one(parts, watch, preferences, mention) for mention in reached.mentions[:SHOWN])


def _one(parts: Parts, watch: Watch, preferences: Preferences, mention: Mention) -> TrialMention:
    verdict = parts.detector.judge(mention.text, title=mention.title, stars=mention.stars, language=mention.language)
    about_us = not matcher(watch, preferences, parts.stemmer).why_not(mention)
    return TrialMention(
        mention.title,
        mention.text,
        mention.author,
        mention.url,
        mention.published,
        about_us,
        verdict.kind,
        verdict.score,
    )
