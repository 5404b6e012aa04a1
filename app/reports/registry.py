"""All reports of this installation: the files of the catalog."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

from app.core.ports.desk_archive import DeskArchive
from app.core.table import Table
from app.reports import catalog
from app.reports.told import Told


class _Report(Protocol):
    def table(self, told: Sequence[Told], watches: Mapping[str, str]) -> Table: ...


class ReportRegistry:
    """Finds the reports and imports one only when it is run. The id of a report is the name of its file."""

    def __init__(self) -> None:
        self._ids = tuple(sorted(module.name for module in pkgutil.iter_modules(catalog.__path__)))

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all reports, in the order of the alphabet."""
        return self._ids

    def run(
        self, report_id: str, archive: DeskArchive, watches: Mapping[str, str], since: float, until: float
    ) -> Table | None:
        """Return a report on what was heard in [since, until) (Unix seconds), or None where there is no such report.

        `watches` maps the ids of watches to their names. Reads the archive: never on the GUI thread.
        """
        if report_id not in self._ids:
            return None
        report = cast("_Report", import_module(f"{catalog.__name__}.{report_id}"))
        return report.table(tuple(Told(*row) for row in archive.tally(since, until)), watches)
