"""Where the mailboxes of well-known providers lie and which servers send for them, so that an address is enough."""

from __future__ import annotations

import re

_SERVERS = {
    "imap.gmail.com": "gmail.com googlemail.com",
    "imap.mail.yahoo.com": "yahoo.com yahoo.pl yahoo.co.uk",
    "imap.mail.me.com": "icloud.com me.com mac.com",
    "imap.aol.com": "aol.com",
    "imap.gmx.com": "gmx.com",
    "imap.gmx.net": "gmx.net gmx.de gmx.at gmx.ch",
    "imap.wp.pl": "wp.pl",
    "poczta.o2.pl": "o2.pl tlen.pl go2.pl prokonto.pl",
    "imap.poczta.onet.pl": "onet.pl onet.eu op.pl vp.pl poczta.onet.pl autograf.pl amorki.pl buziaczek.pl spoko.pl",
    "poczta.interia.pl": "interia.pl interia.eu intmail.pl poczta.fm interiowy.pl pisz.to ogarnij.se vip.interia.pl",
    "imap.yandex.ru": "yandex.ru ya.ru yandex.by yandex.kz yandex.com narod.ru",
    "imap.mail.ru": "mail.ru bk.ru list.ru inbox.ru internet.ru",
    "imap.rambler.ru": "rambler.ru lenta.ru autorambler.ru myrambler.ru ro.ru",
    "outlook.office365.com": "outlook.com hotmail.com live.com msn.com outlook.pl hotmail.co.uk",
}
_BY_DOMAIN = {domain: server for server, domains in _SERVERS.items() for domain in domains.split()}

TOKENS_ONLY = frozenset({"outlook.office365.com", "imap-mail.outlook.com", "imap.outlook.com", "outlook.com"})
"""Microsoft's servers let no program in with a password; tokens are for programs registered there."""


def server_of(address: str) -> str:
    """Return the likely IMAP server of a mail address, «» for what is none."""
    domain = address.rpartition("@")[2].strip().lower()
    if "@" not in address or "." not in domain:
        return ""
    return _BY_DOMAIN.get(domain, f"imap.{domain}")


_OUTGOING = {
    "imap.mail.me.com": "smtp.mail.me.com:587",
    "imap.gmx.com": "mail.gmx.com",
    "imap.gmx.net": "mail.gmx.net",
    "poczta.o2.pl": "poczta.o2.pl",
    "poczta.interia.pl": "poczta.interia.pl",
}
"""Servers for outgoing mail whose names do not follow from those of the mailboxes."""


def outgoing_of(server: str) -> str:
    """Return the likely server for outgoing mail beside an IMAP server, with its port where that is not the usual one."""
    host = server.rpartition(":")[0] if re.fullmatch(r".*:\d{1,5}", server) and not server.endswith("]") else server
    if host in _OUTGOING:
        return _OUTGOING[host]
    return f"smtp.{host.removeprefix('imap.')}" if host.startswith("imap.") else host
