"""A server for outgoing mail on the loopback address, small and obedient: TLS both ways, and whatever goes wrong."""

from __future__ import annotations

import base64
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass

from servers.session_server import SessionServer


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter the server has taken, as it came."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes


class SmtpServer(SessionServer):
    """Takes letters of `user` with `password`. `said` is every line it heard but those of letters.

    `says` answers commands in its place («» is the greeting, «.» the end of a letter): a function of the whole line,
    giving all bytes to send, or None to break off. `tls` from the first byte, `starttls` after that command.
    """

    def __init__(self, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None) -> None:
        super().__init__(tls, starttls)
        self.features = ["SIZE 10000000", "AUTH PLAIN LOGIN", *(["STARTTLS"] if starttls else [])]
        self.says: dict[str, Callable[[bytes], bytes | None]] = {}
        self.taken: list[Taken] = []
        self.hangs_up_in_letters = False

    def serve(self, plug: socket.socket) -> None:
        session = _Session(self, plug)
        try:
            session.run(self._starttls)
        finally:
            self._open.discard(session.plug)
            session.plug.close()


class _Session:
    def __init__(self, server: SmtpServer, plug: socket.socket) -> None:
        self.server, self.plug = server, plug
        self.file = plug.makefile("rb")
        self.sender, self.recipients = "", list[str]()

    def run(self, starttls: ssl.SSLContext | None) -> None:
        try:
            if not self._reply("", b"", b"220 shop.example ready"):
                return
            while line := self.file.readline(65_536):
                self.server.said.append(line.rstrip())
                if not self._one(line.rstrip(), starttls):
                    return
        finally:
            self.file.close()

    def _reply(self, command: str, line: bytes, usual: bytes) -> bool:
        """Send a reply; False where the script breaks off."""
        scripted = self.server.says.get(command)
        answer = scripted(line) if scripted else usual + b"\r\n"
        if answer is None:
            return False
        self.plug.sendall(answer)
        return True

    def _one(self, line: bytes, starttls: ssl.SSLContext | None) -> bool:
        command = line.split(b" ")[0].upper().decode("ascii", "replace")
        if command in {"EHLO", "HELO"}:
            lines = [b"shop.example", *(feature.encode() for feature in self.server.features)]
            marks = [b"250-"] * (len(lines) - 1) + [b"250 "]
            return self._reply(
                command, line, b"\r\n".join(mark + text for mark, text in zip(marks, lines, strict=True))
            )
        if command == "STARTTLS" and starttls and command not in self.server.says:
            self.plug.sendall(b"220 go on\r\n")
            self.file.close()
            self.plug = self.server.encrypted(self.plug, starttls)
            self.file = self.plug.makefile("rb")
            return True
        if command == "AUTH" and command not in self.server.says:
            self._let_in(line)
            return True
        if command == "DATA":
            return self._letter(line)
        if command == "MAIL":
            self.sender, self.recipients = line.partition(b"<")[2].partition(b">")[0].decode(), []
        if command == "RCPT":
            self.recipients.append(line.partition(b"<")[2].partition(b">")[0].decode())
        return self._reply(command, line, b"221 bye" if command == "QUIT" else b"250 ok") and command != "QUIT"

    def _let_in(self, line: bytes) -> None:
        way, _, token = line.partition(b" ")[2].partition(b" ")
        if way == b"PLAIN":
            _, user, password = base64.b64decode(token).decode().split("\0")
        else:
            self.plug.sendall(b"334 VXNlcm5hbWU6\r\n")
            user = base64.b64decode(self.file.readline()).decode()
            self.plug.sendall(b"334 UGFzc3dvcmQ6\r\n")
            password = base64.b64decode(self.file.readline()).decode()
        welcome = (user, password) == (self.server.user, self.server.password)
        self.plug.sendall(b"235 welcome\r\n" if welcome else f"535 5.7.8 {user}: «{password}» is wrong\r\n".encode())

    def _letter(self, line: bytes) -> bool:
        scripted = self.server.says.get("DATA")
        answer = scripted(line) if scripted else b"354 go on\r\n"
        if answer is None:
            return False
        self.plug.sendall(answer)
        if not answer.startswith(b"354"):
            return True
        if self.server.hangs_up_in_letters:
            return False
        lines = []
        while (got := self.file.readline(65_536)) not in {b".\r\n", b""}:
            lines.append(got.removeprefix(b"."))
        if not got:
            return False
        self.server.taken.append(Taken(self.sender, tuple(self.recipients), b"".join(lines)))
        return self._reply(".", b"", b"250 2.0.0 taken")
