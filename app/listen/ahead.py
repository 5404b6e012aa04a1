"""Judging ahead: when many watches are heard for the first time, a second process judges while this one reads on.

It is the program's own «detect» command, spoken to over pipes, and it ends with the rush.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Sequence
from typing import IO

from app.core.mention import Mention
from app.core.ports.detector import Detector
from app.core.verdict import Kind, Reason, Severity, Verdict

RUSH = 20
"""First polls from which on a second process pays for its start."""
AT_ONCE = 20
"""Mentions sent before their verdicts are read: fewer than fill a pipe the other way."""
MOST_KEPT = 5_000

Key = tuple[str, str, float | None]


class AheadDetector:
    """A detector that can be told what it will be asked. Implements `Detector`; thread-safe.

    Without a rush, and wherever the second process fails, it simply judges when asked.
    """

    def __init__(self, detector: Detector, command: tuple[str, ...]) -> None:
        self._detector = detector
        self._command = command
        self._lock = threading.Lock()
        self._left = 0
        self._child: subprocess.Popen[bytes] | None = None
        self._foreseen: dict[Key, Verdict] = {}

    def judge(self, text: str, *, title: str = "", stars: float | None = None, language: str = "") -> Verdict:
        """Return the verdict, foreseen or made now."""
        foreseen = self._foreseen.pop((title, text, stars), None)
        return foreseen or self._detector.judge(text, title=title, stars=stars, language=language)

    def expect(self, first_polls: int) -> None:
        """Say how many watches will be heard for the first time; `foresee` is to be called once for each."""
        self._left = first_polls if first_polls >= RUSH and self._command else 0

    def foresee(self, mentions: Sequence[Mention]) -> None:
        """Have the mentions of a first poll judged by the second process; waits for it."""
        with self._lock:
            if self._left <= 0:
                return
            self._left -= 1
            try:
                for begin in range(0, len(mentions), AT_ONCE):
                    self._exchange(mentions[begin : begin + AT_ONCE])
            except (OSError, ValueError, KeyError, TypeError):  # it died or spoke nonsense: all is judged here then
                self._left = 0
            if self._left == 0:
                self._end()

    def close(self) -> None:
        """End the second process."""
        with self._lock:
            self._left = 0
            self._end()

    def _exchange(self, mentions: Sequence[Mention]) -> None:
        child = self._child = self._child or subprocess.Popen(  # noqa: S603  our own program, its words given by bootstrap
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        if child.stdin is None or child.stdout is None:
            return
        child.stdin.write(b"".join(_asked(number, mention) for number, mention in enumerate(mentions)))
        child.stdin.flush()
        for mention in mentions:
            said = json.loads(child.stdout.readline())
            if len(self._foreseen) < MOST_KEPT:
                self._foreseen[mention.title, mention.text, mention.stars] = _verdict(said)

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                _shut(pipe)


def _shut(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:
        return  # what was still to be written has no reader any more


def _asked(number: int, mention: Mention) -> bytes:
    asked = {
        "id": number,
        "title": mention.title,
        "text": mention.text,
        "stars": mention.stars,
        "language": mention.language,
    }
    return (json.dumps(asked, ensure_ascii=False) + "\n").encode(errors="replace")


def _verdict(said: dict[str, object]) -> Verdict:
    reasons = said["reasons"]
    if not isinstance(reasons, list):
        raise TypeError
    return Verdict(
        Kind(str(said["kind"])),
        float(str(said["score"])),
        Severity(int(str(said["severity"]))),
        tuple(Reason(int(start), int(end), float(weight)) for start, end, weight in reasons),
    )
