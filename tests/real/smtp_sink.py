"""A mail server that takes letters over TLS from who logs in, and puts each into the mailboxes it is for.

smtp_sink.py PORT CERTIFICATE FOLDER USER PASSWORD; what is for NAME@… lies in FOLDER/NAME afterwards.
"""

from __future__ import annotations

import mailbox
import os
import shutil
import signal
import ssl
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult


class Letters:
    """Delivers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  the library's name
        for recipient in envelope.rcpt_tos:
            place = self._folder / recipient.partition("@")[0]
            mailbox.Maildir(place).add(envelope.content)
            for root, folders, files in os.walk(place):
                for name in (".", *folders, *files):
                    shutil.chown(Path(root, name), "mail", "mail")
        return "250 taken"


def main(port: int, certificate: str, folder: Path, user: str, password: str) -> None:
    """Serve until ended."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def known(_server: Any, _session: Any, _envelope: Any, _mechanism: str, said: Any) -> AuthResult:
        return AuthResult(success=(said.login, said.password) == (user.encode(), password.encode()), handled=False)

    class Door(Controller):
        def factory(self) -> SMTP:
            return SMTP(
                self.handler, authenticator=known, auth_required=True, auth_require_tls=False, hostname="localhost"
            )

    door = Door(Letters(folder), hostname="127.0.0.1", port=port, ssl_context=context)
    door.start()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    door.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4], sys.argv[5])
