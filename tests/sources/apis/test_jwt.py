"""Signed tokens: checked with the public key; a text that is no key signs nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
from sources.signing import apple_key, checked, google_key, pem

from app.sources.apis.jwt import es256, rs256

CLAIMS = {"iss": "me", "exp": 1_795_300_900, "żółw": "ё"}


def test_both_kinds_are_verified_by_the_public_key() -> None:
    for _ in range(20):  # halves of a signature may begin with noughts
        assert checked(es256(pem(apple_key()), {"kid": "ABC"}, CLAIMS)) == (
            {"alg": "ES256", "typ": "JWT", "kid": "ABC"},
            CLAIMS,
        )
    token = rs256(pem(google_key()), {}, CLAIMS)
    assert checked(token) == ({"alg": "RS256", "typ": "JWT"}, CLAIMS)
    with pytest.raises(InvalidSignature):
        checked(token.replace(token.split(".")[1], es256(pem(apple_key()), {}, {"iss": "you"}).split(".")[1]))


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda key: " ".join(key.split("\n")),
        lambda key: key.replace("\n", "\\n"),
        lambda key: key.replace("\n", "\r\n\r\n"),
        lambda key: f"Bag Attributes\n  name: x\n{key}\ntail",
        lambda key: "".join(key.split("\n")),
    ],
)
def test_a_key_that_was_pasted_carelessly_signs_all_the_same(spoilt: object) -> None:
    assert checked(es256(spoilt(pem(apple_key())), {}, CLAIMS))[1] == CLAIMS  # type: ignore[operator]
    assert checked(rs256(spoilt(pem(google_key())), {}, CLAIMS))[1] == CLAIMS  # type: ignore[operator]


def test_what_is_no_key_or_another_one_signs_nothing() -> None:
    locked = apple_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")).decode()
    other = (pem(ec.generate_private_key(ec.SECP384R1())), pem(ed25519.Ed25519PrivateKey.generate()))
    junk = (
        "",
        "x",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----" * 900,
    )
    public = "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----"
    for text in (*junk, *other, locked, public, pem(apple_key())[:-40], "\ud800" + pem(apple_key())[9:]):
        assert es256(text, {}, CLAIMS) == ""
        assert rs256(text, {}, CLAIMS) == ""
    assert es256(pem(google_key()), {}, CLAIMS) == rs256(pem(apple_key()), {}, CLAIMS) == ""


def test_what_signs_is_not_loaded_before_it_is_needed() -> None:
    program = (
        "import sys; from app.sources.registry import SourceRegistry; SourceRegistry().all(); "
        "print('cryptography' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "False"
