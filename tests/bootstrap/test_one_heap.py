"""A listener with many threads makes do with few addresses: under a limit of them it must not come to a stop."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
THREADS = 12
MOST = 32
"""Megabytes of addresses for each thread: eight for its stack, and nothing like the 64 of a heap of its own."""

PROBE = f"""
import re, sys, threading
from app.bootstrap import main

def size():
    with open("/proc/self/status") as file:
        return int(re.search(r"VmSize:\\s+(\\d+)", file.read())[1]) // 1024

def work():
    kept.append(bytes(100_000))
    here.wait()
    ended.wait()

if "shared" in sys.argv:
    main._share_one_heap()
threading.stack_size(8 << 20)
kept, here, ended = [], threading.Barrier({THREADS} + 1), threading.Event()
before = size()
threads = [threading.Thread(target=work) for _ in range({THREADS})]
[thread.start() for thread in threads]
here.wait()
print((size() - before) // {THREADS})
ended.set()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere threads share a heap anyway")
def test_threads_share_one_heap() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, "shared"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert int(done.stdout) < MOST
