"""The secrets of watches: read from the keyring, and kept there when a place renews them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from app.core.ports.shop import Secrets
from app.core.ports.source import Source
from app.core.problems import Problem
from app.core.watch import Watch


def secrets_of(watch: Watch, source: Source, secrets: Secrets) -> Mapping[str, str] | Problem:
    """Return the secrets a source declares for a watch, from the keyring; those never given are left out.

    A session may be there though the owner never gave one: the place's answer to a log-in.
    """
    found: dict[str, str] = {}
    for setting in source.settings:
        given = watch.has_secret(setting.name)
        if not (given or setting.kind == "session"):
            continue
        value = secrets.get(watch.id, setting.name)
        if isinstance(value, Problem):
            if given:
                return value
        elif value:
            found[setting.name] = value
    return found


class Keys:
    """Thread-safe. What the keyring would not take is remembered here and tried again with whatever is renewed next.

    `is_watched` says by its id whether a watch is still there: nothing is kept for one that was removed under its poll.
    """

    def __init__(self, secrets: Secrets, is_watched: Callable[[str], bool] = lambda _id: True) -> None:
        self._secrets = secrets
        self._is_watched = is_watched
        self._lock = threading.Lock()
        self._untaken: dict[str, dict[str, str]] = {}

    def of(self, watch: Watch, source: Source) -> Mapping[str, str] | Problem:
        """Return the secrets to use for a watch, the renewed ones whether the keyring took them or not."""
        found = secrets_of(watch, source, self._secrets)
        with self._lock:
            untaken = self._untaken.get(watch.id)
            return found if isinstance(found, Problem) or not untaken else {**found, **untaken}

    def keep(self, watch: Watch, renewed: Mapping[str, str]) -> Problem | None:
        """Put renewed secrets of a watch into the keyring, with those it would not take before, or say why it would not."""
        if renewed and not self._is_watched(watch.id):
            return None
        with self._lock:
            wanted = {**self._untaken.get(watch.id, {}), **renewed}
            if wanted:
                self._untaken[watch.id] = dict(wanted)
        for name, value in wanted.items():
            if self._secrets.put(watch.id, name, value):
                return Problem("listen.renewed_not_kept", {"name": watch.name})
            with self._lock:
                left = self._untaken.get(watch.id, {})
                if left.get(name) == value:
                    del left[name]
        if wanted and not self._is_watched(watch.id):  # who removed it just now has found nothing of these yet
            self._secrets.forget(watch.id, tuple(wanted))
        return None

    def forget(self, watch_id: str) -> None:
        """Forget what is remembered of a removed watch."""
        with self._lock:
            self._untaken.pop(watch_id, None)
