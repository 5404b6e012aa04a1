"""Tries the setup under wine and prints each check: `make test-packages-windows`. Not part of `make test`.

An older version is installed in silence and listens to a feed on loopback; the newer one is put over it while a reply
is being typed, and once more while the program hangs; then it is uninstalled with the data kept. At last it is installed
into a folder with Cyrillic letters and spaces, keeps a password in the vault, and is uninstalled with the data.
What wine cannot show is listed in docs/release-checklist.md.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from installer.common.product import NAME, TITLE, VERSION
from installer.windows import build, stage
from installer.windows.tools import WORK, BrokenBuildError
from installer.windows.wine.session import Windows, wait_for, windows_session

OLDER = "0.0.1"
DRAFT = "Bardzo przepraszamy"
STALE = Path("lib") / "stale_module.py"
KEY, UNKEY = f"Software\\{TITLE}", f"Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{TITLE}"
RUNKEY = "Software\\Microsoft\\Windows\\CurrentVersion\\Run"
TRAY = "Wine System Tray"

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Opinie</title><link>http://127.0.0.1/</link><description>o</description>
<item><title>Paczka nie dotarła</title><guid>a</guid><link>http://127.0.0.1/a</link><author>anna@shop.example (Anna K.)</author>
<pubDate>{date}</pubDate><description>Paczka miała być wczoraj, nikt nie odbiera telefonu. Żądam zwrotu pieniędzy!</description></item>
<item><title>Nowe godziny</title><guid>b</guid><link>http://127.0.0.1/b</link><pubDate>{date}</pubDate>
<description>W sobotę sklep otwarty od dziewiątej.</description></item></channel></rss>
"""


class FailedError(Exception):
    """A check did not hold."""


def check(holds: object, says: str) -> None:
    """Print a check that holds; raise `FailedError` for one that does not."""
    if not holds:
        raise FailedError(says)
    print(f"ok  {says}", flush=True)


@contextmanager
def feed_on_loopback() -> Iterator[str]:
    """Serve the feed and give its address."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = FEED.format(date=format_datetime(datetime.now(UTC))).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/feed.xml"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Installed:
    """The program as it stands in one folder of a Windows."""

    def __init__(self, windows: Windows, folder: Path) -> None:
        self.windows, self.folder = windows, folder
        self.data = windows.user / "AppData" / "Roaming" / NAME

    def say(self, *words: str, said: str = "") -> list[dict[str, Any]]:
        """Run a command of the program and return the objects it printed."""
        done = self.windows(self.folder / f"{NAME}-cli.exe", *words, said=said)
        if done.code:
            raise FailedError(f"{' '.join(words)} ended with {done.code}: {done.out}")
        return [json.loads(line) for line in done.out.splitlines() if line.startswith("{")]

    def start(self, *words: str) -> None:
        """Start the window as the Explorer does."""
        self.windows.begin(self.folder / f"{NAME}.exe", *words)

    def running(self) -> tuple[dict[int, str], dict[int, str]]:
        """Return window processes and listener processes."""
        all_of_it = self.windows.processes(f"{NAME}.exe")
        listeners = {number: line for number, line in all_of_it.items() if " listen " in line}
        return {n: line for n, line in all_of_it.items() if n not in listeners}, listeners

    def both_run(self) -> bool:
        """Wait until one window and its listener run."""
        return wait_for(lambda: tuple(map(len, self.running())) == (1, 1), 90)

    def nothing_runs(self) -> bool:
        """Wait until no process of the program is left."""
        return wait_for(lambda: self.running() == ({}, {}), 30)

    def draft(self) -> bool:
        """Tell whether the draft typed lies in a customer's file."""
        files = (self.data / "customers").rglob("*.json")
        return any(DRAFT in path.read_text(encoding="utf-8") for path in files if ".previous" not in path.parts)

    def rung(self) -> int:
        """Return for how many mentions the bell rang; to be asked while nothing runs."""
        with closing(sqlite3.connect(self.data / "archive.db")) as archive:
            return int(archive.execute("SELECT count(*) FROM rung").fetchone()[0])

    def uninstall(self, *words: str) -> None:
        """Uninstall in silence; the uninstaller goes on as a copy of itself in another folder."""
        self.windows.wait(self.folder / "uninstall.exe", "/S", *words)
        wait_for(lambda: not self.folder.exists() and not self.windows.registry(UNKEY, "DisplayName"))


def install(windows: Windows, setup: Path, *words: str) -> None:
    """Run a setup in silence; it prints how long that took."""
    begun = time.monotonic()
    code = windows.wait(setup, "/S", *words)
    check(code == 0, f"{setup.name} /S {' '.join(words)} ends with 0 after {time.monotonic() - begun:.0f} s")


def try_install(windows: Windows, setup: Path, version: str) -> Installed:
    """Install for the first time."""
    install(windows, setup, "/LANG=1045")
    program = Installed(windows, windows.user / "AppData" / "Local" / "Programs" / TITLE)
    check((program.folder / f"{NAME}.exe").is_file(), "it lies in the user's own Programs folder")
    check(windows.registry(UNKEY, "DisplayVersion") == version, f"version {version} stands under Add/Remove")
    check(
        f'"{windows.shown(program.folder)}\\{NAME}.exe" --hidden' == windows.registry(RUNKEY, TITLE),
        "it starts with Windows",
    )
    check(windows.registry(KEY, "Language") == "1045", "the language chosen is remembered")
    menu = windows.user / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
    check((menu / f"{TITLE}.lnk").is_file(), "there is an entry in the Start menu")
    check((windows.folder / "home" / f"{TITLE}.lnk").is_file(), "there is an icon on the desktop")
    told = windows(program.folder / f"{NAME}-cli.exe", "--version").out
    check(told.strip() == f"{NAME} {VERSION}", f"{NAME}-cli --version prints its version")
    return program


def try_listening(program: Installed, address: str) -> None:
    """Add a watch, start hidden and as a second start, and wait for the complaint."""
    windows = program.windows
    words = ("--source", "feed", "--url", address, "--name", "Opinie", "--own", "--allow-private")
    check(program.say("watch", "add", *words, "--json"), "a watch is added on the command line")
    program.start("--hidden")
    check(program.both_run(), "window process and listener process run")
    check(wait_for(lambda: windows.windows(TRAY)), "there is an icon in the tray")
    heard = wait_for(lambda: program.say("inbox", "--folder", "complaints", "--json"))
    check(
        len(heard) == 1 and "Paczka" in json.dumps(heard, ensure_ascii=False),
        "the complaint of the feed is in the archive, alone",
    )
    check(not windows.windows(TITLE), "a hidden start shows no window")
    before = program.running()
    program.start()
    check(wait_for(lambda: windows.windows(TITLE)), "a second start shows the window of the first")
    check(wait_for(lambda: program.running() == before, 20), "and ends itself")
    windows.picture("window")


def try_upgrade(program: Installed, setup: Path) -> None:
    """Put the newer version over the running one while a reply is typed."""
    windows = program.windows
    (program.folder / STALE).write_text("")
    before = program.running()
    window = windows.windows(TITLE)[-1]
    windows.press(window, "key", "ctrl+r")
    time.sleep(1)
    windows.press(window, "type", "--delay", "30", DRAFT)
    windows.picture("draft")
    install(windows, setup, "/DESKTOP=0")
    check(program.draft(), "what was being typed is kept")
    check(not (program.folder / STALE).exists(), "no file of the older version stays")
    check(windows.registry(UNKEY, "DisplayVersion") == VERSION, f"version {VERSION} stands under Add/Remove")
    check(windows.registry(RUNKEY, TITLE), "it still starts with Windows")
    check(not (windows.folder / "home" / f"{TITLE}.lnk").exists(), "the icon on the desktop is gone, as asked")
    check(windows.registry(KEY, "Language") == "1045", "the language is kept")
    check(program.both_run(), "the program runs again")
    check(not {*before[0], *before[1]} & {*program.running()[0], *program.running()[1]}, "and it is the new one")
    check(len(program.say("inbox", "--folder", "complaints", "--json")) == 1, "the archive is as it was")


def try_hanging(program: Installed, setup: Path) -> None:
    """Put a version over a program that hangs: it is ended by force."""
    ((hanging, _),) = program.running()[0].items()
    os.kill(hanging, signal.SIGSTOP)
    install(program.windows, setup)
    check(program.both_run(), "a program that hung was ended by force, and runs again")
    check(hanging not in program.running()[0] and program.draft(), "the draft is still there")


def try_uninstall(program: Installed) -> None:
    """Uninstall while the program runs; the data stay."""
    windows = program.windows
    program.uninstall()
    check(not program.folder.exists(), "uninstalling takes the program away")
    check(program.nothing_runs(), "and ends it")
    for key, name in ((UNKEY, "DisplayName"), (RUNKEY, TITLE), (KEY, "Folder")):
        check(windows.registry(key, name) is None, f"nothing is left in {key}")
    links = [*windows.user.rglob(f"{TITLE}.lnk"), *(windows.folder / "home").rglob(f"{TITLE}.lnk")]
    check(not links, "no shortcut is left")
    kept = all((program.data / name).exists() for name in ("shop.json", "archive.db"))
    check(kept and program.draft(), "shop file, archive and draft stay")
    check(program.rung() == 1, "the bell rang once for the complaint, over all starts")


def try_far_folder(windows: Windows, setup: Path) -> None:
    """Install where the path has Cyrillic letters and spaces, keep a password, and uninstall with the data."""
    folder = windows.disk / "Мои программы" / "Звонок на прилавке"
    # One word for each blank: wine puts quotes around a word that holds one, which /D= does not take.
    install(windows, setup, "/AUTOSTART=0", "/START=1", *f"/D={windows.shown(folder)}".split(" "))
    program = Installed(windows, folder)
    check((folder / f"{NAME}.exe").is_file(), f"it lies in {windows.shown(folder)}")
    check(windows.registry(RUNKEY, TITLE) is None, "it does not start with Windows, as asked")
    check(program.both_run(), "it was started, as asked")
    check(len(program.say("inbox", "--folder", "complaints", "--json")) == 1, "the data kept are there")
    words = "--source mailbox --set server=imap.shop.example --set user=anna --name Poczta --no-check --secret password"
    program.say("watch", "add", *words.split(), "--json", said="s3cret-owl\n")
    check(in_vault(windows), "a password goes into the vault of Windows")
    check("s3cret-owl" not in (program.data / "shop.json").read_text(encoding="utf-8"), "and not into the shop file")
    program.uninstall("/PURGE=1")
    check(not folder.exists() and program.nothing_runs(), "uninstalling takes the program away")
    check(not program.data.exists(), "and the data, as asked")
    check(not in_vault(windows), "and the password in the vault")


def in_vault(windows: Windows) -> bool:
    """Tell whether the vault holds anything of the program."""
    return NAME in windows("reg", "query", "HKCU\\Software\\Wine\\Credential Manager", "/s").out


def main() -> int:
    """Lay out, pack an older and this version, and try them; returns 1 where a check does not hold."""
    begun = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # in order, so that no program is left behind
    try:
        folder = stage.lay_out()
        older, newer = (
            build.pack(folder, fast=True, version=version, into=WORK / "tried") for version in (OLDER, VERSION)
        )
        with windows_session(WORK / "wine") as windows, feed_on_loopback() as address:
            program = try_install(windows, older, OLDER)
            try:
                try_listening(program, address)
                try_upgrade(program, newer)
                try_hanging(program, newer)
                try_uninstall(program)
                try_far_folder(windows, newer)
            except FailedError:
                windows.picture("failed")
                raise
    except (FailedError, BrokenBuildError) as error:
        print(f"FAILED  {error}", flush=True)
        return 1
    print(f"Windows: every check holds ({time.monotonic() - begun:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
