"""Is the listener alive, and when is it started again: decisions only, all times are arguments."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_DELAY = 60.0
HEALTHY_AFTER = 60.0
"""Seconds a listener must have lived for its death to count as the first one again."""
TELL_AT = 3
"""Deaths in a row after which the owner is told; one alone is mended before anybody notices."""
JUMP = 3.0
"""Seconds by which a look may come late, or the clocks may drift apart, before it counts as a sleep of the laptop."""


@dataclass(frozen=True, slots=True)
class Deaths:
    """How often the listener died without having been healthy between."""

    in_a_row: int = 0

    def one_more(self, lived: float) -> Deaths:
        """Return the count after a listener died that had lived for so many seconds."""
        return Deaths(1 if lived >= HEALTHY_AFTER else self.in_a_row + 1)

    @property
    def delay(self) -> float:
        """Seconds until the next start: 1, 2, 4 … 60."""
        return float(min(LONGEST_DELAY, 2 ** min(max(self.in_a_row - 1, 0), 10)))


@dataclass(slots=True)
class Pulse:
    """Tells a silent listener from a laptop that slept.

    `silence` seconds without a message make it silent; a fresh listener gets three times as long to begin.
    `look` is to be called every `period` seconds. Monotonic and wall clock are both given: on some systems only one
    of them runs on while the laptop sleeps.
    """

    silence: float
    heard_at: float = 0.0
    looked_at: float = 0.0
    drift: float = 0.0

    @property
    def period(self) -> float:
        return self.silence / 2

    def begin(self, monotonic: float, wall: float) -> None:
        """Take note that a listener was started."""
        self.heard_at = monotonic + 2 * self.silence
        self.looked_at = monotonic
        self.drift = wall - monotonic

    def beat(self, monotonic: float) -> None:
        """Take note of a message."""
        self.heard_at = monotonic

    def look(self, monotonic: float, wall: float) -> bool:
        """Return whether the listener has been silent for too long; a jump of the clocks grants a fresh period."""
        late = monotonic - self.looked_at > self.period + JUMP
        jumped = abs((wall - monotonic) - self.drift) > JUMP
        self.looked_at, self.drift = monotonic, wall - monotonic
        if late or jumped:
            self.heard_at = max(self.heard_at, monotonic)
        return monotonic - self.heard_at > self.silence
