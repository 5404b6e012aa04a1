"""A list of checksums and its signature: what is not in a list signed by the makers is not believed."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping

_LINE = re.compile(r"([0-9a-f]{64}) [ *]([\w.+-]{1,200})")


def checksums(listed: bytes, signature: bytes, keys: tuple[bytes, ...]) -> Mapping[str, str] | None:
    """Return the SHA-256 of each file by its name, or None where none of the keys made the signature.

    `listed` is what `sha256sum` prints, `signature` the base64 text of an Ed25519 signature of these very bytes.
    """
    try:
        raw = base64.b64decode(signature.strip(), validate=True)
        text = listed.decode("ascii")
    except (binascii.Error, ValueError):
        return None
    if not any(_is_by(key, raw, listed) for key in keys):
        return None
    return {found[2]: found[1] for line in text.splitlines() if (found := _LINE.fullmatch(line.rstrip()))}


def is_listed(name: str, body: bytes, sums: Mapping[str, str]) -> bool:
    """Say whether a file is the one that was signed for."""
    return sums.get(name) == hashlib.sha256(body).hexdigest()


def _is_by(key: bytes, signature: bytes, listed: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  start-up time: once a day
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, listed)
    except (InvalidSignature, ValueError):
        return False
    return True
