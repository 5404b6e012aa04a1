"""Notifications through the desktop's own service on the session bus, with buttons and clicks that come back."""

from __future__ import annotations

import collections
import contextlib
import html
import queue
import select
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from jeepney import (  # type: ignore[import-untyped]  # comes without types
    DBusAddress,
    DBusErrorResponse,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection  # type: ignore[import-untyped]  # as above
from jeepney.wrappers import unwrap_msg  # type: ignore[import-untyped]  # as above

from app.ui.left_notices import MOST, Left, LeftNotices
from app.ui.notices import CameBack, Notice, Over, Pressed, Refused, Stood

NAME = "org.freedesktop.Notifications"
_SERVICE = DBusAddress("/org/freedesktop/Notifications", bus_name=NAME, interface=NAME)
_RULES = (
    MatchRule(type="signal", interface=NAME, member="ActionInvoked"),
    MatchRule(type="signal", interface=NAME, member="ActivationToken"),
    MatchRule(type="signal", interface=NAME, member="NotificationClosed"),
    MatchRule(
        type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged", sender="org.freedesktop.DBus"
    ),
)
REMEMBERED = MOST
"""Notifications whose clicks are still understood."""
PATIENCE = 4.0
"""Seconds bus and service have for an answer before another way is taken."""
LAST_WORDS = 1.5
"""Seconds the service has at the end for the numbers of what was sent to it before: without its number none can be closed."""
BROKEN = (OSError, EOFError, KeyError, ValueError, RuntimeError, DBusErrorResponse)
"""What opening or using a connection to a missing, dying or strange bus raises (jeepney's own errors among them)."""


@dataclass(slots=True)
class _Books:
    """`held` waits for what the service can do, `sent` (by serial) for its number, `shown` (by number) for a click.

    `late` (by serial) were handed back because no answer came in time, and may have one yet; so may the questions
    `asked_before`. `unwanted` are serials of those that were void before they had a number. `standing` are the numbers shown that the
    service has not called closed: the one with the unique name `service`, on the bus with the id `bus`.
    """

    held: list[Notice] = field(default_factory=list)
    sent: dict[int, Notice] = field(default_factory=dict)
    late: dict[int, Notice] = field(default_factory=dict)
    asked_before: set[int] = field(default_factory=set)
    unwanted: set[int] = field(default_factory=set)
    shown: collections.OrderedDict[int, Notice] = field(default_factory=collections.OrderedDict)
    tokens: dict[int, str] = field(default_factory=dict)
    standing: dict[int, None] = field(default_factory=dict)
    service: str = ""
    bus: str = ""
    asked: int = 0
    abilities: frozenset[str] | None = None


class DesktopNotices:
    """Owns one thread and one connection. `tell` is called from that thread with Pressed, Refused, Stood or CameBack.

    `bus` is «SESSION» or an address. The bus may come late: each notice tries again to reach it. What an earlier run has
    left on the screen, as `left` remembers, is taken away.
    """

    def __init__(
        self,
        tell: Callable[[Pressed | Refused | Stood | CameBack], object],
        bus: str = "SESSION",
        left: LeftNotices | None = None,
    ) -> None:
        self._tell = tell
        self._bus = bus
        self._left = left
        self._orders: queue.SimpleQueue[Notice | Over | None] = queue.SimpleQueue()
        self._wake, self._woken = socket.socketpair()
        self._connection: DBusConnection | None = None
        self._books = _Books()
        self._thread = threading.Thread(target=self._live, name="notifications", daemon=True)
        self._thread.start()

    def show(self, notice: Notice) -> None:
        """Show a notification soon; never waits."""
        self._order(notice)

    def withdraw(self, over: Over) -> None:
        """Take away every notification that is void, and put in place of others what they say now."""
        self._order(over)

    def close(self, timeout: float = PATIENCE) -> bool:
        """End the thread and its connection; returns whether it ended in time (seconds)."""
        self._order(None)
        self._thread.join(timeout)
        if self._thread.is_alive():
            return False
        self._wake.close()
        self._woken.close()
        return True

    def _order(self, what: Notice | Over | None) -> None:
        self._orders.put(what)
        with contextlib.suppress(OSError):  # closed already: nobody is left to wake
            self._wake.send(b".")

    def _live(self) -> None:
        self._connect()
        while True:
            sockets = [self._woken] + ([self._connection.sock] if self._connection else [])
            ready, _, _ = select.select(sockets, [], [], PATIENCE if self._books.held or self._books.sent else None)
            if not ready:
                self._give_up("the service does not answer")
            if self._woken in ready:
                self._woken.recv(4096)
                if not self._carry_out():
                    break
            if self._connection and self._connection.sock in ready:
                self._listen()
        self._clear_screen()
        self._disconnect()

    def _carry_out(self) -> bool:
        """Show what was ordered; False at the order to end."""
        while True:
            try:
                what = self._orders.get_nowait()
            except queue.Empty:
                return True
            if what is None:
                return False
            if isinstance(what, Notice):
                self._put(what)
            else:
                self._take_away(what)

    def _put(self, notice: Notice) -> None:
        trouble = "" if self._connection else self._connect()
        if trouble:
            self._tell(Refused(notice, trouble))
        elif self._books.abilities is None:
            self._books.held.append(notice)
            self._ask()
        else:
            message = _notify(notice, self._books.abilities)
            self._books.sent[self._send(message)] = notice

    def _take_away(self, over: Over) -> None:
        books = self._books
        books.held = [over.anew(notice) or notice for notice in books.held if not notice.is_void(over)]
        sent = (*books.sent.items(), *books.late.items())
        books.unwanted |= {serial for serial, notice in sent if notice.is_void(over) or over.anew(notice)}
        on_the_way = tuple(books.sent.values())
        void = [number for number, notice in books.shown.items() if notice.is_void(over)]
        for number in void:
            del books.shown[number]
            self._close(number)
        self._fell(*void)
        for number, notice in tuple(books.shown.items()):
            if new := over.anew(notice):
                self._rewrite(number, new)
        for notice in on_the_way:  # that one is closed when its number comes
            if new := over.anew(notice):
                self._put(new)

    def _rewrite(self, number: int, notice: Notice) -> None:
        """Let one that stands on the screen say something else; one that was closed is not shown again."""
        books = self._books
        books.shown[number] = notice
        if number in books.standing and books.abilities is not None:
            books.sent[self._send(_notify(notice, books.abilities, number))] = notice
        else:
            self._close(number)

    def _clear_screen(self) -> None:
        """Take away whatever stands on the screen: from now on a click on it reaches nobody.

        What is kept for the next run stays as it is: it tries once more, for a service that did not listen now. What the
        service took and has given no number in time nobody can close: it stays until the service or its owner ends it.
        """
        books = self._books
        books.held = []
        for number in books.standing:
            self._close(number)
        books.unwanted |= {*books.sent, *books.late}
        until = time.monotonic() + LAST_WORDS
        with contextlib.suppress(*BROKEN):
            while self._connection and (books.sent or books.late) and (left := until - time.monotonic()) > 0:
                self._take(self._connection.receive(timeout=left))

    def _close(self, number: int) -> None:
        self._send(new_method_call(_SERVICE, "CloseNotification", "u", (number,)))

    def _connect(self) -> str:
        """Reach the bus, or return why that failed."""
        try:
            self._connection = open_dbus_connection(self._bus)
            for rule in _RULES:
                self._connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=PATIENCE)
            self._take_away_left()
        except BROKEN as error:
            self._disconnect()
            # the bus's address is looked up in the environment, and its lack is told as a missing key
            return "no session bus" if isinstance(error, KeyError) else f"{type(error).__name__}: {error}"
        self._ask()
        return ""

    def _answer(self, question: Message) -> object:
        """Return what the bus itself answers; it does so at once."""
        if self._connection is None:
            raise OSError
        return unwrap_msg(self._connection.send_and_get_reply(question, timeout=PATIENCE))[0]

    def _take_away_left(self) -> None:
        """Close what an earlier run left, where the very service that showed it runs: to any other the numbers mean others'."""
        left = self._left.get() if self._left else Left()
        with contextlib.suppress(DBusErrorResponse):  # no service runs, or the bus does not tell its id
            self._books.bus = str(self._answer(message_bus.GetId()))
            if left.bus != self._books.bus or left.service != self._answer(message_bus.GetNameOwner(NAME)):
                return
            itself = DBusAddress(_SERVICE.object_path, bus_name=left.service, interface=NAME)
            for number in left.numbers:
                self._send(new_method_call(itself, "CloseNotification", "u", (number,)))

    def _remember(self) -> None:
        """Keep what stands on the screen for the next run."""
        if self._left:
            books = self._books
            self._left.keep(Left(books.bus, books.service, tuple(books.standing)))

    def _fell(self, *numbers: int) -> None:
        """Note that these do not stand on the screen any more."""
        if self._books.standing.keys() & set(numbers):
            for number in numbers:
                self._books.standing.pop(number, None)
            self._remember()

    def _disconnect(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None
        self._give_up("the bus went away")
        self._books = _Books()

    def _give_up(self, detail: str) -> None:
        """Hand back what nobody has answered for; an answer that comes later is not waited for, but understood."""
        books = self._books
        orphans = [*books.held, *(notice for serial, notice in books.sent.items() if serial not in books.unwanted)]
        books.late = dict([*books.late.items(), *books.sent.items()][-REMEMBERED:])
        books.asked_before |= {books.asked} - {0}
        books.held, books.sent, books.asked = [], {}, 0
        for notice in orphans:
            self._tell(Refused(notice, detail))

    def _ask(self) -> None:
        """Ask the service what it can do, unless that is asked already."""
        if not self._books.asked:
            self._books.asked = self._send(new_method_call(_SERVICE, "GetCapabilities"))

    def _send(self, message: Message) -> int:
        """Send a message and return its serial; a bus that broke is noticed when it is listened to."""
        if self._connection is None:
            return 0
        serial = int(next(self._connection.outgoing_serial))
        with contextlib.suppress(OSError):
            self._connection.send(message, serial=serial)
        return serial

    def _listen(self) -> None:
        """Take every message that has come."""
        try:
            while self._connection:
                self._take(self._connection.receive(timeout=0))
        except TimeoutError:
            return
        except BROKEN:
            self._disconnect()

    def _take(self, message: Message) -> None:
        kind = message.header.message_type
        answers = message.header.fields.get(HeaderFields.reply_serial, 0)
        if kind == MessageType.signal:
            self._take_signal(message)
        elif answers and answers == self._books.asked:
            self._take_abilities(message)
        elif answers in self._books.asked_before:
            self._take_late_abilities(message)
        elif notice := self._books.sent.pop(answers, None):
            self._take_number(message, notice, is_late=False)
        elif notice := self._books.late.pop(answers, None):
            self._take_number(message, notice, is_late=True)

    def _take_number(self, message: Message, notice: Notice, *, is_late: bool) -> None:
        """Take what the service says to a notification; one that comes late has been handed back already."""
        books, answers = self._books, message.header.fields[HeaderFields.reply_serial]
        is_unwanted = answers in books.unwanted
        books.unwanted.discard(answers)
        if message.header.message_type != MessageType.method_return:
            books.abilities = None
            if not (is_unwanted or is_late):
                self._tell(Refused(notice, _error(message)))
        elif is_unwanted:
            self._close(message.body[0])
        else:
            self._stands(message, notice)
            self._tell(Stood(notice))

    def _stands(self, message: Message, notice: Notice) -> None:
        """Note that a notification stands on the screen, by the service's answer, and forget the oldest."""
        books = self._books
        books.shown[message.body[0]] = notice
        books.standing[message.body[0]] = None
        books.service = str(message.header.fields.get(HeaderFields.sender, ""))
        while len(books.shown) > REMEMBERED:
            books.standing.pop(books.shown.popitem(last=False)[0], None)
        self._remember()

    def _take_abilities(self, message: Message) -> None:
        self._books.asked = 0
        if message.header.message_type != MessageType.method_return:
            self._give_up(_error(message))
            return
        self._books.abilities = frozenset(message.body[0])
        held, self._books.held = self._books.held, []
        for notice in held:
            self._put(notice)

    def _take_late_abilities(self, message: Message) -> None:
        """Take an answer that nobody waited for any more: the service is there, and slow."""
        self._books.asked_before.discard(message.header.fields[HeaderFields.reply_serial])
        if message.header.message_type == MessageType.method_return:
            self._take_abilities(message)
            self._tell(CameBack())

    def _take_signal(self, message: Message) -> None:
        books = self._books
        match message.header.fields.get(HeaderFields.member), message.body:
            case "ActionInvoked", (int(number), str(action)):
                if notice := books.shown.get(number):
                    self._tell(Pressed(action, notice.mention_id, books.tokens.pop(number, ""), notice.watch_id))
            case "ActivationToken", (int(number), str(token)):
                if number in books.shown:
                    books.tokens[number] = token
            case "NotificationClosed", (int(number), int()):
                self._fell(number)
            case "NameOwnerChanged", (str(name), str(), str(owner)) if name == NAME:
                books.shown.clear()  # numbers of the old service: a new one counts from the start again
                books.tokens.clear()
                self._fell(*books.standing)
                books.abilities, books.asked = None, 0
                if owner:
                    self._ask()
                    self._tell(CameBack())


def _error(message: Message) -> str:
    return str(message.header.fields.get(HeaderFields.error_name, "error"))


def _notify(notice: Notice, abilities: frozenset[str], instead_of: int = 0) -> Message:
    actions = ["default", notice.click_label]
    for action in notice.actions:
        actions.extend(action)
    hints: dict[str, tuple[str, object]] = {
        "urgency": ("y", notice.urgency),
        "desktop-entry": ("s", "counterbell"),
        "category": ("s", "im.received"),
    }
    if notice.image:
        hints["image-path"] = ("s", notice.image)
    if "sound" in abilities:
        hints.update({"sound-name": ("s", "message-new-instant")} if notice.sound else {"suppress-sound": ("b", True)})
    body = html.escape(notice.body, quote=False) if "body-markup" in abilities else notice.body
    values = (
        "Counterbell",
        instead_of,
        "counterbell",
        notice.title,
        body,
        actions if "actions" in abilities else [],
        hints,
        notice.lasts,
    )
    return new_method_call(_SERVICE, "Notify", "susssasa{sv}i", values)
