"""Puts the real program together in this very process, for pictures and measurements of its window."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.bootstrap import window as bootstrap
from app.bootstrap.troubles import Troubles
from app.core.problems import Problem
from app.stores.paths import prepare_profile
from app.ui.program import Program
from app.ui.single import SingleInstance


def put_together(
    folder: Path, started: float | None = None, *, sample: bool = False, listener: bool = True
) -> tuple[QApplication, Program, Callable[[], None]]:
    """Return the application, the program on the profile in `folder`, which has not begun yet, and what closes both.

    `started` is in seconds since 1970. With `sample` the sample shop is served; without `listener` nothing is polled.
    """
    profile = prepare_profile(folder)
    assert not isinstance(profile, Problem), profile
    closing = ExitStack()
    if sample:
        closing.callback(bootstrap._serve_sample(profile))
    troubles = Troubles(profile)
    closing.callback(troubles.end)
    parts = bootstrap._parts(profile, troubles, hidden=False, sample=sample, started=started or time.time())
    if not listener:
        parts = dataclasses.replace(parts, listener_command=())
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    single = SingleInstance(parts.socket)
    if not single.listen():
        single.take_over()
    program = Program(parts, application, single, "look")
    closing.callback(program.end)
    return application, program, closing.close
