"""What every real server needs: packages, ports, processes that end with the program, patience."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parents[2] / "build" / "real"
"""What is downloaded and built once; «make clean» takes it away."""


class MissingError(Exception):
    """A server cannot be installed here; the message says what to do."""


def install(*packages: str) -> None:
    """Install packages of Debian that are missing, as root or through sudo."""
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${Status}\n", *packages], capture_output=True, text=True, check=False
    )
    there = {line.split()[0] for line in asked.stdout.splitlines() if line.endswith("install ok installed")}
    if missing := [package for package in packages if package not in there]:
        root = [] if os.getuid() == 0 else ["sudo"]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", "-y", "--no-install-recommends", *missing]):
            if subprocess.run(
                [*root, "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", *words],
                env=environment,
                stdout=subprocess.DEVNULL,
                check=False,
            ).returncode:
                raise MissingError(f"please install as administrator: apt-get install {' '.join(missing)}")


def environment_with(name: str, *packages: str) -> Path:
    """Return the bin folder of a Python environment with packages from the index."""
    folder = HERE / name
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        run([sys.executable, "-m", "venv", "--without-pip", folder])  # a pip of its own takes three seconds
        pip = [sys.executable, "-m", "pip", "--python", folder / "bin" / "python"]
        run([*pip, "install", "-q", "--disable-pip-version-check", "--no-compile", *packages])
        (folder / "ready").touch()
    return folder / "bin"


def run(
    words: Sequence[object], *, cwd: Path | None = None, env: Mapping[str, str] | None = None, told: str = ""
) -> str:
    """Run a command and return what it printed; fail with what it said."""
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, env=env, input=told, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise MissingError(f"{words[0]} failed ({done.returncode}): {(done.stderr or done.stdout)[-800:]}")
    return done.stdout


def free_port() -> int:
    """Return a port nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as plug:
        return int(plug.getsockname()[1])


@contextlib.contextmanager
def started(
    words: Sequence[object], log: Path, *, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server for as long as the block lasts."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            [str(word) for word in words], cwd=cwd, env=env, stdout=out, stderr=out, stdin=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, 15)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
                process.wait()


def wait_until(true: Callable[[], bool], what: str, seconds: float = 120.0) -> None:
    """Wait until something holds, or fail by its name."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            raise MissingError(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(0.2)


def answers(url: str) -> bool:
    """Say whether a web server answers anything at all."""
    try:
        urllib.request.urlopen(url, timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def is_open(port: int) -> bool:
    """Say whether somebody listens at a port of this machine."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
