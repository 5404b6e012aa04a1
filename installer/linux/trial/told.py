"""Tells what a trial has checked."""

from __future__ import annotations

import sys


def checked(what: str, fine: object = True) -> None:  # noqa: FBT002  read as «checked that …»
    """Print what was checked; ends the trial where it is not so."""
    print(f"{'ok    ' if fine else 'WRONG '} {what.strip()}", flush=True)
    if not fine:
        sys.exit(1)
