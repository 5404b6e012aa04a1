"""A Windows of its own for tests: a fresh wine prefix on a screen of its own; nothing is left behind.

What wine 8 lacks of Windows 10 is compiled from the two C files beside this one and put into the prefix only.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from installer.windows.stage import MINGW
from installer.windows.tools import HERE, BrokenBuildError, run

T = TypeVar("T")

WINE = next((path for path in ("/usr/lib/wine/wine64", "/usr/bin/wine64") if Path(path).exists()), "wine64")
SHIMS = ("icuuc", "bcryptprimitives")
PAUSE = 0.25
LOCALE = "ru_RU"
"""Of the commands given: without a true UTF-8 locale wine takes no Cyrillic argument."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command came to."""

    code: int
    out: str


class Windows:
    """Runs programs. `user` is the Unix path of the user's folder, `disk` that of C:."""

    def __init__(self, folder: Path, display: str) -> None:
        self.folder = folder
        self.disk = folder / "prefix" / "drive_c"
        self._env = {name: os.environ[name] for name in ("PATH",) if name in os.environ} | {
            "WINEPREFIX": str(folder / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=d;winemenubuilder.exe=d",
            "HOME": str(folder / "home"),
            "DISPLAY": display,
            "LOCPATH": str(folder / "locale"),
            "LC_ALL": f"{LOCALE}.UTF-8",
        }

    def set_up(self) -> None:
        """Make the prefix; its Windows is 10, its desktop a folder of its own."""
        (self.folder / "home").mkdir(parents=True)
        (self.folder / "locale").mkdir()
        run("localedef", "-i", LOCALE, "-f", "UTF-8", self.folder / "locale" / f"{LOCALE}.UTF-8")
        self("wineboot", "-i", patience=300)
        self("winecfg", "-v", "win10", patience=120)
        system = self.disk / "windows" / "system32"
        for name in SHIMS:
            run(f"{MINGW}gcc", "-O2", "-s", "-shared", "-o", system / f"{name}.dll", HERE / "wine" / f"{name}.c")

    @property
    def user(self) -> Path:
        """The folder of the user."""
        return next(path for path in (self.disk / "users").iterdir() if path.name != "Public")

    def __call__(self, *words: str | Path, said: str = "", patience: float = 180) -> Done:
        """Run a program to its end; output comes over a pipe, as Python under wine wants it."""
        done = subprocess.run(
            [WINE, *map(str, words)], input=said.encode(), env=self._env, timeout=patience, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return Done(done.returncode, done.stdout.decode("utf-8", "replace").replace("\r", ""))

    def wait(self, *words: str | Path, patience: float = 400) -> int:
        """Run a program that may leave others running, and return its exit code; what they print is dropped."""
        done = subprocess.run(
            [WINE, *map(str, words)], env=self._env, timeout=patience, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return done.returncode

    def begin(self, program: Path, *words: str) -> None:
        """Start a program as the Explorer does: without standard input and output, and nobody waits for it."""
        self.wait("start", self.shown(program), *words, patience=60)

    def shown(self, path: Path) -> str:
        """Return a path below C: as Windows shows it."""
        return "C:\\" + str(path.relative_to(self.disk)).replace("/", "\\")

    def processes(self, name: str) -> dict[int, str]:
        """Return the command lines of this prefix's processes of a program, by their Unix numbers."""
        mark = f"WINEPREFIX={self._env['WINEPREFIX']}".encode()
        found = {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdecimal():
                continue
            with contextlib.suppress(OSError):
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
                program = line.lower().split(".exe")[0].replace("\\", "/").rsplit("/", 1)[-1]
                if program == name.removesuffix(".exe") and mark in (entry / "environ").read_bytes().split(b"\0"):
                    found[int(entry.name)] = line
        return found

    def registry(self, key: str, name: str) -> str | None:
        """Return a value below HKEY_CURRENT_USER, None where there is none."""
        done = self("reg", "query", f"HKCU\\{key}", "/v", name)
        line = next((line for line in done.out.splitlines() if line.strip().startswith(name)), None)
        return line.strip().removeprefix(name).strip().partition(" ")[2].strip() if done.code == 0 and line else None

    def windows(self, title: str) -> list[str]:
        """Return the numbers of visible windows whose title begins so."""
        command = ["xdotool", "search", "--onlyvisible", "--name", f"^{title}"]
        done = subprocess.run(command, env=self._env, capture_output=True, text=True, check=False)
        return done.stdout.split()

    def press(self, window: str, *words: str) -> None:
        """Let xdotool do something in a window that is brought to the front before."""
        subprocess.run(["xdotool", "windowactivate", "--sync", window], env=self._env, timeout=30, check=True)
        subprocess.run(["xdotool", *words], env=self._env, timeout=60, check=True)

    def picture(self, name: str) -> None:
        """Keep a picture of the screen in the folder of this session's pictures."""
        command = ["import", "-window", "root", str(self.folder / f"{name}.png")]
        subprocess.run(command, env=self._env, timeout=30, check=False, capture_output=True)

    def close(self) -> None:
        """End every process of the prefix."""
        server = shutil.which("wineserver", path="/usr/lib/wine:/usr/bin") or "wineserver"
        subprocess.run([server, "-k"], env=self._env, timeout=60, check=False)
        subprocess.run([server, "-w"], env=self._env, timeout=60, check=False)


def wait_for(act: Callable[[], T], patience: float = 60.0) -> T:
    """Return the first true answer, or the last one where patience ends."""
    end = time.monotonic() + patience
    while not (answer := act()) and time.monotonic() < end:
        time.sleep(PAUSE)
    return answer


@contextlib.contextmanager
def windows_session(folder: Path) -> Iterator[Windows]:
    """Give a Windows whose files lie in a folder, which is emptied before; pictures and logs stay in it after."""
    for tool in ("Xvfb", "openbox", "xdotool", "localedef", WINE):
        if not shutil.which(tool):
            raise BrokenBuildError(f"{tool} is missing: sh installer/prepare.sh windows")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as screen:
        display = f":{screen.stdout.readline().decode().strip()}" if screen.stdout else ""
        manager = subprocess.Popen(
            ["openbox"],
            env=dict(os.environ) | {"DISPLAY": display},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        windows = Windows(folder, display)
        try:
            windows.set_up()
            yield windows
        finally:
            windows.close()
            for process in (manager, screen):
                process.send_signal(signal.SIGTERM)
                process.wait(20)
            shutil.rmtree(folder / "prefix", ignore_errors=True)
