"""How a share is told in whole percent."""

from __future__ import annotations

import math

_NEARLY = 1e-9
"""What is lost at the most where a share was reckoned with fractions: 0.285 * 100 is a little less than 28.5."""


def whole_percent(percent: float) -> int:
    """Return percent as a whole number, halves upwards; what lies between 0 and 100 is never told as one of them."""
    if not 0 < percent < 100:
        return round(percent)
    return min(max(math.floor(percent + 0.5 + _NEARLY), 1), 99)
