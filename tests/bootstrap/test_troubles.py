"""What goes wrong in the program itself is noted in the profile, and a crash is told at the next start."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from app.bootstrap.discreet import discreet_errors
from app.bootstrap.troubles import Troubles
from app.core.problems import Problem
from app.stores.paths import Profile, prepare_profile

CRASH = """
import os, signal, sys
from pathlib import Path
from app.bootstrap.discreet import discreet_errors
from app.bootstrap.troubles import Troubles
from app.stores.paths import Profile

troubles = Troubles(Profile(Path(sys.argv[1])))
assert troubles.begin() is None

def where_it_was():
    os.kill(os.getpid(), signal.SIGSEGV)

where_it_was()
"""


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = prepare_profile(tmp_path / "p")
    assert isinstance(made, Profile)
    return made


@pytest.fixture
def troubles(profile: Profile) -> Iterator[Troubles]:
    made = Troubles(profile)
    yield made
    made.end()


@pytest.mark.skipif(sys.platform == "win32", reason="ends by a signal")
def test_a_crash_is_told_once_with_where_it_was(profile: Profile) -> None:
    done = subprocess.run([sys.executable, "-c", CRASH, profile.folder], check=False, capture_output=True, timeout=60)
    assert done.returncode < 0
    for crashed in (Problem("program.crashed", {"file": "crash.last"}), None):
        next_start = Troubles(profile)
        assert next_start.begin() == crashed
        next_start.end()
    assert "where_it_was" in (profile.folder / "crash.last").read_text()
    assert not profile.crashes.exists()


def test_errors_are_noted_without_what_they_say(troubles: Troubles, profile: Profile) -> None:
    troubles.begin()
    logger = logging.getLogger("app.somewhere")
    (handler,) = (one for one in logging.getLogger().handlers if isinstance(one, RotatingFileHandler))
    words = "Anna wrote that the cake was stale"
    try:
        int(words)
    except ValueError:
        record = logger.makeRecord(logger.name, logging.ERROR, __file__, 1, "unexpected %s", ("thing",), sys.exc_info())
    record.exc_text = "as another handler has it: the cake"
    handler.handle(record)
    said = profile.log.read_text(encoding="utf-8")
    assert "unexpected thing" in said
    assert "ValueError" in said
    assert __name__.rpartition(".")[2] in said
    assert "cake" not in said
    assert handler.level == logging.WARNING


def test_a_run_without_troubles_leaves_no_file(troubles: Troubles, profile: Profile) -> None:
    assert troubles.begin() is None
    troubles.end()
    assert not profile.crashes.exists()
    assert not profile.log.exists()


def test_a_disk_that_takes_no_notes_keeps_nobody_from_working(tmp_path: Path) -> None:
    gone = Troubles(Profile(tmp_path / "gone"))
    assert gone.begin() is None
    gone.end()


def test_what_the_listener_says_to_the_windows_log_is_where_and_not_what(capsys: pytest.CaptureFixture[str]) -> None:
    words, before = "sold stale cake", list(logging.getLogger().handlers)
    with discreet_errors():
        (ours,) = (one for one in logging.getLogger().handlers if one not in before)
        logger = logging.getLogger("app.listen.somewhere")
        try:
            int(words)
        except ValueError:
            ours.handle(
                logger.makeRecord(logger.name, logging.ERROR, __file__, 1, "watch a crashed", (), sys.exc_info())
            )
    said = capsys.readouterr().err
    assert "watch a crashed" in said
    assert "ValueError" in said
    assert words not in said
    assert logging.getLogger().handlers == before


def test_a_listener_that_crashes_says_where_and_not_what() -> None:
    code = """
import threading
from app.bootstrap.discreet import discreet_errors

def met(words):
    int(words)

with discreet_errors():
    thread = threading.Thread(target=met, args=("stale" + " cake",))
    thread.start()
    thread.join()
    met("stale" + " cake")
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, timeout=60, text=True)
    assert done.returncode == 1
    assert (done.stderr.count("ValueError"), done.stderr.count("in met")) == (2, 2)
    assert "stale cake" not in done.stderr
