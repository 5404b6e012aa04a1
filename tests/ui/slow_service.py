"""A session bus with a notification service that answers when it is told to: both ends of a slow cold start."""

from __future__ import annotations

import contextlib
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from jeepney import HeaderFields, Message, MessageType, new_error, new_method_return
from jeepney.low_level import Parser

PATIENCE = 60.0


class SlowService:
    """Listens on `address`. `heard` are the members called, in order; a call of one in `slow` waits for `answer`.

    Whatever is closed with `CloseNotification` is in `closed`.
    """

    def __init__(self, folder: Path) -> None:
        self.address = f"unix:path={folder / 'bus'}"
        self.slow = {"GetCapabilities", "Notify"}
        self.heard: list[str] = []
        self.closed: list[int] = []
        self._held: list[Message] = []
        self._changed = threading.Condition()
        self._serial = 0
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(folder / "bus"))
        self._server.listen(1)
        self._client: socket.socket | None = None
        self._thread = threading.Thread(target=self._live, name="slow-service")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            (self._client or self._server).shutdown(socket.SHUT_RDWR)
        self._thread.join(PATIENCE)
        self._server.close()
        if self._client:
            self._client.close()

    def expect(self, member: str, times: int = 1) -> None:
        """Wait until a member was called so often."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.heard.count(member) >= times, PATIENCE), self.heard

    def answer(self, member: str = "", *, refuse: bool = False) -> None:
        """Answer the oldest call that waits, or the oldest of one member; with an error where it is to be refused."""

        def waiting() -> list[Message]:
            return [call for call in self._held if member in {"", call.header.fields[HeaderFields.member]}]

        with self._changed:
            assert self._changed.wait_for(waiting, PATIENCE)
            call = waiting()[0]
            self._held.remove(call)
            self._reply(call, refuse=refuse)

    def _live(self) -> None:
        try:
            self._client = client = self._server.accept()[0]
        except OSError:  # ended before anybody came
            return
        client.recv(4096)
        client.sendall(b"OK 0123456789abcdef0123456789abcdef\r\n")
        begun = b""
        while b"BEGIN\r\n" not in begun:
            begun += client.recv(4096)
        parser = Parser()
        data = begun.partition(b"BEGIN\r\n")[2]
        while True:
            parser.add_data(data)
            while message := parser.get_next_message():
                self._take(message)
            try:
                data = client.recv(4096)
            except OSError:
                return
            if not data:
                return

    def _take(self, message: Message) -> None:
        member = message.header.fields[HeaderFields.member]
        with self._changed:
            self.heard.append(member)
            if member == "CloseNotification":
                self.closed.append(message.body[0])
            self._held.append(message) if member in self.slow else self._reply(message)
            self._changed.notify_all()

    def _reply(self, message: Message, *, refuse: bool = False) -> None:
        assert message.header.message_type == MessageType.method_call
        self._serial += 1
        values: dict[str, tuple[str, tuple[object, ...]]] = {
            "Hello": ("s", (":1.1",)),
            "GetId": ("s", ("bus",)),
            "GetNameOwner": ("s", (":1.2",)),
            "GetCapabilities": ("as", (["actions"],)),
            "Notify": ("u", (self._serial,)),
        }
        signature, body = values.get(message.header.fields[HeaderFields.member], (None, ()))
        made = new_error(message, "org.x.No") if refuse else new_method_return(message, signature, body)
        made.header.fields[HeaderFields.sender] = ":1.2"
        assert self._client
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # who has ended waits for no answer
            self._client.sendall(made.serialise(self._serial))
