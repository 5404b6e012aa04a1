"""What went wrong in the program itself, noted in the profile: errors in its log, and where it crashed."""

from __future__ import annotations

import faulthandler
import logging
import os
import traceback
from contextlib import suppress
from copy import copy
from logging.handlers import RotatingFileHandler
from types import TracebackType
from typing import IO

from app.core.problems import Problem
from app.stores.paths import Profile

LARGEST = 200_000
"""Bytes of the log, after which it begins anew; the one before is kept."""

_SysExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


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
            self._log.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
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


class _Discreet(logging.Formatter):
    """Tells where an error was met and of which kind, not what it says: that may hold a customer's words."""

    def format(self, record: logging.LogRecord) -> str:
        mine = copy(record)
        mine.exc_text = None  # what another handler made of the error is kept there
        return super().format(mine)

    def formatException(self, ei: _SysExcInfo) -> str:  # noqa: N802  logging's name
        kind, _error, trace = ei
        return "".join([*traceback.format_tb(trace), kind.__name__ if kind else ""])
