"""What a watch test fetched, on its way to the watch's first poll: a small file an answer, for minutes."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from app.core.ports.fetched import KEPT_FOR
from app.core.ports.net import Response
from app.core.watch import Validators
from app.stores.atomic import replace_file


class FetchedAnswers:
    """Implements core.ports.fetched.Fetched on a folder, made when it is first needed; files of mode 0600."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._clock = clock

    def keep(self, mark: str, answer: Response) -> None:
        self.tidy()
        kept = {**asdict(answer), "body": base64.b64encode(answer.body).decode("ascii"), "at": self._clock()}
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            replace_file(self._path(mark), json.dumps(kept).encode())

    def take(self, mark: str) -> Response | None:
        path = self._path(mark)
        try:
            content = path.read_bytes()
            path.unlink()
            fields = json.loads(content)
            age = self._clock() - fields.pop("at")
            body, known = base64.b64decode(fields.pop("body")), Validators(**fields.pop("validators"))
            answer = Response(**fields, body=body, validators=known)
            return replace(answer, fresh_for=max(answer.fresh_for - age, 0.0)) if 0 <= age <= KEPT_FOR else None
        except (OSError, ValueError, TypeError, KeyError, AttributeError):  # gone or no answer: the place is asked
            return None

    def tidy(self) -> None:
        now = self._clock()
        self._remove(lambda path: not 0 <= now - path.stat().st_mtime <= KEPT_FOR)

    def clear(self) -> None:
        self._remove(lambda _path: True)

    def _remove(self, wanted: Callable[[Path], bool]) -> None:
        with suppress(OSError):
            for path in tuple(self._folder.iterdir()):
                with suppress(OSError):  # taken by another process meanwhile, or held by it
                    if wanted(path):
                        path.unlink()

    def _path(self, mark: str) -> Path:
        return self._folder / f"{mark}.json"
