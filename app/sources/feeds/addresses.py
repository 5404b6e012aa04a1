"""Web addresses as feeds write them: made absolute, safe to show, without the wrapping of search services."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urljoin, urlsplit

LONGEST = 4_000
"""Characters of an address; browsers and servers refuse longer ones, and only junk is longer."""

_JUNK = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_UNSEEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""What turns the direction of writing, or is not seen: it would show another address than the one that is opened."""

_USUAL = re.compile(r"https?://(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*)(?::[0-9]{1,5})?(?:[/?#][!-~]*)?")
"""Nearly every address: then its host is known without taking it apart."""

_GOOGLE = re.compile(r"(?:www\.)?google\.[a-z.]{2,6}")


def web_address(written: str, base: str = "") -> str:
    """Return an absolute http(s) address, or «» for anything else (other schemes, no host, not an address at all)."""
    written = written.strip()
    if not written or len(written) > LONGEST:
        return ""
    if _USUAL.fullmatch(written):
        return written
    if _JUNK.search(written):
        written = _JUNK.sub(lambda found: "%20" if found.group() == " " else "", written)
    if _UNSEEN.search(written):
        written = _UNSEEN.sub(lambda found: quote(found.group()), written)
    try:
        address = written if written.startswith(("https://", "http://")) else urljoin(base, written)
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and parts.hostname and len(address) <= 2 * LONGEST
    except ValueError:  # brackets that are no IPv6 address, odd ports
        return ""
    return address if usable else ""


def is_web(written: str) -> bool:
    """Say whether what is written is an address of the web by itself, whatever it is resolved against."""
    return written[:8].lower().startswith(("http://", "https://"))


def unwrapped(address: str) -> str:
    """Return the address that a redirecting link of Google Alerts or Bing News carries, or the address itself."""
    if "url=" not in address:
        return address
    parts = urlsplit(address)
    host = parts.hostname or ""
    google = parts.path == "/url" and _GOOGLE.fullmatch(host)
    bing = parts.path == "/news/apiclick.aspx" and host in {"www.bing.com", "bing.com"}
    if not (google or bing):
        return address
    try:
        inner = parse_qs(parts.query, max_num_fields=50).get("url", [""])[0]
    except ValueError:  # more parameters than any such link has
        return address
    return web_address(inner) or address


def host_of(address: str) -> str:
    """Return the host of an address in lower case without «www.», or «»."""
    if match := _USUAL.fullmatch(address):
        return match[1]
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:  # brackets that are no IPv6 address
        return ""
    return host.removeprefix("www.")


def joined(base: str, written: str) -> str:
    """Return an address made absolute against a base as far as the base goes; «» for what cannot be an address."""
    try:
        return urljoin(base, written)
    except ValueError:  # brackets that are no IPv6 address
        return ""
