"""Noticing that the laptop slept: the wall clock ran on while this process did not."""

from __future__ import annotations

from dataclasses import dataclass

BEAT = 4.0
"""Seconds between signs of life: the window is promised one every five."""
GAP = 30.0
"""Seconds by which a beat must be late to count as sleep rather than a busy laptop."""


@dataclass(slots=True)
class SleepWatch:
    """Told the time at every beat, says when the laptop slept."""

    last: float

    def slept(self, now: float) -> bool:
        """Return whether a sleep ended just now."""
        before, self.last = self.last, now
        return now - before > BEAT + GAP

    def set_back(self, now: float) -> bool:
        """Return whether the clock was put back since it was told last; to be asked before `slept`."""
        return now < self.last - GAP
