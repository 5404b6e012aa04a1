"""A watch begun with an address, to be gone on with in the full form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData

from app.core.in_hand import in_hand
from app.core.ports.source import Source
from app.core.watch import Watch, WatchKind


def address_in(data: QMimeData) -> str:
    """Return the web address that was dropped: a link, or a text that is nothing else; «» for anything else."""
    links = [url.toString() for url in data.urls() if url.scheme() in {"http", "https"} and url.host()]
    text = data.text().strip() if data.hasText() else ""
    alone = len(text.split()) == 1 and [hand for hand in in_hand((text,)) if hand.url]
    return links[0] if links else text if alone else ""


def watch_at(address: str, name: str, sources: Sequence[Source], *, own: bool = False) -> Watch | None:
    """Return a watch of an address, without an id: of the first source that wants nothing else, None where there is none."""
    for source in sources:
        required = [setting for setting in source.settings if setting.required]
        if len(required) == 1 and required[0].kind == "url":
            kind = WatchKind.CHANNEL if WatchKind.CHANNEL in source.kinds else source.kinds[0]
            return Watch("", name, source.id, kind, {required[0].name: address}, own=own)
    return None
