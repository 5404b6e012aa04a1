"""The certificates for tests, as a server shows them and as a net believes them."""

from __future__ import annotations

import functools
import ssl
from pathlib import Path

CERTIFICATES = Path(__file__).parent / "certificates"
AUTHORITY = str(CERTIFICATES / "ca.pem")


@functools.cache
def context(name: str = "shop.pem") -> ssl.SSLContext:
    """Return what a server encrypts with, made once."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(CERTIFICATES / name)
    return made
