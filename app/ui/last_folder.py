"""The folder in which the owner chose a file last: where the next question for a file begins."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


class LastFolder:
    """Known from `name`, «» for none yet; `keep` is told every other one, for the next start."""

    def __init__(self, name: str = "", keep: Callable[[str], object] = lambda _name: None) -> None:
        self._name, self._keep = name, keep

    @property
    def name(self) -> str:
        """Return it, «» where none is known or it is not there any more."""
        return self._name if self._name and Path(self._name).is_dir() else ""

    def use(self, file: Path) -> None:
        """Take note of a file that was chosen."""
        if (name := str(file.parent)) != self._name:
            self._name = name
            self._keep(name)
