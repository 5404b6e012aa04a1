"""A parser of the command line that explains itself in the owner's language."""

from __future__ import annotations

import argparse
from typing import Any

from app.words import N_, _

HEADINGS = (N_("positional arguments"), N_("options"))
"""The library's own headings, translated when they are printed."""


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(_(heading) if heading in HEADINGS else heading)


class SpokenParser(argparse.ArgumentParser):
    """Its subparsers are of this class as well; «--help» is added as the library does, in other words."""

    def __init__(self, *, add_help: bool = True, **options: Any) -> None:
        super().__init__(add_help=False, **{"formatter_class": _Formatter, **options})
        if add_help:
            self.add_argument(
                "-h", "--help", action="help", default=argparse.SUPPRESS, help=_("show this help and end")
            )
