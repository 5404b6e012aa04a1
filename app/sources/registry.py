"""All sources of this installation: the files of the catalog, and those that other packages bring."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from app.core.ports.source import Source
from app.core.problems import Problem
from app.sources import catalog

GROUP = "counterbell.sources"
"""The entry-point group of sources from other packages; the name of an entry point is the id of its source."""

UNRANKED = 50
"""Where a source stands in the list that does not say so itself (`RANK`; the commonest has 0)."""

_PAGE = re.compile(r"[a-z0-9_]{1,60}")
_SAYS = ("id", "title", "kinds", "settings", "shortest_interval", "help_page")
_DOES = ("poll", "check", "tidy", "place")


class SourceRegistry:
    """Finds sources and imports each only when it is asked for.

    The id of a source is the name of its file in the catalog. A source of another package that cannot be loaded, is
    incomplete or has the id of one of ours is left out, and `problems` says so («sources.plugin_broken» with `name`,
    `package` and `reason`). `pages` is the folder of the sources' help pages, for whoever shows them;
    each folder in it has those of one language.
    """

    def __init__(
        self,
        plugins: Callable[[], Iterable[EntryPoint]] = lambda: entry_points(group=GROUP),
        pages: Path | None = None,
    ) -> None:
        self._find_plugins = plugins
        self._pages = pages
        self._plugins: dict[str, EntryPoint] | None = None
        self._loaded: dict[str, tuple[int, Source]] = {}
        self._broken: dict[str, Problem] = {}

    def all(self) -> tuple[Source, ...]:
        ids = dict.fromkeys((*_own_ids(), *self._plugin_points()))
        found = [loaded for source_id in ids if (loaded := self._load(source_id))]
        return tuple(source for _, source in sorted(found, key=lambda ranked: (ranked[0], ranked[1].title)))

    def known(self) -> tuple[Source, ...]:
        return tuple(source for _, source in tuple(self._loaded.values()))

    def get(self, source_id: str) -> Source | None:
        loaded = self._load(source_id)
        return loaded[1] if loaded else None

    def page(self, name: str, language: str) -> str:
        if self._pages is None or not _PAGE.fullmatch(name):
            return ""
        return _text(self._pages / language / f"{name}.md") or _text(self._pages / f"{name}.md")

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with sources of other packages, as far as they have been asked for (`all` asks for each)."""
        return tuple(self._broken.values())

    def _load(self, source_id: str) -> tuple[int, Source] | None:
        if source_id in self._loaded:
            return self._loaded[source_id]
        if source_id in _own_ids():
            module = import_module(f"{catalog.__name__}.{source_id}")
            loaded: tuple[int, Source] | None = (getattr(module, "RANK", UNRANKED), module.SOURCE)
        else:
            loaded = self._load_plugin(source_id)
        if loaded:
            self._loaded[source_id] = loaded
        return loaded

    def _load_plugin(self, source_id: str) -> tuple[int, Source] | None:
        point = self._plugin_points().get(source_id)
        if point is None or source_id in self._broken:
            return None
        try:
            source = point.load()
            reason = _what_is_missing(source, source_id)
        except (Exception, SystemExit) as error:  # noqa: BLE001  foreign code may fail in any way; the problem tells of it
            reason = f"{type(error).__name__}: {error}"[:300]
        if reason:
            self._broken[source_id] = _plugin_problem(point, reason)
            return None
        return UNRANKED, source

    def _plugin_points(self) -> dict[str, EntryPoint]:
        if self._plugins is None:
            self._plugins = {}
            for point in self._find_plugins():
                if point.name in _own_ids():
                    self._broken[point.name] = _plugin_problem(point, "id is taken")
                else:
                    self._plugins.setdefault(point.name, point)
        return self._plugins


def _text(file: Path) -> str:
    """Return what stands in a file, «» where it cannot be read."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _own_ids() -> tuple[str, ...]:
    """Return the names of the catalog's files, also where the program is frozen (its importer lists packages as well)."""
    return tuple(module.name for module in pkgutil.iter_modules(catalog.__path__) if not module.name.startswith("_"))


def _what_is_missing(source: object, source_id: str) -> str:
    """Return why an object is no source of this id, «» where it is one."""
    missing = [name for name in (*_SAYS, *_DOES) if not hasattr(source, name)]
    missing += [name for name in _DOES if not callable(getattr(source, name, None)) and name not in missing]
    if missing:
        return "missing: " + ", ".join(missing)
    return "" if getattr(source, "id", None) == source_id else "id differs from the entry point's name"


def _plugin_problem(point: EntryPoint, reason: str) -> Problem:
    package = point.dist.name if point.dist else point.value
    return Problem("sources.plugin_broken", {"name": point.name, "package": package, "reason": reason})
