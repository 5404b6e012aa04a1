"""Watches of one place: those that would be, and those that their addresses have led together since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.address import comparable_place
from app.core.moves import answered_last
from app.core.ports.source import Source, Sources
from app.core.signature import was_heard
from app.core.watch import Watch, WatchState


def places(watch: Watch, source: Source, moved: Mapping[str, str]) -> set[str]:
    """Return the places a watch listens to: its own and, where the address of that has `moved` for good, the new one."""
    own = comparable_place(source.place(watch.settings))
    found = {own}
    for name in (one.name for one in source.settings if one.kind == "url"):
        for url, target in moved.items():
            if comparable_place(source.place({**watch.settings, name: url})) == own:
                found.add(comparable_place(source.place({**watch.settings, name: target})))
    return found


def led_together(watches: Sequence[Watch], states: Mapping[str, WatchState], sources: Sources) -> dict[str, Watch]:
    """Return the watches that can be removed, by their ids, each with one that stays and hears the same at the same place.

    It has moved, as the listener believes it, to where the other one is or, if that has moved there as well, was led before
    it. Both hear the same words with the same settings; neither is paused, and the last poll of both went well. One that has
    moved on is no longer where it was: in a chain and in a ring nobody is told.
    """
    if not any(state.moves for state in states.values()):
        return {}
    found: dict[str, Watch] = {}
    staying: dict[tuple[object, ...], Watch] = {}
    heard = [(watch, moved_for_good(states[watch.id])) for watch in watches if _is_heard(watch, states.get(watch.id))]
    for watch, moved in sorted(heard, key=lambda one: bool(one[1])):
        if source := sources.get(watch.source):
            own = places(watch, source, {})
            led = places(watch, source, moved) - own
            first = staying.setdefault((*_hears(watch, source), frozenset(led or own)), watch)
            if led and first is not watch:
                found[watch.id] = first
    return found


def moved_for_good(state: WatchState) -> dict[str, str]:
    """Return where addresses had moved to for good when the watch was heard last."""
    given = ((url, answered_last(state.moves, url, state.heard_at)) for url in state.moves)
    return {url: target for url, target in given if target != url}


def _is_heard(watch: Watch, state: WatchState | None) -> bool:
    return not watch.paused and state is not None and state.problem is None and was_heard(watch, state)


def _hears(watch: Watch, source: Source) -> tuple[object, ...]:
    """Return what has to be equal of two watches for one to do all that the other does, once they read one place."""
    urls = {one.name for one in source.settings if one.kind == "url"}
    rest = frozenset((name, value) for name, value in watch.settings.items() if name not in urls and value)
    return watch.source, watch.kind, watch.own, watch.language, watch.required, watch.excluded, rest
