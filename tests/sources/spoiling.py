"""Documents with some of their values in the place of others, the same ones for the same seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import partial


def spoilt(
    found: object, chance: random.Random, share: float, junk: Sequence[object], times: Sequence[int] = (1, 1, 1, 2)
) -> object:
    """Return a document a share of whose values is junk or gone; each row of a list comes as often as `times` may say."""
    if chance.random() < share:
        return chance.choice(junk)
    again = partial(spoilt, chance=chance, share=share, junk=junk, times=times)
    if isinstance(found, dict):
        return {key: again(value) for key, value in found.items() if chance.random() > share}
    if isinstance(found, list):
        return [again(value) for value in found for _ in range(chance.choice(times))]
    return found
