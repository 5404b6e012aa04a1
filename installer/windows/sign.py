"""Signs programs for Windows, or says loudly that it does not.

    COUNTERBELL_SIGN_PFX            the certificate with its key, a .pfx file; without it nothing is signed
    COUNTERBELL_SIGN_PASSWORD_FILE  a file that holds the password of that file; without it there is none
    COUNTERBELL_SIGN_TIMESTAMP      the address of a timestamp service, such as http://timestamp.digicert.com; without
                                    it the signature ends with the certificate

`python -m installer.windows.sign FILE …` signs files in place. A password on a command line could be seen by others, so
it is only taken from a file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from installer.common.product import HOMEPAGE, TITLE
from installer.windows.tools import BrokenBuildError, run

PFX, PASSWORD, TIMESTAMP = (f"COUNTERBELL_SIGN_{name}" for name in ("PFX", "PASSWORD_FILE", "TIMESTAMP"))

UNSIGNED = """\
**********************************************************************
* NOT SIGNED: no certificate is named (COUNTERBELL_SIGN_PFX).        *
* Windows will warn everyone who starts this setup ("unknown         *
* publisher"). Fine for a test, a decision to be made for a release. *
**********************************************************************"""


def can_sign(given: Mapping[str, str] = os.environ) -> bool:
    """Tell whether a certificate is named; raises `BrokenBuildError` where the one named is not there."""
    named = given.get(PFX, "")
    if named and not Path(named).is_file():
        raise BrokenBuildError(f"{PFX} names {named}, which is no file")
    return bool(named)


def words(file: Path, signed: Path, given: Mapping[str, str] = os.environ) -> list[str]:
    """Return the command that signs one file into another."""
    command = ["osslsigncode", "sign", "-pkcs12", given[PFX], "-h", "sha256", "-n", TITLE, "-i", HOMEPAGE]
    if password := given.get(PASSWORD):
        command += ["-readpass", password]
    if timestamp := given.get(TIMESTAMP):
        command += ["-ts", timestamp]
    return [*command, "-in", str(file), "-out", str(signed)]


def sign(file: Path) -> None:
    """Sign a file in place."""
    signed = file.with_suffix(".signed")
    run(*words(file, signed))
    signed.chmod(file.stat().st_mode)
    signed.replace(file)


if __name__ == "__main__":
    try:
        for name in sys.argv[1:]:
            sign(Path(name))
    except BrokenBuildError as error:
        sys.exit(str(error))
