"""What the listener is built of; bootstrap fills it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from app.core.ports.archive import ListenerArchive
from app.core.ports.detector import Detector, Stemmer
from app.core.ports.net import Net
from app.core.ports.shop import Secrets, ShopFile
from app.core.ports.source import Sources


@dataclass(frozen=True, slots=True)
class Parts:
    """`clock` gives Unix seconds; `zone` is the shop's time zone.

    `scout` is the command of the second process for a rush (see app/listen/scout.py), () for none.
    """

    shop: ShopFile
    archive: ListenerArchive
    net: Net
    sources: Sources
    detector: Detector
    secrets: Secrets
    stemmer: Stemmer
    zone: tzinfo
    clock: Callable[[], float] = time.time
    scout: tuple[str, ...] = ()
