"""Killed at any moment while it polls and a draft is typed: it starts again, and nothing acknowledged is lost."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e.shop import Shop, entry
from servers.http_server import ScriptedServer

TYPIST = Path(__file__).with_name("typist.py")
COMPLAINT = "Zamówienie {n} nie dotarło, nikt nie odbiera telefonu, oddajcie pieniądze!"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    env = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(tmp_path),
        "PYTHONPATH": str(TYPIST.parents[2]),
    }
    (tmp_path / "home").mkdir()
    env |= {"HOME": str(tmp_path / "home"), "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}
    with ScriptedServer() as server:
        made = Shop(server, tmp_path / "profile", env)
        made.publish(entry("first", "Anna K.", COMPLAINT.format(n=0), time.time()))
        made.say("watch", "add", "--url", made.url, "--name", "O", "--own", "--allow-private", "--interval", "1")
        made.say("listen", "--once", "--all")
        yield made


def _life(shop: Shop, chance: random.Random, number: int) -> tuple[str, bool]:
    """Start the program, publish while it types, kill it and its listener; return the last text it called saved."""
    program = subprocess.Popen(
        [sys.executable, str(TYPIST), str(shop.profile)],
        env=dict(shop.env), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    said: list[str] = []
    ready = threading.Event()

    def listen() -> None:
        assert program.stdout
        for line in program.stdout:
            said.append(line.rstrip("\n"))
            if line.startswith("SAVED"):
                ready.set()

    ear = threading.Thread(target=listen)
    ear.start()
    started = ready.wait(120)
    shop.publish(entry(f"life-{number}", f"Klient {number}", COMPLAINT.format(n=number), time.time()))
    time.sleep(chance.uniform(0.0, 2.5))
    os.killpg(program.pid, signal.SIGKILL)
    program.wait()
    ear.join(60)
    assert program.stderr
    complaint = program.stderr.read()
    program.stderr.close()
    assert program.stdout
    program.stdout.close()
    assert started, complaint[-2000:]
    saved = [line.removeprefix("SAVED ").rstrip() for line in said if line.startswith("SAVED ")]
    return (saved[-1] if saved else ""), bool(saved)


def _drafts(shop: Shop) -> str:
    return " ".join(json.dumps(one, ensure_ascii=False) for one in shop.documents())


def _survive(shop: Shop, kills: int) -> int:
    """Kill the program so often; return how often it had called a draft saved before."""
    chance = random.Random(kills)
    acknowledged = 0
    for number in range(1, kills + 1):
        saved, any_saved = _life(shop, chance, number)
        acknowledged += any_saved
        assert saved in _drafts(shop), f"after kill {number}"
    shop.say("listen", "--once", "--all")
    heard = {row["author"] for row in shop.rows("inbox", "--folder", "everything", "--limit", "1000")}
    assert heard == {"Anna K.", *(f"Klient {number}" for number in range(1, kills + 1))}
    return acknowledged


@pytest.mark.timeout(600)
def test_three_kills(shop: Shop) -> None:
    assert _survive(shop, 3) > 0


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_fifty_kills(shop: Shop) -> None:
    assert _survive(shop, 50) > 12
