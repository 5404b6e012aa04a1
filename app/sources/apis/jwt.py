"""Tokens signed with the owner's own private key (JWT, RFC 7519): ES256 for Apple, RS256 for Google's service accounts.

What signs is loaded when the first token is made, never at the start of the program.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from functools import lru_cache

LONGEST_KEY = 20_000
"""Characters of a key as pasted; one of 4,096 bits has a fifth of that."""

_PEM = re.compile(r"-----BEGIN ([A-Z ]{0,20}PRIVATE KEY)-----(.*?)-----END \1-----", re.DOTALL)
_HALF = 32
"""Bytes of each half of an ES256 signature."""


def es256(pem: str, head: Mapping[str, str], claims: Mapping[str, object]) -> str:
    """Return a token signed with a private key of the curve P-256, «» where the text holds no such key."""
    from cryptography.hazmat.primitives.asymmetric.ec import (  # noqa: PLC0415  start-up time
        ECDSA,
        SECP256R1,
        EllipticCurvePrivateKey,
    )
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature  # noqa: PLC0415  as above
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415  as above

    key = _key(pem)
    if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
        return ""
    said = _said({"alg": "ES256", "typ": "JWT", **head}, claims)
    halves = decode_dss_signature(key.sign(said, ECDSA(SHA256())))
    return _token(said, b"".join(half.to_bytes(_HALF, "big") for half in halves))


def rs256(pem: str, head: Mapping[str, str], claims: Mapping[str, object]) -> str:
    """Return a token signed with an RSA private key, «» where the text holds no such key."""
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15  # noqa: PLC0415  start-up time
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415  as above
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415  as above

    key = _key(pem)
    if not isinstance(key, RSAPrivateKey):
        return ""
    said = _said({"alg": "RS256", "typ": "JWT", **head}, claims)
    return _token(said, key.sign(said, PKCS1v15(), SHA256()))


@lru_cache(maxsize=4)
def _key(pem: str) -> object:
    """Return the private key in a text, however its line breaks fared when it was pasted; None where there is none.

    The last few stay in this process's memory: an RSA key's numbers take 50 ms to check each time it is read.
    """
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  start-up time
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415  as above

    found = _PEM.search(pem[:LONGEST_KEY].replace("\\n", "\n"))
    if not found:
        return None
    body = "".join(found[2].split())
    lines = "\n".join(body[start : start + 64] for start in range(0, len(body), 64))
    written = f"-----BEGIN {found[1]}-----\n{lines}\n-----END {found[1]}-----\n"
    try:
        return load_pem_private_key(written.encode("ascii", "replace"), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):  # no key, one with a password, one of an unknown kind
        return None


def _said(head: Mapping[str, str], claims: Mapping[str, object]) -> bytes:
    return b".".join(_base64(json.dumps(part, separators=(",", ":")).encode()) for part in (head, claims))


def _token(said: bytes, signature: bytes) -> str:
    return (said + b"." + _base64(signature)).decode("ascii")


def _base64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")
