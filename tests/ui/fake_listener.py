"""A listener for tests: does what its first argument says, speaks the messages of app/core/messages."""

import json
import os
import sys
import time


def say(line):
    sys.stdout.buffer.write(line if isinstance(line, bytes) else (json.dumps(line) + "\n").encode())
    sys.stdout.buffer.flush()


STATUS = {
    "type": "Status",
    "watches": 3,
    "paused": False,
    "offline": False,
    "polling": 0,
    "last_heard": 1.0,
}


def arrived(number):
    return {"type": "Arrived", "watch_id": "w", "mention_ids": [number], "ringing": [number], "edited": 0}


def hear():
    """Answer each message heard with a status that tells its kind by the number of watches; end at the end of stdin."""
    for line in sys.stdin.buffer:
        message = json.loads(line)
        if message["type"] == "Quit":
            print("asked to quit", file=sys.stderr, flush=True)
            return
        if message["type"] == "Pause":
            say({**STATUS, "paused": message["paused"]})
        if message["type"] == "PollNow":
            say(arrived(len(message["watch_ids"])))


mode = sys.argv[1]
if mode == "good":
    say(STATUS)
    say({"type": "Polled", "watch_id": "w", "at": 1.0, "next_due": 2.0, "problem": None})
    say({"type": "Woke"})
    say({"type": "Failed", "problem": {"code": "stores.disk_full", "args": {}, "retry_at": None}})
    say({"type": "Righted", "problem": {"code": "stores.disk_full", "args": {}, "retry_at": None}})
    hear()
elif mode == "dies":
    say(arrived(os.getpid()))
    sys.exit(3)
elif mode == "floods":
    for start in range(0, 20_000, 1000):
        say(b"".join((json.dumps(arrived(n)) + "\n").encode() for n in range(start, start + 1000)))
    hear()
elif mode == "half":
    line = (json.dumps(arrived(7)) + "\n").encode()
    for part in (
        b"stray print\n",
        b"\xff\xfe\x00\n",
        b'{"type": "Nonsense"}\n',
        line[:9],
        line[9:],
        b"x" * 2_000_000,
        b"\n",
    ):
        say(part)
        time.sleep(0.02)  # so that the parts arrive one by one
    say(arrived(8))
    hear()
elif mode == "foreign":
    say({"type": "Status", "watches": 3, "paused": "no", "mood": {"good": True}})
    problem = {"code": "net.timeout", "args": {"host": "a.example", "hops": [1]}, "retry_at": "soon", "level": 3}
    say({"type": "Polled", "watch_id": "w", "at": 1.0, "next_due": None, "problem": problem})
    say({"type": "Failed", "problem": "disk full"})
    say({"type": "Failed", "problem": {"code": "stores.disk_full"}})
    say({"type": "Arrived", "watch_id": "w", "mention_ids": {"7": 1}, "ringing": [7]})
    hear()
elif mode == "stubborn":
    import signal

    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    say(STATUS)
    while True:
        time.sleep(1)
elif mode == "noisy":
    print("line " * 20, file=sys.stderr, flush=True)
    say(STATUS)
    hear()
