"""Commands on a shop with real stores and a web without a network."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fakes.counter import Counter
from fakes.pages import PageSources, WordDetector

from app.bootstrap.polling import turn_told
from app.cli.main import run
from app.cli.office import Office
from app.core.messages import FromListener, TakenIn
from app.core.problems import Problem
from app.core.views import WatchTurn
from app.detect.stream import judge_lines
from app.listen.by_hand import at_once
from app.listen.once import due_watches, poll_once


@dataclass
class Said:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The JSON objects printed, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Shop:
    """Runs commands; `profiles` are the folders they were given, `messages` what a listener would say."""

    counter: Counter
    capture: pytest.CaptureFixture[str]
    profiles: list[Path | None] = field(default_factory=list)
    messages: list[FromListener] = field(default_factory=list)
    windows: list[tuple[Path | None, bool, bool]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    broken: Problem | None = None
    absent: Problem | None = None
    notices: tuple[Problem, ...] = ()
    hindrances: tuple[Problem, ...] = ()

    def __call__(self, *argv: str) -> Said:
        self.capture.readouterr()
        code = run(argv, self.office)
        out, err = self.capture.readouterr()
        return Said(code, out, err)

    def page(self, url: str, body: object) -> None:
        self.counter.profile.web.pages[url] = body  # type: ignore[assignment]

    @property
    def office(self) -> Office:
        return Office(
            version="1.2.3",
            open_desk=self._open,
            poll_once=self._poll,
            listen=self._listen,
            pipe=self._pipe,
            scout=lambda: 0,
            judge=self._judge,
            take_in=self._take_in,
            picture=lambda raw: raw if raw.startswith(b"\x89PNG") else Problem("ui.no_picture"),
            window=self._window,
            ask_running=self._ask,
            quit_all=lambda: self.asked.append("quit all"),
            no_profile=lambda _profile: self.absent,
            hindrances=lambda _profile, _met: self.hindrances,
        )

    def _open(self, profile: Path | None) -> Any:
        self.profiles.append(profile)
        return self.broken or (self.counter.open_desk(), PageSources(self.counter.profile.source), self.notices)

    def _poll(self, profile: Path | None, everything: bool) -> Iterator[WatchTurn | Problem]:
        self.profiles.append(profile)
        if self.broken:
            yield self.broken
            return
        parts = self.counter.profile.parts
        for turn in poll_once(parts, due_watches(parts, everything=everything)):
            yield turn_told(turn, self.counter.archive.mention)

    def _judge(self, profile: Path | None, lines: Iterable[str]) -> Iterator[dict[str, object] | Problem]:
        self.profiles.append(profile)
        return judge_lines(lines, WordDetector())

    def _take_in(self, profile: Path | None) -> Iterator[TakenIn | Problem]:
        self.profiles.append(profile)
        for step in at_once(self.counter.profile.parts, self.counter.profile.waiting):
            yield step if isinstance(step, Problem) else step.told

    def _listen(self, profile: Path | None, emit: Callable[[FromListener], None]) -> int:
        for message in self.messages:
            emit(message)
        return 0

    def _pipe(self, profile: Path | None) -> int:
        self.asked.append("pipe")
        return 0

    def _window(self, profile: Path | None, hidden: bool, sample: bool) -> int:
        self.windows.append((profile, hidden, sample))
        return 0

    def _ask(self, profile: Path | None, command: str) -> bool:
        self.asked.append(command)
        return True
