"""Where this copy of the program looks for newer versions, and whose signature it trusts: told to it when it was built."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from pathlib import Path

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Home:
    """`address` is a folder on the web that ends in «/»; `keys` are raw Ed25519 public keys, any of which will do."""

    address: str
    keys: tuple[bytes, ...]


def home_of(resources: Path) -> Home | None:
    """Return where this copy looks, or None: one built without an address or key never looks."""
    try:
        told = json.loads((resources / "release.json").read_text("utf-8"))
        keys = tuple(base64.b64decode(key, validate=True) for key in told["keys"])
        address = str(told["address"])
    except (OSError, ValueError, TypeError, KeyError, binascii.Error):
        return None
    if not address.startswith("https://") or not keys or any(len(key) != KEY_BYTES for key in keys):
        return None
    return Home(address.rstrip("/") + "/", keys)
