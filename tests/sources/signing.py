"""Keys for tests, made anew for each run, and a look into tokens signed with them."""

from __future__ import annotations

import base64
import json
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


@cache
def apple_key() -> ec.EllipticCurvePrivateKey:
    """Return a key as Apple makes them."""
    return ec.generate_private_key(ec.SECP256R1())


@cache
def google_key() -> rsa.RSAPrivateKey:
    """Return a key as Google makes them."""
    return rsa.generate_private_key(65_537, 2_048)


def pem(key: Any) -> str:
    """Return a key as it stands in a file."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def account_file(**other: str) -> str:
    """Return the file of a service account, as it is downloaded."""
    made = {
        "type": "service_account",
        "project_id": "kawaraj",
        "private_key_id": "0123456789abcdef0123456789abcdef01234567",
        "private_key": pem(google_key()),
        "client_email": "opinie@kawaraj.iam.gserviceaccount.com",
        "client_id": "109876543210987654321",
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": "https://oauth2.googleapis.com/token",
        "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
        "client_x509_cert_url": "https://www.googleapis.com/robot/v1/metadata/x509/opinie%40kawaraj.example",
        "universe_domain": "googleapis.com",
        **other,
    }
    return json.dumps(made, indent=2)


def checked(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return head and claims of a token after its signature was checked with the public key."""
    said, _, signature = token.rpartition(".")
    head, claims = (json.loads(_bytes(part)) for part in said.split("."))
    if head["alg"] == "ES256":
        raw = _bytes(signature)
        assert len(raw) == 64
        halves = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
        apple_key().public_key().verify(encode_dss_signature(*halves), said.encode(), ec.ECDSA(SHA256()))
    else:
        assert head["alg"] == "RS256"
        google_key().public_key().verify(_bytes(signature), said.encode(), padding.PKCS1v15(), SHA256())
    return head, claims


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
