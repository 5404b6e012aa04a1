"""The list of checksums of a release, and its signature, which the program verifies before it believes in a new version.

SHA256SUMS      what `sha256sum` prints: 64 hexadecimal digits, two spaces, the name of the file
SHA256SUMS.sig  the Ed25519 signature (RFC 8032) of exactly the bytes of that list, raw, in base64

    python -m installer.common.sign key             prints a new key (keep it secret) and the public key of it
    python -m installer.common.sign sums FOLDER     writes the list; with a key also the signature
    python -m installer.common.sign check FOLDER KEY   verifies signature and files with a public key

The secret key, 32 bytes in base64, is read from the environment variable COUNTERBELL_SIGNING_KEY.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LIST, SIGNATURE = "SHA256SUMS", "SHA256SUMS.sig"
KEY = "COUNTERBELL_SIGNING_KEY"


def write_list(folder: Path) -> Path:
    """Write the checksums of all files of a folder into its list, and return that; an older signature goes."""
    (folder / SIGNATURE).unlink(missing_ok=True)
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != LIST)
    path = folder / LIST
    path.write_text("".join(f"{_sha256(file)}  {file.name}\n" for file in files), encoding="ascii", newline="\n")
    return path


def sign(path: Path, secret: str) -> Path:
    """Sign a list with a secret key in base64; raises ValueError for what is no such key."""
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(secret, validate=True))
    signature = path.with_name(SIGNATURE)
    signature.write_bytes(base64.b64encode(key.sign(path.read_bytes())) + b"\n")
    return signature


def wrong(folder: Path, public: str) -> str:
    """Return what is wrong with a folder's list, signature or files, «» where all is well."""
    try:
        listed = (folder / LIST).read_bytes()
        signature = base64.b64decode((folder / SIGNATURE).read_bytes().strip(), validate=True)
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True)).verify(signature, listed)
    except OSError as error:
        return f"{Path(str(error.filename)).name} cannot be read"
    except (InvalidSignature, binascii.Error, ValueError):
        return f"{SIGNATURE} is not a signature of {LIST} by this key"
    for line in listed.decode("ascii").splitlines():
        digest, _, name = line.partition("  ")
        path = folder / name
        if not path.is_file() or _sha256(path) != digest:
            return f"{name} is missing or is not the file that was signed"
    return ""


def new_key() -> tuple[str, str]:
    """Return a new secret key and its public key, both in base64."""
    key = Ed25519PrivateKey.generate()
    return _text(key.private_bytes_raw()), _text(key.public_key().public_bytes_raw())


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main(words: list[str]) -> int:
    """Do what the command line says."""
    match words:
        case ["key"]:
            secret, public = new_key()
            print(f"secret, for {KEY}:\n{secret}\npublic, for «keys» in resources/release.json:\n{public}")
        case ["sums", folder]:
            path = write_list(Path(folder))
            if secret := os.environ.get(KEY, ""):
                sign(path, secret)
            else:
                print(
                    f"::warning::NOT SIGNED: {KEY} is not set, so no program will believe in this release.", flush=True
                )
        case ["check", folder, public]:
            if problem := wrong(Path(folder), public):
                print(problem)
                return 1
            print("fine")
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
