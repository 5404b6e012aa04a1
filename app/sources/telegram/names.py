"""Names of channels, groups and bots as owners type them: links, @names, names."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")

_LINK = re.compile(r"(?:https?://)?(?:www\.)?(?:t|telegram)\.(?:me|dog)/(?:s/)?(.*)", re.IGNORECASE)


def name_in(typed: str) -> str:
    """Return the name out of a link, an @name or the name itself."""
    if typed.lower().startswith("tg://"):
        try:
            return parse_qs(urlsplit(typed).query, max_num_fields=20).get("domain", [""])[0]
        except ValueError:  # more parameters than any such link has
            return ""
    link = _LINK.fullmatch(typed)
    name = link[1] if link else typed.removeprefix("@")
    return re.split(r"[/?#]", name, maxsplit=1)[0] or name


def is_invitation(name: str) -> bool:
    """Say whether a name out of a link is an invitation, which only its members can use."""
    return name.startswith("+") or name.lower().startswith("joinchat")
