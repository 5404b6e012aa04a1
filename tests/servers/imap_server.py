"""An IMAP server on the loopback address, small and obedient: folders with messages, TLS both ways, and whatever goes wrong."""

from __future__ import annotations

import base64
import re
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from servers.session_server import SessionServer

DAY = 86_400


@dataclass(frozen=True, slots=True)
class Letter:
    """A message in a folder. `arrived` is Unix seconds; `size` is what the server says, where that is a lie."""

    uid: int
    raw: bytes
    arrived: float = 1_795_286_647.0
    size: int | None = None


@dataclass(slots=True)
class Folder:
    validity: int = 7
    letters: list[Letter] = field(default_factory=list)
    uid_next: int | None = None
    marks: str = ""

    def add(self, raw: bytes, arrived: float = 1_795_286_647.0, **more: Any) -> None:
        uid = max((letter.uid for letter in self.letters), default=0) + 1
        self.letters.append(Letter(uid, raw, arrived, **more))


class ImapServer(SessionServer):
    """Serves `folders` to `user` and `password`. `said` is every line it heard, `sessions` how often it was called.

    `says` answers commands in its place: a function of tag and arguments by the command's name («UID SEARCH» and the
    like), giving all bytes to send, or None to break off. `tls` from the first byte, `starttls` after that command.
    """

    def __init__(self, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None) -> None:
        super().__init__(tls, starttls)
        self.folders: dict[str, Folder] = {"INBOX": Folder()}
        self.capabilities = "IMAP4rev1 AUTH=PLAIN"
        self.greeting = b"* OK ready\r\n"
        self.uid_last = False
        self.says: dict[str, Callable[[bytes, bytes], bytes | None]] = {}

    def serve(self, plug: socket.socket) -> None:
        _Session(self, plug).run(self._starttls)


class _Session:
    def __init__(self, server: ImapServer, plug: socket.socket) -> None:
        self.server, self.plug = server, plug
        self.folder = Folder()
        self.file = plug.makefile("rb")

    def run(self, starttls: ssl.SSLContext | None) -> None:
        try:
            self.plug.sendall(self.server.greeting)
            while line := self.file.readline(65_536):
                self.server.said.append(line.rstrip())
                if not self._one(line, starttls):
                    return
        finally:
            self.file.close()
            self.plug.close()

    def _one(self, line: bytes, starttls: ssl.SSLContext | None) -> bool:
        tag, _, rest = line.rstrip().partition(b" ")
        name, _, arguments = rest.partition(b" ")
        command = name.decode().upper()
        if command == "UID":
            verb, _, arguments = arguments.partition(b" ")
            command = f"UID {verb.decode().upper()}"
        if scripted := self.server.says.get(command):
            answer = scripted(tag, arguments)
            if answer is None:
                return False
            self.plug.sendall(answer)
            return True
        if command == "STARTTLS" and starttls:
            self.plug.sendall(tag + b" OK begin\r\n")
            self.file.close()
            self.plug = self.server.encrypted(self.plug, starttls)
            self.file = self.plug.makefile("rb")
            return True
        handler = getattr(self, "_" + command.lower().replace(" ", "_"), None)
        self.plug.sendall(handler(tag, arguments) if handler else tag + b" BAD unknown\r\n")
        return command != "LOGOUT"

    def _capability(self, tag: bytes, _: bytes) -> bytes:
        return f"* CAPABILITY {self.server.capabilities}\r\n".encode() + tag + b" OK done\r\n"

    def _login(self, tag: bytes, said: bytes) -> bytes:
        user, password = (part.replace('\\"', '"') for part in re.findall(r'"((?:\\.|[^"])*)"', said.decode()))
        return self._let_in(tag, user, password)

    def _authenticate(self, tag: bytes, _: bytes) -> bytes:
        self.plug.sendall(b"+ \r\n")
        _, user, password = base64.b64decode(self.file.readline()).decode().split("\0")
        return self._let_in(tag, user, password)

    def _let_in(self, tag: bytes, user: str, password: str) -> bytes:
        if (user, password) == (self.server.user, self.server.password):
            return tag + b" OK welcome\r\n"
        return tag + f" NO [AUTHENTICATIONFAILED] {user}: «{password}» is wrong\r\n".encode()

    def _examine(self, tag: bytes, said: bytes) -> bytes:
        folder = self.server.folders.get(said.decode().strip('"').replace('\\"', '"'))
        if folder is None:
            return tag + b" NO [NONEXISTENT] no such folder\r\n"
        self.folder = folder
        after = max((letter.uid for letter in folder.letters), default=0) + 1
        return (
            f"* {len(folder.letters)} EXISTS\r\n* OK [UIDVALIDITY {folder.validity}] ok\r\n"
            f"* OK [UIDNEXT {folder.uid_next or after}] ok\r\n".encode()
            + tag
            + b" OK [READ-ONLY] done\r\n"
        )

    def _list(self, tag: bytes, _: bytes) -> bytes:
        folders = self.server.folders.items()
        lines = "".join(f'* LIST (\\HasNoChildren {folder.marks}) "/" "{name}"\r\n' for name, folder in folders)
        return lines.encode() + tag + b" OK done\r\n"

    def _uid_search(self, tag: bytes, said: bytes) -> bytes:
        words = said.decode().split()
        letters = self.folder.letters
        if pairs := re.findall(r'HEADER (\S+) "((?:\\.|[^"])*)"', said.decode()):
            assert words.count("OR") == len(pairs) - 1
            heads = [re.compile(rf"(?im)^{name}:.*{re.escape(text)}".encode()) for name, text in pairs]
            found = [one.uid for one in letters if any(head.search(one.raw) for head in heads)]
        elif words[0] == "UID":
            first = int(words[1].partition(":")[0])
            highest = max((letter.uid for letter in letters), default=0)
            found = [one.uid for one in letters if min(first, highest) <= one.uid]  # «n:*» names the last one always
        elif words[0] == "SINCE":
            since = time.mktime(time.strptime(words[1], "%d-%b-%Y")) - time.timezone
            found = [one.uid for one in letters if one.arrived >= since]
        else:
            found = [one.uid for one in letters]
        return b"* SEARCH " + " ".join(map(str, found)).encode() + b"\r\n" + tag + b" OK done\r\n"

    def _uid_fetch(self, tag: bytes, said: bytes) -> bytes:
        uids, _, items = said.decode().partition(" ")
        wanted = set(map(int, uids.split(",")))
        answer = b""
        for number, letter in enumerate(self.folder.letters, 1):
            if letter.uid not in wanted:
                continue
            if part := re.search(r"BODY\.PEEK\[\]<0\.(\d+)>", items):
                raw = letter.raw[: int(part[1])]
                literal = b"BODY[]<0> {%d}\r\n%s" % (len(raw), raw)
                uid = b"UID %d" % letter.uid
                inside = literal + b" " + uid if self.server.uid_last else uid + b" " + literal
            else:
                size = len(letter.raw) if letter.size is None else letter.size
                day = time.strftime("%d-%b-%Y %H:%M:%S +0000", time.gmtime(letter.arrived))
                inside = f'UID {letter.uid} RFC822.SIZE {size} INTERNALDATE "{day}"'.encode()
            answer += b"* %d FETCH (%s)\r\n" % (number, inside)
        return answer + tag + b" OK done\r\n"

    def _logout(self, tag: bytes, _: bytes) -> bytes:
        return b"* BYE bye\r\n" + tag + b" OK done\r\n"
