"""All reports of this installation: the files of the catalog."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from importlib import import_module
from typing import Protocol, cast

from app.core.ports.desk_archive import DeskArchive
from app.core.report_table import ReportTable
from app.reports import catalog
from app.reports.resolved import Resolved
from app.reports.told import Told


class _Report(Protocol):
    def table(self, told: Sequence[Told], watches: Mapping[str, str]) -> ReportTable: ...


class _ReportOnResolved(Protocol):
    def table_of_resolved(self, cases: Sequence[Resolved], watches: Mapping[str, str]) -> ReportTable: ...


class ReportRegistry:
    """Finds the reports and imports one only when it is run. The id of a report is the name of its file.

    `zone` says to which day a moment belongs.
    """

    def __init__(self, zone: tzinfo = UTC) -> None:
        self._ids = tuple(sorted(module.name for module in pkgutil.iter_modules(catalog.__path__)))
        self._zone = zone

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all reports, in the order of the alphabet."""
        return self._ids

    def run(
        self, report_id: str, archive: DeskArchive, watches: Mapping[str, str], since: float, until: float
    ) -> ReportTable | None:
        """Return a report on what was heard, or resolved, in [since, until) (Unix seconds); None for one that is not there.

        `watches` maps the ids of watches to their names. Reads the archive: never on the GUI thread.
        """
        if report_id not in self._ids:
            return None
        report = import_module(f"{catalog.__name__}.{report_id}")
        if hasattr(report, "table_of_resolved"):
            cases = tuple(self._resolved(archive, since, until))
            return cast("_ReportOnResolved", report).table_of_resolved(cases, watches)
        return cast("_Report", report).table(tuple(Told(*row) for row in archive.tally(since, until)), watches)

    def _resolved(self, archive: DeskArchive, since: float, until: float) -> Iterator[Resolved]:
        for watch_id, place, kind, cause, at, mark in archive.resolved(since, until):
            try:
                day = datetime.fromtimestamp(at, self._zone).date()
            except (OverflowError, OSError, ValueError):
                continue  # a clock that stood beyond the calendar
            yield Resolved(watch_id, place, kind, cause, day, mark)
