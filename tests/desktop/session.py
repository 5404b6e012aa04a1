"""A desktop of its own for tests: X server, session bus, window manager, tray, notification daemon; nothing is left behind.

    with desktop_session(folder) as desk:
        program = desk.run([sys.executable, "-m", "app"])
        desk.window("Counterbell")
        (shown,) = desk.wait_for_notifications(1)
        desk.click_popup()
        desk.screenshot(folder / "after.png")

Everything runs with temporary HOME and XDG folders. What goes over the bus is heard by a monitor and kept in `bus.log`.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

T = TypeVar("T")

PROGRAMS = ("Xvfb", "dbus-daemon", "openbox", "dunst", "dunstctl", "xdotool", "import", "trayer", "gdbus")
"""From the Debian packages xvfb, dbus-daemon, openbox, dunst, xdotool, imagemagick, trayer, libglib2.0-bin."""
NOTIFICATIONS = "org.freedesktop.Notifications"
PATIENCE = 60.0
"""Seconds after which a helper that waits gives up."""
PAUSE = 0.05

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
"""Without service folders: nothing is started on demand, so nothing can be left behind."""

_DUNST = """[global]
    monitor = 0
    follow = none
    width = (240, 380)
    height = 300
    origin = top-right
    offset = 20x60
    font = DejaVu Sans 10
    markup = full
    format = "<b>%s</b>\\n%b"
    icon_position = left
    enable_recursive_icon_lookup = false
    notification_limit = 20
    history_length = 50
    idle_threshold = 0
    mouse_left_click = do_action, close_current
    mouse_middle_click = close_all
    mouse_right_click = close_current
[urgency_low]
    timeout = 0
[urgency_normal]
    timeout = 0
[urgency_critical]
    timeout = 0
"""


def missing_programs() -> tuple[str, ...]:
    """Return which programs of the harness are not installed."""
    return tuple(name for name in PROGRAMS if shutil.which(name) is None)


@dataclass(frozen=True, slots=True)
class Shown:
    """One notification as an application sent it. `id` is the daemon's number; `actions` map keys to labels."""

    id: int
    app: str
    title: str
    body: str
    actions: dict[str, str]
    hints: dict[str, object]


class _Monitor:
    """Hears every message on the bus in a thread of its own and keeps the notifications."""

    def __init__(self, address: str, log: Path) -> None:
        self._connection: DBusConnection = open_dbus_connection(address)
        become = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus.Monitoring")
        self._connection.send_and_get_reply(new_method_call(become, "BecomeMonitor", "asu", ([], 0)), timeout=PATIENCE)
        self._log = log.open("a", encoding="utf-8")
        self._sent: dict[tuple[str, int], Message] = {}
        self.changed = threading.Condition()
        self.shown: list[Shown] = []
        self._thread = threading.Thread(target=self._listen, name="bus-monitor", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread; the bus has ended before, or ends it now."""
        with contextlib.suppress(OSError):
            self._connection.sock.shutdown(2)
        self._thread.join(PATIENCE)
        self._connection.close()
        self._log.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError, EOFError, ValueError):
            while True:
                message = self._connection.receive()
                with self.changed:
                    self._take(message)
                    self.changed.notify_all()

    def _take(self, message: Message) -> None:
        header, fields = message.header, message.header.fields
        member = str(fields.get(HeaderFields.member, ""))
        if header.message_type == MessageType.method_call and member == "Notify":
            self._sent[str(fields.get(HeaderFields.sender)), header.serial] = message
        elif header.message_type == MessageType.method_return:
            key = (str(fields.get(HeaderFields.destination)), int(fields.get(HeaderFields.reply_serial, 0)))
            if asked := self._sent.pop(key, None):
                self.shown.append(_shown(message.body[0], asked.body))
                self._note("Notify", (message.body[0], *asked.body))
        elif header.message_type == MessageType.signal and fields.get(HeaderFields.interface) == NOTIFICATIONS:
            self._note(member, message.body)

    def _note(self, member: str, body: Sequence[object]) -> None:
        self._log.write(json.dumps([round(time.time(), 3), member, body], ensure_ascii=False, default=repr) + "\n")
        self._log.flush()


def _shown(number: int, body: Sequence[object]) -> Shown:
    app, _, _, title, text, actions, hints, _ = body
    pairs = dict(zip(actions[::2], actions[1::2], strict=False))
    return Shown(number, app, title, text, pairs, {key: value for key, (_, value) in hints.items()})


@dataclass(eq=False)
class DesktopSession:
    """A running desktop. `env` is what programs of this desktop need; `address` that of its bus."""

    folder: Path
    env: dict[str, str]
    address: str
    monitor: _Monitor
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _programs: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def run(self, command: Sequence[str], **options: object) -> subprocess.Popen[bytes]:
        """Start a program on this desktop; it is ended with the session if it still runs then.

        Its output goes to `program-N.log` in the session's folder unless `options` (those of Popen) say otherwise.
        """
        with (self.folder / f"program-{len(self._programs)}.log").open("wb") as log:
            options = {"stdout": log, "stderr": log, "env": self.env, **options}
            program = subprocess.Popen(command, **options)  # type: ignore[call-overload]
        self._programs.append(program)
        return program

    def output(self, program: subprocess.Popen[bytes]) -> str:
        """Return what a program started with `run` has printed so far."""
        return (self.folder / f"program-{self._programs.index(program)}.log").read_text(errors="replace")

    def notifications(self) -> tuple[Shown, ...]:
        """Return all notifications the daemon has accepted since the session began, oldest first."""
        with self.monitor.changed:
            return tuple(self.monitor.shown)

    def wait_for_notifications(self, count: int, timeout: float = PATIENCE) -> tuple[Shown, ...]:
        """Return all notifications once there are at least `count` since the session began.

        Blocks this thread: a Qt program under test in this very process needs `qtbot.waitUntil(desk.notifications)`.
        """
        with self.monitor.changed:
            if not self.monitor.changed.wait_for(lambda: len(self.monitor.shown) >= count, timeout):
                raise TimeoutError(f"{len(self.monitor.shown)} notifications instead of {count}: {self.monitor.shown}")
            return tuple(self.monitor.shown)

    def displayed(self) -> int:
        """Return how many notifications dunst shows at this moment."""
        return int(self.ask(["dunstctl", "count", "displayed"]) or 0)

    def click_popup(self) -> None:
        """Click the topmost popup once it can be seen, as a person would."""
        place = dict(line.split("=") for line in self.xdotool("getwindowgeometry", "--shell", self.popup()).split())
        x, y = int(place["X"]) + int(place["WIDTH"]) // 2, int(place["Y"]) + 20
        self.xdotool("mousemove", str(x), str(y), "click", "1")

    def popup(self) -> str:
        """Return the id of the window in which popups are drawn, once there is one to be seen."""
        self.until(lambda: self.displayed() > 0, "a popup")
        found = self.until(lambda: self.xdotool("search", "--onlyvisible", "--class", "Dunst").split(), "its window")
        return found[0]

    def press(self, shown: Shown, action: str) -> None:
        """Press a button of a notification: the signal its daemon sends for that, since dunst draws no buttons."""
        signal = f"{NOTIFICATIONS}.ActionInvoked"
        path = "/org/freedesktop/Notifications"
        self.ask(["gdbus", "emit", "--session", "-o", path, "-s", signal, f"uint32 {shown.id}", f"'{action}'"])

    def window(self, title: str, timeout: float = PATIENCE) -> str:
        """Return the id of the visible window whose title matches, once there is one."""
        return self.until(lambda: self.windows(title)[-1:], f"a window «{title}»", timeout)[0]

    def windows(self, title: str) -> list[str]:
        """Return the ids of the visible windows whose title matches a regular expression."""
        return self.xdotool("search", "--onlyvisible", "--name", title).split()

    def active_title(self) -> str:
        """Return the title of the window that has the keyboard."""
        return self.xdotool("getactivewindow", "getwindowname").strip()

    def keys(self, *keys: str) -> None:
        """Press keys, «ctrl+k», in the active window."""
        self.xdotool("key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        """Type a text into the active window."""
        self.xdotool("type", "--delay", "5", text)

    def xdotool(self, *arguments: str) -> str:
        """Run xdotool and return what it says; an empty text where it finds nothing."""
        return self.ask(["xdotool", *arguments])

    def ask(self, command: Sequence[str]) -> str:
        """Run a short command on this desktop and return what it prints; «» where it fails."""
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=PATIENCE, check=False)
        return done.stdout if done.returncode == 0 else ""

    def screenshot(self, path: Path) -> Path:
        """Write a picture of the whole screen to a PNG file."""
        subprocess.run(
            ["import", "-window", "root", str(path)], env=self.env, check=True, timeout=PATIENCE, capture_output=True
        )
        return path

    def until(self, look: Callable[[], T], what: str, timeout: float = PATIENCE) -> T:
        """Return what `look` returns once that is true; for what other programs do and nobody announces."""
        deadline = time.monotonic() + timeout
        while not (found := look()):
            if time.monotonic() > deadline:
                raise TimeoutError(f"waited {timeout} s for {what}")
            time.sleep(PAUSE)
        return found

    def start_daemon(self) -> None:
        """Start dunst and wait until it answers."""
        self._start("dunst", ["dunst", "-conf", str(self.folder / "dunstrc")])
        self.until(lambda: self.ask(["dunstctl", "count", "displayed"]), "dunst")

    def stop_daemon(self) -> None:
        """End dunst; from then on nobody shows notifications."""
        self._stop("dunst")

    def halt_daemon(self) -> None:
        """Have the daemon do nothing until `wake_daemon`."""
        self._running["dunst"].send_signal(signal.SIGSTOP)

    def wake_daemon(self) -> None:
        """Have the daemon go on."""
        self._running["dunst"].send_signal(signal.SIGCONT)

    def start_tray(self) -> None:
        """Start a tray of the X11 kind in the top right corner."""
        self._start(
            "trayer",
            [
                "trayer",
                "--edge",
                "top",
                "--align",
                "right",
                "--widthtype",
                "request",
                "--height",
                "32",
                "--padding",
                "4",
            ],
        )
        self.until(lambda: self.xdotool("search", "--class", "trayer"), "the tray")

    def stop_tray(self) -> None:
        """End the tray."""
        self._stop("trayer")

    def _start(self, name: str, command: Sequence[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(command, env=self.env, stdout=log, stderr=log)

    def _stop(self, name: str) -> None:
        if process := self._running.pop(name, None):
            _end(process)

    def close(self) -> None:
        """End every program of this desktop."""
        for program in reversed(self._programs):
            _end(program)
        for name in reversed(list(self._running)):
            self._stop(name)


@contextlib.contextmanager
def desktop_session(
    folder: Path, *, daemon: bool = True, tray: bool = True, size: str = "1280x800x24"
) -> Iterator[DesktopSession]:
    """Give a desktop whose files are under `folder` (a temporary one); `daemon` and `tray` can be started later."""
    with contextlib.ExitStack() as stack:
        env = _environment(folder)
        env["DISPLAY"] = _x_server(stack, folder, env, size)
        address = _bus(stack, folder, env)
        env["DBUS_SESSION_BUS_ADDRESS"] = address
        (folder / "dunstrc").write_text(_DUNST, encoding="utf-8")
        monitor = _Monitor(address, folder / "bus.log")
        stack.callback(monitor.close)
        session = DesktopSession(folder, env, address, monitor)
        stack.callback(session.close)
        session._start("openbox", ["openbox", "--sm-disable"])
        session.until(lambda: session.ask(["xdotool", "get_num_desktops"]), "the window manager")
        if daemon:
            session.start_daemon()
        if tray:
            session.start_tray()
        yield session


def _environment(folder: Path) -> dict[str, str]:
    """Return the environment of programs on this desktop; their home is inside the folder."""
    env = {name: value for name, value in os.environ.items() if name in {"PATH", "VIRTUAL_ENV", "PYTHONPATH", "TMPDIR"}}
    for name, part in (
        ("HOME", "home"),
        ("XDG_RUNTIME_DIR", "run"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CACHE_HOME", "cache"),
    ):
        (folder / part).mkdir(mode=0o700, parents=True, exist_ok=True)
        env[name] = str(folder / part)
    return env | {
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "xcb",
        "XDG_SESSION_TYPE": "x11",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "NO_AT_BRIDGE": "1",
    }


def _x_server(stack: contextlib.ExitStack, folder: Path, env: dict[str, str], size: str) -> str:
    """Start an X server on a display it chooses itself; return its name."""
    read, write = os.pipe()
    with open(read, encoding="ascii") as answer:  # noqa: PTH123  a descriptor, not a path
        with (folder / "xvfb.log").open("wb") as log:
            command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
            process = subprocess.Popen(command, pass_fds=(write,), env=env, stdout=log, stderr=log)
        stack.callback(_end, process)
        os.close(write)
        number = answer.readline().strip()
    if not number:
        raise RuntimeError(f"Xvfb did not start: {(folder / 'xvfb.log').read_text()}")
    return f":{number}"


def _bus(stack: contextlib.ExitStack, folder: Path, env: dict[str, str]) -> str:
    """Start a session bus that starts nothing by itself; return its address."""
    config = folder / "bus.conf"
    config.write_text(_BUS.format(socket=folder / "run" / "bus"), encoding="utf-8")
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address=1"]
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE)
    stack.callback(_end, process)
    assert process.stdout
    with process.stdout:
        return process.stdout.readline().decode().strip()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process: asked first, killed after some seconds."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
