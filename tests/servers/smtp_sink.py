"""A real server for outgoing mail (aiosmtpd): takes letters over TLS after a log-in and puts each into a maildir.

Run by the system's Python, which has aiosmtpd: PORT CERTIFICATE MAILDIR USER PASSWORD OWNER.
"""

from __future__ import annotations

import asyncio
import mailbox
import os
import ssl
import sys
from pathlib import Path
from typing import Any


class Handler:
    def __init__(self, maildir: str) -> None:
        self.maildir = mailbox.Maildir(maildir, create=True)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  the library's name
        for _ in envelope.rcpt_tos:
            self.maildir.add(envelope.content)
        hand_on(Path(sys.argv[3]), int(sys.argv[6]))
        return "250 taken"


def hand_on(maildir: Path, owner: int) -> None:
    """Give what lies there to the server that shows it."""
    for part in (maildir, *(maildir / name for name in ("cur", "new", "tmp"))):
        for path in (part, *part.iterdir()):
            os.chown(path, owner, -1)


def main() -> None:
    from aiosmtpd.smtp import SMTP, AuthResult

    port, certificate, maildir, user, password = sys.argv[1:6]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def check(server: Any, session: Any, envelope: Any, way: str, data: Any) -> Any:
        return AuthResult(success=(data.login, data.password) == (user.encode(), password.encode()), handled=False)

    def make() -> Any:
        return SMTP(Handler(maildir), authenticator=check, auth_required=True, auth_require_tls=False, hostname="sink")

    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", int(port), ssl=context)
        async with server:
            await server.serve_forever()

    asyncio.run(serve())


if __name__ == "__main__":
    main()
