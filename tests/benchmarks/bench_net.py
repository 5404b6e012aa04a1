"""What a request costs: PoliteNet beside plain requests, in the same run, against a server in another process."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from app.core.ports.net import Request, Response
from app.core.watch import Validators
from app.net.client import PoliteNet

SERVER = Path(__file__).parents[1] / "servers" / "fast_server.py"
FETCHES = 500
HOSTS = 20 if sys.platform == "linux" else 1
THREADS = 16
CONDITION = {"If-None-Match": '"one"'}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    command = [sys.executable, str(SERVER), str(HOSTS)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield int(server.stdout.readline())


def measure(fetch: Callable[[int], bool]) -> tuple[float, float]:
    """Return wall and CPU seconds of all fetches in all threads."""
    wall, cpu = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(THREADS) as pool:
        assert all(pool.map(fetch, range(FETCHES)))
    return time.perf_counter() - wall, time.process_time() - cpu


def url(port: int, number: int, path: str) -> str:
    return f"http://127.0.0.{number % HOSTS + 1}:{port}{path}"


def polite(net: PoliteNet, port: int, path: str) -> Callable[[int], bool]:
    """Return a fetch through PoliteNet; one that must be unchanged when the path is «/304»."""
    known = Validators(etag='"one"', full_at=time.time()) if path == "/304" else None

    def fetch(number: int) -> bool:
        answer = net.send(Request(url(port, number, path.format(n=number))), known, allow_private=True)
        return isinstance(answer, Response) and answer.unchanged == (path == "/304")

    return fetch


def plain(port: int, path: str) -> Callable[[int], bool]:
    """Return the same fetch through requests.get."""
    headers = CONDITION if path == "/304" else {}

    def fetch(number: int) -> bool:
        with requests.get(url(port, number, path.format(n=number)), headers=headers, timeout=25) as answer:
            return answer.status_code == (304 if path == "/304" else 200) and answer.content is not None

    return fetch


@pytest.mark.benchmark
@pytest.mark.parametrize("path", ["/304", "/feed/{n}"])
def test_five_hundred_fetches(port: int, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    net = PoliteNet("1.0")
    try:
        measure(polite(net, port, path))
        rounds = [measure(polite(net, port, path)) for _ in range(3)]
    finally:
        net.close()
    ours, theirs = min(rounds), measure(plain(port, path))
    with capsys.disabled():
        print(f"\n{FETCHES} x {path}, {THREADS} threads, {HOSTS} hosts    wall s   CPU s")
        print(f"  PoliteNet, best of three                      {ours[0]:6.2f}  {ours[1]:6.2f}")
        print(f"  requests.get                                  {theirs[0]:6.2f}  {theirs[1]:6.2f}")
    assert ours[0] < theirs[0], "the polite way costs more than plain requests"
