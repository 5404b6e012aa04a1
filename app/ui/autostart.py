"""Starting with the computer: the entry that each system looks for when its user signs in."""

from __future__ import annotations

import os
import plistlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QByteArray, QSettings

from app.core.problems import Problem, reason_of

NAME = "counterbell"
TITLE = "Counterbell"
LABEL = f"{NAME}.start"

_RUN = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Run"
_APPROVED = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
"""Where Windows keeps what its user has switched off elsewhere: the lowest bit of the first byte says so."""


class Autostart(Protocol):
    """The entry of this program; neither method waits."""

    def is_on(self) -> bool: ...
    def turn(self, *, on: bool) -> Problem | None: ...


def autostart_of(command: Sequence[str]) -> Autostart | None:
    """Return this system's entry for the installed program's command line, None for a copy that is not installed."""
    if not command:
        return None
    if sys.platform == "win32":
        return RunKey(command)
    if sys.platform == "darwin":
        return EntryFile(Path.home() / "Library" / "LaunchAgents" / f"{LABEL}.plist", agent(command))
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return EntryFile(config / "autostart" / f"{NAME}.desktop", desktop_entry(command))


class EntryFile:
    """A file that is there when the program is to start. One that says it is switched off counts as off."""

    def __init__(self, path: Path, content: bytes) -> None:
        self._path, self._content = path, content

    def is_on(self) -> bool:
        """Return whether the program starts with the session."""
        try:
            lines = self._path.read_bytes().splitlines()
        except OSError:
            return False
        return not {b"Hidden=true", b"X-GNOME-Autostart-enabled=false"} & set(lines)

    def turn(self, *, on: bool) -> Problem | None:
        """Write the file or take it away; «ui.file_not_written» (file, reason) where that fails."""
        try:
            if on:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._path.write_bytes(self._content)
            else:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            return Problem("ui.file_not_written", {"file": str(self._path), "reason": reason_of(error)})
        return None


class RunKey:
    """The value in the registry from which Windows starts programs; `run` and `approved` are the keys."""

    def __init__(self, command: Sequence[str], run: QSettings | None = None, approved: QSettings | None = None) -> None:
        self._line = " ".join((f'"{command[0]}"', *command[1:]))
        self._run = run or QSettings(_RUN, QSettings.Format.NativeFormat)
        self._approved = approved or QSettings(_APPROVED, QSettings.Format.NativeFormat)

    def is_on(self) -> bool:
        """Return whether the program starts with the session."""
        refused = _as_bytes(self._approved.value(TITLE))
        return self._run.contains(TITLE) and not (refused and refused[0] & 1)

    def turn(self, *, on: bool) -> Problem | None:
        """Write the value or take it away; Windows' own switch goes with it, so that it cannot contradict."""
        self._approved.remove(TITLE)
        if on:
            self._run.setValue(TITLE, self._line)
        else:
            self._run.remove(TITLE)
        self._run.sync()
        if self._run.status() == QSettings.Status.NoError:
            return None
        return Problem("ui.file_not_written", {"file": self._run.fileName(), "reason": self._run.status().name})


def _as_bytes(value: object) -> bytes:
    """Return a binary value of the registry, which Qt reads as if it were text of two bytes a letter."""
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass")
    return bytes(value.data()) if isinstance(value, QByteArray) else b""


def desktop_entry(command: Sequence[str]) -> bytes:
    """Return the entry as Linux desktops want it; one whose program was removed starts nothing."""
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        f"Name={TITLE}",
        f"Icon={NAME}",
        f"TryExec={_escaped(command[0])}",
        f"Exec={' '.join(_quoted(word) for word in command)}",
        "Terminal=false",
        "X-GNOME-Autostart-enabled=true",
    )
    return ("\n".join(lines) + "\n").encode()


def _quoted(word: str) -> str:
    """Return a word as the Exec key wants it: quoted for the command line, then escaped like every value."""
    for sign in '\\"`$':
        word = word.replace(sign, f"\\{sign}")
    return _escaped(f'"{word}"').replace("%", "%%")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def agent(command: Sequence[str]) -> bytes:
    """Return the entry as macOS wants it."""
    return plistlib.dumps(
        {"Label": LABEL, "ProgramArguments": list(command), "RunAtLoad": True, "ProcessType": "Interactive"}
    )
