"""Whether a letter really comes from the domain it names, as far as the shop's own mail server has looked."""

from __future__ import annotations

import re
from enum import StrEnum

from app.sources.mail.mime import Headers

_COMMENT = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r'"[^"]*"')
_METHOD = re.compile(r"\s*(dkim|spf|dmarc)(?:/\d+)?\s*=\s*(\w+)", re.IGNORECASE)
_NAMED = re.compile(r"\b(header\.(?:d|i|from)|smtp\.mailfrom)\s*=\s*(?:[^\s;@]*@)?([\w.-]+)", re.IGNORECASE)
_COUNTS = {"dkim": {"header.d", "header.i"}, "spf": {"smtp.mailfrom"}, "dmarc": {"header.from"}}


class Proof(StrEnum):
    """PASSED and FAILED are the server's verdict; UNKNOWN is no verdict, as from the small servers that do not look."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


def proof(headers: Headers, domain: str) -> Proof:
    """Return what our own server found (RFC 8601). Only the uppermost field counts, and those of the same server next to it.

    Fields lower down may have come with the letter. A pass counts where it is for `domain`, one above it, or one below.
    """
    fields = [
        _parts(value.decode("utf-8", "replace")) for name, value in headers.fields if name == "authentication-results"
    ]
    if not fields:
        return Proof.UNKNOWN
    server = fields[0][0]
    failed = False
    for name, results in fields:
        if name != server:
            break
        for method, result, named in results:
            if result == "pass" and any(_aligned(domain, one) for one in named):
                return Proof.PASSED
            failed = failed or (method in {"dmarc", "dkim"} and result in {"fail", "permerror", "policy"})
            failed = failed or (method == "spf" and result in {"fail", "softfail"})
    return Proof.FAILED if failed else Proof.UNKNOWN


def _parts(written: str) -> tuple[str, list[tuple[str, str, list[str]]]]:
    """Return the server's name and each method with its result and the domains it is about."""
    bare = written[:8_000]
    for _ in range(3):  # comments may be nested
        bare = _COMMENT.sub(" ", bare)
    name, *methods = _QUOTED.sub('""', bare).split(";")
    found = []
    for method in methods[:40]:
        if match := _METHOD.match(method):
            kind = match[1].lower()
            named = [one[1].lower() for one in _NAMED.findall(method) if one[0].lower() in _COUNTS[kind]]
            found.append((kind, match[2].lower(), named))
    return " ".join(name.split()[:1]).lower(), found


def _aligned(domain: str, proven: str) -> bool:
    if proven.count(".") < 1 or domain.count(".") < 1:
        return False
    return domain == proven or domain.endswith(f".{proven}") or proven.endswith(f".{domain}")
