"""How long a program takes to its first paint, seen from outside: the moment at which anything on an empty screen changes."""

from __future__ import annotations

import mmap
import os
import statistics
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 30.0
LOOK = 0.002


@dataclass(frozen=True, slots=True)
class Screen:
    """An X server whose picture is a file; `name` is what DISPLAY is to be."""

    name: str
    picture: mmap.mmap

    def seconds_to_paint(self, command: Sequence[str], env: Mapping[str, str]) -> float:
        """Start a program and return the seconds until the screen changes; the program is ended then."""
        empty = bytes(self.picture)
        begun = time.monotonic()
        with subprocess.Popen(command, env=dict(env), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
            try:
                while self.picture[:] == empty:
                    if time.monotonic() - begun > PATIENCE or program.poll() is not None:
                        raise RuntimeError(f"{command[0]} painted nothing")
                    time.sleep(LOOK)
                return time.monotonic() - begun
            finally:
                time.sleep(0.5)  # its desk is being opened; let it come to rest
                program.terminate()
                program.wait(20)
                while self.picture[:] != empty and time.monotonic() - begun < PATIENCE:
                    time.sleep(LOOK)


@contextmanager
def screen(folder: Path) -> Iterator[Screen]:
    """Give an empty screen; its picture lies in `folder`."""
    read, write = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(write),
        "-fbdir",
        str(folder),
        "-screen",
        "0",
        "1280x800x24",
        "-nolisten",
        "tcp",
    ]
    with subprocess.Popen([*command, "-noreset", "-nocursor"], pass_fds=(write,), stderr=subprocess.DEVNULL) as server:
        os.close(write)
        try:
            with os.fdopen(read) as told:
                number = told.readline().strip()
            with (
                (folder / "Xvfb_screen0").open("rb") as file,
                mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as picture,
            ):
                yield Screen(f":{number}", picture)
        finally:
            server.terminate()


def alternately(
    at: Screen, commands: Mapping[str, tuple[Sequence[str], Mapping[str, str]]], runs: int
) -> dict[str, list[float]]:
    """Measure several programs in turn, so that whatever else this machine does falls on all of them alike.

    The first turn, which fills the system's caches, does not count.
    """
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, (command, env) in commands.items():
            seconds = at.seconds_to_paint(command, {**env, "DISPLAY": at.name})
            if turn:
                taken[name].append(seconds)
    return taken


def told(taken: Mapping[str, Sequence[float]]) -> str:
    """Return the figures in words."""
    return "; ".join(f"{name} {statistics.median(times):.2f} s (min {min(times):.2f})" for name, times in taken.items())
