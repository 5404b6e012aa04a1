"""Tries the .run file as a user without root: install, start, install again over the running copy, remove."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from desktop.session import DesktopSession

from installer.common.product import NAME, VERSION
from installer.linux.trial.told import checked

NOBODY = 65534
PATIENCE = 30.0


def _run(command: list[str | Path], env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in command], env=dict(env), user=NOBODY, group=NOBODY, cwd="/",
        capture_output=True, text=True, check=False, timeout=200,
    )  # fmt: skip


def _running(program: Path) -> set[int]:
    """Return the processes of a program, its listener among them."""
    found = set()
    for place in Path("/proc").glob("[0-9]*/exe"):
        try:
            if str(place.readlink()) == str(program):
                found.add(int(place.parent.name))
        except OSError:
            continue
    return found


def try_home(desk: DesktopSession, package: Path) -> None:
    """Try it in a home of its own; the desktop gives the screen, offscreen, as another user's X server would not."""
    with tempfile.TemporaryDirectory(prefix="home-") as made:
        home = Path(made) / "dom Żaby"
        home.mkdir()
        for place in (Path(made), home):
            os.chown(place, NOBODY, NOBODY)
        env = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "pl_PL.UTF-8", "TMPDIR": made, "QT_QPA_PLATFORM": "offscreen",
               "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}  # fmt: skip
        done = _run(["sh", package, "--quiet"], env)
        command, program = home / ".local/bin" / NAME, home / ".local/lib" / NAME / NAME
        checked(
            f".run: installs without root {done.stderr.strip()}",
            done.returncode == 0 and "zainstalowany" in done.stdout,
        )
        checked(f".run: says {VERSION}", _run([command, "--version"], env).stdout.strip() == f"{NAME} {VERSION}")
        entry = (home / ".local/share/applications" / f"{NAME}.desktop").read_text(encoding="utf-8")
        checked(".run: has its entry in the menu, which names the program", f'Exec="{program}"' in entry)
        first = subprocess.Popen(
            [command, "--hidden"], env=env, user=NOBODY, group=NOBODY, cwd="/", stderr=subprocess.DEVNULL
        )
        desk.until(lambda: len(_running(program)) > 1, "window and listener", PATIENCE)
        done = _run(["sh", package, "--quiet"], env)
        checked(
            ".run: installs again over the running copy, which ends in good order",
            done.returncode == 0 and first.wait(20) == 0,
        )
        desk.until(lambda: _running(program), "the new copy", PATIENCE)
        checked(".run: and is started again")
        time.sleep(1)
        done = _run([home / ".local/lib" / NAME / "uninstall.sh"], env)
        left = [str(path.relative_to(home)) for path in home.rglob("*") if NAME in path.name]
        data = f".local/share/{NAME}"
        ours = [path for path in left if not path.startswith(data)]
        checked(
            f".run: removes itself while it runs and leaves only the data {ours or ''}",
            done.returncode == 0 and not ours and data in left,
        )
        checked(".run: nothing of it runs any more", not _running(program))
