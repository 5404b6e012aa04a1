"""What went wrong in the program itself, noted in the profile: errors in its log, and where it crashed."""

from __future__ import annotations

import faulthandler
import logging
import os
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from typing import IO

from app.bootstrap.discreet import Discreet
from app.core.problems import Problem
from app.stores.paths import Profile

LARGEST = 200_000
"""Bytes of the log, after which it begins anew; the one before is kept."""


class Troubles:
    """Notes warnings and errors of this process in the profile's log, and in its crash log where the process dies of one.

    Only the process that holds the profile may `begin`. A disk that takes no notes is no reason not to run.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._crashes: IO[bytes] | None = None
        self._log: logging.Handler | None = None

    def begin(self) -> Problem | None:
        """Note from now on; return «program.crashed» (file) where the last run ended in a crash."""
        path, crashed = self._profile.crashes, False
        with suppress(OSError):
            if path.exists() and path.stat().st_size:
                os.replace(path, path.with_suffix(".last"))  # noqa: PTH105
                crashed = True
            if self._crashes is None:
                self._crashes = path.open("wb")
                faulthandler.enable(self._crashes)
        if self._log is None:
            self._log = RotatingFileHandler(
                self._profile.log, maxBytes=LARGEST, backupCount=1, encoding="utf-8", delay=True
            )
            self._log.setLevel(logging.WARNING)
            self._log.setFormatter(Discreet())
            logging.getLogger().addHandler(self._log)
        return Problem("program.crashed", {"file": path.with_suffix(".last").name}) if crashed else None

    def end(self) -> None:
        """End in good order: nothing is left that speaks of a crash."""
        if self._log:
            logging.getLogger().removeHandler(self._log)
            self._log.close()
            self._log = None
        if self._crashes:
            faulthandler.disable()
            self._crashes.close()
            self._crashes = None
            with suppress(OSError):
                self._profile.crashes.unlink(missing_ok=True)
